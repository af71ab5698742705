/**
 * The protocol `tabular`: one table of data.gouv.fr, row by row (https://tabular-api.data.gouv.fr/api/doc). Every CSV or XLSX file that is declared there
 * can be read so, Muséofile among them. A filter whose value does not stand in the table answers no rows and no error: that is a finding.
 */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { apiClient } from '../api/client.ts';
import { checkedAnswer } from '../api/envelope.ts';
import { identify } from '../api/identify.ts';
import { openingPage, readOn } from '../api/opening.ts';
import { type ApiCursor, type ApiPage, type PagedApi, type Position, pagedConnector } from '../api/paged.ts';
import { type Connector, type Context, type Json, type Message, SourceError } from '../connector.ts';
import type { paths } from './api.generated.ts';
import { type TabularOptions, tabularOptions } from './options.ts';

const answer = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  links: z.object({ next: z.string().nullish() }).optional(),
  meta: z.object({ total: z.int().min(0) }),
});

/** The page that is wanted, and how many rows the table had when the one before was read. */
const position = z.object({ page: z.int().min(1), of: z.int().optional() });

/** The rank of a row in the table as it was last loaded: it gives a stable order, and is no part of what the partner says. */
const RANK = '__id';

const api: PagedApi<TabularOptions> = {
  name: 'tabular',
  options: tabularOptions,
  position,
  page: (options, context, { at }) => pageFrom(options, context, at),
  identify,
  async one(options, context, id) {
    const parts = options.id.length === 1 ? [id] : id.split('/');
    if (parts.length !== options.id.length || parts.includes(''))
      throw new SourceError('config', finding('open-data-id-ambiguous', { id, fields: options.id.join(', ') }));
    const named = Object.fromEntries(options.id.map((column, index) => [column, parts[index] ?? '']));
    const { rows } = await pageFrom(
      { ...options, size: 1, filters: { ...options.filters, ...named } },
      context,
      undefined,
    );
    return rows[0];
  },
};

export const tabular: Connector<TabularOptions, ApiCursor> = { ...pagedConnector(api), read };

async function* read(options: TabularOptions, context: Context, from?: ApiCursor): AsyncGenerator<Message<ApiCursor>> {
  const opening = await openingPage((at) => pageFrom(options, context, at), from);
  yield* readOn(api, options, context, opening);
}

/** A table is loaded anew as a whole: one of another length is another table. */
async function pageFrom(
  options: TabularOptions,
  context: Pick<Context, 'http'>,
  at: Position | undefined,
): Promise<ApiPage> {
  const { page, of } = position.catch({ page: 1 }).parse(at);
  const { rows, total, goesOn } = await pageAt(options, context, page);
  if (of !== undefined && of !== total)
    throw new SourceError('transient', finding('open-data-moved', { dataset: options.resource }));
  return { rows, total, next: goesOn ? { page: page + 1, of: total } : undefined };
}

async function pageAt(options: TabularOptions, context: Pick<Context, 'http'>, page: number) {
  const base = options.url.replace(/\/+$/, '').replace(/\/api$/, '');
  const filters = Object.entries(options.filters ?? {}).map(([column, value]) => [`${column}__exact`, String(value)]);
  const columns = Object.fromEntries([...filters, [`${RANK}__sort`, 'asc']]) as Record<string, string>;
  const { data } = await apiClient<paths>(base, context).GET('/api/resources/{rid}/data/', {
    params: { path: { rid: options.resource }, query: { page, page_size: options.size, columns } },
    querySerializer: (query) =>
      new URLSearchParams({
        page: String(query?.page ?? 1),
        page_size: String(query?.page_size ?? options.size),
        ...query?.columns,
      }).toString(),
  });
  const url = `${base}/api/resources/${options.resource}/data/?page=${page}`;
  const { data: rows, links, meta } = checkedAnswer(answer, data, url);
  const goesOn = page * options.size < meta.total || (links?.next ?? null) !== null;
  return { rows: rows.map((row) => withoutRank(row as Json)), total: meta.total, goesOn };
}

function withoutRank(row: Json): Json {
  const { [RANK]: _rank, ...said } = row as { readonly [key: string]: Json };
  return said;
}
