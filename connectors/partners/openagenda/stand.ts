/**
 * The API of OpenAgenda.
 *
 *     /openagenda/v2/agendas/{uid}/events?size=&after[]=     a page of published events
 *     /openagenda/v2/agendas/{uid}/events/{uid}              one event
 *
 * The key `demonstration` is demanded, in the header `key` or in the address.
 */
import type { Answer } from '../answer.ts';
import { eventsOf, isShown } from './events.ts';

/** What may go wrong at a real partner's. */
export type OpenAgendaFault =
  /** The second page is empty, every time. */
  | 'empty-page'
  /** The second page is empty when it is asked for first, and whole afterwards. */
  | 'empty-page-once'
  /** `{message}` with status 200 and no events. */
  | 'errors'
  /** The events have become an object overnight. */
  | 'type-changed'
  | 'total-too-high'
  /** The last event of a page comes again on the next. */
  | 'repeated'
  /** A filter that is misspelt: no event, and no error. */
  | 'nothing'
  /** The first question is answered by 429 and Retry-After. */
  | 'too-many-requests';

interface Asked {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const KEY = 'demonstration';
const MOST_PER_PAGE = 300;

/** Answers what stands under `/openagenda`; undefined for other addresses. */
export function openagendaStand(
  _base: () => string,
  { faults = new Set() }: { readonly faults?: ReadonlySet<OpenAgendaFault> } = {},
) {
  const asked = new Set<string>();
  return (url: URL, { headers }: Asked): Answer | undefined => {
    const [, agenda, event] = /^\/openagenda\/v2\/agendas\/(\d+)\/events(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    if (agenda === undefined) return url.pathname.startsWith('/openagenda/') ? notFound() : undefined;
    if ((headers['key'] ?? url.searchParams.get('key')) !== KEY) return json(403, { message: 'invalid key' });
    const isFirst = asked.size === 0;
    const isFirstTime = !asked.has(url.search);
    asked.add(url.search);
    if (faults.has('too-many-requests') && isFirst)
      return json(429, { message: 'too many requests' }, { 'retry-after': '0' });
    const events = eventsOf(Number(agenda))?.filter(isShown);
    if (!events) return notFound();
    if (event === undefined) return listed(url, events, faults, isFirstTime);
    const found = events.find(({ uid }) => uid === Number(event));
    return found ? json(200, { success: true, event: found }) : notFound();
  };
}

const notFound = (): Answer => json(404, { message: 'not found' });

function json(status: number, document: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = 'application/json; charset=utf-8';
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(document) };
}

function listed(
  url: URL,
  all: readonly { readonly uid: number }[],
  faults: ReadonlySet<OpenAgendaFault>,
  isFirstTime: boolean,
): Answer {
  if (faults.has('errors')) return json(200, { success: false, message: 'unknown filter' });
  if (faults.has('nothing')) return json(200, { total: 0, events: [], after: null, success: true });
  const size = Math.min(MOST_PER_PAGE, Math.max(1, Number(url.searchParams.get('size') ?? 20)));
  const after = Number(url.searchParams.getAll('after[]')[0] ?? 0);
  const from = after - (faults.has('repeated') && after > 0 ? 1 : 0);
  const isEmpty = after === size && (faults.has('empty-page') || (faults.has('empty-page-once') && isFirstTime));
  const events = isEmpty ? [] : all.slice(from, after + size);
  const isLast = isEmpty || after + size >= all.length;
  return json(200, {
    total: all.length + (faults.has('total-too-high') ? 20 : 0),
    events: faults.has('type-changed') ? { 0: events[0] } : events,
    after: isLast ? null : [String(after + size), '0'],
    sort: 'timingsWithFeatured.asc',
    success: true,
  });
}
