/** The protocol `files`: a file, a folder or a zip, by path or by address. The format cuts it into records. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Connector, type Context, type Message, SourceError } from '../connector.ts';
import type { Format } from '../format.ts';
import type { LocatedCut, ReadableFile } from '../formats/reading/file.ts';
import { fingerprintOf } from './fingerprint.ts';
import { Identifiers } from './identifiers.ts';
import { type OpenedFiles, openFiles } from './open.ts';
import { type FilesCursor, type FilesOptions, filesCursor, filesOptions } from './options.ts';

const LIMITS = { cutsInCheck: 50, findingsInCheck: 20, namesShown: 3 } as const;

type Cutting = (file: ReadableFile, tell: Context['tell']) => AsyncIterable<LocatedCut>;

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
        known: 'table, joconde-text, joconde-csv, museofile, lido',
      }),
    );
  const cutting: Cutting = (file, tell) => cut(file, formatOptions, tell) as AsyncIterable<LocatedCut>;
  return {
    name: 'files',
    options: filesOptions,
    cursor: filesCursor,
    check: (options, context) => check(options, context, cutting),
    read: (options, context, from) => read(options, context, cutting, from),
    row: (raw) => row(raw, formatOptions),
  };
}

/**
 * All records, file by file. Ends as a snapshot only when every file was read to its end: else it throws after the last record,
 * so that nothing is held to be gone; nor when a file was changed meanwhile. The last checkpoint says that the next reading begins from the start.
 */
async function* read(
  options: FilesOptions,
  context: Context,
  cutting: Cutting,
  from: FilesCursor | undefined,
): AsyncGenerator<Message<FilesCursor>> {
  const opened = await openFiles(options, context);
  try {
    const fingerprint = await fingerprintOf(opened.files);
    const tally = new Tally(new Identifiers(context.tell));
    for (const [index, file] of opened.files.entries()) {
      // Files before the checkpoint are read again for their identifiers alone: a repeated one is found across files.
      const skipped = from?.file !== undefined && file.name <= from.file;
      for await (const message of messagesOf(file, cutting, skipped ? () => {} : context.tell, tally)) {
        if (context.signal.aborted)
          throw new SourceError('transient', finding('file-stopped', { where: opened.where }));
        if (!skipped) yield message;
      }
      const last = index === opened.files.length - 1;
      if (!skipped && !last) yield { kind: 'checkpoint', cursor: { file: file.name, rows: tally.rows } };
    }
    yield { kind: 'checkpoint', cursor: { rows: tally.rows }, passEnded: true };
    const fault = faultOf(tally, opened);
    if (fault) throw new SourceError('config', fault);
    // Half of the old and half of the new is neither.
    if ((await fingerprintOf(opened.files)) !== fingerprint)
      throw new SourceError('transient', finding('file-changed', { where: opened.where }));
    yield { kind: 'end', coverage: 'snapshot', expected: tally.rows, fingerprint };
  } finally {
    await opened.close();
  }
}

/** What was seen in one reading: rows (rejected ones too), and the files that could not be read to their end. */
class Tally {
  rows = 0;
  readonly refused: { readonly name: string; readonly finding: Finding }[] = [];
  readonly identifiers: Identifiers;

  constructor(identifiers: Identifiers) {
    this.identifiers = identifiers;
  }
}

async function* messagesOf(
  file: ReadableFile,
  cutting: Cutting,
  tell: Context['tell'],
  tally: Tally,
): AsyncGenerator<Message<FilesCursor>> {
  for await (const cut of cutting(file, tell)) {
    if ('wholeFile' in cut) {
      tally.refused.push({ name: file.name, finding: cut.finding });
      yield { kind: 'rejected', finding: cut.finding };
      continue;
    }
    tally.rows += 1;
    const { line = tally.rows, ...message } = cut;
    const repeated = cut.kind === 'record' ? tally.identifiers.repeated(cut.id, file.name, line) : undefined;
    // Without the identifier: it is that of the first record, which stands.
    if (repeated && cut.kind === 'record') yield { kind: 'rejected', repeats: cut.id, finding: repeated, raw: cut.raw };
    else yield message;
  }
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

async function check(options: FilesOptions, context: Context, cutting: Cutting): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tell = (found: Finding) => findings.push(found);
  try {
    const opened = await openFiles(options, { ...context, tell });
    try {
      const [first] = opened.files;
      let cuts = 0;
      if (first) {
        for await (const cut of cutting(first, tell)) {
          if (cut.kind === 'rejected') tell(cut.finding);
          cuts += 1;
          if (cuts >= LIMITS.cutsInCheck) break;
        }
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
