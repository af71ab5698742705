/** Names of structures, brought to what tells one from another: words in one spelling, without their town, generic ones apart. */
import { fold } from '../text.ts';

/** A name as it is compared. */
export interface ComparedName {
  /** Words that tell: a family, a thing, a saint. */
  readonly telling: ReadonlySet<string>;
  /** The same words, only their plurals and doubled letters taken away: "Jean" and "Jeanne", "mer" and "mère" are two here. */
  readonly exact: ReadonlySet<string>;
  /** Words that many share: museum, house, centre, municipal. */
  readonly generic: ReadonlySet<string>;
}

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    st: 'saint',
    ste: 'sainte',
    sté: 'societe',
    cie: 'compagnie',
    lp: 'lycee professionnel',
    lpo: 'lycee polyvalent',
    lgt: 'lycee general technologique',
    cfa: 'centre formation apprentis',
    ad: 'archives departementales',
    am: 'archives municipales',
    ets: 'etablissements',
    pro: 'professionnel',
    asso: 'association',
    ass: 'association',
    univ: 'universite',
    mus: 'musee',
    museum: 'musee',
    bm: 'bibliotheque municipale',
    ot: 'office tourisme',
  }),
);

export const STOPWORDS: ReadonlySet<string> = new Set(
  'a au aux d de des du e en et l la le les sur sous pour par avec chez the of van het and ex dit dite n no'.split(' '),
);

/** French ones, and Belgian ones but for Brussels and Antwerp: from 1000 to 2099 it may be a year, which tells ("Musée de mai 1940"). */
const POSTCODE = /^(?:\d{5}|2[1-9]\d\d|[3-9]\d{3})$/;

/** A name longer than this is compared by its begin. */
const LONGEST_NAME = 400;

/** Stems of words that say what sort of thing it is, and of what rank. */
const GENERIC = new Set(
  (
    'musee ecomusee maison centre espace cite atelier conservatoire site lieu association amis societe compagnie comite club groupe reseau federation ' +
    'municipal departemental regional national communal intercommunal local public ville archives archive bibliotheque mediatheque lycee college ecole ' +
    'general technologique professionnel polyvalent formation apprentis entreprise etablissements office tourisme interpretation decouverte artisanal ' +
    'animation exposition galerie collection fonds projet ferme sarl sas sasu eurl snc sa'
  )
    .split(' ')
    .map(stem),
);

/** A word without gender and number, doubled letters single: "Batellerie" and "Batelerie", "régional" and "régionale". A short one is kept: "fil", "II". */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const single = word.replace(/(.)\1+/g, '$1');
  const bare = single.replace(/[sx]$/, '').replace(/e$/, '');
  return bare.length >= 3 ? bare : single;
}

function exactStem(word: string): string {
  return word.length <= 3 ? word : word.replace(/(.)\1+/g, '$1').replace(/[sx]$/, '');
}

/**
 * The readings of a name: as it is, and what stands in brackets after "ex-". `towns`: names of its place, which tell nothing of it. A notice of POP puts
 * the town before it ("Lille ; musée X").
 */
export function comparedNames(name: string, towns: readonly string[]): readonly ComparedName[] {
  // An initial tells nothing that the family does not.
  const folded = fold(name.slice(0, LONGEST_NAME)).replace(/\b[a-z]\./g, ' ');
  const former = [...folded.matchAll(/\((?:ex|ancien(?:ne)?)[ -]([^()]+)\)/g)].map(([, one = '']) => one);
  const main = folded.replace(/\([^()]*\)/g, (bracket) => (isTelling(bracket) ? ` ${bracket.slice(1, -1)} ` : ' '));
  const readings = [main.split(';').at(-1) ?? main, ...former];
  return readings.map((one) => comparedName(one, towns));
}

/** An acronym, a number of a department and a former name say nothing of the thing; a family in brackets does. */
function isTelling(bracket: string): boolean {
  const inner = bracket.slice(1, -1).trim();
  return !/^(?:ex|ancien|\d|b$|be$|f$)/.test(inner) && !/^[a-z]{2,5}$/.test(inner);
}

function comparedName(folded: string, towns: readonly string[]): ComparedName {
  const townWords = new Set(towns.flatMap((town) => wordsOf(fold(town))));
  const words = wordsOf(folded.replace(/\beco[- ]musee/g, 'ecomusee'));
  const kept = words.filter((word) => !isTownWord(word, townWords));
  const said = kept.length > 0 ? kept : words;
  const isGeneric = (word: string) => GENERIC.has(stem(word));
  return {
    telling: new Set(said.filter((word) => !isGeneric(word)).map(stem)),
    exact: new Set(said.filter((word) => !isGeneric(word)).map(exactStem)),
    generic: new Set(said.filter(isGeneric).map(stem)),
  };
}

/** The words of a folded text, abbreviations opened; a postcode is none, any other number is one ("Fosse 9"). */
function wordsOf(folded: string): readonly string[] {
  return folded
    .split(/[^a-z0-9]+/)
    .flatMap((word) => (ABBREVIATIONS.get(word) ?? word).split(' '))
    .filter((word) => word !== '' && !STOPWORDS.has(word) && !POSTCODE.test(word));
}

/** The town's own words, and one that is a letter away from a long one: "Liencourt". */
function isTownWord(word: string, towns: ReadonlySet<string>): boolean {
  if (towns.has(word)) return true;
  return (
    word.length >= 7 &&
    [...towns].some((town) => Math.abs(town.length - word.length) <= 1 && isOneLetterAway(word, town))
  );
}

/** Whether two words differ by one letter that is other, more, or less. */
export function isOneLetterAway(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = long.length === short.length ? short.slice(at + 1) : short.slice(at);
  return rest === long.slice(at + 1);
}
