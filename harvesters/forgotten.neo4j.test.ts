import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { suppressionKeyFrom } from '#graph-schema/suppression/key.ts';
import { suppress } from '#graph-schema/suppression/list.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { hideExpired } from './expire.ts';
import { replay } from './replay.ts';
import { carryOut, openTakedown } from './takedown.ts';
import { END, harvestInto, records, sourceThat } from './testing/scripted.ts';

const SECRET = 'the key of this test alone';
const KEPT = ['TRAME_HOME', 'TRAME_SUPPRESSION_KEY'] as const;
const before = KEPT.map((name) => process.env[name]);
const home = mkdtempSync(join(tmpdir(), 'trame-no-key-'));
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  process.env['TRAME_HOME'] = home;
});
afterAll(async () => {
  KEPT.forEach((name, index) => {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  });
  rmSync(home, { recursive: true, force: true });
  await database.close();
});

const source = sourceThat(async function* () {
  yield* [...records(1, 3), END];
});
const stored = async () =>
  (await database.run('MATCH (r:SourceRecord) RETURN r.id AS id ORDER BY id')).records.map((row) => row.get('id'));
const shown = async () =>
  (await database.run('MATCH (r:SourceRecord)-[:DESCRIBES]->(:Published) RETURN r.id AS id ORDER BY id')).records.map(
    (row) => row.get('id'),
  );

test('who is in the list is not stored, only counted; without its key, or with another one, nobody is', async () => {
  const key = suppressionKeyFrom(SECRET);
  await database.write((tx) => suppress(tx, key, [key.hashOf('essai', '2')]));
  delete process.env['TRAME_SUPPRESSION_KEY'];
  expect(await harvestInto(database, source)).toMatchObject({
    outcome: 'failed',
    reason: { code: 'suppression-key-missing' },
  });
  process.env['TRAME_SUPPRESSION_KEY'] = 'another key, long enough';
  expect(await harvestInto(database, source)).toMatchObject({
    outcome: 'failed',
    reason: { code: 'suppression-key-differs' },
  });
  expect(await stored()).toEqual([]);
  process.env['TRAME_SUPPRESSION_KEY'] = SECRET;
  const report = await harvestInto(database, source);
  expect(report).toMatchObject({ outcome: 'complete', suppressed: 1, figures: { seen: 3, created: 2 } });
  expect(await stored()).toEqual(['1', '3']);

  delete process.env['TRAME_SUPPRESSION_KEY'];
  const about = { kind: 'record', target: 'essai/1' } as const;
  const resolver = createResolver();
  expect(await shown()).toEqual(['1', '3']);
  await database.write((tx) =>
    openTakedown(tx, { ...about, reason: 'essai', owner: 'essai', deadline: '2030-01-01', by: 'essai' }),
  );
  expect(await carryOut(database, about, 'essai', resolver), 'what is stored is hidden all the same').toEqual({
    done: 1,
    busy: [],
  });
  expect(await shown()).toEqual(['3']);
  await database.run("MATCH (r:SourceRecord {id: '3'}) SET r.visibleUntil = '2020-01-01'");
  expect(await hideExpired(database, resolver, new Date(), 'essai')).toBe(1);
  expect(await shown()).toEqual([]);
});

test('a replay that may not store says why, and gives its lease back', async () => {
  await database.run("MATCH (r:SourceRecord) REMOVE r.hash SET r.mapping = 'old'");
  const again = () => replay(source, database, { resolver: createResolver(), holder: 'essai' });
  const { run } = await again();
  expect(run.reason?.code).toBe('suppression-key-missing');
  expect((await again()).run.reason?.code).toBe('suppression-key-missing');
});
