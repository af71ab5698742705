/** The dates of feeds: RFC 3339 in Atom, RFC 822 in RSS, and what is found in the place of the latter. */
import { fold } from '#graph-schema/text.ts';
import { readDay } from '../table/values.ts';

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'janv', 'janvier', 'january'],
  ['feb', 'fev', 'fevr', 'fevrier', 'february'],
  ['mar', 'mars', 'march'],
  ['apr', 'avr', 'avril', 'april'],
  ['may', 'mai'],
  ['jun', 'juin', 'june'],
  ['jul', 'juil', 'juillet', 'july'],
  ['aug', 'aout', 'august'],
  ['sep', 'sept', 'septembre', 'september'],
  ['oct', 'octobre', 'october'],
  ['nov', 'novembre', 'november'],
  ['dec', 'decembre', 'december'],
];

/** The day of a date as it is written, whatever its zone, which feeds often get wrong. `2024-09-06`; undefined where it is none. */
export function feedDay(text: string): string | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}|$)/.exec(text.trim())?.[1];
  if (iso !== undefined) return readDay(iso);
  const [, day = '', word = '', year = ''] =
    /(\d{1,2})(?:er)?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4}|\d{2})\b/.exec(fold(text)) ?? [];
  const month = MONTHS.findIndex((names) => names.includes(word)) + 1;
  if (month === 0) return readDay(text);
  // RFC 822 has years of two digits; a feed of before 1990 there was not.
  const full = year.length === 4 ? year : Number(year) < 90 ? `20${year}` : `19${year}`;
  return readDay(`${full}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
}
