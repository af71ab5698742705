/** Held batches: deletions or updates that wait for a steward, each with its members, its limit and the day on which it lapses. */
import { randomUUID } from 'node:crypto';
import neo4j, { type ManagedTransaction } from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';

export type HeldKind = 'deletions' | 'updates';
/** `opening`: a run is still filling it. `settled`: nothing of it is left to decide, as its records came back or were updated. `expired`: nobody decided in time; what is still absent is proposed anew. */
export type HeldState = 'opening' | 'waiting' | 'approved' | 'refused' | 'expired' | 'settled' | 'undone';

/** As it is told, in both languages at once. */
const STATE_WORDS: Readonly<Record<HeldState, string>> = {
  opening: 'se remplit / being filled',
  waiting: 'en attente / waiting',
  approved: 'approuvé / approved',
  refused: 'refusé / refused',
  expired: 'caduc / lapsed',
  settled: 'sans objet / settled',
  undone: 'défait / undone',
};

/** Nobody decided in time; it need not have been closed yet. */
export function hasLapsed({ state, expiresAt }: HeldBatch, now: Date): boolean {
  return state === 'waiting' && new Date(expiresAt) <= now;
}

/** The state of a batch in words. */
export function stateInWords(batch: HeldBatch, now: Date): string {
  return STATE_WORDS[hasLapsed(batch, now) ? 'expired' : batch.state];
}

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
      `MATCH (b:HeldBatch) WHERE b.state <> 'opening' AND ($source IS NULL OR b.source = $source) AND ($state IS NULL OR b.state = $state) AND ($id IS NULL OR b.id STARTS WITH $id)
       RETURN ${COLUMNS} ORDER BY b.openedAt DESC, b.id`,
      { source: where.source ?? null, state: where.state ?? null, id: where.id ?? null },
    ),
  );
  return records.map((row) => row.get('batch') as HeldBatch);
}

/** The batch of a source and kind in a state of which there is one at most: `opening` or `waiting`. */
export async function openOne(
  tx: ManagedTransaction,
  source: string,
  kind: HeldKind,
  state: 'opening' | 'waiting',
): Promise<HeldBatch | undefined> {
  const { records } = await tx.run(
    `MATCH (b:HeldBatch {source: $source, kind: $kind, state: $state}) RETURN ${COLUMNS} ORDER BY b.openedAt LIMIT 1`,
    { source, kind, state },
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

/** Opens a batch, or goes on with the one that a run which was cut short left open. Nobody sees it before it is full (`startWaiting`). Gives its id. */
export async function openBatch(tx: ManagedTransaction, opening: Opening): Promise<string> {
  const begun = await openOne(tx, opening.source, opening.kind, 'opening');
  const id = begun?.id ?? randomUUID();
  await tx.run(
    `MERGE (b:HeldBatch {id: $id})
     ON CREATE SET b.source = $source, b.kind = $kind, b.state = 'opening', b.openedAt = datetime(), b.count = 0,
                   b.expiresAt = datetime() + duration({days: $days})
     SET b.run = $run, b.limit = $limit, b.live = $live, b.fields = $fields`,
    {
      id,
      source: opening.source,
      kind: opening.kind,
      run: opening.run,
      limit: neo4j.int(opening.limit),
      live: neo4j.int(opening.live),
      fields: [...new Set([...(begun?.fields ?? []), ...(opening.fields ?? [])])].sort(),
      days: neo4j.int(opening.expireDays),
    },
  );
  return id;
}

/** The batch is full: from now on a steward may decide on it. One that waited before is settled by it, as its records are in this one. */
export async function startWaiting(tx: ManagedTransaction, source: string, kind: HeldKind): Promise<void> {
  await tx.run(
    `MATCH (b:HeldBatch {source: $source, kind: $kind, state: 'opening'})
     CALL (b) { MATCH (old:HeldBatch {source: b.source, kind: b.kind, state: 'waiting'}) SET old.state = 'settled', old.count = 0, old.decidedAt = datetime() }
     SET b.state = 'waiting'`,
    { source, kind },
  );
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
  state: Exclude<HeldState, 'waiting' | 'opening'>,
  by: string | null,
): Promise<void> {
  await tx.run('MATCH (b:HeldBatch {id: $id}) SET b.state = $state, b.by = $by, b.decidedAt = datetime()', {
    id,
    state,
    by,
  });
}
