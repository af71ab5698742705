/** Files that a sheet names in its cells (a testimony's transcript): their text is put into the row, so that the record is whole by itself. */
import { createHash } from 'node:crypto';
import { finding } from '#graph-schema/findings/finding.ts';
import { type Context, type Json, SourceError } from '../connector.ts';
import type { LocatedCut, ReadableFile } from '../formats/reading/file.ts';
import { openText } from '../formats/reading/text.ts';

const MEGABYTE = 1_048_576;
/** Of one file. */
const MOST_MEGABYTES = 2;

type RecordCut = Extract<LocatedCut, { kind: 'record' }>;
type Code =
  | 'attachment-missing'
  | 'attachment-outside'
  | 'attachment-too-large'
  | 'attachment-unread'
  | 'file-encoding-guessed';

/** What stands beside a sheet under a name: the file, or why it is not given. Throws SourceError where the partner's server fails. */
export type Beside = (sheet: ReadableFile, name: string) => Promise<ReadableFile | 'missing' | 'outside'>;

export interface AttachOptions {
  /** The columns whose cells name a file. */
  readonly columns: readonly string[];
  readonly beside: Beside;
  readonly tell: Context['tell'];
  /** Whether a row can be had again from its JSON: only then may it be added to. */
  readonly isTable: (row: Json, raw: Uint8Array) => boolean;
  readonly format: string;
}

/** Puts the files that the rows of one reading name into them. */
export class Attachments {
  readonly #options: AttachOptions;
  readonly #hash = createHash('sha256');
  readonly #filled = new Set<string>();

  constructor(options: AttachOptions) {
    this.#options = options;
  }

  /** The record with the texts of its files in the place of their names; a file that cannot be had is told, and its cell emptied. */
  async into(cut: RecordCut, sheet: ReadableFile, tell: Context['tell']): Promise<RecordCut> {
    const { columns, isTable, format } = this.#options;
    const row = { ...(cut.row as Record<string, Json>) };
    let changed = false;
    for (const column of columns) {
      const name = row[column];
      if (typeof name !== 'string' || name.trim() === '') continue;
      this.#filled.add(column);
      const text = await this.#textOf(name.trim(), sheet, (code, more) =>
        tell(finding(code, { file: sheet.name, line: cut.line ?? 0, name: name.slice(0, 200), column, ...more })),
      );
      this.#hash.update(JSON.stringify([column, name, text ?? null]));
      if (text === undefined) delete row[column];
      else row[column] = text;
      changed = true;
    }
    if (!changed) return cut;
    const raw = new TextEncoder().encode(JSON.stringify(row));
    if (!isTable(row, raw)) throw new SourceError('config', finding('attachment-not-a-table', { format }));
    return { ...cut, row, raw };
  }

  /** What was attached is part of what the source said. */
  fingerprint(ofSheets: string): string {
    return createHash('sha256').update(ofSheets).update(this.#hash.digest()).digest('base64url');
  }

  /** Tells of the columns that no row fills. */
  end(where: string): void {
    for (const column of this.#options.columns) {
      if (!this.#filled.has(column)) this.#options.tell(finding('attachment-column-absent', { where, column }));
    }
  }

  async #textOf(
    name: string,
    sheet: ReadableFile,
    tell: (code: Code, more?: Record<string, string | number>) => void,
  ): Promise<string | undefined> {
    const file = await this.#options.beside(sheet, name);
    if (typeof file === 'string') {
      tell(file === 'missing' ? 'attachment-missing' : 'attachment-outside');
      return undefined;
    }
    const bytes = await bounded(file);
    if (bytes === undefined) {
      tell('attachment-too-large', { limit: MOST_MEGABYTES });
      return undefined;
    }
    const inMemory = async function* () {
      yield bytes;
    };
    const opened = await openText({ ...file, bytes: inMemory }, (found) => {
      if (found.code === 'file-encoding-guessed') tell(found.code, { ...found.particulars });
    });
    if ('refused' in opened) {
      tell('attachment-unread', { reason: opened.refused.code });
      return undefined;
    }
    let text = '';
    for await (const piece of opened.pieces()) text += piece;
    return text;
  }
}

/** All bytes of a file; undefined where there are more than allowed. */
async function bounded(file: ReadableFile): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    size += chunk.length;
    if (size > MOST_MEGABYTES * MEGABYTE) return undefined;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/**
 * A name as a sheet writes it (`transcriptions\t40.vtt`, `./t40.vtt`), read from the folder that the sheet lies in: with `/`, from the top of the
 * folder or archive. Undefined where it leads outside.
 */
export function nameBeside(sheet: string, name: string): string | undefined {
  const parts = sheet.split('/').slice(0, -1);
  const written = name.replaceAll('\\', '/');
  if (written.startsWith('/') || /^[a-z]:/i.test(written) || written.includes('\0')) return undefined;
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
