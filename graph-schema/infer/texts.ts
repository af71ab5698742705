/** The readers of texts that the rules share, each of which remembers what it read. */
import type { Resolved, Resolver } from '../vocabularies/resolver.ts';
import { type TradeIndex, wordsOf } from '../vocabularies/trade-words.ts';
import type { TradeCodes } from './codes.ts';
import type { Saying } from './inferrer.ts';
import type { Homograph, Phrases, WordPlace } from './lexicon.ts';
import { objectTexts } from './object-texts.ts';
import type { ProseReader, Spoken } from './prose.ts';
import { remembered } from './recall.ts';
import { structureTexts } from './structure-texts.ts';

type Read = (text: string) => readonly Saying[];

export interface TextReaders {
  readonly prose: ProseReader;
  /** Of objects. */
  readonly denomination: Read;
  readonly use: Read;
  readonly subject: Read;
  readonly domain: Read;
  /** Of structures: a theme or a name, a NAF code, the title of a training, a ROME code. */
  readonly theme: Read;
  readonly museum: Read;
  readonly firm: Read;
  readonly naf: Read;
  readonly training: Read;
  readonly rome: Read;
}

export interface Tables {
  readonly index: TradeIndex;
  readonly phrases: Readonly<Record<WordPlace, Phrases>>;
  readonly prose: ProseReader;
  readonly homographs: ReadonlyMap<string, readonly Homograph[]>;
  readonly codes: TradeCodes;
}

/** The readers, on these tables, of words as this resolver reads them. */
export function textReaders(tables: Tables, resolver: Resolver): TextReaders {
  const objects = objectTexts(tables, resolver);
  const structures = structureTexts(tables, resolver);
  return {
    prose: (text, place) => tables.prose(text, place).flatMap((one) => asSettled(one, resolver)),
    denomination: remembered(objects.denomination),
    use: remembered(objects.use),
    subject: remembered(objects.subject),
    domain: remembered(objects.domain),
    theme: remembered(structures.theme),
    // The names of structures are many and come once.
    museum: structures.museum,
    firm: structures.firm,
    training: remembered(structures.training),
    naf: remembered(structures.naf),
    rome: structures.rome,
  };
}

/** Rules of reading (trade-words.ts) that are guesses: good enough where a source speaks of trades, not here. */
export const GUESSES: ReadonlySet<string> = new Set(['spelling', 'typing', 'dutch', 'unsure', 'partial']);

export const surely = (found: readonly Resolved[]): readonly Resolved[] =>
  found.filter(({ rule }) => !GUESSES.has(rule));

/** What a steward said that words mean (nothing, perhaps); undefined where they are not settled. */
export function settledTrades({ settled, trades }: Resolver, words: string): readonly string[] | undefined {
  return settled?.('trades', words) ? trades(words).map(({ identifier }) => identifier.value) : undefined;
}

function asSettled(spoken: Spoken, resolver: Resolver): readonly Spoken[] {
  const meant = settledTrades(resolver, spoken.words);
  return meant === undefined ? [spoken] : meant.map((trade) => ({ ...spoken, trade }));
}

/** The trade of the phrase that a text is, whole. */
export function whole(phrases: Phrases, text: string): string | undefined {
  const words = wordsOf(text);
  const found = phrases.at(words, 0);
  return found && found.to === words.length ? found.trade : undefined;
}
