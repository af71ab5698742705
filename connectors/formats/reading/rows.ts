/** A table, whatever its file: CSV, TSV, XLSX, ODS. The first row that holds anything names the columns; every row after it becomes a record. */
import { finding } from '#graph-schema/findings/finding.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import { csvRows } from './csv.ts';
import { delimiterOf } from './delimiter.ts';
import { headOf, type LocatedCut, type ReadableFile, type Refusal, refuse, type Tell } from './file.ts';
import { isPacked, sheetRows } from './spreadsheet.ts';
import { openText } from './text.ts';

const NAMES_SHOWN = 40;

/** A row by its columns' names; an empty cell is absent. */
export type TableRow = Readonly<Record<string, string>>;

/** What a format wants of a table. `wanted` columns are told when absent; a file without the `required` ones is refused. Names are found whatever their case and accents. */
export interface TableNeeds {
  readonly wanted: readonly string[];
  /** Columns that may stand there: named as here, not missed. */
  readonly known?: readonly string[];
  readonly required: readonly string[];
  /** The columns that make the identifier, joined by `/`. */
  readonly id: readonly string[];
  readonly modified?: string;
}

/** `exact`: the file says how many cells the row has (CSV); a sheet leaves out the empty ones at its end. */
interface RawRow {
  readonly kind: 'row';
  readonly line: number;
  readonly cells: readonly string[];
  readonly exact: boolean;
}
type RawItem = RawRow | Extract<LocatedCut, { kind: 'rejected' }>;

/** Cuts a table into records. A row too wide or too narrow, or without identifier, is rejected with its line; its neighbours go on. */
export async function* cutTable(file: ReadableFile, needs: TableNeeds, tell: Tell): AsyncGenerator<LocatedCut> {
  let header: Header | undefined;
  for await (const item of rawRows(file, tell)) {
    if (item.kind === 'rejected') yield item;
    else if (item.cells.every((cell) => cell.trim() === '')) continue;
    else if (header && isAgain(header, item)) tell(finding('table-header-again', { file: file.name, line: item.line }));
    else if (header) yield recordOf(file, item, header, needs, tell);
    else {
      const made = headerOf(file, item.cells, needs, tell);
      if ('wholeFile' in made) return yield made;
      header = made;
    }
  }
}

/** The row again from a cut's raw bytes. */
export function rowFromRaw(raw: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(raw)) as Json;
}

async function* rawRows(file: ReadableFile, tell: Tell): AsyncGenerator<RawItem> {
  if (isPacked(await headOf(file, 4))) {
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

/** `columns[i]` is the name under which cell i is read; undefined where the column has no name. */
interface Header {
  readonly columns: (string | undefined)[];
  /** As they stand in the file. */
  readonly cells: readonly string[];
}

/** Files that were put together have their header in the middle too. */
function isAgain({ cells }: Header, row: RawRow): boolean {
  return (
    row.cells.length === cells.length && row.cells.every((cell, index) => tidyCell(cell) === tidyCell(cells[index]!))
  );
}

function headerOf(file: ReadableFile, cells: readonly string[], needs: TableNeeds, tell: Tell): Header | Refusal {
  const spelling = new Map(
    [...needs.wanted, ...(needs.known ?? []), ...needs.required, ...needs.id].map((name) => [fold(name), name]),
  );
  const columns: (string | undefined)[] = [];
  for (const cell of cells) {
    const name = tidyCell(cell).replace(/\s+/g, ' ');
    const known = spelling.get(fold(name)) ?? name;
    columns.push(name === '' ? undefined : unusedName(file, known, columns, tell));
  }
  const lacking = (names: readonly string[]) => names.filter((name) => !columns.includes(name));
  const found = columns
    .filter((name) => name !== undefined)
    .slice(0, NAMES_SHOWN)
    .join(', ');
  const missing = lacking([...new Set([...needs.required, ...needs.id])]);
  if (missing.length > 0) {
    return refuse(finding('table-columns-missing', { file: file.name, missing: missing.join(', '), found }));
  }
  const absent = lacking([...new Set(needs.wanted)]);
  if (absent.length > 0) tell(finding('table-columns-absent', { file: file.name, missing: absent.join(', '), found }));
  return { columns, cells };
}

function unusedName(file: ReadableFile, column: string, taken: readonly (string | undefined)[], tell: Tell): string {
  if (!taken.includes(column)) return column;
  let count = 2;
  while (taken.includes(`${column} (${count})`)) count += 1;
  const renamed = `${column} (${count})`;
  tell(finding('table-header-repeated', { file: file.name, column, renamed }));
  return renamed;
}

function recordOf(file: ReadableFile, item: RawRow, header: Header, needs: TableNeeds, tell: Tell): LocatedCut {
  const { line, cells, exact } = item;
  const width = header.columns.length;
  const held = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const ragged = exact && (held > width || cells.length < width);
  const row = valuesOf(file, ragged ? cells.slice(0, width) : cells, header, tell);
  const raw = new TextEncoder().encode(JSON.stringify(row));
  if (ragged) {
    const particulars = { file: file.name, line, found: held > width ? held : cells.length, expected: width };
    // Cells are shifted from the break on: only an identifier in the first column is sure to be this row's.
    const sure = needs.id.length === 1 && needs.id[0] === header.columns[0] ? idOf(row, needs) : undefined;
    const rejected = { kind: 'rejected', line, finding: finding('table-row-ragged', particulars), raw } as const;
    return sure === undefined ? rejected : { ...rejected, id: sure };
  }
  const id = idOf(row, needs);
  if (id === undefined) {
    const particulars = { file: file.name, line, columns: needs.id.join(', ') };
    return { kind: 'rejected', line, finding: finding('table-id-missing', particulars), raw };
  }
  const modified = needs.modified === undefined ? undefined : row[needs.modified];
  return { kind: 'record', line, id, row, raw, ...(modified === undefined ? {} : { modified }) };
}

function valuesOf(file: ReadableFile, cells: readonly string[], header: Header, tell: Tell): TableRow {
  const values: [string, string][] = [];
  for (const [index, cell] of cells.entries()) {
    const value = tidyCell(cell);
    if (value !== '') values.push([header.columns[index] ?? nameColumn(file, index, header, tell), value]);
  }
  return Object.fromEntries(values);
}

function nameColumn(file: ReadableFile, index: number, header: Header, tell: Tell): string {
  const renamed = `colonne ${index + 1}`;
  header.columns[index] = renamed;
  tell(finding('table-header-empty', { file: file.name, position: index + 1, renamed }));
  return renamed;
}

/** An empty part keeps its place (`Art floral/Fleuriste/`), for a list of columns may have one that not every row fills. Undefined where all are empty. */
function idOf(row: TableRow, needs: TableNeeds): string | undefined {
  const parts = needs.id.map((column) => row[column] ?? '');
  return parts.every((part) => part === '') ? undefined : parts.join('/');
}

/** No-break spaces, which spreadsheets love, become ordinary ones. */
const tidyCell = (cell: string): string => cell.replace(/[\u00a0\u202f]/g, ' ').trim();
