/**
 * Whether two descriptions, of two sources, speak of one museum object. Nothing is merged by this: SAME_AS is proposed. An
 * inventory number alone never suffices: it returns in other museums, and is at times given twice in one. Pure. Judged by `npm
 * run quality`.
 */
import { type InventoryNumber, inventoryNumbers } from './inventory.ts';
import { type ComparedStructure, codesSay, likeness as structureLikeness } from './structures.ts';
import { isWithin, titleStems } from './titles.ts';

/** What is compared. */
export interface ComparedObject {
  readonly title: string;
  /** What it is called: "lampe", "carte postale". */
  readonly types: readonly string[];
  /** As written. */
  readonly inventoryNumber?: string | undefined;
  /** Who keeps it; a code of the hub's own (`uid:…`) among its codes makes the comparison cheap. */
  readonly holder?: ComparedStructure | undefined;
  /** First and last year; absent where open or unknown. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly materials: readonly string[];
  /** Identifiers that sources give to objects, `scheme:value`. */
  readonly codes: readonly string[];
  /** The source that says it: what one source gives two identifiers is two things, or a finding. */
  readonly source?: string | undefined;
}

/** 0 to 1, and why. */
export interface ObjectLikeness {
  readonly score: number;
  readonly why:
    | 'code'
    | 'other-code'
    | 'one-source'
    | 'other-holder'
    | 'other-number'
    | 'number-on-one-side'
    | 'number-and-words'
    | 'number-alone'
    | 'title-and-date'
    | 'title-alone'
    | 'other-title';
}

const OTHER = { code: 0, source: 0, holder: 0.05, number: 0.05, title: 0.2 } as const;
/** Of one holder and number: how surely words speak of one thing, and what disagreement takes away. */
const WORDS = { same: 1, longer: 0.97, shared: 0.95, kindred: 0.9, none: 0.55 } as const;
const DISAGREE = { type: 0.95, materials: 0.93, dates: 0.85 } as const;
/** Without any number: title and date; the title alone; a title that only says what it is. */
const UNNUMBERED = { dated: 0.92, undated: 0.6, untold: 0.5 } as const;
const ONE_NUMBER = 0.4;

/** From here on two holders may be one, and are surely one; between the two no object is surely one either. */
const HOLDERS = { maybe: 0.8, surely: 0.85, doubt: 0.84 } as const;
/** Words that begin alike this far are kin: "gaufrier" and "gaufres". */
const KINDRED_LETTERS = 5;

/** How surely two descriptions are of one object. */
export function likeness(a: ComparedObject, b: ComparedObject): ObjectLikeness {
  const byCode = codesSay(a, b);
  if (byCode) return { score: byCode === 'code' ? 1 : OTHER.code, why: byCode };
  if (a.source !== undefined && a.source === b.source) return { score: OTHER.source, why: 'one-source' };
  const [ofA, ofB] = [inventoryNumbers(a.inventoryNumber ?? ''), inventoryNumbers(b.inventoryNumber ?? '')];
  const isNumbered = ofA.length > 0 || ofB.length > 0;
  if (ofA.length > 0 && ofB.length > 0 && !ofA.some((one) => ofB.some((other) => isSameNumber(one, other))))
    return { score: OTHER.number, why: 'other-number' };
  const holders = a.holder && b.holder ? structureLikeness(a.holder, b.holder).score : 0;
  if (holders < HOLDERS.maybe) return { score: OTHER.holder, why: 'other-holder' };
  if (isNumbered && (ofA.length === 0 || ofB.length === 0)) return { score: ONE_NUMBER, why: 'number-on-one-side' };
  const said = isNumbered ? numbered(a, b) : unnumbered(a, b);
  return holders < HOLDERS.surely ? { ...said, score: said.score * HOLDERS.doubt } : said;
}

function isSameNumber(a: InventoryNumber, b: InventoryNumber): boolean {
  return a.key === b.key && (a.face === undefined || b.face === undefined || a.face === b.face);
}

/** One holder, one number: the words must be able to speak of one thing. */
function numbered(a: ComparedObject, b: ComparedObject): ObjectLikeness {
  const words = wordsSay(a, b);
  const [typeA, typeB] = [stemsOfAll(a.types), stemsOfAll(b.types)];
  const score =
    words *
    (typeA.size > 0 && typeB.size > 0 && typeA.isDisjointFrom(typeB) ? DISAGREE.type : 1) *
    (areMaterialsOther(a, b) ? DISAGREE.materials : 1) *
    (areDatesApart(a, b) ? DISAGREE.dates : 1);
  return { score, why: words === WORDS.none ? 'number-alone' : 'number-and-words' };
}

function wordsSay(a: ComparedObject, b: ComparedObject): number {
  const [titleA, titleB] = [new Set(titleStems(a.title)), new Set(titleStems(b.title))];
  // "Bobine 1" and "bobine 2" of one number are its parts.
  const [figuresA, figuresB] = [figuresOf(titleA), figuresOf(titleB)];
  if (figuresA.size > 0 && figuresB.size > 0 && figuresA.isDisjointFrom(figuresB)) return WORDS.none;
  if (titleA.size > 0 && titleB.size > 0) {
    const [inB, inA] = [isWithin(titleA, titleB), isWithin(titleB, titleA)];
    if (inA || inB) return inA && inB ? WORDS.same : WORDS.longer;
  }
  if (!titleA.isDisjointFrom(titleB)) return WORDS.shared;
  const [allA, allB] = [titleA.union(stemsOfAll(a.types)), titleB.union(stemsOfAll(b.types))];
  return areKindred(allA, allB) ? WORDS.kindred : WORDS.none;
}

const figuresOf = (stems: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...stems].filter((word) => /^\d+$/.test(word)));

function areKindred(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (!a.isDisjointFrom(b)) return true;
  const begins = new Set([...a].filter((word) => word.length >= KINDRED_LETTERS).map(beginOf));
  return [...b].some((word) => word.length >= KINDRED_LETTERS && begins.has(beginOf(word)));
}

const beginOf = (word: string): string => word.slice(0, KINDRED_LETTERS);

const stemsOfAll = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap(titleStems));

function areMaterialsOther(a: ComparedObject, b: ComparedObject): boolean {
  const [ofA, ofB] = [stemsOfAll(a.materials), stemsOfAll(b.materials)];
  return ofA.size > 0 && ofB.size > 0 && ofA.isDisjointFrom(ofB);
}

function areDatesApart(a: ComparedObject, b: ComparedObject): boolean {
  return isBefore(a, b) || isBefore(b, a);
}

const isBefore = (a: ComparedObject, b: ComparedObject): boolean =>
  a.to !== undefined && b.from !== undefined && a.to < b.from;

/** No number on either side: the same title, more than what it is, and the same date. */
function unnumbered(a: ComparedObject, b: ComparedObject): ObjectLikeness {
  const said = [...a.types, ...b.types];
  const [titleA, titleB] = [tellingTitle({ ...a, types: said }), tellingTitle({ ...b, types: said })];
  if (titleA.size !== titleB.size || !isWithin(titleA, titleB)) return { score: OTHER.title, why: 'other-title' };
  if (areDatesApart(a, b)) return { score: OTHER.title, why: 'other-title' };
  if (titleA.size === 0) return { score: UNNUMBERED.untold, why: 'title-alone' };
  const areDated = isDated(a) && isDated(b) && isWithin(stemsOfAll(a.types), stemsOfAll(b.types));
  return areDated
    ? { score: UNNUMBERED.dated, why: 'title-and-date' }
    : { score: UNNUMBERED.undated, why: 'title-alone' };
}

/** A date so wide (a century) tells no two things apart. */
const WIDEST_DATE_YEARS = 10;

const isDated = ({ from, to }: ComparedObject): boolean =>
  from !== undefined && to !== undefined && to - from <= WIDEST_DATE_YEARS;

/** A title without the word for what it is ("Film : …") and without the year that its date says. */
export function tellingTitle({ title, types, from, to }: ComparedObject): ReadonlySet<string> {
  const said = stemsOfAll(types);
  const isItsYear = (word: string) =>
    /^\d{4}$/.test(word) && from !== undefined && to !== undefined && Number(word) >= from && Number(word) <= to;
  return new Set(titleStems(title).filter((word) => !said.has(word) && !isItsYear(word)));
}
