/** What is stored of a source's records, read back page by page to be mapped again. */
import { byWeight } from '#graph-schema/by-weight.ts';
import type { Database } from '#graph-schema/database.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { KnownRecord } from '#graph-schema/fold/records.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';

/** Compressed bytes that a page may hold. */
const MOST_PAGE_BYTES = 16 * 1024 * 1024;

/** Bytes as they were stored: compressed. */
export interface StoredBytes {
  readonly raw: Uint8Array;
  readonly modified: string | undefined;
}

export interface StoredRow {
  readonly key: string;
  /** Null where the partner's bytes did not even give an id. */
  readonly id: string | null;
  readonly known: KnownRecord;
  /** Its last good version, if it ever had one. */
  readonly good: StoredBytes | undefined;
  /** A version that could not be mapped, and why; its bytes where they were kept. */
  readonly rejection: { readonly finding: Finding; readonly raw: Uint8Array | undefined } | undefined;
  /** An update that waits for a steward. */
  readonly held: (StoredBytes & { readonly batch: string; readonly mapping: string }) | undefined;
  /** The hash of an update that a steward refused. */
  readonly refusedHash: string | null;
}

/** A page of what is to be mapped again, and how many records beside them are mapped so already. */
export interface StoredPage {
  readonly rows: readonly StoredRow[];
  readonly already: number;
}

/** All records that are live, missing or rejected, by key. Memory is one page. */
export async function* storedPages(database: Database, source: string, mapping: string): AsyncGenerator<StoredPage> {
  for (let after = ''; ; ) {
    const keys = await keyPage(database, source, mapping, after);
    const due = keys.filter((one) => one.due);
    let already = keys.length - due.length;
    for (const group of byWeight(due, ({ bytes }) => bytes, MOST_PAGE_BYTES)) {
      const rows = await rowsOf(
        database,
        group.map(({ key }) => key),
      );
      yield { rows, already };
      already = 0;
    }
    if (already > 0) yield { rows: [], already };
    if (keys.length < MOST_ITEMS) return;
    after = keys.at(-1)!.key;
  }
}

/** How many records a replay goes through. */
export async function countStored(database: Database, source: string): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(
      "MATCH (r:SourceRecord {source: $source}) WHERE r.state IN ['live', 'missing', 'rejected'] RETURN count(r) AS n",
      { source },
    ),
  );
  return Number(records[0]?.get('n'));
}

async function keyPage(
  database: Database,
  source: string,
  mapping: string,
  after: string,
): Promise<{ key: string; due: boolean; bytes: number }[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key STARTS WITH $prefix AND r.key > $after AND r.state IN ['live', 'missing', 'rejected']
       WITH r ORDER BY r.key LIMIT ${MOST_ITEMS}
       WITH r, coalesce(r.mapping <> $mapping, true) OR r.rejection IS NOT NULL OR coalesce(r.heldMapping <> $mapping, false) AS due
       RETURN r.key AS key, due,
              CASE WHEN due THEN coalesce(size(r.raw), 0) + coalesce(size(r.rejectedRaw), 0) + coalesce(size(r.heldRaw), 0) ELSE 0 END AS bytes
       ORDER BY key`,
      { prefix: `${source}/`, after, mapping },
    ),
  );
  return records.map((row) => row.toObject() as { key: string; due: boolean; bytes: number });
}

async function rowsOf(database: Database, keys: readonly string[]): Promise<StoredRow[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $keys AS key MATCH (r:SourceRecord {key: key})
       RETURN r {.key, .id, .state, .hash, .mapping, .uid, .kind, .visibility, .raw, .modified, .rejection, .rejectedRaw, .seenIn,
                 .heldUpdate, .heldRaw, .heldModified, .heldMapping, .heldHash, .refusedHash} AS stored`,
      { keys },
    ),
  );
  return records.map((row) => rowOf(row.get('stored') as Stored));
}

type Text = string | null;
interface Stored extends Omit<KnownRecord, 'rejected' | 'setAside'> {
  readonly id: Text;
  readonly raw: Int8Array | null;
  readonly modified: Text;
  readonly rejection: Text;
  readonly rejectedRaw: Int8Array | null;
  readonly heldUpdate: Text;
  readonly heldRaw: Int8Array | null;
  readonly heldModified: Text;
  readonly heldMapping: Text;
  readonly heldHash: Text;
  readonly refusedHash: Text;
}

function rowOf(stored: Stored): StoredRow {
  const { key, id, raw, modified, rejection, rejectedRaw, heldUpdate, heldRaw, heldModified, heldMapping, heldHash } =
    stored;
  const { state, hash, mapping, uid, kind, visibility, seenIn, refusedHash } = stored;
  const setAside = heldHash === null ? refusedHash : `${heldHash} ${heldMapping}`;
  return {
    key,
    id,
    known: { key, state, hash, mapping, uid, kind, visibility, seenIn, rejected: rejection !== null, setAside },
    good: raw ? { raw: bytesOf(raw), modified: modified ?? undefined } : undefined,
    rejection:
      rejection === null
        ? undefined
        : { finding: JSON.parse(rejection) as Finding, raw: rejectedRaw ? bytesOf(rejectedRaw) : undefined },
    held:
      heldUpdate !== null && heldRaw !== null
        ? { batch: heldUpdate, raw: bytesOf(heldRaw), modified: heldModified ?? undefined, mapping: heldMapping ?? '' }
        : undefined,
    refusedHash,
  };
}

/** The driver gives bytes as signed ones. */
function bytesOf(signed: Int8Array): Uint8Array {
  return new Uint8Array(signed.buffer, signed.byteOffset, signed.byteLength);
}
