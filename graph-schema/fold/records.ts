/** SourceRecords: what each partner said, kept beside the graph that is folded from it. */
import type { ManagedTransaction } from 'neo4j-driver';
import { type RecordState, recordKey } from '../bookkeeping.ts';
import { outdated } from '../database.ts';
import type { KindName } from '../model.ts';
import type { AnyRecord, Visibility } from '../record.ts';
import type { DescribingRecord } from './describing.ts';
import type { Pass, RecordItem, RejectedItem } from './items.ts';
import { snapshotStart } from './snapshot.ts';

/** What stands in the graph about a record before it is written again. */
export interface KnownRecord {
  readonly key: string;
  readonly state: RecordState;
  readonly hash: string | null;
  readonly mapping: string | null;
  readonly uid: string | null;
  readonly kind: KindName | null;
  readonly visibility: Visibility | null;
  readonly rejected: boolean;
  /** The snapshot that named it last. */
  readonly seenIn: string | null;
  /** The hash and the mapping of an update that waits for a steward, or that one refused. */
  readonly setAside: string | null;
}

const KNOWN =
  'r.key AS key, r.state AS state, r.hash AS hash, r.mapping AS mapping, r.uid AS uid, r.kind AS kind, r.visibility AS visibility, ' +
  "r.rejection IS NOT NULL AS rejected, r.seenIn AS seenIn, coalesce(r.heldHash + ' ' + r.heldMapping, r.refusedHash) AS setAside";

const byKey = (records: readonly { toObject(): unknown }[]) =>
  new Map(records.map((row) => row.toObject() as KnownRecord).map((known) => [known.key, known]));

/** The stored records with these keys. */
export async function knownRecords(tx: ManagedTransaction, keys: readonly string[]): Promise<Map<string, KnownRecord>> {
  const { records } = await tx.run(`UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) RETURN ${KNOWN}`, { keys });
  return byKey(records);
}

/**
 * Marks records as named by the pass's snapshot: what was held or said against them for being absent is forgotten. Gives what
 * stood before.
 */
export async function seeRecords(
  tx: ManagedTransaction,
  keys: readonly string[],
  { snapshot }: Pass,
): Promise<Map<string, KnownRecord>> {
  if (snapshot === undefined) return knownRecords(tx, keys);
  const { records } = await tx.run(
    `UNWIND $keys AS key MATCH (r:SourceRecord {key: key})
     WITH r, ${KNOWN}, r.goneIn IS NOT NULL OR r.held IS NOT NULL OR r.keptBy IS NOT NULL AS doubted
     SET r.seenIn = $snapshot
     FOREACH (_ IN CASE WHEN doubted THEN [1] ELSE [] END | SET r.goneIn = null, r.held = null, r.keptBy = null)
     RETURN key, state, hash, mapping, uid, kind, visibility, rejected, seenIn, setAside`,
    { keys, snapshot },
  );
  return byKey(records);
}

/** The records, live or missing, that describe these entities, and which of them each describes. */
export async function describingRecords(
  tx: ManagedTransaction,
  uids: readonly string[],
): Promise<(DescribingRecord & { key: string; uid: string })[]> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (:Entity {uid: uid})<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing']
     RETURN uid, r.key AS key, r.source AS source, r.id AS id, r.rank AS rank, r.record AS record,
            COLLECT { MATCH (r)<-[:DECIDES]-(d:Decision {kind: 'same'})-[:DECIDES]->(o:SourceRecord) WHERE d.undoneAt IS NULL AND o <> r RETURN o.key } AS sameAs,
            COLLECT { MATCH (r)<-[:DECIDES]-(d:Decision {kind: 'not-trade'}) WHERE d.undoneAt IS NULL RETURN split(d.subject, '\\n')[-1] } AS denied,
            CASE r.state WHEN 'missing' THEN r.seenIn END AS lastSeenIn`,
    { uids },
  );
  return records.map((row) => ({
    uid: row.get('uid') as string,
    key: row.get('key') as string,
    source: row.get('source') as string,
    id: row.get('id') as string,
    rank: Number(row.get('rank')),
    record: JSON.parse(row.get('record') as string) as AnyRecord,
    notSeenSince: lastSeen(row.get('lastSeenIn') as string | null),
    sameAs: row.get('sameAs') as string[],
    denied: row.get('denied') as string[],
  }));
}

/** When a missing record was last named, ISO 8601. */
export function lastSeen(seenIn: string | null): string | undefined {
  return seenIn === null ? undefined : snapshotStart(seenIn);
}

/** Throws a transient fault, so that the transaction is tried again, where another has merged the thing of one of these records away since they were looked up. */
export async function checkUids(
  tx: ManagedTransaction,
  rows: readonly { readonly key: string; readonly uid: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { records } = await tx.run(
    'UNWIND $rows AS row MATCH (r:SourceRecord {key: row.key}) USING INDEX r:SourceRecord(key) WHERE r.uid <> row.uid RETURN count(r) AS moved',
    { rows },
  );
  if (Number(records[0]?.get('moved')) > 0) throw outdated('a record was led to another thing since it was looked up');
}

/** A record to store, the entity that it describes, and what was known of it. */
export interface StoredRecord {
  readonly item: RecordItem;
  readonly uid: string;
  readonly known: KnownRecord | undefined;
  /** What it is from now on. */
  readonly state: 'live' | 'missing';
}

/** Writes records; an earlier state of the same record is replaced, and noted in its history. The entities must exist. */
export async function storeRecords(
  tx: ManagedTransaction,
  pass: Pass,
  records: readonly StoredRecord[],
): Promise<void> {
  const rowOf = (record: StoredRecord) => ({
    key: recordKey(pass.source.name, record.item.id),
    uid: record.uid,
    properties: properties(pass, record),
  });
  const fresh = records.filter(({ known }) => known === undefined).map(rowOf);
  const known = records.filter((record) => record.known !== undefined).map(rowOf);
  if (fresh.length > 0) {
    await tx.run(
      `UNWIND $rows AS row
       MATCH (e:Entity {uid: row.uid})
       CREATE (r:SourceRecord)-[:DESCRIBES]->(e)
       SET r = row.properties, r.key = row.key, r.firstSeen = datetime()`,
      { rows: fresh },
    );
  }
  if (known.length === 0) return;
  await tx.run(
    `UNWIND $rows AS row
     MATCH (e:Entity {uid: row.uid})
     MATCH (r:SourceRecord {key: row.key})
     SET r.history = CASE WHEN r.hash IS NULL OR (r.hash = row.properties.hash AND r.state = row.properties.state) THEN r.history
           ELSE coalesce(r.history, [])[-$kept..] + (toString(datetime()) + ' ' + r.state + ' ' + r.hash) END
     SET r += row.properties, ${NOT_IN_DOUBT}
     WITH r, e
     OPTIONAL MATCH (r)-[old:DESCRIBES]->(other) WHERE other <> e
     DELETE old
     MERGE (r)-[:DESCRIBES]->(e)`,
    { rows: known, kept: PAST_STATES - 1 },
  );
}

/** So many of a record's past states are remembered: instant, state and hash. */
const PAST_STATES = 20;

/** A newer version has come in: what stood against the record, or was set aside for it, is over. */
const NO_UPDATE_ASIDE =
  'r.heldUpdate = null, r.heldRaw = null, r.heldHash = null, r.heldMapping = null, r.heldModified = null, r.heldRecord = null, r.heldNotes = null, r.refusedHash = null';
const NOT_IN_DOUBT = `r.rejection = null, r.rejectedRaw = null, r.deletedAt = null, r.deletedBy = null, ${NO_UPDATE_ASIDE}`;

function properties({ source, snapshot }: Pass, { item, uid, state }: StoredRecord): Record<string, unknown> {
  return {
    source: source.name,
    id: item.id,
    state,
    hash: item.hash,
    mapping: item.mapping,
    modified: item.modified ?? null,
    raw: bytes(item.raw),
    rank: source.rank,
    kind: item.record.kind,
    visibility: item.record.visibility,
    visibleUntil: item.record.visibleUntil ?? null,
    record: JSON.stringify(item.record),
    notes: item.notes.map((note) => JSON.stringify(note)),
    uid,
    ...(snapshot === undefined ? {} : { seenIn: snapshot }),
    ...(state === 'live' ? { missingIn: null } : {}),
  };
}

/** Records that their source says are gone: they stay as they are until the run has ended and it is decided. */
export async function markGone(
  tx: ManagedTransaction,
  keys: readonly string[],
  { run, snapshot }: Pass,
): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(
    `UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state IN ['live', 'missing']
     SET r.goneIn = $run, r.seenIn = coalesce($snapshot, r.seenIn)`,
    { keys, run, snapshot: snapshot ?? null },
  );
}

/** Records that a snapshot did not name. The first one that did not is remembered. */
export async function markMissing(tx: ManagedTransaction, keys: readonly string[], { snapshot }: Pass): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(
    "UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state = 'live' SET r.state = 'missing', r.missingIn = $snapshot",
    { keys, snapshot: snapshot ?? null },
  );
}

/** Missing records that their source names again, as they were. */
export async function markLive(tx: ManagedTransaction, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(
    "UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state = 'missing' SET r.state = 'live', r.missingIn = null",
    { keys },
  );
}

/** Marks records as deleted. What they said is kept. `by` is the held batch that was approved, if it was one. */
export async function markDeleted(
  tx: ManagedTransaction,
  deleted: readonly { readonly key: string; readonly by?: string | undefined }[],
): Promise<void> {
  if (deleted.length === 0) return;
  await tx.run(
    `UNWIND $rows AS row MATCH (r:SourceRecord {key: row.key})
     SET r.history = CASE WHEN r.hash IS NULL THEN r.history
           ELSE coalesce(r.history, [])[-$kept..] + (toString(datetime()) + ' ' + r.state + ' ' + r.hash) END
     SET r.rejection = null, r.rejectedRaw = null, ${NO_UPDATE_ASIDE},
         r.state = 'deleted', r.deletedAt = datetime(), r.deletedBy = row.by, r.goneIn = null, r.held = null, r.missingIn = null`,
    { rows: deleted.map(({ key, by }) => ({ key, by: by ?? null })), kept: PAST_STATES - 1 },
  );
}

/** Updates that wait for a steward: kept beside the record, which stays as it was. */
export async function setAside(
  tx: ManagedTransaction,
  { source }: Pass,
  held: readonly { readonly batch: string; readonly update: RecordItem }[],
): Promise<void> {
  if (held.length === 0) return;
  const rows = held.map(({ batch, update }) => ({
    key: recordKey(source.name, update.id),
    batch,
    raw: bytes(update.raw),
    hash: update.hash,
    mapping: update.mapping,
    modified: update.modified ?? null,
    record: JSON.stringify(update.record),
    notes: update.notes.map((note) => JSON.stringify(note)),
  }));
  await tx.run(
    `UNWIND $rows AS row MATCH (r:SourceRecord {key: row.key})
     SET r.heldUpdate = row.batch, r.heldRaw = row.raw, r.heldHash = row.hash, r.heldMapping = row.mapping,
         r.heldModified = row.modified, r.heldRecord = row.record, r.heldNotes = row.notes`,
    { rows },
  );
}

/** Updates that were set aside are no longer wanted. `refused`: nor are they when they come once more. */
export async function forgetUpdates(tx: ManagedTransaction, keys: readonly string[], refused = false): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(
    `UNWIND $keys AS key MATCH (r:SourceRecord {key: key})
     WITH r, CASE WHEN $refused THEN r.heldHash + ' ' + r.heldMapping END AS hash SET ${NO_UPDATE_ASIDE}, r.refusedHash = hash`,
    { keys, refused },
  );
}

/**
 * Quarantine: the reason and the raw bytes of what could not be mapped. A record that was readable before stays as it was,
 * with the rejection beside it. One without an id is known by the hash of its bytes.
 */
export async function quarantine(
  tx: ManagedTransaction,
  { source, snapshot }: Pass,
  items: readonly RejectedItem[],
): Promise<void> {
  if (items.length === 0) return;
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
     SET r.rejection = row.rejection, r.rejectedRaw = row.raw, r.rejectedAt = datetime(), r.seenIn = coalesce($snapshot, r.seenIn),
         r.state = CASE r.state WHEN 'deleted' THEN 'rejected' ELSE r.state END, r.goneIn = null, r.held = null, r.keptBy = null`,
    { rows, snapshot: snapshot ?? null, rank: source.rank },
  );
}

/** The driver stores a Buffer as a list of floats, silently: bytes go in as Int8Array. */
function bytes(raw: Uint8Array): Int8Array {
  return new Int8Array(raw.buffer, raw.byteOffset, raw.byteLength);
}
