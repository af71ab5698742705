/** The network by GraphQL, on a real graph. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from '../catalogue/local.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { HIDDEN, tell, to, VISIBLE, write } from '../testing/graph.ts';

let gateway: TestGateway;
let catalogue: LocalCatalogue;

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, [
    ...VISIBLE,
    ...HIDDEN,
    tell('Structure', 'f1', 'Filature d’essai', {
      codes: ['trame:f1'],
      fields: { structureType: 'firm' },
      relations: { place: [to('insee:99002')], trades: [to('trame:tisserand')] },
    }),
  ]);
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (_, fault) => console.error(fault) });
  await catalogue.ready();
});
afterAll(async () => {
  await catalogue.close();
  await gateway.database.close();
});

async function network(args: string, selection: string) {
  const { data, errors } = await gateway.query(`{ structureNetwork${args} { ${selection} } }`, {}, { catalogue });
  expect(errors).toEqual([]);
  return data.structureNetwork;
}

test('a museum and a firm share a trade; nobody hidden does', async () => {
  const told = await network(
    '',
    `nodeCount edgeCount asOf isCut tooCommon { name }
     nodes(first: 2) { degree pageRank community structure { name structureType place { name } } }
     edges { weight sharedTrades { name } }
     communities { number size topTrades { name } }`,
  );
  expect(told).toMatchObject({ nodeCount: 5, edgeCount: 1, isCut: false, tooCommon: [] });
  expect(told.asOf).toMatch(/^[\w-]{22}$/);
  expect(told.nodes.map((node: { structure: { name: string } }) => node.structure.name).sort()).toEqual([
    'Filature d’essai',
    'Écomusée du Lin',
  ]);
  expect(told.edges).toEqual([{ weight: 1, sharedTrades: [{ name: 'Tisserand' }] }]);
  expect(told.communities[0]).toEqual({ number: 1, size: 2, topTrades: [{ name: 'Tisserand' }] });
});

test('through holdings the other museum joins; around one, of some place, of some type', async () => {
  expect(await network('(filter: { through: EITHER })', 'edgeCount')).toEqual({ edgeCount: 3 });
  expect(await network('(filter: { through: EITHER, structureTypes: [MUSEUM] })', 'nodeCount edgeCount')).toEqual({
    nodeCount: 2,
    edgeCount: 1,
  });
  expect(await network('(filter: { about: "trame:f1" })', 'nodeCount')).toEqual({ nodeCount: 2 });
  expect(await network('(filter: { about: "trame:secret" })', 'nodeCount')).toEqual({ nodeCount: 0 });
  expect(await network('(filter: { trades: ["trame:textile"], places: ["insee:99002"] })', 'edgeCount')).toEqual({
    edgeCount: 0,
  });
});

test('exported, with the names of trades', async () => {
  const { gexf, graphml, edges, nodes } = await network(
    '',
    'gexf: export(format: GEXF) graphml: export(format: GRAPHML) edges: export(format: EDGES_CSV) nodes: export(format: NODES_CSV)',
  );
  expect(gexf).toContain('Filature d’essai');
  expect(graphml).toContain('<data key="edge-trades">Tisserand</data>');
  expect(edges.split('\r\n')).toHaveLength(3);
  expect(edges).toContain('Tisserand');
  expect(nodes.split('\r\n')).toHaveLength(7);
  expect(`${gexf}${graphml}${edges}${nodes}`).not.toMatch(/secret/i);
});

test.each(['(filter: { depth: 4, about: "trame:f1" })', '(filter: { minimumWeight: 0 })'])(
  '%s is refused',
  async (args) => {
    const { errors } = await gateway.query(`{ structureNetwork${args} { nodeCount } }`, {}, { catalogue });
    expect(errors).toMatchObject([{ code: 'BAD_ARGUMENT' }]);
  },
);

test('coverage: counts, why a cell is empty, and the query that gives each', async () => {
  const { data, errors } = await gateway.query(
    `{ coverage(trades: ["trame:textile"], structureTypes: [MUSEUM, FIRM, ARCHIVE]) {
         asOf trades { name } departments { name } cells { structureType count zero query } }
       held: coverage(trades: ["trame:tisserand"], structureTypes: [MUSEUM], through: HOLDINGS) { cells { count query } } }`,
    {},
    { catalogue },
  );
  expect(errors).toEqual([]);
  expect(data.coverage).toMatchObject({
    trades: [{ name: 'Métiers du textile' }],
    departments: [{ name: 'Département d’essai' }],
  });
  const cells = data.coverage.cells as { structureType: string; count: number; zero: string | null; query: string }[];
  expect(cells.map(({ structureType, count, zero }) => [structureType, count, zero])).toEqual([
    ['MUSEUM', 1, null],
    ['FIRM', 1, null],
    ['ARCHIVE', 0, 'NOT_HARVESTED'],
  ]);
  for (const { query, count } of [...cells, ...data.held.cells]) {
    const again = await gateway.query(query, {}, { catalogue });
    const [found] = Object.values(again.data as Record<string, { totalCount: number }>);
    expect(found!.totalCount).toBe(count);
  }
  expect(data.held.cells[0].count).toBe(2);
});

test.each(['(through: EITHER)', '(first: 101)'])('coverage%s is refused', async (args) => {
  const { errors } = await gateway.query(`{ coverage${args} { asOf } }`, {}, { catalogue });
  expect(errors).toMatchObject([{ code: 'BAD_ARGUMENT' }]);
});
