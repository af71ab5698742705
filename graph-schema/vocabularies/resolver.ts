/**
 * Words become trades and places. Deterministic; the tables are read once, each question is then a few look-ups. What is not
 * understood whole, or could be two things, is not resolved: it stays a word for a steward to decide.
 */
import { createHash } from 'node:crypto';
import { createPlaceReader, type PlaceReader, placeReaderTexts } from '../reconcile/places.ts';
import { readThresholds, thresholdsText } from '../reconcile/thresholds.ts';
import { createTradeReader, onlyTrade } from '../reconcile/trades.ts';
import type { Identifier } from '../record.ts';
import { tableRows, tableText } from './tables.ts';

/** What a text means: an identifier of the vocabulary, its label, how sure (0 to 1), and the rule that says so. */
export interface Resolved {
  readonly identifier: Identifier;
  readonly label: string;
  readonly confidence: number;
  readonly rule: string;
}

export interface Resolver {
  /** The trade that a text names ("dentellières", "tissage"), or undefined. */
  trade(text: string): Resolved | undefined;
  /** The place that a text names ("France, Nord, Roubaix (lieu de création)", "59100 Roubaix"), or undefined. */
  place(text: string): Resolved | undefined;
  /** Changes whenever the tables or the rules do: what was resolved before must then be folded again. */
  readonly version: string;
}

/** Raise it when a rule changes what a text resolves to. */
const RULES = 2;

/** A text longer than this names neither a trade nor a place. */
const LONGEST_TEXT = 200;

/** Reads the packaged vocabularies. Throws where a table is missing or broken: the program is then badly installed. */
export function createResolver(): Resolver {
  const trades = tableText('trades');
  const place = onlyLinked(createPlaceReader());
  const trade = onlyTrade(createTradeReader(tableRows(trades)));
  const hash = createHash('sha256');
  for (const part of [`rules ${RULES}`, ...placeReaderTexts(), thresholdsText(), trades, tableText('concepts')])
    hash.update(part).update('\0');
  return {
    place: (text) => (text.length > LONGEST_TEXT ? undefined : place(text)),
    trade: (text) => (text.length > LONGEST_TEXT ? undefined : trade(text)),
    version: hash.digest('hex').slice(0, 16),
  };
}

/** The one place that a text surely means; undefined where it means several, or where none is sure. */
function onlyLinked(read: PlaceReader): (text: string) => Resolved | undefined {
  const { linked } = readThresholds(thresholdsText()).places;
  return (text) => {
    const [only, ...more] = read(text).filter(({ confidence }) => confidence >= linked);
    if (!only?.identifier || more.length > 0) return undefined;
    const { identifier, label, confidence, rule } = only;
    return { identifier, label, confidence, rule };
  };
}
