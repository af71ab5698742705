/** Zip archives, bounded: names that lead outside, archives that swell, entries under a password are told and not read. */
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, validateFileName, type ZipFile } from 'yauzl';

const LIMITS = { entries: 20_000, swelling: 200, swellingFromBytes: 16 * 1024 * 1024 } as const;

export interface ZipEntry {
  readonly name: string;
  /** Unpacked, as the archive declares it; reading stops with an error where there is more. Bytes. */
  readonly size: number;
  readonly bytes: () => AsyncGenerator<Uint8Array>;
}

export interface Zip {
  readonly entries: readonly ZipEntry[];
  /** Names that lead outside the archive: `../x`, `/etc/x`, `C:/x`. */
  readonly unsafe: readonly string[];
  readonly close: () => void;
}

/** What was wrong with an archive; `kind` is `large` for one that swells beyond the limit. */
export class ZipFault extends Error {
  readonly kind: 'broken' | 'large';

  constructor(kind: 'broken' | 'large', message: string) {
    super(message);
    this.name = 'ZipFault';
    this.kind = kind;
  }
}

/** Opens an archive, by path or whole in memory. Throws ZipFault: broken, encrypted, or more than `maxBytes` unpacked. */
export async function openZip(from: string | Uint8Array, maxBytes: number): Promise<Zip> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;
  const archive = await asFault(() =>
    typeof from === 'string' ? openPromise(from, options) : fromBufferPromise(Buffer.from(from), options),
  );
  try {
    return await asFault(() => listing(archive, maxBytes));
  } catch (fault) {
    archive.close();
    throw fault;
  }
}

async function listing(archive: ZipFile, maxBytes: number): Promise<Zip> {
  const entries: ZipEntry[] = [];
  const unsafe: string[] = [];
  let total = 0;
  if (archive.entryCount > LIMITS.entries) throw new ZipFault('large', `more than ${LIMITS.entries} files`);
  for await (const entry of archive.eachEntry()) {
    const name = nameOf(entry);
    if (name.endsWith('/')) continue;
    if (validateFileName(name) !== null) {
      unsafe.push(name.slice(0, 100));
      continue;
    }
    if (entry.isEncrypted()) throw new ZipFault('broken', `${name} is under a password`);
    total += entry.uncompressedSize;
    const swollen = entry.uncompressedSize > LIMITS.swelling * Math.max(1, entry.compressedSize);
    if (total > maxBytes || (swollen && entry.uncompressedSize > LIMITS.swellingFromBytes)) {
      throw new ZipFault('large', `${name} unpacks to ${entry.uncompressedSize} bytes`);
    }
    entries.push({ name, size: entry.uncompressedSize, bytes: () => unpacked(archive, entry) });
  }
  return { entries, unsafe, close: () => archive.close() };
}

/** Names are decoded here and not by yauzl, which would refuse the whole archive for one unsafe name. */
function nameOf(entry: Entry): string {
  const { fileNameRaw, generalPurposeBitFlag, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields ?? [], false);
}

async function* unpacked(archive: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await asFault(() => archive.openReadStreamPromise(entry));
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (fault) {
    throw new ZipFault('broken', (fault as Error).message);
  }
}

/** yauzl throws plain errors, all of them about the archive. */
async function asFault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof ZipFault) throw fault;
    throw new ZipFault('broken', (fault as Error).message);
  }
}
