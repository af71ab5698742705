/** SourceRecords: what each partner said, kept beside the graph that is folded from it. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { RecordState } from '../bookkeeping.ts';
import { recordKey } from '../bookkeeping.ts';
import type { Finding } from '../findings/finding.ts';
import type { KindName } from '../model.ts';
import type { AnyRecord } from '../record.ts';
import type { DescribingRecord } from './describing.ts';

/** What the writer is handed, one for each message of the connector. `raw` is compressed; `hash` is of the uncompressed bytes. */
export type Item =
  | {
      readonly kind: 'record';
      readonly id: string;
      readonly raw: Uint8Array;
      readonly hash: string;
      /** The version of everything that turns this row into an entity: format, source file, vocabularies, fold. */
      readonly mapping: string;
      readonly modified?: string | undefined;
      readonly record: AnyRecord;
      readonly notes: readonly Finding[];
    }
  | { readonly kind: 'deleted'; readonly id: string; readonly modified?: string | undefined }
  | {
      readonly kind: 'rejected';
      readonly id?: string | undefined;
      readonly raw?: Uint8Array | undefined;
      readonly hash: string;
      readonly finding: Finding;
    };

/** What stands in the graph about a record before it is written again. */
export interface KnownRecord {
  readonly key: string;
  readonly state: RecordState;
  readonly hash: string | null;
  readonly mapping: string | null;
  readonly uid: string | null;
  readonly kind: KindName | null;
  readonly rejected: boolean;
}

/** The stored records with these keys, marked as seen by this run. */
export async function seeRecords(
  tx: ManagedTransaction,
  keys: readonly string[],
  run: string,
): Promise<Map<string, KnownRecord>> {
  const { records } = await tx.run(
    `UNWIND $keys AS key MATCH (r:SourceRecord {key: key})
     SET r.seenIn = $run, r.lastSeen = datetime()
     RETURN r.key AS key, r.state AS state, r.hash AS hash, r.mapping AS mapping, r.uid AS uid, r.kind AS kind, r.rejection IS NOT NULL AS rejected`,
    { keys, run },
  );
  return new Map(records.map((row) => [row.get('key') as string, row.toObject() as unknown as KnownRecord]));
}

/** The records, live or missing, that describe these entities, and which of them each describes. */
export async function describingRecords(
  tx: ManagedTransaction,
  uids: readonly string[],
): Promise<(DescribingRecord & { key: string; uid: string })[]> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (:Entity {uid: uid})<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing']
     RETURN uid, r.key AS key, r.source AS source, r.id AS id, r.rank AS rank, r.record AS record`,
    { uids },
  );
  return records.map((row) => ({
    uid: row.get('uid') as string,
    key: row.get('key') as string,
    source: row.get('source') as string,
    id: row.get('id') as string,
    rank: Number(row.get('rank')),
    record: JSON.parse(row.get('record') as string) as AnyRecord,
  }));
}

/** A record to store, and the entity that it describes. */
export interface StoredRecord {
  readonly item: Extract<Item, { kind: 'record' }>;
  readonly uid: string;
}

/** Writes live records; an earlier state of the same record is replaced. The entities must exist. */
export async function storeRecords(
  tx: ManagedTransaction,
  source: SourceOfRecords,
  run: string,
  records: readonly StoredRecord[],
): Promise<void> {
  const rows = records.map(({ item, uid }) => ({
    key: recordKey(source.name, item.id),
    uid,
    properties: {
      source: source.name,
      id: item.id,
      state: 'live',
      hash: item.hash,
      mapping: item.mapping,
      modified: item.modified ?? null,
      raw: bytes(item.raw),
      rank: source.rank,
      kind: item.record.kind,
      visibility: item.record.visibility,
      record: JSON.stringify(item.record),
      notes: item.notes.map((note) => JSON.stringify(note)),
      rejection: null,
      rejectedRaw: null,
      deletedAt: null,
      uid,
      seenIn: run,
    },
  }));
  await tx.run(
    `UNWIND $rows AS row
     MATCH (e:Entity {uid: row.uid})
     MERGE (r:SourceRecord {key: row.key}) ON CREATE SET r.firstSeen = datetime()
     SET r += row.properties, r.lastSeen = datetime()
     WITH r, e
     OPTIONAL MATCH (r)-[old:DESCRIBES]->(other) WHERE other <> e
     DELETE old
     MERGE (r)-[:DESCRIBES]->(e)`,
    { rows },
  );
}

/** The source that records are stored under; `rank` is its precedence. */
export interface SourceOfRecords {
  readonly name: string;
  readonly rank: number;
}

/** Marks records as deleted by their source. What they said is kept. */
export async function markDeleted(tx: ManagedTransaction, keys: readonly string[], run: string): Promise<void> {
  await tx.run(
    `UNWIND $keys AS key MATCH (r:SourceRecord {key: key})
     SET r.state = 'deleted', r.deletedAt = datetime(), r.seenIn = $run, r.rejection = null, r.rejectedRaw = null`,
    { keys, run },
  );
}

/**
 * Quarantine: the reason and the raw bytes of what could not be mapped. A record that was readable before stays as it was,
 * with the rejection beside it. One without an id is known by the hash of its bytes.
 */
export async function quarantine(
  tx: ManagedTransaction,
  source: SourceOfRecords,
  run: string,
  items: readonly Extract<Item, { kind: 'rejected' }>[],
): Promise<void> {
  const rows = items.map((item) => ({
    key: recordKey(source.name, item.id ?? `?${item.hash}`),
    source: source.name,
    id: item.id ?? null,
    raw: item.raw ? bytes(item.raw) : null,
    rejection: JSON.stringify(item.finding),
  }));
  await tx.run(
    `UNWIND $rows AS row
     MERGE (r:SourceRecord {key: row.key})
     ON CREATE SET r.state = 'rejected', r.source = row.source, r.id = row.id, r.firstSeen = datetime(), r.rank = $rank
     SET r.rejection = row.rejection, r.rejectedRaw = row.raw, r.rejectedAt = datetime(), r.seenIn = $run, r.lastSeen = datetime()`,
    { rows, run, rank: source.rank },
  );
}

/** The driver stores a Buffer as a list of floats, silently: bytes go in as Int8Array. */
function bytes(raw: Uint8Array): Int8Array {
  return new Int8Array(raw.buffer, raw.byteOffset, raw.byteLength);
}
