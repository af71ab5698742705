/**
 * Words become trades and places. Deterministic; the tables are read once, each question is then a few look-ups. What is not
 * understood whole, or could be two things, is not resolved: it stays a word for a steward to decide.
 */
import { createHash } from 'node:crypto';
import type { Identifier } from '../record.ts';
import { placeIndex } from './place-index.ts';
import { placeReader } from './place-words.ts';
import { tableRows, tableText } from './tables.ts';
import { tradeReader } from './trade-words.ts';

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
const RULES = 1;

/** A text longer than this names neither a trade nor a place. */
const LONGEST_TEXT = 200;

/** Reads the packaged vocabularies. Throws where a table is missing or broken: the program is then badly installed. */
export function createResolver(): Resolver {
  const [places, trades] = [tableText('places'), tableText('trades')];
  const place = placeReader(placeIndex(tableRows(places)));
  const trade = tradeReader(tableRows(trades));
  const hash = createHash('sha256');
  for (const part of [`rules ${RULES}`, places, trades, tableText('concepts')]) hash.update(part).update('\0');
  return {
    place: (text) => (text.length > LONGEST_TEXT ? undefined : place(text)),
    trade: (text) => (text.length > LONGEST_TEXT ? undefined : trade(text)),
    version: hash.digest('hex').slice(0, 16),
  };
}
