/** When things are: the periods of DATAtourisme, as intervals, and in words what intervals cannot say. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import { readDay, readInterval } from '../table/values.ts';
import { instantInParis } from './paris.ts';
import { at, bareName, inFrench, publicLine, type Thing, textOf, texts, thing, things } from './values.ts';

/** `days`: a period on certain weekdays becomes that many days at most; `intervals`: of one object (a record holds 5,000). */
const LIMITS = { days: 400, intervals: 4_000, shown: 100 } as const;

export interface Dates {
  readonly occurrences: readonly Interval[];
  /** Hours of periods of several days, weeks of the month, details: `du 01/06/2024 au 03/06/2024 : 10:00–18:00`. */
  readonly words: readonly string[];
}

/**
 * The periods, each once. On one day with its hours. Over several days by days, its hours in words, for nothing tells whether they are those of each
 * day; but where its weekdays are named, each of these days has its hours. What cannot be is told.
 */
export function datesOf(object: Thing, id: string, notes: Finding[]): Dates {
  const found = new Map<string, Interval>();
  const words = new Set<string>();
  let left = 0;
  for (const period of periodsIn(object)) {
    const read = readPeriod(period);
    if (read === undefined) {
      const said = ['startDate', 'startTime', 'endDate', 'endTime'].map((name) => textOf(at(period, name)) ?? '–');
      notes.push(
        finding('datatourisme-period-amiss', { id, value: publicLine(said.join(' ').slice(0, LIMITS.shown)) ?? '–' }),
      );
      continue;
    }
    for (const interval of read.occurrences) {
      if (found.size < LIMITS.intervals) found.set(`${interval.begin}/${interval.end}`, interval);
      else left += 1;
    }
    for (const line of read.words) words.add(line);
  }
  if (left > 0) notes.push(finding('datatourisme-cut', { id, what: 'takesPlaceAt', kept: found.size, left }));
  return { occurrences: [...found.values()], words: [...words] };
}

/** Events repeat their days beside the periods: where there is no period, these are it. */
function periodsIn(object: Thing): readonly Thing[] {
  const periods = things(at(object, 'takesPlaceAt'));
  if (periods.length > 0) return periods;
  const [starts, ends] = ['startDate', 'endDate'].map((name) => texts(at(object, name)));
  const most = Math.max(starts?.length ?? 0, ends?.length ?? 0);
  return Array.from({ length: most }, (_, rank) => {
    const [startDate, endDate] = [starts?.[rank], ends?.[rank]];
    return { ...(startDate === undefined ? {} : { startDate }), ...(endDate === undefined ? {} : { endDate }) };
  });
}

/** A period in words, for prices and for kinds that have no dates of their own. */
export function periodInWords(period: Thing): string {
  const { begin, end, from, to } = hoursIn(period);
  const days = weekdaysIn(at(period, 'appliesOnDay')).map(({ label }) => label);
  const weeks = texts(at(period, 'weekOfMonth')).map((week) => `semaine ${week} du mois`);
  const hours = hoursInWords(from, to);
  const within = begin === end && begin !== undefined ? `le ${inFrenchOrder(begin)}` : withinInWords(begin, end);
  const details = inFrench(at(period, 'openingDetails')).map(publicLine);
  const when = [within, days.join(', '), weeks.join(', ')].filter((part) => part !== '').join(' ');
  return [[when, hours].filter((part) => part !== '').join(' : '), ...details].filter((part) => part).join(', ');
}

function readPeriod(period: Thing): Dates | undefined {
  const { begin, end, from, to } = hoursIn(period);
  if (begin === undefined || end === undefined || begin > end) return undefined;
  const isWhole = from === undefined && to === undefined;
  const weekdays = weekdaysIn(at(period, 'appliesOnDay'));
  const isMonthly = at(period, 'weekOfMonth') !== undefined;
  const details = at(period, 'openingDetails') !== undefined;
  const inWords = () => [periodInWords(period)].filter((line) => line !== '');
  const span = { begin, end };
  if (begin === end) {
    const hours = hoursOn(begin, from, to);
    return { occurrences: [hours ?? span], words: details || (!hours && !isWhole) ? inWords() : [] };
  }
  const isDaily = new Set(weekdays.map(({ rank }) => rank)).size === 7;
  const days = isMonthly || weekdays.length === 0 || (isWhole && isDaily) ? [] : daysOn(begin, end, weekdays);
  const each = days.map((day) => (isWhole ? { begin: day, end: day } : hoursOn(day, from, to)));
  const isSaid = each.length > 0 && !each.includes(undefined);
  const isMore = details || (!isSaid && (!isWhole || isMonthly || (weekdays.length > 0 && !isDaily)));
  return { occurrences: isSaid ? (each as Interval[]) : [span], words: isMore ? inWords() : [] };
}

interface Hours {
  readonly begin: string | undefined;
  readonly end: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The days and hours of a period. A whole day is written as midnight to midnight, or to a minute before. */
function hoursIn(period: Thing): Hours {
  const [start, last] = [dateIn(at(period, 'startDate')), dateIn(at(period, 'endDate'))];
  const [from, to] = [timeIn(at(period, 'startTime')), timeIn(at(period, 'endTime'))];
  const isWholeDay = (from ?? '00:00') === '00:00' && ['00:00', '23:59'].includes(to ?? '00:00');
  const hours = isWholeDay ? { from: undefined, to: undefined } : { from, to };
  // A period that is given and cannot be read is no day of the other's.
  if (isGiven(period, 'startDate', start) || isGiven(period, 'endDate', last))
    return { begin: undefined, end: undefined, ...hours };
  return { begin: start ?? last, end: last ?? start, ...hours };
}

const isGiven = (period: Thing, name: string, read: string | undefined): boolean =>
  read === undefined && (textOf(at(period, name)) ?? '') !== '';

/** `2024-06-01`, also with an hour behind that is always midnight or repeated in startTime. */
function dateIn(value: Json | undefined): string | undefined {
  const written = (textOf(value) ?? '').slice(0, 10);
  if (written === '') return undefined;
  if (knownDays.has(written)) return knownDays.get(written);
  const day = readDay(written);
  if (knownDays.size < MOST_DAYS) knownDays.set(written, day);
  return day;
}

/** The same days come again and again. */
const knownDays = new Map<string, string | undefined>();
const MOST_DAYS = 20_000;

const timeIn = (value: Json | undefined): string | undefined =>
  /^(?:[\d-]+T)?(\d{2}:\d{2})/.exec(textOf(value)?.trim() ?? '')?.[1];

/** Undefined where the hours cannot be told: only the end, or until the small hours of a day that is left out. */
function hoursOn(day: string, from: string | undefined, to: string | undefined): Interval | undefined {
  if (from === undefined || (to !== undefined && to < from)) return undefined;
  const [begin, end] = [instantInParis(day, from), instantInParis(day, to ?? from)];
  return begin === undefined || end === undefined ? undefined : { begin, end };
}

const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const ENGLISH = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export interface Weekday {
  readonly label: string;
  /** From Sunday, 0; -1 where it is none that is known. */
  readonly rank: number;
}

/** Terms (`{@id: 'schema:Friday', rdfs:label}`), or their addresses alone. */
export function weekdaysIn(value: Json | undefined): readonly Weekday[] {
  const items = Array.isArray(value)
    ? (value as readonly Json[])
    : value === undefined || value === null
      ? []
      : [value];
  return items.flatMap((one) => {
    const term = thing(one);
    const address = bareName((term ? textOf(at(term, 'id')) : textOf(one)) ?? '');
    const said = term === undefined ? undefined : publicLine(inFrench(at(term, 'label'))[0])?.toLowerCase();
    const known = ENGLISH.indexOf(address);
    const rank = known >= 0 ? known : WEEKDAYS.indexOf(said ?? address.toLowerCase());
    const label = said ?? WEEKDAYS[rank] ?? address;
    return label === '' ? [] : [{ label, rank }];
  });
}

const DAY_MS = 86_400_000;

/** The days of a span that fall on these weekdays; none where one of them is not known, or there are too many days to count them out. */
function daysOn(begin: string, end: string, weekdays: readonly Weekday[]): readonly string[] {
  const [first, last] = [Date.parse(begin), Date.parse(end)];
  if ((last - first) / DAY_MS > LIMITS.days || weekdays.some(({ rank }) => rank < 0)) return [];
  const days: string[] = [];
  for (let day = first; day <= last; day += DAY_MS)
    if (weekdays.some(({ rank }) => rank === new Date(day).getUTCDay()))
      days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}

/** `10:00–18:00`, `à partir de 10:00`, `jusqu’à 18:00`. */
export function hoursInWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? '' : `jusqu’à ${to}`;
  return to === undefined ? `à partir de ${from}` : `${from}–${to}`;
}

/** `du 01/06/2024 au 31/08/2024`, `à partir du …`, `jusqu’au …`. Days in, as ISO 8601. */
export function withinInWords(begin: string | undefined, end: string | undefined): string {
  if (begin === undefined) return end === undefined ? '' : `jusqu’au ${inFrenchOrder(end)}`;
  return end === undefined
    ? `à partir du ${inFrenchOrder(begin)}`
    : `du ${inFrenchOrder(begin)} au ${inFrenchOrder(end)}`;
}

/** An interval in words: `le 01/06/2024 : 10:00–18:00`. */
export function intervalInWords({ begin, end }: Interval): string {
  const [first, last] = [begin.slice(0, 10), end.slice(0, 10)];
  const hours =
    begin.length > 10 ? hoursInWords(begin.slice(11, 16), begin === end ? undefined : end.slice(11, 16)) : '';
  const when = first === last ? `le ${inFrenchOrder(first)}` : withinInWords(first, last);
  return [when, hours].filter((part) => part !== '').join(' : ');
}

const inFrenchOrder = (day: string): string => day.slice(0, 10).split('-').toReversed().join('/');

/** `2024-04-01<->2024-10-31|…` of the catalogue, also with one day alone. */
export function periodsOf(text: string | undefined, id: string, notes: Finding[]): readonly Interval[] {
  const parts = (text ?? '').split('|').filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const days = part.split('<->').map((day) => day.trim());
    const read = readInterval(days.filter((day) => day !== '').join('/'));
    if (read) return [read];
    notes.push(finding('datatourisme-period-amiss', { id, value: part.slice(0, LIMITS.shown) }));
    return [];
  });
}
