/**
 * The API of OpenAgenda, as its documentation and its public code have it.
 *
 *     /openagenda/v2/agendas/{uid}/events?size=&after[]=     a page of published events
 *     /openagenda/v2/agendas/{uid}/events/{uid}              one event
 *
 * The key `demonstration` is demanded, in the header `key` or in the address. `after` is what the last event of the page is sorted by, and null on a page without
 * events only: an empty page ends each list.
 */
import type { Answer } from '../answer.ts';
import { AGENDAS, eventsOf, isShown, type StandEvent } from './events.ts';

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
  /** In one event a text has become a number, in another the dates an object, in a third the number of the event an object. */
  | 'field-type-changed'
  /** One event nests lists beyond measure. */
  | 'nested'
  | 'total-too-high'
  /** The last event of a page comes again on the next. */
  | 'repeated'
  /** `after` is ignored: each page is the first. */
  | 'page-one-for-ever'
  /** `after` is null on the last page that has events. */
  | 'ends-at-once'
  /** A filter that is misspelt: no event, and no error. */
  | 'nothing'
  /** A login page with status 200. */
  | 'web-page'
  /** The first question is answered by 429 and Retry-After. */
  | 'too-many-requests';

/** What an agenda's moderator does between two readings. Keys are `agenda/event`; values say when (ISO 8601). */
export interface Moderation {
  /** Taken out of the agenda: told to whom asks for what is removed. */
  readonly removed: Map<string, string>;
  /** Taken back to "to be moderated": told to nobody. */
  readonly unpublished: Set<string>;
  /** The event's title, corrected. */
  readonly corrected: Map<string, string>;
}

export const moderation = (): Moderation => ({ removed: new Map(), unpublished: new Set(), corrected: new Map() });

interface Asked {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const KEY = 'demonstration';
const MOST_PER_PAGE = 300;

/** Answers what stands under `/openagenda`; undefined for other addresses. */
export function openagendaStand(
  _base: () => string,
  {
    faults = new Set(),
    moderated = moderation(),
  }: { readonly faults?: ReadonlySet<OpenAgendaFault>; readonly moderated?: Moderation } = {},
) {
  const asked = new Set<string>();
  return (url: URL, { headers }: Asked): Answer | undefined => {
    const [, agenda, event] = /^\/openagenda\/v2\/agendas\/(\d+)\/events(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    if (agenda === undefined) return url.pathname.startsWith('/openagenda/') ? notFound() : undefined;
    if ((headers['key'] ?? url.searchParams.get('key')) !== KEY) return json(403, { message: 'invalid key' });
    const isFirst = asked.size === 0;
    const isFirstTime = !asked.has(url.href);
    asked.add(url.href);
    if (faults.has('too-many-requests') && isFirst)
      return json(429, { message: 'too many requests' }, { 'retry-after': '0' });
    if (faults.has('web-page'))
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Connexion</p>' };
    if (!AGENDAS.includes(Number(agenda))) return notFound();
    const events = publishedIn(Number(agenda), moderated);
    if (event === undefined) return listed(url, chosen(url, events), faults, isFirstTime);
    const found = events.find(({ uid, removed }) => uid === Number(event) && removed === false);
    return found ? json(200, { success: true, event: found }) : notFound();
  };
}

const notFound = (): Answer => json(404, { message: 'not found' });

function json(status: number, document: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = 'application/json; charset=utf-8';
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(document) };
}

/** What is published in an agenda, or was and has been removed from it. */
function publishedIn(agenda: number, { removed, unpublished, corrected }: Moderation): readonly StandEvent[] {
  return (eventsOf(agenda) ?? []).filter(isShown).flatMap((event): readonly StandEvent[] => {
    const key = `${agenda}/${event.uid}`;
    const removedAt = removed.get(key);
    if (unpublished.has(key)) return [];
    // Of what is removed nothing is told but that.
    if (removedAt !== undefined) return [{ uid: event.uid, removed: true, updatedAt: removedAt }];
    const updatedAt = corrected.get(key);
    const title = { fr: `Démonstration corrigée n° ${event.uid}` };
    return [{ ...event, removed: false, ...(updatedAt === undefined ? {} : { updatedAt, title }) }];
  });
}

/** The filters that are known here, and the order that is asked for. */
function chosen({ searchParams: asked }: URL, all: readonly StandEvent[]): readonly StandEvent[] {
  const uids = asked.getAll('uid[]');
  const since = asked.get('updatedAt[gte]');
  const withRemoved = asked.get('removed') === 'null';
  const kept = all.filter(
    ({ uid, updatedAt, removed }) =>
      (withRemoved || removed === false) &&
      (uids.length === 0 || uids.includes(String(uid))) &&
      (since === null || Date.parse(updatedAt) >= Date.parse(since)),
  );
  return kept.toSorted((a, b) => rankOf(a)[0] - rankOf(b)[0] || a.uid - b.uid);
}

/** By `updatedAt.asc`. */
const rankOf = ({ updatedAt, uid }: StandEvent): readonly [number, number] => [Date.parse(updatedAt), uid];

function listed(
  { searchParams: asked }: URL,
  all: readonly StandEvent[],
  faults: ReadonlySet<OpenAgendaFault>,
  isFirstTime: boolean,
): Answer {
  if (faults.has('errors')) return json(200, { success: false, message: 'unknown filter' });
  if (faults.has('nothing')) return json(200, { total: 0, events: [], after: null, success: true });
  const size = Math.min(MOST_PER_PAGE, Math.max(1, Number(asked.get('size') ?? 20)));
  const [time, uid] = asked.getAll('after[]').map(Number);
  const isAfter = (event: StandEvent) =>
    time === undefined || rankOf(event)[0] > time || (rankOf(event)[0] === time && event.uid > (uid ?? 0));
  const found = all.findIndex(isAfter);
  const from = faults.has('page-one-for-ever') ? 0 : found < 0 ? all.length : found;
  const first = from - (faults.has('repeated') && from > 0 && from < all.length ? 1 : 0);
  const isEmpty = from === size && (faults.has('empty-page') || (faults.has('empty-page-once') && isFirstTime));
  const events = isEmpty ? [] : all.slice(first, from + size);
  const last = events.at(-1);
  const isLast = last === undefined || (faults.has('ends-at-once') && from + size >= all.length);
  const body = {
    total: all.length + (faults.has('total-too-high') ? 20 : 0),
    events: faults.has('type-changed') ? { 0: events[0] } : spoiled(events, faults),
    after: isLast ? null : rankOf(last).map(String),
    sort: asked.get('sort') ?? 'timingsWithFeatured.asc',
    success: true,
  };
  const answer = json(200, body);
  if (!faults.has('nested')) return answer;
  const deep = 20_000;
  return {
    ...answer,
    body: String(answer.body).replace('"keywords":', `"extra":${'['.repeat(deep)}${']'.repeat(deep)},"keywords":`),
  };
}

/** The first three of a page, as an API writes them that changed overnight. */
function spoiled(events: readonly StandEvent[], faults: ReadonlySet<OpenAgendaFault>): readonly unknown[] {
  if (!faults.has('field-type-changed')) return events;
  const changed = [
    { description: 12, keywords: 'démonstration' },
    { timings: { begin: 'samedi' } },
    { uid: { id: 1 } },
  ];
  return events.map((event, index) => ({ ...event, ...changed[index] }));
}
