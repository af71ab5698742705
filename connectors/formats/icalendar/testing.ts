/** For the tests of calendars: a calendar of a few lines, and what becomes of it. */
import type { Interval } from '#graph-schema/property.ts';
import { codes, fileOf, recordsOf } from '../reading/testing.ts';
import { icalendar } from './icalendar.ts';

export const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//essai//', ...lines, 'END:VCALENDAR', ''].join('\r\n');
export const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');

/** The options of the format, as a source file's are checked. */
export function optionsOf(given: unknown) {
  const parsed = icalendar.options?.safeParse(given);
  if (!parsed?.success) throw new Error(JSON.stringify(parsed));
  return parsed.data;
}

export async function read(content: string | Uint8Array, given?: unknown, pieceBytes = 7) {
  const file = fileOf(content, 'essai.ics', undefined, pieceBytes);
  const result = await recordsOf(icalendar as never, file, optionsOf(given));
  return { ...result, only: [...result.records.values()][0] };
}

/** The dates of an event of these lines. */
export async function datesOf(...lines: string[]) {
  const { only, notes } = await read(calendar(event('UID:1', 'SUMMARY:Essai', ...lines)));
  const dates = (only?.fields['occurrences'] ?? []) as readonly Interval[];
  return { begins: dates.map(({ begin }) => begin), dates, notes: codes(notes) };
}
