/** Dates in cells of a column that the map says is one: as a spreadsheet counts them, as computers write them, as people do. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import { readFrenchDates } from './french-dates.ts';
import { readDay, readInstant, readInterval } from './values.ts';

/** Serial numbers of 1954 to 2119: others are years, or no dates at all. */
const SERIALS = { first: 20_000, last: 80_000 } as const;

/** Characters of the dates of a cell: a longer text is a story. */
const LONGEST = 2_000;

/** Where a date stands: its column, for the notes, and the year of the sheet. */
export interface DatePlace {
  readonly where: string;
  readonly year?: number | undefined;
  /** Day numbers are those of an old workbook of Excel for Mac. */
  readonly from1904?: boolean;
}

/** Between 1899-12-30 and 1904-01-01. */
const DAYS_TO_1904 = 1_462;

/** `45292` is 2024-01-01, `45292.5` its noon: the day number of Excel and LibreOffice (since 1899-12-30, or 1904-01-01), in a date column without its format. */
export function serialDate(text: string, from1904 = false): string | undefined {
  if (text.length > 30 || !/^\d{5}([.,]\d+)?$/.test(text)) return undefined;
  const serial = Number(text.replace(',', '.')) + (from1904 ? DAYS_TO_1904 : 0);
  if (serial < SERIALS.first || serial > SERIALS.last) return undefined;
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString();
  return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : iso.slice(0, 16);
}

/** The dates of a cell. Undefined where it cannot be read as dates; where the reason is a missing year, or too many dates, a note says so and the list is empty. */
export function datesIn(text: string, place: DatePlace, notes: Finding[]): readonly Interval[] | undefined {
  if (text.length > LONGEST) return undefined;
  const one = readInterval(serialDate(text, place.from1904) ?? text);
  if (one) return [one];
  const ends = /^(.+?) au (.+)$/s.exec(text);
  const [begin, end] = [ends?.[1], ends?.[2]].map(
    (part) => part && readInstant(serialDate(part, place.from1904) ?? part),
  );
  const joined = begin && end ? readInterval(`${begin}/${end}`) : undefined;
  if (joined) return [joined];
  const read = readFrenchDates(text, place.year);
  const particulars = { value: text.slice(0, 100), where: place.where };
  if ('intervals' in read) {
    if (read.amiss !== undefined) notes.push(finding('table-weekday-amiss', { ...particulars, amiss: read.amiss }));
    return read.intervals;
  }
  if (read.unread === 'words') return undefined;
  notes.push(finding(read.unread === 'year' ? 'table-year-missing' : 'table-dates-too-many', particulars));
  return [];
}

/** A cell that is one day, or one moment; undefined, with `noted` where a note says why, for anything else. */
export function dateIn(
  type: 'day' | 'instant',
  text: string,
  place: DatePlace,
  notes: Finding[],
): { readonly value?: string; readonly noted?: true } {
  const plain = serialDate(text, place.from1904) ?? text;
  const value =
    type === 'day' ? readDay(plain.length > 10 && plain !== text ? plain.slice(0, 10) : plain) : readInstant(plain);
  if (value !== undefined) return { value };
  const dates = datesIn(text, place, notes);
  if (dates?.length === 0) return { noted: true };
  const [only] = dates ?? [];
  if (dates?.length !== 1 || only?.begin !== only?.end || only === undefined) return {};
  return type === 'day' && only.begin.length > 10 ? { value: only.begin.slice(0, 10) } : { value: only.begin };
}
