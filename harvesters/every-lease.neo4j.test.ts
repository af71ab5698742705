import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { holdStill } from './every-lease.ts';
import { releaseLease, takeLease } from './lease.ts';

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
  await database.run("UNWIND ['a', 'b'] AS name CREATE (:Source {name: name})");
});
const still = (waitMs: number) => holdStill(database, ['c'], { holder: 'test', waitMs, stepMs: 50 });

test('nobody harvests meanwhile, not even a source that never was; afterwards everyone may', async () => {
  const held = await still(0);
  if ('busy' in held) throw new Error('busy');
  for (const source of ['a', 'b', 'c']) expect(await takeLease(database, source, 'x')).toHaveProperty('held');
  expect(await held.still.broken()).toBeUndefined();
  await held.still.release();
  for (const source of ['a', 'b', 'c']) expect(await takeLease(database, source, 'x')).toHaveProperty('lease');
});

test('waits for a source that is being harvested, and names it when it is too long', async () => {
  const taken = await takeLease(database, 'b', 'x');
  expect(await still(100)).toMatchObject({ busy: { code: 'backup-sources-busy', particulars: { sources: 'b' } } });
  expect(await takeLease(database, 'a', 'x')).toHaveProperty('lease');
  await database.run("MATCH (l:Lease {source: 'a'}) DELETE l");
  const waiting = still(5_000);
  if ('lease' in taken) await database.write((tx) => releaseLease(tx, taken.lease));
  const held = await waiting;
  expect(held).toHaveProperty('still');
  if ('still' in held) await held.still.release();
});

test('a harvest of an unknown source that came and went is noticed', async () => {
  const held = await still(0);
  if ('busy' in held) throw new Error('busy');
  const other = await takeLease(database, 'unheard-of', 'x');
  if ('lease' in other) await database.write((tx) => releaseLease(tx, other.lease));
  expect(await held.still.broken()).toMatchObject({ code: 'backup-lease-lost' });
  await held.still.release();
});
