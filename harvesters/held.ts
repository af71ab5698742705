/** Held batches: deletions or updates that wait for a steward, each with its members, its limit and the day on which it lapses. */
import { randomUUID } from 'node:crypto';
import neo4j, { type ManagedTransaction } from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';

export type HeldKind = 'deletions' | 'updates';
/** `settled`: nothing of it is left to decide, as its records came back or were updated. `expired`: nobody decided in time; what is still absent is proposed anew. */
export type HeldState = 'waiting' | 'approved' | 'refused' | 'expired' | 'settled' | 'undone';

export interface HeldBatch {
  readonly id: string;
  readonly source: string;
  readonly kind: HeldKind;
  readonly state: HeldState;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly count: number;
  /** What would have gone without a steward, and how many records the source had. */
  readonly limit: number;
  readonly live: number;
  /** Of updates: the fields that would have been emptied. */
  readonly fields: readonly string[];
  readonly decidedAt: string | null;
  readonly by: string | null;
}

const COLUMNS =
  'b {.id, .source, .kind, .state, .count, .limit, .live, .by, fields: coalesce(b.fields, []), openedAt: toString(b.openedAt), ' +
  'expiresAt: toString(b.expiresAt), decidedAt: toString(b.decidedAt)} AS batch';

/** The property by which a record belongs to a batch of this kind. */
export const MEMBERSHIP: Readonly<Record<HeldKind, string>> = { deletions: 'held', updates: 'heldUpdate' };

/** All batches, or those in one state, newest first. */
export async function heldBatches(
  database: Database,
  where: { source?: string; state?: HeldState; id?: string } = {},
): Promise<readonly HeldBatch[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (b:HeldBatch) WHERE ($source IS NULL OR b.source = $source) AND ($state IS NULL OR b.state = $state) AND ($id IS NULL OR b.id STARTS WITH $id)
       RETURN ${COLUMNS} ORDER BY b.openedAt DESC, b.id`,
      { source: where.source ?? null, state: where.state ?? null, id: where.id ?? null },
    ),
  );
  return records.map((row) => row.get('batch') as HeldBatch);
}

/** The batch of a source and kind that waits, where there is one. */
export async function waitingBatch(
  tx: ManagedTransaction,
  source: string,
  kind: HeldKind,
): Promise<HeldBatch | undefined> {
  const { records } = await tx.run(
    `MATCH (b:HeldBatch {source: $source, kind: $kind, state: 'waiting'}) RETURN ${COLUMNS} ORDER BY b.openedAt LIMIT 1`,
    { source, kind },
  );
  return records[0]?.get('batch') as HeldBatch | undefined;
}

export interface Opening {
  readonly source: string;
  readonly kind: HeldKind;
  readonly run: string;
  readonly limit: number;
  readonly live: number;
  readonly fields?: readonly string[];
  readonly expireDays: number;
}

/** Opens a batch, or brings the one that waits up to date. There is one that waits for each source and kind. Gives its id. */
export async function openBatch(tx: ManagedTransaction, opening: Opening): Promise<string> {
  const waiting = await waitingBatch(tx, opening.source, opening.kind);
  const id = waiting?.id ?? randomUUID();
  await tx.run(
    `MERGE (b:HeldBatch {id: $id})
     ON CREATE SET b.source = $source, b.kind = $kind, b.state = 'waiting', b.openedAt = datetime(), b.count = 0,
                   b.expiresAt = datetime() + duration({days: $days})
     SET b.run = $run, b.limit = $limit, b.live = $live, b.fields = $fields`,
    {
      id,
      source: opening.source,
      kind: opening.kind,
      run: opening.run,
      limit: neo4j.int(opening.limit),
      live: neo4j.int(opening.live),
      fields: [...new Set([...(waiting?.fields ?? []), ...(opening.fields ?? [])])].sort(),
      days: neo4j.int(opening.expireDays),
    },
  );
  return id;
}

/** Counts the members of a source's waiting batches; those that have none left are settled. */
export async function countWaiting(tx: ManagedTransaction, source: string): Promise<void> {
  for (const kind of ['deletions', 'updates'] as const) {
    await tx.run(
      `MATCH (b:HeldBatch {source: $source, kind: $kind, state: 'waiting'})
       SET b.count = COUNT { (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing'] AND r.${MEMBERSHIP[kind]} = b.id }
       FOREACH (_ IN CASE WHEN b.count = 0 THEN [1] ELSE [] END | SET b.state = 'settled', b.decidedAt = datetime())`,
      { source, kind },
    );
  }
}

/** A batch is decided. */
export async function closeBatch(
  tx: ManagedTransaction,
  id: string,
  state: Exclude<HeldState, 'waiting'>,
  by: string | null,
): Promise<void> {
  await tx.run('MATCH (b:HeldBatch {id: $id}) SET b.state = $state, b.by = $by, b.decidedAt = datetime()', {
    id,
    state,
    by,
  });
}
