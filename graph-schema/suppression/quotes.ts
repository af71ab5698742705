/** Where bookkeeping quotes somebody who is to be forgotten, and what is left of it then. Pure. */

/** Whether a text quotes somebody, and the text without. */
export interface Quotes {
  in(text: string): boolean;
  without(text: string): string;
}

const LEFT = '…';
const SHORTEST = 3;

/**
 * Whole words only, in any case, also as JSON escapes them: the record `x/1` is not quoted by `x/12`. Words of fewer than three characters are
 * left aside, as they would be found everywhere.
 */
export function quotesOf(words: readonly string[]): Quotes {
  const spelt = words
    .map((word) => word.normalize('NFC').trim())
    .filter((word) => word.length >= SHORTEST)
    .flatMap((word) => [word, word.normalize('NFD'), JSON.stringify(word).slice(1, -1), encodeURIComponent(word)]);
  const patterns = [...new Set(spelt)].sort((a, b) => b.length - a.length).map((word) => RegExp.escape(word));
  if (patterns.length === 0) return { in: () => false, without: (text) => text };
  const form = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
  return {
    in: (text) => text.search(form) >= 0,
    without: (text) => text.replace(form, LEFT),
  };
}

/** Labels of which no text is ever anybody's words or name, or that are treated as a whole elsewhere. */
export const NOT_QUOTING: ReadonlySet<string> = new Set([
  'SourceRecord',
  'Identifier',
  'Suppressed',
  'Lease',
  'Sequence',
  'Migration',
  'Retired',
]);

/** Labels that are about one record or two, and mean nothing without: they go with it. Its keys stand in these properties. */
export const ABOUT: Readonly<Record<string, readonly string[]>> = { Correction: ['record'], Proposal: ['a', 'b'] };

/** What a steward wrote goes whole where it quotes somebody: the rest of the sentence is about the same person. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  Decision: ['note', 'data'],
  Takedown: ['reason', 'target', 'note'],
};

/**
 * The properties of a bookkeeping node without what quotes somebody; undefined where nothing does. A text of a list (an example of a finding,
 * a step of a trace) goes whole; the word alone is taken out of other texts, so that JSON stays JSON. `key` is left as it is.
 */
export function withoutQuotes(
  label: string,
  key: string,
  properties: Readonly<Record<string, unknown>>,
  quotes: Quotes,
): Record<string, unknown> | undefined {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (name === key) continue;
    if (typeof value === 'string' && quotes.in(value))
      changed[name] = WHOLE[label]?.includes(name) ? null : quotes.without(value);
    if (Array.isArray(value) && value.some((one) => typeof one === 'string' && quotes.in(one)))
      changed[name] = value.filter((one) => typeof one !== 'string' || !quotes.in(one));
  }
  return Object.keys(changed).length === 0 ? undefined : changed;
}
