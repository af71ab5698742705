/** Notices out of a file, whatever it is: JSON of the API (one, several, a page, lines), a table (CSV, XLSX, ODS), or a `.js` file that exports them. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { csvRows } from '../reading/csv.ts';
import { delimiterOf } from '../reading/delimiter.ts';
import { headOf, type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { cutJson } from '../reading/json.ts';
import { cutTable, rowFromRaw } from '../reading/rows.ts';
import { isPacked, sheetRows } from '../reading/spreadsheet.ts';
import { openText } from '../reading/text.ts';
import { type Base, codeOf } from './base.ts';
import { firstOf, referenceOf } from './notice.ts';
import { isScript, readScript } from './script.ts';

const LIMITS = { headBytes: 65_536, scriptCharacters: 8_388_608, headerLines: 30 } as const;

/** A record separator (RFC 7464) may stand before each line of JSON. */
const JSON_BEGINS: ReadonlySet<string> = new Set(['{', '[', '\u001e']);

/** The keys under which answers hold their notices: the search engine's, the tabular API's, open data's. */
const LISTS = ['hits', 'data', 'results', 'records', 'notices'] as const;

/** Cuts a file into notices of a base. The row is the notice as JSON, its identifier the reference. */
export async function* cutPop(file: ReadableFile, base: Base, tell: Tell): AsyncGenerator<LocatedCut> {
  const head = await headOf(file, LIMITS.headBytes);
  if (isPacked(head)) return yield* cutSheet(file, head, base, tell);
  const begin = begins(head);
  if (isScript(begin)) return yield* cutScript(file, base, tell);
  if (JSON_BEGINS.has(begin[0] ?? '')) return yield* cutJson(file, wantedOf(base), tell);
  yield* cutSheet(file, head, base, tell);
}

/** The first text of a file, good enough to tell what it is: without byte order mark, and in any encoding that has ASCII in it. */
export function begins(head: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(head)
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
    .trimStart();
}

function wantedOf(base: Base) {
  const modified = (row: Json) => firstOf(row, base, 'DMAJ');
  const id = (row: Json) => referenceOf(row, base);
  return { lists: LISTS, id, modified, isRow: (value: Json) => id(value) !== undefined };
}

async function* cutScript(file: ReadableFile, base: Base, tell: Tell): AsyncGenerator<LocatedCut> {
  const text = await openText(file, tell);
  if ('refused' in text) return yield refuse(text.refused);
  let whole = '';
  for await (const piece of text.pieces()) {
    whole += piece;
    if (whole.length > LIMITS.scriptCharacters)
      return yield refuse(finding('pop-script-too-large', { file: file.name, limit: 8 }));
  }
  const read = readScript(whole);
  if (!('value' in read)) return yield refuse(finding('pop-script-unread', { file: file.name, ...read }));
  const rows = Array.isArray(read.value) ? (read.value as readonly Json[]) : [read.value];
  for (const [index, row] of rows.entries()) yield cutRow(file, row, index + 1, base);
}

function cutRow(file: ReadableFile, row: Json, position: number, base: Base): LocatedCut {
  const raw = new TextEncoder().encode(JSON.stringify(row));
  const id = referenceOf(row, base);
  if (id === undefined) {
    const missing = finding('pop-reference-missing', { file: file.name, position });
    return { kind: 'rejected', line: position, finding: missing, raw };
  }
  const modified = firstOf(row, base, 'DMAJ');
  return { kind: 'record', line: position, id, row, raw, ...(modified === undefined ? {} : { modified }) };
}

/** A table names its columns by code or spells them out: the one that is the reference is found first. */
async function* cutSheet(file: ReadableFile, head: Uint8Array, base: Base, tell: Tell): AsyncGenerator<LocatedCut> {
  const cells = await headerCells(file, head, base);
  const columnOf = (code: string) =>
    cells
      .find((cell) => codeOf(base, cell) === code)
      ?.replace(/\s+/g, ' ')
      .trim();
  const reference = columnOf('REF') ?? base.reference ?? 'REF';
  const modified = columnOf('DMAJ');
  const needs = { wanted: [], required: [reference], id: [reference], ...(modified === undefined ? {} : { modified }) };
  for await (const cut of cutTable(file, needs, tell)) yield mended(file, cut, tell);
}

/** The ministry's own files leave out the empty cells at the end of a row, and are valid to it: such a row is read, and told. */
function mended(file: ReadableFile, cut: LocatedCut, tell: Tell): LocatedCut {
  if (cut.kind !== 'rejected' || cut.finding.code !== 'table-row-ragged' || 'wholeFile' in cut) return cut;
  const { id, raw, line = 0, finding: found } = cut;
  if (
    id === undefined ||
    raw === undefined ||
    Number(found.particulars['found']) > Number(found.particulars['expected'])
  )
    return cut;
  tell(finding('pop-row-short', { ...found.particulars, file: file.name, id }));
  return { kind: 'record', line, id, row: rowFromRaw(raw), raw };
}

/** The cells of the line that names the reference, among the first; none where there is none. What is wrong with the file is told when it is read whole. */
async function headerCells(file: ReadableFile, head: Uint8Array, base: Base): Promise<readonly string[]> {
  let looked = 0;
  for await (const cells of isPacked(head) ? sheetCells(file) : textCells(file, head)) {
    if (cells.some((cell) => codeOf(base, cell) === 'REF')) return cells;
    looked += 1;
    if (looked >= LIMITS.headerLines) break;
  }
  return [];
}

const silent: Tell = () => undefined;

async function* sheetCells(file: ReadableFile): AsyncGenerator<readonly string[]> {
  for await (const item of sheetRows(file, silent)) if (item.kind === 'row') yield item.cells;
}

async function* textCells(file: ReadableFile, head: Uint8Array): AsyncGenerator<readonly string[]> {
  // To the end of a line: a letter cut in two would make the encoding another.
  const whole = head.subarray(0, head.lastIndexOf(0x0a) + 1);
  const bytes = async function* () {
    yield whole.length > 0 ? whole : head;
  };
  const text = await openText({ ...file, bytes }, silent);
  if ('refused' in text) return;
  const delimiter = file.reading?.delimiter ?? delimiterOf(text.sample);
  for await (const item of csvRows(text.pieces(), delimiter)) if (item.kind === 'row') yield item.cells;
}
