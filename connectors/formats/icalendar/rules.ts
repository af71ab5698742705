/**
 * Recurrence rules (RFC 5545, section 3.3.10), expanded by ical.js on local times, and bounded: in number, in time and in steps. Among rules are some
 * without end, some that repeat every second, and some that never come true (30 February), over which an expansion would hang.
 */
import ICAL from 'ical.js';

export interface RuleBounds {
  /** The start of the event, and the last local time that is wanted where the rule has no end. */
  readonly start: number;
  readonly horizon: number;
  /** The first local time that is wanted. */
  readonly from: number;
  readonly most: number;
}

export interface Expanded {
  readonly walls: readonly number[];
  /** More would have come, without end or beyond the number. */
  readonly cut: boolean;
}

/** Of one rule, over all that is passed by too. */
const MOST_STEPS = 60_000;
/** No rule is followed further, whatever end it names. Milliseconds. */
const LONGEST = 200 * 366 * 86_400_000;
/** ical.js walks a day second by second where one of these is narrowed. */
const FINE = /FREQ=(SECONDLY|MINUTELY)/;
const NARROWED = /BY(HOUR|DAY|MONTHDAY|YEARDAY|WEEKNO|MONTH|SETPOS)=/;

class OutOfSteps extends Error {}
class BeyondEnd extends Error {}

/** The local times of a rule, in order. `until` is its end as a local time, where it names one. Undefined where it cannot be read. */
export function expanded(rule: string, until: number | undefined, bounds: RuleBounds): Expanded | undefined {
  const bare = rule
    .toUpperCase()
    .split(';')
    .filter((part) => /^[A-Z]+=./.test(part) && !/^(UNTIL|COUNT|RSCALE|SKIP|X-)/.test(part))
    .join(';');
  const count = Number(/COUNT=(\d{1,9})/i.exec(rule)?.[1] ?? Number.POSITIVE_INFINITY);
  if (FINE.test(bare) && NARROWED.test(bare)) return undefined;
  const byWeeks = /BYWEEKNO=/.test(bare) ? weekly(bare) : bare;
  if (byWeeks === undefined) return undefined;
  const endless = until === undefined && count === Number.POSITIVE_INFINITY;
  const last = Math.min(until ?? (endless ? bounds.horizon : Number.POSITIVE_INFINITY), bounds.start + LONGEST);
  try {
    const iterator = guarded(withDay(byWeeks, bounds.start), bounds.start, last);
    return walked(iterator, { last, endless, count, isMeant: meant(bare) }, bounds);
  } catch {
    // ical.js throws plain errors, all of them about the rule.
    return undefined;
  }
}

/** ical.js knows no BYWEEKNO beyond the first year: every week is gone through, and `meant` leaves those that are. Undefined where years are left out between. */
function weekly(rule: string): string | undefined {
  if (!rule.includes('FREQ=YEARLY') || /INTERVAL=(?!1(;|$))|BY(MONTHDAY|YEARDAY|SETPOS)=/.test(rule)) return undefined;
  return rule.replace('FREQ=YEARLY', 'FREQ=WEEKLY').replace(/;?BYWEEKNO=[^;]*/, '');
}

/** A date that a month lacks is left out (section 3.3.10); ical.js moves it into the next month unless the day is written out. */
function withDay(rule: string, start: number): string {
  const [month, day] = [new Date(start).getUTCMonth() + 1, new Date(start).getUTCDate()];
  if (day < 29 || /BY(DAY|MONTHDAY|YEARDAY|WEEKNO)=/.test(rule)) return rule;
  if (rule.includes('FREQ=MONTHLY')) return `${rule};BYMONTHDAY=${day}`;
  if (!rule.includes('FREQ=YEARLY')) return rule;
  return `${rule};BYMONTHDAY=${day}${rule.includes('BYMONTH=') ? '' : `;BYMONTH=${month}`}`;
}

type Iterator = ReturnType<InstanceType<typeof ICAL.Recur>['iterator']>;

function guarded(rule: string, start: number, last: number): Iterator {
  const recur = ICAL.Recur.fromString(rule);
  recur.until = timeOf(last);
  const iterator = recur.iterator(timeOf(start));
  const check = iterator.check_contracting_rules.bind(iterator);
  const lastYear = new Date(last).getUTCFullYear() + 1;
  let steps = 0;
  iterator.check_contracting_rules = () => {
    steps += 1;
    if (steps > MOST_STEPS) throw new OutOfSteps();
    if (iterator.last.year > lastYear) throw new BeyondEnd();
    return check();
  };
  return iterator;
}

/** `count`: so many dates are meant. */
interface Wanted {
  readonly last: number;
  readonly endless: boolean;
  readonly count: number;
  readonly isMeant: (wall: number) => boolean;
}

function walked(iterator: Iterator, { last, endless, count, isMeant }: Wanted, { from, most }: RuleBounds): Expanded {
  const walls: number[] = [];
  let met = 0;
  try {
    for (let time = iterator.next(); time && met < count; time = iterator.next()) {
      const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
      if (wall > last) return { walls, cut: endless };
      if (!isMeant(wall)) continue;
      met += 1;
      if (wall < from) continue;
      if (walls.length >= most) return { walls, cut: true };
      walls.push(wall);
    }
  } catch (fault) {
    if (fault instanceof OutOfSteps) return { walls, cut: true };
    if (!(fault instanceof BeyondEnd)) throw fault;
  }
  return { walls, cut: endless && walls.length > 0 };
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const DAY = 86_400_000;

/**
 * Whether a rule means a date. ical.js gives the start though no part of the rule means it, 1 July for 31 June: each date is held
 * against the rule, and only those that pass are counted.
 */
function meant(rule: string): (wall: number) => boolean {
  const partOf = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`).exec(rule)?.[1]?.split(',');
  const months = partOf('BYMONTH')?.map(Number);
  const days = partOf('BYMONTHDAY')?.map(Number);
  const weeks = partOf('BYWEEKNO')?.map(Number);
  const weekdays = partOf('BYDAY')?.map((day) => ({
    nth: Number.parseInt(day, 10) || 0,
    day: WEEKDAYS.indexOf(day.slice(-2)),
  }));
  const inMonth = /FREQ=MONTHLY/.test(rule) || months !== undefined;
  const isWeekday = (date: Date): boolean => {
    const [first, last] = inMonth ? monthOf(date) : yearOf(date);
    const fromStart = Math.floor((date.getTime() - first) / DAY / 7) + 1;
    const fromEnd = -Math.floor((last - date.getTime()) / DAY / 7) - 1;
    return weekdays?.some(({ nth, day }) => day === date.getUTCDay() && [0, fromStart, fromEnd].includes(nth)) ?? true;
  };
  return (wall) => {
    const date = new Date(wall - (wall % DAY));
    if (months && !months.includes(date.getUTCMonth() + 1)) return false;
    if (weeks && !weeks.some((week) => weekOf(date).includes(week))) return false;
    if (!isWeekday(date)) return false;
    if (!days) return true;
    const [, last] = monthOf(date);
    const day = date.getUTCDate();
    return days.includes(day) || days.includes(day - new Date(last).getUTCDate() - 1);
  };
}

/** The first and the last day. */
const monthOf = (date: Date): readonly [number, number] => [
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
];
const yearOf = (date: Date): readonly [number, number] => [
  Date.UTC(date.getUTCFullYear(), 0, 1),
  Date.UTC(date.getUTCFullYear(), 11, 31),
];

/** The week of a day in its year (ISO 8601), counted from the first and from the last. Weeks that begin on another day than Monday are not told apart. */
function weekOf(date: Date): readonly [number, number] {
  const thursday = (instant: number) => instant + (3 - ((new Date(instant).getUTCDay() + 6) % 7)) * DAY;
  const own = thursday(date.getTime());
  const [first] = yearOf(new Date(own));
  const week = Math.floor((own - first) / DAY / 7) + 1;
  const all = Math.floor((thursday(Date.UTC(new Date(own).getUTCFullYear(), 11, 28)) - first) / DAY / 7) + 1;
  return [week, week - all - 1];
}

/** A floating time of ical.js. */
function timeOf(wall: number): InstanceType<typeof ICAL.Time> {
  const date = new Date(wall);
  return new ICAL.Time(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}
