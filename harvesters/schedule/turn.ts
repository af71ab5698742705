/** A worker's turn at a host: a lease in the graph, so that workers on several machines never read one host at once, nor one source twice. */
import type { Database } from '#graph-schema/database.ts';
import { keptAlive, releaseLease, takeLease } from '../lease.ts';
import type { Source } from '../sources.ts';
import { hostOf } from './queue.ts';

/** Does the work while the source's host is ours; `taken` where another worker has it. The lease outlives a worker that dies by 30 s. */
export async function atItsHost<T>(
  database: Database,
  source: Source,
  holder: string,
  work: () => Promise<T>,
): Promise<{ done: T } | 'taken'> {
  const host = hostOf(source);
  // A name that no source can have: they hold no slash.
  const key = host === undefined ? `source/${source.name}` : `host/${host}`;
  const taken = await takeLease(database, key, holder);
  if ('held' in taken) return 'taken';
  let done: { done: T } | undefined;
  try {
    await keptAlive(database, taken.lease, async () => {
      done = { done: await work() };
    });
  } finally {
    // Where Neo4j is gone, it runs out by itself.
    await database.write((tx) => releaseLease(tx, taken.lease)).catch(() => undefined);
  }
  return done!;
}
