/** A list that keeps failing is read by windows: parts of its range of datestamps. Pure functions. */
import { datestampOf, msOf, UNIT_MS } from './dates.ts';
import type { Granularity, ListState, Window } from './options.ts';

/** A checkpoint remembers no more; beyond, neighbours are read as one. */
const MAX_WINDOWS = 200;
/** The first windows of a list: about so many records each, where their number is known. */
const RECORDS_PER_WINDOW = 2000;
const MAX_FIRST_WINDOWS = 64;
/** Datestamps before are rare, and mistakes. */
const EPOCH = '1970-01-01';

/**
 * The windows that together cover a list: what lies before `earliest` and after `began` (both are often wrong) is covered by windows
 * without a beginning or an end, unless the list itself begins or ends there.
 */
export function firstWindows(state: ListState, earliest: string, began: string): readonly Window[] {
  const { granularity, expected, seen } = state;
  const whole = state.whole ?? { from: state.from, until: state.until };
  const endMs = firstOf(msOf(whole.until), msOf(began));
  const saidMs = firstOf(msOf(whole.from), msOf(earliest));
  const startMs = saidMs < endMs ? saidMs : Math.min(firstOf(msOf(whole.from), msOf(EPOCH)), endMs);
  const count = Math.min(MAX_FIRST_WINDOWS, Math.max(2, Math.ceil(Math.max(expected ?? 0, seen) / RECORDS_PER_WINDOW)));
  const bounds = Array.from({ length: count + 1 }, (_, n) => startMs + ((endMs - startMs) * n) / count);
  const edges = [...new Set(bounds.map((ms) => datestampOf(ms, granularity)))];
  const windows: Window[] = edges.slice(1).map((until, n) => ({ from: edges[n], until }));
  const first = edges[0] as string;
  const last = edges.at(-1) as string;
  if (windows.length === 0) windows.push({ from: first, until: last });
  if (whole.from === undefined) windows.unshift({ until: first });
  if (whole.until === undefined) windows.push({ from: last });
  return windows;
}

/** Two windows for one; undefined where it is too small, or has no beginning or end. They share their edge: what bears a fraction of it must not fall between. */
export function halves({ from, until }: Window, granularity: Granularity): readonly [Window, Window] | undefined {
  if (until === undefined) return undefined;
  if (from === undefined) {
    return msOf(until) > msOf(EPOCH)
      ? [{ until: onGrid(EPOCH, granularity) }, { from: onGrid(EPOCH, granularity), until }]
      : undefined;
  }
  const unit = UNIT_MS[granularity];
  const [fromMs, untilMs] = [msOf(from), msOf(until)];
  const units = Math.round((untilMs - fromMs) / unit);
  if (!(units >= 2)) return undefined;
  const middle = datestampOf(fromMs + Math.floor(units / 2) * unit, granularity);
  return [
    { from, until: middle },
    { from: middle, until },
  ];
}

/** The same windows, of which neighbours were made one until they are few enough to be remembered. */
export function merged(windows: readonly Window[]): readonly Window[] {
  if (windows.length <= MAX_WINDOWS) return windows;
  const sorted = windows.toSorted((a, b) => startOf(a) - startOf(b));
  const pairs: Window[] = [];
  for (let at = 0; at < sorted.length; at += 2) {
    const [one, other] = [sorted[at] as Window, sorted[at + 1]];
    pairs.push(other === undefined ? one : { from: one.from, until: later(one, other).until });
  }
  return merged(pairs);
}

/** Whether a record of this datestamp may be in the window; a day's grace, as some repositories compare in local time. */
export function mayHold({ from, until }: Window, datestamp: string): boolean {
  const ms = msOf(datestamp);
  const grace = 2 * UNIT_MS['YYYY-MM-DD'];
  if (Number.isNaN(ms)) return true;
  return !(ms < msOf(from) - grace || ms > msOf(until) + grace);
}

/** The window as it is to be asked: a repository may turn out to know days only. */
export function inUnits({ from, until }: Window, granularity: Granularity): Window {
  return { from: from && onGrid(from, granularity), until: until && onGrid(until, granularity) };
}

/** The first one that is a date. */
function firstOf(...dates: readonly number[]): number {
  return dates.find((ms) => !Number.isNaN(ms)) ?? 0;
}

function onGrid(date: string, granularity: Granularity): string {
  return datestampOf(msOf(date), granularity);
}

function startOf({ from }: Window): number {
  return from === undefined ? Number.NEGATIVE_INFINITY : msOf(from);
}

function later(one: Window, other: Window): Window {
  const ends = ({ until }: Window) => (until === undefined ? Number.POSITIVE_INFINITY : msOf(until));
  return ends(one) > ends(other) ? one : other;
}
