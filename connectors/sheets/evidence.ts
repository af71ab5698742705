/** What the values of a column look like, whatever its heading. */

import { readSiret } from '../formats/shared/siret.ts';
import { webAddress } from '../formats/shared/text.ts';
import { codeMeant } from '../formats/table/codes.ts';
import { serialDate } from '../formats/table/dates.ts';
import { readFrenchDates } from '../formats/table/french-dates.ts';
import { pairOf, readBoolean, readDay, readInstant, readPoint } from '../formats/table/values.ts';

export type Look =
  | 'email'
  | 'phone'
  | 'siret'
  | 'uai'
  | 'museofile'
  | 'postcode'
  | 'date'
  | 'yearless'
  | 'hours'
  | 'picture'
  | 'url'
  | 'price'
  | 'coordinates'
  | 'boolean'
  | 'number'
  | 'prose'
  | 'text';

/** In French and English, as they are shown. */
export const LOOKS: Readonly<Record<Look, string>> = {
  email: 'des adresses électroniques / e-mail addresses',
  phone: 'des numéros de téléphone / telephone numbers',
  siret: 'des SIRET, clé juste / SIRET with a sound check digit',
  uai: 'des codes UAI / UAI codes',
  museofile: 'des codes Muséofile / Muséofile codes',
  postcode: 'des codes à cinq chiffres / codes of five digits',
  date: 'des dates / dates',
  yearless: 'des dates sans année / dates without a year',
  hours: 'des heures / hours',
  picture: 'des adresses d’images / addresses of pictures',
  url: 'des adresses web / web addresses',
  price: 'des tarifs / prices',
  coordinates: 'des coordonnées / coordinates',
  boolean: 'oui ou non / yes or no',
  number: 'des nombres / numbers',
  prose: 'des textes longs / long texts',
  text: 'du texte / text',
};

export interface Evidence {
  readonly look: Look;
  /** Of the values that are not empty, those that look so: 0 to 1. */
  readonly share: number;
  readonly filled: number;
  readonly unique: boolean;
  readonly examples: readonly string[];
}

const MOST_VALUES = 200;
const LONG = 120;
/** Half of the values and more must look so. */
const ENOUGH = 0.6;

const TESTS: readonly (readonly [Look, (value: string) => boolean])[] = [
  ['email', (value) => /^(mailto:)?[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(value)],
  ['siret', (value) => 'siret' in readSiret(value)],
  ['phone', isPhone],
  ['uai', (value) => /^\d{7}[A-Z]$/.test(value)],
  ['museofile', (value) => /^M\d{4}$/.test(value)],
  ['postcode', (value) => /^(\d{5}|2[AB]\d{3})(\.0)?$/.test(value) || codeMeant('postcode', value) !== undefined],
  ['date', isDate],
  ['yearless', (value) => isYearless(value)],
  ['hours', (value) => value.length < 40 && /^(de |à )?\d{1,2} ?[h:]\d{0,2}/i.test(value)],
  ['picture', (value) => webAddress(value) !== undefined && /\.(jpe?g|png|gif|webp|tiff?)(\?.*)?$/i.test(value)],
  ['url', (value) => webAddress(value) !== undefined],
  ['price', (value) => value.length < 200 && /\d ?(€|euros?\b)|^(gratuit|entrée libre|payant)/i.test(value)],
  ['coordinates', isPair],
  ['boolean', (value) => readBoolean(value) !== undefined],
  ['number', (value) => /^-?\d+([.,]\d+)?$/.test(value)],
  ['prose', (value) => value.length > LONG],
];

/** What most of a column's values look like. */
export function evidenceOf(values: readonly string[]): Evidence {
  const filled = values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .slice(0, MOST_VALUES);
  const unique = filled.length > 0 && new Set(filled).size === filled.length && filled.length === values.length;
  const examples = [...new Set(filled)].slice(0, 3);
  const shared = { filled: filled.length, unique, examples };
  if (filled.length === 0) return { look: 'text', share: 0, ...shared };
  for (const [look, test] of TESTS) {
    const share = filled.filter(test).length / filled.length;
    if (share >= ENOUGH) return { look, share, ...shared };
  }
  return { look: 'text', share: 1, ...shared };
}

/** Nine digits and more, which no date has. */
function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return /^(0[1-9]|\+|00)[\d\s.()/-]{7,18}$/.test(value) && digits >= 9 && digits <= 13;
}

function isDate(value: string): boolean {
  if (value.length > 150) return false;
  if (readDay(value) !== undefined || readInstant(value) !== undefined || serialDate(value) !== undefined) return true;
  return 'intervals' in readFrenchDates(value);
}

/** A number alone is no date. */
function isYearless(value: string): boolean {
  if (!/[a-zéû]{3}|\d\/\d/i.test(value)) return false;
  const read = readFrenchDates(value);
  return 'unread' in read && read.unread === 'year';
}

function isPair(value: string): boolean {
  const pair = pairOf(value);
  if (!pair?.every((one) => /[.,]\d/.test(one))) return false;
  return readPoint(pair[0], pair[1], 'site', []) !== undefined;
}
