/**
 * A connector for an API that gives its records page by page in JSON. What is the same for all of them stands here: reading one page ahead,
 * checkpoints, records named twice, an empty page in the middle, a list that never ends, a count that is not reached or not kept. What is the partner's own
 * stands in a `PagedApi`: read connectors/openagenda for an example.
 */
import { z } from 'zod';
import {
  type Connector,
  type Context,
  type Json,
  type Message,
  SourceError,
  type StandardSchema,
} from '#connectors/connector.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { isTooDeep, MOST_DEPTH } from './json.ts';
import { readPages } from './pages.ts';

/** Where a page begins: a page number, an offset, a token. As small as it can be, for it is stored at every checkpoint. */
export type Position = Json;

/** Which records are asked for. */
export interface Asked {
  /** Undefined: the first page. */
  readonly at: Position | undefined;
  /** Only what changed since then (ISO 8601); undefined: everything. */
  readonly since: string | undefined;
}

/** One page, its rows as the partner wrote them. */
export interface ApiPage {
  readonly rows: readonly Json[];
  /** The partner's own count of all that was asked for, where it gives one. */
  readonly total?: number | undefined;
  /** Where the next page begins; undefined at the end. */
  readonly next: Position | undefined;
  /**
   * Where several lists are read one after the other (agendas): which one this page is of. `total` is then that list's, and a record that stood in an
   * earlier list is passed over without a word.
   */
  readonly list?: string | undefined;
  /** The last page of its list, though another list follows. */
  readonly listEnds?: boolean | undefined;
}

/** What one row is: a record, one that the partner says is gone, or one that is not to be shown at all. */
export type RowIdentity =
  | { readonly id: string; readonly modified?: string | undefined; readonly deleted?: boolean | undefined }
  | undefined;

export interface PagedApi<Options> {
  readonly name: string;
  readonly options: StandardSchema<Options>;
  /** What a position is. A checkpoint of another shape, which an earlier version left, is told, and everything is read again. */
  readonly position: z.ZodType;
  /** Fetches one page. Throws SourceError for whatever is not a page: a refusal, `{errors}` without data, a field of another type. */
  page(options: Options, context: Context, asked: Asked): Promise<ApiPage>;
  /** The partner's identifier of a row, and whether it is a tombstone; undefined where it has none. */
  identify(row: Json, options: Options): RowIdentity;
  /**
   * Present where the API can be asked for changes alone and names what was deleted. `overlapMs`: how far to go back before the last pass. `wholeEveryMs`: where it
   * does not name all that is gone, how long changes alone are asked for until everything is read again.
   */
  readonly changes?: { readonly overlapMs: number; readonly wholeEveryMs?: number };
  /** One record by its identifier. */
  one?(options: Options, context: Context, id: string): Promise<Json | undefined>;
}

export const apiCursor = z.strictObject({
  /** Where to go on; absent: from the first page. */
  at: z.unknown().optional(),
  /** Only changes since then. */
  since: z.string().optional(),
  /** When the pass that this cursor stands in, or that it follows, began. ISO 8601. */
  started: z.string(),
  /** Rows given before it, in this pass; of several lists, in the one that it stands in. */
  rows: z.int().min(0),
  /** The list moved before it: it named a record twice, or its count changed. */
  repeated: z.boolean().optional(),
  /** The partner's count of the list, as the page before it said. */
  total: z.int().min(0).optional(),
  /** Hashes of the identifiers of the list's first page, and of the page before it. */
  pages: z.tuple([z.number(), z.number()]).optional(),
  /** When the latest pass that asked for everything began. ISO 8601. */
  whole: z.string().optional(),
  /** What was asked for: the hash of the options, but for those that say where and who. */
  of: z.number().optional(),
});
export type ApiCursor = z.infer<typeof apiCursor>;

/** The connector of a paged API. */
export function pagedConnector<Options>(api: PagedApi<Options>): Connector<Options, ApiCursor> {
  const { one } = api;
  return {
    name: api.name,
    options: api.options,
    cursor: apiCursor.extend({ at: api.position.optional() }) as typeof apiCursor,
    check: (options, context) => check(api, options, context),
    read: (options, context, from) => readPages(api, options, context, from),
    row: (raw) => JSON.parse(new TextDecoder().decode(raw)) as Json,
    ...(one && {
      one: async (options: Options, context: Context, id: string): Promise<Message<ApiCursor>> => {
        const row = await one.call(api, options, context, id);
        if (row === undefined) return { kind: 'deleted', id };
        // A filter that the partner passes over gives the first record there is.
        const found = api.identify(row, options)?.id;
        if (found === id) return recordOf(row, { id });
        throw new SourceError('transient', finding('api-other-record', { api: api.name, id, found: found ?? '?' }));
      },
    }),
  };
}

/** The message of a row. `raw` is the row as JSON: what is not JSON in an answer says nothing of the record. One that is nested beyond measure is rejected. */
export function recordOf(row: Json, { id, modified }: NonNullable<RowIdentity>): Message<ApiCursor> {
  if (isTooDeep(row)) return { kind: 'rejected', id, finding: finding('api-row-too-deep', { id, limit: MOST_DEPTH }) };
  const raw = new TextEncoder().encode(JSON.stringify(row));
  return modified === undefined ? { kind: 'record', id, row, raw } : { kind: 'record', id, row, raw, modified };
}

async function check<Options>(api: PagedApi<Options>, options: Options, context: Context): Promise<Finding[]> {
  const found: Finding[] = [];
  const telling = { ...context, tell: (one: Finding) => void found.push(one) };
  try {
    const page = await api.page(options, telling, { at: undefined, since: undefined });
    if (page.rows.length === 0) found.push(finding('api-nothing', { api: api.name }));
    const nameless = page.rows.filter((row) => api.identify(row, options) === undefined).length;
    if (nameless > 0) found.push(finding('api-rows-nameless', { api: api.name, count: nameless }));
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    found.push(fault.finding);
  }
  return found;
}
