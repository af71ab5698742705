/** Searches every file of a folder for words, in the encodings in which software writes them, also inside what is gzip'd. */
import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface SearchOptions {
  /** Folders by name that hold nothing of ours: programs. */
  readonly skip?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The files that hold one of the words, in any case of the letters a to z; by path. Memory is one chunk of one file. Throws where a file cannot be read. */
export async function searchFiles(
  folder: string,
  words: readonly string[],
  { skip = [], signal }: SearchOptions = {},
): Promise<readonly string[]> {
  const needles = needlesOf(words);
  const found: string[] = [];
  if (needles.length === 0) return found;
  for await (const file of filesIn(folder, skip)) {
    signal?.throwIfAborted();
    if (await holds(createReadStream(file, { highWaterMark: CHUNK_BYTES }), needles)) found.push(file);
    else if (await isGzip(file)) {
      const zipped = createReadStream(file);
      const unzipped = createGunzip();
      zipped.on('error', (fault) => unzipped.destroy(fault));
      zipped.pipe(unzipped);
      if (await holds(unzipped, needles)) found.push(file);
    }
  }
  return found.sort();
}

/** Each word as UTF-8, UTF-16 either way round, and Latin-1, read as one character a byte. */
function needlesOf(words: readonly string[]): readonly string[] {
  const kept = words.map((word) => word.trim()).filter((word) => word.length > 2);
  const encoded = kept.flatMap((word) => {
    const little = Buffer.from(word, 'utf16le');
    return [Buffer.from(word, 'utf8'), little, Buffer.from(little).swap16(), Buffer.from(word, 'latin1')];
  });
  return [...new Set(encoded.map((bytes) => bytes.toString('latin1').toLowerCase()))];
}

const CHUNK_BYTES = 1024 * 1024;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

async function holds(stream: Readable, needles: readonly string[]): Promise<boolean> {
  const overlap = Math.max(...needles.map(({ length }) => length));
  let rest = '';
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // Neo4j lays its logs out in advance: most of them is zeros.
      if (chunk.length <= ZEROS.length && chunk.equals(ZEROS.subarray(0, chunk.length))) {
        rest = '';
        continue;
      }
      const text = rest + chunk.toString('latin1').toLowerCase();
      if (needles.some((needle) => text.includes(needle))) return true;
      rest = text.slice(-overlap);
    }
    return false;
  } catch (fault) {
    // What begins as gzip and goes on otherwise was searched as it is; a file may go while its server works.
    const { code = '' } = fault as NodeJS.ErrnoException;
    if (code.startsWith('Z_') || code === 'ENOENT') return false;
    throw fault;
  } finally {
    stream.destroy();
  }
}

async function isGzip(file: string): Promise<boolean> {
  try {
    for await (const chunk of createReadStream(file, { end: 1 }) as AsyncIterable<Buffer>)
      return chunk[0] === 0x1f && chunk[1] === 0x8b;
    return false;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw fault;
  }
}

/** Regular files, depth first; links are not followed. */
export async function* filesIn(folder: string, skip: readonly string[]): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skip.includes(entry.name)) yield* filesIn(path, skip);
    else if (entry.isFile()) yield path;
  }
}
