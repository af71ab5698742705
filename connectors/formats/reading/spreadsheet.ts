/** XLSX and ODS as rows of text. XLSX streams from its packed bytes; ODS is unpacked whole (hucre reads it no other way), so its size is bounded. */
import { readOds } from 'hucre/ods';
import { streamXlsxRows } from 'hucre/xlsx';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type ReadableFile, type Refusal, refuse, type Tell } from './file.ts';
import { foreignEntry } from './foreign.ts';
import { type FromAbove, MergedCells } from './merged.ts';
import { odsMarks, type SheetMarks, xlsxMarks } from './sheet-marks.ts';
import { workbookOf } from './workbook.ts';
import { openZip, type Zip, ZipFault } from './zip.ts';

const MEGABYTE = 1_048_576;
/** Bytes, and the columns of a sheet: beyond them stand cells that were filled by mistake. */
export interface SheetLimits {
  readonly packedBytes: number;
  readonly xlsxBytes: number;
  /** Of the texts of an XLSX, which hucre keeps in memory, some twenty times as large. */
  readonly textBytes: number;
  readonly odsBytes: number;
  readonly columns: number;
  /** Cells beyond the columns, the empty ones before them included: each costs time. */
  readonly cellsBeyond: number;
}
const LIMITS: SheetLimits = {
  packedBytes: 128 * MEGABYTE,
  xlsxBytes: 512 * MEGABYTE,
  textBytes: 64 * MEGABYTE,
  odsBytes: 96 * MEGABYTE,
  columns: 1_000,
  cellsBeyond: 50_000_000,
};

type Cell = string | number | boolean | Date | null | undefined;
/** `above`: what merged cells of the lines above mean for it, by column. `from1904`: days are counted from 1904. */
interface SheetRow {
  readonly kind: 'row';
  readonly line: number;
  readonly cells: readonly string[];
  readonly above?: ReadonlyMap<number, FromAbove> | undefined;
  readonly from1904?: boolean;
}
interface Workbook {
  readonly kind: 'xlsx' | 'ods';
  readonly packed: Uint8Array;
  readonly zip: Zip;
}

/** Whether a file that begins with these bytes is packed (zip): a workbook, then, or nothing that is read here. */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b;
}

/**
 * The rows of one sheet, the first unless `file.reading.sheet` names another; numbered as the spreadsheet program numbers them.
 * A file that is no workbook, or cannot be read, is refused.
 */
export async function* sheetRows(
  file: ReadableFile,
  tell: Tell,
  limits: SheetLimits = LIMITS,
): AsyncGenerator<SheetRow | Refusal> {
  const workbook = await openWorkbook(file, tell, limits);
  if ('finding' in workbook) return yield refuse(workbook.finding);
  try {
    yield* workbook.kind === 'ods' ? odsRows(file, workbook, tell, limits) : xlsxRows(file, workbook, tell, limits);
  } catch (fault) {
    // hucre has errors of its own for what it cannot read; whatever it throws, the file is the cause.
    yield refuse(broken(file, fault));
  } finally {
    workbook.zip.close();
  }
}

/** By what is inside: the name of a file may lie. */
async function openWorkbook(
  file: ReadableFile,
  tell: Tell,
  limits: SheetLimits,
): Promise<Workbook | { finding: Finding }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    parts.push(chunk);
    size += chunk.length;
    if (size > limits.packedBytes) return { finding: tooLarge(file, limits.packedBytes) };
  }
  const packed = Buffer.concat(parts);
  let zip: Zip | undefined;
  try {
    zip = await openZip(packed, limits.xlsxBytes);
    const kind = kindOf(file, zip, tell, limits);
    if (typeof kind !== 'string') {
      zip.close();
      return { finding: kind };
    }
    await holdsToSizes(zip);
    return { kind, packed, zip };
  } catch (fault) {
    zip?.close();
    if (!(fault instanceof ZipFault)) throw fault;
    return { finding: fault.kind === 'large' ? tooLarge(file, limits.xlsxBytes) : broken(file, fault) };
  }
}

function kindOf(file: ReadableFile, zip: Zip, tell: Tell, limits: SheetLimits): Workbook['kind'] | Finding {
  const sizes = new Map(zip.entries.map((entry) => [entry.name, entry.size]));
  if (sizes.has('xl/vbaProject.bin')) tell(finding('table-macros', { file: file.name }));
  if (sizes.has('xl/workbook.xml'))
    return (sizes.get('xl/sharedStrings.xml') ?? 0) > limits.textBytes ? tooLarge(file, limits.textBytes) : 'xlsx';
  const foreign = foreignEntry(sizes);
  if (foreign) return finding(foreign, { file: file.name });
  const content = sizes.get('content.xml');
  if (content === undefined) return finding('file-binary', { file: file.name });
  return content > limits.odsBytes ? tooLarge(file, limits.odsBytes) : 'ods';
}

/** Unpacks what hucre will unpack whole, and keeps nothing of it: an archive may hold more than it declares. Throws ZipFault. */
async function holdsToSizes(zip: Zip): Promise<void> {
  for (const entry of zip.entries) if (/\.(?:xml|rels)$/i.test(entry.name)) for await (const _ of entry.bytes());
}

async function* xlsxRows(
  file: ReadableFile,
  { packed, zip }: Workbook,
  tell: Tell,
  limits: SheetLimits,
): AsyncGenerator<SheetRow | Refusal> {
  const { sheets, from1904 } = await workbookOf(zip);
  const chosen = choose(file, sheets, tell);
  if ('finding' in chosen) return yield refuse(chosen.finding);
  const marks = await xlsxMarks(zip, sheets[chosen.index]?.part);
  tellMarks(file, marks, tell);
  if (from1904) tell(finding('table-days-1904', { file: file.name }));
  const textsOf = textsWithin(file, limits, tell);
  const merged = new MergedCells(marks.merges, limits.columns);
  for await (const row of streamXlsxRows(packed, { sheet: chosen.index })) {
    const cells = textsOf(row.values, row.index + 1);
    if ('finding' in cells) return yield refuse(cells.finding);
    yield { kind: 'row', line: row.index + 1, cells, above: merged.at(row.index, cells), from1904 };
  }
}

async function* odsRows(
  file: ReadableFile,
  { packed, zip }: Workbook,
  tell: Tell,
  limits: SheetLimits,
): AsyncGenerator<SheetRow | Refusal> {
  const { sheets } = await readOds(packed);
  const chosen = choose(file, sheets, tell);
  if ('finding' in chosen) return yield refuse(chosen.finding);
  tellMarks(file, await odsMarks(zip, chosen.index), tell);
  const textsOf = textsWithin(file, limits, tell);
  const sheet = sheets[chosen.index];
  const merged = new MergedCells(sheet?.merges, limits.columns);
  for (const [index, values] of (sheet?.rows ?? []).entries()) {
    const cells = textsOf(values, index + 1);
    if ('finding' in cells) return yield refuse(cells.finding);
    yield { kind: 'row', line: index + 1, cells, above: merged.at(index, cells) };
  }
}

function tellMarks(file: ReadableFile, { hidden, unsaved }: SheetMarks, tell: Tell): void {
  if (hidden.count > 0)
    tell(finding('table-rows-hidden', { file: file.name, count: hidden.count, line: hidden.first }));
  for (const [position, line] of unsaved) tell(finding('table-formula-empty', { file: file.name, line, position }));
}

/** The texts of a row’s cells, those beyond the last column left out, which is told once; a finding where a sheet has too many of them. */
function textsWithin(file: ReadableFile, { columns, cellsBeyond }: SheetLimits, tell: Tell) {
  let told = false;
  let beyond = 0;
  return (values: readonly Cell[], line: number): readonly string[] | { readonly finding: Finding } => {
    if (values.length <= columns) return values.map(textOfCell);
    beyond += values.length - columns;
    const particulars = { file: file.name, line, limit: columns };
    if (beyond > cellsBeyond) return { finding: finding('table-too-wide', particulars) };
    if (!told && values.slice(columns).some((cell) => textOfCell(cell) !== '')) {
      told = true;
      tell(finding('table-columns-too-many', particulars));
    }
    return values.slice(0, columns).map(textOfCell);
  };
}

interface SheetName {
  readonly name: string;
  readonly hidden?: boolean;
  readonly veryHidden?: boolean;
}

/** The sheet that was asked for, else the first that is not hidden. */
function choose(
  file: ReadableFile,
  sheets: readonly SheetName[],
  tell: Tell,
): { index: number } | { finding: Finding } {
  const told = file.reading?.sheet;
  const shown = sheets.findIndex((sheet) => !sheet.hidden && !sheet.veryHidden);
  const index =
    told === undefined
      ? Math.max(0, shown)
      : typeof told === 'number'
        ? told - 1
        : sheets.findIndex((sheet) => sheet.name === told);
  const name = sheets[index]?.name;
  if (name === undefined) {
    const names = sheets.map((sheet) => sheet.name);
    const particulars = { file: file.name, sheet: told ?? 1, sheets: names.slice(0, 20).join(', ') };
    return { finding: finding('table-sheet-missing', particulars) };
  }
  const others = sheets.filter((_, at) => at !== index).map((sheet) => sheet.name);
  if (told === undefined && others.length > 0) {
    tell(finding('table-sheets-unread', { file: file.name, sheet: name, others: others.slice(0, 10).join(', ') }));
  }
  return { index };
}

/** A date cell becomes an ISO day, or day and minute where an hour was written; a number keeps its shortest text. */
function textOfCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  // 0.583333 of a day is two o’clock, not a moment before.
  const iso = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
  // An hour without a date stands on the day from which a spreadsheet counts.
  if (/^(1899-12-3[01]|1904-01-01)T(?!00:00)/.test(iso)) return iso.slice(11, 16);
  return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : iso.slice(0, 16);
}

const tooLarge = (file: ReadableFile, limit: number): Finding =>
  finding('table-workbook-large', { file: file.name, limit: limit / MEGABYTE });

const broken = (file: ReadableFile, fault: unknown): Finding =>
  finding('table-workbook-broken', { file: file.name, reason: (fault as Error).message.slice(0, 200) });
