import fc from 'fast-check';
import graphology from 'graphology';
import * as gexf from 'graphology-gexf';
import * as graphml from 'graphology-graphml';
import { expect, test, vi } from 'vitest';
import { Inverse } from '../catalogue/inverse.ts';
import type { EntityRow } from '../catalogue/store.ts';
import { GRAPH, storeOf, TODAY, withoutHidden } from '../catalogue/testing/graphs.ts';
import { exported } from './export.ts';
import { networkOf } from './figures.ts';
import { type NetworkQuestion, THROUGH } from './question.ts';

vi.setConfig({ testTimeout: 60_000 });

// To TypeScript the default is the module.
const Graph = graphology as unknown as typeof graphology.default;

function network(rows: readonly EntityRow[], question: NetworkQuestion) {
  const store = storeOf(rows);
  return networkOf(store, new Inverse(store), question);
}

const UID = fc.integer({ min: 0, max: 3 }).map((id) => `u${String(id).padStart(3, '0')}`);
const QUESTION: fc.Arbitrary<NetworkQuestion> = fc.record(
  {
    through: fc.constantFrom(...THROUGH),
    structureTypes: fc.subarray(['museum', 'firm', 'school'] as const, { minLength: 1 }),
    minimumWeight: fc.integer({ min: 1, max: 2 }),
    about: fc.record({ uid: UID, depth: fc.integer({ min: 1, max: 3 }) }),
    today: fc.constant(TODAY),
  },
  { requiredKeys: ['through', 'minimumWeight', 'today'] },
);
const WHOLE: fc.Arbitrary<NetworkQuestion> = fc.record({
  through: fc.constantFrom(...THROUGH),
  minimumWeight: fc.constant(1),
  today: fc.constant(TODAY),
});

/** Trades of a structure, read off the rows. */
function tradesOf(rows: readonly EntityRow[], uid: string, through: NetworkQuestion['through']): Set<string> {
  const structure = rows.find((row) => row.uid === uid)!;
  const holdings = rows.filter(
    ({ kind, relations }) =>
      kind === 'HeritageObject' && relations.some(([type, id]) => type === 'HELD_BY' && id === structure.id),
  );
  const from = [...(through === 'holdings' ? [] : [structure]), ...(through === 'own' ? [] : holdings)];
  return new Set(
    from.flatMap(({ relations }) =>
      relations.flatMap(([type, id]) => (type === 'CONCERNS' ? [`u${String(id).padStart(3, '0')}`] : [])),
    ),
  );
}

test('two structures are linked by the trades that both have, and by no others', () => {
  fc.assert(
    fc.property(GRAPH, WHOLE, (all, question) => {
      const rows = withoutHidden(all);
      const { nodes, edges } = network(rows, question);
      const uids = rows.filter(({ kind }) => kind === 'Structure').map(({ uid }) => uid);
      expect(nodes.map(({ uid }) => uid).sort()).toEqual(uids.sort());
      const expected = uids.flatMap((a) =>
        uids.flatMap((b) => {
          const theirs = tradesOf(rows, b, question.through);
          const shared = a < b ? [...tradesOf(rows, a, question.through)].filter((trade) => theirs.has(trade)) : [];
          return shared.length > 0 ? [`${a} ${b} ${shared.sort().join(' ')}`] : [];
        }),
      );
      const told = edges.map(({ source, target, trades }) => `${source} ${target} ${[...trades].sort().join(' ')}`);
      expect(told.sort()).toEqual(expected.sort());
    }),
  );
});

test('figures: ranks sum to 1, degrees are links, communities are numbered by size, the same twice', () => {
  fc.assert(
    fc.property(GRAPH, WHOLE, (rows, question) => {
      const { nodes, edges, communities } = network(rows, question);
      const sum = nodes.reduce((total, { pageRank }) => total + pageRank, 0);
      if (nodes.length > 0) expect(sum).toBeCloseTo(1, 3);
      for (const { uid, degree } of nodes)
        expect(degree).toBe(edges.filter(({ source, target }) => source === uid || target === uid).length);
      expect(communities.map(({ size }) => size)).toEqual(communities.map(({ size }) => size).sort((a, b) => b - a));
      for (const { number, size } of communities)
        expect(nodes.filter(({ community }) => community === number)).toHaveLength(size);
      for (const { source, target } of edges) {
        const [a, b] = [source, target].map((uid) => nodes.find((node) => node.uid === uid)!.component);
        expect(a).toBe(b);
      }
      // Written in another order of arrival.
      const { asOf, ...again } = network([...rows].reverse(), question);
      const { asOf: _, ...told } = network(rows, question);
      expect(again).toEqual(told);
    }),
  );
});

test('what is hidden changes nothing', () => {
  fc.assert(
    fc.property(GRAPH, QUESTION, (rows, question) => {
      expect(network(rows, question)).toEqual(network(withoutHidden(rows), question));
    }),
  );
});

test('about one structure: those within so many links, with the figures of the whole', () => {
  fc.assert(
    fc.property(GRAPH, WHOLE, UID, fc.integer({ min: 1, max: 3 }), (rows, question, uid, depth) => {
      const whole = network(rows, question);
      const near = network(rows, { ...question, about: { uid, depth } });
      let reached = new Set(whole.nodes.some((node) => node.uid === uid) ? [uid] : []);
      for (let step = 0; step < depth; step += 1)
        reached = new Set([
          ...reached,
          ...whole.edges.flatMap(({ source, target }) =>
            reached.has(source) ? [target] : reached.has(target) ? [source] : [],
          ),
        ]);
      expect(near.nodes).toEqual(whole.nodes.filter((node) => reached.has(node.uid)));
      expect(near.edges).toEqual(
        whole.edges.filter(({ source, target }) => reached.has(source) && reached.has(target)),
      );
    }),
  );
});

test('GEXF and GraphML read back are the network, whatever its names', () => {
  const names = fc.string({ unit: 'binary', maxLength: 12 });
  fc.assert(
    fc.property(GRAPH, WHOLE, names, (rows, question, name) => {
      const told = network(
        rows.map((row) => ({ ...row, name: `${row.name}${name}` })),
        question,
      );
      for (const read of [
        gexf.parse(Graph, exported('gexf', told, new Map())),
        graphml.parse(Graph, exported('graphml', told, new Map())),
      ]) {
        expect(read.nodes().sort()).toEqual(told.nodes.map(({ uid }) => uid).sort());
        expect(read.size).toBe(told.edges.length);
        for (const { source, target, weight } of told.edges)
          expect(Number(read.getEdgeAttribute(read.edge(source, target)!, 'weight'))).toBe(weight);
      }
    }),
    { numRuns: 40 },
  );
});

test('no cell of the CSV is a formula, and every row has every column', () => {
  const rows: EntityRow[] = [];
  const told = {
    ...network(rows, { through: 'own', minimumWeight: 1, today: TODAY }),
    nodes: ['=1+1', '@x', '-2', '+3', 'a,"b"\nc'].map((name, index) => ({
      uid: `u${index}`,
      name,
      type: undefined,
      latitude: undefined,
      longitude: undefined,
      trades: 0,
      degree: 0,
      weightedDegree: 0,
      pageRank: 0.2,
      community: 1,
      component: 1,
    })),
  };
  expect(exported('nodes-csv', told, new Map()).split('\r\n').slice(1, 6)).toEqual([
    "u0,'=1+1,,,,0,0,0,0.2,1,1",
    "u1,'@x,,,,0,0,0,0.2,1,1",
    "u2,'-2,,,,0,0,0,0.2,1,1",
    "u3,'+3,,,,0,0,0,0.2,1,1",
    'u4,"a,""b""\nc",,,,0,0,0,0.2,1,1',
  ]);
});
