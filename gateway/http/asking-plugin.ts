/** Who asks is found out before the question is read; what it cost, and how long the answer may be kept, is told with every answer. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Budgets, WINDOW_S } from '../access/budget.ts';
import type { Caller } from '../access/caller.ts';
import { addressOf } from '../access/identify.ts';
import { type Log, present } from '../errors.ts';
import { LIMITS, type Pay } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { Asking, HEARD_COST, REFUSED_COST } from './asking.ts';
import { isKnown, PUBLIC_FRESH_S } from './headers.ts';

export interface AskingMeans {
  readonly budgets: Budgets;
  /** Units a minute of those without a key. */
  readonly anonymousBudget: number;
  readonly proxies: number;
  /** Throws a Refusal where what was brought opens nothing. */
  identify(request: IncomingMessage, address: string): Promise<Caller>;
  /** Told of each request when it is answered. */
  answered(asking: Asking): void;
  readonly log: Log;
}

export interface Askings {
  readonly plugin: Plugin<object, Served>;
  readonly pay: Pay;
  of(request: Request): Asking;
}

/** What Node's handler hands over with a request. */
export interface Served {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** Questions asked of oneself: nobody else may be given the answer. */
const PERSONAL = new Set(['me', 'apiKeys']);

export function askings(means: AskingMeans): Askings {
  const known = new WeakMap<Request, Asking>();
  const of = (request: Request) => {
    const asking = known.get(request);
    if (asking === undefined) throw new Error('a request that nobody asked');
    return asking;
  };
  const plugin: Plugin<object, Served> = {
    async onRequestParse({ request, serverContext: { req } }) {
      const address = addressOf(req, means.proxies);
      const asking = new Asking(address, means.budgets, means.anonymousBudget);
      known.set(request, asking);
      asking.caller = await means.identify(req, address);
      asking.take(HEARD_COST);
      refuseSimple(request);
    },
    onResultProcess({ request, result, setResult }) {
      const asking = known.get(request);
      if (asking === undefined || !isOne(result)) return;
      setResult(closed(result, request, asking, means.log) as never);
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      const asking = known.get(request);
      if (asking === undefined) return;
      means.answered(asking);
      const isKept = describe(request, response, asking);
      if (!isKept || !isKnown(request.headers.get('if-none-match'), asking.etag!)) return;
      const headers = new fetchAPI.Headers(response.headers);
      for (const name of ['content-type', 'content-length']) headers.delete(name);
      setResponse(new fetchAPI.Response(null, { status: 304, headers }));
    },
  };
  const pay: Pay = (request, units, roots) => {
    const asking = of(request);
    asking.isPersonal = roots.some((name) => PERSONAL.has(name));
    asking.take(units);
  };
  return { plugin, pay, of };
}

/**
 * What a page can send to another site without asking it first is not taken, so that no page makes its readers ask. A GET changes nothing here,
 * and no cookie says who asks.
 */
function refuseSimple({ method, headers }: Request): void {
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (method !== 'POST' || type === 'application/json') return;
  throw new Refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'Envoyez la requête en JSON : `content-type: application/json`.',
    'Send the request as JSON: `content-type: application/json`.',
  );
}

type Result = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

function isOne(result: unknown): result is Result {
  return typeof result === 'object' && result !== null && !Array.isArray(result) && !(Symbol.asyncIterator in result);
}

/** The result as it is sent: its data written once, bounded, compared by its tag; its cost beside it. */
function closed(result: Result, request: Request, asking: Asking, log: Log): Result {
  const data = result.data === undefined || result.data === null ? undefined : JSON.stringify(result.data);
  const isTooLarge = data !== undefined && data.length > LIMITS.answerLength;
  const { errors, extensions } = isTooLarge ? { errors: [present(tooLarge(), log)], extensions: undefined } : result;
  const shown = isTooLarge ? undefined : data;
  asking.isRefused = shown === undefined;
  if (asking.isRefused && !errors?.some((error) => error.extensions['code'] === 'BUDGET_SPENT'))
    asking.charge(REFUSED_COST);
  if (request.method === 'GET' && shown !== undefined && !errors?.length) asking.etag = tagOf(shown);
  const { limit, remaining, resetSeconds } = asking.budget;
  const cost = { requested: asking.cost, remaining, limit, resetSeconds };
  return {
    ...(errors === undefined ? {} : { errors }),
    ...(isTooLarge || result.data === undefined ? {} : { data: result.data }),
    extensions: { ...extensions, cost },
    stringify: (sent: Result) => written(sent, shown),
  } as Result;
}

function written({ errors, data, extensions }: Result, shown: string | undefined): string {
  const parts = [
    ...(errors?.length ? [`"errors":${JSON.stringify(errors)}`] : []),
    ...(data === undefined ? [] : [`"data":${shown ?? 'null'}`]),
    ...(extensions === undefined ? [] : [`"extensions":${JSON.stringify(extensions)}`]),
  ];
  return `{${parts.join(',')}}`;
}

/** Weak: what it cost stands beside the data, and differs. */
function tagOf(data: string): string {
  return `W/"${createHash('sha256').update(data).digest('base64url').slice(0, 22)}"`;
}

/** The headers of an answer; whether it may be kept and compared. */
function describe(request: Request, response: Response, asking: Asking): boolean {
  const { limit, remaining, resetSeconds } = asking.budget;
  const { headers } = response;
  headers.set('ratelimit-policy', `"units";q=${limit};w=${WINDOW_S}`);
  headers.set('ratelimit', `"units";r=${remaining};t=${resetSeconds}`);
  headers.set('vary', 'Accept, Authorization, Origin');
  const isKept = request.method === 'GET' && response.status === 200 && asking.etag !== undefined && !asking.isPersonal;
  headers.set('cache-control', isKept ? keptFor(asking.caller) : 'no-store');
  if (isKept) headers.set('etag', asking.etag!);
  return isKept;
}

function keptFor({ name }: Caller): string {
  return name === undefined ? `public, max-age=${PUBLIC_FRESH_S}` : 'private, no-cache';
}

function tooLarge(): Refusal {
  const megabytes = LIMITS.answerLength / 1024 / 1024;
  return new Refusal(
    'ANSWER_TOO_LARGE',
    `La réponse dépasse ${megabytes} Mo : demandez moins de lignes ou de champs à la fois.`,
    `The answer is larger than ${megabytes} MB: ask for fewer rows or fields at a time.`,
  );
}
