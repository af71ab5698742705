/**
 * Words as the full-text index compares them: cut, without the little words that French writes together with them, and stemmed. The stemmer is Lucene's
 * FrenchLightStemmer (J. Savoy, "Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages", SAC 2006), on folded text.
 * A test holds it to the index.
 */
import { fold } from '#graph-schema/text.ts';

/** A word of a text, where it stands in it (UTF-16 offsets) and what it is compared by. */
export interface Token {
  readonly begin: number;
  readonly end: number;
  /** Folded. */
  readonly word: string;
  readonly stem: string;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’ʼ‘][\p{L}\p{N}\p{M}]+)*/gu;
const ELISION = /^(?:[ldmtsjnc]|qu|jusqu|quoiqu|lorsqu|puisqu)'(?=.)/;

/** The words of a text in order. What is elided (`l’`, `d’`, `qu’`) is no part of the word that follows. */
export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const folded = fold(match[0]);
    const bare = folded.replace(ELISION, '');
    const elided = bare === folded ? 0 : match[0].search(/['’ʼ‘]/) + 1;
    return { begin: match.index + elided, end: match.index + match[0].length, word: bare, stem: stemOf(bare) };
  });
}

interface Rule {
  /** Only of words longer than this. */
  readonly longer: number;
  readonly ending: string;
  readonly becomes: string;
  /** The rules behind it are tried too. */
  readonly goesOn?: boolean;
}

/** In Lucene's order; its rules for accented endings (`ième`, `ère`, `ète`) never meet a folded text. */
const RULES: readonly Rule[] = [
  { longer: 9, ending: 'issement', becomes: 'ir' },
  { longer: 8, ending: 'issant', becomes: 'ir' },
  { longer: 6, ending: 'ivement', becomes: 'if' },
  { longer: 6, ending: 'ement', becomes: 'e' },
  { longer: 11, ending: 'ficatrice', becomes: 'fier' },
  { longer: 10, ending: 'ficateur', becomes: 'fier' },
  { longer: 9, ending: 'catrice', becomes: 'quer' },
  { longer: 8, ending: 'cateur', becomes: 'quer' },
  { longer: 8, ending: 'atrice', becomes: 'er' },
  { longer: 7, ending: 'ateur', becomes: 'er' },
  { longer: 6, ending: 'trice', becomes: 'teur', goesOn: true },
  { longer: 7, ending: 'teuse', becomes: 'ter' },
  { longer: 6, ending: 'teur', becomes: 'ter' },
  { longer: 5, ending: 'euse', becomes: 'eu' },
  { longer: 7, ending: 'ive', becomes: 'if' },
  { longer: 4, ending: 'folle', becomes: 'fou' },
  { longer: 4, ending: 'molle', becomes: 'mou' },
  { longer: 9, ending: 'nnelle', becomes: 'n' },
  { longer: 9, ending: 'nnel', becomes: 'n' },
  { longer: 8, ending: 'ique', becomes: '', goesOn: true },
  { longer: 8, ending: 'esse', becomes: 'e' },
  { longer: 7, ending: 'inage', becomes: 'in' },
  { longer: 9, ending: 'ualisation', becomes: 'uel' },
  { longer: 9, ending: 'isation', becomes: '' },
  { longer: 9, ending: 'isateur', becomes: '' },
  { longer: 8, ending: 'ation', becomes: '' },
  { longer: 8, ending: 'ition', becomes: '' },
];

/** What a folded word is compared by. */
export function stemOf(folded: string): string {
  let word = withoutPlural(folded);
  for (const { longer, ending, becomes, goesOn } of RULES) {
    if (word.length <= longer || !word.endsWith(ending)) continue;
    word = word.slice(0, -ending.length) + becomes;
    if (!goesOn) break;
  }
  return normalised(word);
}

function withoutPlural(folded: string): string {
  let word = folded;
  if (word.length > 5 && word.endsWith('x')) {
    if (/[^e]aux$/.test(word)) word = `${word.slice(0, -2)}l`;
    else word = word.slice(0, -1);
  }
  if (word.length > 3 && word.endsWith('x')) word = word.slice(0, -1);
  if (word.length > 3 && word.endsWith('s')) word = word.slice(0, -1);
  return word;
}

function normalised(given: string): string {
  let word = given;
  if (word.length > 4) word = word.replace(/(\p{L})\1+/gu, '$1');
  if (word.length > 4 && word.endsWith('ie')) word = word.slice(0, -2);
  if (word.length > 4) {
    for (const letter of ['r', 'e', 'e']) if (word.endsWith(letter)) word = word.slice(0, -1);
    if (/(\p{L})\1$/u.test(word)) word = word.slice(0, -1);
  }
  return word;
}
