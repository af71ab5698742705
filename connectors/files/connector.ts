/** The protocol `files`: a file, a folder or a zip, by path or by address. The format cuts it into records. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Connector, type Context, type Json, type Message, SourceError } from '../connector.ts';
import type { Format } from '../format.ts';
import type { LocatedCut, ReadableFile } from '../formats/reading/file.ts';
import { hashOf } from '../identifier-set.ts';
import { Attachments } from './attachments.ts';
import { fingerprintOf } from './fingerprint.ts';
import { Identifiers } from './identifiers.ts';
import { type OpenedFiles, openFiles } from './open.ts';
import { type FilesCursor, type FilesOptions, filesCursor, filesOptions } from './options.ts';

const LIMITS = { cutsInCheck: 50, filesInCheck: 50, findingsInCheck: 20, namesShown: 3 } as const;

/** How the files are read: the format, with its options. */
interface Reader {
  readonly format: string;
  readonly latestOnly: boolean;
  readonly cut: (file: ReadableFile, tell: Context['tell']) => AsyncIterable<LocatedCut>;
  readonly row: (raw: Uint8Array) => Json;
}

/**
 * The connector `files` for one format and its options (already checked by `format.options`).
 * Throws SourceError where the format has no files of its own.
 */
export function createFilesConnector(format: Format, formatOptions: unknown): Connector<FilesOptions, FilesCursor> {
  const { cut, row } = format;
  if (!cut || !row)
    throw new SourceError(
      'config',
      finding('file-format-has-none', {
        format: format.name,
        known: 'table, icalendar, feed, webvtt, lido, joconde-text, museofile…',
      }),
    );
  const reader: Reader = {
    format: format.name,
    latestOnly: format.latestOnly === true,
    cut: (file, tell) => cut(file, formatOptions, tell) as AsyncIterable<LocatedCut>,
    row: (raw) => row(raw, formatOptions),
  };
  return {
    name: 'files',
    options: filesOptions,
    cursor: filesCursor,
    check: (options, context) => check(options, context, reader),
    read: (options, context, from) => read(options, context, reader, from),
    row: reader.row,
  };
}

/**
 * All records, file by file. Ends as a snapshot only when every file was read to its end: else it throws after the last record,
 * so that nothing is held to be gone; nor when a file was changed meanwhile. Files that name only the latest, and one page of a longer list, end as changes. The last checkpoint says
 * that the next reading begins from the start.
 */
async function* read(
  options: FilesOptions,
  context: Context,
  reader: Reader,
  given: FilesCursor | undefined,
): AsyncGenerator<Message<FilesCursor>> {
  const of = hashOf(JSON.stringify([options.path, options.url, options.match]));
  const from = given?.of === of ? given : undefined;
  const opened = await openFiles(options, context);
  try {
    const fingerprint = await fingerprintOf(opened.files);
    const tally = new Tally(new Identifiers(context.tell), attachmentsOf(options, opened, reader, context.tell));
    const tell = (found: Finding) => {
      if (found.code === 'file-one-page') tally.pages.push(found);
      else context.tell(found);
    };
    for (const [index, file] of opened.files.entries()) {
      // Files before the checkpoint are read again for their identifiers alone: a repeated one is found across files.
      const skipped = from?.file !== undefined && file.name <= from.file;
      for await (const message of messagesOf(file, reader, skipped ? () => {} : tell, tally)) {
        if (context.signal.aborted)
          throw new SourceError('transient', finding('file-stopped', { where: opened.where }));
        if (!skipped) yield message;
      }
      const last = index === opened.files.length - 1;
      if (!skipped && !last) yield { kind: 'checkpoint', cursor: { file: file.name, rows: tally.rows, of } };
    }
    yield { kind: 'checkpoint', cursor: { rows: tally.rows, of }, passEnded: true };
    const fault = faultOf(tally, opened);
    if (fault) throw new SourceError('config', fault);
    // Half of the old and half of the new is neither.
    if ((await fingerprintOf(opened.files)) !== fingerprint)
      throw new SourceError('transient', finding('file-changed', { where: opened.where }));
    tally.attachments?.end(opened.where);
    const part = partOf(tally, opened.files.length);
    if (part) context.tell(part);
    yield {
      kind: 'end',
      coverage: part || (options.latestOnly ?? reader.latestOnly) ? 'changes' : 'snapshot',
      expected: tally.rows,
      fingerprint: tally.attachments?.fingerprint(fingerprint) ?? fingerprint,
    };
  } finally {
    await opened.close();
  }
}

function attachmentsOf(
  { attach }: FilesOptions,
  { beside }: OpenedFiles,
  reader: Reader,
  tell: Context['tell'],
): Attachments | undefined {
  if (attach === undefined) return undefined;
  const isTable = (row: Json, raw: Uint8Array): boolean => {
    try {
      return JSON.stringify(reader.row(raw)) === JSON.stringify(row);
    } catch {
      return false;
    }
  };
  return new Attachments({ columns: attach, beside, tell, isTable, format: reader.format });
}

/** What was seen in one reading: rows (rejected ones too), and the files that could not be read to their end. */
class Tally {
  rows = 0;
  /** Files that say that they are a page of a longer list. */
  readonly pages: Finding[] = [];
  readonly refused: { readonly name: string; readonly finding: Finding }[] = [];
  readonly identifiers: Identifiers;
  readonly attachments: Attachments | undefined;

  constructor(identifiers: Identifiers, attachments: Attachments | undefined) {
    this.identifiers = identifiers;
    this.attachments = attachments;
  }
}

async function* messagesOf(
  file: ReadableFile,
  reader: Reader,
  tell: Context['tell'],
  tally: Tally,
): AsyncGenerator<Message<FilesCursor>> {
  for await (const bare of reader.cut(file, tell)) {
    if ('wholeFile' in bare) {
      tally.refused.push({ name: file.name, finding: bare.finding });
      yield { kind: 'rejected', finding: bare.finding };
      continue;
    }
    tally.rows += 1;
    const repeated =
      bare.kind === 'record' ? tally.identifiers.repeated(bare.id, file.name, bare.line ?? tally.rows) : undefined;
    const isWhole = bare.kind === 'record' && !repeated && tally.attachments;
    const { line: _, ...message } = isWhole ? await tally.attachments.into(bare, file, tell) : bare;
    // Without the identifier: it is that of the first record, which stands.
    if (repeated && bare.kind === 'record')
      yield { kind: 'rejected', repeats: bare.id, finding: repeated, raw: bare.raw };
    else yield message;
  }
}

/** Saved pages are the whole list where they have as many rows as it says, or where one of them is the last. */
function partOf({ pages, rows }: Tally, files: number): Finding | undefined {
  const [first] = pages;
  const total = Math.max(0, ...pages.map(({ particulars }) => Number(particulars['total'])));
  return first && (total > 0 ? rows < total : pages.length === files) ? first : undefined;
}

function faultOf({ rows, refused }: Tally, { where }: OpenedFiles): Finding | undefined {
  const [first] = refused;
  if (refused.length === 1 && first) return first.finding;
  if (first) {
    const names = refused.slice(0, LIMITS.namesShown).map(({ name }) => name);
    return finding('file-incomplete', { count: refused.length, names: names.join(', ') });
  }
  return rows === 0 ? finding('file-no-rows', { where }) : undefined;
}

async function check(options: FilesOptions, context: Context, reader: Reader): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tell = (found: Finding) => findings.push(found);
  try {
    const opened = await openFiles(options, { ...context, tell });
    try {
      let cuts = 0;
      // A first file may hold no record: the index of a flux.
      for (const file of opened.files.slice(0, LIMITS.filesInCheck)) {
        for await (const cut of reader.cut(file, tell)) {
          if (cut.kind === 'rejected') tell(cut.finding);
          cuts += 1;
          if (cuts >= LIMITS.cutsInCheck) break;
        }
        if (cuts >= LIMITS.cutsInCheck) break;
      }
      if (cuts === 0) tell(finding('file-no-rows', { where: opened.where }));
    } finally {
      await opened.close();
    }
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    tell(fault.finding);
  }
  return findings.slice(0, LIMITS.findingsInCheck);
}
