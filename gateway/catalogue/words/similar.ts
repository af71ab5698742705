/** What is most like a thing: what shares most with it, rarer things counting more (inverse document frequency). */
import { NONE } from '../columns.ts';
import type { Inverse } from '../inverse.ts';
import { centuryOf, OF_CONCEPT, OF_CREATOR, OF_MAKING, OF_TRADE } from '../keep.ts';
import type { Catalogue } from '../question.ts';
import { type Store, typeSet } from '../store.ts';
import { wordsOf } from './names.ts';

/** What one thing shares with another: trades, concepts, makers, places of making, organisers; who holds it says less. */
const SHARED = merge(OF_TRADE, OF_CONCEPT, OF_CREATOR, OF_MAKING, typeSet('ORGANISED_BY', 'IN_PROGRAMME', 'MEMBER_OF'));
const HOLDER = typeSet('HELD_BY', 'TAKES_PLACE_AT', 'LOCATED_IN');
const HOLDER_WEIGHT = 0.3;
const WORD_WEIGHT = 0.8;
const CENTURY_WEIGHT = 0.5;
/** Things that lead elsewhere in such numbers tell next to nothing, and would make every look long. */
const MOST_LOOKED_AT = 20_000;
/** What rarity is measured against: the same whatever the graph holds. */
const MANY = 1_000_000;

function merge(...sets: readonly Uint8Array[]): Uint8Array {
  const merged = new Uint8Array(64);
  for (const set of sets) for (const [type, is] of set.entries()) if (is === 1) merged[type] = 1;
  return merged;
}

/** The first of them, best first; `score` is 1 for what shares everything. Nothing for what may not be seen. */
export function similarTo(
  store: Store,
  inverse: Inverse,
  uid: string,
  first: number,
  today: string,
): Awaited<ReturnType<Catalogue['similar']>> {
  const row = store.ordinalOfUid(uid);
  if (row < 0 || !store.isVisible(row, today)) return [];
  const things = thingsOf(store, inverse, row, today);
  const candidates = candidatesOf(things, inverse, store, row, today);
  const own = wordsIn(store, row);
  const whole = [...things.values()].reduce((sum, weight) => sum + weight, 0) + own.size * WORD_WEIGHT + CENTURY_WEIGHT;
  const scored = [...candidates].map((other) => {
    const shared = [...thingsOfRow(store, other, today)].filter((thing) => things.has(thing));
    const weight = shared.reduce((sum, thing) => sum + things.get(thing)!, 0);
    const score = (weight + likeness(store, row, other, own)) / whole;
    return { other, score: Math.round(score * 1000) / 1000, shared };
  });
  scored.sort((a, b) => b.score - a.score || (store.uid(a.other) < store.uid(b.other) ? -1 : 1));
  return scored.slice(0, first).map(({ other, score, shared }) => ({
    uid: store.uid(other),
    score,
    shared: shared.sort((a, b) => things.get(b)! - things.get(a)!).map((thing) => store.uid(thing)),
  }));
}

/** What a row leads to that everyone may see. */
function thingsOfRow(store: Store, row: number, today: string): ReadonlySet<number> {
  const things = new Set<number>();
  const add = (thing: number) => void (store.isVisible(thing, today) && things.add(thing));
  store.relations.each(row, SHARED, add);
  store.relations.each(row, HOLDER, add);
  return things;
}

/** The same, each with how much it tells: the rarer, the more. */
function thingsOf(store: Store, inverse: Inverse, row: number, today: string): ReadonlyMap<number, number> {
  const shared = new Set<number>();
  store.relations.each(row, SHARED, (thing) => void shared.add(thing));
  return new Map(
    [...thingsOfRow(store, row, today)].map((thing) => {
      const rarity = Math.log(1 + MANY / (1 + seenCount(store, inverse, thing, today)));
      return [thing, shared.has(thing) ? rarity : rarity * HOLDER_WEIGHT] as const;
    }),
  );
}

/** How many that everyone may see lead to it: what is hidden makes nothing less rare. */
function seenCount(store: Store, inverse: Inverse, thing: number, today: string): number {
  let count = 0;
  inverse.each(thing, (other) => {
    if (store.isVisible(other, today)) count += 1;
  });
  return count;
}

/** Rows of the same kind that share something, those of the rarest things first, as many as may be looked at. */
function candidatesOf(
  things: ReadonlyMap<number, number>,
  inverse: Inverse,
  store: Store,
  row: number,
  today: string,
): ReadonlySet<number> {
  const candidates = new Set<number>();
  let looked = 0;
  for (const [thing] of [...things].sort((a, b) => b[1] - a[1])) {
    const count = seenCount(store, inverse, thing, today);
    if (looked + count > MOST_LOOKED_AT) continue;
    looked += count;
    inverse.each(thing, (other) => {
      if (other !== row && store.kindNumber(other) === store.kindNumber(row) && store.isVisible(other, today))
        candidates.add(other);
    });
  }
  return candidates;
}

/** Words of the name, and the century. */
function likeness(store: Store, row: number, other: number, own: ReadonlySet<string>): number {
  let weight = 0;
  for (const word of wordsIn(store, other)) if (own.has(word)) weight += WORD_WEIGHT;
  const [from, otherFrom] = [store.from(row), store.from(other)];
  if (from !== NONE && otherFrom !== NONE && centuryOf(from) === centuryOf(otherFrom)) weight += CENTURY_WEIGHT;
  return weight;
}

function wordsIn(store: Store, row: number): ReadonlySet<string> {
  return new Set(wordsOf(store.sort(row)).filter((word) => word.length > 2));
}
