import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import type { RunReport } from '#harvesters/report.ts';
import { hostOf } from '#harvesters/schedule/queue.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { exitCodeOf, harvestAll } from './harvesting.ts';
import type { Hub } from './hub.ts';

let database: Database;
let partners: RunningPartners[];
let sources: Source[];
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  partners = await Promise.all([startPartners({ port: 0 }), startPartners({ port: 0 })]);
  const [here, there] = await Promise.all(
    partners.map(({ url }) => readSources(sourcesFolder({}), { TRAME_PARTNERS: url })),
  );
  const named = (from: typeof here, name: string, after: readonly string[] = []): Source => {
    const source = from!.sources.find((one) => one.name === name)!;
    return { ...source, about: { ...source.about, after: [...after] } };
  };
  sources = [
    named(here, 'reseau-ressources', ['reseau-etapes']),
    named(here, 'reseau-offres'),
    named(there, 'reseau-etapes'),
    named(there, 'reseau-programmes'),
  ];
});
afterAll(async () => {
  await Promise.all(partners.map((partner) => partner.close()));
  await database.close();
});

const hub = (signal: AbortSignal): Hub => ({ neo4j: undefined as unknown as RunningNeo4j, database, signal });

test('several at once, never two of a host, each after those it names; the reports in the order given', async () => {
  const reports = await harvestAll(sources, hub(new AbortController().signal), { progress: false, jobs: 3 });
  expect(reports.map(({ source, outcome }) => [source, outcome])).toEqual(
    sources.map(({ name }) => [name, 'complete']),
  );
  expect(exitCodeOf(reports, sources.length)).toBe(0);
  const [resources, offers, stages] = reports as [RunReport, RunReport, RunReport];
  expect(resources.startedAt.getTime()).toBeGreaterThanOrEqual(stages.endedAt!.getTime());
  for (const [index, one] of reports.entries()) {
    for (const [other, two] of reports.entries()) {
      if (index === other || hostOf(sources[index]!) !== hostOf(sources[other]!)) continue;
      const apart = one.endedAt! <= two.startedAt || two.endedAt! <= one.startedAt;
      expect([one.source, two.source, apart]).toEqual([one.source, two.source, true]);
    }
  }
  // Of two hosts, side by side.
  expect(offers.startedAt < stages.endedAt! && stages.startedAt < offers.endedAt!).toBe(true);
}, 90_000);

test('told to stop, it begins nothing', async () => {
  expect(await harvestAll(sources, hub(AbortSignal.abort()), { progress: false })).toEqual([]);
});
