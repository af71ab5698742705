/** What most commands need: Neo4j (running, or started for this command alone), the graph brought up to date, the end handled well. */
import { join, resolve } from 'node:path';
import { openNeo4j, type RunningNeo4j } from '#deploy/neo4j/open.ts';
import { bringListFile } from '#deploy/personal/list-file.ts';
import { recoverStore } from '#deploy/personal/rewrite.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';

export interface Hub {
  readonly neo4j: RunningNeo4j;
  readonly database: Database;
  /** Aborted by Ctrl-C, TERM or HUP: long work then ends at its next checkpoint. */
  readonly signal: AbortSignal;
}

/** The folder that keeps everything: TRAME_HOME, or `.trame` in the project. */
export function home(): string {
  return resolve(process.env['TRAME_HOME'] || join(import.meta.dirname, '..', '..', '.trame'));
}

/** Progress goes to standard error, so that standard output stays what was asked for. */
export function tell(line: string): void {
  console.error(line);
}

/** Opens the hub, does the work, and stops what was started, whatever happens. */
export async function withHub<T>(work: (hub: Hub) => Promise<T>, quiet = false): Promise<T> {
  const recovered = await recoverStore(home());
  if (recovered !== undefined) tell(recovered);
  const neo4j = await openNeo4j({ home: home(), purpose: 'data', ...(quiet ? {} : { onProgress: tell }) });
  const database = new Database(neo4j.connection);
  const ended = endSignal();
  try {
    await migrate(database);
    await bringListFile(database, home());
    return await work({ neo4j, database, signal: ended.signal });
  } finally {
    ended.dispose();
    await database.close();
    await neo4j.stop();
  }
}

/** A signal ended the work. What was committed until then stays; nothing is half written. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** The first Ctrl-C ends the work in order; a second one at once. */
export function endSignal(): { signal: AbortSignal; dispose: () => void } {
  const ended = new AbortController();
  const end = (name: NodeJS.Signals) => {
    if (ended.signal.aborted) process.exit(130);
    ended.abort(new Interrupted(name));
  };
  const names: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, end);
  return {
    signal: ended.signal,
    dispose: () => {
      for (const name of names) process.off(name, end);
    },
  };
}

/** Waits until the signal; used by commands that serve until they are stopped. */
export function untilEnded(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
