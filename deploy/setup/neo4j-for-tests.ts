import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';

declare module 'vitest' {
  interface ProvidedContext {
    neo4j: Neo4jConnection;
  }
}

/** Where tests keep their Neo4j: its folder there is not the demo's, even in the same home. */
export function homeForTests(): string {
  return resolve(process.env['TRAME_HOME'] || join(import.meta.dirname, '..', '..', '.trame'));
}

/** Vitest calls this once, before the first test of the project `neo4j`, and what it gives back after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await openNeo4j({
    home: homeForTests(),
    purpose: 'test',
    shortLived: true,
    onProgress: (line) => console.error(line),
  });
  project.provide('neo4j', running.connection);
  return () => running.stop();
}
