/** A list, followed from page to page by its tokens, until the repository says that it has ended. */
import { type Message, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import type { IdentifierSet } from '../identifier-set.ts';
import { readAnswer } from './ask.ts';
import { msOf } from './dates.ts';
import { headersOf } from './headers.ts';
import { LoopWatch } from './loop.ts';
import type { ListState, OaiCursor } from './options.ts';
import { type Fetched, fetchPage, type Item, type Page } from './page.ts';
import {
  isPageFault,
  pause,
  prefixOf,
  type Reading,
  type Step,
  shown,
  stepOfMessages,
  stepTo,
  transient,
} from './reading.ts';
import { fingerprint, identifierOf, messageOf, recordsOf, type Token, tokenOf } from './records.ts';
import { afterError, restarted } from './refusals.ts';
import { listUrl } from './request.ts';

/** Not even the largest aggregators come near. */
const MAX_PAGES = 1_000_000;
/** Statuses that may mean a token that is no longer known. */
const REFUSED_TOKEN: ReadonlySet<number> = new Set([400, 404, 409, 410, 422]);
/** A repository's clock that is so far ahead of ours is worth telling. */
const CLOCK_AHEAD_MS = 10 * 60 * 1000;

/** A request that is under way. */
interface Asked {
  readonly fetched: Promise<Fetched>;
  readonly atMs: number;
}

/**
 * The pages of a list from `start` on; `named` gathers the identifiers that they name. Throws SourceError where the list cannot be
 * read to its end; the pages before are handed over first.
 */
export async function* follow(
  reading: Reading,
  start: ListState,
  named: IdentifierSet,
): AsyncGenerator<Step, void, undefined> {
  const given = { up: false };
  let state = start;
  let watch = new LoopWatch(start.recent);
  let asked = request(reading, state, given);
  /** The token does not move on, the repository does: asked twice, it may have gone past a page. */
  let constant = false;
  try {
    for (;;) {
      const answer = await answerTo(reading, state, asked, given);
      if (answer.twice && constant) state = { ...state, doubtful: true };
      if (answer.kind === 'again') {
        state = answer.state;
        watch = new LoopWatch([]);
        named.clear();
        asked = request(reading, state, given);
        yield stepTo(state);
        continue;
      }
      const step =
        answer.kind === 'ended'
          ? stepOfMessages([], ended(reading, state, answer.page, asked))
          : stepOf(reading, begun(reading, state, answer.page, asked), answer.page, watch, named);
      constant = step.state.token === state.token;
      state = step.state;
      const last = state.token === undefined;
      if (reading.ahead && !last) asked = request(reading, state, given);
      yield step;
      if (last) return;
      if (!reading.ahead) asked = request(reading, state, given);
    }
  } finally {
    given.up = true;
  }
}

function request(reading: Reading, state: ListState, given: { up: boolean }): Asked {
  const { options, context } = reading;
  const atMs = context.now().getTime();
  const url = listUrl(options, state, prefixOf(reading, state));
  const fetched = fetchPage(context.http, url, options.maxPageBytes, given);
  // Its fault is thrown when its turn comes; until then it must not count as forgotten.
  fetched.catch(() => undefined);
  return { fetched, atMs };
}

type Answer =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'ended'; readonly page: Page }
  | { readonly kind: 'again'; readonly state: ListState };

/** The answer; a page that failed is asked for once more after a pause. Not within windows: these are asked for again as halves, or record by record. */
async function answerTo(
  reading: Reading,
  state: ListState,
  asked: Asked,
  given: { up: boolean },
): Promise<Answer & { readonly twice: boolean }> {
  try {
    return { ...(await answerIn(reading, state, await asked.fetched)), twice: false };
  } catch (fault) {
    if (!isPageFault(fault) || state.windows !== undefined || fault.finding.code === 'oai-token-refused') throw fault;
    await pause(reading);
    return { ...(await answerIn(reading, state, await request(reading, state, given).fetched)), twice: true };
  }
}

async function answerIn(reading: Reading, state: ListState, fetched: Fetched): Promise<Answer> {
  let page: Page;
  try {
    page = readAnswer(fetched, state.verb, reading.tally);
  } catch (fault) {
    // Some repositories answer an expired token with a bare HTTP error: without a new start no later run would get past it.
    if (state.token === undefined || !(fault instanceof SourceError) || !REFUSED_TOKEN.has(fetched.status)) throw fault;
    return { kind: 'again', state: restarted(reading, state, `HTTP ${fetched.status}`) };
  }
  if (page.error === undefined || page.items.length > 0) return { kind: 'page', page };
  const after = await afterError(reading, state, page, page.error);
  return after === 'ended' ? { kind: 'ended', page } : { kind: 'again', state: after };
}

/** A page as a step, and the signs of a list that is not what it seems. */
function stepOf(reading: Reading, before: ListState, page: Page, watch: LoopWatch, named: IdentifierSet): Step {
  const records = before.verb === 'ListRecords' ? recordsOf(page) : [];
  const headers = before.verb === 'ListRecords' ? [] : headersOf(page);
  const identifiers = before.verb === 'ListRecords' ? records.map(identifierOf) : headers.map(({ id }) => id);
  let fresh = 0;
  for (const identifier of identifiers) if (identifier === '' || named.add(identifier)) fresh++;
  const token = tokenOf(page);
  const state: ListState = {
    ...before,
    pages: before.pages + 1,
    seen: before.seen + identifiers.length,
    expected: token?.completeListSize ?? before.expected,
    token: token?.token === '' ? undefined : token?.token,
    tokenExpires: expiryOf(token, page),
    // What comes twice may have pushed something else off its page.
    doubtful: isDoubtful(reading, before, page, token, identifiers.length) || fresh < identifiers.length,
  };
  const goesOn = state.token !== undefined;
  if (goesOn && (watch.circles(fingerprint(identifiers), state.token ?? '', fresh) || state.pages >= MAX_PAGES)) {
    throw transient('oai-loop', { url: shown(reading), page: state.pages });
  }
  const messages = { [Symbol.iterator]: () => messagesOf(records, page.url) };
  return { messages, identifiers, headers, state: { ...state, recent: watch.recent }, resumable: goesOn };
}

/** Made one by one: a page of large records would not fit in memory twice. */
function* messagesOf(records: readonly Item[], url: string): Generator<Message<OaiCursor>> {
  for (const record of records) yield messageOf(record, url);
}

function isDoubtful(reading: Reading, before: ListState, page: Page, token: Token | undefined, count: number): boolean {
  const url = shown(reading);
  const isLast = (token?.token ?? '') === '';
  const lacksToken = isLast && token === undefined && before.pages > 0;
  const shrinks = (token?.completeListSize ?? Number.POSITIVE_INFINITY) < (before.expected ?? 0);
  const complains = page.error ?? errorBeside(page);
  if (lacksToken) reading.tally.tell(finding('oai-last-token-missing', { url }));
  if (isLast && count === 0) reading.tally.tell(finding('oai-last-page-empty', { url }));
  if (complains !== undefined) reading.tally.tell(finding('oai-error-beside-records', { url, ...complains }));
  return before.doubtful || lacksToken || shrinks || complains !== undefined;
}

function errorBeside(page: Page): { code: string; message: string } | undefined {
  const found = page.items.find(({ element }) => element.name === 'error')?.element;
  return found === undefined ? undefined : { code: found.attributes['code'] ?? '', message: '' };
}

/** An expiry that had passed before the token was given says nothing. */
function expiryOf(token: Token | undefined, page: Page): string | undefined {
  return msOf(token?.expires) <= msOf(page.responseDate) ? undefined : token?.expires;
}

/**
 * The list with the moment of its first page: the next one begins there. The repository's clock, but never later than ours: what is changed
 * from now on must not bear an earlier date.
 */
function begun(reading: Reading, state: ListState, { responseDate }: Page, { atMs }: Asked): ListState {
  if (state.began !== undefined) return state;
  const url = shown(reading);
  const saidMs = msOf(responseDate);
  const isDate = saidMs > 0;
  if (!isDate) reading.tally.tell(finding('oai-no-response-date', { url, value: responseDate }));
  if (saidMs > atMs + CLOCK_AHEAD_MS) {
    reading.tally.tell(finding('oai-clock-ahead', { url, date: responseDate, ours: new Date(atMs).toISOString() }));
  }
  return { ...state, began: new Date(isDate ? Math.min(saidMs, atMs) : atMs).toISOString() };
}

/** A list that ended on a refusal: nothing proves yet that nothing is left, or that there is nothing. */
function ended(reading: Reading, state: ListState, page: Page, asked: Asked): ListState {
  const { token, windows } = state;
  const isDoubtful = token !== undefined || windows === undefined;
  return { ...begun(reading, state, page, asked), token: undefined, doubtful: state.doubtful || isDoubtful };
}
