/** Inventory numbers as museums write them, brought to one writing: "inv. 1962.05.01", "T 12" and "T12", "P.88, recto", "2011.9.1 à 24". */
import { fold } from '../text.ts';

const LONGEST_NUMBER = 200;
const MOST_NUMBERS = 10;

/** A number in one writing. */
export interface InventoryNumber {
  readonly key: string;
  /** The side of a sheet that it stands for; unsaid, it may be either. */
  readonly face?: 'recto' | 'verso';
}

/** The numbers that a field holds, former ones left out; none where it says that there is none. */
export function inventoryNumbers(text: string): readonly InventoryNumber[] {
  const parts = fold(text.slice(0, LONGEST_NUMBER)).split(/[;|]/).slice(0, MOST_NUMBERS);
  return parts.filter((part) => !/\banc(?:ien|iens)?\b/.test(part)).flatMap(numberOf);
}

function numberOf(part: string): readonly InventoryNumber[] {
  const face = /\b(recto|verso)\b/.exec(part)?.[1] as InventoryNumber['face'];
  const bare = part
    .replace(/\b(?:recto|verso)\b/g, ' ')
    .replace(/\([a-z '.]*\)/g, ' ')
    .replace(/^[\s.:]*(?:(?:inventaire|inv|numero|num|no|n)\b[\s.:°º]*|n[°º]\s*)+/, '');
  const key = tokensOf(withRange(bare)).join('.');
  // "s. n.", "sans numéro", "non inventorié": what has no digit numbers nothing.
  return /\d/.test(key) ? [face === undefined ? { key } : { key, face }] : [];
}

/** "2011.9.1-24" and "2011.9.1 à 24" are a lot, "2011.9.1.24" is one thing of it: a dash among dots tells. */
function withRange(number: string): string {
  const said = number.replace(/(\d) ?(?:a|au) ?(\d+)\s*$/, '$1~$2');
  return /^[^-/]*\.[^-/]*\d ?- ?\d+\s*$/.test(said) ? said.replace(/ ?- ?(\d+)\s*$/, '~$1') : said;
}

/** Letters and digits apart, zeros before a number gone, and a year of three digits ("974.3.3") whole. */
function tokensOf(number: string): readonly string[] {
  const tokens = (number.match(/\d+|[a-z]+|~/g) ?? []).map((token) => token.replace(/^0+(?=\d)/, ''));
  const first = tokens.findIndex((token) => /^\d/.test(token));
  const isYear = /^[89]\d\d$/.test(tokens[first] ?? '') && /^\d/.test(tokens[first + 1] ?? '');
  return isYear ? tokens.with(first, `1${tokens[first]}`) : tokens;
}
