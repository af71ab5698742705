/** The body of a response: decompressed, bounded in size and time, and whole or a SourceError. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { brokenOff, type Phase, stopped, timedOut, tooLarge } from './faults.ts';
import { redacted } from './url.ts';

export interface BodyOptions {
  readonly url: URL;
  readonly contentLength: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Of the decompressed body. */
  readonly maxBytes: number;
  /** The longest wait for the next bytes. */
  readonly idleMs: number;
  /** The longest wait for all of them together; what the reader of the body takes is not counted. */
  readonly totalMs: number;
  readonly signal: AbortSignal;
}

const DECOMPRESSED_CHUNK_BYTES = 64 * 1024;

/** The bytes of the content. Throws SourceError; when left early, the transfer is ended. */
export async function* readBody(body: Readable, options: BodyOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { url, maxBytes } = options;
  let size = 0;
  try {
    for await (const chunk of decoded(transferred(body, options), options)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(url, maxBytes);
      yield chunk;
    }
  } finally {
    leave(body);
  }
}

/** Ends a transfer of which nothing more is wanted. */
export function leave(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}

/** The bytes as they come over the wire: in time, and as many as were announced. */
async function* transferred(body: Readable, options: BodyOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { url, contentLength, maxBytes, idleMs, totalMs, signal } = options;
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let size = 0;
  let waitedMs = 0;
  for (;;) {
    let late: Phase | undefined;
    const limitMs = Math.min(idleMs, totalMs - waitedMs);
    const timer = setTimeout(
      () => {
        late = limitMs < idleMs ? 'total' : 'idle';
        leave(body);
      },
      Math.max(0, limitMs),
    );
    const since = performance.now();
    let result: IteratorResult<Uint8Array>;
    try {
      result = await chunks.next();
    } catch (cause) {
      if (signal.aborted) throw stopped(url);
      if (late === undefined) throw brokenOff(url, size, cause);
      throw timedOut(url, late, late === 'idle' ? idleMs : totalMs);
    } finally {
      clearTimeout(timer);
      waitedMs += performance.now() - since;
    }
    if (late !== undefined) throw timedOut(url, late, late === 'idle' ? idleMs : totalMs);
    if (result.done === true) break;
    size += result.value.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    yield result.value;
  }
  if (contentLength !== undefined && Number(contentLength) !== size) {
    throw brokenOff(url, size, `${contentLength} bytes were announced`);
  }
}

async function* decoded(
  raw: AsyncIterable<Uint8Array>,
  { url, contentEncoding }: BodyOptions,
): AsyncIterable<Uint8Array> {
  const encoding = (contentEncoding ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') {
    yield* raw;
    return;
  }
  let transferredBytes = 0;
  const chunks = raw[Symbol.asyncIterator]();
  const first = await chunks.next();
  // Some servers name an encoding and send nothing, or send the text as it is.
  if (first.done === true) return;
  const inflater = inflaterFor(encoding, first.value);
  if (inflater === undefined) {
    throw new SourceError('transient', finding('http-encoding-unknown', { url: redacted(url.href), encoding }));
  }
  const rest = (async function* () {
    for (let next: IteratorResult<Uint8Array> = first; next.done !== true; next = await chunks.next()) {
      transferredBytes += next.value.length;
      yield next.value;
    }
  })();
  const flow = pipeline(Readable.from(rest, { objectMode: false, highWaterMark: DECOMPRESSED_CHUNK_BYTES }), inflater);
  flow.catch(() => undefined);
  try {
    yield* inflater as AsyncIterable<Uint8Array>;
    await flow;
  } catch (cause) {
    throw cause instanceof SourceError ? cause : brokenOff(url, transferredBytes, cause);
  }
}

function inflaterFor(encoding: string, first: Uint8Array) {
  const options = { chunkSize: DECOMPRESSED_CHUNK_BYTES };
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip(options);
  if (encoding === 'br') return createBrotliDecompress(options);
  // "deflate" means zlib's format (RFC 9110, 8.4.1.2), but some send it bare: only the former begins with 8 in its low bits.
  if (encoding === 'deflate')
    return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(options) : createInflateRaw(options);
  return undefined;
}
