/** Counts equal paging, facets equal what choosing their values gives, and all of it equals a naive reading of the same rows. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { metresBetween } from './keep.ts';
import { FACETS, type FacetName, type Filters, ORDERS, type SearchAnswer, type SearchQuestion } from './question.ts';
import { Searcher } from './search.ts';
import type { EntityRow } from './store.ts';
import { GRAPH, idsOf, isSeen, type Kind, storeOf, TODAY, withoutHidden } from './testing/graphs.ts';

vi.setConfig({ testTimeout: 60_000 });

const uids = (kind: Kind) =>
  fc.subarray(
    idsOf(kind).map((id) => `u${String(id).padStart(3, '0')}`),
    { minLength: 1, maxLength: 2 },
  );
const FILTERS: fc.Arbitrary<Filters> = fc
  .record(
    {
      kinds: fc.subarray(['Structure', 'HeritageObject', 'Event', 'Trade'] as const, { minLength: 1 }),
      structureTypes: fc.subarray(['museum', 'firm'] as const, { minLength: 1 }),
      objectKinds: fc.subarray(['object', 'film'] as const, { minLength: 1 }),
      structures: uids('Structure'),
      trades: uids('Trade'),
      places: uids('Place'),
      madeIn: uids('Place'),
      concepts: uids('Concept'),
      creators: uids('Agent'),
      centuries: fc.uniqueArray(fc.integer({ min: -2, max: 20 }), { minLength: 1, maxLength: 2 }),
      from: fc.integer({ min: -300, max: 2000 }),
      to: fc.integer({ min: -300, max: 2000 }),
      fromDay: fc.constantFrom('2026-06-02', '2026-06-20'),
      toDay: fc.constantFrom('2026-06-19', '2026-06-20'),
      hasPicture: fc.boolean(),
      licenceLayers: fc.constant(['odbl'] as const),
      pictureRights: fc.constant(['cc-by'] as const),
      sources: fc.subarray(['a', 'b'], { minLength: 1 }),
      box: fc.constant({ south: 49.5, west: 2, north: 50.5, east: 3 }),
      near: fc.constant({ position: { latitude: 50, longitude: 2.5 }, metres: 60_000 }),
      demonstration: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  // Few at once, or nothing would ever be kept.
  .chain((all) =>
    fc
      .subarray(Object.keys(all))
      .map((keys) => keys.slice(0, 3))
      .map((keys) => Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))),
  );

const QUESTION: fc.Arbitrary<SearchQuestion> = fc.record({
  filters: FILTERS,
  order: fc.constantFrom(...ORDERS),
  from: fc.constant({ latitude: 50.1, longitude: 2.2 }),
  first: fc.integer({ min: 1, max: 7 }),
  facets: fc.constant(
    FACETS.map((name) => ({
      name,
      first: 500,
      ...(name === 'place' || name === 'madeIn' ? { level: 'department' as const } : {}),
    })),
  ),
  collapse: fc.boolean(),
  today: fc.constant(TODAY),
});

function allPages(searcher: Searcher, question: SearchQuestion): SearchAnswer['rows'] {
  const rows: SearchAnswer['rows'][number][] = [];
  for (let after: SearchQuestion['after']; ; ) {
    const answer = searcher.answer({ ...question, facets: [], ...(after ? { after } : {}) }, undefined);
    rows.push(...answer.rows);
    expect(answer.hasNext).toBe(rows.length < answer.total);
    if (!answer.hasNext) return rows;
    after = answer.rows.at(-1)!.key;
  }
}

/** How a facet's value is chosen. */
const CHOICE: Readonly<Partial<Record<FacetName, (value: string) => Filters>>> = {
  kind: (value) => ({ kinds: [value as Kind] }),
  structureType: (value) => ({ structureTypes: [value as 'museum'] }),
  objectKind: (value) => ({ objectKinds: [value as 'film'] }),
  structure: (value) => ({ structures: [value] }),
  trade: (value) => ({ trades: [value] }),
  place: (value) => ({ places: [value] }),
  madeIn: (value) => ({ madeIn: [value] }),
  creator: (value) => ({ creators: [value] }),
  century: (value) => ({ centuries: [Number(value)] }),
  picture: (value) => ({ hasPicture: value === 'true' }),
  licence: (value) => ({ licenceLayers: [value as 'odbl'] }),
  pictureRights: (value) => ({ pictureRights: [value as 'odbl'] }),
  source: (value) => ({ sources: [value] }),
};

test('the total is what paging gives, in order, each row once, in every order, collapsed or not', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      const searcher = new Searcher(storeOf(rows));
      const whole = searcher.answer({ ...question, first: 1000 }, undefined);
      const paged = allPages(searcher, question);
      expect(paged.map(({ uid }) => uid)).toEqual(whole.rows.map(({ uid }) => uid));
      expect(new Set(paged.map(({ uid }) => uid)).size).toBe(whole.total);
      expect(whole.entities).toBe(paged.reduce((sum, { duplicates }) => sum + duplicates + 1, 0));
    }),
    { numRuns: 300 },
  );
});

test('a facet counts what choosing its value alone would give', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      const searcher = new Searcher(storeOf(rows));
      for (const { name, values } of searcher.answer(question, undefined).facets) {
        const choose = CHOICE[name];
        for (const { value, count } of choose ? values : []) {
          const chosen = { ...question, facets: [], filters: { ...question.filters, ...choose!(value) } };
          expect({ name, value, count: searcher.answer(chosen, undefined).entities }).toEqual({ name, value, count });
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('what is kept is what reading each row by itself keeps', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      const answer = new Searcher(storeOf(rows)).answer({ ...question, first: 1000, collapse: false }, undefined);
      expect(answer.rows.map(({ uid }) => uid).sort()).toEqual(new Naive(rows).kept(question.filters));
    }),
    { numRuns: 300 },
  );
});

test('hidden rows, and what leads to them, change nothing that is told', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      const told = new Searcher(storeOf(rows)).answer(question, undefined);
      expect(told).toEqual(new Searcher(storeOf(withoutHidden(rows))).answer(question, undefined));
    }),
    { numRuns: 300 },
  );
});

test('a store that was written again and again is the store that was written once', () => {
  fc.assert(
    fc.property(GRAPH, GRAPH, QUESTION, (before, after, question) => {
      const rewritten = storeOf([...before, ...after]);
      expect(new Searcher(rewritten).answer(question, undefined)).toEqual(
        new Searcher(storeOf(after)).answer(question, undefined),
      );
    }),
    { numRuns: 100 },
  );
});

/** The same questions, asked of one row at a time and without columns. */
class Naive {
  readonly #rows: ReadonlyMap<number, EntityRow>;

  constructor(rows: readonly EntityRow[]) {
    this.#rows = new Map(rows.map((row) => [row.id, row]));
  }

  isVisible(row: EntityRow): boolean {
    return isSeen(row, this.#rows.values());
  }

  kept(filters: Filters): string[] {
    const kinds = filters.kinds;
    return [...this.#rows.values()]
      .filter((row) => this.isVisible(row) && (!kinds || kinds.includes(row.kind!)) && this.#passes(row, filters))
      .map(({ uid }) => uid)
      .sort();
  }

  #targets(row: EntityRow, ...types: readonly string[]): EntityRow[] {
    return row.relations
      .filter(([type]) => types.includes(type))
      .map(([, id]) => this.#rows.get(id)!)
      .filter((target) => this.isVisible(target));
  }

  #closure(row: EntityRow, type: string): Set<string> {
    const found = new Set([row.uid]);
    const left = [row];
    for (let at = left.pop(); at; at = left.pop())
      for (const next of this.#targets(at, type)) {
        if (found.has(next.uid)) continue;
        found.add(next.uid);
        left.push(next);
      }
    return found;
  }

  #leads(row: EntityRow, uids: readonly string[], types: readonly string[], way?: string): boolean {
    return this.#targets(row, ...types).some((target) => {
      const reached = way ? this.#closure(target, way) : new Set([target.uid]);
      return uids.some((uid) => reached.has(uid));
    });
  }

  #place(row: EntityRow): EntityRow | undefined {
    if (row.kind === 'Place') return row;
    const first = (one: EntityRow, ...types: string[]) =>
      this.#targets(one, ...types).sort((a, b) => (a.uid < b.uid ? -1 : 1))[0];
    const own = first(row, 'LOCATED_IN');
    const holder = first(row, 'HELD_BY', 'TAKES_PLACE_AT');
    return own ?? (holder && first(holder, 'LOCATED_IN'));
  }

  #position(row: EntityRow): EntityRow['position'] {
    const holder = this.#targets(row, 'HELD_BY', 'TAKES_PLACE_AT').sort((a, b) => (a.uid < b.uid ? -1 : 1))[0];
    return row.position ?? holder?.position ?? this.#place(row)?.position;
  }

  #passes(row: EntityRow, f: Filters): boolean {
    const century = (year: number) => (year > 0 ? Math.ceil(year / 100) : -Math.floor(-year / 100));
    const place = this.#place(row);
    const at = this.#position(row);
    const is = (type: string[] | readonly string[] | undefined, kind: Kind) =>
      !type || (row.kind === kind && type.includes(row.type ?? ''));
    const concepts = Map.groupBy(
      f.concepts ?? [],
      (uid) => [...this.#rows.values()].find((one) => one.uid === uid && this.isVisible(one))?.scheme,
    );
    return (
      is(f.structureTypes, 'Structure') &&
      is(f.objectKinds, 'HeritageObject') &&
      (!f.structures ||
        f.structures.includes(row.uid) ||
        this.#leads(row, f.structures, ['HELD_BY', 'ORGANISED_BY', 'TAKES_PLACE_AT'])) &&
      (!f.trades ||
        (row.kind === 'Trade' && f.trades.some((uid) => this.#seen(uid) && this.#closure(row, 'BROADER').has(uid))) ||
        this.#leads(row, f.trades, ['CONCERNS'], 'BROADER')) &&
      (!f.places || (place !== undefined && f.places.some((uid) => this.#closure(place, 'WITHIN').has(uid)))) &&
      (!f.madeIn || this.#leads(row, f.madeIn, ['MADE_IN'], 'WITHIN')) &&
      (!f.creators || this.#leads(row, f.creators, ['CREATED_BY'])) &&
      [...concepts.values()].every((some) => this.#leads(row, some, ['MADE_WITH', 'ABOUT'], 'BROADER')) &&
      (!f.centuries || (row.from !== undefined && f.centuries.includes(century(row.from)))) &&
      ((f.from === undefined && f.to === undefined) ||
        (row.from !== undefined && row.from >= (f.from ?? -1e9) && row.from <= (f.to ?? 1e9))) &&
      ((f.fromDay === undefined && f.toDay === undefined) ||
        row.occurrences.some((one) => {
          const [begin = '', end = ''] = one.split('/');
          return end.slice(0, 10) >= (f.fromDay ?? '') && begin.slice(0, 10) <= (f.toDay ?? '9999');
        })) &&
      (f.hasPicture === undefined || row.pictureRights.length > 0 === f.hasPicture) &&
      (!f.licenceLayers || f.licenceLayers.some((one) => row.licenceLayers.includes(one))) &&
      (!f.pictureRights || f.pictureRights.some((one) => row.pictureRights.includes(one))) &&
      (!f.sources || f.sources.some((one) => row.sources.includes(one))) &&
      (!f.box ||
        (at !== undefined &&
          at.latitude >= f.box.south &&
          at.latitude <= f.box.north &&
          at.longitude >= f.box.west &&
          at.longitude <= f.box.east)) &&
      (!f.near ||
        (at !== undefined &&
          metresBetween(f.near.position.latitude, f.near.position.longitude, at.latitude, at.longitude) <=
            f.near.metres)) &&
      (f.demonstration === undefined || row.demonstration === f.demonstration)
    );
  }

  #seen(uid: string): boolean {
    return [...this.#rows.values()].some((row) => row.uid === uid && this.isVisible(row));
  }
}
