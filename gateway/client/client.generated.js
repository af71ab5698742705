/**
 * A client for partners: typed documents in, typed results out. One file, no dependency but `fetch`: Node 20 or later, or a page.
 * `trame client generate` writes it beside the documents; the gateway gives it to pages as /client.js. See docs/client.md.
 */

/** An operation as `trame client generate` writes it. Its type fits what other GraphQL libraries take for a typed document. */

                            

                                      

/** A page of a list, as every list of the hub gives it. */

/** What the hub says of one fault. */

/** Something was not answered. `message` is French, for people; `code` is stable, for programs. */
export class HubError extends Error {
                    name = 'HubError';
  /** As the hub gives it (`COST_TOO_HIGH`…); `UNREACHABLE`, `TIMEOUT` or `NOT_GRAPHQL` are the client's own. */
           code;
  /** The message in English. */
           en;
  /** Of the answer; absent where there was none. */
           status;
  /** Seconds after which to ask again, where the hub says so. */
           retryAfter;
  /** All that the hub found wrong, the first of which this error tells. */
           faults;
  /** What was answered none the less, not checked against the document's type. */
           data;

  constructor(code, fr, en, more = {}) {
    super(fr, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.en = en;
    this.status = more.status;
    this.retryAfter = more.retryAfter;
    this.faults = more.faults ?? [];
    this.data = more.data;
  }
}

/** Beyond this a GET is refused here or there on its way. */
const LONGEST_URL = 6_000;
const MOST_REMEMBERED = 200;
const FIRST_WAIT_MS = 500;

/** Opens nothing: the first question does. */
export function createClient(options) {
  const { retries = 3, mostWaitMs = 30_000 } = options;
  const remembered = new Map ();

  async function query (
    document,
    variables,
    { signal } = {},
  ) {
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return (await ask(prepare(document, variables, options), options, remembered, signal));
      } catch (fault) {
        const waitMs = fault instanceof HubError ? waitFor(fault, document.kind, attempt) : undefined;
        if (waitMs === undefined || attempt >= retries || waitMs > mostWaitMs) throw fault;
        await sleep(waitMs, signal);
      }
    }
  }

  return {
    query,
    async *pages(document, variables, pick, more) {
      for (let after = variables.after ?? null; ; ) {
        const page = pick(await query(document, { ...variables, after }, more));
        if (page === null || page === undefined) return;
        yield page;
        const { hasNextPage, endCursor } = page.pageInfo;
        if (!hasNextPage || endCursor === null || endCursor === after) return;
        after = endCursor;
      }
    },
  };
}

/** A query goes as GET where it is short enough, so that its answer can be compared and kept; a mutation never. */
function prepare(
  document,
  variables,
  { url, key, persisted = false } ,
) {
  const extensions = persisted ? { persistedQuery: { version: 1, sha256Hash: document.id } } : undefined;
  const headers = {
    accept: 'application/graphql-response+json, application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  if (document.kind === 'query') {
    const asked = new URL(url);
    if (extensions) asked.searchParams.set('extensions', JSON.stringify(extensions));
    else asked.searchParams.set('query', document.text);
    asked.searchParams.set('variables', JSON.stringify(variables));
    if (asked.href.length <= LONGEST_URL) return { url: asked.href, init: { headers }, key: asked.href };
  }
  const body = JSON.stringify(extensions ? { extensions, variables } : { query: document.text, variables });
  headers['content-type'] = 'application/json';
  return { url, init: { method: 'POST', headers, body }, key: undefined };
}

/** One attempt. */
async function ask(
  { url, init, key } ,
  { fetch: send = globalThis.fetch, timeoutMs = 15_000 } ,
  remembered,
  given,
) {
  // A browser compares and keeps by itself, and would have to ask leave for the header.
  const known = key === undefined || isPage() ? undefined : remembered.get(key);
  const headers = { ...init.headers, ...(known ? { 'if-none-match': known.etag } : {}) };
  const late = AbortSignal.timeout(timeoutMs);
  const signal = given === undefined ? late : AbortSignal.any([given, late]);
  const { response, text } = await send(url, { ...init, headers, signal })
    .then(async (response) => ({ response, text: await response.text() }))
    .catch((cause) => {
      given?.throwIfAborted();
      throw late.aborted ? tooLate(timeoutMs, cause) : unreachable(url, cause);
    });
  if (known && key !== undefined && response.status === 304) {
    remember(remembered, key, known);
    return structuredClone(known.data);
  }
  const data = read(response, text);
  const etag = response.headers.get('etag');
  if (key !== undefined && etag !== null && !isPage()) remember(remembered, key, { etag, data: structuredClone(data) });
  return data;
}

function isPage() {
  return 'document' in globalThis;
}

/** The oldest goes when there are too many. */
function remember(remembered, key, answer) {
  remembered.delete(key);
  remembered.set(key, answer);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

function read(response, text) {
  const { status } = response;
  const retryAfter = secondsOf(response.headers.get('retry-after'));
  const answer = parse(text);
  const [first] = answer?.errors ?? [];
  if (first) {
    const { code = 'INTERNAL', en = first.message } = first.extensions ?? {};
    const more = { status, retryAfter, faults: answer .errors, data: answer .data };
    throw new HubError(code, first.message, en, more);
  }
  if (response.ok && answer?.data !== undefined && answer.data !== null) return answer.data;
  throw new HubError(
    'NOT_GRAPHQL',
    `Le serveur n’a pas répondu en GraphQL (HTTP ${status}) : vérifiez l’adresse, ou réessayez plus tard.`,
    `The server did not answer in GraphQL (HTTP ${status}): check the address, or try again later.`,
    { status, retryAfter },
  );
}

function parse(text) {
  try {
    const answer = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` is a number of seconds, or a date. */
function secondsOf(header) {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** Milliseconds before it is worth asking again; undefined where it never is. A mutation that may have been done is not repeated. */
function waitFor(
  { status, code, retryAfter } ,
  kind,
  attempt,
) {
  const mayPass =
    status === 429 ||
    (kind === 'query' && (status === 502 || status === 503 || status === 504 || code === 'UNREACHABLE'));
  if (!mayPass || code === 'QUERY_TIMEOUT') return undefined;
  return retryAfter === undefined ? FIRST_WAIT_MS * 2 ** attempt : retryAfter * 1_000;
}

function sleep(ms, signal) {
  return new Promise((done, fail) => {
    const stop = () => {
      clearTimeout(timer);
      fail(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      done();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function tooLate(timeoutMs, cause) {
  return new HubError(
    'TIMEOUT',
    `Pas de réponse en ${timeoutMs} ms : demandez moins à la fois, ou réessayez.`,
    `No answer within ${timeoutMs} ms: ask for less at a time, or try again.`,
    { cause },
  );
}

function unreachable(url, cause) {
  const { host } = new URL(url);
  return new HubError(
    'UNREACHABLE',
    `${host} ne répond pas : vérifiez l’adresse et la connexion.`,
    `${host} does not answer: check the address and the connection.`,
    { cause },
  );
}
