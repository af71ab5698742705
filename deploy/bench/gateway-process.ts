/** In a process of its own: the gateway, until its parent ends it. */
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import { addKey } from '#gateway/access/keys.ts';
import { startGateway } from '#gateway/server.ts';
import { Database } from '#graph-schema/database.ts';
import { answer, readInput } from './child.ts';

export interface GatewayInput {
  readonly connection: Neo4jConnection;
}

export interface GatewayAnswer {
  readonly url: string;
  readonly pid: number;
  /** An ordinary key, with the budget that every key has. Without one the bench asks as much as it likes. */
  readonly key: string;
}

/** Units a minute: more than a machine can answer. */
const NO_LIMIT = 1e12;
const NAME = 'banc';

const { connection } = await readInput<GatewayInput>();
const access = { anonymousBudget: NO_LIMIT };
const gateway = await startGateway({ connection, port: 0, host: '127.0.0.1', access });
const ready: GatewayAnswer = { url: gateway.url, pid: process.pid, key: await freshKey() };
answer(ready);

async function freshKey(): Promise<string> {
  const database = new Database(connection);
  try {
    await database.run('MATCH (k:ApiKey {name: $name}) DETACH DELETE k', { name: NAME });
    const made = await addKey(database, { name: NAME, roles: ['partner'], by: NAME });
    if ('text' in made) return made.text;
    throw new Error(`no key: ${made.refused}`);
  } finally {
    await database.close();
  }
}
