/** What stands in a sheet and is no record: totals and notes at its foot, cells that hold an error or a formula instead of a value. */
import { fold } from '#graph-schema/text.ts';

const SUMMARY =
  /^((sous[- ])?tota(l|ux)\b|nombre (total )?d(e|')|nb (total )?(de\b|d')|effectif total|moyenne\b|somme\b|montant total)/;
const NOTE =
  /^(\*|\(\*\)|\(1\)|n\.?b\.? ?[:.]|notes? ?:|sources? ?:|legendes? ?:|remarques? ?:|mise? a jour|maj (le|du|au)\b|document |tableau |fichier |attention\b)/;
/** A lone text longer than this is a note and no name. */
const LONGEST_NAME = 120;
/** A table so wide has more than one cell in each of its rows. */
const WIDE = 3;

/** Whether a line of a table is a total or a note: nobody's record. `width`: of the header. */
export function isAside(cells: readonly string[], width: number, hasId: boolean): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first] = filled;
  if (first === undefined) return false;
  const folded = fold(first.slice(0, 200));
  // A total leaves most columns empty: a firm may be called Total, and has an address.
  if (SUMMARY.test(folded)) return filled.length * 2 <= width + 1 || !hasId;
  if (filled.length > 1 || width < WIDE) return false;
  if (NOTE.test(folded) || first.length > LONGEST_NAME) return true;
  // A heading between rows stands in the first column; anywhere else, a record has lost its identifier.
  return !hasId && (cells[0] ?? '').trim() !== '';
}

const ERRORS = /^#(REF!?|N\/A|VALUE!|VALEUR!?|DIV\/0!|NAME\?|NOM\s?\?|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|GETTING_DATA)$/i;

/** What a cell says. An error of the spreadsheet, or a formula without its value, says nothing: `fault` is what stood there. */
export function cellSaid(cell: string): { readonly value: string; readonly fault?: string } {
  const first = cell[0];
  if (first === '#' && ERRORS.test(cell)) return { value: '', fault: cell };
  if (first !== '=') return { value: cell };
  // Written so that a spreadsheet keeps the zero of `02100`.
  const kept = /^="([^"]*)"$/.exec(cell);
  if (kept) return { value: (kept[1] ?? '').trim() };
  return /^=\s*[A-Za-z$'(+\-\d"[]/.test(cell) ? { value: '', fault: cell.slice(0, 60) } : { value: cell };
}
