/** The text of a cell becomes a value. Undefined where it cannot be read: the caller says so. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint, Interval } from '#graph-schema/property.ts';
import { fold } from '#graph-schema/text.ts';
import { coordinatesOf, projectionUnsure } from '../shared/coordinates.ts';
import { webAddress } from '../shared/text.ts';

const ZONE = 'Europe/Paris';
/** Characters of a number or of a pair of dates: what is longer is neither. */
const LONGEST = 200;

/** `oui/non`, `vrai/faux`, `true/false`, `1/0`, `x`, `✓`. */
export function readBoolean(text: string): boolean | undefined {
  const word = fold(text);
  if (['oui', 'vrai', 'true', 'yes', '1', '1.0', 'x', 'o', '✓', '✔', '☑', '✅'].includes(word)) return true;
  if (['non', 'faux', 'false', 'no', '0', '0.0', 'n', '✗', '✘', '☐', '❌'].includes(word)) return false;
  return undefined;
}

/** A whole number, also as `1 234`, `1.234` (a French thousand) or, from a spreadsheet, `1234.0`. Undefined for `1,000`: one, or a thousand. */
export function readInteger(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const bare = text.replace(/[\s'’]/g, '');
  const digits = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/.test(bare)
    ? bare.replaceAll('.', '')
    : bare.replace(/[.,]0{1,2}$/, '');
  if (!/^[+-]?\d{1,15}$/.test(digits)) return undefined;
  return Number(digits);
}

/** A day: `2024-12-31`, `31/12/2024`, `31.12.2024`, also with an hour of midnight behind. ISO 8601 comes out. */
export function readDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text.trim());
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1) : french ? french.slice(1).toReversed() : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}

/** A day, or a moment: `2024-06-07T09:00`, `07/06/2024 9h30`, with or without offset; without, the hour is that of Paris. */
export function readInstant(text: string): string | undefined {
  const day = readDay(text);
  if (day !== undefined) return day;
  const parts = /^(\S+?)(?:T|\s+(?:à\s+)?)(\d{1,2})[:hH](\d{2})?(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text.trim(),
  );
  const date = parts && readDay(parts[1] ?? '');
  if (!parts || date === undefined || date === null) return undefined;
  const [hour, minute, second] = [parts[2], parts[3], parts[4]].map((part) => (part ?? '00').padStart(2, '0'));
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local = `${date}T${hour}:${minute}:${second}`;
  const offset = parts[5]?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? offsetInParis(local);
  return `${local}${offset}`;
}

const PARIS = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeZoneName: 'longOffset' });

/** The offset that was in force in Paris at a local time. In the hour that autumn repeats, the first (summer) one. */
function offsetInParis(local: string): string {
  const offsetAt = (instant: Date): string => {
    const name = PARIS.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
    return /[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? '+00:00';
  };
  const guesses = ['+02:00', '+01:00'];
  return guesses.find((offset) => offsetAt(new Date(`${local}${offset}`)) === offset) ?? '+01:00';
}

/** `begin/end`, each as readInstant; one date alone begins and ends there. Undefined too where the end comes before the beginning. */
export function readInterval(text: string): Interval | undefined {
  if (text.length > LONGEST) return undefined;
  const [whole] = [readInstant(text)];
  if (whole !== undefined) return { begin: whole, end: whole };
  const slashes = [...text.matchAll(/\//g)].map((found) => found.index);
  for (const at of slashes) {
    const begin = readInstant(text.slice(0, at));
    const end = readInstant(text.slice(at + 1));
    if (begin !== undefined && end !== undefined)
      return moment(end, true) < moment(begin, false) ? undefined : { begin, end };
  }
  return undefined;
}

/** Milliseconds, for comparing: a day begins at its first moment in Paris and ends at its last. */
function moment(text: string, end: boolean): number {
  const isDay = text.length === 10;
  const local = end ? `${text}T23:59:59` : `${text}T00:00:00`;
  return Date.parse(isDay ? `${local}${offsetInParis(local)}` : text);
}

/** The earliest beginning and the latest end. */
export function spanOf(intervals: readonly Interval[]): Interval | undefined {
  const [first, ...others] = intervals;
  return others.reduce<Interval | undefined>(
    (span, next) =>
      span && {
        begin: moment(next.begin, false) < moment(span.begin, false) ? next.begin : span.begin,
        end: moment(next.end, true) > moment(span.end, true) ? next.end : span.end,
      },
    first,
  );
}

/**
 * A position as `coordinatesOf` reads it: degrees in decimals or minutes, swapped, or in a French projection. What was mended is told in `notes`.
 * Undefined where it makes no position that is sure: the caller says so.
 */
export function readPoint(
  latitude: string,
  longitude: string,
  precision: GeoPoint['precision'],
  notes: Finding[],
): GeoPoint | undefined {
  const read = coordinatesOf(latitude, longitude, precision);
  const note = read === undefined ? projectionUnsure(latitude, longitude) : read.note;
  if (note) notes.push(note);
  return read?.point;
}

/** The two numbers of `50.69,3.17`, `50,69 ; 3,17`, `50.69 3.17` or `50°41'24"N 3°10'12"E`. */
export function pairOf(text: string): readonly [string, string] | undefined {
  if (text.length > LONGEST) return undefined;
  if (text.includes('°')) return twoOf(text.split(/\s*;\s*|\s*,\s+|(?<=[NSEWO])[\s,]*/i));
  const separator = text.includes(';')
    ? ';'
    : /\d\s*,\s+|\.\d+\s*,/.test(text)
      ? ','
      : /\s/.test(text.trim())
        ? /\s+/
        : ',';
  return twoOf(text.trim().split(separator));
}

function twoOf(written: readonly string[]): readonly [string, string] | undefined {
  const parts = written.map((part) => part.trim()).filter((part) => part !== '');
  const [first, second] = parts;
  return parts.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
}

export const readUri = webAddress;
