/** The reading of a paged API, from the first page or a checkpoint to the end. */
import { type Context, type Json, type Message, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { type ApiCursor, type ApiPage, type PagedApi, type Position, recordOf } from './paged.ts';

/** However large a partner is, a list of more pages than this does not end. */
const MOST_PAGES = 1_000_000;
/** So often a list that named records twice is read again for those it may have passed over. */
const MOST_PASSES = 3;

/**
 * All messages. Ends with `snapshot` after a whole pass, with `changes` after one that asked for changes alone. Throws one SourceError, so that
 * nothing is held to be gone, where a page in the middle is empty, the list goes in a circle or ends before the partner's own count.
 *
 * A list that moves while it is read names some records twice and passes over others: one that repeated itself is read again for what is new.
 */
export async function* readPages<Options>(
  api: PagedApi<Options>,
  options: Options,
  context: Context,
  from: ApiCursor | undefined,
): AsyncGenerator<Message<ApiCursor>> {
  const goesOn = from?.at !== undefined;
  const pass: Pass<Options> = {
    api,
    options,
    context,
    since: from?.since,
    started: goesOn ? from.started : context.now().toISOString(),
    tally: new Tally(goesOn ? from.rows : 0, goesOn && from.repeated === true),
  };
  const { tally } = pass;
  let last = yield* onePass(pass, from?.at as Position | undefined);
  for (let again = 1; tally.repeated; again += 1) {
    const before = tally.identifiers.size;
    tally.lookAgain();
    last = yield* onePass(pass, undefined);
    if (tally.identifiers.size === before) break;
    if (again === MOST_PASSES)
      throw new SourceError('transient', finding('api-unstable', { api: api.name, passes: again }));
  }
  yield* endOf(pass, last);
}

interface Pass<Options> {
  readonly api: PagedApi<Options>;
  readonly options: Options;
  readonly context: Context;
  /** ISO 8601. Only changes since then are asked for; undefined: everything. */
  readonly since: string | undefined;
  readonly started: string;
  readonly tally: Tally;
}

/** From one page to the last, which is given back. */
async function* onePass<Options>(
  pass: Pass<Options>,
  from: Position | undefined,
): AsyncGenerator<Message<ApiCursor>, ApiPage> {
  const { api, context, tally } = pass;
  let next = ask(pass, from);
  for (;;) {
    const page = await next;
    if (context.signal.aborted) throw stopped(api.name);
    if (page.rows.length === 0 && tally.isShortOf(page)) {
      const particulars = { api: api.name, found: tally.rows, expected: page.total ?? '?' };
      throw new SourceError('transient', finding('api-page-empty', particulars));
    }
    tally.notePage(api.name, page);
    // One page ahead, while this one is being written.
    if (page.next !== undefined) {
      next = ask(pass, page.next);
      next.catch(() => undefined);
    }
    for (const row of page.rows) {
      if (context.signal.aborted) throw stopped(api.name);
      const message = messageOf(pass, row);
      if (message) yield message;
    }
    if (page.next === undefined) return page;
    if (!tally.isAgain) yield { kind: 'checkpoint', cursor: cursorOf(pass, page.next) };
  }
}

function* endOf<Options>({ api, started, since, tally }: Pass<Options>, page: ApiPage): Generator<Message<ApiCursor>> {
  const { total } = page;
  if (since === undefined && tally.rows === 0)
    throw new SourceError('config', finding('api-nothing', { api: api.name }));
  if (tally.isShortOf(page)) {
    const particulars = { api: api.name, expected: total ?? 0, found: tally.rows };
    throw new SourceError('transient', finding('api-count-short', particulars));
  }
  const nextSince = api.changes && new Date(Date.parse(started) - api.changes.overlapMs).toISOString();
  const cursor = { started, rows: 0, ...(nextSince === undefined ? {} : { since: nextSince }) };
  yield { kind: 'checkpoint', cursor, passEnded: true };
  const coverage = since === undefined ? 'snapshot' : 'changes';
  yield total === undefined ? { kind: 'end', coverage } : { kind: 'end', coverage, expected: total };
}

function cursorOf<Options>({ started, since, tally }: Pass<Options>, at: Position): ApiCursor {
  return {
    at,
    started,
    rows: tally.rows,
    ...(since === undefined ? {} : { since }),
    ...(tally.repeated ? { repeated: true } : {}),
  };
}

/** A page; one that is empty though more was announced is asked for once more. */
async function ask<Options>(
  { api, options, context, since }: Pass<Options>,
  at: Position | undefined,
): Promise<ApiPage> {
  const page = await api.page(options, context, { at, since });
  if (page.rows.length > 0 || page.next === undefined) return page;
  context.tell(finding('api-page-again', { api: api.name }));
  return api.page(options, context, { at, since });
}

/** What was seen. */
class Tally {
  /** Rows given, repeated and nameless ones included. */
  rows: number;
  /** The list named a record twice. */
  repeated: boolean;
  /** The list is read again, for what is new alone. */
  isAgain = false;
  readonly identifiers = new IdentifierSet();
  #positions = new IdentifierSet();

  constructor(rows: number, repeated: boolean) {
    this.rows = rows;
    this.repeated = repeated;
  }

  lookAgain(): void {
    this.isAgain = true;
    this.#positions = new IdentifierSet();
  }

  /** Whether the partner announced more than it gave. */
  isShortOf({ total, next }: ApiPage): boolean {
    return next !== undefined || (total !== undefined && this.rows < total);
  }

  /** Throws where the list goes in a circle. */
  notePage(api: string, { next }: ApiPage): void {
    if (next === undefined) return;
    const known = !this.#positions.add(JSON.stringify(next));
    if (known || this.#positions.size > MOST_PAGES)
      throw new SourceError('transient', finding('api-loop', { api, pages: this.#positions.size }));
  }
}

/** What a row has to say; undefined where it was read before. */
function messageOf<Options>({ api, options, tally }: Pass<Options>, row: Json): Message<ApiCursor> | undefined {
  if (!tally.isAgain) tally.rows += 1;
  const identity = api.identify(row, options);
  if (identity === undefined) {
    if (tally.isAgain) return undefined;
    const raw = new TextEncoder().encode(JSON.stringify(row));
    return { kind: 'rejected', finding: finding('api-row-nameless', { api: api.name, row: tally.rows }), raw };
  }
  const { id, modified } = identity;
  if (!tally.identifiers.add(id)) {
    if (tally.isAgain) return undefined;
    tally.repeated = true;
    return { kind: 'rejected', repeats: id, finding: finding('api-row-repeated', { api: api.name, id }) };
  }
  if (identity.deleted) return modified === undefined ? { kind: 'deleted', id } : { kind: 'deleted', id, modified };
  return recordOf(row, identity);
}

function stopped(api: string): SourceError {
  return new SourceError('transient', finding('api-stopped', { api }));
}
