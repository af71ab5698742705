/** Coverage: for each trade, department and type of structure, how many structures there are; and where there is none, why. */
import { KINDS } from '#graph-schema/model.ts';
import { NONE } from '../catalogue/columns.ts';
import type { Inverse } from '../catalogue/inverse.ts';
import { type Store, TYPES } from '../catalogue/store.ts';
import type { CoverageAnswer, CoverageCell, CoverageQuestion, Zero } from './question.ts';
import { tradesOf } from './shared.ts';

const STRUCTURE = KINDS.indexOf('Structure');
const DEPARTMENT = TYPES.indexOf('department');
/** What can only have a trade that is still followed. */
const OF_THE_LIVING: ReadonlySet<string> = new Set(['firm', 'school']);

/** A structure as it is counted. */
interface Counted {
  readonly type: number;
  /** Rows of the places in which it stands. */
  readonly places: readonly number[];
  /** Rows of its own trades and of all that they are narrower than; of what it holds, of the very trades, as the filter `holdsOf` has it. */
  readonly trades: ReadonlySet<number>;
}

/** Only of what everyone may see; each count is that of `search` with the same trade, place and type (where `through` is `own`). */
export function coverageOf(store: Store, inverse: Inverse, question: CoverageQuestion): CoverageAnswer {
  const structures = countedStructures(store, inverse, question);
  const trades = question.trades
    ? seen(store, question.trades, question.today)
    : mostCommon(store, structures, question.first);
  const departments = question.departments
    ? seen(store, question.departments, question.today)
    : departmentsOf(store, structures);
  const types = question.structureTypes.map((type) => TYPES.indexOf(type));
  const counts = countAll(structures, trades, departments, types);
  const cells = trades.flatMap((trade) =>
    departments.flatMap((department) =>
      types.map((type): CoverageCell => {
        const count = counts.get(keyOf(trade, department, type)) ?? 0;
        const isKnownThere = counts.has(keyOf(ANY, department, type));
        return {
          trade: store.uid(trade),
          department: store.uid(department),
          structureType: TYPES[type] as CoverageCell['structureType'],
          count,
          zero: count > 0 ? undefined : zeroOf(store, trade, TYPES[type]!, isKnownThere, question.today),
        };
      }),
    ),
  );
  return {
    asOf: store.asOf,
    trades: trades.map((row) => store.uid(row)),
    departments: departments.map((row) => store.uid(row)),
    cells,
  };
}

/**
 * A firm cannot be of a trade whose time is over, nor can a school teach it. Where no structure of the type is known in the department at all, nobody has told of
 * that type there: the source that would is not harvested. Else somebody told, and of none of this trade.
 */
function zeroOf(store: Store, trade: number, type: string, isKnownThere: boolean, today: string): Zero {
  const isOver = store.to(trade) !== NONE && store.to(trade) < Number(today.slice(0, 4));
  if (isOver && OF_THE_LIVING.has(type)) return 'not-applicable';
  return isKnownThere ? 'none-known' : 'not-harvested';
}

function countedStructures(store: Store, inverse: Inverse, { through, today }: CoverageQuestion): readonly Counted[] {
  const structures: Counted[] = [];
  for (let row = 0; row < store.size; row += 1) {
    if (store.kindNumber(row) !== STRUCTURE || !store.isVisible(row, today)) continue;
    const place = store.place(row, today);
    const own = tradesOf(store, inverse, row, through, undefined, today);
    structures.push({
      type: store.typeNumber(row),
      places: place < 0 ? [] : store.ancestors(place, 'within', today),
      trades: new Set(through === 'own' ? own.flatMap((trade) => store.ancestors(trade, 'broader', today)) : own),
    });
  }
  return structures;
}

function seen(store: Store, uids: readonly string[], today: string): readonly number[] {
  const rows = uids.map((uid) => store.ordinalOfUid(uid)).filter((row) => row >= 0 && store.isVisible(row, today));
  return [...new Set(rows)];
}

function mostCommon(store: Store, structures: readonly Counted[], first: number): readonly number[] {
  const counts = new Map<number, number>();
  for (const { trades } of structures) for (const trade of trades) counts.set(trade, (counts.get(trade) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || byUid(store, a[0], b[0]));
  return ordered.slice(0, first).map(([trade]) => trade);
}

function departmentsOf(store: Store, structures: readonly Counted[]): readonly number[] {
  const found = new Set(
    structures.flatMap(({ places }) => places.filter((place) => store.typeNumber(place) === DEPARTMENT)),
  );
  return [...found].sort((a, b) =>
    store.sort(a) < store.sort(b) ? -1 : store.sort(a) > store.sort(b) ? 1 : byUid(store, a, b),
  );
}

function byUid(store: Store, a: number, b: number): number {
  return store.uid(a) < store.uid(b) ? -1 : 1;
}

/** Stands for every trade: whether any structure of the type is known in the place. */
const ANY = -1;

function keyOf(trade: number, place: number, type: number): string {
  return `${trade} ${place} ${type}`;
}

function countAll(
  structures: readonly Counted[],
  trades: readonly number[],
  places: readonly number[],
  types: readonly number[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const wantedPlaces = new Set(places);
  const wantedTypes = new Set(types);
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const structure of structures) {
    if (!wantedTypes.has(structure.type)) continue;
    for (const place of structure.places) {
      if (!wantedPlaces.has(place)) continue;
      add(keyOf(ANY, place, structure.type));
      for (const trade of trades) if (structure.trades.has(trade)) add(keyOf(trade, place, structure.type));
    }
  }
  return counts;
}
