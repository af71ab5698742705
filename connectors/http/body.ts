/** The body of a response: decompressed, bounded in size and time, and whole or a SourceError. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, gunzipSync } from 'node:zlib';
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
  /** A body that brings less than this within `ms` of waiting is too slow. */
  readonly least: { readonly bytes: number; readonly ms: number };
  /** Nothing compressed is asked for: what is compressed all the same, without or beyond what the header names, is unpacked; what is not, is taken as it is. */
  readonly plain: boolean;
  readonly signal: AbortSignal;
}

const DECOMPRESSED_CHUNK_BYTES = 64 * 1024;

/** The bytes of the content. Throws SourceError; when left early, the transfer is ended. */
export async function* readBody(body: Readable, options: BodyOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { url, maxBytes } = options;
  let size = 0;
  try {
    for await (const chunk of unpacked(transferred(body, options), options)) {
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
  const { url, contentLength, maxBytes, signal } = options;
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  const pace = new Pace(options);
  let size = 0;
  for (;;) {
    let late: Late | undefined;
    const limit = pace.next();
    const timer = setTimeout(() => {
      late = limit;
      leave(body);
    }, limit.inMs);
    const since = performance.now();
    let result: IteratorResult<Uint8Array>;
    try {
      result = await chunks.next();
    } catch (cause) {
      if (signal.aborted) throw stopped(url);
      throw late === undefined ? brokenOff(url, size, cause) : timedOut(url, late.phase, late.ms);
    } finally {
      clearTimeout(timer);
    }
    if (late !== undefined) throw timedOut(url, late.phase, late.ms);
    if (result.done === true) break;
    size += result.value.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    pace.came(result.value.length, performance.now() - since);
    yield result.value;
  }
  if (contentLength !== undefined && Number(contentLength) !== size) {
    throw brokenOff(url, size, `${contentLength} bytes were announced`);
  }
}

/** Which deadline is the next one, in how long, and how long it is as a whole. */
interface Late {
  readonly phase: Phase;
  readonly inMs: number;
  readonly ms: number;
}

/** How long may be waited for the next bytes: not too long for them alone, nor for all, nor for too few. */
class Pace {
  readonly #options: BodyOptions;
  #waitedMs = 0;
  /** Since the last time that enough had come. */
  #slow = { bytes: 0, ms: 0 };

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  next(): Late {
    const { idleMs, totalMs, least } = this.#options;
    const limits: Late[] = [
      { phase: 'idle', inMs: idleMs, ms: idleMs },
      { phase: 'total', inMs: Math.max(0, totalMs - this.#waitedMs), ms: totalMs },
      { phase: 'rate', inMs: Math.max(0, least.ms - this.#slow.ms), ms: least.ms },
    ];
    return limits.reduce((first, other) => (other.inMs < first.inMs ? other : first));
  }

  came(bytes: number, waitedMs: number): void {
    this.#waitedMs += waitedMs;
    this.#slow = { bytes: this.#slow.bytes + bytes, ms: this.#slow.ms + waitedMs };
    if (this.#slow.bytes >= this.#options.least.bytes) this.#slow = { bytes: 0, ms: 0 };
  }
}

/** What is decompressed at once: compressed, and as content. */
const MAX_AT_ONCE_BYTES = 64 * 1024;
const MAX_INFLATED_AT_ONCE_BYTES = 2 * 1024 * 1024;
/** Header and trailer of gzip alone (RFC 1952, 2.3). */
const GZIP_LEAST_BYTES = 18;

/** How often a body may be compressed. */
const MAX_LAYERS = 3;

/** The content, without the compressions that the header names, the last one first. */
function unpacked(raw: AsyncIterable<Uint8Array>, options: BodyOptions): AsyncIterable<Uint8Array> {
  const encodings = (options.contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (encodings.length > MAX_LAYERS) throw unknownEncoding(options.url, encodings.join(', '));
  let content = raw;
  for (const encoding of encodings.toReversed()) content = decoded(content, encoding, options);
  return options.plain ? decoded(content, 'none', options) : content;
}

/** One layer less; as it is where the bytes are not what the header says and nothing compressed is asked for. */
async function* decoded(
  raw: AsyncIterable<Uint8Array>,
  named: string,
  { url, plain }: BodyOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let transferredBytes = 0;
  const chunks = raw[Symbol.asyncIterator]();
  const first = await firstBytes(chunks);
  // Some servers name an encoding and send nothing.
  if (first === undefined) return;
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const encoding = named === 'none' && isGzip ? 'gzip' : named;
  const beginning = [first];
  const whole = isGzip ? await inflatedAtOnce(encoding, beginning, chunks) : undefined;
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const rest = (async function* () {
    for (const chunk of beginning) {
      transferredBytes += chunk.length;
      yield chunk;
    }
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      transferredBytes += next.value.length;
      yield next.value;
    }
  })();
  const isInNameOnly = plain && !isGzip && (encoding === 'gzip' || encoding === 'x-gzip');
  if (encoding === 'none' || isInNameOnly) {
    yield* rest;
    return;
  }
  const inflater = inflaterFor(encoding, first);
  if (inflater === undefined) throw unknownEncoding(url, encoding);
  const flow = pipeline(Readable.from(rest, { objectMode: false, highWaterMark: DECOMPRESSED_CHUNK_BYTES }), inflater);
  flow.catch(() => undefined);
  try {
    yield* inflater as AsyncIterable<Uint8Array>;
    await flow;
  } catch (cause) {
    throw cause instanceof SourceError ? cause : brokenOff(url, transferredBytes, cause);
  }
}

/**
 * A small gzip body as one piece, without the detour through streams and threads, which costs more than the work itself: most pages
 * are small. What it takes from `chunks` it leaves in `beginning`. Undefined for what is larger, cut or broken: the stream decides on that.
 */
async function inflatedAtOnce(
  encoding: string,
  beginning: Uint8Array[],
  chunks: AsyncIterator<Uint8Array>,
): Promise<Uint8Array | undefined> {
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return undefined;
  let size = beginning.reduce((sum, { length }) => sum + length, 0);
  for (;;) {
    if (size > MAX_AT_ONCE_BYTES) return undefined;
    const next = await chunks.next();
    if (next.done === true) break;
    beginning.push(next.value);
    size += next.value.length;
  }
  const body = beginning.length === 1 ? (beginning[0] as Uint8Array) : Buffer.concat(beginning, size);
  if (size < GZIP_LEAST_BYTES) return undefined;
  // The last four bytes are the size of the content (RFC 1952, 2.3.1), where they tell the truth: then one buffer takes it all.
  const announced = Buffer.from(body.buffer, body.byteOffset, size).readUInt32LE(size - 4);
  if (announced > MAX_INFLATED_AT_ONCE_BYTES) return undefined;
  try {
    return gunzipSync(body, { maxOutputLength: MAX_INFLATED_AT_ONCE_BYTES, chunkSize: Math.max(announced, 1024) });
  } catch {
    return undefined;
  }
}

/** The first two bytes at least, where there are so many: they tell gzip. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  while (bytes === undefined || bytes.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    bytes = bytes === undefined || bytes.length === 0 ? next.value : Buffer.concat([bytes, next.value]);
  }
  return bytes;
}

function unknownEncoding(url: URL, encoding: string): SourceError {
  return new SourceError('transient', finding('http-encoding-unknown', { url: redacted(url.href), encoding }));
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
