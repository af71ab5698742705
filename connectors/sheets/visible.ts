/** The column that says whether a row may be shown, and its words: which show, and which hide. */
import { fold } from '#graph-schema/text.ts';
import { readBoolean } from '../formats/table/values.ts';

export interface VisibleColumn {
  readonly column: string;
  /** Words that mean yes, as they are written; compared later without case and accents (connectors/visibility.ts). */
  readonly shows: readonly string[];
}

const MOST_WORDS = 12;

/** `values`: of the column, empty ones left out. */
export function visibleColumn(column: string, values: readonly string[]): VisibleColumn {
  const words = distinct(values).filter((word) => readBoolean(word) === true && !word.includes(','));
  return { column, shows: words.length > 0 ? words : ['oui'] };
}

/** The words seen that hide their row, `(vide / empty)` among them; at most twelve. */
export function hidingWords(values: readonly string[], shows: readonly string[]): readonly string[] {
  const visible = new Set(shows.map(fold));
  const hiding = distinct(values).filter((word) => !visible.has(fold(word)));
  const more = hiding.length > MOST_WORDS ? ['…'] : [];
  const empty = values.some((value) => value.trim() === '') ? ['(vide / empty)'] : [];
  return [...hiding.slice(0, MOST_WORDS), ...more, ...empty];
}

/** Each word once, whatever its case and accents; the first spelling stands. */
function distinct(values: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const value of values) {
    const word = value.trim();
    if (word !== '' && !seen.has(fold(word))) seen.set(fold(word), word);
  }
  return [...seen.values()];
}
