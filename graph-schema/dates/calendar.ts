/** Days, months and seasons. */
import { daysIn, edtfYear, type Rule, type Span, UNSURE, years } from './spans.ts';
import { MONTHS } from './words.ts';

/** EDTF level 1 seasons. */
const SEASONS: ReadonlyMap<string, string> = new Map([
  ['printemps', '21'],
  ['ete', '22'],
  ['automne', '23'],
  ['hiver', '24'],
]);

/** "1985-06-12", "12/06/1985", "le 12 juin 1985", "June 12, 1985", "juin 1985", "1985 juin", "06/1985", "été 1936". */
export const day: Rule = (text) => {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? /^(\d{4})\/(\d{2})\/(\d{2})$/.exec(text);
  if (iso) return calendar(iso[1], iso[2], iso[3]);
  const slashed = /^(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})$/.exec(text);
  if (slashed) {
    const span = calendar(slashed[3], slashed[2], slashed[1]);
    // "12.1957" may as well be a number of an inventory.
    return span && slashed[1] === undefined && !text.includes('/') ? { ...span, confidence: UNSURE } : span;
  }
  const english = /^([a-z]+) (\d{1,2})e?,? (\d{4})$/.exec(text);
  if (english) return named(english[3], english[1], english[2]);
  const inverted = /^(\d{4})[ ,]{1,2}(?:(\d{1,2})e? )?([a-z]+)$/.exec(text);
  if (inverted) return named(inverted[1], inverted[3], inverted[2]);
  const words = /^(?:(\d{1,2})e? )?(?:mois de |(debut|milieu|fin|courant) )?([a-z]+),? (?:de )?(\d{4})$/.exec(text);
  if (!words) return undefined;
  const span = named(words[4], words[3], words[1]);
  // A part of a month has no agreed limits: the month holds it.
  return span && words[2] ? { ...span, confidence: 0.8 } : span;
};

function named(year: string | undefined, word = '', dayText?: string): Span | undefined {
  const month = MONTHS.indexOf(word) + 1;
  if (month > 0) return calendar(year, String(month), dayText);
  const season = dayText === undefined ? SEASONS.get(word) : undefined;
  return season ? { ...years(Number(year), Number(year), 1, 'season'), edtf: `${year}-${season}` } : undefined;
}

/** A day, month or season that exists. */
function calendar(yearText = '', monthText = '', dayText?: string): Span | undefined {
  const [year, month] = [Number(yearText), Number(monthText)];
  if (year === 0) return undefined;
  const of = (edtf: string, rule: string): Span => ({
    ...years(year, year, 1, rule),
    edtf: `${edtfYear(year)}-${edtf}`,
  });
  if (dayText === undefined && month >= 21 && month <= 24) return of(String(month), 'season');
  if (month < 1 || month > 12) return undefined;
  const [mm, dd] = [String(month).padStart(2, '0'), Number(dayText)];
  if (dayText === undefined) return of(mm, 'month');
  return dd >= 1 && dd <= daysIn(year, month) ? of(`${mm}-${String(dd).padStart(2, '0')}`, 'day') : undefined;
}

/** "1914-18": the second year without its century. "1904-05" may be May too, which the years hold; as a date it is too unsure. */
export const shortInterval: Rule = (text) => {
  const found = /^(\d{2})(\d{2}) ?[-/] ?(\d{2})$/.exec(text);
  if (!found || Number(found[3]) <= Number(found[2])) return undefined;
  const [from, to] = [Number(`${found[1]}${found[2]}`), Number(`${found[1]}${found[3]}`)];
  return years(from, to, Number(found[3]) <= 12 ? UNSURE : 0.95, 'interval');
};
