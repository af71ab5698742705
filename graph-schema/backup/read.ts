/** Reads a backup line by line, and refuses what is not whole. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { finding } from '../findings/finding.ts';
import {
  BACKUP_FORMAT,
  BackupRefused,
  type BackupSummary,
  type Header,
  type Line,
  MOST_LINE_BYTES,
  type Trailer,
} from './format.ts';

/** Reads a backup to its end: its form, its counts, its SHA-256. Nothing is stored. Throws BackupRefused. */
export async function verifyBackup(file: string): Promise<BackupSummary> {
  let header: Header | undefined;
  let trailer: Trailer | undefined;
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  for await (const text of linesIn(file)) {
    if (trailer !== undefined) throw damaged(file, 'des lignes après la dernière / lines after the last one');
    const line = parsed(file, text, header === undefined);
    if (header === undefined) header = checkedHeader(file, line);
    else if (isTrailer(line)) {
      trailer = line;
      continue;
    } else counts[labelOf(line as Line)] = (counts[labelOf(line as Line)] ?? 0) + 1;
    hash.update(text).update('\n');
  }
  if (header === undefined) throw new BackupRefused(finding('backup-foreign', { file }));
  if (trailer === undefined) throw damaged(file, 'la fin manque / its end is missing');
  if (trailer.sha256 !== hash.digest('hex'))
    throw damaged(file, 'l’empreinte SHA-256 n’est pas la bonne / the SHA-256 is not right');
  const said = Object.entries(trailer.counts);
  if (said.length !== Object.keys(counts).length || said.some(([label, count]) => counts[label] !== count))
    throw damaged(file, 'le compte n’y est pas / the counts do not agree');
  return { header, counts, bytes: (await stat(file)).size };
}

/** The lines between the first and the last. The file must have been verified. */
export async function* readBackup(file: string): AsyncGenerator<{ line: Line; bytes: number }> {
  let isFirst = true;
  for await (const text of linesIn(file)) {
    const line = parsed(file, text, isFirst);
    if (!isFirst && !isTrailer(line)) yield { line: line as Line, bytes: text.length };
    isFirst = false;
  }
}

function damaged(file: string, detail: string): BackupRefused {
  return new BackupRefused(finding('backup-damaged', { file, detail }));
}

function parsed(file: string, text: Buffer, isFirst: boolean): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (fault) {
    if (isFirst) throw new BackupRefused(finding('backup-foreign', { file }));
    throw damaged(file, (fault as Error).message.slice(0, 200));
  }
}

function checkedHeader(file: string, line: unknown): Header {
  const header = line as Partial<Header> | null;
  if (header?.trame !== 'backup' || typeof header.format !== 'number')
    throw new BackupRefused(finding('backup-foreign', { file }));
  if (header.format > BACKUP_FORMAT)
    throw new BackupRefused(finding('backup-newer', { file, format: header.format, version: String(header.version) }));
  return header as Header;
}

function isTrailer(line: unknown): line is Trailer {
  return (line as Partial<Trailer> | null)?.end === true;
}

function labelOf(line: Line): string {
  return 'node' in line ? String(line.node) : 'Entity';
}

/** The unzipped lines, without their ends. Memory is one line. */
async function* linesIn(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (fault) => unzipped.destroy(fault));
  try {
    let rest: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        yield Buffer.concat([...rest, chunk.subarray(start, end)]);
        rest = [];
        bytes = 0;
        start = end + 1;
      }
      rest.push(chunk.subarray(start));
      bytes += chunk.length - start;
      if (bytes > MOST_LINE_BYTES) throw damaged(file, 'une ligne trop longue / a line that is too long');
    }
    if (bytes > 0) throw damaged(file, 'la dernière ligne est coupée / the last line is cut');
  } catch (fault) {
    throw asRefused(file, fault);
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

function asRefused(file: string, fault: unknown): unknown {
  const { code = '', message } = fault as NodeJS.ErrnoException;
  if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(message))
    return new BackupRefused(finding('backup-foreign', { file }));
  if (code.startsWith('Z_')) return damaged(file, message);
  if (code.startsWith('E') && 'syscall' in (fault as object))
    return new BackupRefused(finding('backup-unreadable', { file, detail: message }));
  return fault;
}
