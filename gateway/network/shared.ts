/** Which structures share which trades: the projection of structures and trades onto structures. */
import { KINDS } from '#graph-schema/model.ts';
import type { Inverse } from '../catalogue/inverse.ts';
import { type Store, TYPES, typeSet } from '../catalogue/store.ts';
import type { NetworkQuestion, Through } from './question.ts';

/** A trade that more structures have tells nothing of two of them, and would link each to each. */
export const MOST_SHARING = 300;
/** Links at most: the strongest are kept. */
export const MOST_LINKS = 50_000;

const STRUCTURE = KINDS.indexOf('Structure');
const OBJECT = KINDS.indexOf('HeritageObject');
const CONCERNS = typeSet('CONCERNS');
const HELD_BY = typeSet('HELD_BY');

export interface SharedLink {
  /** Rows of the catalogue; `a` has the lesser uid. */
  readonly a: number;
  readonly b: number;
  /** Rows of trades, the rarest first. */
  readonly trades: readonly number[];
  readonly strength: number;
}

export interface Shared {
  /** Rows of structures, by uid, each with the rows of its trades. */
  readonly trades: ReadonlyMap<number, readonly number[]>;
  /** The strongest first. */
  readonly links: readonly SharedLink[];
  readonly tooCommon: readonly number[];
  readonly isCut: boolean;
}

/** Only of what everyone may see. */
export function sharedTrades(store: Store, inverse: Inverse, question: NetworkQuestion): Shared {
  const trades = tradesOfStructures(store, inverse, question);
  const sharing = new Map<number, number[]>();
  for (const [structure, some] of trades) for (const trade of some) push(sharing, trade, structure);
  const tooCommon = [...sharing].flatMap(([trade, structures]) => (structures.length > MOST_SHARING ? [trade] : []));
  const rarity = (trade: number) => Math.log(1 + trades.size / sharing.get(trade)!.length);
  const links = linksOf(sharing, rarity, store, question.minimumWeight);
  return { trades, links: links.slice(0, MOST_LINKS), tooCommon, isCut: links.length > MOST_LINKS };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function tradesOfStructures(store: Store, inverse: Inverse, question: NetworkQuestion): Map<number, readonly number[]> {
  const { structureTypes, places, today, through } = question;
  const wantedTypes = structureTypes && new Set(structureTypes.map((type) => TYPES.indexOf(type)));
  const wantedPlaces = places && rowsOf(store, places, today);
  const wantedTrades = question.trades && rowsOf(store, question.trades, today);
  const structures: number[] = [];
  for (let row = 0; row < store.size; row += 1) {
    if (store.kindNumber(row) !== STRUCTURE || !store.isVisible(row, today)) continue;
    if (wantedTypes && !wantedTypes.has(store.typeNumber(row))) continue;
    const place = wantedPlaces ? store.place(row, today) : -1;
    if (wantedPlaces && (place < 0 || !store.ancestors(place, 'within', today).some((one) => wantedPlaces.has(one))))
      continue;
    structures.push(row);
  }
  structures.sort((a, b) => (store.uid(a) < store.uid(b) ? -1 : 1));
  return new Map(structures.map((row) => [row, tradesOf(store, inverse, row, through, wantedTrades, today)]));
}

/** The rows of these uids that may be seen. */
export function rowsOf(store: Store, uids: readonly string[], today: string): ReadonlySet<number> {
  return new Set(uids.map((uid) => store.ordinalOfUid(uid)).filter((row) => row >= 0 && store.isVisible(row, today)));
}

/** Trades of a structure that everyone may see, by uid; of `wanted` ones only those and what is narrower. */
export function tradesOf(
  store: Store,
  inverse: Inverse,
  structure: number,
  through: Through,
  wanted: ReadonlySet<number> | undefined,
  today: string,
): readonly number[] {
  const found = new Set<number>();
  const add = (trade: number) => {
    if (found.has(trade) || !store.isVisible(trade, today)) return;
    if (!wanted || store.ancestors(trade, 'broader', today).some((one) => wanted.has(one))) found.add(trade);
  };
  if (through !== 'holdings') store.relations.each(structure, CONCERNS, add);
  if (through !== 'own')
    inverse.each(structure, (held) => {
      if (store.kindNumber(held) !== OBJECT || !store.isVisible(held, today)) return;
      let isHeld = false;
      store.relations.each(held, HELD_BY, (holder) => {
        isHeld ||= holder === structure;
      });
      if (isHeld) store.relations.each(held, CONCERNS, add);
    });
  return [...found].sort((a, b) => (store.uid(a) < store.uid(b) ? -1 : 1));
}

function linksOf(
  sharing: ReadonlyMap<number, readonly number[]>,
  rarity: (trade: number) => number,
  store: Store,
  minimumWeight: number,
): SharedLink[] {
  const shared = new Map<string, { a: number; b: number; trades: number[] }>();
  const rarestFirst = [...sharing.keys()].sort(
    (a, b) => rarity(b) - rarity(a) || (store.uid(a) < store.uid(b) ? -1 : 1),
  );
  for (const trade of rarestFirst) {
    const structures = sharing.get(trade)!;
    if (structures.length > MOST_SHARING) continue;
    for (const [index, a] of structures.entries())
      for (const b of structures.slice(index + 1)) {
        const key = `${a} ${b}`;
        const link = shared.get(key);
        if (link) link.trades.push(trade);
        else shared.set(key, { a, b, trades: [trade] });
      }
  }
  return [...shared.values()]
    .filter(({ trades }) => trades.length >= minimumWeight)
    .map((link) => ({ ...link, strength: rounded(link.trades.reduce((sum, trade) => sum + rarity(trade), 0)) }))
    .sort((x, y) => y.strength - x.strength || byEnds(store, x, y));
}

function byEnds(store: Store, x: { a: number; b: number }, y: { a: number; b: number }): number {
  const [one, other] = [x, y].map(({ a, b }) => `${store.uid(a)} ${store.uid(b)}`) as [string, string];
  return one < other ? -1 : 1;
}

/** To six decimals: the same on every machine. */
export function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
