import type { Driver } from 'neo4j-driver';
import { inject } from 'vitest';
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import type {} from './neo4j-for-tests.ts';

const NODES_PER_BATCH = 2_000;
const RELATIONS_PER_BATCH = 10_000;

/** The Neo4j that was started for the tests. Only in `*.neo4j.test.ts`: the unit tests have none. */
export function testConnection(): Neo4jConnection {
  return inject('neo4j');
}

/** Empties the test database: nodes and relations in batches, then all constraints and indexes (the token look-ups stay). */
export async function wipe(driver: Driver): Promise<void> {
  const { database } = testConnection();
  const run = async (text: string) => (await driver.executeQuery(text, {}, { database })).records;
  const untilNone = async (text: string) => {
    while (Number((await run(text))[0]?.get('deleted') ?? 0) > 0);
  };
  await untilNone(`MATCH ()-[r]->() WITH r LIMIT ${RELATIONS_PER_BATCH} DELETE r RETURN count(*) AS deleted`);
  await untilNone(`MATCH (n) WITH n LIMIT ${NODES_PER_BATCH} DETACH DELETE n RETURN count(*) AS deleted`);
  for (const constraint of await run('SHOW CONSTRAINTS YIELD name')) {
    await run(`DROP CONSTRAINT \`${constraint.get('name')}\` IF EXISTS`);
  }
  for (const index of await run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")) {
    await run(`DROP INDEX \`${index.get('name')}\` IF EXISTS`);
  }
}
