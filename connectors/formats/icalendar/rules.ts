/**
 * The dates of recurrence rules (RFC 5545, section 3.3.10), by a walk over the periods of the rule (years, months, weeks, days, and hours, minutes and
 * seconds within days), on local times. Bounded in dates, in time and in steps: among rules are some without end, some that repeat every second,
 * and some that never come true (30 February).
 */
import { dayTest, weekBegin, withDefaultDays } from './days.ts';
import { type Rule, ruleOf } from './rule.ts';

export interface RuleBounds {
  /** The start of the event, and the last local time that is wanted where the rule has no end. */
  readonly start: number;
  readonly horizon: number;
  /** The first local time that is wanted, and the last, whatever end the rule has. */
  readonly from: number;
  readonly to?: number | undefined;
  readonly most: number;
  /** The event is one of whole days: hours in its rule are passed over. */
  readonly wholeDays?: boolean;
}

export interface Expanded {
  /** In order. */
  readonly walls: readonly number[];
  /** More would have come: the rule has no end, or none that is near; or it goes beyond a bound. */
  readonly cut: 'endless' | 'bound' | undefined;
}

const DAY = 86_400_000;
/** Days, hours, minutes, seconds and dates that are looked at for one rule. */
const MOST_STEPS = 1_000_000;
/** No rule is followed further; an end beyond is none. Milliseconds. */
const LONGEST = 200 * 366 * DAY;

/** The local times of a rule. `until` is its end as a local time, where it names one. Undefined where the rule is not understood. */
export function expanded(text: string, until: number | undefined, bounds: RuleBounds): Expanded | undefined {
  const written = ruleOf(text);
  if (written === undefined || (bounds.wholeDays && unitOf(written) !== undefined)) return undefined;
  const rule = bounds.wholeDays ? { ...written, hours: undefined, minutes: undefined, seconds: undefined } : written;
  const furthest = bounds.start + LONGEST;
  const isFar = until === undefined || until > furthest;
  const endless = isFar && rule.count === undefined;
  const last = Math.min(isFar ? furthest : until, endless ? bounds.horizon : furthest);
  const wanted = Math.min(last, bounds.to ?? last);
  const walk = new Walk(withDefaultDays(rule, bounds.start), bounds, wanted);
  const isWhole = walk.run();
  if (!isWhole) return { walls: walk.found, cut: 'bound' };
  const isAll = wanted === bounds.to || walk.found.length === 0 || !isFar || walk.isCounted;
  return { walls: walk.found, cut: isAll ? undefined : endless ? 'endless' : 'bound' };
}

class Walk {
  readonly found: number[] = [];
  readonly #rule: Rule;
  readonly #bounds: RuleBounds;
  readonly #last: number;
  readonly #times: readonly number[];
  #met = 0;
  #steps = 0;

  constructor(rule: Rule, bounds: RuleBounds, last: number) {
    this.#rule = rule;
    this.#bounds = bounds;
    this.#last = last;
    this.#times = timesWithin(rule, bounds.start);
  }

  /** The rule gave as many dates as it counts. */
  get isCounted(): boolean {
    return this.#met >= (this.#rule.count ?? Number.POSITIVE_INFINITY);
  }

  /** True where all was found that is wanted; false where a bound was met before. */
  run(): boolean {
    const isMeant = dayTest(this.#rule);
    const unit = unitOf(this.#rule);
    for (const period of this.#periods()) {
      this.#steps += period.length + 1;
      const days = period.filter(isMeant);
      const sets = unit === undefined ? [days] : days.length === 0 ? [] : this.#unitsOf(period[0] as number, unit);
      for (const set of sets) {
        const end = this.#take(set);
        if (end !== undefined) return end === 'done';
      }
      if (this.#steps > MOST_STEPS) return false;
    }
    return true;
  }

  /** Takes the dates of one period: each of `bases` at each time within it, or those of them at the positions that the rule names. */
  #take(bases: readonly number[]): 'done' | 'bound' | undefined {
    const size = bases.length * this.#times.length;
    const { positions } = this.#rule;
    const chosen = positions && placesOf(positions, size);
    for (
      let index = chosen ? 0 : this.#passed(bases) * this.#times.length;
      index < (chosen?.length ?? size);
      index += 1
    ) {
      const place = chosen ? (chosen[index] as number) : index;
      const base = bases[Math.floor(place / this.#times.length)] as number;
      const wall = base + (this.#times[place % this.#times.length] as number);
      this.#steps += 1;
      if (wall > this.#last) return 'done';
      if (wall < this.#bounds.start) continue;
      if (this.#steps > MOST_STEPS) return 'bound';
      if (wall >= this.#bounds.from) {
        if (this.found.length >= this.#bounds.most) return 'bound';
        this.found.push(wall);
      }
      this.#met += 1;
      if (this.isCounted) return 'done';
    }
    return undefined;
  }

  /** How many bases lie a whole day before what is wanted, or counted. */
  #passed(bases: readonly number[]): number {
    const { start, from } = this.#bounds;
    const least = this.#rule.count === undefined ? Math.max(start, from) : start;
    const first = bases.findIndex((base) => base + DAY > least);
    return first < 0 ? bases.length : first;
  }

  /** The days of each period of the rule; a period shorter than a day is found within days. Where nothing is counted, those long before what is wanted are passed over. */
  *#periods(): Generator<readonly number[]> {
    const { frequency, interval, count, weekStart } = this.#rule;
    const { start, from } = this.#bounds;
    const wanted = count === undefined ? Math.max(start, from) : start;
    if (frequency === 'YEARLY' || frequency === 'MONTHLY') return yield* this.#months(frequency, wanted);
    const isWeekly = frequency === 'WEEKLY';
    const firstDay = start - mod(start, DAY);
    const begin = isWeekly ? weekBegin(firstDay, weekStart) : firstDay;
    const days = isWeekly ? 7 : 1;
    const step = days * DAY * (isWeekly || frequency === 'DAILY' ? interval : 1);
    const passed = Math.floor((wanted - begin) / step);
    for (let day = begin + passed * step; day <= this.#last; day += step) yield daysFrom(day, days);
  }

  /** Months, or years: of either only the days in months that the rule names. */
  *#months(frequency: 'YEARLY' | 'MONTHLY', wanted: number): Generator<readonly number[]> {
    const { interval, months } = this.#rule;
    const [first, near] = [new Date(this.#bounds.start), new Date(wanted)];
    const year = first.getUTCFullYear();
    const size = frequency === 'YEARLY' ? 12 : 1;
    const begin = frequency === 'YEARLY' ? 0 : first.getUTCMonth();
    const passed = (near.getUTCFullYear() - year) * 12 + (size === 1 ? near.getUTCMonth() - begin : 0);
    for (let turn = Math.floor(passed / size / interval); ; turn += 1) {
      const month = begin + turn * interval * size;
      if (!(Date.UTC(year, month, 1) <= this.#last)) return;
      const within = Array.from({ length: size }, (_, index) => month + index);
      const named = months ? within.filter((one) => months.includes((one % 12) + 1)) : within;
      yield named.flatMap((one) => daysFrom(Date.UTC(year, one, 1), new Date(Date.UTC(year, one + 1, 0)).getUTCDate()));
    }
  }

  /** The hours, minutes or seconds of a day that the rule means, each a period of its own. What is narrowed is leapt over. */
  *#unitsOf(day: number, unit: number): Generator<readonly number[]> {
    const { interval, hours, minutes, seconds, count } = this.#rule;
    const { start, from } = this.#bounds;
    const step = interval * unit;
    const begin = start - mod(start, unit);
    const least = Math.max(day, begin, count === undefined ? from - unit : 0);
    let at = begin + Math.ceil((least - begin) / step) * step;
    const leap = (length: number) => {
      at += Math.max(1, Math.ceil((at - mod(at, length) + length - at) / step)) * step;
    };
    while (at < day + DAY && at <= this.#last && this.#steps <= MOST_STEPS) {
      this.#steps += 1;
      const date = new Date(at);
      if (hours && !hours.includes(date.getUTCHours())) leap(3_600_000);
      else if (unit < 3_600_000 && minutes && !minutes.includes(date.getUTCMinutes())) leap(60_000);
      else if (unit < 60_000 && seconds && !seconds.includes(date.getUTCSeconds())) leap(1000);
      else {
        yield [at];
        at += step;
      }
    }
  }
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;

function daysFrom(day: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => day + index * DAY);
}

/** The length of a period that is shorter than a day. Milliseconds. */
function unitOf({ frequency }: Rule): number | undefined {
  return { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 }[frequency as string];
}

/** The times within a day, or within the hour, minute or second by which the rule goes: what it does not name is that of the start. Milliseconds. */
function timesWithin(rule: Rule, start: number): readonly number[] {
  const first = new Date(start);
  const unit = unitOf(rule) ?? DAY;
  const ordered = (values: readonly number[]) => [...new Set(values)].toSorted((a, b) => a - b);
  const hours = unit > 3_600_000 ? ordered(rule.hours ?? [first.getUTCHours()]) : [0];
  const minutes = unit > 60_000 ? ordered(rule.minutes ?? [first.getUTCMinutes()]) : [0];
  const seconds = unit > 1000 ? ordered(rule.seconds ?? [first.getUTCSeconds()]) : [0];
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1000)),
  );
}

/** Positions (1 the first, -1 the last) as indices of a set of that size, in order. */
function placesOf(positions: readonly number[], size: number): readonly number[] {
  const places = positions.map((position) => (position > 0 ? position - 1 : size + position));
  return [...new Set(places)].filter((place) => place >= 0 && place < size).toSorted((a, b) => a - b);
}
