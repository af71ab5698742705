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
    tally: new Tally(goesOn ? from.rows : 0, goesOn && from.repeated === true, goesOn),
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
  let at = from;
  let next = ask(pass, at);
  for (;;) {
    let page = await next;
    if (context.signal.aborted) throw stopped(api.name);
    tally.enter(page);
    if (page.rows.length === 0 && tally.isShortOf(page)) {
      context.tell(finding('api-page-again', { api: api.name }));
      page = await ask(pass, at);
    }
    if (page.rows.length === 0 && tally.isShortOf(page)) {
      const particulars = { api: api.name, found: tally.rows, expected: page.total ?? '?' };
      throw new SourceError('transient', finding('api-page-empty', particulars));
    }
    tally.notePage(api.name, page);
    // One page ahead, while this one is being written.
    if (page.next !== undefined) {
      at = page.next;
      next = ask(pass, at);
      next.catch(() => undefined);
    }
    for (const row of page.rows) {
      if (context.signal.aborted) throw stopped(api.name);
      const message = messageOf(pass, row);
      if (message) yield message;
    }
    if (page.next === undefined) return page;
    if (page.listEnds) tally.leave(api.name, page);
    if (!tally.isAgain) yield { kind: 'checkpoint', cursor: cursorOf(pass, page.next) };
  }
}

function* endOf<Options>({ api, started, since, tally }: Pass<Options>, page: ApiPage): Generator<Message<ApiCursor>> {
  // Several lists share records: the sum of their counts is no count.
  const total = page.list === undefined ? page.total : undefined;
  if (since === undefined && !tally.isAnyGiven)
    throw new SourceError('config', finding('api-nothing', { api: api.name }));
  tally.leave(api.name, page);
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

/** One page. */
function ask<Options>({ api, options, context, since }: Pass<Options>, at: Position | undefined): Promise<ApiPage> {
  return api.page(options, context, { at, since });
}

/** What was seen. */
class Tally {
  /** Rows given, repeated and nameless ones included; of several lists, in the one that is read. */
  rows: number;
  isAnyGiven: boolean;
  /** The list named a record twice. */
  repeated: boolean;
  /** The list is read again, for what is new alone. */
  isAgain = false;
  readonly identifiers = new IdentifierSet();
  #positions = new IdentifierSet();
  #list: string | undefined;
  #inList = new IdentifierSet();

  constructor(rows: number, repeated: boolean, goesOn: boolean) {
    this.rows = rows;
    this.isAnyGiven = goesOn;
    this.repeated = repeated;
  }

  lookAgain(): void {
    this.isAgain = true;
    this.#list = undefined;
    this.#positions = new IdentifierSet();
  }

  /** Turns to the list that a page is of. */
  enter({ list }: ApiPage): void {
    if (list === this.#list) return;
    this.#list = list;
    this.#inList = new IdentifierSet();
  }

  /** Throws where a list gave less than was announced. What follows is counted anew. */
  leave(api: string, page: ApiPage): void {
    if (this.isAgain) return;
    if (this.isShortOf({ ...page, listEnds: true }))
      throw new SourceError(
        'transient',
        finding('api-count-short', { api, expected: page.total ?? 0, found: this.rows }),
      );
    if (page.next !== undefined) this.rows = 0;
  }

  /** Whether the partner announced more than it gave. */
  isShortOf({ total, next, listEnds }: ApiPage): boolean {
    if (next !== undefined && !listEnds) return true;
    return !this.isAgain && total !== undefined && this.rows < total;
  }

  /** Notes a record. `elsewhere`: an earlier list gave it. */
  note(id: string): 'new' | 'again' | 'elsewhere' {
    const isNewHere = this.#list === undefined || this.#inList.add(id);
    if (this.identifiers.add(id)) return 'new';
    return this.#list !== undefined && isNewHere ? 'elsewhere' : 'again';
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
  tally.isAnyGiven = true;
  const identity = api.identify(row, options);
  if (identity === undefined) {
    if (tally.isAgain) return undefined;
    const raw = new TextEncoder().encode(JSON.stringify(row));
    return { kind: 'rejected', finding: finding('api-row-nameless', { api: api.name, row: tally.rows }), raw };
  }
  const { id, modified } = identity;
  const met = tally.note(id);
  if (met !== 'new') {
    if (tally.isAgain || met === 'elsewhere') return undefined;
    tally.repeated = true;
    return { kind: 'rejected', repeats: id, finding: finding('api-row-repeated', { api: api.name, id }) };
  }
  if (identity.deleted) return modified === undefined ? { kind: 'deleted', id } : { kind: 'deleted', id, modified };
  return recordOf(row, identity);
}

function stopped(api: string): SourceError {
  return new SourceError('transient', finding('api-stopped', { api }));
}
