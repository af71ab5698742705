/** A running text cut into stretches without punctuation. */
import { HONORIFICS } from '../reconcile/trades-phrases.ts';
import type { Word } from '../vocabularies/trade-words.ts';

export const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;
const SENTENCE_END = /[.!?:«"“\n]/;

/** A run of letters. It has no word where it is an article. */
export interface Token {
  readonly word: Word | undefined;
  readonly raw: string;
  readonly at: number;
}

/** A stretch of text without punctuation. */
export interface Segment {
  readonly tokens: readonly Token[];
  readonly words: readonly Word[];
  /** Index among the tokens of each word. */
  readonly places: readonly number[];
  readonly begins: boolean;
  readonly after: Segment | undefined;
}

export const isCapital = (raw: string): boolean => raw.charAt(0) !== raw.charAt(0).toLowerCase();

/** The full stop of "M. Meunier" ends no sentence. */
const isAbbreviation = (token: Token | undefined): boolean =>
  token !== undefined && isCapital(token.raw) && (token.raw.length === 1 || HONORIFICS.has(token.word?.loose ?? ''));

/** Cut at punctuation; hyphens and apostrophes join. */
export function segmentsOf(text: string, wordOf: (raw: string) => Word | undefined): readonly Segment[] {
  const groups: { tokens: Token[]; begins: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [raw] = match;
    const gap = text.slice(end, match.index);
    if (
      groups.length === 0 ||
      (/[^\s'’\-‐]/.test(gap) && !(gap === '. ' && isAbbreviation(groups.at(-1)?.tokens.at(-1))))
    )
      groups.push({ tokens: [], begins: groups.length === 0 || SENTENCE_END.test(gap) });
    groups.at(-1)?.tokens.push({ word: wordOf(raw), raw, at: match.index });
    end = match.index + raw.length;
  }
  let after: Segment | undefined;
  return groups
    .toReversed()
    .map(({ tokens, begins }): Segment => {
      const places = tokens.flatMap(({ word }, at) => (word ? [at] : []));
      after = { tokens, places, words: tokens.flatMap(({ word }) => word ?? []), begins, after };
      return after;
    })
    .toReversed();
}
