/** A text cut into the parts that may each name a trade. */

/** A part of a text: what stands before its brackets, and what stands in them. */
export interface Part {
  readonly text: string;
  readonly head: string;
  readonly brackets: string;
  /** What stands before and after it: a list is told from "A or B", and both from "Surname, First name". */
  readonly before: string;
  readonly after: string;
}

const ENDINGS = 'euse|iere|ière|ere|ère|trice|rice|ienne|enne|nne|ne|se|te|ve|re|esse|e|s|es|x';
const BRACKETED = new RegExp(`([\\p{L}]{3})\\((?:-?(?:${ENDINGS})s?)\\)s?(?![\\p{L}])`, 'giu');
const POINTED = new RegExp(`([\\p{L}]{3})[.·•‧⋅-](?:${ENDINGS})(?:[.·•‧⋅-]?s)?(?![\\p{L}])`, 'giu');
const SLASHED = new RegExp(`([\\p{L}]{3})/-?(?:${ENDINGS})s?(?![\\p{L}])`, 'giu');
/** "Souffleur / Souffleuse de verre": both genders before what belongs to both. */
const BOTH_GENDERS = /([\p{L}-]{3,30}) ?\/ ?([\p{L}-]{3,30})/giu;

/** A text without its inclusive spelling: "tisserand·e·s", "fileur/euse", "tisserand(e)" in the masculine. */
export function withoutGenders(text: string): string {
  if (!/[(/.·•‧⋅-]/.test(text)) return text;
  return text.replace(BRACKETED, '$1').replace(SLASHED, '$1').replace(POINTED, '$1').replace(BOTH_GENDERS, oneGender);
}

/** The word that goes on: "Souffleuse de verre"; the masculine where nothing does. */
function oneGender(all: string, first: string, second: string, at: number, text: string): string {
  if (!onlyGender(first, second)) return all;
  return /^ ?[\p{L}]/u.test(text.slice(at + all.length, at + all.length + 2)) ? second : first;
}

/** Whether two words seem one in two genders: they begin alike and end as genders do. */
function onlyGender(first: string, second: string): boolean {
  const [a, b] = [first.toLowerCase(), second.toLowerCase()];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const rest = b.slice(same);
  return (
    same >= 3 &&
    a.length - same <= 3 &&
    /^(?:e|se|ne|ère|ere|rice|ice|re|ienne|nne|euse|èrce|es|ères|ses|ices|rices|nes|)$/.test(rest)
  );
}

const SEPARATORS = /\s*([;|•,/:+&\n]| [-–—] )\s*/;
const JOINERS = /\s+(et|ou|puis|ainsi que|et\/ou)\s+/i;

/** The parts of a list, commas and words in brackets left alone. */
export function listParts(text: string): readonly Part[] {
  return cut(text, SEPARATORS);
}

/** "menuisier et charpentier". */
export function joinedParts(text: string): readonly Part[] {
  return cut(text, JOINERS);
}

function cut(text: string, separator: RegExp): readonly Part[] {
  if (!separator.test(text)) return text.trim() === '' ? [] : [partOf(text.trim())];
  const closed = text.replace(/\([^()]*\)/g, (bracket) => '\u0001'.repeat(bracket.length));
  const found = closed.split(separator);
  const parts: Part[] = [];
  let at = 0;
  for (let index = 0; index < found.length; index += 2) {
    const piece = found[index] ?? '';
    const start = closed.indexOf(piece, at);
    at = start + piece.length;
    const own = text.slice(start, at).trim();
    if (own !== '') parts.push(partOf(own, found[index - 1] ?? '', found[index + 1] ?? ''));
  }
  return parts;
}

/** A part with its brackets apart. */
export function partOf(text: string, before = '', after = ''): Part {
  const brackets = Array.from(text.matchAll(/\(([^()]*)\)/g), (match) => match[1] ?? '').join(' ');
  const head = brackets === '' ? text : text.replace(/\([^()]*\)/g, ' ').trim();
  return { text, head, brackets, before: before.trim().toLowerCase(), after: after.trim().toLowerCase() };
}
