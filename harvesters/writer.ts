/** The writer: a bounded batch, its checkpoint and its figures in one transaction, refused when the lease is lost. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import type { Item, Pass } from '#graph-schema/fold/items.ts';
import { type KnownRecord, knownRecords } from '#graph-schema/fold/records.ts';
import { type Written, writeBatch } from '#graph-schema/fold/write.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { isDatabaseGone } from './database-gone.ts';
import { Guard } from './guard.ts';
import { fence, type Lease } from './lease.ts';
import { type Checkpoint, saveCheckpoint } from './runs.ts';

/** How long a writer waits for a Neo4j that has gone away: the source is read on when it comes back. */
export interface Patience {
  /** Default: five minutes. */
  readonly totalMs?: number;
  /** Between two tries. Default: two seconds. */
  readonly stepMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once each time it has gone. */
  readonly away?: (fault: Error) => void;
}

export interface Writer {
  /** What is stored of these ids, by id. */
  known(ids: readonly string[]): Promise<(id: string) => KnownRecord | undefined>;
  /** Those of these ids whose records must not be stored: the persons asked to be forgotten. Throws SuppressionRefused where that cannot be told. */
  suppressed(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Stores the batch; `more` is done in the same transaction. Throws LeaseLost, or what the driver throws when patience is at its end; then
   * nothing of the batch is stored.
   */
  commit(
    items: readonly Item[],
    checkpoint?: Checkpoint,
    more?: (tx: ManagedTransaction) => Promise<void>,
  ): Promise<Written>;
}

const NOTHING: Written = {
  counts: { created: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0, held: 0 },
  changed: [],
  unknown: [],
  contradicted: [],
};

export function createWriter(
  database: Database,
  lease: Lease,
  pass: Pass,
  resolver: Resolver,
  patience: Patience = {},
): Writer {
  let confirmed = NOTHING;
  const guard = new Guard(pass.source.name);
  return {
    suppressed: (ids) => patiently(patience, () => database.read((tx) => guard.suppressed(tx, ids))),
    async known(ids) {
      const keys = ids.map((id) => recordKey(pass.source.name, id));
      const known = await patiently(patience, () => database.read((tx) => knownRecords(tx, keys)));
      return (id) => known.get(recordKey(pass.source.name, id));
    },
    async commit(items, checkpoint, more) {
      await patiently(patience, () =>
        database.write(async (tx) => {
          // Committed already, its confirmation lost: the counts of that attempt still stand.
          if ((await fence(tx, lease)) === 'done') return;
          const allowed = await guard.pass(tx, items);
          confirmed = allowed.length > 0 ? await writeBatch(tx, pass, allowed, resolver) : NOTHING;
          await more?.(tx);
          if (checkpoint) await saveCheckpoint(tx, pass.source.name, checkpoint);
        }),
      );
      lease.commits += 1;
      return confirmed;
    },
  };
}

/** Tries again while Neo4j is away, for as long as patience lasts. */
async function patiently<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  const { totalMs = 300_000, stepMs = 2_000, signal, away } = patience;
  const until = performance.now() + totalMs;
  for (let first = true; ; first = false) {
    try {
      return await attempt();
    } catch (fault) {
      if (!isDatabaseGone(fault) || signal?.aborted || performance.now() + stepMs > until) throw fault;
      if (first) away?.(fault);
      await pause(stepMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}
