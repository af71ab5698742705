/** The corrections as files: in the shape of the museum's own export, to be loaded; and the questions, for a spreadsheet program. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { delimiterOf } from '#connectors/formats/reading/delimiter.ts';
import type { TableMap } from '#connectors/formats/table/map.ts';
import { inWindows1252 } from '#graph-schema/corrections/characters.ts';
import { fold } from '#graph-schema/text.ts';
import { type Shape, shapeOf } from '#harvesters/corrections/cells.ts';
import type { CorrectedRow, MuseumReport, ShownCorrection } from '#harvesters/corrections/report.ts';
import type { Source } from '#harvesters/sources.ts';

export type Encoding = 'utf-8' | 'utf-8-bom' | 'windows-1252';

/** How the museum writes its own export. */
export interface Writing {
  readonly shape: Shape;
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Its own header, where its file is at hand. */
  readonly header: readonly string[] | undefined;
  /** Columns that are not stored: a file with empty ones would empty them. */
  readonly left: readonly string[];
}

const HEAD_BYTES = 65_536;
const LINE = '\r\n';

/** As its file is written, where that lies on this machine and is a text; else `;` (`|` for the ministry's table) and UTF-8. */
export async function writingOf(
  source: Source,
  asked: Partial<Pick<Writing, 'delimiter' | 'encoding'>> = {},
): Promise<Writing> {
  const shape = shapeOf(source);
  const delimiter = source.format.name === 'joconde-csv' ? '|' : ';';
  const left = source.format.name === 'table' ? ((source.formatOptions as TableMap).private ?? []) : [];
  const usual: Writing = { shape, delimiter, encoding: 'utf-8', header: undefined, left };
  return { ...usual, ...(await asItsFile(source, shape)), ...asked };
}

async function asItsFile(source: Source, shape: Shape): Promise<Partial<Writing>> {
  const { path } = source.options as { readonly path?: string };
  if (shape === 'list' || path === undefined || !/\.(?:csv|tsv|txt)$/i.test(path)) return {};
  const head = await headOf(resolve(source.folder, path));
  if (head === undefined) return {};
  const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const lastLine = head.lastIndexOf(0x0a);
  const whole = lastLine < 0 ? head : head.subarray(0, lastLine + 1);
  const encoding: Encoding = marked ? 'utf-8-bom' : isUtf8(whole) ? 'utf-8' : 'windows-1252';
  if (shape === 'tagged') return { encoding };
  const text = new TextDecoder(encoding === 'windows-1252' ? encoding : 'utf-8').decode(whole);
  const delimiter = delimiterOf(text);
  const header = headerOf(text, delimiter);
  return { encoding, delimiter, header };
}

/** A name may hold the delimiter, quotation marks or a line break; undefined where the first row cannot be read. */
function headerOf(text: string, delimiter: string): readonly string[] | undefined {
  try {
    const [first] = parse(text, {
      delimiter,
      to: 1,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as string[][];
    return first;
  } catch {
    return undefined;
  }
}

async function headOf(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    // Not at hand here: the usual writing is taken, and said.
    return undefined;
  }
}

/** The file to be loaded: its name and its bytes. Values are the museum's and ours as they are: its tool is no spreadsheet, and a mark against formulas would become data. */
export function correctionsFile(
  report: MuseumReport,
  writing: Writing,
): { readonly name: string; readonly bytes: Uint8Array } {
  if (writing.shape === 'tagged')
    return { name: 'corrections.txt', bytes: encoded(tagged(report.rows), writing.encoding) };
  const lines = writing.shape === 'table' && fits(report, writing) ? ownTable(report, writing) : changes(report.rows);
  return { name: 'corrections.csv', bytes: encoded(csv(lines, writing.delimiter), writing.encoding) };
}

/** The questions, safe to open in a spreadsheet program: what would be a formula there begins with an apostrophe. */
export function questionsFile(corrections: readonly ShownCorrection[]): Uint8Array {
  const head = [
    'clé / key',
    'notice / record',
    'champ / field',
    'valeur / value',
    'choix / choices',
    'question',
    'code',
    'page',
  ];
  const lines = corrections
    .filter(({ form }) => form === 'question')
    .map(({ key, id, column, before, proposed, why, codes, page }) => [
      key,
      id,
      column,
      before,
      proposed.join(' | '),
      why.fr,
      codes.join(' | '),
      page ?? '',
    ]);
  return encoded(
    csv(
      [head, ...lines].map((line) => line.map(harmless)),
      ';',
    ),
    'utf-8-bom',
  );
}

const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** A row with its corrected cells in place. */
function mended({ row, corrections }: CorrectedRow): Map<string, string> {
  return new Map([
    ...Object.entries(row),
    ...corrections.map(({ column, proposed }) => [column, proposed[0] ?? ''] as const),
  ]);
}

/**
 * Whether its header can be filled again: not where a name is empty or stands twice (its cells are stored under other names), nor where rows have columns
 * that it lacks (a title above it, another year's file). Whatever could not be put back would be emptied or doubled when the file is loaded.
 */
function fits({ columns }: MuseumReport, { header, left }: Writing): boolean {
  const names = (header ?? columns).map(fold);
  const known = new Set([...names, ...left.map(fold)]);
  return !names.includes('') && new Set(names).size === names.length && columns.every((one) => known.has(fold(one)));
}

function ownTable({ rows, columns }: MuseumReport, { header, left }: Writing): readonly (readonly string[])[] {
  const without = new Set(left.map(fold));
  const known = new Set((header ?? []).map(fold));
  const names = [...(header ?? []), ...columns.filter((name) => !known.has(fold(name)))].filter(
    (name) => !without.has(fold(name)),
  );
  const lines = rows.map((one) => {
    const cells = new Map([...mended(one)].map(([name, value]) => [fold(name), value]));
    return names.map((name) => cells.get(fold(name)) ?? '');
  });
  return [names, ...lines];
}

function changes(rows: readonly CorrectedRow[]): readonly (readonly string[])[] {
  const head = ['identifiant', 'numéro d’inventaire', 'champ', 'ancienne valeur', 'nouvelle valeur'];
  return [
    head,
    ...rows.flatMap(({ id, inventoryNumber, corrections }) =>
      corrections.map(({ column, before, proposed }) => [id, inventoryNumber, column, before, proposed[0] ?? '']),
    ),
  ];
}

/** The tagged text of Joconde: tag and value by turns, `//` at the end of each record. */
function tagged(rows: readonly CorrectedRow[]): string {
  const records = rows.map((one) => [...[...mended(one)].flat(), '//', ''].join(LINE));
  return records.join('');
}

function csv(lines: readonly (readonly string[])[], delimiter: string): string {
  const quoted = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return lines.map((line) => line.map(quoted).join(delimiter) + LINE).join('');
}

/** A text that windows-1252 cannot hold is written in UTF-8 with its mark, which tools tell apart. */
function encoded(text: string, encoding: Encoding): Uint8Array {
  const narrow = encoding === 'windows-1252' ? inWindows1252(text) : undefined;
  if (narrow) return narrow;
  return Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`, 'utf8');
}
