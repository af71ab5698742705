import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { emptyGraph } from '../graph.ts';
import { fillTo, writeAsHarvested, writeLandmarks } from './fill.ts';
import { objectAt } from './records.ts';

const OBJECTS = 500;
const BEFORE = 300;
let database: Database;

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());

test('what is filled directly is what the writer leaves', async () => {
  await fillTo(database, BEFORE, () => undefined);
  // As where it is stopped between the writer's part of a batch and its own.
  await writeAsHarvested(database, [objectAt(BEFORE), objectAt(BEFORE + 1)]);
  await fillTo(database, OBJECTS, () => undefined);
  const filled = await digest(database);
  await emptyGraph(database);
  await writeLandmarks(database);
  await writeAsHarvested(
    database,
    Array.from({ length: OBJECTS }, (_, rank) => objectAt(rank)),
  );
  expect(filled.kinds['HeritageObject']?.entities).toBe(OBJECTS);
  expect(filled).toEqual(await digest(database));
}, 120_000);
