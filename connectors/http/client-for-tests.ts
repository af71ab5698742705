/** A server on loopback that answers as each test has it, and a client that is as impatient as tests are. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect } from 'vitest';
import { type HttpResponse, SourceError } from '#connectors/connector.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type ClosableHttpClient, createHttpClient, type HttpClientOptions } from './client.ts';
import { type Loopback, serveLoopback } from './loopback.ts';

/** Answers one path. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export let loopback: Loopback;
export let routes: Record<string, Handler>;
export let requests: IncomingMessage[];
export let told: Finding[];
const clients: ClosableHttpClient[] = [];

beforeEach(async () => {
  routes = {};
  requests = [];
  told = [];
  loopback = await serveLoopback((request, response) => {
    requests.push(request);
    const route = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end('nothing here');
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await loopback.stop();
});

/** The deadlines of the client. */
export const MS = 300;
/** A client that is closed after the test. */
export function client(options: Partial<HttpClientOptions> = {}): ClosableHttpClient {
  const made = createHttpClient({
    userAgent: 'Trame/test',
    contact: 'métier@example.org',
    allowPrivate: true,
    signal: new AbortController().signal,
    timeouts: { connectMs: MS, headersMs: MS, bodyIdleMs: MS, totalMs: 3 * MS, slowMs: 60_000 },
    retries: { attempts: 3, baseMs: 5 },
    tell: (finding) => told.push(finding),
    ...options,
  });
  clients.push(made);
  return made;
}

export async function text(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The SourceError that a reading ends with. */
export async function fault(reading: Promise<unknown>): Promise<SourceError> {
  const thrown = await reading.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SourceError);
  return thrown as SourceError;
}

/** The text at a path. */
export const get = async (path: string, options: Partial<HttpClientOptions> = {}) =>
  text(await client(options).get(loopback.origin + path));
