/** For the tests of files and formats: a file in memory, and what a format makes of it. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Format } from '../../format.ts';
import type { LocatedCut, ReadableFile, Reading } from './file.ts';

/** A file that comes in pieces of `pieceBytes`, so that a test can cut it anywhere. */
export function fileOf(
  content: string | Uint8Array,
  name = 'essai.csv',
  reading?: Reading,
  pieceBytes = 7,
): ReadableFile {
  const whole = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const bytes = async function* () {
    for (let at = 0; at < whole.length; at += pieceBytes) yield whole.subarray(at, at + pieceBytes);
  };
  return { name, bytes, reading };
}

export interface CutFile {
  readonly cuts: readonly LocatedCut[];
  readonly told: readonly Finding[];
}

export async function cutAll(format: Format, file: ReadableFile, options?: unknown): Promise<CutFile> {
  const told: Finding[] = [];
  const cuts: LocatedCut[] = [];
  for await (const cut of format.cut?.(file, options, (found) => told.push(found)) ?? []) cuts.push(cut);
  return { cuts, told };
}

/** The records of a file, mapped and checked as a harvest does; a record that parseRecord refuses fails the test. */
export async function recordsOf(
  format: Format,
  file: ReadableFile,
  options?: unknown,
): Promise<{ records: Map<string, AnyRecord>; rejected: Finding[]; notes: Finding[]; told: readonly Finding[] }> {
  const { cuts, told } = await cutAll(format, file, options);
  const records = new Map<string, AnyRecord>();
  const rejected: Finding[] = [];
  const notes: Finding[] = [];
  for (const cut of cuts) {
    if (cut.kind === 'rejected') {
      rejected.push(cut.finding);
      continue;
    }
    const source = { name: 'essai', title: 'Essai', licence: 'démonstration' };
    const mapped = format.map(cut.row, { id: cut.id, source, options });
    if ('rejected' in mapped) {
      rejected.push(mapped.rejected);
      continue;
    }
    notes.push(...(mapped.notes ?? []));
    const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
    if ('issues' in parsed) throw new Error(`${cut.id}: ${JSON.stringify(parsed.issues)}`);
    records.set(cut.id, parsed.record);
  }
  return { records, rejected, notes, told };
}

export const codes = (findings: readonly Finding[]): readonly string[] => findings.map(({ code }) => code);
