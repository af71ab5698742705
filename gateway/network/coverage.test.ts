import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Inverse } from '../catalogue/inverse.ts';
import { Searcher } from '../catalogue/search.ts';
import type { EntityRow, Store } from '../catalogue/store.ts';
import { GRAPH, storeOf, TODAY, withoutHidden } from '../catalogue/testing/graphs.ts';
import { coverageOf } from './coverage.ts';
import type { CoverageQuestion } from './question.ts';

vi.setConfig({ testTimeout: 60_000 });

const TYPES = ['museum', 'firm', 'school'] as const;
const QUESTION: fc.Arbitrary<CoverageQuestion> = fc.record({
  through: fc.constantFrom('own', 'holdings'),
  first: fc.integer({ min: 0, max: 4 }),
  structureTypes: fc.subarray([...TYPES], { minLength: 1 }),
  today: fc.constant(TODAY),
});

function coverage(rows: readonly EntityRow[], question: CoverageQuestion) {
  const store: Store = storeOf(rows);
  return coverageOf(store, new Inverse(store), question);
}

test('each count is what the same search finds', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      const searcher = new Searcher(storeOf(rows));
      const { cells, trades, departments } = coverage(rows, { ...question, through: 'own' });
      expect(cells).toHaveLength(trades.length * departments.length * question.structureTypes.length);
      for (const { trade, department, structureType, count, zero } of cells) {
        const filters = { kinds: ['Structure'] as const, structureTypes: [structureType], places: [department] };
        const ask = (more: object) =>
          searcher.answer(
            { filters: { ...filters, ...more }, order: 'name', first: 0, facets: [], collapse: false, today: TODAY },
            undefined,
          ).total;
        expect(count).toBe(ask({ trades: [trade] }));
        expect(zero === undefined).toBe(count > 0);
        if (zero === 'none-known') expect(ask({})).toBeGreaterThan(0);
        if (zero === 'not-harvested') expect(ask({})).toBe(0);
      }
    }),
  );
});

test('what is hidden changes nothing', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      expect(coverage(rows, question)).toEqual(coverage(withoutHidden(rows), question));
    }),
  );
});

test('the three zeros', () => {
  const row = (id: number, kind: EntityRow['kind'], more: Partial<EntityRow>): EntityRow => ({
    id,
    uid: `u${id}`,
    changed: id,
    created: id,
    published: true,
    kind,
    described: true,
    name: `n${id}`,
    sort: `n${id}`,
    type: undefined,
    scheme: undefined,
    from: undefined,
    to: undefined,
    position: undefined,
    occurrences: [],
    visibleUntil: undefined,
    demonstration: false,
    sources: [],
    licenceLayers: [],
    pictureRights: [],
    relations: [],
    ...more,
  });
  const rows = [
    row(1, 'Place', { type: 'department' }),
    row(2, 'Trade', { from: 1700, to: 1850 }),
    row(3, 'Trade', {}),
    row(4, 'Structure', {
      type: 'museum',
      relations: [
        ['LOCATED_IN', 1],
        ['CONCERNS', 3],
      ],
    }),
    row(5, 'Structure', { type: 'firm', relations: [['LOCATED_IN', 1]] }),
  ];
  const { cells } = coverage(rows, {
    through: 'own',
    trades: ['u2', 'u3'],
    first: 0,
    structureTypes: TYPES,
    today: TODAY,
  });
  expect(cells.map(({ trade, structureType, count, zero }) => [trade, structureType, zero ?? count])).toEqual([
    ['u2', 'museum', 'none-known'],
    ['u2', 'firm', 'not-applicable'],
    ['u2', 'school', 'not-applicable'],
    ['u3', 'museum', 1],
    ['u3', 'firm', 'none-known'],
    ['u3', 'school', 'not-harvested'],
  ]);
});
