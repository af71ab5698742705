/** The words of this folder's tables: what tells a trade without naming it (words.csv), what names one and means something else (homographs.csv). */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Word, wordsOf } from '../vocabularies/trade-words.ts';

export const WORD_PLACES = ['object', 'museum', 'training', 'domain'] as const;
/** Where a word of words.csv is heard. */
export type WordPlace = (typeof WORD_PLACES)[number];

/** Where a text stands, as homographs are told apart: `name` is that of a museum or firm. */
export type TextPlace = 'title' | 'description' | 'transcript' | 'museum' | 'firm';

const wordRow = z.strictObject({ where: z.enum(WORD_PLACES), words: z.string().min(2), trade: z.string().min(1) });
const homographRow = z.strictObject({
  word: z.string().min(2),
  where: z.enum(['prose', 'description', 'name', 'firm']),
  needs: z.enum(['', 'article', 'never']),
  unless: z.string(),
  why: z.string().min(1),
});

/** Phrases by their first word, longest first. */
export interface Phrases {
  /** The trade that the words from `from` on tell, and where they end. */
  at(words: readonly Word[], from: number): { readonly trade: string; readonly to: number } | undefined;
  /** Whether one begins with this word. */
  begins(word: Word): boolean;
}

/** A word that may mean something else: what it needs before it is read. */
export interface Homograph {
  readonly where: 'prose' | 'description' | 'name' | 'firm';
  readonly needs: '' | 'article' | 'never';
  readonly unless: ReadonlySet<string>;
}

export const singleOf = (words: readonly Word[]): string => words.map(({ single }) => single).join(' ');
const looseOf = (words: readonly Word[]): string => words.map(({ loose }) => loose).join(' ');

/** The phrases of words.csv, by where they are heard. */
export function readPhrases(text: string): Readonly<Record<WordPlace, Phrases>> {
  const rows = z.array(wordRow).parse(parse(text, { columns: true }));
  const of = (place: WordPlace): Phrases => phrasesOf(rows.filter(({ where }) => where === place));
  return { object: of('object'), museum: of('museum'), training: of('training'), domain: of('domain') };
}

function phrasesOf(rows: readonly { readonly words: string; readonly trade: string }[]): Phrases {
  const byFirst = new Map<string, { key: string; length: number; trade: string }[]>();
  for (const { words: text, trade } of rows) {
    const words = wordsOf(text);
    const first = words[0]?.single ?? '';
    const phrase = { key: singleOf(words), length: words.length, trade };
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), phrase].sort((a, b) => b.length - a.length),
    );
  }
  return {
    begins: ({ single }) => byFirst.has(single),
    at(words, from) {
      const found = byFirst
        .get(words[from]?.single ?? '')
        ?.find(({ key, length }) => singleOf(words.slice(from, from + length)) === key);
      return found && { trade: found.trade, to: from + found.length };
    },
  };
}

/** The homographs, by their words in the singular and the masculine. */
export function readHomographs(text: string): ReadonlyMap<string, readonly Homograph[]> {
  const rows = z.array(homographRow).parse(parse(text, { columns: true }));
  return Map.groupBy(
    rows.map(({ word, unless, ...rest }) => ({
      key: looseOf(wordsOf(word)),
      ...rest,
      unless: new Set(wordsOf(unless).map(({ loose }) => loose)),
    })),
    ({ key }) => key,
  );
}

/** The homographs that a text of this place knows. */
export function inPlace(homographs: readonly Homograph[] | undefined, place: TextPlace): readonly Homograph[] {
  return homographs?.filter(({ where }) => HEARD[place].has(where)) ?? [];
}

const HEARD: Readonly<Record<TextPlace, ReadonlySet<Homograph['where']>>> = {
  title: new Set(['prose']),
  transcript: new Set(['prose']),
  description: new Set(['prose', 'description']),
  museum: new Set(['prose', 'name']),
  firm: new Set(['prose', 'name', 'firm']),
};

export { looseOf };
