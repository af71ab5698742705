/** How many records of a source may go at once without a steward: learned from its history, between a floor and a ceiling of its own. */
import type { SourceFile } from './source-file.ts';

/** While a source has no history, one record in a hundred may go. */
const UNKNOWN_SHARE = 0.01;
/** Twice as many as ever went in one run is still the ordinary. */
const MARGIN = 2;
/** Of a small source, the floor never takes more than one record in three. */
const FLOOR_SHARE = 1 / 3;

/** So many runs are remembered. */
export const MOST_REMEMBERED = 20;

/** `past`: how many went in each of the latest complete runs, without a steward's help. */
export function deletionLimit(
  live: number,
  past: readonly number[],
  { floor, ceiling }: SourceFile['deletions'],
): number {
  const learned = Math.max(Math.ceil(live * UNKNOWN_SHARE), MARGIN * Math.max(0, ...past));
  const lowest = Math.min(floor, Math.floor(live * FLOOR_SHARE));
  return Math.max(lowest, Math.min(learned, Math.floor(live * ceiling)));
}
