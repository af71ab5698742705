/**
 * The French Republican calendar, in use from 22 September 1792 to 31 December 1805. Its years began on the day of the autumn equinox at Paris;
 * the days on which the fourteen began are taken as they were, not computed.
 */

import type { Rule, Span } from './spans.ts';
import { arabic } from './wording.ts';
import { REPUBLICAN_MONTHS } from './words.ts';

/** The first day of the years I to XIV, and the day after the calendar's last. */
const BEGINS = [
  '1792-09-22',
  '1793-09-22',
  '1794-09-22',
  '1795-09-23',
  '1796-09-22',
  '1797-09-22',
  '1798-09-22',
  '1799-09-23',
  '1800-09-23',
  '1801-09-23',
  '1802-09-23',
  '1803-09-24',
  '1804-09-23',
  '1805-09-23',
  '1806-01-01',
].map((day) => Date.parse(day));
const DAY_MS = 86_400_000;
const DATE =
  /^(?:(\d{1,2})e? )?(?:jours? )?(?:([a-z]+) )?(?:de )?(?:l')?an ([ivx]{1,4}|\d{1,2})[er]?(?: de la republique(?: francaise)?| republicain)?$/;

/** "an VII", "l'an 7 de la République", "germinal an II", "18 brumaire an VIII", "1er jour complémentaire an VII": the real days. */
export const republican: Rule = (text) => {
  if (!/\ban [ivx\d]/.test(text)) return undefined;
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [, day, monthWord, yearText = ''] = found;
  const year = /^\d/.test(yearText) ? Number(yearText) : arabic(yearText);
  const [begins, ends] = year === undefined ? [] : [BEGINS[year - 1], BEGINS[year]];
  if (begins === undefined || ends === undefined) return undefined;
  if (monthWord === undefined) return day === undefined ? days(begins, ends - DAY_MS) : undefined;
  const month = REPUBLICAN_MONTHS.indexOf(monthWord);
  if (month < 0) return undefined;
  const first = begins + month * 30 * DAY_MS;
  const last = Math.min(first + (month === 12 ? 6 : 30) * DAY_MS, ends) - DAY_MS;
  if (first > last) return undefined;
  if (day === undefined) return days(first, last);
  const one = first + (Number(day) - 1) * DAY_MS;
  return one >= first && one <= last ? days(one, one) : undefined;
};

function days(first: number, last: number): Span {
  const [from, to] = [first, last].map((day) => new Date(day).toISOString().slice(0, 10)) as [string, string];
  return {
    from: Number(from.slice(0, 4)),
    to: Number(to.slice(0, 4)),
    edtf: from === to ? from : `${from}/${to}`,
    confidence: 1,
    rule: 'republican',
  };
}
