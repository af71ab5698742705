/** Dates of a series that are said apart (RECURRENCE-ID, RFC 5545, section 3.8.4.4): moved, cancelled, or with all that follow. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Component } from './component.ts';
import { hasLength, lengthOf, type Notes, noteUnread, type Occurrence } from './occurrence.ts';
import { dayOf, instantOf, type Stamp } from './times.ts';
import { wallOf } from './zones.ts';

/** By the instant at which the series itself has them, wherever they were moved. */
export type Dates = Map<number, Occurrence>;

/** Beyond so many, dates that move all later ones are told and left. */
const MOST_ONWARDS = 500;

/** `replaced` is the date of the series that the event stands for. */
interface Override {
  readonly event: Component;
  readonly replaced: Stamp;
}

/** Takes the dates that overrides stand for out of `dates`, moves those that follow one with THISANDFUTURE, and gives all that there are now. */
export function overridden(
  dates: Dates,
  overrides: readonly Component[],
  series: Occurrence,
  told: Notes,
): readonly Occurrence[] {
  if (overrides.length === 0) return [...dates.values()];
  const named: (Override & { readonly onwards: boolean })[] = [];
  for (const event of overrides) {
    const line = event.line('RECURRENCE-ID');
    const replaced = event.stamp('RECURRENCE-ID', series.start);
    if (line && replaced) named.push({ event, replaced, onwards: /THISANDFUTURE/i.test(line.params['RANGE'] ?? '') });
    else told.notes.push(finding('event-override-unread', { id: told.id, value: (line?.value ?? '').slice(0, 60) }));
  }
  const inOrder = named.toSorted((a, b) => instantOf(a.replaced) - instantOf(b.replaced));
  const onwards = inOrder.filter((one) => one.onwards);
  shift(dates, onwards.slice(0, MOST_ONWARDS), series, told);
  if (onwards.length > MOST_ONWARDS) {
    const value = `RANGE=THISANDFUTURE × ${onwards.length}`;
    told.notes.push(finding('event-recurrence-unread', { id: told.id, value }));
  }
  const single = inOrder.filter((one) => !one.onwards);
  // All go before any comes: one date may be moved to where another was.
  remove(dates, single, series);
  const moved = single.flatMap(({ event, replaced }) => {
    if (event.isHidden()) return [];
    const start = startOf(event, replaced, series, told);
    return [{ start, length: ownLength(event, start, series, told) }];
  });
  return [...dates.values(), ...moved];
}

/** Where a date now begins; where it does not say, or not readably, it stays. */
function startOf(event: Component, replaced: Stamp, series: Occurrence, told: Notes): Stamp {
  const start = event.stamp('DTSTART', series.start);
  if (start) return start;
  const written = event.line('DTSTART');
  if (written) noteUnread(told, 'DTSTART', written.value, '20241231T180000');
  return { wall: wallInSeries(replaced, series), zone: series.start.zone };
}

/** One that does not say how long it lasts lasts as long as the series. */
function ownLength(event: Component, start: Stamp, series: Occurrence, told: Notes): number {
  const isAlike = (start.zone === undefined) === (series.start.zone === undefined);
  return isAlike && !hasLength(event) ? series.length : lengthOf(event, start, told);
}

/** The local time of a date of the series, in the series' own zone; of one that names only the day, at the hour of the series. */
function wallInSeries(replaced: Stamp, { start }: Occurrence): number {
  if (!start.zone) return dayOf(replaced.wall);
  return replaced.zone
    ? wallOf(start.zone, instantOf(replaced))
    : dayOf(replaced.wall) + start.wall - dayOf(start.wall);
}

/** THISANDFUTURE: all later dates, up to the next such one, move by as much as this one does, and last as long (section 3.2.13). */
function shift(dates: Dates, onwards: readonly Override[], series: Occurrence, told: Notes): void {
  if (onwards.length === 0) return;
  const shifts = onwards.map(({ event, replaced }) => {
    const was = wallInSeries(replaced, series);
    const start = startOf(event, replaced, series, told);
    const length = ownLength(event, start, series, told);
    return { from: instantOf({ wall: was, zone: series.start.zone }), by: start.wall - was, start, length, event };
  });
  for (const [key, one] of dates) {
    const last = shifts.findLast(({ from }) => from <= key);
    if (last?.event.isHidden()) dates.delete(key);
    else if (last) {
      const wall = one.start.wall + last.by;
      const { zone } = last.start;
      dates.set(key, { start: { wall: zone ? wall : dayOf(wall), zone }, length: last.length });
    }
  }
}

/** The dates that overrides name, as the series has them or as they were moved; where one of the two is a day, whatever is on that day. */
function remove(dates: Dates, overrides: readonly Override[], series: Occurrence): void {
  const byInstant = new Map([...dates].map(([key, { start }]) => [instantOf(start), key]));
  const byDay = new Map<number, Set<number>>();
  for (const [key, { start }] of dates) {
    const was = series.start.zone ? wallOf(series.start.zone, key) : key;
    for (const day of [dayOf(was), dayOf(start.wall)]) {
      const keys = byDay.get(day) ?? new Set();
      byDay.set(day, keys.add(key));
    }
  }
  for (const { replaced } of overrides) {
    const instant = instantOf(replaced);
    if (dates.delete(instant)) continue;
    const key = byInstant.get(instant);
    if (key !== undefined && dates.delete(key)) continue;
    for (const one of byDay.get(dayOf(replaced.wall)) ?? []) {
      if (!replaced.zone || !dates.get(one)?.start.zone) dates.delete(one);
    }
  }
}
