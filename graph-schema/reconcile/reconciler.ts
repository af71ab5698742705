/** Free text becomes links and dates: what it may mean (places.ts, trades.ts, dates.ts), and whether that is sure enough (thresholds.csv). Deterministic, pure. */
import { createDateReader } from './dates.ts';
import type { Candidate, Match } from './match.ts';
import { createPlaceReader } from './places.ts';
import { type Reconciled, readThresholds, type Threshold, thresholdsText } from './thresholds.ts';
import { createTradeReader } from './trades.ts';

/** All that a text means, the surest first; what is too unsure is not among it. */
export type Reconcile = (text: string) => readonly Match[];
export type Reconciler = Readonly<Record<Reconciled, Reconcile>>;

/** Reads the packaged tables. Throws where one is missing or broken: the program is then badly installed. */
export function createReconciler(): Reconciler {
  const thresholds = readThresholds(thresholdsText());
  return {
    places: judged(createPlaceReader(), thresholds.places),
    trades: judged(createTradeReader(), thresholds.trades),
    dates: judged(createDateReader(), thresholds.dates),
  };
}

function judged(read: (text: string) => readonly Candidate[], { linked, proposed }: Threshold): Reconcile {
  return (text) =>
    read(text)
      .filter(({ confidence }) => confidence >= proposed)
      .map((candidate) => ({ status: candidate.confidence >= linked ? 'linked' : 'proposed', ...candidate }));
}
