/** A table, whatever its file: CSV, TSV, XLSX, ODS. One of the first rows names the columns (header.ts); every row after it becomes a record. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { publicId } from '../shared/contacts.ts';
import { cellSaid, isAside } from './asides.ts';
import { csvRows } from './csv.ts';
import { delimiterOf } from './delimiter.ts';
import { headOf, type LocatedCut, type ReadableFile, type Refusal, refuse, type Tell } from './file.ts';
import { foreignKind } from './foreign.ts';
import { type Header, headerAmong, namesAll, type TableNeeds, tidyCell } from './header.ts';
import type { FromAbove } from './merged.ts';
import { isPacked, sheetRows } from './spreadsheet.ts';
import { openText } from './text.ts';

export type { TableNeeds } from './header.ts';

/** A row by its columns' names; an empty cell is absent. */
export type TableRow = Readonly<Record<string, string>>;

/** `exact`: the file says how many cells the row has (CSV); a sheet leaves out the empty ones at its end. */
export interface RawRow {
  readonly kind: 'row';
  readonly line: number;
  readonly cells: readonly string[];
  readonly exact: boolean;
  /** What merged cells of the lines above mean for it, by position. */
  readonly above?: ReadonlyMap<number, FromAbove> | undefined;
  /** Days are counted from 1904: the row then says so (`DAY_COUNT`). */
  readonly from1904?: boolean;
}
export type RawItem = RawRow | Extract<LocatedCut, { kind: 'rejected' }>;

/** The column that a row of an old workbook of Excel for Mac has besides its own: a day number without a format can only be read with it. */
export const DAY_COUNT = 'jours comptés depuis 1904';

/** Lines looked at for the header, empty ones not counted. */
const LINES_LOOKED_AT = 30;

/** Cuts a table into records. A row too wide or too narrow, or without identifier, is rejected with its line; its neighbours go on. */
export async function* cutTable(file: ReadableFile, needs: TableNeeds, tell: Tell): AsyncGenerator<LocatedCut> {
  const waiting: RawRow[] = [];
  let cutter: Cutter | undefined;
  for await (const item of rawRows(file, tell)) {
    if (item.kind === 'rejected') {
      yield item;
      continue;
    }
    if (item.cells.every((cell) => cell.trim() === '')) continue;
    if (cutter) {
      yield* cutter.cut(item);
      continue;
    }
    waiting.push(item);
    if (waiting.length < LINES_LOOKED_AT && !namesAll(waiting[0]!.cells, needs)) continue;
    const made = begin(file, waiting, needs, tell);
    if ('wholeFile' in made) return yield made;
    cutter = made.cutter;
    for (const row of made.rows) yield* cutter.cut(row);
  }
  if (cutter || waiting.length === 0) return;
  const made = begin(file, waiting, needs, tell);
  if ('wholeFile' in made) return yield made;
  for (const row of made.rows) yield* made.cutter.cut(row);
}

function begin(
  file: ReadableFile,
  waiting: readonly RawRow[],
  needs: TableNeeds,
  tell: Tell,
): Refusal | { readonly cutter: Cutter; readonly rows: readonly RawRow[] } {
  const lines = waiting.map((row) => row.cells);
  const header = headerAmong(file, lines, needs, tell);
  if ('wholeFile' in header) return header;
  const lastLine = waiting[header.used - 1]?.line ?? 0;
  return { cutter: new Cutter(file, { ...header, lastLine }, needs, tell), rows: waiting.slice(header.used) };
}

/** The row again from a cut's raw bytes. */
export function rowFromRaw(raw: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(raw)) as Json;
}

/** Every line of a table, whatever its file, before any of them is the header. */
export async function* rawRows(file: ReadableFile, tell: Tell): AsyncGenerator<RawItem> {
  const head = await headOf(file, 8);
  const foreign = await foreignKind(file, head);
  if (foreign) return yield refuse(finding(foreign, { file: file.name }));
  if (isPacked(head)) {
    for await (const item of sheetRows(file, tell)) yield item.kind === 'row' ? { ...item, exact: false } : item;
    return;
  }
  const text = await openText(file, tell);
  if ('refused' in text) return yield refuse(text.refused);
  const delimiter = file.reading?.delimiter ?? delimiterOf(text.sample);
  for await (const item of csvRows(text.pieces(), delimiter)) {
    const where = { file: file.name, line: item.line };
    if (item.kind === 'row') yield { ...item, exact: true };
    else if (item.kind === 'given-up') yield refuse(finding('table-too-broken', { ...where, limit: item.limit }));
    else if (item.why === 'long')
      yield { kind: 'rejected', line: item.line, finding: finding('table-cell-too-long', { ...where, limit: 1 }) };
    else yield { kind: 'rejected', line: item.line, finding: finding('table-quote-open', where) };
  }
}

/** Makes records of the rows below a header. */
class Cutter {
  readonly #file: ReadableFile;
  readonly #header: Header & { readonly lastLine: number };
  readonly #needs: TableNeeds;
  readonly #tell: Tell;
  readonly #faulty = new Set<number>();
  #toldMerged = false;

  constructor(file: ReadableFile, header: Header & { readonly lastLine: number }, needs: TableNeeds, tell: Tell) {
    this.#file = file;
    this.#header = header;
    this.#needs = needs;
    this.#tell = tell;
  }

  *cut(read: RawRow): Generator<LocatedCut> {
    const item = this.#filled(read);
    const { line } = item;
    if (this.#isAgain(item)) this.#tell(finding('table-header-again', { file: this.#file.name, line }));
    else if (this.#isAside(item)) {
      const text = item.cells.map(tidyCell).filter(Boolean).join(' · ').slice(0, 100);
      this.#tell(finding('table-line-passed', { file: this.#file.name, line, text }));
    } else yield this.#record(item);
  }

  /** With what merged cells above mean for the row, told once. An identifier is one row's, and not filled: the row is then rejected, and not taken for the one above. */
  #filled(row: RawRow): RawRow {
    const { columns, lastLine } = this.#header;
    const alone = this.#needs.id.length === 1 ? columns.indexOf(this.#needs.id[0]) : -1;
    const above = [...(row.above ?? [])].filter(([index, { line }]) => index !== alone && line > lastLine);
    if (above.length === 0) return row;
    const cells = [...row.cells];
    for (const [index, { value }] of above) {
      while (cells.length < index) cells.push('');
      cells[index] = value;
    }
    if (!this.#toldMerged) this.#tell(finding('table-merged-filled', { file: this.#file.name, line: row.line }));
    this.#toldMerged = true;
    return { ...row, cells };
  }

  /** Files that were put together have their header in the middle too. */
  #isAgain(row: RawRow): boolean {
    return this.#header.lines.some(
      (cells) =>
        row.cells.length === cells.length &&
        row.cells.every((cell, index) => tidyCell(cell) === tidyCell(cells[index]!)),
    );
  }

  #isAside({ cells }: RawRow): boolean {
    const { columns } = this.#header;
    const hasId = this.#needs.id.some((name) => (cells[columns.indexOf(name)] ?? '').trim() !== '');
    return isAside(cells, columns.filter((name) => name !== undefined).length, hasId);
  }

  #record({ line, cells, exact, from1904 }: RawRow): LocatedCut {
    const { columns } = this.#header;
    const needs = this.#needs;
    const width = columns.length;
    const held = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    const ragged = exact && (held > width || cells.length < width);
    const values = this.#values(ragged ? cells.slice(0, width) : cells, line);
    const row = from1904 ? { ...values, [DAY_COUNT]: 'oui' } : values;
    const raw = new TextEncoder().encode(JSON.stringify(row));
    const file = this.#file.name;
    if (ragged) {
      const particulars = { file, line, found: held > width ? held : cells.length, expected: width };
      // Cells are shifted from the break on: only an identifier in the first column is sure to be this row's.
      const sure = needs.id.length === 1 && needs.id[0] === columns[0] ? idOf(row, needs) : undefined;
      const rejected = { kind: 'rejected', line, finding: finding('table-row-ragged', particulars), raw } as const;
      return sure === undefined ? rejected : { ...rejected, id: sure };
    }
    const id = idOf(row, needs);
    if (id === undefined) {
      const missing = finding('table-id-missing', { file, line, columns: needs.id.join(', ') });
      return { kind: 'rejected', line, finding: missing, raw };
    }
    const modified = needs.modified === undefined ? undefined : row[needs.modified];
    return { kind: 'record', line, id, row, raw, ...(modified === undefined ? {} : { modified }) };
  }

  #values(cells: readonly string[], line: number): TableRow {
    const values: [string, string][] = [];
    const { drop = [] } = this.#needs;
    for (const [index, cell] of cells.entries()) {
      if (drop.includes(this.#header.columns[index] ?? '')) continue;
      const { value, fault } = cellSaid(tidyCell(cell));
      if (fault !== undefined) this.#tellFault(index, line, fault);
      if (value !== '') values.push([this.#header.columns[index] ?? this.#nameColumn(index), value]);
    }
    return Object.fromEntries(values);
  }

  /** Once a column: a column of formulas has as many faults as rows. */
  #tellFault(index: number, line: number, value: string): void {
    if (this.#faulty.has(index)) return;
    this.#faulty.add(index);
    const column = this.#header.columns[index] ?? `colonne ${index + 1}`;
    this.#tell(finding('table-cell-error', { file: this.#file.name, line, column, value }));
  }

  #nameColumn(index: number): string {
    const renamed = `colonne ${index + 1}`;
    this.#header.columns[index] = renamed;
    this.#tell(finding('table-header-empty', { file: this.#file.name, position: index + 1, renamed }));
    return renamed;
  }
}

/** An empty part keeps its place (`Art floral/Fleuriste/`), for a list of columns may have one that not every row fills. Undefined where all are empty. */
function idOf(row: TableRow, needs: TableNeeds): string | undefined {
  const parts = needs.id.map((column) => row[column] ?? '');
  return parts.every((part) => part === '') ? undefined : publicId(parts.join('/'));
}
