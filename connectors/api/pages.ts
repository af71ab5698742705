/** The reading of a paged API, from the first page or a checkpoint to the end. */
import { type Context, type Json, type Message, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { hashOf } from '../identifier-set.ts';
import { isTooDeep } from './json.ts';
import { type ApiCursor, type ApiPage, type PagedApi, type Position, type RowIdentity, recordOf } from './paged.ts';
import { Tally } from './tally.ts';

/** So often a list that moved while it was read is read again for those it may have passed over. */
const MOST_PASSES = 3;
/** After these, what was read before the checkpoint can't be built on: the next reading begins anew. */
const BEGIN_ANEW: ReadonlySet<string> = new Set(['api-loop', 'api-count-short', 'api-count-exceeded', 'api-unstable']);

/**
 * All messages. Ends with `snapshot` after a whole pass, with `changes` after one that asked for changes alone. Throws one SourceError, so that
 * nothing is held to be gone, where a page in the middle is empty, a later page says nothing new, or the list ends before or after the partner's own count.
 *
 * A list that moves while it is read names some records twice and passes over others: one that repeated itself, or whose count changed, is read again for
 * what is new.
 */
export async function* readPages<Options>(
  api: PagedApi<Options>,
  options: Options,
  context: Context,
  given: ApiCursor | undefined,
): AsyncGenerator<Message<ApiCursor>> {
  const from = given && fits(given, options) ? given : undefined;
  const goesOn = from?.at === undefined ? undefined : from;
  const began = context.now();
  const since = goesOn ? goesOn.since : changesSince(api, from, began);
  const started = goesOn ? goesOn.started : began.toISOString();
  const pass: Pass<Options> = {
    api,
    options,
    context,
    since,
    started,
    whole: since === undefined ? started : from?.whole,
    tally: new Tally(api.name, goesOn),
  };
  try {
    yield* allPasses(pass, goesOn?.at as Position | undefined);
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    const isStuck = goesOn !== undefined && pass.tally.rows === goesOn.rows && isPlaceGone(fault);
    if (BEGIN_ANEW.has(fault.finding.code) || isStuck)
      yield { kind: 'checkpoint', cursor: cursorAnew(pass), passEnded: true };
    throw fault;
  }
}

/** Whether a checkpoint is of these options: a place in another list would pass over what that list has before it. */
export function fits(cursor: ApiCursor, options: unknown): boolean {
  return cursor.of === askedBy(options);
}

function askedBy(options: unknown): number {
  const { url: _url, key: _key, token: _token, ...asked } = options as Readonly<Record<string, unknown>>;
  return hashOf(JSON.stringify(asked));
}

/** At the very page that a reading went on from this says that the place is no longer there: a token that expired, a list that is shorter now. */
function isPlaceGone({ kind, finding: { code } }: SourceError): boolean {
  return code === 'api-page-empty' || (code === 'api-refused' && kind === 'config');
}

/** Since when changes alone are asked for; undefined: everything, for the first time or because the last whole reading is long ago. */
function changesSince<Options>(
  { changes }: PagedApi<Options>,
  from: ApiCursor | undefined,
  now: Date,
): string | undefined {
  if (changes === undefined || from?.since === undefined) return undefined;
  if (changes.wholeEveryMs === undefined) return from.since;
  const agoMs = now.getTime() - Date.parse(from.whole ?? '');
  return agoMs >= 0 && agoMs < changes.wholeEveryMs ? from.since : undefined;
}

interface Pass<Options> {
  readonly api: PagedApi<Options>;
  readonly options: Options;
  readonly context: Context;
  /** ISO 8601. Only changes since then are asked for; undefined: everything. */
  readonly since: string | undefined;
  readonly started: string;
  /** When the latest pass that asked for everything began. ISO 8601. */
  readonly whole: string | undefined;
  readonly tally: Tally;
}

async function* allPasses<Options>(
  pass: Pass<Options>,
  from: Position | undefined,
): AsyncGenerator<Message<ApiCursor>> {
  const { api, tally } = pass;
  let last = yield* onePass(pass, from);
  for (let again = 1; tally.isUnsettled; again += 1) {
    if (again > MOST_PASSES)
      throw new SourceError('transient', finding('api-unstable', { api: api.name, passes: MOST_PASSES }));
    tally.lookAgain();
    last = yield* onePass(pass, undefined);
    tally.settle();
  }
  yield* endOf(pass, last);
}

/** From one page to the last, which is given back. */
async function* onePass<Options>(
  pass: Pass<Options>,
  from: Position | undefined,
): AsyncGenerator<Message<ApiCursor>, ApiPage> {
  const { api, options, context, tally } = pass;
  let at = from;
  let next = ask(pass, at);
  for (;;) {
    const page = await filledPage(pass, at, await next);
    const identities = page.rows.map((row) => api.identify(row, options));
    tally.notePage(
      page,
      identities.flatMap((identity) => (identity === undefined ? [] : [identity.id])),
    );
    // One page ahead, while this one is being written.
    if (page.next !== undefined) {
      at = page.next;
      next = ask(pass, at);
      next.catch(() => undefined);
    }
    for (const [index, row] of page.rows.entries()) {
      if (context.signal.aborted) throw stopped(api.name);
      const message = messageOf(pass, row, identities[index]);
      if (message) yield message;
    }
    if (page.next === undefined || page.listEnds) tally.leave(page);
    if (page.next === undefined) return page;
    if (!tally.isAgain) yield { kind: 'checkpoint', cursor: cursorOf(pass, page.next) };
  }
}

/** The page; where it is empty before the end, what stands there when it is asked for once more. Throws where that is empty too. */
async function filledPage<Options>(pass: Pass<Options>, at: Position | undefined, given: ApiPage): Promise<ApiPage> {
  const { api, context, tally } = pass;
  let page = given;
  const isHole = () => page.rows.length === 0 && tally.isShortOf(page);
  if (context.signal.aborted) throw stopped(api.name);
  tally.enter(page);
  if (!isHole()) return page;
  context.tell(finding('api-page-again', { api: api.name }));
  page = await ask(pass, at);
  tally.enter(page);
  if (!isHole()) return page;
  const particulars = { api: api.name, found: tally.rows, expected: page.total ?? '?' };
  throw new SourceError('transient', finding('api-page-empty', particulars));
}

function* endOf<Options>(pass: Pass<Options>, page: ApiPage): Generator<Message<ApiCursor>> {
  const { api, started, since, tally } = pass;
  if (since === undefined && !tally.isAnyGiven)
    throw new SourceError('config', finding('api-nothing', { api: api.name }));
  const nextSince = api.changes && new Date(Date.parse(started) - api.changes.overlapMs).toISOString();
  const cursor = { ...cursorAnew(pass), ...(nextSince === undefined ? {} : { since: nextSince }) };
  yield { kind: 'checkpoint', cursor, passEnded: true };
  const coverage = since === undefined ? 'snapshot' : 'changes';
  // Several lists share records: the sum of their counts is no count.
  const expected = page.list === undefined ? page.total : undefined;
  yield expected === undefined ? { kind: 'end', coverage } : { kind: 'end', coverage, expected };
}

/** Nothing of this pass is gone on with: the next asks for the same again. */
function cursorAnew<Options>({ options, started, since, whole }: Pass<Options>): ApiCursor {
  const common = { started, rows: 0, of: askedBy(options) };
  return { ...common, ...(since === undefined ? {} : { since }), ...(whole === undefined ? {} : { whole }) };
}

function cursorOf<Options>(pass: Pass<Options>, at: Position): ApiCursor {
  const { rows, isUnsettled, total, pages } = pass.tally;
  return {
    ...cursorAnew(pass),
    at,
    rows,
    ...(isUnsettled ? { repeated: true } : {}),
    ...(total === undefined ? {} : { total }),
    ...(pages === undefined ? {} : { pages }),
  };
}

/** One page. */
function ask<Options>({ api, options, context, since }: Pass<Options>, at: Position | undefined): Promise<ApiPage> {
  return api.page(options, context, { at, since });
}

/** What a row has to say; undefined where it was read before. */
function messageOf<Options>(
  { api, tally }: Pass<Options>,
  row: Json,
  identity: RowIdentity,
): Message<ApiCursor> | undefined {
  tally.rows += 1;
  tally.isAnyGiven = true;
  if (identity === undefined) {
    if (tally.isAgain) return undefined;
    const why = finding('api-row-nameless', { api: api.name, row: tally.rows });
    if (isTooDeep(row)) return { kind: 'rejected', finding: why };
    return { kind: 'rejected', finding: why, raw: new TextEncoder().encode(JSON.stringify(row)) };
  }
  const { id, modified } = identity;
  const met = tally.note(id);
  if (met !== 'new') {
    if (tally.isAgain || met === 'elsewhere') return undefined;
    tally.isUnsettled = true;
    return { kind: 'rejected', repeats: id, finding: finding('api-row-repeated', { api: api.name, id }) };
  }
  if (identity.deleted) return modified === undefined ? { kind: 'deleted', id } : { kind: 'deleted', id, modified };
  return recordOf(row, identity);
}

function stopped(api: string): SourceError {
  return new SourceError('transient', finding('api-stopped', { api }));
}
