/** Which lines of a table name its columns: seldom the first of a sheet that people made. Titles stand above; a header may be of two lines, the upper one in merged cells. */
import { finding } from '#graph-schema/findings/finding.ts';
import { fold } from '#graph-schema/text.ts';
import { type ReadableFile, type Refusal, refuse, type Tell } from './file.ts';

const NAMES_SHOWN = 40;
const TITLE_CHARACTERS = 100;

/** What a format wants of a table. `wanted` columns are told when absent; a file without the `required` ones is refused. Names are found whatever their case and accents. */
export interface TableNeeds {
  readonly wanted: readonly string[];
  /** Columns that may stand there: named as here, not missed. */
  readonly known?: readonly string[];
  readonly required: readonly string[];
  /** The columns that make the identifier, joined by `/`. */
  readonly id: readonly string[];
  readonly modified?: string;
  /** Columns whose cells are left out of the row. */
  readonly drop?: readonly string[];
}

/** `columns[i]` is the name under which cell i is read; undefined where the column has no name. */
export interface Header {
  readonly columns: (string | undefined)[];
  /** The lines of the header, as they stand in the file. */
  readonly lines: readonly (readonly string[])[];
  /** How many of the lines that were looked at are titles or header: rows come after. */
  readonly used: number;
}

/** No-break spaces, which spreadsheets love, become ordinary ones. */
export const tidyCell = (cell: string): string => cell.replace(/[\u00a0\u202f]/g, ' ').trim();

/** The name in a cell of a header, on one line. */
export const nameOf = (cell: string | undefined): string => tidyCell(cell ?? '').replace(/\s+/g, ' ');

interface Candidate {
  readonly at: number;
  readonly names: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly score: number;
  /** It has every column without which the table is refused. */
  readonly complete: boolean;
}

/** Whether a first line names all that is needed, so that no other need be looked at. */
export function namesAll(cells: readonly string[], needs: TableNeeds): boolean {
  const names = new Set(cells.map((cell) => fold(nameOf(cell))));
  return [...needs.wanted, ...needs.required, ...needs.id].every((name) => names.has(fold(name)));
}

/** The header among the first lines of a table: that which names the most of what is needed; the first of those that name as many. */
export function headerAmong(
  file: ReadableFile,
  lines: readonly (readonly string[])[],
  needs: TableNeeds,
  tell: Tell,
): Header | Refusal {
  const spelling = new Map(
    [...needs.wanted, ...(needs.known ?? []), ...needs.required, ...needs.id].map((name) => [fold(name), name]),
  );
  let best: Candidate | undefined;
  for (const at of lines.keys())
    for (const one of candidatesAt(lines, at, spelling, needs)) if (isBetter(one, best)) best = one;
  if (!best) return refuse(finding('file-empty', { file: file.name }));
  if (best.at > 0) {
    const title = lines.slice(0, best.at).flat().map(nameOf).filter(Boolean).join(' · ').slice(0, TITLE_CHARACTERS);
    tell(finding('table-lines-above', { file: file.name, count: best.at, text: title }));
  }
  if (best.lines.length > 1) tell(finding('table-header-two-lines', { file: file.name }));
  return named(file, best, spelling, needs, tell);
}

/** Below the first line, the words of a row may be those of a header by chance: one of them is not enough. */
const SURE = 2;

/** A line alone goes before two that name as much: the upper one is then a title. */
function isBetter(one: Candidate, best: Candidate | undefined): boolean {
  if (!best) return true;
  if (one.complete !== best.complete) return one.complete;
  if (!one.complete && one.score < SURE) return false;
  if (one.score > best.score) return true;
  return one.score > 0 && one.score === best.score && one.lines.length < best.lines.length;
}

function candidatesAt(
  lines: readonly (readonly string[])[],
  at: number,
  spelling: ReadonlyMap<string, string>,
  needs: TableNeeds,
): readonly Candidate[] {
  const candidate = (names: readonly string[], taken: readonly (readonly string[])[]): Candidate => {
    const found = new Set(names.map(fold).filter((name) => spelling.has(name)));
    const complete = [...needs.required, ...needs.id].every((name) => found.has(fold(name)));
    return { at, names, lines: taken, score: found.size, complete };
  };
  const [upper, lower] = [lines[at] ?? [], lines[at + 1]];
  const alone = upper.map(nameOf);
  const one = candidate(alone, [upper]);
  if (lower === undefined || !alone.some((name, index) => name === '' && nameOf(lower[index]) !== '')) return [one];
  return [one, candidate(twoLines(alone, lower.map(nameOf), spelling), [upper, lower])];
}

/** `Contact | | Adresse` above `Nom | Tél | Rue`: a column may be asked for as `Contact Nom`, `Contact – Nom` or `Nom`. A merged cell stands in its first column and is empty in the others. */
export function twoLines(
  upper: readonly string[],
  lower: readonly string[],
  spelling: ReadonlyMap<string, string>,
): readonly string[] {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const [above = '', below = ''] = [upper[index], lower[index]];
    if (above !== '') group = above;
    if (below === '') {
      group = '';
      return above;
    }
    const ways = [`${group} ${below}`, `${group} – ${below}`, `${group} - ${below}`, below];
    return ways.find((way) => spelling.has(fold(way))) ?? `${group} ${below}`.trim();
  });
}

function named(
  file: ReadableFile,
  { at, names, lines }: Candidate,
  spelling: ReadonlyMap<string, string>,
  needs: TableNeeds,
  tell: Tell,
): Header | Refusal {
  const columns: (string | undefined)[] = [];
  for (const name of names) {
    const known = spelling.get(fold(name)) ?? name;
    columns.push(name === '' ? undefined : unusedName(file, known, columns, tell));
  }
  const lacking = (wanted: readonly string[]) => [...new Set(wanted)].filter((name) => !columns.includes(name));
  const found = columns
    .filter((name) => name !== undefined)
    .slice(0, NAMES_SHOWN)
    .join(', ');
  const missing = lacking([...needs.required, ...needs.id]);
  if (missing.length > 0) {
    return refuse(finding('table-columns-missing', { file: file.name, missing: missing.join(', '), found }));
  }
  const absent = lacking(needs.wanted);
  if (absent.length > 0) tell(finding('table-columns-absent', { file: file.name, missing: absent.join(', '), found }));
  return { columns, lines, used: at + lines.length };
}

function unusedName(file: ReadableFile, column: string, taken: readonly (string | undefined)[], tell: Tell): string {
  if (!taken.includes(column)) return column;
  let count = 2;
  while (taken.includes(`${column} (${count})`)) count += 1;
  const renamed = `${column} (${count})`;
  tell(finding('table-header-repeated', { file: file.name, column, renamed }));
  return renamed;
}
