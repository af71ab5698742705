/** What the graph knows of the sources that bears on when they are due: one query for all. */
import type { Database } from '#graph-schema/database.ts';
import type { Standing } from '../due.ts';

/** By name; a source that the graph does not know has never run. Replays and other work on its records are not runs of it. */
export async function standingsOf(
  database: Database,
  names: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $names AS name
       OPTIONAL MATCH (s:Source {name: name})
       OPTIONAL MATCH (l:Lease {source: name})
       CALL (name) {
         OPTIONAL MATCH (r:Run {source: name}) WHERE r.startedAt IS NOT NULL AND coalesce(r.kind, 'harvest') = 'harvest'
         WITH r ORDER BY r.startedAt DESC LIMIT 1
         RETURN r.startedAt.epochMillis AS started, r.outcome AS outcome
       }
       RETURN name, started, coalesce(l.expires > datetime(), false) AS running,
              outcome = 'running' AND NOT coalesce(l.expires > datetime(), false) AS died,
              s.resumesAt.epochMillis AS resumesAt, s.notBefore.epochMillis AS notBefore,
              s.runRequestedAt.epochMillis AS requestedAt`,
      { names },
    ),
  );
  return new Map(
    records.map((row) => {
      const date = (name: string) => {
        const milliseconds = row.get(name) as number | null;
        return milliseconds === null ? undefined : new Date(milliseconds);
      };
      const standing: Standing = {
        started: date('started'),
        running: row.get('running') as boolean,
        died: row.get('died') === true,
        resumesAt: date('resumesAt'),
        notBefore: date('notBefore'),
        requestedAt: date('requestedAt'),
      };
      return [row.get('name') as string, standing];
    }),
  );
}

/** A steward asks for a run now: the next worker that looks takes it. `about` is what a source that never ran is known by. */
export async function requestRun(
  database: Database,
  source: string,
  about: Readonly<Record<string, unknown>>,
): Promise<void> {
  await database.write((tx) =>
    tx.run('MERGE (s:Source {name: $source}) ON CREATE SET s += $about SET s.runRequestedAt = datetime()', {
      source,
      about,
    }),
  );
}
