import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { Clock } from './clock.ts';
import { FAMILIES } from './fault.ts';
import { FAULTS } from './faults.ts';
import { play } from './play.ts';

const resolver = createResolver();
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());

/** The play has a deadline of its own, longer on a busy machine: it must be the first to say so. */
const WITHIN_MS = 60_000;

describe.each(FAMILIES)('%s', (family) => {
  const faults = FAULTS.filter((fault) => fault.family === family && fault.withinMs === undefined);
  // Side by side: most of a fault is waiting.
  test.concurrent.each(faults.map((fault) => [fault.name, fault] as const))(
    '%s',
    { timeout: WITHIN_MS },
    async (_name, fault) => {
      const row = await play(fault, { clock: new Clock(), database, address: testConnection() }, { resolver });
      expect(row.wrong).toEqual([]);
      expect(row.kept).toBe(row.records);
    },
  );
});
