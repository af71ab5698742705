/**
 * The polite HTTP client: one request at a time to a host and a pause between two, retries, Retry-After, deadlines, size caps,
 * redirects followed by hand, private addresses refused. All that a connector fetches goes through it.
 */
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import { type HttpClient, type HttpRequest, type HttpResponse, SourceError } from '#connectors/connector.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { guardedLookup, isLoopbackHost, refusePrivateLiteral } from './address-guard.ts';
import { leave, readBody } from './body.ts';
import { connectionFault, type Phase, stopped, timedOut } from './faults.ts';
import { Hosts, type Turn } from './hosts.ts';
import { backOffMs, retryAfterMs, worthRetrying } from './retry.ts';
import { parseUrl, redacted } from './url.ts';

export interface Timeouts {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** From the connection to the head of the response. */
  readonly headersMs: number;
  /** The longest wait within the body. */
  readonly bodyIdleMs: number;
  /** The longest wait for the whole body; the reader's own time is not counted. */
  readonly totalMs: number;
  /** How long a body may bring less than LEAST_BYTES_PER_SECOND on an average. */
  readonly slowMs: number;
}

export interface HttpClientOptions {
  /** Such as `Trame/0.1`. */
  readonly userAgent: string;
  /** Whom a partner may write to: an address or a page. It goes into the User-Agent. */
  readonly contact: string;
  /** Whether private and loopback addresses may be read. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** From one request to the next at one host. Default: 200, none for this machine. */
  readonly minGapMs?: number;
  readonly timeouts?: Partial<Timeouts>;
  /** Of one body, decompressed. Default: 256 MiB. */
  readonly maxBytes?: number;
  /** `attempts` counts the first one; default 4, from 500 ms on. */
  readonly retries?: { readonly attempts: number; readonly baseMs: number };
  /** A longer Retry-After ends the run with `notBefore`. Default: one minute. */
  readonly maxRetryAfterMs?: number;
  readonly tell?: (finding: Finding) => void;
  readonly now?: () => Date;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The queues at the hosts, where several clients share them. Default: its own. */
  readonly hosts?: Hosts;
}

const TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 120_000,
  bodyIdleMs: 60_000,
  totalMs: 30 * 60_000,
  slowMs: 60_000,
};
/** A server that sends a byte a second would else hold a harvest for half an hour a page. */
const LEAST_BYTES_PER_SECOND = 1000;
/** Statuses of a refusal that a Retry-After turns into a wait. */
const BUSY_IF_TOLD: ReadonlySet<number> = new Set([403, 413]);
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const FOR_GOOD: ReadonlySet<number> = new Set([301, 308]);

/** A client that can be closed: its connections end with it. */
export interface ClosableHttpClient extends HttpClient {
  close(): Promise<void>;
}

/**
 * Makes a client. `get` throws only SourceError; a status of 400–500 other than 408 and 429 is given back for the caller to judge, unless a 403, 413
 * or 500 comes with a Retry-After.
 */
export function createHttpClient(options: HttpClientOptions): ClosableHttpClient {
  return new PoliteClient(options);
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
  readonly turn: Turn;
};

class PoliteClient implements ClosableHttpClient {
  readonly #options: HttpClientOptions;
  readonly #timeouts: Timeouts;
  readonly #agent: Agent;
  readonly #hosts: Hosts;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #now: () => Date;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#timeouts = { ...TIMEOUTS, ...options.timeouts };
    const sleep = options.sleep ?? ((ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }));
    this.#sleep = (ms) => sleep(ms, options.signal);
    this.#now = options.now ?? (() => new Date());
    this.#hosts = options.hosts ?? new Hosts(this.#sleep);
    this.#agent = new Agent({
      connections: 1,
      pipelining: 1,
      // Time is kept here, in one place and to the millisecond.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: this.#timeouts.connectMs, ...(options.allowPrivate ? {} : { lookup: guardedLookup() }) },
    });
  }

  async get(address: string, request: HttpRequest = {}): Promise<HttpResponse> {
    let url = parseUrl(address);
    const seen = new Set([url.href]);
    for (let hops = 1; ; hops++) {
      const answer = await this.#persistently(url, request, url.origin === parseUrl(address).origin);
      const location = REDIRECTS.has(answer.status) ? answer.headers['location'] : undefined;
      if (location === undefined) return this.#response(url, answer, request);
      drop(answer);
      const next = parseUrl(location, url);
      if (FOR_GOOD.has(answer.status)) {
        this.#options.tell?.(finding('http-redirected', { url: redacted(url.href), to: redacted(next.href) }));
      }
      if (hops > MAX_REDIRECTS || seen.has(next.href)) {
        const particulars = { url: redacted(address), hops, to: redacted(next.href) };
        throw new SourceError('config', finding('http-redirect-endless', particulars));
      }
      seen.add(next.href);
      url = next;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Asks until there is an answer worth having, or until trying on is of no use. */
  async #persistently(url: URL, request: HttpRequest, sameOrigin: boolean): Promise<Answer> {
    const { attempts, baseMs } = this.#options.retries ?? { attempts: 4, baseMs: 500 };
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      let fault: SourceError;
      let waitMs = 0;
      try {
        const answer = await this.#once(url, request, sameOrigin);
        const { status, headers } = answer;
        const mayAsk = status >= 500 || worthRetrying(status) || BUSY_IF_TOLD.has(status);
        const askedMs = mayAsk ? retryAfterMs(headers['retry-after'], this.#now(), headers['date']) : undefined;
        if (askedMs === undefined && status <= 500 && !worthRetrying(status)) return answer;
        drop(answer);
        fault = this.#serverFault(url, status, askedMs);
        if (!worthRetrying(status) || (askedMs ?? 0) > (this.#options.maxRetryAfterMs ?? 60_000)) throw fault;
        waitMs = askedMs ?? 0;
      } catch (thrown) {
        if (!(thrown instanceof SourceError) || !RETRIED.has(thrown.finding.code)) throw thrown;
        fault = thrown;
        if (!renewed && wasClosed(thrown)) {
          // A connection that was kept, and that the server closed meanwhile: a new one, at once, counts as no try.
          renewed = true;
          attempt--;
          continue;
        }
      }
      if (attempt >= attempts) throw fault;
      await this.#wait(url, Math.max(waitMs, backOffMs(attempt + 1, baseMs)));
    }
  }

  #serverFault(url: URL, status: number, askedMs: number | undefined): SourceError {
    if (askedMs === undefined)
      return new SourceError('transient', finding('http-server-error', { url: redacted(url.href), status }));
    const notBefore = new Date(this.#now().getTime() + askedMs);
    const particulars = { url: redacted(url.href), status, notBefore: notBefore.toISOString() };
    return new SourceError('transient', finding('http-busy', particulars), { notBefore });
  }

  async #once(url: URL, request: HttpRequest, sameOrigin: boolean): Promise<Answer> {
    const turn = await this.#turn(url);
    try {
      return await this.#send(url, request.method ?? 'GET', this.#headers(url, request, sameOrigin), turn);
    } catch (thrown) {
      turn.done();
      throw thrown;
    }
  }

  async #send(url: URL, method: 'GET' | 'HEAD', headers: Record<string, string>, turn: Turn): Promise<Answer> {
    const { signal, allowPrivate } = this.#options;
    const controller = new AbortController();
    const limitMs = this.#timeouts.connectMs + this.#timeouts.headersMs;
    let late: Phase | undefined;
    const stop = () => controller.abort();
    const timer = setTimeout(() => {
      late = 'headers';
      stop();
    }, limitMs);
    signal.addEventListener('abort', stop);
    // A body may outlast this call: then it is the signal's end that ends the transfer.
    turn.release = () => {
      signal.removeEventListener('abort', stop);
      turn.done();
    };
    turn.leave = () => {
      stop();
      turn.release();
    };
    try {
      if (!allowPrivate) refusePrivateLiteral(url);
      if (signal.aborted) throw stopped(url);
      const bare = new URL(url);
      bare.username = bare.password = bare.hash = '';
      const answer = await send(bare, { dispatcher: this.#agent, method, headers, signal: controller.signal });
      return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: answer.body, turn };
    } catch (cause) {
      signal.removeEventListener('abort', stop);
      if (cause instanceof SourceError) throw cause;
      if (signal.aborted) throw stopped(url);
      if (late !== undefined) throw timedOut(url, late, limitMs);
      if (isConnectTimeout(cause)) throw timedOut(url, 'connect', this.#timeouts.connectMs);
      throw connectionFault(url, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  #response(url: URL, answer: Answer, request: HttpRequest): HttpResponse {
    const { turn } = answer;
    // The answer to a HEAD tells of a body, and has none.
    const told = request.method === 'HEAD' ? {} : answer.headers;
    const content = readBody(answer.body, {
      url,
      contentLength: told['content-length'],
      contentEncoding: told['content-encoding'],
      maxBytes: request.maxBytes ?? this.#options.maxBytes ?? 256 * 1024 * 1024,
      idleMs: this.#timeouts.bodyIdleMs,
      totalMs: this.#timeouts.totalMs,
      least: { bytes: (LEAST_BYTES_PER_SECOND * this.#timeouts.slowMs) / 1000, ms: this.#timeouts.slowMs },
      // Who asks for XML wants no archive.
      plain: request.accept?.includes('xml') ?? false,
      signal: this.#options.signal,
    });
    turn.state = 'unread';
    const body = (async function* () {
      turn.state = 'reading';
      try {
        yield* content;
      } finally {
        turn.release();
      }
    })();
    return { status: answer.status, headers: answer.headers, url: redactedUser(url), body };
  }

  async #turn(url: URL): Promise<Turn> {
    const gapMs = this.#options.minGapMs ?? (isLoopbackHost(url.hostname) ? 0 : 200);
    try {
      return await this.#hosts.turn(url.host, gapMs);
    } catch (thrown) {
      throw this.#options.signal.aborted ? stopped(url) : thrown;
    }
  }

  async #wait(url: URL, ms: number): Promise<void> {
    try {
      await this.#sleep(ms);
    } catch (thrown) {
      throw this.#options.signal.aborted ? stopped(url) : thrown;
    }
  }

  #headers(url: URL, request: HttpRequest, sameOrigin: boolean): Record<string, string> {
    const { userAgent, contact } = this.#options;
    const headers: Record<string, string> = {
      'user-agent': (userAgent.includes(contact) ? userAgent : `${userAgent} (+${contact})`).replace(
        /[^\x20-\x7e]/g,
        '?',
      ),
      'accept-encoding': 'gzip, deflate, br',
      accept: request.accept ?? '*/*',
    };
    // What was meant for one partner is not shown to the one that it redirects to.
    if (!sameOrigin) return headers;
    if (url.username !== '') {
      const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      headers['authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
    }
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
    return headers;
  }
}

/** Faults before the body that another try may cure. */
const RETRIED: ReadonlySet<string> = new Set(['http-unreachable', 'http-timeout']);

function drop({ body, turn }: Answer): void {
  leave(body);
  turn.release();
}

/** Whether the other side closed the connection before it answered. */
function wasClosed({ cause }: SourceError): boolean {
  return cause instanceof Error && 'code' in cause && CLOSED.has(cause.code);
}

const CLOSED: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function isConnectTimeout(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_CONNECT_TIMEOUT';
}

function redactedUser(url: URL): string {
  const bare = new URL(url);
  bare.username = bare.password = '';
  return bare.href;
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
