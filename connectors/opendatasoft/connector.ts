/**
 * The protocol `opendatasoft`: a dataset of a portal of Opendatasoft (Explore API v2.1, https://help.opendatasoft.com/apis/ods-explore-v2/), such as the
 * directory of schools or the living-heritage firms. Pages reach 10,000 records; a larger dataset is read from its export.
 *
 * Pages are asked for by rank: where a record goes away meanwhile, the next page would pass over another. So each page begins with the last record of the
 * one before; where it is another one, the list has moved, and is read again from its beginning.
 */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { identify } from '../api/identify.ts';
import { openingPage, readOn } from '../api/opening.ts';
import { type ApiCursor, type ApiPage, type PagedApi, type Position, pagedConnector } from '../api/paged.ts';
import { type Connector, type Context, type Message, SourceError } from '../connector.ts';
import { pageAt, recordNamed } from './ask.ts';
import { readExport } from './export.ts';
import { MOST_PAGED, type OpendatasoftOptions, opendatasoftOptions } from './options.ts';

/** The rank of the first record that is wanted, and the identifier of the one before it. */
const position = z.object({ offset: z.int().min(0), last: z.string().optional() });

const api: PagedApi<OpendatasoftOptions> = {
  name: 'opendatasoft',
  options: opendatasoftOptions,
  position,
  page: (options, context, { at }) => pageFrom(options, context, at),
  identify,
  one: recordNamed,
};

export const opendatasoft: Connector<OpendatasoftOptions, ApiCursor> = { ...pagedConnector(api), read };

async function pageFrom(
  options: OpendatasoftOptions,
  context: Pick<Context, 'http'>,
  at: Position | undefined,
): Promise<ApiPage> {
  const { offset, last } = position.catch({ offset: 0 }).parse(at);
  const before = last === undefined ? 0 : 1;
  const limit = Math.min(Math.max(options.size, 1 + before), MOST_PAGED - offset + before);
  const { rows: given, total } = await pageAt(options, context, offset - before, limit);
  const hasMoved = before > 0 && (given[0] === undefined ? total < offset : identify(given[0], options)?.id !== last);
  if (hasMoved) throw new SourceError('transient', finding('open-data-moved', { dataset: options.dataset }));
  const rows = given.slice(before);
  const next = offset + rows.length;
  if (next >= total) return { rows, total, next: undefined };
  // Grown while it was read: the next run finds its count beyond the limit, and takes the export.
  if (next >= MOST_PAGED) throw new SourceError('transient', finding('open-data-grown', { total, limit: MOST_PAGED }));
  const final = rows.at(-1);
  const named = final === undefined ? last : identify(final, options)?.id;
  return { rows, total, next: named === undefined ? { offset: next } : { offset: next, last: named } };
}

/** The first page tells how many records there are, and so which way to read them. */
async function* read(
  options: OpendatasoftOptions,
  context: Context,
  from?: ApiCursor,
): AsyncGenerator<Message<ApiCursor>> {
  const opening = await openingPage((at) => pageFrom(options, context, at), from);
  const { total = 0 } = opening.page;
  yield* total > MOST_PAGED ? readExport(options, context, total) : readOn(api, options, context, opening);
}
