/** Files of Onisep: the dumps in JSON, a saved page of the API, or the table in CSV, whose columns have their French names. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { headOf, type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { cutJson } from '../reading/json.ts';
import { cutTable, rowFromRaw } from '../reading/rows.ts';
import { ACTION, changedOf, idOf, keyOf } from './identity.ts';

const HEAD_BYTES = 64 * 1024;
/** Of the tables of Onisep and of the ministry, a column that every row fills, by what tells the table apart. */
const NAMES: readonly { readonly of: string; readonly filled: string }[] = [
  { of: ACTION, filled: ACTION },
  { of: 'code_uai', filled: 'nom' },
  { of: 'libelle_formation_principal', filled: 'libelle_formation_principal' },
];
/** Columns of the ministry's nomenclatures of trainings (BCN). */
const NOMENCLATURE = ['mef', 'famille_metier', 'formation_diplome', 'mef_stat_11'];

export async function* cutOnisep(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const head = await headOf(file, HEAD_BYTES);
  if (isJson(head)) {
    yield* cutJson(file, { lists: ['results', 'data'], id: idOf, modified: changedOf, isRow }, tell);
    return;
  }
  const columns = columnsOf(head);
  const keys = columns.map(keyOf);
  if (NOMENCLATURE.some((key) => keys.includes(key)) && !keys.includes('code_uai'))
    return yield refuse(finding('onisep-nomenclature', { file: file.name }));
  const table = NAMES.find(({ of }) => keys.includes(of));
  const filled = (table && columns[keys.indexOf(table.filled)]) ?? 'nom';
  const needs = { wanted: [], required: table ? [] : ['code UAI'], id: [filled] };
  for await (const cut of cutTable(file, needs, tell)) yield named(cut, file.name);
}

const isRow = (value: Json): boolean => idOf(value) !== undefined;

/** A cut by the record's own identifier, which stands in one of several columns. */
function named(cut: LocatedCut, file: string): LocatedCut {
  if ('wholeFile' in cut || cut.raw === undefined || !isNamed(cut)) return cut;
  const row = rowFromRaw(cut.raw);
  const id = idOf(row);
  const { line } = cut;
  if (id === undefined) {
    const nameless: Finding = finding('table-id-missing', { file, line: line ?? 0, columns: 'code UAI' });
    return cut.kind === 'rejected' ? cut : { kind: 'rejected', line, finding: nameless, raw: cut.raw };
  }
  const modified = changedOf(row);
  return { kind: 'record', line, id, row, raw: cut.raw, ...(modified === undefined ? {} : { modified }) };
}

/** A record, or one that was refused for its empty name alone. */
function isNamed(cut: Exclude<LocatedCut, { wholeFile: true }>): boolean {
  return cut.kind === 'record' || cut.finding.code === 'table-id-missing';
}

/** Whether the first character that is no white space opens an object or an array. */
function isJson(head: Uint8Array): boolean {
  return /^[\s\ufeff]*[[{]/.test(new TextDecoder().decode(head).replaceAll('\0', ''));
}

/** The columns that the first line names. The table's own reader reads them for good: here they need only be recognised. */
function columnsOf(head: Uint8Array): readonly string[] {
  const utf8 = firstLine(new TextDecoder().decode(head));
  const line = utf8.includes('\ufffd') ? firstLine(new TextDecoder('windows-1252').decode(head)) : utf8;
  const separator = [';', '\t', '|', ','].find((one) => line.includes(one)) ?? ';';
  return line.split(separator).map((cell) => cell.replace(/^["\s\ufeff]+|["\s]+$/g, ''));
}

function firstLine(text: string): string {
  const lines = text.replaceAll('\0', '').split(/\r\n|\r|\n/);
  return lines.find((line) => line.trim() !== '') ?? '';
}
