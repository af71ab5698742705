/** What the stand-ins answer, and how it goes out over HTTP. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The tables and collections of the demonstration change with the code only: one date stands for all. */
const LAST_MODIFIED = 'Tue, 31 Dec 2024 12:00:00 GMT';

export function text(status: number, type: string, body: string | Uint8Array): Answer {
  return { status, headers: { 'content-type': type }, body };
}

export const NOT_FOUND = text(404, 'text/plain; charset=utf-8', 'Cette adresse ne mène à rien.\n');

/** A file, with the ETag and the date by which a reader need not fetch it twice. */
export function file(type: string, body: Uint8Array): Answer {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { status: 200, headers: { 'content-type': type, etag, 'last-modified': LAST_MODIFIED }, body };
}

function unchanged(request: IncomingMessage, { headers }: Answer): boolean {
  const etags = request.headers['if-none-match'];
  if (etags !== undefined) return headers['etag'] !== undefined && etags.split(/,\s*/).includes(headers['etag']);
  const since = request.headers['if-modified-since'];
  const changed = headers['last-modified'];
  return since !== undefined && changed !== undefined && Date.parse(since) >= Date.parse(changed);
}

/** Sends an answer: 304 where the reader has it already, gzip where the reader takes it, no body to HEAD. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer.status === 200 && unchanged(request, answer)) {
    response.writeHead(304, answer.headers).end();
    return;
  }
  const compressed =
    /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) && !answer.headers['content-encoding'];
  const plain = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  const body = compressed && plain.length > 1024 ? gzipSync(plain, { level: 1 }) : plain;
  const encoding: Record<string, string> = body === plain ? {} : { 'content-encoding': 'gzip' };
  response.writeHead(answer.status, { ...answer.headers, ...encoding, 'content-length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
