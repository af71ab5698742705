/**
 * Words become trades and places. Deterministic; the tables are read once, each question is then a few look-ups. What is not
 * understood whole, or could be two things, is not resolved: it stays a word for a steward to decide.
 */
import { createHash } from 'node:crypto';
import { createInferrer, type Inferrer, inferenceTexts } from '../infer/inferrer.ts';
import { remembered } from '../infer/recall.ts';
import type { Candidate } from '../reconcile/match.ts';
import { createPlaceReader, placeReaderTexts } from '../reconcile/places.ts';
import { readThresholds, type Threshold, thresholdsText } from '../reconcile/thresholds.ts';
import { createTradeReader, type TradeField } from '../reconcile/trades.ts';
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
  /** All trades that a text surely names ("peigneur de lin ; fileuse"), the surest first. `field`: where it stood; a field of trades unless told. */
  trades(text: string, field?: TradeField): readonly Resolved[];
  /** All places that a text surely names ("Roubaix ; Tourcoing"), the surest first. */
  places(text: string): readonly Resolved[];
  /** The one trade that a text names ("dentellières", "tissage"); undefined where it names none, or several. */
  trade(text: string): Resolved | undefined;
  /** The one place that a text names ("France, Nord, Roubaix (lieu de création)", "59100 Roubaix"); undefined where it names none, or several. */
  place(text: string): Resolved | undefined;
  /** The parts of a text that may name a trade or a place, and are not sure enough to be linked: for a steward. */
  unsure(what: 'trades' | 'places', text: string): readonly string[];
  /** Whether a steward said of the whole text, or of each of its parts, what it means: where that is nothing, it does not wait. Absent where none decided anything. */
  settled?(what: 'trades' | 'places', text: string): boolean;
  /** Changes whenever the tables or the rules do: what was resolved before must then be folded again. */
  readonly version: string;
  /** What is inferred beside what is said; absent where nothing is to be. */
  readonly inferrer?: Inferrer;
}

/** Raise it when a rule changes what a text resolves to. */
const RULES = 2;

/** A text longer than this names neither a trade nor a place. */
const LONGEST_TEXT = 200;

/** Reads the packaged vocabularies. Throws where a table is missing or broken: the program is then badly installed. */
export function createResolver(): Resolver {
  const trades = tableText('trades');
  const thresholds = readThresholds(thresholdsText());
  const tradesIn = createTradeReader(tableRows(trades));
  const readers = { places: shortTexts(createPlaceReader()), trades: shortTexts(tradesIn) };
  const readPlaces = linked(readers.places, thresholds.places);
  const readTrades = {
    trade: linked(readers.trades, thresholds.trades),
    subject: linked(
      shortTexts((text) => tradesIn(text, { field: 'subject' })),
      thresholds.trades,
    ),
  };
  const unsure = {
    places: unsureParts(readers.places, thresholds.places),
    trades: unsureParts(readers.trades, thresholds.trades),
  };
  const hash = createHash('sha256');
  for (const part of [
    `rules ${RULES}`,
    ...placeReaderTexts(),
    thresholdsText(),
    trades,
    tableText('concepts'),
    ...inferenceTexts(),
  ])
    hash.update(part).update('\0');
  const inferrer = createInferrer();
  const version = hash.digest('hex').slice(0, 16);
  return {
    ...resolverOf(version, { places: readPlaces, trades: (text, field = 'trade') => readTrades[field](text) }),
    unsure: (what, text) => unsure[what](text),
    inferrer,
  };
}

/** A resolver of these readers, of which nothing is unsure. */
export function resolverOf(version: string, { places, trades }: Pick<Resolver, 'places' | 'trades'>): Resolver {
  return {
    version,
    places,
    trades,
    unsure: () => [],
    place: (text) => only(places(text)),
    trade: (text) => only(trades(text)),
  };
}

/** What is sure enough to be linked (reconcile/thresholds.csv). */
function linked(read: Read, { linked: least }: Threshold) {
  return remembered((text: string): readonly Resolved[] =>
    read(text).flatMap(({ identifier, label, confidence, rule }) =>
      identifier && confidence >= least ? [{ identifier, label, confidence, rule }] : [],
    ),
  );
}

type Read = (text: string) => readonly Candidate[];

const shortTexts =
  (read: Read): Read =>
  (text) =>
    text.length > LONGEST_TEXT ? [] : read(text);

/** The parts of which something is proposed and nothing is sure. */
function unsureParts(read: Read, { linked: least, proposed }: Threshold) {
  return remembered((text: string): readonly string[] => {
    const candidates = read(text).filter(({ identifier, confidence }) => identifier && confidence >= proposed);
    const sure = new Set(candidates.filter(({ confidence }) => confidence >= least).map((one) => one.text));
    return [...new Set(candidates.map((one) => one.text).filter((part) => !sure.has(part)))];
  });
}

const only = (found: readonly Resolved[]): Resolved | undefined => (found.length === 1 ? found[0] : undefined);
