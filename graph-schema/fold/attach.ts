/** Records whose entity has gone, or that hang on another than their own, are led back: a record says itself which uid it describes. */
import type { Database } from '../database.ts';
import { compare } from './describing.ts';

const PAGE = 2_000;

/** Looks at all records in key order. Gives how many were led back, or would be. */
export async function attachRecords(
  database: Database,
  { dryRun, signal }: { dryRun: boolean; signal: AbortSignal | undefined },
): Promise<number> {
  let attached = 0;
  for (let after: string | null = ''; after !== null && !signal?.aborted; ) {
    const page: { last: string | null; astray: { key: string; uid: string }[] } = await strayPage(database, after);
    after = page.last;
    attached += page.astray.length;
    if (dryRun || page.astray.length === 0) continue;
    const rows = page.astray.sort((a, b) => compare(a.uid, b.uid));
    await database.write((tx) =>
      tx.run(
        `UNWIND $rows AS row MERGE (e:Entity {uid: row.uid}) SET e.lock = 1
         WITH e, row MATCH (r:SourceRecord {key: row.key}) WHERE r.uid = row.uid
         OPTIONAL MATCH (r)-[other:DESCRIBES]->(x) WHERE x <> e
         DELETE other
         MERGE (r)-[:DESCRIBES]->(e)`,
        { rows },
      ),
    );
  }
  return attached;
}

async function strayPage(
  database: Database,
  after: string,
): Promise<{ last: string | null; astray: { key: string; uid: string }[] }> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key > $after WITH r ORDER BY r.key LIMIT ${PAGE}
       WITH r, r.uid IS NOT NULL AND (COUNT { (r)-[:DESCRIBES]->() } <> 1 OR NOT EXISTS { (r)-[:DESCRIBES]->(:Entity {uid: r.uid}) }) AS astray
       RETURN max(r.key) AS last, [one IN collect(CASE WHEN astray THEN {key: r.key, uid: r.uid} END) WHERE one IS NOT NULL] AS astray`,
      { after },
    ),
  );
  return records[0]!.toObject() as unknown as { last: string | null; astray: { key: string; uid: string }[] };
}
