/** How well texts are read: precision and recall of what is linked, counted by what the texts mean and not by text. */
import type { Match } from '#graph-schema/reconcile/match.ts';
import type { Reconcile } from '#graph-schema/reconcile/reconciler.ts';
import type { Reconciled } from '#graph-schema/reconcile/thresholds.ts';
import type { Labelled } from './sets.ts';

/** What was linked wrongly, or not at all, in one text. */
export interface Miss {
  readonly text: string;
  readonly why: string;
  readonly expected: readonly string[];
  readonly linked: readonly string[];
  /** What was put before a steward instead. */
  readonly proposed: readonly string[];
}

export interface Score {
  readonly texts: number;
  /** Things that the texts mean, and links that were made. */
  readonly expected: number;
  readonly linked: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly misses: readonly Miss[];
}

/** Scores a reader on labelled texts. A word that the vocabulary lacks (`missing:`) may not be linked, and is not missed. */
export function score(what: Reconciled, rows: readonly Labelled[], read: Reconcile): Score {
  const keyOf = KEYS[what];
  let [expected, linked, right] = [0, 0, 0];
  const misses: Miss[] = [];
  for (const row of rows) {
    const wanted = wantedOf(row);
    const matches = read(row.text);
    const made = new Set(matches.filter(({ status }) => status === 'linked').map(keyOf));
    const hits = wanted.filter((one) => made.has(one)).length;
    expected += wanted.length;
    linked += made.size;
    right += hits;
    if (hits === wanted.length && hits === made.size) continue;
    const proposed = matches.filter(({ status }) => status === 'proposed').map(keyOf);
    misses.push({ text: row.text, why: row.why, expected: wanted, linked: [...made], proposed });
  }
  const share = (of: number) => (of === 0 ? 1 : right / of);
  return { texts: rows.length, expected, linked, right, precision: share(linked), recall: share(expected), misses };
}

/** A date is known by its first and last year or day, anything else by its code. */
function wantedOf({ expected, from, to }: Labelled): readonly string[] {
  if (from !== '' || to !== '') return [`${from}/${to}`];
  return expected.split(' + ').filter((one) => one !== '' && !one.startsWith('missing:'));
}

/** As the sets write it: a place's scheme and code, a trade's own id, a date's first and last year or day. */
const KEYS: Readonly<Record<Reconciled, (match: Match) => string>> = {
  places: ({ identifier }) => `${identifier?.scheme}:${identifier?.value}`,
  trades: ({ identifier }) => String(identifier?.value),
  dates: ({ from, to }) => `${from ?? ''}/${to ?? ''}`,
};
