/** In a process of its own: the gateway, until its parent ends it. */
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import { startGateway } from '#gateway/server.ts';
import { answer, readInput } from './child.ts';

export interface GatewayInput {
  readonly connection: Neo4jConnection;
}

export interface GatewayAnswer {
  readonly url: string;
}

const { connection } = await readInput<GatewayInput>();
const gateway = await startGateway({ connection, port: 0, host: '127.0.0.1' });
const ready: GatewayAnswer = { url: gateway.url };
answer(ready);
