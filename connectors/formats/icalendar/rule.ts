/** A recurrence rule (RFC 5545, section 3.3.10) taken apart. What a part means is said by rules.ts. */

export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** `nth` counts from the begin, or from the end where it is negative; 0 means each. `day` as `Date.getUTCDay` counts. */
export interface Weekday {
  readonly nth: number;
  readonly day: number;
}

/** A part that the rule does not have is undefined. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** The day on which weeks begin. */
  readonly weekStart: number;
  readonly months: readonly number[] | undefined;
  readonly weeks: readonly number[] | undefined;
  readonly yearDays: readonly number[] | undefined;
  readonly monthDays: readonly number[] | undefined;
  readonly weekdays: readonly Weekday[] | undefined;
  readonly hours: readonly number[] | undefined;
  readonly minutes: readonly number[] | undefined;
  readonly seconds: readonly number[] | undefined;
  readonly positions: readonly number[] | undefined;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const LONGEST = 4_000;
const KNOWN = new Set(
  'FREQ INTERVAL COUNT UNTIL WKST BYMONTH BYWEEKNO BYYEARDAY BYMONTHDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS RSCALE SKIP'.split(
    ' ',
  ),
);

/** From and to; `signed` ones count from the end too. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly signed?: true;
}

const RANGES = {
  BYMONTH: { from: 1, to: 12 },
  BYWEEKNO: { from: 1, to: 53, signed: true },
  BYYEARDAY: { from: 1, to: 366, signed: true },
  BYMONTHDAY: { from: 1, to: 31, signed: true },
  BYHOUR: { from: 0, to: 23 },
  BYMINUTE: { from: 0, to: 59 },
  BYSECOND: { from: 0, to: 60 },
  BYSETPOS: { from: 1, to: 366, signed: true },
} as const satisfies Readonly<Record<string, Range>>;

class Unread extends Error {}

/**
 * A rule; undefined where any part of it is not understood: a rule that is half understood would give dates that nobody meant. UNTIL is the caller's,
 * who knows the zone it is in. An INTERVAL of 0 is read as 1, parts of software's own (`X-…`) say nothing about dates.
 */
export function ruleOf(text: string): Rule | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return ruleIn(partsOf(text));
  } catch (fault) {
    if (fault instanceof Unread) return undefined;
    throw fault;
  }
}

function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    if (part.trim() === '') continue;
    const [name = '', value] = part.split('=', 2).map((side) => side.trim());
    if (name.startsWith('X-')) continue;
    if (value === undefined || value === '' || !KNOWN.has(name) || parts.has(name)) throw new Unread();
    parts.set(name, value);
  }
  return parts;
}

function ruleIn(parts: ReadonlyMap<string, string>): Rule {
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  if (frequency === undefined) throw new Unread();
  // RFC 7529: another calendar, or dates that move where a month lacks them.
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN' || (parts.get('SKIP') ?? 'OMIT') !== 'OMIT')
    throw new Unread();
  const numbers = (name: keyof typeof RANGES) => numbersOf(parts.get(name), RANGES[name]);
  const weeks = numbers('BYWEEKNO');
  const weekdays = weekdaysOf(parts.get('BYDAY'));
  // "The second Tuesday" of what?
  const isOfMonthOrYear = frequency === 'MONTHLY' || (frequency === 'YEARLY' && weeks === undefined);
  if (!isOfMonthOrYear && weekdays?.some(({ nth }) => nth !== 0)) throw new Unread();
  return {
    frequency,
    interval: Math.max(1, numberOf(parts.get('INTERVAL') ?? '1')),
    count: countOf(parts.get('COUNT')),
    weekStart: weekdayOf(parts.get('WKST') ?? 'MO'),
    months: numbers('BYMONTH'),
    weeks,
    yearDays: numbers('BYYEARDAY'),
    monthDays: numbers('BYMONTHDAY'),
    weekdays,
    hours: numbers('BYHOUR'),
    minutes: numbers('BYMINUTE'),
    seconds: numbers('BYSECOND')?.map((second) => Math.min(second, 59)),
    positions: numbers('BYSETPOS'),
  };
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Unread();
  return Number(text);
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = numberOf(text);
  if (count === 0) throw new Unread();
  return count;
}

/** Commas that separate nothing are passed over. */
function listOf(text: string): readonly string[] {
  const list = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (list.length === 0) throw new Unread();
  return list;
}

function numbersOf(text: string | undefined, { from, to, signed }: Range): readonly number[] | undefined {
  if (text === undefined) return undefined;
  return listOf(text).map((one) => {
    const number = /^[+-]?\d{1,3}$/.test(one) ? Number(one) : Number.NaN;
    const size = signed ? Math.abs(number) : number;
    if (!(size >= from && size <= to)) throw new Unread();
    return number;
  });
}

function weekdaysOf(text: string | undefined): readonly Weekday[] | undefined {
  if (text === undefined) return undefined;
  return listOf(text).map((one) => {
    const [, nth, day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one) ?? [];
    if (nth !== undefined && (Number(nth) === 0 || Math.abs(Number(nth)) > 53)) throw new Unread();
    return { nth: Number(nth ?? 0), day: weekdayOf(day) };
  });
}

function weekdayOf(name: string): number {
  const day = WEEKDAYS.indexOf(name);
  if (day < 0) throw new Unread();
  return day;
}
