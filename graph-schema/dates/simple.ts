/** Dates that are one thing: a day, a year, a decade, a century or a part of one, an epoch. */
import { edtfYear, qualified, type Rule, type Span, years } from './spans.ts';

const MONTHS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(
  ' ',
) as readonly string[];
/** EDTF level 1 seasons. */
const SEASONS: ReadonlyMap<string, string> = new Map([
  ['printemps', '21'],
  ['ete', '22'],
  ['automne', '23'],
  ['hiver', '24'],
]);
/** Epochs whose limits are agreed on: first and last year, and how firm these are. Others stay text. */
const EPOCHS: ReadonlyMap<string, readonly [from: number, to: number | undefined, confidence: number]> = new Map([
  ['gallo-romain', [-51, 476, 0.5]],
  ['moyen age', [476, 1492, 0.5]],
  ['revolution', [1789, 1799, 0.8]],
  ['revolution francaise', [1789, 1799, 0.8]],
  ['directoire', [1795, 1799, 0.8]],
  ['consulat', [1799, 1804, 0.8]],
  ['1e empire', [1804, 1815, 0.8]],
  ['restauration', [1814, 1830, 0.8]],
  ['monarchie de juillet', [1830, 1848, 0.8]],
  ['2e republique', [1848, 1852, 0.8]],
  ['2e empire', [1852, 1870, 0.8]],
  ['3e republique', [1870, 1940, 0.8]],
  ['1e guerre mondiale', [1914, 1918, 0.8]],
  ['grande guerre', [1914, 1918, 0.8]],
  ['guerre 14-18', [1914, 1918, 0.8]],
  ['entre-deux-guerres', [1918, 1939, 0.8]],
  ['2e guerre mondiale', [1939, 1945, 0.8]],
  ['guerre 39-45', [1939, 1945, 0.8]],
  ['epoque contemporaine', [1789, undefined, 0.5]],
]);

/** "1853", "850", "-50", "50 av. J.-C."; years of one or two digits only where the era is said. EDTF "-0049" as it is. */
const year: Rule = (text) => {
  const found = /^(-?)(\d{1,4})( bc| ad)?$/.exec(text);
  if (!found) return undefined;
  const [, minus, digits = '', era] = found;
  const count = Number(digits);
  if (minus && digits.length === 4 && digits.startsWith('0')) return years(-count, -count, 1);
  if (minus || era === ' bc') return count === 0 ? undefined : years(1 - count, 1 - count, 1);
  // "0000" is how tables write that there is none.
  if (count === 0 || (digits.length < 3 && era === undefined)) return undefined;
  return years(count, count, 1);
};

const day: Rule = (text) => {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (iso) return calendar(iso[1], iso[2], iso[3]);
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  if (slashed) return calendar(slashed[3], slashed[2], slashed[1]);
  const words = /^(?:le )?(?:(\d{1,2})e? )?([a-z]+) (\d{4})$/.exec(text);
  const month = words ? MONTHS.indexOf(words[2] ?? '') + 1 : 0;
  if (words && month > 0) return calendar(words[3], String(month), words[1]);
  const season = words && !words[1] ? SEASONS.get(words[2] ?? '') : undefined;
  return season ? { ...years(Number(words?.[3]), Number(words?.[3]), 1), edtf: `${words?.[3]}-${season}` } : undefined;
};

/** A day or month that exists. "1904-05" may be May or two years: the two years hold both. */
function calendar(yearText = '', monthText = '', dayText?: string): Span | undefined {
  const [yearNumber, month] = [Number(yearText), Number(monthText)];
  const dayNumber = dayText === undefined ? 1 : Number(dayText);
  const date = new Date(Date.UTC(yearNumber, month - 1, dayNumber));
  if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== dayNumber) return undefined;
  const iso = date.toISOString().slice(0, dayText === undefined ? 7 : 10);
  return { ...years(yearNumber, yearNumber, 1), edtf: iso };
}

/** "1904-05", "1914-18": the second year without its century. Where it could be a month, the years hold that month too. */
const shortInterval: Rule = (text) => {
  const found = /^(\d{2})(\d{2}) ?[-/] ?(\d{2})$/.exec(text);
  if (!found || Number(found[3]) <= Number(found[2])) return undefined;
  const [from, to] = [Number(`${found[1]}${found[2]}`), Number(`${found[1]}${found[3]}`)];
  return years(from, to, Number(found[3]) <= 12 ? 0.6 : 0.95);
};

/** "19e siècle 20e siècle (limite)" is written "limite 19e siècle 20e siècle": ten years on either side of the turn. */
const turn: Rule = (text) => {
  const found = /^limite (\d{1,2})e(?: siecle)?(?: ?- ?| et | )(\d{1,2})e siecle$/.exec(text);
  if (!found || Number(found[2]) !== Number(found[1]) + 1) return undefined;
  const border = Number(found[1]) * 100;
  return {
    from: border - 9,
    to: border + 10,
    edtf: `${edtfYear(border - 9)}~/${edtfYear(border + 10)}~`,
    confidence: 0.7,
  };
};

const PART = String.raw`(?:(?:(\d|last)e (quart|tiers|moitie)|(debut|milieu|fin|courant))(?: du| de la| des| de)? )?`;
const CENTURY = new RegExp(`^(?:le |du )?${PART}(\\d{1,2})e (siecle|millenaire)( bc| ad)?$`);
const DECADE = new RegExp(`^(?:les )?${PART}(?:annees|decennie) (\\d{3})0$`);

/** "19e siècle", "2e moitié du 19e siècle", "début 20e siècle", "1er siècle av. J.-C.", "5e millénaire av. J.-C.". */
const century: Rule = (text) => {
  const found = CENTURY.exec(text);
  if (!found) return undefined;
  const [, rank, share, vague, ordinal, unit, era] = found;
  const [length, number] = [unit === 'siecle' ? 100 : 1000, Number(ordinal)];
  if (number < 1) return undefined;
  const from = era === ' bc' ? 1 - number * length : (number - 1) * length + 1;
  return partOf(from, from + length - 1, { rank, share, vague }, 0.9);
};

/** "années 1930" is 193X; "début des années 1950"; "années 30" is taken for the 20th century, and not surely. */
const decade: Rule = (text) => {
  const found = DECADE.exec(text.replace(/ (\d0)$/, ' 19$1'));
  if (!found) return undefined;
  const [, rank, share, vague, stem] = found;
  const confidence = / \d0$/.test(text) ? 0.6 : 0.95;
  const whole = rank === undefined && vague === undefined;
  const from = Number(`${stem}0`);
  return whole
    ? { from, to: from + 9, edtf: `${stem}X`, confidence }
    : partOf(from, from + 9, { rank, share, vague }, confidence);
};

interface Part {
  readonly rank: string | undefined;
  readonly share: string | undefined;
  readonly vague: string | undefined;
}

const SHARES: Readonly<Record<string, number>> = { quart: 4, tiers: 3, moitie: 2 };

/** An exact share of a span ("2e quart"), or a vague one: "début" and "fin" are the outer quarters (of a decade: four years), "milieu" the middle fifth. */
function partOf(from: number, to: number, { rank, share, vague }: Part, confidence: number): Span | undefined {
  const length = to - from + 1;
  const at = (fraction: number): number => from + Math.floor(length * fraction);
  const shares = SHARES[share ?? ''];
  if (shares !== undefined) {
    const number = rank === 'last' ? shares : Number(rank);
    return number < 1 || number > shares
      ? undefined
      : years(at((number - 1) / shares), at(number / shares) - 1, confidence);
  }
  const unsure = Math.min(confidence, 0.7);
  const outer = length === 10 ? 0.4 : 0.25;
  const [early, late] = [at(outer) - 1, at(1 - outer)];
  if (vague === 'debut') return { ...years(from, early, unsure), edtf: `${edtfYear(from)}/${edtfYear(early)}~` };
  if (vague === 'fin') return { ...years(late, to, unsure), edtf: `${edtfYear(late)}~/${edtfYear(to)}` };
  if (vague !== 'milieu') return years(from, to, confidence);
  const middle = years(at(0.4), at(0.6) - 1, unsure);
  return { ...middle, edtf: qualified(middle.edtf, '~') };
}

const epoch: Rule = (text) => {
  const name = text.replace(/^(?:periode|epoque) (?!contemporaine)/, '').replace(/^gallo[- ]romaine?$/, 'gallo-romain');
  const found = EPOCHS.get(name.replace('moyen-age', 'moyen age'));
  if (!found) return undefined;
  const [from, to, confidence] = found;
  if (to === undefined) return { from, edtf: `${edtfYear(from)}/..`, confidence };
  const span = years(from, to, confidence);
  return confidence < 0.8 ? { ...span, edtf: qualified(span.edtf, '~') } : span;
};

/** "18XX", "193X": EDTF as some exports give it. */
const unspecified: Rule = (text) => {
  if (!/^\d{2}(?:\dx|xx)$/.test(text)) return undefined;
  return {
    ...years(Number(text.replaceAll('x', '0')), Number(text.replaceAll('x', '9')), 1),
    edtf: text.toUpperCase(),
  };
};

/** The rules of this file, in the order in which they are tried. */
export const SIMPLE: readonly Rule[] = [shortInterval, day, year, unspecified, epoch, decade, century, turn];
