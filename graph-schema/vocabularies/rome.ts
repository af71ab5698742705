/**
 * A newer version of the ROME (France Travail's directory of occupations) beside version 347, whose matches stand in trades.csv. A code is carried over
 * only where the newer table has it. Pure.
 */
import { fold } from '../text.ts';
import type { Row } from './tables.ts';

/** The table as France Travail publishes it, whatever the version calls its columns. */
export interface RomeEntry {
  readonly code: string;
  readonly label: string;
}

export type RomeMatch = 'exact' | 'close' | 'broad';

export interface CarriedOver {
  readonly matches: readonly {
    readonly trade: string;
    readonly label: string;
    readonly code: string;
    readonly match: RomeMatch;
  }[];
  /** Matches of version 347 whose code the newer table does not have: they are not carried over. */
  readonly gone: readonly { readonly trade: string; readonly code: string }[];
}

const CODE_COLUMNS = ['code_rome', 'code rome', 'code'];
const LABEL_COLUMNS = ['libelle_rome', 'libellé rome', 'libelle rome', 'libelle', 'libellé', 'intitulé'];
/** ROME 3 and 4 both have more than five hundred entries: a table of fewer is a part. */
const FEWEST_ENTRIES = 400;

/** The entries of a table; or what is wrong with it, in French and English. */
export function romeEntries(
  rows: readonly Row[],
): { readonly entries: readonly RomeEntry[] } | { readonly wrong: string } {
  const names = Object.keys(rows[0] ?? {});
  const named = (wanted: readonly string[]) =>
    names.find((name) => wanted.some((one) => fold(one) === fold(name.replace(/^\ufeff/, ''))));
  const [code, label] = [named(CODE_COLUMNS), named(LABEL_COLUMNS)];
  if (code === undefined || label === undefined)
    return {
      wrong: `Il manque une colonne « code_rome » ou « libelle_rome » (trouvé : ${names.join(', ')}) / a column “code_rome” or “libelle_rome” is missing.`,
    };
  const entries = new Map<string, RomeEntry>();
  for (const row of rows) {
    const entry = { code: row[code]?.trim() ?? '', label: row[label]?.trim() ?? '' };
    if (/^[A-Z]\d{4}$/.test(entry.code) && entry.label !== '') entries.set(entry.code, entry);
  }
  if (entries.size < FEWEST_ENTRIES)
    return {
      wrong: `${entries.size} codes seulement, de la forme A1234 : ce n’est pas la table entière / only ${entries.size} codes like A1234: this is not the whole table.`,
    };
  return { entries: [...entries.values()] };
}

/** What matched version 347 and is in the newer table still matches: as exactly as before where the entry kept its label, else closely. */
export function carryOver(
  trades: readonly Row[],
  concepts: readonly Row[],
  entries: readonly RomeEntry[],
): CarriedOver {
  const before = new Map(concepts.map((row) => [row['rome'], row['label'] ?? '']));
  const now = new Map(entries.map(({ code, label }) => [code, label]));
  const matched = trades.filter((row) => row['rome-v347'] !== '');
  const gone = matched.filter((row) => !now.has(row['rome-v347'] ?? ''));
  const matches = matched.flatMap((row) => {
    const code = row['rome-v347'] ?? '';
    const label = now.get(code);
    if (label === undefined) return [];
    const kept = fold(label) === fold(before.get(code) ?? '');
    const match = row['rome-match'] as RomeMatch;
    return [
      {
        trade: row['id'] ?? '',
        label: row['label'] ?? '',
        code,
        match: !kept && match === 'exact' ? ('close' as const) : match,
      },
    ];
  });
  return { matches, gone: gone.map((row) => ({ trade: row['id'] ?? '', code: row['rome-v347'] ?? '' })) };
}
