import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { suppressionKeyFrom } from '#graph-schema/suppression/key.ts';
import { suppress } from '#graph-schema/suppression/list.ts';
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
});
