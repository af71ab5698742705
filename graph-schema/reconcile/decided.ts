/**
 * What stewards decided about words: stronger than any rule of a reader. A decision is about words as they are compared (folded), and holds for a
 * whole text and for a part of a list ("peigneur ; fileuse"). Pure.
 */
import type { Identifier } from '../record.ts';
import { fold } from '../text.ts';
import type { Resolved, Resolver } from '../vocabularies/resolver.ts';
import { listParts } from './trades-parts.ts';

export const DECIDABLE = ['trades', 'places'] as const;
export type Decidable = (typeof DECIDABLE)[number];

/** A text longer than this was never read, and is not searched for decided words either. In UTF-16 units. */
const LONGEST_TEXT = 1_000;

/** What words mean; nothing at all where a steward said so. */
export interface DecidedWords {
  readonly what: Decidable;
  readonly words: string;
  readonly means: readonly { readonly identifier: Identifier; readonly label: string }[];
}

/** Words as they are compared: without case, accents, and what stands around them. */
export function wordsKey(text: string): string {
  return fold(text).replace(/^[\s.,;:!?«»"'()[\]]+|[\s.,;:!?«»"'()[\]]+$/g, '');
}

/** The parts of a text about which something can be decided: the text itself, and what stands in a list. */
export function decidableParts(text: string): readonly string[] {
  const parts = text.length > LONGEST_TEXT ? [] : listParts(text).map((part) => part.text);
  return parts.length > 1 ? [text, ...parts] : [text];
}

/** A resolver that hears the decisions first. Its version is that of the other: a decision is applied to what is stored at once, and needs no new mapping. */
export function withDecided(resolver: Resolver, decided: readonly DecidedWords[]): Resolver {
  if (decided.length === 0) return resolver;
  const readers = {
    trades: hearingTrades(resolver.trades, meanings(decided, 'trades')),
    places: hearingPlaces(resolver.places, meanings(decided, 'places')),
  };
  const settled = { trades: keysOf(decided, 'trades'), places: keysOf(decided, 'places') };
  const only = (found: readonly Resolved[]) => (found.length === 1 ? found[0] : undefined);
  return {
    ...resolver,
    ...readers,
    trade: (text) => only(readers.trades(text)),
    place: (text) => only(readers.places(text)),
    unsure: (what, text) => resolver.unsure(what, text).filter((part) => !settled[what].has(wordsKey(part))),
    settled: (what, text) =>
      settled[what].size > 0 &&
      text.length <= LONGEST_TEXT &&
      (settled[what].has(wordsKey(text)) || listParts(text).every((part) => settled[what].has(wordsKey(part.text)))),
  };
}

const keysOf = (decided: readonly DecidedWords[], what: Decidable): ReadonlySet<string> =>
  new Set(decided.filter((one) => one.what === what).map(({ words }) => wordsKey(words)));

type Meanings = ReadonlyMap<string, DecidedWords['means']>;

const meanings = (decided: readonly DecidedWords[], what: Decidable): Meanings =>
  new Map(decided.filter((one) => one.what === what).map((one) => [wordsKey(one.words), one.means]));

const resolved = (means: DecidedWords['means']): readonly Resolved[] =>
  means.map(({ identifier, label }) => ({ identifier, label, confidence: 1, rule: 'decided' }));

/** Each thing once, where it stands first. */
function once(found: readonly Resolved[]): readonly Resolved[] {
  const keyed = found.map((one) => [`${one.identifier.scheme}:${one.identifier.value}`, one] as const);
  return [...new Map(keyed.toReversed()).values()].reverse();
}

/** Trades stand in lists: what of one is not decided is read as ever. */
function hearingTrades(read: Resolver['trades'], meant: Meanings): Resolver['trades'] {
  if (meant.size === 0) return read;
  return (text, field) => {
    if (text.length > LONGEST_TEXT) return read(text, field);
    const whole = meant.get(wordsKey(text));
    if (whole) return resolved(whole);
    const parts = listParts(text);
    const settled = parts.map((part) => meant.get(wordsKey(part.text)));
    if (settled.every((means) => means === undefined)) return read(text, field);
    const rest = parts.filter((_, at) => settled[at] === undefined).map((part) => part.text);
    return once([
      ...settled.flatMap((means) => (means ? resolved(means) : [])),
      ...(rest.length > 0 ? read(rest.join(' ; '), field) : []),
    ]);
  };
}

/** Commas tell where a place lies ("France, Nord, la Cité"): what is decided of a part says what its segment means. */
function hearingPlaces(read: Resolver['places'], meant: Meanings): Resolver['places'] {
  if (meant.size === 0) return read;
  const isDecided = ({ text }: { readonly text: string }) => meant.has(wordsKey(text));
  const readSegment = (segment: string): readonly Resolved[] => {
    const parts = listParts(segment);
    const decided = parts.filter(isDecided).flatMap(({ text }) => meant.get(wordsKey(text)) ?? []);
    if (decided.length > 0) return resolved(decided);
    const rest = parts.filter((part) => !isDecided(part)).map(({ text }) => text);
    return rest.length > 0 ? read(rest.join(', ')) : [];
  };
  return (text) => {
    if (text.length > LONGEST_TEXT) return read(text);
    const whole = meant.get(wordsKey(text));
    if (whole) return resolved(whole);
    if (!listParts(text).some(isDecided)) return read(text);
    return once(text.split(/[;|\n]/).flatMap(readSegment));
  };
}
