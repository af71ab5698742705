/** Other words for a trade: the labels that the packaged vocabulary (graph-schema/vocabularies/trades.csv) gives to one trade find each other. */
import { listed, tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { stemOf, tokensOf } from './stem.ts';

const MOST_WORDS = 5;
const MOST_SYNONYMS = 8;
const LITTLE = new Set(['a', 'au', 'aux', 'de', 'des', 'du', 'en', 'et', 'la', 'le', 'les', 'sur']);

let byStems: ReadonlyMap<string, readonly string[]> | undefined;

/** The labels of each trade, by the stems of any of them. Read when it is first needed. */
function labels(): ReadonlyMap<string, readonly string[]> {
  if (byStems) return byStems;
  const found = new Map<string, string[]>();
  for (const row of tableRows(tableText('trades'))) {
    const names = [row['label'] ?? '', ...listed(row['synonyms'])];
    for (const name of names) {
      const key = stemsOf(name);
      const known = found.get(key) ?? [];
      found.set(key, [...known, ...names.filter((other) => stemsOf(other) !== key && !known.includes(other))]);
    }
  }
  byStems = found;
  return found;
}

function stemsOf(text: string): string {
  return tokensOf(text)
    .filter(({ word }) => !LITTLE.has(word))
    .map(({ stem }) => stem)
    .join(' ');
}

/** Of folded words in a row: how many of the first of them name a trade, and what else it is called; undefined where they name none. */
export function synonymsAt(
  words: readonly string[],
): { readonly length: number; readonly synonyms: readonly string[] } | undefined {
  for (let length = Math.min(words.length, MOST_WORDS); length > 0; length -= 1) {
    const synonyms = labels().get(stemsOf(words.slice(0, length).join(' ')));
    if (synonyms !== undefined && synonyms.length > 0) return { length, synonyms: synonyms.slice(0, MOST_SYNONYMS) };
  }
  return undefined;
}

/** Stems of all other words for what is named in these. */
export function synonymStems(words: readonly string[]): readonly string[] {
  return words
    .flatMap((_, at) => synonymsAt(words.slice(at))?.synonyms ?? [])
    .flatMap((name) =>
      tokensOf(name)
        .filter(({ word }) => !LITTLE.has(word))
        .map(({ word }) => stemOf(word)),
    );
}
