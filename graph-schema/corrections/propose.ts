/** The corrections that the hub would propose for one record, from the partner's own cells. Pure. */
import type { Reconciler } from '../reconcile/reconciler.ts';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { mendedCharacters } from './characters.ts';
import type { Cell, Correction, Reading } from './correction.ts';
import { readDateCell } from './dates.ts';
import { missingTrade, type PresentCommunes, readPlaceCell, readTradeCell } from './words.ts';

/** What the hub knows beside the record. */
export interface Known {
  readonly reconciler: Reconciler;
  readonly present: PresentCommunes;
}

/** About one record. */
export interface Corrected {
  readonly cells: readonly Cell[];
  /** What it is called by its kind (navette, rabot…), empty where that is not known. */
  readonly denomination: string;
  /** Its inventory number stands on other records of the source too: so many in all. */
  readonly numbered: number;
  /** What published records of the same thing say and this one does not: the column for it, the value, and whose it is. */
  readonly elsewhere: readonly { readonly column: string; readonly value: string; readonly source: string }[];
}

/** Reads the packaged places. Throws where the table is missing: the program is then badly installed. */
export function presentCommunes(): PresentCommunes {
  const rows = tableRows(tableText('places'));
  const names = new Map(rows.map((row) => [row['insee'] ?? '', row['name'] ?? '']));
  return new Map(
    rows.flatMap(({ insee = '', 'within-insee': within = '' }) =>
      insee !== '' && within !== '' && within !== insee
        ? [[insee, { code: within, name: names.get(within) ?? within }]]
        : [],
    ),
  );
}

/** In the order of the cells, what is sure of each before what is asked. */
export function correctionsOf(
  { cells, denomination, numbered, elsewhere }: Corrected,
  known: Known,
): readonly Correction[] {
  const tradeCell = cells.find(({ role }) => role === 'trade');
  const tradeAsked = tradeCell && cells.every(({ role, value }) => role !== 'trade' || value.trim() === '');
  return [
    ...cells.flatMap((cell) => ofCell(cell, known)),
    ...(tradeAsked ? asked(tradeCell, missingTrade(mendedCharacters(denomination), known.reconciler.trades)) : []),
    ...cells.flatMap((cell) => (cell.role === 'inventory' && numbered > 1 ? [sameNumber(cell, numbered)] : [])),
    ...elsewhere.map(({ column, value, source }): Correction => {
      const why = { fr: `« ${source} » le dit de la même chose.`, en: `“${source}” says so of the same thing.` };
      const before = cells.find((cell) => cell.column === column)?.value ?? '';
      return {
        column,
        kind: 'other-source',
        form: 'question',
        before,
        proposed: [value],
        why,
        confidence: 0.5,
        codes: [],
      };
    }),
  ];
}

function ofCell(cell: Cell, known: Known): readonly Correction[] {
  const mended = mendedCharacters(cell.value);
  // Each value of a list for itself; what stands between them stays as the museum has it.
  const pieces = cell.split && cell.role !== 'text' ? piecesOf(mended, cell.split) : [mended];
  const readings = pieces.map(
    (piece, at): Reading => (at % 2 === 1 ? { questions: [] } : readingOf(cell, piece, known)),
  );
  const value = readings.map(({ rewritten }, at) => rewritten?.value ?? pieces[at] ?? '').join('');
  const parts = readings.flatMap(({ rewritten }) => rewritten ?? []);
  const questions = asked(
    cell,
    readings.flatMap((one) => one.questions),
  );
  if (value === cell.value) return questions;
  const { column, value: before } = cell;
  const reasons = [
    ...new Map(
      [...(mended === before ? [] : [CHARACTERS]), ...parts.map(({ why }) => why)].map((why) => [why.fr, why]),
    ).values(),
  ];
  const sure: Correction = {
    column,
    kind: parts[0]?.kind ?? 'characters',
    form: 'sure',
    before,
    proposed: [value],
    why: { fr: reasons.map(({ fr }) => fr).join(' '), en: reasons.map(({ en }) => en).join(' ') },
    confidence: Math.min(1, ...parts.map(({ confidence }) => confidence)),
    codes: parts.flatMap(({ codes }) => codes),
  };
  return [sure, ...questions];
}

const CHARACTERS = {
  fr: 'Caractères mal codés ou espaces en trop.',
  en: 'Characters badly encoded, or blanks too many.',
};

/** Values at even places, what separates them (with the blanks around) at odd ones. */
function piecesOf(text: string, split: string): readonly string[] {
  const separator = split.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return separator === '' ? [text] : text.split(new RegExp(`(\\s*${separator}\\s*)`));
}

function readingOf({ role }: Cell, text: string, { reconciler, present }: Known): Reading {
  if (role === 'date') return readDateCell(text, reconciler.dates);
  if (role === 'place') return readPlaceCell(text, reconciler.places, present);
  if (role === 'trade') return readTradeCell(text, reconciler.trades);
  return { questions: [] };
}

/** Of one sort of question, one a cell: several are put together. */
function asked({ column, value: before }: Cell, questions: Reading['questions']): readonly Correction[] {
  const byKind = new Map<string, Correction>();
  for (const question of questions) {
    const other = byKind.get(question.kind);
    byKind.set(question.kind, {
      ...question,
      column,
      before,
      form: 'question',
      proposed: [...(other?.proposed ?? []), ...question.proposed],
      codes: [...(other?.codes ?? []), ...question.codes],
    });
  }
  return [...byKind.values()];
}

function sameNumber({ column, value: before }: Cell, count: number): Correction {
  const why = {
    fr: `${count} notices portent ce numéro d’inventaire : laquelle est la bonne ?`,
    en: `${count} records carry this inventory number: which is right?`,
  };
  return { column, kind: 'inventory', form: 'question', before, proposed: [], why, confidence: 1, codes: [] };
}
