/**
 * The protocol `openagenda`: the published events of agendas, page by page. https://developers.openagenda.com/evenements/lecture
 *
 * Between two readings of everything, a day apart, changes alone are asked for, as the partner describes it (`updatedAt[gte]` with `removed=null`): what was
 * removed is named. What was taken back to be moderated is not, and is found by the next reading of everything.
 */
import { z } from 'zod';
import { apiClient } from '../api/client.ts';
import { checkedAnswer } from '../api/envelope.ts';
import { type ApiPage, type Asked, type PagedApi, pagedConnector } from '../api/paged.ts';
import { type Context, type Json, SourceError } from '../connector.ts';
import { identityOf } from '../formats/openagenda/identity.ts';
import type { paths } from './api.generated.ts';
import { type OpenAgendaOptions, openAgendaOptions } from './options.ts';

const HOUR_MS = 3_600_000;
/** An event is found by a search some time after it was changed, and clocks differ. */
const OVERLAP_MS = HOUR_MS;
const WHOLE_EVERY_MS = 24 * HOUR_MS;
/** Numbers of events in one address. */
const MOST_NAMED = 100;

const token = z.array(z.union([z.string(), z.number()])).max(10);
/** The rank of an agenda in the options, and where its next page begins. */
const position = z.strictObject({ agenda: z.int().min(0), after: token.optional() });
const envelope = z.looseObject({
  total: z.int().min(0).optional(),
  events: z.array(z.record(z.string(), z.unknown())),
  after: token.nullish(),
});
type Query = NonNullable<paths['/v2/agendas/{agenda}/events']['get']['parameters']['query']>;

export const openAgendaApi: PagedApi<OpenAgendaOptions> = {
  name: 'openagenda',
  options: openAgendaOptions,
  position,
  page,
  identify: identityOf,
  changes: { overlapMs: OVERLAP_MS, wholeEveryMs: WHOLE_EVERY_MS },
  async one(options, context, id) {
    if (!/^\d{1,15}$/.test(id)) return undefined;
    for (const agenda of options.agendas) {
      const event = await eventOf(options, context, agenda, Number(id));
      if (event !== undefined && !identityOf(event)?.deleted) return event;
    }
    return undefined;
  },
};

/** The connector `openagenda`. */
export const openAgenda = pagedConnector(openAgendaApi);

async function page(options: OpenAgendaOptions, context: Context, { at, since }: Asked): Promise<ApiPage> {
  const { agenda: rank, after } = at === undefined ? { agenda: 0 } : position.parse(at);
  const agenda = options.agendas[rank];
  // The list of agendas has become shorter since the checkpoint.
  if (agenda === undefined) return { rows: [], next: undefined };
  const found = await listed(options, context, agenda, {
    ...(after ? { 'after[]': after.map(String) } : {}),
    ...(since === undefined ? {} : { 'updatedAt[gte]': since, removed: 'null' }),
  });
  const { events, total, after: following } = found;
  const listEnds = following === null || following === undefined || following.length === 0;
  const hasOther = rank + 1 < options.agendas.length;
  const next = listEnds ? (hasOther ? { agenda: rank + 1 } : undefined) : { agenda: rank, after: following };
  // One agenda has the count of all; several share events.
  const list = options.agendas.length > 1 ? String(agenda) : undefined;
  const rows = await orElsewhere(options, context, agenda, events as readonly Json[]);
  return { rows, total, next, list, listEnds };
}

/** One page of an agenda. In the order of changes: then what changes meanwhile comes once more at the end, and nothing is passed over. */
async function listed(
  options: OpenAgendaOptions,
  context: Context,
  agenda: number,
  query: Query,
): Promise<z.infer<typeof envelope>> {
  const { data } = await client(options, context).GET('/v2/agendas/{agenda}/events', {
    params: {
      path: { agenda },
      query: { ...options.filters, size: options.size, detailed: 1, sort: 'updatedAt.asc', ...query },
    },
  });
  return checkedAnswer(envelope, data, `${options.url}/v2/agendas/${agenda}/events`);
}

/** The rows; an event that was removed from this agenda and still stands in another of the source, as it stands there. */
async function orElsewhere(
  options: OpenAgendaOptions,
  context: Context,
  agenda: number,
  rows: readonly Json[],
): Promise<readonly Json[]> {
  const removed = rows.flatMap((row) => (identityOf(row)?.deleted ? [identityOf(row)?.id ?? ''] : []));
  const standing = new Map<string, Json>();
  for (const other of options.agendas) {
    const sought = other === agenda ? [] : removed.filter((id) => !standing.has(id));
    for (let from = 0; from < sought.length; from += MOST_NAMED) {
      const named = sought.slice(from, from + MOST_NAMED);
      const { events } = await listed(options, context, other, { 'uid[]': named, size: named.length });
      for (const event of events as readonly Json[]) {
        const identity = identityOf(event);
        if (identity && !identity.deleted) standing.set(identity.id, event);
      }
    }
  }
  return rows.map((row) => {
    const identity = identityOf(row);
    return identity?.deleted ? (standing.get(identity.id) ?? row) : row;
  });
}

function client(options: OpenAgendaOptions, context: Context) {
  return apiClient<paths>(options.url, context, { key: options.key });
}

async function eventOf(
  options: OpenAgendaOptions,
  context: Context,
  agenda: number,
  event: number,
): Promise<Json | undefined> {
  try {
    const { data } = await client(options, context).GET('/v2/agendas/{agenda}/events/{event}', {
      params: { path: { agenda, event } },
    });
    return data?.event as Json | undefined;
  } catch (fault) {
    if (fault instanceof SourceError && fault.finding.particulars['status'] === 404) return undefined;
    throw fault;
  }
}
