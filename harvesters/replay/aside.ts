/** What stood beside a record until a steward decides, or since one did. Writing a record forgets it, as a harvest brings a newer version; a replay brings nothing new. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Pass } from '#graph-schema/fold/items.ts';
import { setAside } from '#graph-schema/fold/records.ts';
import type { Again } from './again.ts';

/** Sets aside again what these records had beside them; but for those whose newer version could be read after all. */
export async function keepAside(tx: ManagedTransaction, pass: Pass, batch: readonly Again[]): Promise<void> {
  const waiting = batch.filter(({ became }) => became !== 'recovered');
  await setAside(
    tx,
    pass,
    waiting.flatMap(({ held }) => held ?? []),
  );
  const refused = waiting.flatMap(({ row }) =>
    row.refusedHash === null ? [] : [{ key: row.key, hash: row.refusedHash }],
  );
  if (refused.length === 0) return;
  await tx.run('UNWIND $refused AS row MATCH (r:SourceRecord {key: row.key}) SET r.refusedHash = row.hash', {
    refused,
  });
}
