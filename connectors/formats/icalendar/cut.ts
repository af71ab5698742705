/**
 * Cuts a calendar file into events: all VEVENT of one UID (a series, and its dates that were moved or cancelled) are one record. The file is read twice:
 * once to find the time zones and the UID that come several times, which need not stand together, once for the events.
 */
import { createHash } from 'node:crypto';
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { type FileText, openText } from '../reading/text.ts';
import { type Block, blocksOf, LIMITS, type Mended } from './blocks.ts';
import { isProperty, isPublic, lineOf, nameOf, unfolded } from './lines.ts';
import { namedZone } from './zones.ts';

const MOST_UIDS = 200_000;
const MOST_ZONES = 500;
/** Of the events that wait for others of their UID. Characters. */
const MOST_HELD = 33_554_432;
const MEGABYTE = 1_048_576;
/** What is kept of an event that is not for everyone: enough to know which it is. */
const KEPT_OF_PRIVATE = new Set(['UID', 'CLASS', 'RECURRENCE-ID', 'DTSTART', 'LAST-MODIFIED']);

type EventBlock = Extract<Block, { kind: 'event' }>;

/** What the first reading found. */
interface Survey {
  readonly calendars: number;
  readonly missing: string | undefined;
  readonly zones: ReadonlyMap<string, readonly string[]>;
  /** How often each UID stands there, where it is more than once. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly nameless: number;
  readonly mended: Mended;
}

/** A file that breaks off keeps the events before the break, and is refused at its end. */
export async function* cutCalendar(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const text = await openText({ ...file, bytes: () => unfolded(file.bytes()) }, tell);
  if ('refused' in text) return yield refuse(text.refused);
  const survey = await surveyOf(file, text, tell);
  if (survey.calendars === 0) return yield refuse(finding('calendar-none', { file: file.name }));
  const { mended, nameless } = survey;
  if (mended.count > 0) tell(finding('calendar-lines-mended', { file: file.name, ...mended }));
  if (nameless > 0) tell(finding('calendar-uid-missing', { file: file.name, count: nameless }));
  yield* eventsOf(file, text, survey);
  if (survey.missing !== undefined) {
    yield refuse(finding('calendar-cut-off', { file: file.name, missing: survey.missing }));
  }
}

/** Reads once for what stands anywhere in the file. */
async function surveyOf(file: ReadableFile, text: FileText, tell: Tell): Promise<Survey> {
  const mended: Mended = { count: 0, example: '' };
  const zones = new Map<string, readonly string[]>();
  const met = new Set<string>();
  const repeated = new Map<string, number>();
  let [nameless, calendars, full] = [0, 0, false];
  let missing: string | undefined;
  for await (const block of blocksOf(text, mended)) {
    if (block.kind === 'end') ({ missing, calendars } = block);
    else if (block.kind === 'zone') {
      const tzid = valueIn(block.lines, 'TZID');
      // A name that is known needs no description.
      if (tzid !== undefined && zones.size < MOST_ZONES && !namedZone(tzid)) zones.set(tzid, block.lines.map(copied));
    } else if (block.kind === 'event') {
      const uid = valueIn(block.lines, 'UID');
      if (uid === undefined) nameless += 1;
      else if (met.has(uid)) repeated.set(copied(uid), (repeated.get(uid) ?? 1) + 1);
      else if (met.size < MOST_UIDS) met.add(copied(uid));
      else full = true;
    }
  }
  if (full) tell(finding('calendar-uids-unwatched', { file: file.name, limit: MOST_UIDS }));
  return { calendars, missing, zones, repeated, nameless, mended };
}

/** V8 keeps the whole piece of a file from which a longer text was taken. */
const copied = (text: string): string => Buffer.from(text).toString();

/** Events that wait for the others of their UID. */
interface Waiting {
  readonly events: EventBlock[];
  missing: number;
}

async function* eventsOf(file: ReadableFile, text: FileText, survey: Survey): AsyncGenerator<LocatedCut> {
  const header = new Map<string, string>();
  const waiting = new Map<string, Waiting>();
  let held = 0;
  const record = (events: readonly EventBlock[]) => cutEvents(file, events, [...header.values()], survey);
  for await (const block of blocksOf(text, { count: 0, example: '' })) {
    if (block.kind === 'property') {
      const name = nameOf(block.line);
      if (name === 'METHOD' || name === 'X-WR-TIMEZONE') header.set(name, block.line);
      // The next calendar of the file has properties of its own.
      else if (name === 'VERSION' || name === 'PRODID') header.clear();
    }
    if (block.kind !== 'event') continue;
    const uid = valueIn(block.lines, 'UID');
    const count = uid === undefined ? undefined : survey.repeated.get(uid);
    if (uid === undefined || count === undefined) {
      yield record([block]);
      continue;
    }
    const group = waiting.get(uid) ?? { events: [], missing: count };
    waiting.set(uid, group);
    group.events.push(block);
    group.missing -= 1;
    held += Math.min(block.size, LIMITS.eventCharacters);
    if (group.missing === 0) {
      waiting.delete(uid);
      held -= group.events.reduce((sum, one) => sum + Math.min(one.size, LIMITS.eventCharacters), 0);
      yield record(group.events);
    } else if (held > MOST_HELD) {
      // Bounded above all: what comes later under these UID is told as repeated.
      for (const { events } of waiting.values()) yield record(events);
      waiting.clear();
      held = 0;
    }
  }
  for (const { events } of waiting.values()) yield record(events);
}

function cutEvents(
  file: ReadableFile,
  events: readonly EventBlock[],
  header: readonly string[],
  { zones }: Survey,
): LocatedCut {
  const line = events[0]?.position ?? 0;
  const uid = valueIn(events[0]?.lines ?? [], 'UID');
  const size = events.reduce((sum, one) => sum + one.size, 0);
  if (size > 4 * LIMITS.eventCharacters || events.some((one) => one.size > LIMITS.eventCharacters)) {
    const found = finding('calendar-event-too-large', {
      file: file.name,
      line,
      limit: LIMITS.eventCharacters / MEGABYTE,
    });
    return { kind: 'rejected', line, finding: found, ...(uid === undefined ? {} : { id: uid }) };
  }
  const bodies = events.map(({ lines }) => withoutSecrets(lines));
  const used = new Set(bodies.flat().map(zoneNamed));
  const text = [
    'BEGIN:VCALENDAR',
    ...header,
    ...[...zones]
      .filter(([tzid]) => used.has(tzid))
      .flatMap(([, lines]) => ['BEGIN:VTIMEZONE', ...lines, 'END:VTIMEZONE']),
    ...bodies.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\n');
  const modified = valueIn(events[0]?.lines ?? [], 'LAST-MODIFIED');
  const id = uid ?? madeId(events[0]?.lines ?? []);
  const raw = new TextEncoder().encode(text);
  return { kind: 'record', line, id, row: rowOf(text), raw, ...(modified === undefined ? {} : { modified }) };
}

/** The row of a cut's text: the words by which a source may choose what is visible, and the calendar itself. */
export function rowOf(text: string): Json {
  const lines = text.split('\n');
  const start = lines.indexOf('BEGIN:VEVENT');
  const first = lines.slice(start, lines.indexOf('END:VEVENT', start));
  const said = ['UID', 'CLASS', 'STATUS', 'CATEGORIES'].flatMap((name) => {
    const value = valueIn(first, name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...(Object.fromEntries(said) as Record<string, string>), calendar: text };
}

function withoutSecrets(lines: readonly string[]): readonly string[] {
  const isSecret = lines.some((line) => nameOf(line) === 'CLASS' && !isPublic(lineOf(line)?.value ?? ''));
  return isSecret ? lines.filter((line) => KEPT_OF_PRIVATE.has(nameOf(line))) : lines;
}

function zoneNamed(line: string): string | undefined {
  return line.includes('TZID=') ? lineOf(line)?.params['TZID'] : undefined;
}

function madeId(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of ['DTSTART', 'SUMMARY', 'LOCATION']) hash.update(`${valueIn(lines, name) ?? ''}\n`);
  return `sans-uid-${hash.digest('hex').slice(0, 20)}`;
}

/** The value of the first line of a name; undefined where it is absent or empty. */
function valueIn(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => one.length > name.length && nameStarts(one, name) && isProperty(one));
  return (line === undefined ? undefined : lineOf(line)?.value) || undefined;
}

const nameStarts = (line: string, name: string): boolean => {
  const next = line[name.length];
  return (next === ':' || next === ';') && line.slice(0, name.length).toUpperCase() === name;
};
