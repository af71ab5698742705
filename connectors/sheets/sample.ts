/** The header and first rows of a sheet for which no map was written yet. */
import { type Finding, finding, words } from '#graph-schema/findings/finding.ts';
import type { ReadableFile } from '../formats/reading/file.ts';
import { nameOf, twoLines } from '../formats/reading/header.ts';
import { cutTable, rawRows, rowFromRaw, type TableRow } from '../formats/reading/rows.ts';
import { headingOf } from './headings.ts';

const LINES = 30;
const ROWS = 200;
/** Of the cells of a header's lower line. */
const KNOWN = 0.6;

export interface Sample {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** The lines above the header, where there are any. */
  readonly title?: string | undefined;
  readonly told: readonly Finding[];
}

/** Reads at most 200 rows. Gives the finding instead where the file is no sheet. */
export async function sampleOf(file: ReadableFile): Promise<Sample | { readonly refused: Finding }> {
  const lines: (readonly string[])[] = [];
  for await (const item of rawRows(file, () => {})) {
    if (item.kind === 'rejected') {
      if ('wholeFile' in item) return { refused: item.finding };
      continue;
    }
    if (item.cells.some((cell) => cell.trim() !== '')) lines.push(item.cells);
    if (lines.length >= LINES) break;
  }
  if (lines.length === 0) return { refused: finding('file-empty', { file: file.name }) };
  const columns = bestNames(lines);
  const told = new Map<string, Finding>();
  const rows: TableRow[] = [];
  const needs = { wanted: columns, required: [], id: [] };
  for await (const cut of cutTable(file, needs, (found) => told.set(JSON.stringify(found), found))) {
    // No column is the identifier yet, so that each row comes as one without.
    if (cut.kind === 'rejected' && cut.finding.code !== 'table-id-missing')
      told.set(JSON.stringify(cut.finding), cut.finding);
    else if ('raw' in cut && cut.raw) rows.push(rowFromRaw(cut.raw) as TableRow);
    if (rows.length >= ROWS) break;
  }
  const above = [...told.values()].find(({ code }) => code === 'table-lines-above');
  const present = [...new Set([...columns, ...rows.flatMap((row) => Object.keys(row))])];
  return {
    columns: present,
    rows,
    title: above === undefined ? undefined : String(above.particulars['text']),
    told: [...told.values()].filter((found) => words(found).severity !== 'info' || found.code.startsWith('table-')),
  };
}

/** The line whose names are best known; of two, the one with more names. */
function bestNames(lines: readonly (readonly string[])[]): readonly string[] {
  let best: { readonly names: readonly string[]; readonly score: number } = { names: [], score: -1 };
  const offer = (cells: readonly string[], malus: number) => {
    const names = cells.map(nameOf).filter((name) => name !== '');
    const known = names.filter((name) => name.length <= 60 && headingOf(name) !== undefined).length;
    const score = names.length < 2 && lines.length > 1 ? 0 : known + Math.min(names.length, 50) / 100 - malus;
    if (score > best.score) best = { names: [...new Set(names)], score };
  };
  for (const [index, line] of lines.entries()) {
    // The further down, the less likely: rows hold words that headings hold too.
    offer(line, index / 10);
    const next = lines[index + 1];
    const upper = line.map(nameOf);
    const merged =
      next &&
      upper.filter((name) => name !== '').length > 1 &&
      upper.some((name, at) => name === '' && nameOf(next[at]) !== '');
    if (merged && areHeadings(next))
      offer(twoLines(upper, next.map(nameOf), new Map()), index / 10 + (areGroups(upper) ? -0.05 : 0.2));
  }
  return best.names;
}

/** Below a header with one blank cell stands the first record: a lower line of the header holds headings. */
function areHeadings(cells: readonly string[]): boolean {
  const names = cells.map(nameOf).filter((name) => name !== '');
  const known = names.filter((name) => headingOf(name) !== undefined).length;
  return names.length > 1 && known / names.length >= KNOWN && names.every((name) => name.length <= 40);
}

/** `Structure;;Contact;;`: short words, each above several columns. Two cells of a title are longer, or hold a date. */
const areGroups = (names: readonly string[]): boolean => names.every((name) => name.length <= 30 && !/\d/.test(name));
