/** The network in the formats of the tools that analysts use: GEXF (Gephi), GraphML (igraph, networkx, yEd), CSV (spreadsheets). */
import { UndirectedGraph } from 'graphology';
import * as gexf from 'graphology-gexf';
import type { NetworkAnswer, NetworkEdge, NetworkNode } from './question.ts';

export const FORMATS = ['gexf', 'graphml', 'nodes-csv', 'edges-csv'] as const;
export type Format = (typeof FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  gexf: 'application/gexf+xml; charset=utf-8',
  graphml: 'application/graphml+xml; charset=utf-8',
  'nodes-csv': 'text/csv; charset=utf-8',
  'edges-csv': 'text/csv; charset=utf-8',
};

const NODE_COLUMNS = [
  'name',
  'type',
  'latitude',
  'longitude',
  'trades',
  'degree',
  'weightedDegree',
  'pageRank',
  'community',
  'component',
] as const satisfies readonly (keyof NetworkNode)[];
const NUMBERS: ReadonlySet<string> = new Set(NODE_COLUMNS.slice(2));

/** `tradeNames`: of trades by uid; a trade without one keeps its uid. */
export function exported(format: Format, network: NetworkAnswer, tradeNames: ReadonlyMap<string, string>): string {
  const named = (edge: NetworkEdge) => edge.trades.map((trade) => tradeNames.get(trade) ?? trade).join('; ');
  switch (format) {
    case 'gexf':
      return writeGexf(network, named);
    case 'graphml':
      return writeGraphml(network, named);
    case 'nodes-csv':
      return table(
        ['uid', ...NODE_COLUMNS],
        network.nodes.map((node) => [node.uid, ...NODE_COLUMNS.map((name) => node[name])]),
      );
    case 'edges-csv':
      return table(
        ['source', 'target', 'weight', 'strength', 'trades'],
        network.edges.map((edge) => [edge.source, edge.target, edge.weight, edge.strength, named(edge)]),
      );
  }
}

function writeGexf({ nodes, edges }: NetworkAnswer, named: (edge: NetworkEdge) => string): string {
  const graph = new UndirectedGraph();
  for (const { uid, name, latitude, longitude, ...figures } of nodes) {
    graph.addNode(uid, {
      label: printable(name),
      ...figures,
      type: figures.type ?? '',
      ...(latitude === undefined ? {} : { latitude, longitude }),
    });
  }
  for (const edge of edges)
    graph.addEdge(edge.source, edge.target, {
      weight: edge.weight,
      strength: edge.strength,
      trades: printable(named(edge)),
    });
  return gexf.write(graph, { version: '1.3' });
}

/** GraphML 1.0 (graphml.graphdrawing.org): no library that is kept up writes it. */
function writeGraphml({ nodes, edges }: NetworkAnswer, named: (edge: NetworkEdge) => string): string {
  const key = (name: string, of: 'node' | 'edge', type: 'string' | 'double') =>
    `  <key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`;
  const data = (of: string, values: readonly (readonly [string, string | number | undefined])[]) =>
    values
      .flatMap(([name, value]) =>
        value === undefined ? [] : [`<data key="${of}-${name}">${escaped(String(value))}</data>`],
      )
      .join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...NODE_COLUMNS.map((name) => key(name, 'node', NUMBERS.has(name) ? 'double' : 'string')),
    ...(['weight', 'strength'] as const).map((name) => key(name, 'edge', 'double')),
    key('trades', 'edge', 'string'),
    '  <graph id="structures" edgedefault="undirected">',
    ...nodes.map(
      (node) =>
        `    <node id="${escaped(node.uid)}">${data(
          'node',
          NODE_COLUMNS.map((name) => [name, node[name]] as const),
        )}</node>`,
    ),
    ...edges.map(
      (edge) =>
        `    <edge source="${escaped(edge.source)}" target="${escaped(edge.target)}">${data('edge', [
          ['weight', edge.weight],
          ['strength', edge.strength],
          ['trades', named(edge)],
        ])}</edge>`,
    ),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** XML 1.0 has no place for control characters, nor for half of a pair. */
function printable(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}

function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
function table(header: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
