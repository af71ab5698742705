/**
 * Dates of events as people write them in sheets: `samedi 12 et dimanche 13 mai 2024`, `du 14 au 30 mai`, `tous les dimanches de juillet 2024, de 14h à 18h`.
 * A year that is nowhere is never guessed.
 */
import type { Interval } from '#graph-schema/property.ts';
import { type DatePart, type Hours, type Item, itemsOf, WEEKDAYS } from './french-words.ts';
import { readInstant } from './values.ts';

/** What a text says, or why it is not read: the year is missing, a word is not known, or it makes more dates than a year has days. `amiss`: a day that is not the weekday that stands beside it. */
export type ReadDates =
  | { readonly intervals: readonly Interval[]; readonly amiss?: string | undefined }
  | { readonly unread: 'year' | 'words' | 'many' };

const MOST = 366;
const LONGEST = 500;
const DAY_MS = 86_400_000;

/** The dates of a text, those of its parts between `;` and line ends one after another; a part of hours alone holds for the dates before it. `year` is that of the sheet, for dates that say none. */
export function readFrenchDates(text: string, year?: number): ReadDates {
  if (text.length > LONGEST) return { unread: 'words' };
  const groups: { items: readonly Item[]; hours: Hours[] }[] = [];
  for (const part of text.split(/[;\n]/).filter((one) => one.trim() !== '')) {
    const items = itemsOf(part);
    if (items === undefined) return { unread: 'words' };
    const hours = items.filter((item) => item.kind === 'hours');
    if (hours.length < items.length) groups.push({ items, hours });
    else if (groups.length === 0) return { unread: 'words' };
    else for (const group of groups) if (group.hours.length === 0) group.hours.push(...hours);
  }
  const intervals: Interval[] = [];
  let amiss: string | undefined;
  for (const { items, hours } of groups) {
    const made = datesOf(items, hours, year);
    if ('unread' in made) return made;
    amiss ??= made.amiss;
    intervals.push(...made.intervals);
    if (intervals.length > MOST) return { unread: 'many' };
  }
  return intervals.length === 0 ? { unread: 'words' } : { intervals, amiss };
}

interface Span {
  readonly begin: string;
  readonly end: string;
}

function datesOf(items: readonly Item[], hours: readonly Hours[], year: number | undefined): ReadDates {
  const filled = filledIn(
    items.filter((item) => item.kind === 'date'),
    year,
  );
  if (filled === undefined) return { unread: 'year' };
  const spans = spansOf(items, filled);
  if (spans === undefined) return { unread: 'words' };
  const amiss = filled.map(weekdayAmiss).find((one) => one !== undefined);
  const weekdays = new Set(items.flatMap((item) => (item.kind === 'every' ? [item.weekday] : [])));
  const bothEnds = throughout(items, spans, hours);
  if (bothEnds) return bothEnds;
  if (weekdays.size === 0 && hours.length === 0) return { intervals: spans, amiss };
  const days: string[] = [];
  for (const span of spans)
    for (let at = Date.parse(span.begin); at <= Date.parse(span.end); at += DAY_MS) {
      const day = new Date(at);
      if (weekdays.size === 0 || weekdays.has(day.getUTCDay())) days.push(day.toISOString().slice(0, 10));
      if (days.length > MOST) return { unread: 'many' };
    }
  if (days.length === 0) return { unread: 'words' };
  const intervals: Interval[] = [];
  for (const day of days)
    for (const one of hours.length === 0 ? [undefined] : hours) {
      const begin = one === undefined ? day : readInstant(`${day}T${one.begin}`);
      const end = one === undefined ? day : readInstant(`${day}T${one.end ?? one.begin}`);
      if (begin === undefined || end === undefined || end < begin) return { unread: 'words' };
      intervals.push({ begin, end });
    }
  return { intervals, amiss };
}

/** `du 14 mai à 9h au 16 mai à 18h` is one stretch of time, not hours of each day. */
function throughout(items: readonly Item[], spans: readonly Span[], hours: readonly Hours[]): ReadDates | undefined {
  const shape = items.map((item) => item.kind).join(' ');
  const [span, first, last] = [spans[0], hours[0], hours[1]];
  if (shape !== 'date hours to date hours' || !span || !first || !last || first.end || last.end) return undefined;
  const [begin, end] = [readInstant(`${span.begin}T${first.begin}`), readInstant(`${span.end}T${last.begin}`)];
  return begin === undefined || end === undefined ? { unread: 'words' } : { intervals: [{ begin, end }] };
}

interface Whole {
  readonly day: number | undefined;
  readonly month: number;
  readonly year: number;
  readonly weekday: number | undefined;
}

/** A month or year that a date does not say is that of the date after it, then of the one before. Undefined where there is none. */
function filledIn(dates: readonly DatePart[], sheetYear: number | undefined): readonly Whole[] | undefined {
  const parts = dates.map((date) => ({ ...date }));
  for (let at = parts.length - 2; at >= 0; at -= 1) {
    const [part, next] = [parts[at]!, parts[at + 1]!];
    part.month ??= next.month;
    if (part.year === undefined && next.year !== undefined)
      part.year = (part.month ?? 0) > (next.month ?? 0) ? next.year - 1 : next.year;
  }
  const first = parts[0];
  if (first && parts.every((part) => part.year === undefined)) first.year = sheetYear;
  for (const [at, part] of parts.entries()) {
    const before = parts[at - 1];
    if (part.year !== undefined || before?.year === undefined) continue;
    part.year = (part.month ?? 0) < (before.month ?? 0) ? before.year + 1 : before.year;
  }
  const whole = parts.flatMap(({ day, month, year, weekday }) =>
    month === undefined || year === undefined ? [] : [{ day, month, year, weekday }],
  );
  return whole.length === parts.length ? whole : undefined;
}

/** Each date, or the stretch between two that `au` joins. Undefined where a day does not exist or an end comes first. */
function spansOf(items: readonly Item[], dates: readonly Whole[]): readonly Span[] | undefined {
  const spans: Span[] = [];
  let rank = 0;
  let joining = false;
  for (const item of items) {
    if (item.kind === 'to') joining = true;
    if (item.kind !== 'date') continue;
    const date = dates[rank++]!;
    const [begin, end] = [isoDay(date, date.day ?? 1), isoDay(date, date.day ?? daysIn(date))];
    if (begin === undefined || end === undefined) return undefined;
    const open = joining ? spans.pop() : undefined;
    if (joining && (open === undefined || end < open.begin)) return undefined;
    spans.push({ begin: open?.begin ?? begin, end });
    joining = false;
  }
  return joining || spans.length === 0 ? undefined : spans;
}

const daysIn = ({ year, month }: Whole): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function isoDay(date: Whole, day: number): string | undefined {
  if (day < 1 || day > daysIn(date)) return undefined;
  return `${date.year}-${String(date.month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function weekdayAmiss(date: Whole): string | undefined {
  const day = date.day === undefined ? undefined : isoDay(date, date.day);
  if (day === undefined || date.weekday === undefined) return undefined;
  const real = new Date(`${day}T00:00:00Z`).getUTCDay();
  return real === date.weekday ? undefined : `${WEEKDAYS[date.weekday]} ${day}`;
}
