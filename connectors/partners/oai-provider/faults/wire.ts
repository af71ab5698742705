/** Faults of HTTP, of the bytes, and of the way in which they are sent. */
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import type { OnTheWire, Reply } from './reply.ts';

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));
const XML = { 'content-type': 'text/xml; charset=utf-8' };
const HTML = { 'content-type': 'text/html; charset=utf-8' };

const page = (status: number, title: string, headers: Record<string, string> = {}): OnTheWire => {
  const html = `<!DOCTYPE html><html lang="fr"><head><title>${title}</title></head><body><p>Un instant<br></body></html>`;
  return () => ({ status, headers: { ...HTML, ...headers }, body: Buffer.from(html) });
};
const bare =
  (status: number): OnTheWire =>
  () => ({ status, headers: {}, body: new Uint8Array(0) });
const busy = (retryAfter: string, status = 503): OnTheWire => page(status, 'Surcharge', { 'retry-after': retryAfter });
const encoded = (encoding: string, encode: (bytes: Uint8Array) => Uint8Array): OnTheWire => {
  return (reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-encoding': encoding },
    body: encode(reply.body),
  });
};
const text = (reply: Reply) => Buffer.from(reply.body).toString('utf8');
/** The text in another charset; the declaration in the XML and the one in the header are as told. */
const charset = (declared: string, header: string, encode: (xml: string) => Uint8Array): OnTheWire => {
  return (reply) => ({
    ...reply,
    headers: { 'content-type': `text/xml${header}` },
    body: encode(text(reply).replace('encoding="UTF-8"', declared)),
  });
};
const sent = (send: NonNullable<Reply['send']>): OnTheWire => {
  return (reply) => ({ ...reply, send });
};

/** The head as it is written, with whatever length. */
function rawHead(response: ServerResponse, length: number): void {
  response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${length}\r\n\r\n`);
}

/** Writes `next()` every so often, until the other side goes. */
function keepWriting(response: ServerResponse, everyMs: number, next: () => Uint8Array | string | undefined): void {
  const timer = setInterval(() => {
    const piece = next();
    if (piece === undefined) response.end();
    if (piece === undefined || response.destroyed) clearInterval(timer);
    else response.write(piece);
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

function inPieces(bytes: Uint8Array, length: number): () => Uint8Array | undefined {
  let at = 0;
  return () => {
    const piece = bytes.subarray(at, at + length);
    at += length;
    return piece.length === 0 ? undefined : piece;
  };
}

const IN_BODY = {
  'breaks-off': (reply) => ({ ...reply, cutAt: Math.floor(reply.body.length / 2) }),
  'truncated-xml': (reply) => ({ ...reply, body: half(reply.body) }),
  'truncated-gzip': encoded('gzip', (bytes) => half(gzipSync(bytes))),
  'truncated-brotli': encoded('br', (bytes) => half(brotliCompressSync(bytes))),
  'gzip-with-garbage': encoded('gzip', (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('<!-- cache -->')])),
  'gzip-twice': encoded('gzip', (bytes) => gzipSync(gzipSync(bytes))),
  'gzip-in-name-only': encoded('gzip', (bytes) => bytes),
  'gzip-unnamed': (reply) => ({ ...reply, body: gzipSync(reply.body) }),
  'gzip-broken': encoded('gzip', (bytes) => gzipSync(bytes).fill(0, 40, 60)),
  'bare-deflate': encoded('deflate', (bytes) => deflateRawSync(bytes)),
  'unknown-encoding': encoded('lzma', (bytes) => bytes),
  empty: (reply) => ({ ...reply, body: new Uint8Array(0) }),
  'only-blanks': (reply) => ({ ...reply, body: Buffer.from(' \n ') }),
  json: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"error":"busy"}') }),
  binary: () => ({
    status: 200,
    headers: XML,
    body: Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 37) % 256)),
  }),
  'other-xml': () => ({ status: 200, headers: XML, body: Buffer.from('<?xml version="1.0"?><rss version="2.0"/>') }),
  'bad-utf8': (reply) => ({ ...reply, body: Buffer.from(text(reply), 'latin1') }),
  'lying-charset': (reply) => ({ ...reply, headers: { 'content-type': 'text/xml; charset=iso-8859-1' } }),
  'unknown-charset': (reply) => ({ ...reply, headers: { 'content-type': 'text/xml; charset=utf8mb4' } }),
  'no-content-type': (reply) => ({ ...reply, headers: {} }),
  'html-content-type': (reply) => ({ ...reply, headers: HTML }),
  latin1: charset('encoding="ISO-8859-1"', '; charset=iso-8859-1', (xml) => Buffer.from(xml, 'latin1')),
  'latin1-undeclared': charset('', '', (xml) => Buffer.from(xml, 'latin1')),
  utf16: charset('encoding="UTF-16"', '', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le')),
  'cut-in-a-character': (reply) => {
    const at = Buffer.from(reply.body).indexOf(0xc3, Math.floor(reply.body.length / 2));
    return { ...reply, body: reply.body.subarray(0, at + 1) };
  },
} satisfies Record<string, OnTheWire>;

const IN_STATUS = {
  html: page(200, 'Maintenance en cours'),
  'not-found': page(404, 'Introuvable'),
  'bad-request': page(400, 'Jeton inconnu'),
  unauthorised: page(401, 'Connexion', { 'www-authenticate': 'Basic realm="oai"' }),
  forbidden: page(403, 'Interdit'),
  gone: page(410, 'Parti'),
  'too-large': page(413, 'Trop grand'),
  'uri-too-long': page(414, 'Trop long'),
  'headers-too-large': page(431, 'Trop long'),
  'server-error': page(500, 'Panne'),
  'bad-gateway': page(502, 'Panne'),
  unavailable: page(503, 'Panne'),
  'gateway-timeout': page(504, 'Panne'),
  'no-content': bare(204),
  'not-modified': bare(304),
  'partial-content': (reply) => ({
    ...reply,
    status: 206,
    headers: { ...reply.headers, 'content-range': `bytes 0-${half(reply.body).length - 1}/${reply.body.length}` },
    body: half(reply.body),
  }),
  busy: busy('0'),
  'busy-for-a-day': busy('86400'),
  'busy-for-ever': busy('99999999999'),
  'busy-until-a-date': busy('Sun, 02 Jun 2024 12:00:00 GMT'),
  'busy-until-yesterday': busy('Fri, 31 May 2024 12:00:00 GMT'),
  'busy-for-less-than-nothing': busy('-5'),
  'busy-in-words': busy('une minute'),
  'too-many-requests': busy('86400', 429),
  'errors-with-status': (reply) => ({ ...reply, status: 422 }),
  'records-with-status-500': (reply) => ({ ...reply, status: 500 }),
} satisfies Record<string, OnTheWire>;

const IN_SENDING = {
  'never-answers': sent(() => undefined),
  resets: sent((response) => void response.socket?.resetAndDestroy()),
  'resets-in-body': sent((response, body) => {
    response.writeHead(200, { ...XML, 'content-length': String(body.length) });
    response.write(half(body), () => response.socket?.resetAndDestroy());
  }),
  'stops-in-body': sent((response, body) => {
    response.writeHead(200, { ...XML, 'content-length': String(body.length) });
    response.write(half(body));
  }),
  'cut-in-chunks': sent((response, body) => {
    response.writeHead(200, XML);
    response.write(half(body), () => response.destroy());
  }),
  'length-too-long': sent((response, body) => {
    rawHead(response, body.length + 1_000);
    response.socket?.end(body);
  }),
  'length-too-short': sent((response, body) => {
    rawHead(response, half(body).length);
    response.socket?.write(body);
  }),
  'byte-by-byte': sent((response, body) => {
    response.writeHead(200, XML);
    keepWriting(response, 20, inPieces(body, 1));
  }),
  'many-small-chunks': sent((response, body) => {
    response.writeHead(200, XML);
    for (let at = 0; at < body.length; at++) response.write(body.subarray(at, at + 1));
    response.end();
  }),
  'never-ends': sent((response, body) => {
    response.writeHead(200, XML);
    response.write(half(body));
    keepWriting(response, 20, () => ' ');
  }),
  'never-ends-fast': sent((response, body) => {
    response.writeHead(200, XML);
    response.write(half(body));
    keepWriting(response, 1, () => '<!-- -->'.repeat(8_192));
  }),
  'not-http': sent((response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')),
  'huge-headers': sent((response, body) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(300_000)}\r\ncontent-length: ${body.length}\r\n\r\n`);
    response.socket?.end(body);
  }),
  'hangs-up-after': sent((response, body) => {
    const { socket } = response;
    response.writeHead(200, { ...XML, connection: 'keep-alive', 'content-length': String(body.length) });
    response.end(body, () => setImmediate(() => socket?.destroy()));
  }),
} satisfies Record<string, OnTheWire>;

export const ON_THE_WIRE = { ...IN_BODY, ...IN_STATUS, ...IN_SENDING };
