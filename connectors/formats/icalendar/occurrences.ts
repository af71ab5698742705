/** All dates of an event: its own, those of its rules, those written out, without the exceptions, and with single dates that were moved or cancelled. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import { RECORD_LIMITS } from '#graph-schema/record.ts';
import type { Component, DateList } from './component.ts';
import { intervalOf, lengthOf, type Notes, type Occurrence } from './occurrence.ts';
import { type Dates, overridden } from './overrides.ts';
import { type Expanded, expanded } from './rules.ts';
import { DAY, dayOf, instantOf, type Stamp } from './times.ts';
import { wallOf } from './zones.ts';

/** `from` and `until` are local times. */
export interface Horizon {
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly months: number;
}

interface Found {
  readonly intervals: readonly Interval[];
  readonly notes: readonly Finding[];
}

const MOST = RECORD_LIMITS.intervals;
const MOST_RULES = 10;
/** Of one rule of exceptions. */
const MOST_EXCEPTIONS = 20_000;
const MONTH = 30.44 * DAY;

/** The dates of a series: `overrides` are the components of the same UID that have a RECURRENCE-ID. What is left out is told. */
export function occurrencesOf(
  id: string,
  main: Component,
  start: Stamp,
  overrides: readonly Component[],
  horizon: Horizon,
): Found {
  const told: Notes = { id, notes: [] };
  const series = { start, length: lengthOf(main, start, told) };
  const dates: Dates = new Map([[instantOf(start), series]]);
  const cut = addRules(main, series, horizon, dates, told);
  const written = main.dates('RDATE', start);
  for (const { stamp, length = series.length } of written.dates) dates.set(instantOf(stamp), { start: stamp, length });
  noteList(written, 'RDATE', told);
  // Without its series, a date that was moved stands alone.
  if (main.line('RECURRENCE-ID') === undefined) without(main, start, dates, told);
  const byInstant = new Map(overridden(dates, overrides, series, told).map((one) => [instantOf(one.start), one]));
  const all = [...byInstant].toSorted(([a], [b]) => a - b).map(([, one]) => one);
  const within = all.filter((one) => isWithin(one, horizon));
  // An event that lies outside is not one without dates: its last one says when it was.
  const sorted = (within.length > 0 ? within : all.slice(-1)).map(intervalOf);
  const kept = sorted.slice(0, MOST);
  const [first, last] = [kept[0], kept.at(-1)];
  if ((cut || sorted.length > MOST) && first && last) {
    const particulars = { id, count: kept.length, from: first.begin.slice(0, 10), until: last.begin.slice(0, 10) };
    told.notes.push(finding('event-recurrence-cut', particulars));
  }
  return { intervals: kept, notes: told.notes };
}

function isWithin({ start, length }: Occurrence, { from, until }: Horizon): boolean {
  return (
    (from === undefined || start.wall + Math.max(length, 1) > from) && (until === undefined || start.wall <= until)
  );
}

/** Adds the dates of all RRULE. True where there would have been more. */
function addRules(main: Component, series: Occurrence, horizon: Horizon, dates: Dates, told: Notes): boolean {
  const { start, length } = series;
  const latest = Math.max(start.wall, horizon.from ?? 0, main.lastTouched() ?? 0);
  const bounds = {
    horizon: horizon.until ?? latest + horizon.months * MONTH,
    from: horizon.from === undefined ? start.wall : horizon.from - length,
    to: horizon.until,
    most: MOST + 1,
  };
  const rules = main.lines('RRULE').map(({ value }) => value);
  let cut = false;
  for (const rule of rules.slice(0, MOST_RULES)) {
    const found = datesOf(rule, main, start, bounds);
    if (!found) told.notes.push(finding('event-recurrence-unread', { id: told.id, value: rule.slice(0, 100) }));
    cut ||= found?.cut !== undefined;
    for (const wall of found?.walls ?? []) {
      const stamp = { wall, zone: start.zone };
      dates.set(instantOf(stamp), { start: stamp, length });
    }
  }
  if (rules.length > MOST_RULES)
    told.notes.push(finding('event-recurrence-unread', { id: told.id, value: `RRULE × ${rules.length - MOST_RULES}` }));
  return cut;
}

type Bounds = Omit<Parameters<typeof expanded>[2], 'start' | 'wholeDays'>;

/** The dates of a rule of the event; undefined where the rule, or its end, is not understood. */
function datesOf(rule: string, main: Component, start: Stamp, bounds: Bounds): Expanded | undefined {
  const until = untilOf(rule, main, start);
  if (until === 'unread') return undefined;
  return expanded(rule, until, { ...bounds, start: start.wall, wholeDays: start.zone === undefined });
}

/** The end of a rule as a local time of the event: UNTIL is in UTC where the event begins at an hour (section 3.3.10), and a day counts whole. */
function untilOf(rule: string, main: Component, start: Stamp): number | 'unread' | undefined {
  const text = /(?:^|;)\s*UNTIL\s*=([^;]*)/i.exec(rule)?.[1];
  if (text === undefined) return undefined;
  const until = main.stampAs(text, {}, start);
  if (!until) return 'unread';
  if (!until.zone || !start.zone) return start.zone ? dayOf(until.wall) + DAY - 1000 : dayOf(until.wall);
  return wallOf(start.zone, instantOf(until));
}

/** Takes out the exceptions: days or hours written out, and those of a rule (EXRULE, RFC 2445). */
function without(main: Component, start: Stamp, dates: Dates, told: Notes): void {
  const list = main.dates('EXDATE', start);
  noteList(list, 'EXDATE', told);
  const exceptions = list.dates.map(({ stamp }) => stamp);
  const days = new Set(exceptions.filter(({ zone }) => !zone).map(({ wall }) => wall));
  // Exceptions of a series of days may name an hour.
  const hours = new Set(exceptions.filter(({ zone }) => zone).map(({ wall }) => dayOf(wall)));
  for (const stamp of exceptions) if (stamp.zone) dates.delete(instantOf(stamp));
  for (const [key, one] of dates) {
    if (days.has(dayOf(one.start.wall)) || (!one.start.zone && hours.has(one.start.wall))) dates.delete(key);
  }
  const rules = main.lines('EXRULE').map(({ value }) => value);
  const last = [...dates.values()].reduce((latest, one) => Math.max(latest, one.start.wall), start.wall);
  const bounds = { from: start.wall, horizon: last, to: last, most: MOST_EXCEPTIONS };
  for (const [index, rule] of rules.entries()) {
    const found = index < MOST_RULES ? datesOf(rule, main, start, bounds) : undefined;
    if (!found || found.cut) noteException('EXRULE', rule, 1, told);
    for (const wall of found?.walls ?? []) dates.delete(instantOf({ wall, zone: start.zone }));
  }
}

/** Notes what of a list of dates is not in use. */
function noteList({ unread, beyond }: DateList, property: 'EXDATE' | 'RDATE', told: Notes): void {
  const count = unread.length + beyond;
  if (count === 0) return;
  const value = unread[0] ?? '…';
  if (property === 'EXDATE') noteException(property, value, count, told);
  else told.notes.push(finding('event-date-unread', { id: told.id, count, value: value.slice(0, 60) }));
}

function noteException(property: string, value: string, count: number, { id, notes }: Notes): void {
  notes.push(finding('event-exception-unread', { id, property, count, value: value.slice(0, 60) }));
}
