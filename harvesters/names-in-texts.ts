/** Names of persons in texts, in whatever order, case and accents a partner writes them. Pure. */

/** A first name and a surname at least: "un mineur" is nobody's name. */
export function isFullName(text: string): boolean {
  return wordsOf(text).filter((word) => /^\p{Lu}/u.test(word)).length >= 2;
}

/** What finds these names, as whole words: surname first or last, with or without comma, hyphens and accents. Undefined where there is no name; ones of two characters are left aside. */
export function formOf(names: readonly string[]): RegExp | undefined {
  const forms = names.filter((name) => name.trim().length > 2).flatMap(ordersOf);
  if (forms.length === 0) return undefined;
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

const BETWEEN = "[\\s,.\\-‐–'’]+";
/** Longer is a sentence, and found only as it stands. */
const MOST_WORDS = 8;

const wordsOf = (name: string): readonly string[] => name.split(new RegExp(BETWEEN, 'u')).filter((word) => word !== '');

function ordersOf(name: string): readonly string[] {
  const words = wordsOf(name).map(loose);
  if (words.length === 0) return [];
  if (words.length > MOST_WORDS) return [words.join(BETWEEN)];
  return words.map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(BETWEEN));
}

/** By the letter, those that a keyboard, or capitals, leave without their accent. */
const LETTERS: Readonly<Record<string, string>> = {
  a: 'aàáâãäå',
  c: 'cç',
  e: 'eèéêë',
  i: 'iìíîï',
  n: 'nñ',
  o: 'oòóôõö',
  u: 'uùúûü',
  y: 'yýÿ',
};

/** A word as a pattern that no accent escapes, composed or not. */
function loose(word: string): string {
  const letters = [...word.normalize('NFD').replace(/\p{M}/gu, '')];
  return letters
    .map((letter) => {
      const all = LETTERS[letter.toLowerCase()];
      return all === undefined ? RegExp.escape(letter) : `[${all}]\\p{M}*`;
    })
    .join('');
}
