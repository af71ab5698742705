/** In a process of its own: an OAI-PMH provider of generated records on loopback, until its parent ends it. Its pages are kept once made, so that it is not what is measured. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Answer } from '#connectors/partners/answer.ts';
import { createOaiProvider } from '#connectors/partners/oai-provider.ts';
import { answer, readInput } from './child.ts';
import { repositoryOf } from './generated-records.ts';

export interface ProviderInput {
  readonly records: number;
  readonly pageSize: number;
}

export interface ProviderAnswer {
  readonly url: string;
}

const MOST_KEPT_PAGES = 5_000;
const HOST = '127.0.0.1';

const { records, pageSize } = await readInput<ProviderInput>();
const provide = createOaiProvider(repositoryOf(records, pageSize));
const kept = new Map<string, Answer>();
const server = createServer((request, response) => {
  const { status, headers, body } = pageFor(request);
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
});

function pageFor(request: IncomingMessage): Answer {
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const key = `${zipped} ${request.url}`;
  const known = kept.get(key);
  if (known) return known;
  const { status, headers, body } = provide(new URL(request.url ?? '/', `http://${HOST}`), 'GET', '');
  const made: Answer = zipped
    ? { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) }
    : { status, headers, body };
  if (kept.size < MOST_KEPT_PAGES) kept.set(key, made);
  return made;
}

server.listen(0, HOST, () => {
  const ready: ProviderAnswer = { url: `http://${HOST}:${(server.address() as AddressInfo).port}/oai` };
  answer(ready);
});
