/** XLSX and ODS as rows of text. XLSX streams from its packed bytes; ODS is unpacked whole (hucre reads it no other way), so its size is bounded. */
import { readOds } from 'hucre/ods';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type ReadableFile, type Refusal, refuse, type Tell } from './file.ts';
import { foreignEntry } from './foreign.ts';
import { openZip, ZipFault } from './zip.ts';

const MEGABYTE = 1_048_576;
const LIMITS = { packedBytes: 128 * MEGABYTE, xlsxBytes: 512 * MEGABYTE, odsBytes: 96 * MEGABYTE } as const;

type Cell = string | number | boolean | Date | null | undefined;
type SheetRow = { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] };
interface Workbook {
  readonly kind: 'xlsx' | 'ods';
  readonly packed: Uint8Array;
}

/** Whether a file that begins with these bytes is packed (zip): a workbook, then, or nothing that is read here. */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b;
}

/**
 * The rows of one sheet, the first unless `file.reading.sheet` names another; numbered as the spreadsheet program numbers them.
 * A file that is no workbook, or cannot be read, is refused.
 */
export async function* sheetRows(file: ReadableFile, tell: Tell): AsyncGenerator<SheetRow | Refusal> {
  const workbook = await openWorkbook(file, tell);
  if ('finding' in workbook) return yield refuse(workbook.finding);
  try {
    yield* workbook.kind === 'ods' ? odsRows(file, workbook.packed, tell) : xlsxRows(file, workbook.packed, tell);
  } catch (fault) {
    // hucre has errors of its own for what it cannot read; whatever it throws, the file is the cause.
    yield refuse(broken(file, fault));
  }
}

/** By what is inside: the name of a file may lie. */
async function openWorkbook(file: ReadableFile, tell: Tell): Promise<Workbook | { finding: Finding }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    parts.push(chunk);
    size += chunk.length;
    if (size > LIMITS.packedBytes) return { finding: tooLarge(file, LIMITS.packedBytes) };
  }
  const packed = Buffer.concat(parts);
  try {
    const zip = await openZip(packed, LIMITS.xlsxBytes);
    zip.close();
    const sizes = new Map(zip.entries.map((entry) => [entry.name, entry.size]));
    if (sizes.has('xl/vbaProject.bin')) tell(finding('table-macros', { file: file.name }));
    if (sizes.has('xl/workbook.xml')) return { kind: 'xlsx', packed };
    const foreign = foreignEntry(sizes);
    if (foreign) return { finding: finding(foreign, { file: file.name }) };
    const content = sizes.get('content.xml');
    if (content === undefined) return { finding: finding('file-binary', { file: file.name }) };
    return content > LIMITS.odsBytes ? { finding: tooLarge(file, LIMITS.odsBytes) } : { kind: 'ods', packed };
  } catch (fault) {
    if (!(fault instanceof ZipFault)) throw fault;
    return { finding: fault.kind === 'large' ? tooLarge(file, LIMITS.xlsxBytes) : broken(file, fault) };
  }
}

async function* xlsxRows(file: ReadableFile, packed: Uint8Array, tell: Tell): AsyncGenerator<SheetRow | Refusal> {
  const { sheets } = await readXlsx(packed, { maxRows: 1 });
  const chosen = choose(file, sheets, tell);
  if ('finding' in chosen) return yield refuse(chosen.finding);
  for await (const row of streamXlsxRows(packed, { sheet: chosen.index })) {
    yield { kind: 'row', line: row.index + 1, cells: row.values.map(textOfCell) };
  }
}

async function* odsRows(file: ReadableFile, packed: Uint8Array, tell: Tell): AsyncGenerator<SheetRow | Refusal> {
  const { sheets } = await readOds(packed);
  const chosen = choose(file, sheets, tell);
  if ('finding' in chosen) return yield refuse(chosen.finding);
  for (const [index, values] of (sheets[chosen.index]?.rows ?? []).entries()) {
    yield { kind: 'row', line: index + 1, cells: values.map(textOfCell) };
  }
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
  finding('file-too-large', { file: file.name, limit: limit / MEGABYTE });

const broken = (file: ReadableFile, fault: unknown): Finding =>
  finding('table-workbook-broken', { file: file.name, reason: (fault as Error).message.slice(0, 200) });
