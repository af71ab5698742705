/** When an event takes place. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import { RECORD_LIMITS } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { type JsonObject, listIn, objectIn, textIn } from '../shared/json-ld.ts';
import { readInstant } from '../table/values.ts';

/** The occurrences in order, each once. Short answers name only the first, the next and the last: those then. What cannot be read is told. */
export function occurrencesOf(event: JsonObject, id: string, notes: Finding[]): readonly Interval[] {
  const timings = listIn(event['timings']);
  const named = ['firstTiming', 'nextTiming', 'lastTiming'].flatMap((key) => listIn(event[key]));
  const read = (timings.length > 0 ? timings : named).flatMap((timing) => occurrenceOf(timing, id, notes));
  const each = new Map(read.map((one) => [`${Date.parse(one.begin)} ${Date.parse(one.end)}`, one]));
  const sorted = [...each.values()].sort((a, b) => Date.parse(a.begin) - Date.parse(b.begin));
  if (sorted.length > RECORD_LIMITS.intervals)
    notes.push(finding('openagenda-timings-many', { id, count: sorted.length, limit: RECORD_LIMITS.intervals }));
  return sorted.slice(0, RECORD_LIMITS.intervals);
}

function occurrenceOf(timing: Json, id: string, notes: Finding[]): readonly Interval[] {
  const { begin: writtenBegin, end: writtenEnd } = objectIn(timing) ?? {};
  const begin = readInstant(textIn(writtenBegin) ?? '');
  const end = readInstant(textIn(writtenEnd) ?? '') ?? begin;
  if (begin === undefined || end === undefined) {
    const value = (JSON.stringify(timing) ?? '').slice(0, 100);
    notes.push(finding('format-value-unread', { value, where: 'timings', expected: 'begin, end (ISO 8601)' }));
    return [];
  }
  if (Date.parse(end) >= Date.parse(begin)) return [{ begin, end }];
  notes.push(finding('event-ends-before-start', { id, begin, end }));
  return [{ begin, end: begin }];
}
