/** The filters of a question as tests of a row. A test that belongs to a facet is left out where that facet counts. */
import { KINDS, type KindName } from '#graph-schema/model.ts';
import { NONE, type TypeSet } from './columns.ts';
import type { FacetName, Filters } from './question.ts';
import { layerMask, type Store, TYPES, typeSet } from './store.ts';

export interface Test {
  /** The facet whose own filter it is. */
  readonly facet?: FacetName;
  keeps(ordinal: number): boolean;
}

/** Searched unless told otherwise: a stop or leg is found by its route or pathway. Media have no rows. */
export const SEARCHED: readonly KindName[] = KINDS.filter((kind) => !['Media', 'Stop', 'Leg'].includes(kind));

/** How a structure answers for a thing. */
export const OF_STRUCTURE = typeSet(
  'HELD_BY',
  'ORGANISED_BY',
  'OFFERED_BY',
  'PUBLISHED_BY',
  'TAKES_PLACE_AT',
  'SHOWN_AT',
);
export const OF_TRADE = typeSet('CONCERNS');
export const OF_CONCEPT = typeSet('OF_TYPE', 'MADE_WITH', 'OF_PERIOD', 'ABOUT', 'HAS_ACTIVITY', 'TEACHES');
export const OF_CREATOR = typeSet('CREATED_BY');
export const OF_MAKING = typeSet('MADE_IN');

/** What is dated more vaguely is of no century. */
export const MOST_CENTURIES = 5;

/** 19 is 1801 to 1900. */
export function centuryOf(year: number): number {
  return Math.floor((year + 99) / 100);
}

/** All tests of these filters; what belongs to no facet comes first, being left out for none. */
export function testsOf(filters: Filters, store: Store, today: string): readonly Test[] {
  const tests = [
    ...kinds(filters.kinds, store),
    ...types('structureType', filters.structureTypes, store),
    ...types('objectKind', filters.objectKinds, store),
    ...entities(filters, store, today),
    ...times(filters, store),
    ...rights(filters, store),
    ...sources(filters, store),
    ...positions(filters, store, today),
    ...(filters.demonstration === undefined
      ? []
      : [{ keeps: (row: number) => store.isDemonstration(row) === filters.demonstration }]),
  ];
  return tests.sort((a, b) => Number(a.facet !== undefined) - Number(b.facet !== undefined));
}

/** What is not searched by itself has to be asked for. */
function kinds(wanted: readonly KindName[] | undefined, store: Store): Test[] {
  const searched = kindSet([...SEARCHED, ...(wanted ?? [])]);
  const tests: Test[] = [{ keeps: (row) => searched[store.kindNumber(row)] === 1 }];
  if (wanted) {
    const set = kindSet(wanted);
    tests.push({ facet: 'kind', keeps: (row) => set[store.kindNumber(row)] === 1 });
  }
  return tests;
}

function kindSet(kinds: readonly KindName[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const kind of kinds) set[KINDS.indexOf(kind)] = 1;
  return set;
}

function types(facet: 'structureType' | 'objectKind', wanted: readonly string[] | undefined, store: Store): Test[] {
  if (!wanted) return [];
  const kind = KINDS.indexOf(facet === 'structureType' ? 'Structure' : 'HeritageObject');
  const set = new Uint8Array(256);
  for (const type of wanted) set[TYPES.indexOf(type)] = 1;
  return [{ facet, keeps: (row) => store.kindNumber(row) === kind && set[store.typeNumber(row)] === 1 }];
}

/** Filters that name entities. What a uid is not that of anything seen keeps nothing. */
function entities(filters: Filters, store: Store, today: string): Test[] {
  const tests: Test[] = [];
  const rowsOf = (uids: readonly string[]) =>
    new Set(uids.map((uid) => store.ordinalOfUid(uid)).filter((row) => row >= 0 && store.isVisible(row, today)));
  const leads = (facet: FacetName | undefined, uids: readonly string[], types: TypeSet, way?: 'broader' | 'within') => {
    const wanted = rowsOf(uids);
    const keeps = (row: number) => leadsTo(store, row, types, wanted, way, today);
    tests.push(facet === undefined ? { keeps } : { facet, keeps });
  };
  if (filters.structures) {
    const wanted = rowsOf(filters.structures);
    tests.push({
      facet: 'structure',
      keeps: (row) => wanted.has(row) || leadsTo(store, row, OF_STRUCTURE, wanted, undefined, today),
    });
  }
  if (filters.trades) {
    const wanted = rowsOf(filters.trades);
    const trade = KINDS.indexOf('Trade');
    tests.push({
      facet: 'trade',
      keeps: (row) =>
        (store.kindNumber(row) === trade && liesIn(store, row, wanted, 'broader', today)) ||
        leadsTo(store, row, OF_TRADE, wanted, 'broader', today),
    });
  }
  if (filters.places) {
    const wanted = rowsOf(filters.places);
    tests.push({ facet: 'place', keeps: (row) => liesIn(store, store.place(row, today), wanted, 'within', today) });
  }
  if (filters.madeIn) leads('madeIn', filters.madeIn, OF_MAKING, 'within');
  if (filters.creators) leads('creator', filters.creators, OF_CREATOR);
  for (const [facet, uids] of byScheme(filters.concepts ?? [], store, today)) leads(facet, uids, OF_CONCEPT, 'broader');
  return tests;
}

const CONCEPT_FACETS: ReadonlySet<string> = new Set(['material', 'technique', 'period', 'subject']);

/** Concepts of one scheme are alternatives, of different schemes they hold together. Some schemes have no facet. */
function byScheme(
  uids: readonly string[],
  store: Store,
  today: string,
): readonly (readonly [FacetName | undefined, string[]])[] {
  const groups = Map.groupBy(uids, (uid) => {
    const row = store.ordinalOfUid(uid);
    return row >= 0 && store.isVisible(row, today) ? store.scheme(row) : undefined;
  });
  return [...groups].map(([scheme, some]) => [
    scheme !== undefined && CONCEPT_FACETS.has(scheme) ? (scheme as FacetName) : undefined,
    some,
  ]);
}

function leadsTo(
  store: Store,
  row: number,
  types: TypeSet,
  wanted: ReadonlySet<number>,
  way: 'broader' | 'within' | undefined,
  today: string,
): boolean {
  let found = false;
  store.relations.each(row, types, (target) => {
    if (!found) found = way === undefined ? wanted.has(target) : liesIn(store, target, wanted, way, today);
  });
  return found;
}

function liesIn(
  store: Store,
  row: number,
  wanted: ReadonlySet<number>,
  way: 'broader' | 'within',
  today: string,
): boolean {
  return row >= 0 && store.ancestors(row, way, today).some((ancestor) => wanted.has(ancestor));
}

function times({ centuries, from, to, fromDay, toDay }: Filters, store: Store): Test[] {
  const tests: Test[] = [];
  if (centuries) {
    tests.push({
      facet: 'century',
      keeps(row) {
        const [first, last] = [centuryOf(store.from(row)), centuryOf(store.to(row))];
        if (store.from(row) === NONE || last - first >= MOST_CENTURIES) return false;
        return centuries.some((century) => century >= first && century <= last);
      },
    });
  }
  if (from !== undefined || to !== undefined) {
    tests.push({
      keeps: (row) =>
        store.from(row) !== NONE &&
        (from === undefined || store.to(row) >= from) &&
        (to === undefined || store.from(row) <= to),
    });
  }
  if (fromDay !== undefined || toDay !== undefined) {
    const before = dayAfter(toDay ?? LAST_DAY);
    const since = fromDay ?? '';
    // Instants are longer texts than the day they begin with, and so sort behind it.
    tests.push({
      keeps: (row) => store.occurrences(row).some((one) => endOf(one) >= since && one < before),
    });
  }
  return tests;
}

const LAST_DAY = '9999-12-31';

export function endOf(occurrence: string): string {
  return occurrence.slice(occurrence.indexOf('/') + 1);
}

function dayAfter(day: string): string {
  return day >= LAST_DAY
    ? '9999-12-32'
    : new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function rights({ hasPicture, licenceLayers, pictureRights }: Filters, store: Store): Test[] {
  const tests: Test[] = [];
  if (hasPicture !== undefined)
    tests.push({ facet: 'picture', keeps: (row) => (store.pictureRights(row) !== 0) === hasPicture });
  if (licenceLayers) {
    const mask = layerMask(licenceLayers);
    tests.push({ facet: 'licence', keeps: (row) => (store.licences(row) & mask) !== 0 });
  }
  if (pictureRights) {
    const mask = layerMask(pictureRights);
    tests.push({ facet: 'pictureRights', keeps: (row) => (store.pictureRights(row) & mask) !== 0 });
  }
  return tests;
}

function sources({ sources: wanted }: Filters, store: Store): Test[] {
  if (!wanted) return [];
  const sets = store.sourceSets.values.map((names) => names.some((name) => wanted.includes(name)));
  return [{ facet: 'source', keeps: (row) => sets[store.sourceSet(row)] === true }];
}

function positions({ box, near }: Filters, store: Store, today: string): Test[] {
  const tests: Test[] = [];
  if (box) {
    const { south, west, north, east } = box;
    const across = west > east;
    tests.push({
      keeps(row) {
        const at = store.pointRow(row, today);
        if (at < 0) return false;
        const latitude = store.latitude(at);
        const longitude = store.longitude(at);
        const within = across ? longitude >= west || longitude <= east : longitude >= west && longitude <= east;
        return latitude >= south && latitude <= north && within;
      },
    });
  }
  if (near) {
    const { position, metres } = near;
    tests.push({
      keeps(row) {
        const at = store.pointRow(row, today);
        return (
          at >= 0 &&
          metresBetween(position.latitude, position.longitude, store.latitude(at), store.longitude(at)) <= metres
        );
      },
    });
  }
  return tests;
}

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Along a great circle of the mean sphere (haversine): within 0.6% of the ellipsoid. */
export function metresBetween(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const dLatitude = (latitude2 - latitude1) * RADIANS;
  const dLongitude = (longitude2 - longitude1) * RADIANS;
  const a =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(latitude1 * RADIANS) * Math.cos(latitude2 * RADIANS) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(a)));
}
