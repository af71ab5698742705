/** The writer: a bounded batch, its checkpoint and its figures in one transaction, refused when the lease is lost. */
import type { Database } from '#graph-schema/database.ts';
import type { Item, SourceOfRecords } from '#graph-schema/fold/records.ts';
import { type BatchCounts, writeBatch } from '#graph-schema/fold/write.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { fence, type Lease } from './lease.ts';
import { type Checkpoint, saveCheckpoint } from './runs.ts';

export interface Writer {
  /** Stores the batch. Throws LeaseLost, or what the driver throws after its retries; then nothing of the batch is stored. */
  commit(items: readonly Item[], checkpoint: Checkpoint | undefined): Promise<BatchCounts>;
}

/** `snapshot` is the pass under which records count as seen. */
export function createWriter(
  database: Database,
  lease: Lease,
  source: SourceOfRecords,
  snapshot: string,
  resolver: Resolver,
): Writer {
  let confirmed: BatchCounts = { created: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0 };
  return {
    async commit(items, checkpoint) {
      await database.write(async (tx) => {
        // Committed already, its confirmation lost: the counts of that attempt still stand.
        if ((await fence(tx, lease)) === 'done') return;
        confirmed = await writeBatch(tx, source, snapshot, items, resolver);
        if (checkpoint) await saveCheckpoint(tx, source.name, checkpoint);
      });
      lease.commits += 1;
      return confirmed;
    },
  };
}
