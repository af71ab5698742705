import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { trialStanding } from '#harvesters/trial.ts';
import { harvestOne } from '../harvesting.ts';
import type { Hub } from '../hub.ts';
import { listed, listTable } from './list.ts';
import { carryOut } from './trial.ts';

let database: Database;
let partners: RunningPartners;
let source: Source;
let hub: Hub;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  partners = await startPartners({ port: 0 });
  const read = await readSources(sourcesFolder({}), { TRAME_PARTNERS: partners.url });
  const found = read.sources.find(({ name }) => name === 'reseau-ressources')!;
  source = { ...found, about: { ...found.about, trial: true } };
  hub = { neo4j: undefined as unknown as RunningNeo4j, database, signal: new AbortController().signal };
});
afterAll(async () => {
  await partners.close();
  await database.close();
});

const published = async () =>
  Number((await database.run('MATCH (n:Resource:Published) RETURN count(n) AS n')).records[0]?.get('n'));
const decide = (by: string, isPublished: boolean) =>
  carryOut(hub, source, { published: isPublished, by, note: 'relu' });

test('a source on trial is harvested and seen by nobody, until a steward publishes it; and taken back again', async () => {
  const harvest = () => harvestOne(source, database, hub.signal, { resolver: createResolver() });
  expect((await harvest()).outcome).toBe('complete');
  const { records, visible } = await trialStanding(database, source.name);
  expect([records > 0, visible, await published()]).toEqual([true, 0, 0]);
  expect((await listed([source], database, new Date()))[0]).toMatchObject({ trial: true, state: 'trial', records });

  expect(await decide('Anne', true)).toMatch(new RegExp(`publiée .* Anne[^]*${records} notices deviennent visibles`));
  expect(await published()).toBe(records);
  expect(await decide('Anne', true)).toContain('déjà publiée');

  // The decision outlives a harvest.
  expect((await harvest()).outcome).toBe('complete');
  expect(await published()).toBe(records);
  const [row] = await listed([source], database, new Date());
  expect(row).toMatchObject({ state: 'fresh', records });
  expect(listTable([row!])).toContain('à jour');

  expect(await decide('Luc', false)).toMatch(new RegExp(`à l’essai[^]*${records} notices ne sont plus visibles`));
  expect(await published()).toBe(0);
  const { records: decisions } = await database.run(
    'MATCH (d:Decision) RETURN d.kind AS kind, d.by AS by, d.subject AS subject, d.note AS note ORDER BY d.at',
  );
  expect(decisions.map((one) => one.toObject())).toEqual([
    { kind: 'publish-source', by: 'Anne', subject: source.name, note: 'relu' },
    { kind: 'withdraw-source', by: 'Luc', subject: source.name, note: 'relu' },
  ]);
}, 90_000);

test('a source that is not on trial can be neither published nor withdrawn, and is told why', async () => {
  const plain = { ...source, about: { ...source.about, trial: false } };
  await expect(carryOut(hub, plain, { published: false, by: 'Anne' })).rejects.toThrow(
    /n’est pas à l’essai.*trial: true/s,
  );
});
