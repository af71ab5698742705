/** Dates that are one thing: a day, a year, a decade, a century or a part of one, an epoch. */
import { day, shortInterval } from './calendar.ts';
import { century, decade, partOfYear, turn } from './centuries.ts';
import { epoch } from './epochs.ts';
import { republican } from './republican.ts';
import { firstOf, PERHAPS, type Rule, years } from './spans.ts';

/** "1853", "850", "-50", "50 av. J.-C."; years of one or two digits only where the era is said. EDTF "-0049" as it is. */
const year: Rule = (text) => {
  const found = /^(-?)(\d{1,5})( bc| ad)?$/.exec(text);
  if (!found) return undefined;
  const [, minus, digits = '', era] = found;
  const count = Number(digits);
  if (digits.length === 5 && era !== ' bc') return undefined;
  if (minus && digits.length === 4 && digits.startsWith('0')) return years(-count, -count, 1, 'year');
  if (minus || era === ' bc') {
    // A dash before a year of our times is as often a slip, or "until".
    const isSlip = era !== ' bc' && count >= 1400 && count <= 2100;
    return count === 0 ? undefined : years(1 - count, 1 - count, isSlip ? PERHAPS : 1, 'year');
  }
  // "0000" is how tables write that there is none.
  if (count === 0 || (digits.length < 3 && era === undefined)) return undefined;
  return years(count, count, 1, 'year');
};

/** "MDCCCLIII", "M.DCCC.LIII": four letters at least, as shorter ones are words and initials. */
const romanYear: Rule = (text) => {
  const letters = text.replace(/[. ]/g, '');
  if (letters.length < 4 || letters.length > 15) return undefined;
  if (!/^m{1,2}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})$/.test(letters)) return undefined;
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
  const digits = [...letters].map((letter) => values[letter] ?? 0);
  const total = digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0);
  return total >= 1400 ? years(total, total, 0.95, 'roman') : undefined;
};

/** "18XX", "193X": EDTF as some exports give it. */
const unspecified: Rule = (text) => {
  if (!/^\d{2}(?:\dx|xx)$/.test(text)) return undefined;
  const [from, to] = [Number(text.replaceAll('x', '0')), Number(text.replaceAll('x', '9'))];
  return { ...years(from, to, 1, 'open-digits'), edtf: text.toUpperCase() };
};

/** In the order in which they are tried: what begins with a figure, and what begins with a word. */
const OF_FIGURES: readonly Rule[] = [year, shortInterval, day, unspecified, century, decade, republican, epoch];
const OF_WORDS: readonly Rule[] = [day, century, decade, republican, epoch, turn, partOfYear, romanYear];

/** Articles and prepositions that may stand before any date. */
const BEFORE_IT = /^(?:l'|(?:le|la|les|du|des|de|aux?|a|en|dans) )+/;

/** One date without "vers", "avant" or an interval around it. */
export const simple: Rule = (text) => {
  if (/^[-\d]/.test(text)) return firstOf(OF_FIGURES, text);
  const bare = text.replace(BEFORE_IT, '').replace(/^(?:an|annee) (?:de grace )?(?=\d{3,4}$)/, '');
  return firstOf(/^[-\d]/.test(bare) ? OF_FIGURES : OF_WORDS, bare);
};
