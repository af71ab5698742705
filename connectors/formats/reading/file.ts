/** A file as the formats of this folder read it, and what they say of it beyond format.ts: the place, and whether the file was read at all. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Cut, FileContent } from '../../format.ts';

/** How a file is to be read, where the source file says it; what is not said is found out. */
export interface Reading {
  /** A label of the WHATWG Encoding Standard: utf-8, windows-1252, macintosh… */
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** The name of a sheet, or its position from 1. */
  readonly sheet?: string | number | undefined;
}

export interface ReadableFile extends FileContent {
  readonly reading?: Reading | undefined;
}

/** A file that is not of the format, or breaks off: `wholeFile` says that what it held is not known, so that nothing is held to be gone. */
export interface Refusal {
  readonly kind: 'rejected';
  readonly finding: Finding;
  readonly wholeFile: true;
}

/** A cut with its place in the file: a line, or the record's position where there are no lines; both from 1. */
export type LocatedCut = (Cut & { readonly line?: number | undefined }) | Refusal;

export type Tell = (finding: Finding) => void;

/** Makes a refusal. */
export function refuse(finding: Finding): Refusal {
  return { kind: 'rejected', finding, wholeFile: true };
}

/** At most the first `limit` bytes of a file. */
export async function headOf(file: FileContent, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}
