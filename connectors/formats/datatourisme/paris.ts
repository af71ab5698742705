/** Hours in Paris, by the rule that has been in force since 1996: hundreds of periods of an object are many for a calendar of all the world's zones. */
import type { Interval } from '#graph-schema/property.ts';
import { readInstant } from '../table/values.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const RULE_SINCE = '1996-01-01';

/** `2024-06-01T10:00:00+02:00` from a day and `10:00`. Undefined where they are none. In the hour that autumn repeats, the first (summer) one. */
export function instantInParis(day: string, time: string): string | undefined {
  if (!DAY.test(day) || !TIME.test(time)) return undefined;
  if (day < RULE_SINCE) return readInstant(`${day}T${time}`);
  const local = `${day}T${time}`;
  const year = Number(day.slice(0, 4));
  const isSummer = local >= `${lastSunday(year, 3)}T02:00` && local < `${lastSunday(year, 10)}T03:00`;
  return `${local}:00${isSummer ? '+02:00' : '+01:00'}`;
}

const sundays = new Map<string, string>();

function lastSunday(year: number, month: 3 | 10): string {
  const key = `${year}-${month}`;
  const known = sundays.get(key);
  if (known !== undefined) return known;
  const last = new Date(Date.UTC(year, month, 0));
  const sunday = new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
  sundays.set(key, sunday);
  return sunday;
}

/** The earliest beginning and the latest end of intervals that are all in Paris; a day alone lasts until its end. */
export function spanInParis(intervals: readonly Interval[]): Interval | undefined {
  const [first, ...others] = intervals;
  if (first === undefined) return undefined;
  let [begin, end] = [first.begin, first.end];
  for (const next of others) {
    if (beginsAt(next.begin) < beginsAt(begin)) begin = next.begin;
    if (endsAt(next.end) > endsAt(end)) end = next.end;
  }
  return { begin, end };
}

const beginsAt = (text: string): string => (text.length === 10 ? `${text}T00:00:00` : text.slice(0, 19));
const endsAt = (text: string): string => (text.length === 10 ? `${text}T24:00:00` : text.slice(0, 19));
