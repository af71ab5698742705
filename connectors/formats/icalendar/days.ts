/** Which days a recurrence rule means (RFC 5545, section 3.3.10): of all days of a period, those that every part of the rule lets stand. */
import type { Rule } from './rule.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** The rule with what it leaves to the start of the event written out: the day, and where only weeks are named the weekday. */
export function withDefaultDays(rule: Rule, start: number): Rule {
  const first = new Date(start);
  const weekdays = rule.weekdays ?? [{ nth: 0, day: first.getUTCDay() }];
  if (rule.weekdays ?? rule.monthDays ?? rule.yearDays) return rule;
  if (rule.weeks !== undefined || rule.frequency === 'WEEKLY') return { ...rule, weekdays };
  if (rule.frequency === 'MONTHLY') return { ...rule, monthDays: [first.getUTCDate()] };
  if (rule.frequency !== 'YEARLY') return rule;
  return { ...rule, months: rule.months ?? [first.getUTCMonth() + 1], monthDays: [first.getUTCDate()] };
}

/** Whether all parts of a rule let a day stand. The table of the RFC says of each whether it expands or limits: over all days of a period, both are this. */
export function dayTest(rule: Rule): (day: number) => boolean {
  const { months, monthDays, yearDays, weeks } = rule;
  const isWeekday = weekdayTest(rule);
  return (day) => {
    const date = new Date(day);
    if (months && !months.includes(date.getUTCMonth() + 1)) return false;
    if (!isWeekday(date)) return false;
    if (monthDays && !isNumbered(monthDays, day, monthOf(date))) return false;
    if (yearDays && !isNumbered(yearDays, day, yearOf(date))) return false;
    return weeks === undefined || weekOf(day, rule.weekStart).some((week) => weeks.includes(week));
  };
}

/** The nth weekday is that of the month where the rule goes by months or names some, else that of the year. */
function weekdayTest({ weekdays, frequency, months }: Rule): (date: Date) => boolean {
  if (weekdays === undefined) return () => true;
  const inMonth = frequency === 'MONTHLY' || months !== undefined;
  return (date) =>
    weekdays.some(({ nth, day }) => {
      if (day !== date.getUTCDay()) return false;
      if (nth === 0) return true;
      const [first, last] = inMonth ? monthOf(date) : yearOf(date);
      const far = nth > 0 ? date.getTime() - first : last - date.getTime();
      return Math.floor(far / WEEK) + 1 === Math.abs(nth);
    });
}

/** The first and the last day. */
type Span = readonly [first: number, last: number];

/** Whether a day is among those that are counted from the first of a span, or from its last. */
function isNumbered(numbers: readonly number[], day: number, [first, last]: Span): boolean {
  return numbers.includes((day - first) / DAY + 1) || numbers.includes((day - last) / DAY - 1);
}

function monthOf(date: Date): Span {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 0)];
}

function yearOf(date: Date): Span {
  return [Date.UTC(date.getUTCFullYear(), 0, 1), Date.UTC(date.getUTCFullYear(), 11, 31)];
}

/** The first day of the week in which a day is. */
export function weekBegin(day: number, weekStart: number): number {
  return day - ((new Date(day).getUTCDay() - weekStart + 7) % 7) * DAY;
}

/** The number of a day's week in its year, counted from the first week and from the last. A week belongs to the year of its fourth day. */
function weekOf(day: number, weekStart: number): readonly [number, number] {
  const fourth = weekBegin(day, weekStart) + 3 * DAY;
  const [first, last] = yearOf(new Date(fourth));
  return [Math.floor((fourth - first) / WEEK) + 1, -Math.floor((last - fourth) / WEEK) - 1];
}
