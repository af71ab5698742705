/** A file that is compressed by gzip (RFC 1952), as large dumps are: read as what it holds, bounded. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { finding } from '#graph-schema/findings/finding.ts';
import { SourceError } from '../connector.ts';
import type { ReadableFile } from '../formats/reading/file.ts';
import { tooLarge } from './folder.ts';

const MEGABYTE = 1_048_576;

export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** The file as it is within, without the `.gz` of its name. Reading it throws SourceError `config` where it holds more than `maxMegabytes`, or breaks off. */
export function gunzipped(file: ReadableFile, maxMegabytes: number): ReadableFile {
  return { ...file, name: file.name.replace(/\.gz$/i, ''), bytes: () => unpacked(file, maxMegabytes) };
}

async function* unpacked(file: ReadableFile, maxMegabytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    const gunzip = pipeline(file.bytes(), createGunzip(), () => {});
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxMegabytes * MEGABYTE) throw tooLarge(file.name, maxMegabytes);
      yield chunk;
    }
  } catch (fault) {
    if (fault instanceof SourceError) throw fault;
    const reason = (fault as Error).message;
    throw new SourceError('config', finding('file-zip-broken', { file: file.name, reason }), { cause: fault });
  }
}
