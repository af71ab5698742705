/**
 * Whether two entries of agendas speak of one event: the same days, place and subject. A recurrence on another day is another
 * event; a series told as one by both is one. Pure. Judged by `npm run quality`.
 */
import type { ComparedName } from './names.ts';
import { sortsSay } from './sorts.ts';
import { codesSay, namesOf, type Placed, placesSay } from './structures.ts';
import { AUDIENCES, type ComparedSubject, MOMENTS, subjectOf } from './subjects.ts';
import { isWithin } from './titles.ts';

/** What is compared. */
export interface ComparedEvent extends Placed {
  readonly title: string;
  /** Name of where in its place it is; empty where it is not said. */
  readonly venue: string;
  /** First and last day where it takes place, YYYY-MM-DD; the last is absent where it is not said. */
  readonly begin: string;
  readonly end?: string | undefined;
  /** `scheme:value`. */
  readonly codes: readonly string[];
}

/** 0 to 1, and why. */
export interface EventLikeness {
  readonly score: number;
  readonly why:
    | 'code'
    | 'other-code'
    | 'other-day'
    | 'other-place'
    | 'other-venue'
    | 'title'
    | 'longer-title'
    | 'much-longer-title'
    | 'other-kind'
    | 'other-title';
}

const OTHER = { code: 0, day: 0.05, place: 0.05, venue: 0.2, title: 0.2, kind: 0.5 } as const;
/** Of two titles of which one says more: a little, or so much that it may be a part or another thing. */
const LONGER = { little: 0.93, much: 0.7 } as const;
/** Of titles that say no more than a kind or a programme ("Visite guidée"): enough where the venue is surely one. */
const UNTOLD = 0.89;
/** One venue written in two ways; unsaid by one; with a word in common, each with others of its own; another. */
const VENUE = { same: 1, longer: 0.97, unsaid: 0.95, kindred: 0.87, other: 0 } as const;
/** From here on two events may be in one place; what is known of the venue decides. */
const MAY_BE_ONE_PLACE = 0.75;

/** How surely two entries are of one event. */
export function likeness(a: ComparedEvent, b: ComparedEvent): EventLikeness {
  const byCode = codesSay(a, b);
  if (byCode) return { score: byCode === 'code' ? 1 : OTHER.code, why: byCode };
  if (a.begin !== b.begin || lastDay(a, b) !== lastDay(b, a)) return { score: OTHER.day, why: 'other-day' };
  const place = placesSay(a, b);
  if (place < MAY_BE_ONE_PLACE) return { score: OTHER.place, why: 'other-place' };
  const venue = venuesSay(a, b);
  if (venue === 0) return { score: OTHER.venue, why: 'other-venue' };
  const title = titlesSay(a, b);
  return { ...title, score: title.score * place * venue };
}

/** Unsaid, the last day is what the other says. */
const lastDay = (one: ComparedEvent, other: ComparedEvent): string => one.end ?? other.end ?? one.begin;

/** How surely two venues of one place are one. */
function venuesSay(a: ComparedEvent, b: ComparedEvent): number {
  if (a.venue === '' || b.venue === '') return VENUE.unsaid;
  const towns = [...a.towns, ...b.towns];
  const [ofA, ofB] = [namesOf({ name: a.venue }, towns), namesOf({ name: b.venue }, towns)];
  return Math.max(...ofA.flatMap((one) => ofB.map((other) => venueSays(one, other))));
}

function venueSays(a: ComparedName, b: ComparedName): number {
  if (sortsSay(a, b, true) === 'other') return VENUE.other;
  const [wordsA, wordsB] = a.telling.size > 0 && b.telling.size > 0 ? [a.telling, b.telling] : [a.generic, b.generic];
  const [inB, inA] = [isWithin(wordsA, wordsB), isWithin(wordsB, wordsA)];
  if (inA || inB) return inA && inB ? VENUE.same : VENUE.longer;
  return wordsA.isDisjointFrom(wordsB) ? VENUE.other : VENUE.kindred;
}

function titlesSay(a: ComparedEvent, b: ComparedEvent): EventLikeness {
  const around = [a.venue, b.venue, ...a.towns, ...b.towns];
  const [ofA, ofB] = [subjectOf(a.title, around), subjectOf(b.title, around)];
  const said = subjectsSay(ofA, ofB);
  if (said.why === 'other-title') return said;
  const isApart =
    areApart(ofA.kinds, ofB.kinds) || ofA.kinds.symmetricDifference(ofB.kinds).intersection(MOMENTS).size > 0;
  return isApart ? { score: OTHER.kind, why: 'other-kind' } : said;
}

/** Both say something, and never the same. */
const areApart = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && a.isDisjointFrom(b);

function subjectsSay(ofA: ComparedSubject, ofB: ComparedSubject): EventLikeness {
  if (areApart(ofA.programmes, ofB.programmes)) return { score: OTHER.title, why: 'other-title' };
  const [a, b] = [ofA.telling, ofB.telling];
  const [inB, inA] = [isWithin(a, b), isWithin(b, a)];
  // "Visite guidée" and "Journées du patrimoine" at one venue: nothing that is said is said by both.
  const isOneSaid =
    a.size > 0 || !(ofA.kinds.isDisjointFrom(ofB.kinds) && ofA.programmes.isDisjointFrom(ofB.programmes));
  if (inA && inB && isOneSaid) return { score: a.size > 0 ? 1 : UNTOLD, why: 'title' };
  if (!inA && !inB) return { score: OTHER.title, why: 'other-title' };
  const [shorter, longer] = inB ? [a, b] : [b, a];
  // A number, an hour or an age group, said by one alone, may tell one of several.
  const isOneOfSeveral = [...longer.difference(shorter)].some((word) => /^\d/.test(word) || AUDIENCES.has(word));
  // "Randonnée des terrils", "Trail des terrils": what stands in the place of a kind may be another one.
  const areOneKind = ofA.kinds.symmetricDifference(ofB.kinds).size === 0;
  const isLittle = shorter.size > 0 && shorter.size * 2 >= longer.size && !isOneOfSeveral && areOneKind;
  return isLittle ? { score: LONGER.little, why: 'longer-title' } : { score: LONGER.much, why: 'much-longer-title' };
}
