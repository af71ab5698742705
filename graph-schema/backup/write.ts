/** Writes a backup: beside its name first, read back and verified, and only then given its name. */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Database } from '../database.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { BACKUP_FORMAT, BackupRefused, type BackupSummary, type Header, type Line, type Trailer } from './format.ts';
import { linesOf } from './lines.ts';
import { verifyBackup } from './read.ts';

export interface BackupOptions {
  /** Of this Trame. */
  readonly version: string;
  readonly at: Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (lines: number) => void;
  /** Asked when all is read: a finding says that it was not read in one piece, and the file is not kept. */
  readonly unsound?: () => Promise<Finding | undefined>;
}

/**
 * Backs up to a file that must not exist yet. Each page is what was committed when it was read: who wants one moment of all keeps the
 * harvests away meanwhile. Throws BackupRefused; what the driver throws; or the signal's reason.
 */
export async function writeBackup(database: Database, file: string, options: BackupOptions): Promise<BackupSummary> {
  return writeLinesTo(file, linesOf(database), options);
}

/** Writes lines from anywhere as a backup: of a graph, or of an older backup made anew. */
export async function writeLinesTo(
  file: string,
  given: AsyncIterable<Line>,
  options: BackupOptions,
): Promise<BackupSummary> {
  if (existsSync(file)) throw new BackupRefused(finding('backup-file-exists', { file }));
  const part = `${file}.part`;
  try {
    // Records may be hidden, and hold personal data: the file is its owner's alone.
    const target = createWriteStream(part, { mode: 0o600, flush: true });
    const lines = Readable.from(texts(given, options));
    await pipeline(lines, createGzip(), target, options.signal ? { signal: options.signal } : {});
    const broken = await options.unsound?.();
    if (broken) throw new BackupRefused(broken);
    const summary = await verifyBackup(part);
    await rename(part, file);
    return summary;
  } catch (fault) {
    await rm(part, { force: true });
    if (!isFileFault(fault)) throw fault;
    throw new BackupRefused(finding('backup-unwritable', { file, detail: fault.message }));
  }
}

function isFileFault(fault: unknown): fault is NodeJS.ErrnoException {
  return fault instanceof Error && 'syscall' in fault && 'path' in fault;
}

async function* texts(given: AsyncIterable<Line>, { version, at, onProgress }: BackupOptions): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  const say = (line: unknown): string => {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(text);
    return text;
  };
  yield say({ trame: 'backup', format: BACKUP_FORMAT, version, at: at.toISOString() } satisfies Header);
  let lines = 0;
  for await (const line of given) {
    const label = 'node' in line ? line.node : 'Entity';
    counts[label] = (counts[label] ?? 0) + 1;
    lines += 1;
    if (lines % 1_000 === 0) onProgress?.(lines);
    yield say(line);
  }
  yield `${JSON.stringify({ end: true, counts, sha256: hash.digest('hex') } satisfies Trailer)}\n`;
}
