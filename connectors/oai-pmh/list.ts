/** A list, followed from page to page by its tokens, until the repository says that it has ended. */
import { type Context, SourceError } from '#connectors/connector.ts';
import { redacted } from '#connectors/http/url.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { offeredPrefixes, repositoryError } from './identify.ts';
import { LoopWatch } from './loop.ts';
import { DAYS, type ListState, type OaiOptions, SECONDS } from './options.ts';
import { type Fetched, fetchPage, type Item, type Page, readPage } from './page.ts';
import { fingerprint, identifierOf, recordsOf, tokenOf } from './records.ts';
import { listUrl } from './request.ts';
import type { Tally } from './tally.ts';

/** A page of a list, and where the list stands after it. */
export interface Step {
  readonly url: string;
  readonly records: readonly Item[];
  readonly state: ListState;
  readonly last: boolean;
}

/** Once a list is started anew, a token refused again is a fault. */
const MAX_RESTARTS = 1;
/** Not even the largest aggregators come near. */
const MAX_PAGES = 1_000_000;

/** Statuses that may mean a token that is no longer known. */
const REFUSED_TOKEN: ReadonlySet<number> = new Set([400, 404, 409, 410, 422]);

export interface Following {
  readonly options: OaiOptions;
  readonly context: Context;
  readonly tally: Tally;
  /** Whether the next page is fetched while the reader works on one. */
  readonly ahead: boolean;
}

/**
 * The pages of a list from `state` on. Throws SourceError where the list cannot be
 * read to its end; the pages before are handed over first.
 */
export async function* follow(following: Following, start: ListState): AsyncGenerator<Step, void, undefined> {
  const given = { up: false };
  let state = start;
  let watch = new LoopWatch(start.recent);
  let next = fetchNext(following, state, given);
  try {
    for (;;) {
      const result = await takePage(following, state, await next);
      if (result.kind === 'again') {
        state = result.state;
        watch = new LoopWatch([]);
        next = fetchNext(following, state, given);
        continue;
      }
      const step = result.kind === 'ended' ? result.step : stepOf(following, state, result.page, watch);
      state = step.state;
      if (following.ahead && !step.last) next = fetchNext(following, state, given);
      yield step;
      if (step.last) break;
      if (!following.ahead) next = fetchNext(following, state, given);
    }
    if (watch.duplicates > 0) {
      following.tally.tell(finding('oai-duplicates', { url: shown(following), count: watch.duplicates }));
    }
  } finally {
    given.up = true;
  }
}

type Taken =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'ended'; readonly step: Step }
  | { readonly kind: 'again'; readonly state: ListState };

async function takePage(following: Following, state: ListState, fetched: Fetched): Promise<Taken> {
  let page: Page;
  try {
    page = readPage(fetched, 'ListRecords', following.tally.repairsAt(fetched.url));
  } catch (fault) {
    // Some repositories answer an expired token with a bare HTTP error: without a new start no later run would get past it.
    if (state.token === undefined || !(fault instanceof SourceError) || !REFUSED_TOKEN.has(fetched.status)) throw fault;
    return { kind: 'again', state: restarted(following, state, `HTTP ${fetched.status}`) };
  }
  if (page.error === undefined) return { kind: 'page', page };
  const after = await afterError(following, state, page, page.error);
  if (after !== 'ended') return { kind: 'again', state: after };
  return { kind: 'ended', step: { url: page.url, records: [], state: ended(state, page), last: true } };
}

function fetchNext({ options, context }: Following, state: ListState, given: { up: boolean }): Promise<Fetched> {
  const fetching = fetchPage(context.http, listUrl(options, state), options.maxPageBytes, given);
  // Its fault is thrown when its turn comes; until then it must not count as forgotten.
  fetching.catch(() => undefined);
  return fetching;
}

function stepOf({ options, tally }: Following, before: ListState, page: Page, watch: LoopWatch): Step {
  const records = recordsOf(page);
  const identifiers = records.map(identifierOf);
  const token = tokenOf(page);
  const state: ListState = {
    ...before,
    pages: before.pages + 1,
    seen: before.seen + records.length,
    began: before.began ?? page.responseDate,
    expected: token?.completeListSize ?? before.expected,
    token: token?.token === '' ? undefined : token?.token,
    tokenExpires: token?.expires,
  };
  const url = redacted(options.url);
  const last = state.token === undefined;
  if (!last && (watch.circles(fingerprint(identifiers), state.token ?? '') || state.pages >= MAX_PAGES)) {
    throw new SourceError('transient', finding('oai-loop', { url, page: state.pages }));
  }
  watch.count(identifiers);
  if (last && token === undefined && state.pages > 1) {
    if (state.expected !== undefined && state.seen < state.expected) throw short(url, state, state.expected);
    tally.tell(finding('oai-last-token-missing', { url }));
  }
  if (last && records.length === 0) tally.tell(finding('oai-last-page-empty', { url }));
  return { url: page.url, records, state: { ...state, recent: watch.recent }, last };
}

function short(url: string, { seen }: ListState, expected: number): SourceError {
  return new SourceError('transient', finding('oai-list-short', { url, seen, expected }));
}

/** What a repository's error means for the list: it has ended, it goes on from another state, or it cannot go on. */
async function afterError(
  following: Following,
  state: ListState,
  page: Page,
  error: NonNullable<Page['error']>,
): Promise<ListState | 'ended'> {
  const { options, context, tally } = following;
  const url = shown(following);
  const complete = state.expected === undefined || state.seen >= state.expected;
  if (error.code === 'noRecordsMatch' && (state.token === undefined || complete)) {
    if (state.token !== undefined) tally.tell(finding('oai-last-page-empty', { url }));
    else if (state.coverage === 'snapshot') {
      tally.tell(finding('oai-nothing-matches', { url, prefix: options.metadataPrefix, set: options.set ?? '' }));
    }
    return 'ended';
  }
  if (state.token !== undefined) return restarted(following, state, error.message || error.code);
  if (error.code === 'badArgument' && state.granularity === SECONDS && (state.from ?? state.until) !== undefined) {
    tally.tell(finding('oai-granularity-refused', { url }));
    return { ...state, granularity: DAYS, from: state.from?.slice(0, 10), until: state.until?.slice(0, 10) };
  }
  if (error.code === 'cannotDisseminateFormat') {
    const offered = (await offeredPrefixes(context.http, options, tally)).join(', ');
    throw new SourceError('config', finding('oai-format-unknown', { url, prefix: options.metadataPrefix, offered }));
  }
  if (error.code === 'noSetHierarchy')
    throw new SourceError('config', finding('oai-no-sets', { url, set: options.set ?? '' }));
  throw repositoryError(page.url, error);
}

/** The list from its beginning, once: a token that expired while nobody harvested is no reason to give up. */
function restarted(following: Following, state: ListState, message: string): ListState {
  const url = shown(following);
  const { pages, restarts } = state;
  if (restarts >= MAX_RESTARTS) {
    throw new SourceError('transient', finding('oai-token-refused', { url, pages, message }));
  }
  following.tally.tell(finding('oai-list-restarted', { url, pages, message }));
  const { coverage, from, until, granularity } = state;
  return { coverage, from, until, granularity, pages: 0, seen: 0, restarts: restarts + 1, recent: [] };
}

function ended(state: ListState, page: Page): ListState {
  return { ...state, began: state.began ?? page.responseDate, token: undefined };
}

function shown({ options }: Following): string {
  return redacted(options.url);
}
