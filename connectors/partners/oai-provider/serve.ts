/** The provider over HTTP, well-behaved or not. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { OaiProvider } from '../oai-provider.ts';
import { type Fault, type FaultKind, OF_TOKENS, type Reply, withFaults } from './faults.ts';

const MAX_BODY_BYTES = 64 * 1024;
const GZIP_FROM_BYTES = 1024;
const TOKEN = /(<resumptionToken[^>]*>)([^<]+)(<\/resumptionToken>)/;

/** Serves a provider at every path. `faults` may be changed while it runs; `asked` is told of every request. */
export function serveOai(
  provide: OaiProvider,
  faults: Fault[] = [],
  asked: (url: URL) => void = () => undefined,
): RequestListener {
  const memory: Memory = { lists: 0, first: undefined, token: undefined };
  return (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    asked(url);
    void bodyOf(request).then((body) => {
      if (body === undefined) return response.writeHead(413).end();
      return send(request, response, replyTo(provide, faults, memory, url, request.method ?? 'GET', body));
    });
  };
}

/** What a badly written repository keeps between requests. */
interface Memory {
  /** Requests for a list so far. */
  lists: number;
  /** The first of them. */
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
  if (url.searchParams.get('verb') !== 'ListRecords') return withFaults(provide(url, method, body), []);
  memory.lists++;
  memory.first ??= url;
  const due = new Set(faults.filter((fault) => isDue(fault, memory.lists)).map(({ kind }) => kind));
  const answer = provide(redirected(url, due, memory), method, body);
  const next = answer.body.match(TOKEN)?.[2];
  const shown = next === undefined ? undefined : shownToken(next, due, memory.lists);
  memory.token = next;
  const xml = shown === undefined ? answer.body : answer.body.replace(TOKEN, `$1${shown}$3`);
  const dated = url.searchParams.get('from') ?? url.searchParams.get('until') ?? '';
  if (due.has('refuses-seconds') && dated.length > 10) {
    return withFaults(
      {
        ...answer,
        body: xml.replace(/<(ListRecords|error)\b[^>]*>[\s\S]*<\/\1>/, '<error code="badArgument">Days only.</error>'),
      },
      [],
    );
  }
  return withFaults({ ...answer, body: xml }, [...due]);
}

function isDue({ kind, at, times = 1 }: Fault, count: number): boolean {
  const lasting = (OF_TOKENS as readonly string[]).includes(kind);
  return count >= at && (lasting || count < at + times);
}

/** The request that a repository with a bad memory believes to have got. */
function redirected(url: URL, due: ReadonlySet<FaultKind>, { first, token, lists }: Memory): URL {
  if (!url.searchParams.has('resumptionToken')) return url;
  const other = new URL(url);
  if (due.has('constant-token') && token !== undefined) other.searchParams.set('resumptionToken', token);
  if (due.has('same-page') || due.has('same-page-new-tokens') || (due.has('cycle') && lists % 3 === 1))
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
