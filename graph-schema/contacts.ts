/** How persons are reached is not for everyone: e-mail addresses and telephone numbers stand in what partners publish, in every spelling. */

/** What may stand between the figures of a number as people type it; a no-break space and a narrow one among them. */
const GAP = '[ \\u00a0\\u202f./_-]';

/**
 * French numbers (`03 20 00 00 00`, `03.20…`, `03/20/…`, `0320 000 000`, `+33 (0)3 20…`, `0033 3…`, `(+33) 3…`) and Belgian ones (`056 00 00 00`,
 * `0470/00.00.00`, `+32.56…`). Between pairs there is a gap everywhere or nowhere: `01/02/2024 14` is a date.
 */
const TELEPHONES: readonly RegExp[] = [
  new RegExp(
    `(?:\\((?:\\+|00)${GAP}?3[23]\\)|(?:\\+|(?<!\\d)00)${GAP}?3[23])${GAP}{0,2}(?:\\(0\\)${GAP}?)?[1-9](?:${GAP}{0,2}\\d){7,8}(?!\\d)`,
    'g',
  ),
  new RegExp(`(?<![\\d.,/-])0[1-9](?:(?:${GAP}{1,2}\\d{2}){4}|${GAP}?\\d{2}(?:${GAP}\\d{3}){2})(?!\\d)`, 'g'),
  new RegExp(`(?<![\\d.,/-])0\\d{3}(?:${GAP}\\d{3}){2}(?!\\d)`, 'g'),
  new RegExp(`(?<![\\d.,/-])0[1-9]\\d{2}(?:${GAP}\\d{2}){3}(?!\\d)`, 'g'),
  /(?<![\d.,/-])0[1-9]\d[ /](?:\d{2}[ .]){2}\d{2}(?!\d)/g,
  /(?<![\d.,/-])0[1-9][ /]\d{3}[ .]\d{2}[ .]\d{2}(?!\d)/g,
];
/** Ten figures in a row; among museums' objects they are as likely a number of the inventory, but after "tél.". */
const BARE = /(?<![\d.,/-])0[1-9]\d{8}(?!\d)/g;
const BARE_AFTER_WORD = /\b(t[eé]l(?:[eé]phone)?|portable|mobile|fax)\b([ .:n°]{0,4})0[1-9]\d{8}(?!\d)/gi;

/** `x@y.fr`, `x (at) y.fr`, `x [arobase] y (point) fr`. Every repetition is bounded: a hostile text costs no more than its length. */
const EMAIL =
  /(?:mailto:)?[\w.+-]{1,64}(?: ?@ ?| ?[[({](?:at|a|arobase|@)[\])}] ?| AT )[\w-]{1,63}(?:(?:\.| ?[[({](?:dot|point)[\])}] ?| DOT )[\w-]{1,63}){1,4}/gi;
const MAY_BE_EMAIL = /@|[[({](?:at|a|arobase)[\])}]| AT /i;
const FIGURE = /\d/;

export interface ContactOptions {
  /** Ten figures without a gap are a telephone number. Default: they are. */
  readonly bareFigures?: boolean;
}

/** A text without the ways to reach somebody, and the brackets that held nothing else; the very same text where it has none. White space is left as it is. */
export function withoutWaysToReach(text: string, { bareFigures = true }: ContactOptions = {}): string {
  let left = text;
  if (MAY_BE_EMAIL.test(left)) left = left.replace(EMAIL, '');
  if (hasTenFigures(left)) {
    for (const form of TELEPHONES) left = left.replace(form, '');
    left = bareFigures ? left.replace(BARE, '') : left.replace(BARE_AFTER_WORD, '$1$2');
  }
  if (left === text) return text;
  return left.replace(/\(\s{0,9}\)|<\s{0,9}>/g, '').replace(/ {1,9}\)/g, ')');
}

/** Quick, for it is asked of every text: nine figures at least, and one of them 0 or a plus sign. */
function hasTenFigures(text: string): boolean {
  if (text.length < 9 || !FIGURE.test(text)) return false;
  let figures = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57 && ++figures === 9) return true;
  }
  return false;
}
