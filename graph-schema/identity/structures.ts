/**
 * Whether two descriptions speak of one structure: by a strong code where both have one; else by name, place and sort. Pure.
 * Judged by `npm run quality` on pairs that were labelled before it was written.
 */
import { placeKey } from '../vocabularies/place-index.ts';
import { type ComparedName, comparedNames, stem } from './names.ts';
import { sortsSay } from './sorts.ts';

/** What is compared. */
export interface ComparedStructure extends Placed {
  readonly name: string;
  readonly alternativeNames?: readonly string[];
  /** museum, firm, school, association … */
  readonly type?: string | undefined;
  /** Strong identifiers, `scheme:value`. */
  readonly codes: readonly string[];
}

/** Where something is. */
export interface Placed {
  /** The code of its place, then those of the communes that it lies in (`insee:59355`, `insee:59350`); empty where it is not known. */
  readonly places: readonly string[];
  /** Names of its place, as written and as known. */
  readonly towns: readonly string[];
  /** The department that it is known to be in, by its two digits. */
  readonly departments?: readonly string[];
}

/** 0 to 1, and why. */
export interface Likeness {
  readonly score: number;
  readonly why:
    | 'code'
    | 'other-code'
    | 'other-type'
    | 'other-place'
    | 'name'
    | 'longer-name'
    | 'other-name'
    | 'other-sort'
    | 'doubtful-sort';
}

const OTHER = { code: 0, type: 0.1, place: 0.05, name: 0.3, sort: 0.2 } as const;
/** Of two names that say nothing but their sort: enough within one town. */
const GENERIC_ONLY = 0.92;
/** One letter at a word's end may be a gender, or another person: a steward looks. */
const NEARLY = 0.8;
/** Of two names of which one says more. */
const LONGER = 0.92;
/** The same where the shorter one says no more than a broad subject. */
const BROAD_ONLY = 0.9;
/** Of two names that may be of two sorts: "Lycée X", "Lycée professionnel X". Below what is joined, however alike the rest is. */
const DOUBTFUL_SORT = 0.8;
/**
 * Where the places are not both known: by name alike (a generic name then no longer suffices: two communes may have one name), not said by
 * one, said by neither (there are namesakes everywhere), or said otherwise.
 */
const UNSURE = { sameTown: 0.92, unsaid: 0.8, unsaidTwice: 0.8, otherTown: 0.7 } as const;

/** How surely two descriptions are of one structure. */
export function likeness(a: ComparedStructure, b: ComparedStructure): Likeness {
  const byCode = codesSay(a, b);
  if (byCode) return { score: byCode === 'code' ? 1 : OTHER.code, why: byCode };
  if (a.type !== undefined && b.type !== undefined && a.type !== b.type)
    return { score: OTHER.type, why: 'other-type' };
  const sureness = placesSay(a, b);
  if (sureness === 0) return { score: OTHER.place, why: 'other-place' };
  const towns = [...a.towns, ...b.towns];
  const isTypeKnown = a.type !== undefined && b.type !== undefined;
  const named = bestOf(namesOf(a, towns), namesOf(b, towns), isTypeKnown);
  return { ...named, score: named.score * sureness };
}

/** One code in common settles it; two of one scheme that differ settle it too. */
export function codesSay(
  a: { readonly codes: readonly string[] },
  b: { readonly codes: readonly string[] },
): 'code' | 'other-code' | undefined {
  if (a.codes.some((code) => b.codes.includes(code))) return 'code';
  const schemeOf = (code: string) => code.slice(0, code.indexOf(':'));
  const schemes = new Set(a.codes.map(schemeOf));
  return b.codes.some((code) => schemes.has(schemeOf(code))) ? 'other-code' : undefined;
}

/** How surely two things may be in one place: 1 where it is known, 0 where they are known to be in two. */
export function placesSay(a: Placed, b: Placed): number {
  const [ofA, ofB] = [a.places[0], b.places[0]];
  // One of them lies in the other; two parts of one town are two places.
  if (ofA !== undefined && ofB !== undefined) return a.places.includes(ofB) || b.places.includes(ofA) ? 1 : 0;
  if (a.towns.length === 0 && b.towns.length === 0) return UNSURE.unsaidTwice;
  if (a.towns.length === 0 || b.towns.length === 0) return UNSURE.unsaid;
  if (departmentsOf(a).size > 0 && departmentsOf(b).size > 0 && departmentsOf(a).isDisjointFrom(departmentsOf(b)))
    return UNSURE.otherTown;
  const names = new Set(townKeys(a));
  return townKeys(b).some((key) => names.has(key)) ? UNSURE.sameTown : UNSURE.otherTown;
}

/** As known, and as postcodes say: of two communes of one name it may tell which. */
function departmentsOf({ departments = [], towns }: Placed): ReadonlySet<string> {
  const postcodes = towns.flatMap((town) => [...town.matchAll(/\b(\d\d)\d{3}\b/g)].map(([, one]) => one!));
  return new Set([...departments, ...postcodes]);
}

/** A town's names in one spelling, without postcode and what stands in brackets. */
export function townKeys({ towns }: Placed): readonly string[] {
  const keys = towns.map((town) => placeKey(town.replace(/\([^()]*\)|\d+/g, ' ')));
  return [...new Set(keys)].filter((key) => key !== '');
}

/** All readings of all its names. */
export function namesOf(
  { name, alternativeNames = [] }: Pick<ComparedStructure, 'name' | 'alternativeNames'>,
  towns: readonly string[],
): readonly ComparedName[] {
  return [name, ...alternativeNames].flatMap((one) => comparedNames(one, towns));
}

function bestOf(a: readonly ComparedName[], b: readonly ComparedName[], isTypeKnown: boolean): Likeness {
  let best: Likeness = { score: 0, why: 'other-name' };
  for (const one of a)
    for (const other of b) {
      const found = compared(one, other, isTypeKnown);
      if (found.score > best.score) best = found;
    }
  return best;
}

function compared(a: ComparedName, b: ComparedName, isTypeKnown: boolean): Likeness {
  const words = wordsSay(a, b);
  if (words.why === 'other-name') return words;
  const sorts = sortsSay(a, b, isTypeKnown);
  if (sorts === 'other') return { score: OTHER.sort, why: 'other-sort' };
  return sorts === 'doubtful' ? { score: words.score * DOUBTFUL_SORT, why: 'doubtful-sort' } : words;
}

/** Words that say neither what nor whose. */
const FILLERS = new Set(['ville', 'public', 'local', 'lieu'].map(stem));

/** Subjects so broad that one more word is another: "Musée d'histoire", "Musée d'histoire naturelle". */
const BROAD = new Set(
  [
    'histoire',
    'art',
    'arts',
    'beaux',
    'nature',
    'vie',
    'rurale',
    'industrie',
    'patrimoine',
    'tradition',
    'metiers',
    'moderne',
  ].map(stem),
);

function wordsSay(a: ComparedName, b: ComparedName): Likeness {
  if (a.telling.size === 0 || b.telling.size === 0) {
    // "Archives municipales": all that is said is generic.
    const differing = [...a.generic.symmetricDifference(b.generic)].filter((word) => !FILLERS.has(word));
    const isSame = a.telling.size === b.telling.size && differing.length === 0;
    return isSame ? { score: GENERIC_ONLY, why: 'name' } : { score: OTHER.name, why: 'other-name' };
  }
  const [onlyA, onlyB] = [a.telling.difference(b.telling), b.telling.difference(a.telling)];
  if (onlyA.size === 0 && onlyB.size === 0)
    return { score: a.exact.symmetricDifference(b.exact).size === 0 ? 1 : NEARLY, why: 'name' };
  if ([...a.telling].join('') === [...b.telling].join('')) return { score: 0.98, why: 'name' };
  if (onlyA.size > 0 && onlyB.size > 0) return { score: OTHER.name, why: 'other-name' };
  const shorter = onlyA.size === 0 ? a : b;
  const isBroad = [...shorter.telling].every((word) => BROAD.has(word));
  return { score: isBroad ? LONGER * BROAD_ONLY : LONGER, why: 'longer-name' };
}
