/** The provider over HTTP, well-behaved or not. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { OaiAnswer, OaiProvider } from '../oai-provider.ts';
import { type Fault, type FaultKind, holdsRecord, OF_TOKENS, type Reply, withFaults } from './faults.ts';

const MAX_BODY_BYTES = 64 * 1024;
const GZIP_FROM_BYTES = 1024;
const TOKEN = /(<resumptionToken[^>]*>)([^<]+)(<\/resumptionToken>)/;

/** Serves a provider at every path. `faults` may be changed while it runs; `asked` is told of every request. */
export function serveOai(
  provide: OaiProvider,
  faults: Fault[] = [],
  asked: (url: URL) => void = () => undefined,
): RequestListener {
  const memory: Memory = { asked: new Map(), first: undefined, token: undefined };
  return (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    asked(url);
    void bodyOf(request).then(
      (body) => {
        if (body === undefined) return response.writeHead(413).end();
        return send(request, response, replyTo(provide, faults, memory, url, request.method ?? 'GET', body));
      },
      () => response.destroy(),
    );
  };
}

/** What a badly written repository keeps between requests. */
interface Memory {
  /** Requests so far, by verb. */
  readonly asked: Map<string, number>;
  /** The first of them for a list of records. */
  first: URL | undefined;
  /** The token that should have been given last. */
  token: string | undefined;
}

function replyTo(
  provide: OaiProvider,
  faults: readonly Fault[],
  memory: Memory,
  url: URL,
  method: string,
  body: string,
): Reply {
  const verb = url.searchParams.get('verb') ?? '';
  const count = (memory.asked.get(verb) ?? 0) + 1;
  memory.asked.set(verb, count);
  const due = faults.filter((fault) => isDue(fault, verb, count));
  const answer =
    verb === 'ListRecords' ? listed(provide, due, memory, url, count, method, body) : provide(url, method, body);
  return withFaults(
    answer,
    due.filter(({ record }) => record === undefined || holdsRecord(answer.body, record)),
  );
}

/** A page of records, as a repository gives it that may have a bad memory. */
function listed(
  provide: OaiProvider,
  faults: readonly Fault[],
  memory: Memory,
  url: URL,
  count: number,
  method: string,
  body: string,
): OaiAnswer {
  memory.first ??= url;
  const due = new Set(faults.map(({ kind }) => kind));
  const answer = provide(redirected(url, due, memory, count), method, body);
  const next = answer.body.match(TOKEN)?.[2];
  const shown = next === undefined ? undefined : shownToken(next, due, count);
  memory.token = next;
  const xml = shown === undefined ? answer.body : answer.body.replace(TOKEN, `$1${shown}$3`);
  const dated = url.searchParams.get('from') ?? url.searchParams.get('until') ?? '';
  if (!due.has('refuses-seconds') || dated.length <= 10) return { ...answer, body: xml };
  const refusal = '<error code="badArgument">Days only.</error>';
  return { ...answer, body: xml.replace(/<(ListRecords|error)\b[^>]*>[\s\S]*<\/\1>/, refusal) };
}

function isDue({ kind, at, times = 1, verb, record }: Fault, asked: string, count: number): boolean {
  if (record === undefined ? asked !== (verb ?? 'ListRecords') : asked !== 'ListRecords' && asked !== 'GetRecord')
    return false;
  const lasting = record !== undefined || (OF_TOKENS as readonly string[]).includes(kind);
  return count >= at && (lasting || count < at + times);
}

/** The request that a repository with a bad memory believes to have got. */
function redirected(url: URL, due: ReadonlySet<FaultKind>, { first, token }: Memory, count: number): URL {
  if (!url.searchParams.has('resumptionToken')) return url;
  const other = new URL(url);
  if (due.has('constant-token') && token !== undefined) other.searchParams.set('resumptionToken', token);
  if (due.has('same-page') || due.has('same-page-new-tokens') || (due.has('cycle') && count % 3 === 1))
    return first ?? url;
  return other;
}

function shownToken(token: string, due: ReadonlySet<FaultKind>, count: number): string {
  if (due.has('constant-token')) return 'constant';
  if (due.has('same-page-new-tokens')) return `${token}${count}`;
  return token;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply.send !== undefined) {
    reply.send(response, reply.body);
    return;
  }
  const zip =
    /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) &&
    reply.cutAt === undefined &&
    reply.headers['content-encoding'] === undefined &&
    reply.body.length >= GZIP_FROM_BYTES;
  const body = zip ? gzipSync(reply.body, { level: 1 }) : reply.body;
  const encoding: Record<string, string> = zip ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(reply.status, { ...reply.headers, ...encoding, 'content-length': String(body.length) });
  if (reply.cutAt === undefined) response.end(request.method === 'HEAD' ? undefined : body);
  else response.write(body.subarray(0, reply.cutAt), () => response.destroy());
}
