/**
 * Time zones of calendars: by the names of the IANA data base, by those of Windows and of Outlook, and as a VTIMEZONE describes them. A local time is
 * a number: the milliseconds that `Date.UTC` gives for what the clock on the wall shows.
 */
import { type Line, lineOf } from './lines.ts';

export interface Zone {
  readonly name: string;
  /** Milliseconds to take from a local time to have the instant. In the hour that autumn repeats, the first; in the one that spring leaves out, what was in force before. */
  offset(wall: number): number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Names and offsets that are remembered; beyond, they are forgotten and found out again. */
const MOST_REMEMBERED = 20_000;

export const UTC: Zone = { name: 'UTC', offset: () => 0 };

/** The local time of an instant. */
export function wallOf(zone: Zone, instant: number): number {
  const near = instant + zone.offset(instant);
  return instant + zone.offset(near);
}

/** Names that Windows gives (Unicode CLDR, windowsZones.xml): those of Europe, and the most used of elsewhere. */
const WINDOWS: Readonly<Record<string, string>> = {
  'romance standard time': 'Europe/Paris',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'gtb standard time': 'Europe/Bucharest',
  'fle standard time': 'Europe/Kiev',
  'e. europe standard time': 'Europe/Chisinau',
  'turkey standard time': 'Europe/Istanbul',
  'russian standard time': 'Europe/Moscow',
  'morocco standard time': 'Africa/Casablanca',
  'azores standard time': 'Atlantic/Azores',
  'mauritius standard time': 'Indian/Mauritius',
  'sa western standard time': 'America/La_Paz',
  'sa eastern standard time': 'America/Cayenne',
  'atlantic standard time': 'America/Halifax',
  'eastern standard time': 'America/New_York',
  'central standard time': 'America/Chicago',
  'mountain standard time': 'America/Denver',
  'pacific standard time': 'America/Los_Angeles',
  'israel standard time': 'Asia/Jerusalem',
  'arabian standard time': 'Asia/Dubai',
  'india standard time': 'Asia/Calcutta',
  'china standard time': 'Asia/Shanghai',
  'tokyo standard time': 'Asia/Tokyo',
};

/** The zone of a name; undefined where the name says nothing. `/prefix/Europe/Paris` and `(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris` are names too. */
export function namedZone(name: string): Zone | undefined {
  const folded = name.trim().toLowerCase();
  const city = /\bparis\b/.test(folded)
    ? 'Europe/Paris'
    : /\b(brussels|bruxelles)\b/.test(folded)
      ? 'Europe/Brussels'
      : '';
  const path = /[A-Z][A-Za-z_]+\/[A-Z][A-Za-z_+-]+(?:\/[A-Z][A-Za-z_]+)?$/.exec(name.trim())?.[0];
  const candidates = [WINDOWS[folded], name.trim(), path, city];
  for (const candidate of candidates) {
    const zone = candidate ? intlZone(candidate) : undefined;
    if (zone) return zone;
  }
  return undefined;
}

/** The zone of a name that says only how far from UTC it is, `(UTC-05:00) Eastern Time`: without summer time, so that its use is to be told. An hour east is no offset but France. */
export function offsetZone(name: string): Zone | undefined {
  const [, sign, hours, minutes] = /\b(?:UTC|GMT) ?([+-])(\d{1,2}):?(\d{2})?/i.exec(name) ?? [];
  const size = (Number(hours) * 60 + Number(minutes ?? 0)) * MINUTE;
  if (sign === undefined || size > DAY || (sign === '+' && size === 60 * MINUTE)) return undefined;
  const offset = sign === '-' ? -size : size;
  return { name: `UTC${sign}${hours?.padStart(2, '0')}:${minutes ?? '00'}`, offset: () => offset };
}

const KNOWN = new Map<string, Zone | undefined>();

function intlZone(name: string): Zone | undefined {
  if (KNOWN.has(name)) return KNOWN.get(name);
  if (KNOWN.size > 500) KNOWN.clear();
  const made = /^(utc|gmt|z|etc\/utc)$/i.test(name) ? UTC : makeIntlZone(name);
  KNOWN.set(name, made);
  return made;
}

function makeIntlZone(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const at = (instant: number): number => wallShown(format, instant) - instant;
  return { name, offset: remembering((wall) => settled(at, wall)) };
}

function wallShown(format: Intl.DateTimeFormat, instant: number): number {
  const shown = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `at` gives the offset at an instant. */
function settled(at: (instant: number) => number, wall: number): number {
  const whole = Math.floor(wall / 1000) * 1000;
  const before = at(whole - DAY);
  const after = at(whole + DAY);
  if (before === after || at(whole - before) === before) return before;
  return at(whole - after) === after ? after : before;
}

/** Most days have one offset: it is found out once. */
function remembering(find: (wall: number) => number): (wall: number) => number {
  const days = new Map<number, number | undefined>();
  return (wall) => {
    const day = Math.floor(wall / DAY);
    if (!days.has(day)) {
      if (days.size > MOST_REMEMBERED) days.clear();
      const first = find(day * DAY);
      days.set(day, first === find((day + 1) * DAY - 1000) ? first : undefined);
    }
    return days.get(day) ?? find(wall);
  };
}

/** When an offset comes into force: at that local time (of the offset before), once, or each year on the nth weekday of a month. */
interface Onset {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly yearly?: { readonly month: number; readonly nth: number; readonly weekday: number; readonly last: number };
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const MOST_ONSETS = 1_000;

/** The zone that the lines of a VTIMEZONE describe (section 3.6.5); undefined where they describe none. */
export function describedZone(name: string, lines: readonly string[]): Zone | undefined {
  const onsets: Onset[] = [];
  let part: Line[] | undefined;
  for (const line of lines.map(lineOf)) {
    if (line?.name === 'BEGIN' && /^(STANDARD|DAYLIGHT)$/i.test(line.value)) part = [];
    else if (line?.name === 'END' && part) {
      onsets.push(...onsetsOf(part));
      part = undefined;
    } else if (line) part?.push(line);
  }
  if (onsets.length === 0 || onsets.length > MOST_ONSETS) return undefined;
  const first = onsets.reduce((a, b) => (b.start < a.start ? b : a));
  return { name, offset: remembering((wall) => inForce(onsets, wall) ?? first.from) };
}

function onsetsOf(lines: readonly Line[]): readonly Onset[] {
  const said = (name: string) => lines.find((line) => line.name === name)?.value ?? '';
  const [from, to] = [offsetOf(said('TZOFFSETFROM')), offsetOf(said('TZOFFSETTO'))];
  const start = localTime(said('DTSTART'));
  if (from === undefined || to === undefined || start === undefined) return [];
  const rule = said('RRULE').toUpperCase();
  const [, nth, weekday] = /BYDAY=([+-]?\d)([A-Z]{2})(?:;|$)/.exec(rule) ?? [];
  const month = /BYMONTH=(\d{1,2})(?:;|$)/.exec(rule)?.[1];
  const until = localTime(/UNTIL=(\d{8}T\d{6})/.exec(rule)?.[1] ?? '');
  const dates = lines.filter((line) => line.name === 'RDATE').flatMap((line) => line.value.split(','));
  const single = [start, ...dates.map(localTime)].filter((one) => one !== undefined);
  if (!rule.includes('FREQ=YEARLY') || nth === undefined || month === undefined || !WEEKDAYS.includes(weekday ?? ''))
    return single.map((one) => ({ start: one, from, to }));
  const last = until === undefined ? Number.POSITIVE_INFINITY : until + from;
  return [
    {
      start,
      from,
      to,
      yearly: { month: Number(month), nth: Number(nth), weekday: WEEKDAYS.indexOf(weekday ?? ''), last },
    },
  ];
}

function inForce(onsets: readonly Onset[], wall: number): number | undefined {
  let latest = Number.NEGATIVE_INFINITY;
  let offset: number | undefined;
  for (const onset of onsets) {
    const begun = lastOnset(onset, wall);
    if (begun === undefined || begun < latest) continue;
    latest = begun;
    offset = onset.to;
  }
  return offset;
}

function lastOnset({ start, yearly }: Onset, wall: number): number | undefined {
  if (wall < start) return undefined;
  if (!yearly) return start;
  const year = new Date(Math.min(wall, yearly.last)).getUTCFullYear();
  const time = ((start % DAY) + DAY) % DAY;
  for (const candidate of [year, year - 1]) {
    const onset = nthWeekday(candidate, yearly) + time;
    if (onset <= wall && onset <= yearly.last) return Math.max(onset, start);
  }
  return start;
}

function nthWeekday(year: number, { month, nth, weekday }: NonNullable<Onset['yearly']>): number {
  const edge = nth > 0 ? Date.UTC(year, month - 1, 1) : Date.UTC(year, month, 0);
  const onEdge = new Date(edge).getUTCDay();
  const days = nth > 0 ? ((weekday - onEdge + 7) % 7) + (nth - 1) * 7 : -((onEdge - weekday + 7) % 7) + (nth + 1) * 7;
  return edge + days * DAY;
}

/** `+0130`, `-005921`. */
function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}

function localTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?/
    .exec(text.trim())
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
