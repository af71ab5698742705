/**
 * What became of each proposed correction: kept without a word of the record, only what tells it again (hashes), so that
 * nothing has to be forgotten here when a person is.
 */
import { createHash } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';
import type { Correction } from '#graph-schema/corrections/correction.ts';
import { standingDecisions } from '#graph-schema/decisions.ts';

/** `closed`: `applied` as proposed, mended `otherwise` (or the record is gone), or `withdrawn` by the hub, which has learned better. */
export type ClosedHow = 'applied' | 'otherwise' | 'withdrawn';

/** A correction of one record, with the key by which it is refused. It changes with the museum's value. */
export interface KeyedCorrection extends Correction {
  readonly key: string;
  /** The partner's identifier of the record. */
  readonly id: string;
  /** The record's page in the museum's own tool, where it gives one. */
  readonly page: string | undefined;
}

/** Characters of a key. */
const KEY_LENGTH = 16;

export function hashOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, KEY_LENGTH);
}

export function correctionKey(record: string, { column, form, kind, before }: Correction): string {
  return hashOf(record, column, form === 'sure' ? form : kind, before);
}

/** What was proposed once about a record. */
interface Standing {
  readonly id: string;
  readonly column: string;
  readonly kind: string;
  readonly before: string;
  readonly proposed: readonly string[];
}

/** What one record is now: its corrections, its cells, and its key. */
export interface Seen {
  readonly record: string;
  readonly values: ReadonlyMap<string, string>;
  readonly corrections: readonly KeyedCorrection[];
}

/** Writes what a page of records shows: new ones open, closed ones that are true again open again, those that no longer hold closed. Gives since when each open one has been proposed. */
export async function keepStates(
  tx: ManagedTransaction,
  source: string,
  seen: readonly Seen[],
): Promise<ReadonlyMap<string, string>> {
  const rows = seen.flatMap(({ record, corrections }) =>
    corrections.map(({ key, column, kind, form, before, proposed }) => ({
      id: key,
      properties: {
        source,
        record,
        column,
        kind,
        form,
        before: hashOf(record, before),
        proposed: proposed.map((one) => hashOf(record, one)),
      },
    })),
  );
  const standing = await openOf(
    tx,
    seen.map(({ record }) => record),
  );
  const open = new Set(rows.map(({ id }) => id));
  const closed = seen.flatMap(({ record, values }) =>
    (standing.get(record) ?? []).flatMap((one) =>
      open.has(one.id) ? [] : [{ id: one.id, how: howClosed(one, hashOf(record, values.get(one.column) ?? '')) }],
    ),
  );
  await close(tx, closed);
  const { records } = await tx.run(
    `UNWIND $rows AS row MERGE (c:Correction {id: row.id})
     ON CREATE SET c.since = datetime()
     SET c.since = CASE c.state WHEN 'closed' THEN datetime() ELSE c.since END, c += row.properties, c.state = 'open', c.closedAt = null, c.how = null
     RETURN c.id AS id, toString(c.since) AS since`,
    { rows },
  );
  return new Map(records.map((row) => [row.get('id') as string, row.get('since') as string]));
}

async function openOf(
  tx: ManagedTransaction,
  records: readonly string[],
): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const { records: rows } = await tx.run(
    `UNWIND $records AS record MATCH (c:Correction {record: record}) WHERE c.state = 'open'
     RETURN record, collect(c {.id, .column, .kind, .before, .proposed}) AS standing`,
    { records },
  );
  return new Map(rows.map((row) => [row.get('record') as string, row.get('standing') as Standing[]]));
}

function howClosed({ kind, before, proposed }: Standing, now: string): ClosedHow {
  if (proposed.includes(now)) return 'applied';
  // A number that was used twice is mended where the other record changes, too.
  return now === before && kind !== 'inventory' ? 'withdrawn' : 'otherwise';
}

async function close(
  tx: ManagedTransaction,
  closed: readonly { readonly id: string; readonly how: ClosedHow }[],
): Promise<void> {
  if (closed.length === 0) return;
  await tx.run(
    "UNWIND $closed AS row MATCH (c:Correction {id: row.id}) SET c.state = 'closed', c.closedAt = datetime(), c.how = row.how",
    { closed },
  );
}

/** Closes those about records that the source has deleted, at most `most`; gives how many. A record that is only missing keeps them open. */
export async function closeOfGone(tx: ManagedTransaction, source: string, most: number): Promise<number> {
  const { records } = await tx.run(
    `MATCH (c:Correction {source: $source}) WHERE c.state = 'open'
       AND NOT EXISTS { MATCH (r:SourceRecord {key: c.record}) WHERE r.state IN ['live', 'missing'] }
     WITH c LIMIT toInteger($most) SET c.state = 'closed', c.closedAt = datetime(), c.how = 'otherwise' RETURN count(c) AS n`,
    { source, most },
  );
  return Number(records[0]?.get('n'));
}

/** How many of a source's corrections were closed, and how. */
export async function closedCounts(
  tx: ManagedTransaction,
  source: string,
): Promise<Readonly<Record<ClosedHow, number>>> {
  const { records } = await tx.run(
    "MATCH (c:Correction {source: $source}) WHERE c.state = 'closed' RETURN c.how AS how, count(*) AS n",
    { source },
  );
  const counts = new Map(records.map((row) => [row.get('how') as string, Number(row.get('n'))]));
  const of = (how: ClosedHow) => counts.get(how) ?? 0;
  return { applied: of('applied'), otherwise: of('otherwise'), withdrawn: of('withdrawn') };
}

/** The keys of what museums refused. */
export async function refusedKeys(tx: ManagedTransaction): Promise<ReadonlySet<string>> {
  return new Set((await standingDecisions(tx, ['refuse-correction'])).map(({ subject }) => subject));
}
