/**
 * The protocol `openagenda`: the published events of agendas, page by page. https://developers.openagenda.com/
 *
 * Always the whole list, never changes alone: the API names what was removed, but not what was taken back into draft, which would stay with us for ever.
 */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { apiClient } from '../api/client.ts';
import { messageIn } from '../api/json.ts';
import { type ApiPage, type Asked, type PagedApi, pagedConnector } from '../api/paged.ts';
import { type Context, type Json, SourceError } from '../connector.ts';
import { identityOf } from '../formats/openagenda/identity.ts';
import { redacted } from '../http/url.ts';
import type { paths } from './api.generated.ts';
import { type OpenAgendaOptions, openAgendaOptions } from './options.ts';

const token = z.array(z.union([z.string(), z.number()])).max(10);
/** The rank of an agenda in the options, and where its next page begins. */
const position = z.strictObject({ agenda: z.int().min(0), after: token.optional() });
const envelope = z.looseObject({
  total: z.int().min(0).optional(),
  events: z.array(z.record(z.string(), z.unknown())),
  after: token.nullish(),
});

export const openAgendaApi: PagedApi<OpenAgendaOptions> = {
  name: 'openagenda',
  options: openAgendaOptions,
  page,
  identify: identityOf,
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

async function page(options: OpenAgendaOptions, context: Context, { at }: Asked): Promise<ApiPage> {
  const { agenda: rank, after } = at === undefined ? { agenda: 0 } : position.parse(at);
  const agenda = options.agendas[rank];
  // The list of agendas has become shorter since the checkpoint.
  if (agenda === undefined) return { rows: [], next: undefined };
  const { data, response } = await client(options, context).GET('/v2/agendas/{agenda}/events', {
    params: {
      path: { agenda },
      query: {
        ...options.filters,
        size: options.size,
        detailed: 1,
        ...(after ? { 'after[]': after.map(String) } : {}),
      },
    },
  });
  const url = response.url || `${options.url}/v2/agendas/${agenda}/events`;
  const { events, total, after: following } = checked(data as Json, url);
  const listEnds = following === null || following === undefined || following.length === 0;
  const hasOther = rank + 1 < options.agendas.length;
  const next = listEnds ? (hasOther ? { agenda: rank + 1 } : undefined) : { agenda: rank, after: following };
  // One agenda has the count of all; several share events.
  const list = options.agendas.length > 1 ? String(agenda) : undefined;
  return { rows: events as readonly Json[], total, next, list, listEnds };
}

function client(options: OpenAgendaOptions, context: Context) {
  return apiClient<paths>(options.url, context, { key: options.key });
}

function checked(data: Json, url: string): z.infer<typeof envelope> {
  const result = envelope.safeParse(data);
  if (result.success) return result.data;
  const said = messageIn(data);
  const hasEvents = typeof data === 'object' && data !== null && 'events' in data;
  if (said !== undefined && !hasEvents)
    throw new SourceError('config', finding('api-refused', { url: redacted(url), status: 200, message: said }));
  const [issue] = result.error.issues;
  const particulars = { url: redacted(url), path: issue?.path.join('.') || '.', message: issue?.message ?? '?' };
  throw new SourceError('config', finding('api-answer-unexpected', particulars));
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
