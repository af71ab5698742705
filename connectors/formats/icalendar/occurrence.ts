/** One date of an event, and how long it lasts. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import type { Component } from './component.ts';
import { DAY, dayOf, instantOf, later, type Stamp, written } from './times.ts';

/** `length` is in milliseconds; for days, of whole days. */
export interface Occurrence {
  readonly start: Stamp;
  readonly length: number;
}

/** Where what is found wrong with an event is noted. */
export interface Notes {
  readonly id: string;
  readonly notes: Finding[];
}

const LONGEST_QUOTE = 60;

/** Notes that a value cannot be read. `expected` is an example of what can be. */
export function noteUnread({ notes }: Pick<Notes, 'notes'>, where: string, value: string, expected: string): void {
  notes.push(finding('format-value-unread', { value: value.slice(0, LONGEST_QUOTE), where, expected }));
}

/** Whether an event says how long it lasts. */
export function hasLength(event: Component): boolean {
  return event.line('DTEND') !== undefined || event.line('DURATION') !== undefined;
}

/** How long an event lasts, by DTEND or DURATION; a day where neither can be read and it begins with a day. An end before the begin is told, and mended only where that is sure. */
export function lengthOf(event: Component, start: Stamp, told: Notes): number {
  const whole = start.zone === undefined;
  const end = event.stamp('DTEND', start);
  if (!end) return saidLength(event, told) ?? (whole ? DAY : 0);
  const particulars = { id: told.id, begin: written(start), end: written(end) };
  if (whole) {
    // A day's end is the day after the last; an hour on a day counts that day.
    const last = end.zone === undefined ? end.wall : dayOf(end.wall - 1) + DAY;
    if (last > start.wall) return last - start.wall;
    if (last === start.wall) told.notes.push(finding('event-same-day-end', { id: told.id }));
    else told.notes.push(finding('event-ends-before-start', particulars));
    return DAY;
  }
  // A day as the end of an hour: until that day begins, or through it where it is the same day.
  const until =
    end.zone === undefined ? { wall: end.wall > start.wall ? end.wall : end.wall + DAY, zone: start.zone } : end;
  const length = instantOf(until) - instantOf(start);
  if (length >= 0) return length;
  told.notes.push(finding('event-ends-before-start', particulars));
  return 0;
}

/** By DURATION, in milliseconds; of days, whole ones. DTEND was not there, or could not be read. */
function saidLength(event: Component, told: Notes): number | undefined {
  const [end, duration] = [event.line('DTEND'), event.line('DURATION')];
  const length = event.duration();
  if (end) noteUnread(told, 'DTEND', end.value, '20241231T180000');
  if (duration && length === undefined) noteUnread(told, 'DURATION', duration.value, 'PT1H30M');
  return length;
}

/** A day's end is its last day. */
export function intervalOf({ start, length }: Occurrence): Interval {
  const end = later(start, start.zone ? length : Math.max(0, length - DAY));
  return { begin: written(start), end: written(end) };
}
