import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { type RunningGateway, startGateway } from '#gateway/server.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import type { RunReport } from '#harvesters/report.ts';
import { inOrder, readSources, sourcesFolder } from '#harvesters/sources.ts';
import { harvestAll } from './harvesting.ts';

/** The main job on real parts, with a few of the demonstration's sources: partner → connector → fold → Neo4j → GraphQL. */
const WANTED = [
  'metiers',
  'reseau-structures',
  'reseau-parcours',
  'reseau-volets',
  'webmuseo-touage',
  'webmuseo-secherie',
  'webmuseo-jeux-loon-plage',
  'webmuseo-vassogne',
];

let database: Database;
let partners: RunningPartners;
let gateway: RunningGateway;
let reports: RunReport[];
const harvest = async () => {
  const { sources } = await readSources(sourcesFolder({}), { TRAME_PARTNERS: partners.url });
  const wanted = inOrder(sources.filter(({ name }) => WANTED.includes(name)));
  const hub = { neo4j: undefined as unknown as RunningNeo4j, database, signal: new AbortController().signal };
  return harvestAll(wanted, hub, { progress: false });
};

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  partners = await startPartners({ port: 0 });
  reports = await harvest();
  gateway = await startGateway({ connection: testConnection(), port: 0, host: '127.0.0.1' });
}, 180_000);
afterAll(async () => {
  await gateway?.stop();
  await partners?.close();
  await database.close();
});

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}
async function number(query: string): Promise<number> {
  return Number((await database.run(query)).records[0]?.get('n'));
}

describe('the main job', () => {
  test('every source is complete, and nothing is rejected', () => {
    expect(reports.map(({ source, outcome }) => [source, outcome]).sort()).toEqual(
      WANTED.toSorted().map((name) => [name, 'complete']),
    );
    expect(reports.reduce((sum, { figures }) => sum + figures.rejected, 0)).toBe(0);
  });

  test('GraphQL counts the visible objects and no other', async () => {
    const objects = "MATCH (r:SourceRecord {kind: 'HeritageObject', state: 'live'})";
    const visible = await number(`${objects} WHERE r.visibility = 'public' RETURN count(r) AS n`);
    const { heritageObjects, counts } = await ask<{ heritageObjects: unknown; counts: unknown[] }>(
      '{ heritageObjects(first: 0) { totalCount } counts { kind count } }',
    );
    expect(heritageObjects).toEqual({ totalCount: visible });
    expect(counts).toContainEqual({ kind: 'HERITAGE_OBJECT', count: visible });
    expect(visible).toBeLessThan(await number(`${objects} RETURN count(r) AS n`));
  });

  test('a museum leads to its objects, and an object to its museum, trade and source', async () => {
    interface Museum {
      readonly name: string;
      readonly holdings: { totalCount: number; nodes: { provenance: { source: string }[] }[] };
    }
    const { structures } = await ask<{ structures: { nodes: Museum[] } }>(
      `{ structures(first: 1, filter: { search: "touage" }) { nodes { name holdings(first: 2) {
        totalCount nodes { name demonstration heldBy { name } provenance { field source } } } } } }`,
    );
    const [museum] = structures.nodes;
    expect(museum?.holdings.totalCount).toBeGreaterThan(100);
    expect(museum?.holdings.nodes).toHaveLength(2);
    for (const object of museum?.holdings.nodes ?? []) {
      expect(object).toMatchObject({ demonstration: true, heldBy: { name: museum?.name } });
      expect(new Set(object.provenance.map(({ source }) => source))).toEqual(new Set(['webmuseo-touage']));
    }
  });

  test('the agricultural pathway of the report has its missing leg', async () => {
    const { pathways } = await ask<{ pathways: { nodes: { name: string; legs: { nodes: unknown[] } }[] } }>(
      '{ pathways(first: 10) { nodes { name legs(first: 5) { nodes { role state structures(first: 5) { nodes { name } } } } } } }',
    );
    const found = pathways.nodes.find(({ name }) => name.includes('Agricole'));
    expect(found?.legs.nodes).toContainEqual({ role: 'TRAINING', state: 'MISSING', structures: { nodes: [] } });
  });

  test('harvested again, everything is unchanged and takes no change number', async () => {
    const before = await number("MATCH (s:Sequence {name: 'change'}) RETURN s.value AS n");
    const again = await harvest();
    expect(again.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(again.reduce((sum, { figures: { created, updated } }) => sum + created + updated, 0)).toBe(0);
    expect(await number("MATCH (s:Sequence {name: 'change'}) RETURN s.value AS n")).toBe(before);
  });
});
