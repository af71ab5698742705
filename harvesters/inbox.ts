/** The inbox: what a steward decides about held batches. Every decision is kept, and carried out under the source's lease. */
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { type DecisionKind, keepDecision } from '#graph-schema/decisions.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { hidden } from '#graph-schema/fold/hide.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { forgetUpdates } from '#graph-schema/fold/records.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hasEnded } from './agreement.ts';
import { closeBatch, type HeldBatch, hasLapsed, heldBatches, stateInWords } from './held.ts';
import { type Lease, LeaseLost, takeLease, withLease } from './lease.ts';
import { deletedBy, type Member, membersOf } from './members.ts';
import { applyHeld, heldItems } from './updates.ts';
import { createWriter, type Writer } from './writer.ts';

export interface Steward {
  /** Who decides, as they are to be remembered. */
  readonly by: string;
  readonly note?: string | undefined;
}

/** What was done, or why it was not. `records`: how many it was about. */
export type Decided = { readonly batch: HeldBatch; readonly records: number } | { readonly refused: Finding };

interface Stores {
  readonly database: Database;
  readonly resolver: Resolver;
}

/** Deletes what the batch holds, or lets its updates through. One that was begun and cut short is gone on with. */
export async function approve(stores: Stores, id: string, steward: Steward): Promise<Decided> {
  return decide(stores, id, ['waiting'], 'approve-batch', steward, async (batch, writer) => {
    const records = await (batch.kind === 'deletions' ? deleteMembers : letThrough)(stores.database, batch, writer);
    await writer.commit([], undefined, (tx) => closeBatch(tx, batch.id, 'approved', steward.by));
    return records;
  });
}

/** Keeps what the batch would delete, until its source names it again; or keeps the records as they are, until they come in another form. */
export async function refuse(stores: Stores, id: string, steward: Steward): Promise<Decided> {
  return decide(stores, id, ['waiting'], 'refuse-batch', steward, async (batch, writer) => {
    const records = await keepMembers(stores.database, batch, writer, true);
    await writer.commit([], undefined, (tx) => closeBatch(tx, batch.id, 'refused', steward.by));
    return records;
  });
}

/** Brings back, with the same uids, what an approved batch deleted; or forgets that one was refused. Updates that were let through cannot be undone. */
export async function undo(stores: Stores, id: string, steward: Steward): Promise<Decided> {
  return decide(stores, id, ['approved', 'refused'], 'undo-batch', steward, async (batch, writer) => {
    const records =
      batch.state === 'approved' ? await bringBack(stores.database, batch, writer) : await forgetRefusal(batch, writer);
    await writer.commit([], undefined, (tx) => closeBatch(tx, batch.id, 'undone', steward.by));
    return records;
  });
}

/** Batches that nobody decided on in time lapse: nothing is deleted, and what is still absent is proposed anew by the next complete run. Gives how many lapsed. */
export async function expire(stores: Stores, now: Date): Promise<number> {
  const waiting = await heldBatches(stores.database, { state: 'waiting' });
  let lapsed = 0;
  for (const overdue of waiting.filter((one) => hasLapsed(one, now))) {
    const done = await decide(stores, overdue.id, ['waiting'], undefined, { by: 'trame' }, async (batch, writer) => {
      const records = await keepMembers(stores.database, batch, writer, false);
      await writer.commit([], undefined, async (tx) => {
        await closeBatch(tx, batch.id, 'expired', null);
        // A source of changes would never give these updates again.
        if (batch.kind === 'updates')
          await tx.run('MATCH (s:Source {name: $source}) SET s.cursor = null, s.snapshot = null', {
            source: batch.source,
          });
      });
      return records;
    });
    if ('batch' in done) lapsed += 1;
  }
  return lapsed;
}

type Work = (batch: HeldBatch, writer: Writer) => Promise<number>;

async function decide(
  { database, resolver }: Stores,
  id: string,
  states: readonly HeldBatch['state'][],
  kind: DecisionKind | undefined,
  steward: Steward,
  work: Work,
): Promise<Decided> {
  const batches = await heldBatches(database, { id });
  const found = batches.length === 1 ? batches[0] : undefined;
  if (!found) return { refused: finding('batch-unknown', { batch: id, count: batches.length }) };
  const taken = await takeLease(database, found.source, `décision de / decision of ${steward.by}`);
  if ('held' in taken) return { refused: taken.held };
  try {
    return await withLease(database, taken.lease, async (lease): Promise<Decided> => {
      // Another steward may have decided while this one waited for the lease.
      const [batch = found] = await heldBatches(database, { id: found.id });
      if (!mayDecide(batch, states, kind, new Date()))
        return {
          refused: finding('batch-decided', {
            batch: id,
            state: stateInWords(batch, new Date()),
            by: batch.by ? ` (${batch.by})` : '',
          }),
        };
      const writer = await writerFor(database, resolver, lease, batch);
      if (kind)
        await writer.commit(
          [],
          undefined,
          async (tx) => void (await keepDecision(tx, { kind, subject: batch.id, ...steward })),
        );
      return { batch, records: await work(batch, writer) };
    });
  } catch (fault) {
    if (!(fault instanceof LeaseLost)) throw fault;
    return { refused: fault.finding };
  }
}

/** Approved updates cannot be undone; what has lapsed can no longer be decided. */
function mayDecide(
  batch: HeldBatch,
  states: readonly HeldBatch['state'][],
  decision: DecisionKind | undefined,
  now: Date,
): boolean {
  if (!states.includes(batch.state) || (decision === 'undo-batch' && batch.kind === 'updates')) return false;
  return decision === undefined || !hasLapsed(batch, now);
}

/** Writes without a snapshot: a decision is no sighting. */
async function writerFor(database: Database, resolver: Resolver, lease: Lease, batch: HeldBatch): Promise<Writer> {
  const { records } = await database.read((tx) =>
    tx.run('MATCH (s:Source {name: $name}) RETURN coalesce(s.rank, 50) AS rank, s.agreementEnd AS end', {
      name: batch.source,
    }),
  );
  const rank = Number(records[0]?.get('rank') ?? 50);
  const end = (records[0]?.get('end') as string | null | undefined) ?? undefined;
  const writer = createWriter(
    database,
    lease,
    { source: { name: batch.source, rank }, run: batch.id, snapshot: undefined },
    resolver,
  );
  return end !== undefined && hasEnded({ end }, new Date()) ? hidingWriter(writer) : writer;
}

/** The partner's agreement is over: what is let through or brought back stays hidden. */
function hidingWriter(writer: Writer): Writer {
  const hide = (item: Item): Item => (item.kind === 'record' ? hidden(item) : item);
  return { ...writer, commit: (items, ...rest) => writer.commit(items.map(hide), ...rest) };
}

async function deleteMembers(database: Database, batch: HeldBatch, writer: Writer): Promise<number> {
  return inPages(
    () => membersOf(database, batch, MOST_ITEMS),
    async (members) => {
      await writer.commit(members.map(({ id }): Item => ({ kind: 'deleted', id, by: batch.id })));
    },
  );
}

async function letThrough(database: Database, batch: HeldBatch, writer: Writer): Promise<number> {
  let records = 0;
  for await (const items of heldItems(database, batch.source, batch.id)) {
    await applyHeld(writer, batch.source, items);
    records += items.length;
  }
  return records;
}

/** `refused`: not to be proposed again as they are. */
async function keepMembers(database: Database, batch: HeldBatch, writer: Writer, refused: boolean): Promise<number> {
  return inPages(
    () => membersOf(database, batch, MOST_ITEMS),
    async (members) => {
      const keys = keysOf(batch, members);
      await writer.commit([], undefined, async (tx) => {
        if (batch.kind === 'updates') await forgetUpdates(tx, keys, refused);
        else
          await tx.run('UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) SET r.held = null, r.keptBy = $by', {
            keys,
            by: refused ? batch.id : null,
          });
      });
    },
  );
}

async function bringBack(database: Database, batch: HeldBatch, writer: Writer): Promise<number> {
  return inPages(
    () => deletedBy(database, batch, MOST_ITEMS),
    async (records) => {
      const keys = keysOf(batch, records);
      await writer.commit(records, undefined, async (tx) => {
        await tx.run('UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) SET r.keptBy = $by, r.deletedBy = null', {
          keys,
          by: batch.id,
        });
      });
    },
  );
}

async function forgetRefusal(batch: HeldBatch, writer: Writer): Promise<number> {
  let records = 0;
  await writer.commit([], undefined, async (tx) => {
    const done = await tx.run(
      `MATCH (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing'] AND r.keptBy = $id SET r.keptBy = null RETURN count(r) AS n`,
      { source: batch.source, id: batch.id },
    );
    records = Number(done.records[0]?.get('n'));
  });
  return records;
}

/** Each page is worked off before the next is asked for. */
async function inPages<T>(
  page: () => Promise<readonly T[]>,
  work: (rows: readonly T[]) => Promise<void>,
): Promise<number> {
  let done = 0;
  for (let rows = await page(); rows.length > 0; rows = await page()) {
    await work(rows);
    done += rows.length;
  }
  return done;
}

function keysOf({ source }: HeldBatch, members: readonly Pick<Member, 'id'>[]): string[] {
  return members.map(({ id }) => recordKey(source, id));
}
