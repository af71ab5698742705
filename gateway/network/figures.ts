/** The network of structures with its figures: degree, PageRank (Brin and Page 1998), communities (Louvain, Blondel et al. 2008), components. */
import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import type { Inverse } from '../catalogue/inverse.ts';
import type { Store } from '../catalogue/store.ts';
import type { NetworkAnswer, NetworkCommunity, NetworkEdge, NetworkNode, NetworkQuestion } from './question.ts';
import { rounded, type Shared, sharedTrades } from './shared.ts';

// CommonJS: to Node the module is the function, to TypeScript what its types call the default.
const louvain = louvainModule as unknown as typeof louvainModule.default;
const pagerank = pagerankModule as unknown as typeof pagerankModule.default;

const TOP_TRADES = 5;
const ALPHA = 0.85;

/** The same for the same store, to the digit: nodes and links are put in by uid, and chance begins at one seed. */
export function networkOf(store: Store, inverse: Inverse, question: NetworkQuestion): NetworkAnswer {
  const shared = sharedTrades(store, inverse, question);
  const graph = graphOf(shared);
  const ranks = ranksOf(graph);
  const communities = numbered(graph, louvain(graph, { getEdgeWeight: 'strength', rng: seeded(1), randomWalk: false }));
  const components = numbered(graph, componentsOf(graph));
  const kept = keptRows(store, graph, question);
  const nodes = [...shared.trades].flatMap(([row, trades]): NetworkNode[] => {
    if (!kept.has(row)) return [];
    const at = store.pointRow(row, question.today);
    return [
      {
        uid: store.uid(row),
        name: store.name(row),
        type: store.type(row),
        latitude: at < 0 ? undefined : store.latitude(at),
        longitude: at < 0 ? undefined : store.longitude(at),
        trades: trades.length,
        degree: graph.degree(String(row)),
        weightedDegree: rounded(graph.reduceEdges(String(row), (sum, _edge, { strength }) => sum + strength, 0)),
        pageRank: ranks[String(row)]!,
        community: communities.get(row)!,
        component: components.get(row)!,
      },
    ];
  });
  nodes.sort((a, b) => b.pageRank - a.pageRank || (a.uid < b.uid ? -1 : 1));
  const edges = shared.links.flatMap(({ a, b, trades, strength }): NetworkEdge[] =>
    kept.has(a) && kept.has(b)
      ? [
          {
            source: store.uid(a),
            target: store.uid(b),
            weight: trades.length,
            strength,
            trades: trades.map((trade) => store.uid(trade)),
          },
        ]
      : [],
  );
  return {
    asOf: store.asOf,
    nodes,
    edges,
    communities: communitiesOf(store, shared, communities, kept),
    tooCommon: shared.tooCommon.map((trade) => store.uid(trade)).sort(),
    isCut: shared.isCut,
  };
}

type Graph = UndirectedGraph<Record<string, never>, { strength: number }>;

function graphOf({ trades, links }: Shared): Graph {
  const graph: Graph = new UndirectedGraph();
  for (const row of trades.keys()) graph.addNode(String(row));
  for (const { a, b, strength } of links) graph.addEdge(String(a), String(b), { strength });
  return graph;
}

/** Summing to 1; a structure without links has what chance alone leads to. */
function ranksOf(graph: Graph): Readonly<Record<string, number>> {
  if (graph.order === 0) return {};
  const ranks = pagerank(graph, { getEdgeWeight: 'strength', alpha: ALPHA, maxIterations: 1_000, tolerance: 1e-9 });
  return Object.fromEntries(Object.entries(ranks).map(([row, rank]) => [row, rounded(rank)]));
}

/** A generator of the same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function componentsOf(graph: Graph): Record<string, number> {
  const component: Record<string, number> = {};
  let next = 0;
  graph.forEachNode((start) => {
    if (component[start] !== undefined) return;
    const left = [start];
    component[start] = next;
    for (let node = left.pop(); node !== undefined; node = left.pop())
      graph.forEachNeighbor(node, (other) => {
        if (component[other] !== undefined) return;
        component[other] = next;
        left.push(other);
      });
    next += 1;
  });
  return component;
}

/** Groups numbered from 1, the largest first, of several that of the first node. */
function numbered(graph: Graph, groupOf: Readonly<Record<string, number>>): ReadonlyMap<number, number> {
  const groups = new Map<number, { size: number; first: number }>();
  let place = 0;
  graph.forEachNode((node) => {
    const group = groups.get(groupOf[node]!) ?? { size: 0, first: place };
    group.size += 1;
    groups.set(groupOf[node]!, group);
    place += 1;
  });
  const ordered = [...groups].sort(([, a], [, b]) => b.size - a.size || a.first - b.first);
  const numbers = new Map(ordered.map(([group], index) => [group, index + 1]));
  return new Map(graph.mapNodes((node) => [Number(node), numbers.get(groupOf[node]!)!]));
}

/** All rows, or those that are near enough to the one that is asked about. */
function keptRows(store: Store, graph: Graph, { about }: NetworkQuestion): ReadonlySet<number> {
  if (about === undefined) return new Set(graph.mapNodes((node) => Number(node)));
  const start = store.ordinalOfUid(about.uid);
  if (start < 0 || !graph.hasNode(String(start))) return new Set();
  const kept = new Set([start]);
  let rim = [start];
  for (let step = 0; step < about.depth; step += 1) {
    const next: number[] = [];
    for (const row of rim)
      graph.forEachNeighbor(String(row), (other) => {
        if (kept.has(Number(other))) return;
        kept.add(Number(other));
        next.push(Number(other));
      });
    rim = next;
  }
  return kept;
}

function communitiesOf(
  store: Store,
  { trades }: Shared,
  communities: ReadonlyMap<number, number>,
  kept: ReadonlySet<number>,
): readonly NetworkCommunity[] {
  const members = Map.groupBy(
    [...kept].filter((row) => communities.has(row)),
    (row) => communities.get(row)!,
  );
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([number, rows]) => {
      const counts = new Map<number, number>();
      for (const trade of rows.flatMap((row) => trades.get(row)!)) counts.set(trade, (counts.get(trade) ?? 0) + 1);
      const top = [...counts].sort((a, b) => b[1] - a[1] || (store.uid(a[0]) < store.uid(b[0]) ? -1 : 1));
      return { number, size: rows.length, topTrades: top.slice(0, TOP_TRADES).map(([trade]) => store.uid(trade)) };
    });
}
