/** All dates of an event: its own, those of its rules, those written out, without the exceptions, and with single dates that were moved or cancelled. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import { RECORD_LIMITS } from '#graph-schema/record.ts';
import type { Component } from './component.ts';
import { expanded } from './rules.ts';
import { DAY, dayOf, instantOf, later, type Stamp, written } from './times.ts';
import { wallOf } from './zones.ts';

/** `from` and `until` are local times. */
export interface Horizon {
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly months: number;
}

/** A date of the event. `length` is in milliseconds; for days, of whole days. */
interface Occurrence {
  readonly start: Stamp;
  readonly length: number;
}

interface Found {
  readonly intervals: readonly Interval[];
  readonly notes: readonly Finding[];
}

const MOST = RECORD_LIMITS.intervals;
/** Beyond so many, dates that move all later ones are told and left. */
const MOST_ONWARDS = 500;
const MONTH = 30.44 * DAY;

/** The dates of a series: `overrides` are the components of the same UID that have a RECURRENCE-ID. What is left out is told. */
export function occurrencesOf(
  id: string,
  main: Component,
  start: Stamp,
  overrides: readonly Component[],
  horizon: Horizon,
): Found {
  const notes: Finding[] = [];
  const length = lengthOf(id, main, start, notes);
  const dates = new Map<number, Occurrence>([[instantOf(start), { start, length }]]);
  const cut = addRules(id, main, { start, length }, horizon, dates, notes);
  for (const { stamp, end } of main.periods('RDATE', start)) {
    dates.set(instantOf(stamp), { start: stamp, length: end === undefined ? length : Math.max(0, end) });
  }
  // Without its series, a date that was moved stands alone.
  if (main.line('RECURRENCE-ID') === undefined) without(dates, main.stamps('EXDATE', start));
  override(id, dates, overrides, { start, length }, notes);
  const all = [...dates].toSorted(([a], [b]) => a - b).map(([, one]) => one);
  const within = all.filter((one) => isWithin(one, horizon));
  // An event that lies outside is not one without dates: its last one says when it was.
  const sorted = (within.length > 0 ? within : all.slice(-1)).map(intervalOf);
  const kept = sorted.slice(0, MOST);
  const [first, last] = [kept[0], kept.at(-1)];
  if ((cut || sorted.length > MOST) && first && last) {
    const particulars = { id, count: kept.length, from: first.begin.slice(0, 10), until: last.begin.slice(0, 10) };
    notes.push(finding('event-recurrence-cut', particulars));
  }
  return { intervals: kept, notes };
}

function isWithin({ start, length }: Occurrence, { from, until }: Horizon): boolean {
  return (
    (from === undefined || start.wall + Math.max(length, 1) > from) && (until === undefined || start.wall <= until)
  );
}

/** How long the event lasts, by DTEND or DURATION; a day where neither stands and it begins with a day. An end before the begin is told, and mended only where that is sure. */
function lengthOf(id: string, event: Component, start: Stamp, notes: Finding[]): number {
  const whole = start.zone === undefined;
  const least = whole ? DAY : 0;
  const end = event.stamp('DTEND', start);
  if (!end) return Math.max(least, event.duration() ?? least);
  if (whole) {
    // A day's end is the day after the last; an hour on a day counts that day.
    const last = end.zone === undefined ? end.wall : dayOf(end.wall - 1) + DAY;
    if (last > start.wall) return last - start.wall;
    if (last === start.wall) notes.push(finding('event-same-day-end', { id }));
    else notes.push(finding('event-ends-before-start', { id, begin: written(start), end: written(end) }));
    return DAY;
  }
  // A day as the end of an hour: until that day begins, or through it where it is the same day.
  const until =
    end.zone === undefined ? { wall: end.wall > start.wall ? end.wall : end.wall + DAY, zone: start.zone } : end;
  const length = instantOf(until) - instantOf(start);
  if (length >= 0) return length;
  notes.push(finding('event-ends-before-start', { id, begin: written(start), end: written(end) }));
  return 0;
}

/** Adds the dates of all RRULE. True where there would have been more. */
function addRules(
  id: string,
  main: Component,
  { start, length }: Occurrence,
  horizon: Horizon,
  dates: Map<number, Occurrence>,
  notes: Finding[],
): boolean {
  let cut = false;
  const latest = Math.max(start.wall, horizon.from ?? 0, main.lastTouched() ?? 0);
  const bounds = {
    start: start.wall,
    horizon: horizon.until ?? latest + horizon.months * MONTH,
    from: horizon.from === undefined ? start.wall : horizon.from - length,
    most: MOST + 1,
  };
  for (const { value } of main.lines('RRULE').slice(0, 10)) {
    const found = expanded(value, untilOf(value, main, start), bounds);
    if (!found) notes.push(finding('event-recurrence-unread', { id, value: value.slice(0, 100) }));
    cut ||= found?.cut === true && horizon.until === undefined;
    for (const wall of found?.walls ?? []) {
      const stamp = { wall, zone: start.zone };
      dates.set(instantOf(stamp), { start: stamp, length });
    }
  }
  return cut;
}

/** The end of a rule as a local time of the event: UNTIL is in UTC where the event begins at an hour (section 3.3.10), and a day counts whole. */
function untilOf(rule: string, main: Component, start: Stamp): number | undefined {
  const text = /UNTIL=([^;]+)/i.exec(rule)?.[1];
  const until = text === undefined ? undefined : main.stampAs(text, {}, start);
  if (!until) return undefined;
  if (!until.zone || !start.zone) return start.zone ? dayOf(until.wall) + DAY - 1000 : dayOf(until.wall);
  return wallOf(start.zone, instantOf(until));
}

function without(dates: Map<number, Occurrence>, exceptions: readonly Stamp[]): void {
  const days = new Set(exceptions.filter(({ zone }) => !zone).map(({ wall }) => wall));
  // Exceptions of a series of days may name an hour.
  const hours = new Set(exceptions.filter(({ zone }) => zone).map(({ wall }) => dayOf(wall)));
  for (const stamp of exceptions) if (stamp.zone) dates.delete(instantOf(stamp));
  for (const [key, { start }] of dates) {
    if (days.has(dayOf(start.wall)) || (!start.zone && hours.has(start.wall))) dates.delete(key);
  }
}

function override(
  id: string,
  dates: Map<number, Occurrence>,
  overrides: readonly Component[],
  series: Occurrence,
  notes: Finding[],
): void {
  const named = overrides.flatMap((event) => {
    const line = event.line('RECURRENCE-ID');
    const replaced = event.stamp('RECURRENCE-ID', series.start);
    return line && replaced ? [{ event, replaced, onwards: /THISANDFUTURE/i.test(line.params['RANGE'] ?? '') }] : [];
  });
  const inOrder = named.toSorted((a, b) => instantOf(a.replaced) - instantOf(b.replaced));
  const onwards = inOrder.filter((one) => one.onwards);
  for (const { event, replaced } of onwards.slice(0, MOST_ONWARDS))
    shiftFrom(id, dates, event, replaced, series, notes);
  if (onwards.length > MOST_ONWARDS)
    notes.push(finding('event-recurrence-unread', { id, value: `RANGE=THISANDFUTURE × ${onwards.length}` }));
  const single = inOrder.filter((one) => !one.onwards);
  // All go before any comes: one date may be moved to where another was.
  const byDay = Map.groupBy(dates.keys(), (key) => dayOf(dates.get(key)?.start.wall ?? 0));
  for (const { replaced } of single) remove(dates, replaced, byDay);
  for (const { event } of single) {
    const start = event.stamp('DTSTART', series.start);
    if (event.isHidden() || !start) continue;
    const hasEnd = event.line('DTEND') !== undefined || event.duration() !== undefined;
    const length = hasEnd ? lengthOf(id, event, start, notes) : series.length;
    dates.set(instantOf(start), { start, length });
  }
}

/** The date that an override names; where one of the two is a day, whatever is on that day. */
function remove(dates: Map<number, Occurrence>, replaced: Stamp, byDay: ReadonlyMap<number, readonly number[]>): void {
  if (dates.delete(instantOf(replaced))) return;
  for (const key of byDay.get(dayOf(replaced.wall)) ?? []) {
    if (!replaced.zone || !dates.get(key)?.start.zone) dates.delete(key);
  }
}

/** THISANDFUTURE: all later dates move by as much as this one does, and last as long (section 3.2.13). */
function shiftFrom(
  id: string,
  dates: Map<number, Occurrence>,
  event: Component,
  replaced: Stamp,
  series: Occurrence,
  notes: Finding[],
): void {
  const from = instantOf(replaced);
  const start = event.stamp('DTSTART', series.start) ?? replaced;
  const length = lengthOf(id, event, start, notes);
  const moved: Occurrence[] = [];
  for (const [key, one] of dates) {
    if (key < from) continue;
    dates.delete(key);
    moved.push({ start: { wall: one.start.wall + (start.wall - replaced.wall), zone: start.zone }, length });
  }
  if (!event.isHidden()) for (const one of moved) dates.set(instantOf(one.start), one);
}

/** A day's end is its last day. */
function intervalOf({ start, length }: Occurrence): Interval {
  const end = later(start, start.zone ? length : length - DAY);
  return { begin: written(start), end: written(end) };
}
