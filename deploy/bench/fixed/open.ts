/** The Neo4j of the fixed graph: apart from the others, and kept, so that what was filled need not be filled again. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';

/** The same for a small graph and a large one: their figures are compared. */
const MEMORY = { heapInitialMb: 1024, heapMaxMb: 2048, pageCacheMb: 4096 };
const JARS = 'neo4j-lib';

export interface FixedGraph {
  readonly connection: Neo4jConnection;
  readonly database: Database;
  /** Ends the server; the graph stays. */
  close(): Promise<void>;
}

/** Opens it as an earlier bench left it. Throws Neo4jUnavailable. */
export async function openFixedGraph(home: string, tell: (line: string) => void): Promise<FixedGraph> {
  const own = join(home, 'bench-graph');
  mkdirSync(own, { recursive: true });
  // One copy of Neo4j serves both.
  if (existsSync(join(home, JARS)) && !existsSync(join(own, JARS))) symlinkSync(join('..', JARS), join(own, JARS));
  const neo4j = await openNeo4j({ home: own, purpose: 'test', onProgress: tell, memory: MEMORY });
  const database = new Database(neo4j.connection);
  const close = async () => {
    await database.close();
    await neo4j.stop();
  };
  try {
    await migrate(database);
  } catch (fault) {
    await close();
    throw fault;
  }
  return { connection: neo4j.connection, database, close };
}
