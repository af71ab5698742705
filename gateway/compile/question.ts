/** What a visitor types becomes a question for the full-text index. Every word is quoted: nothing that is typed is Lucene syntax. */
import { FULL_TEXT } from '#graph-schema/derive/constraints.ts';
import { fold } from '#graph-schema/text.ts';
import { synonymsAt } from '../catalogue/words/synonyms.ts';
import { Refusal } from '../refusal.ts';

export interface FullTextQuestion {
  readonly index: string;
  readonly lucene: string;
}

const MOST_CHARACTERS = 200;
const MOST_WORDS = 20;
const SPECIAL = /[+\-!(){}[\]^"~*?:\\/&|<>=]/g;
/** The index of whole words keeps `l'echoppe` as one word, and these as words: the analyzer `french` takes care of both by itself. */
const ELIDED = ["l'", "d'", "qu'", "s'", "n'"];
const ELISION = /^(?:[cdjlmnst]|qu)'(?=.)/;
const STOP_WORDS = new Set(['le', 'la', 'les', 'de', 'du', 'des', 'un', 'une', 'et', 'a', 'au', 'aux', 'en']);

/**
 * All words must be found; a word that names a trade also finds what else that trade is called. "Words in quotes" are found side by side. A word that ends with `*` stands for all that begin with it:
 * then whole words are compared, not their stems.
 * @throws Refusal where there is nothing to look for, or too much
 */
export function fullTextQuestion(typed: string): FullTextQuestion {
  if (typed.length > MOST_CHARACTERS) throw tooLong();
  const parts = fold(typed).match(/"[^"]*"|[^\s"]+/g) ?? [];
  if (parts.length > MOST_WORDS) throw tooLong();
  const asked = parts.filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (asked.length === 0) {
    throw new Refusal(
      'BAD_ARGUMENT',
      'Donnez au moins un mot à chercher (`query`, `search`).',
      'Give at least one word to look for (`query`, `search`).',
    );
  }
  if (!asked.some(isBeginning)) {
    return { index: FULL_TEXT.french, lucene: wholeWords(asked) };
  }
  const telling = asked.filter((part) => !STOP_WORDS.has(part));
  return { index: FULL_TEXT.words, lucene: telling.map((part) => `+${wholeWord(part)}`).join(' ') };
}

/** How much a word as it was typed weighs against another for the same trade. */
const AS_TYPED = 3;
/** Trades in one question whose other names are looked for too: each is a group of up to nine phrases. */
const MOST_TRADES = 3;

/** Each word, or what else the trade is called that it names; words in quotes stand for themselves. */
function wholeWords(asked: readonly string[]): string {
  const groups: string[] = [];
  let trades = 0;
  for (let at = 0; at < asked.length; ) {
    const free = asked.slice(at).findIndex((part) => part.startsWith('"'));
    const words = asked.slice(at, free < 0 ? undefined : at + free);
    const named = trades < MOST_TRADES ? synonymsAt(words) : undefined;
    if (named === undefined) {
      groups.push(`+${quoted(asked[at]!)}`);
      at += 1;
      continue;
    }
    const typed = words.slice(0, named.length).map((word) => `+${quoted(word)}`);
    const synonyms = named.synonyms.map((name) => quoted(fold(name)));
    groups.push(`+((${typed.join(' ')})^${AS_TYPED} ${synonyms.join(' ')})`);
    trades += 1;
    at += named.length;
  }
  return groups.join(' ');
}

function isBeginning(part: string): boolean {
  return !part.startsWith('"') && part.endsWith('*');
}

function quoted(part: string): string {
  return `"${part.replace(/[\\"]/g, ' ').trim()}"`;
}

/** A word, with and without the little words that French writes together with it. */
function wholeWord(part: string): string {
  if (part.startsWith('"')) return quoted(part);
  const bare = part.replace(ELISION, '');
  const write = isBeginning(part) ? beginning : quoted;
  if (!/^[aeiouyh]/.test(bare)) return write(bare);
  return `(${['', ...ELIDED].map((elided) => write(elided + bare)).join(' ')})`;
}

function beginning(word: string): string {
  return `${word.replace(/\*+$/, '').replace(SPECIAL, '\\$&')}*`;
}

function tooLong(): Refusal {
  return new Refusal(
    'BAD_ARGUMENT',
    `La recherche tient en ${MOST_CHARACTERS} caractères et ${MOST_WORDS} mots.`,
    `A search holds at most ${MOST_CHARACTERS} characters and ${MOST_WORDS} words.`,
  );
}
