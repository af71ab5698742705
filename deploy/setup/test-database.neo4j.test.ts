import { afterAll, beforeAll, expect, test } from 'vitest';
import { driverFor } from '#deploy/neo4j/connection.ts';
import { testConnection, wipe } from './test-database.ts';

const { database } = testConnection();
const driver = driverFor(testConnection());
const run = async (text: string) => (await driver.executeQuery(text, {}, { database })).records;

beforeAll(() => wipe(driver));
afterAll(() => driver.close());

test('wipe leaves no node, no relation, no constraint and no index of ours', async () => {
  await run('CREATE CONSTRAINT thing_uid FOR (n:Thing) REQUIRE n.uid IS UNIQUE');
  await run('CREATE INDEX thing_name FOR (n:Thing) ON (n.name)');
  await run('CREATE FULLTEXT INDEX `thing words` FOR (n:Thing) ON EACH [n.name]');
  await run('UNWIND range(1, 4500) AS i CREATE (:Thing {uid: i})-[:NEXT]->(:Other)');
  await wipe(driver);
  expect(await run('MATCH (n) RETURN n LIMIT 1')).toHaveLength(0);
  expect(await run('SHOW CONSTRAINTS')).toHaveLength(0);
  expect(await run("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP'")).toHaveLength(0);
});
