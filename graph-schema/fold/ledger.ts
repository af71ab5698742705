/**
 * The identity ledger: which uid an identifier has, and which uid took over from a retired one. It only grows: the fold reads it
 * and never works it out anew.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import type { KindName } from '../model.ts';
import { compare } from './describing.ts';
import { identifierKey, isShared, recordIdentifier, statedKeys } from './identity.ts';
import type { RecordItem } from './items.ts';
import { uidOf } from './uid.ts';

/** A record whose thing is to be found: its uid before, if it had one and is still of that kind; else the uid that it gets where its identifiers know none. */
export interface Claim {
  readonly source: string;
  readonly item: RecordItem;
  readonly before: string | null;
  readonly fresh: string;
}

/** What became of the claims: the uid of each record's thing, by record id, and the entities that lost their records to another. */
export interface Settlement {
  readonly uids: ReadonlyMap<string, string>;
  readonly merges: readonly Move[];
  /** Identifiers that lead elsewhere than before, without their old thing having gone. */
  readonly moves: readonly (Move & { readonly key: string })[];
}

export interface Move {
  readonly from: string;
  readonly into: string;
}

/**
 * Gives every record its uid. A kind of one record each: made from source and id at first sight. A shared kind: the uid of its
 * stated identifiers; where they lead to several, these are one thing and the oldest uid stays.
 * Locks the identifiers in key order, so that two transactions never settle one of them at once.
 */
export async function settle(tx: ManagedTransaction, claims: readonly Claim[]): Promise<Settlement> {
  const uids = new Map<string, string>();
  const shared = claims.filter(({ item }) => isShared(item.record.kind));
  for (const { item, before, fresh } of claims) {
    if (!isShared(item.record.kind)) uids.set(item.id, before ?? fresh);
  }
  if (shared.length === 0) return { uids, merges: [], moves: [] };

  const keysOf = new Map(
    shared.map((claim) => [claim.item.id, { stated: statedKeys(claim.item.record), own: ownKey(claim) }]),
  );
  const ledger = new LedgerPage(
    await lockIdentifiers(
      tx,
      [...keysOf.values()].flatMap(({ stated, own }) => [...stated, own]),
    ),
  );
  for (const claim of shared) {
    const { stated, own } = keysOf.get(claim.item.id)!;
    uids.set(claim.item.id, ledger.claim(claim, stated, own));
  }
  await ledger.write(tx);
  return {
    uids: new Map([...uids].map(([id, uid]) => [id, ledger.now(uid)])),
    merges: ledger.merges(),
    moves: ledger.moves(),
  };
}

function ownKey({ source, item }: Claim): string {
  return identifierKey(item.record.kind, recordIdentifier(source, item.id));
}

interface Entry {
  uid: string | null;
  age: number;
}

/** Locks identifiers that are in the ledger, in key order. */
export async function lockKnown(tx: ManagedTransaction, keys: readonly string[]): Promise<void> {
  await tx.run('UNWIND $keys AS key MATCH (i:Identifier {key: key}) SET i.lock = 1', {
    keys: [...new Set(keys)].sort(compare),
  });
}

async function lockIdentifiers(tx: ManagedTransaction, keys: readonly string[]): Promise<Map<string, Entry>> {
  const { records } = await tx.run(
    `UNWIND $keys AS key MERGE (i:Identifier {key: key}) SET i.lock = 1
     WITH i OPTIONAL MATCH (e:Entity {uid: i.uid})
     RETURN i.key AS key, i.uid AS uid, e.created AS created`,
    { keys: [...new Set(keys)].sort(compare) },
  );
  return new Map(
    records.map((row) => {
      const created: unknown = row.get('created');
      return [
        row.get('key') as string,
        { uid: row.get('uid') as string | null, age: created === null ? Number.MAX_SAFE_INTEGER : Number(created) },
      ];
    }),
  );
}

/** The identifiers of one batch, worked on in memory and written back at once. */
class LedgerPage {
  readonly #entries: Map<string, Entry>;
  readonly #ages = new Map<string, number>();
  readonly #takenOver = new Map<string, string>();
  readonly #written = new Map<string, string>();
  readonly #before = new Map<string, string>();

  constructor(entries: Map<string, Entry>) {
    this.#entries = entries;
    for (const { uid, age } of entries.values()) if (uid !== null) this.#ages.set(uid, age);
  }

  /** The uid that stands for this one after the merges so far. */
  now(uid: string): string {
    const by = this.#takenOver.get(uid);
    return by === undefined ? uid : this.now(by);
  }

  /** Stated identifiers decide; without any that is known, the record keeps its thing. */
  claim({ before, fresh }: Claim, stated: readonly string[], own: string): string {
    const known = [...new Set(stated.flatMap((key) => this.#uidOf(key) ?? []))];
    const uid = known.length > 0 ? this.#join(known) : (this.#uidOf(own) ?? before ?? fresh);
    const kept = this.#uidOf(own);
    // A thing that was referred to by its record before it was described, or that had no code until now, is this thing.
    if (kept !== undefined && kept !== uid && before === null) this.#join([kept, uid]);
    const final = this.now(uid);
    for (const key of [...stated, own]) this.#set(key, final);
    return final;
  }

  merges(): Move[] {
    return [...this.#takenOver.keys()].sort(compare).map((from) => ({ from, into: this.now(from) }));
  }

  moves(): (Move & { key: string })[] {
    return [...this.#before]
      .map(([key, from]) => ({ key, from, into: this.now(this.#written.get(key)!) }))
      .filter(({ from, into }) => from !== into && !this.#takenOver.has(from));
  }

  async write(tx: ManagedTransaction): Promise<void> {
    const rows = [...this.#written].map(([key, uid]) => ({ key, uid: this.now(uid) }));
    await tx.run('UNWIND $rows AS row MATCH (i:Identifier {key: row.key}) SET i.uid = row.uid', { rows });
  }

  #uidOf(key: string): string | undefined {
    const uid = this.#entries.get(key)?.uid;
    return uid ? this.now(uid) : undefined;
  }

  #set(key: string, uid: string): void {
    const entry = this.#entries.get(key);
    if (entry?.uid === uid) return;
    if (entry?.uid && !this.#before.has(key)) this.#before.set(key, entry.uid);
    this.#entries.set(key, { uid, age: this.#ages.get(uid) ?? Number.MAX_SAFE_INTEGER });
    this.#written.set(key, uid);
  }

  /** The oldest stays; among equals the smaller uid. */
  #join(uids: readonly string[]): string {
    const age = (uid: string) => this.#ages.get(uid) ?? Number.MAX_SAFE_INTEGER;
    const [stays, ...others] = [...new Set(uids.map((uid) => this.now(uid)))].sort(
      (a, b) => age(a) - age(b) || compare(a, b),
    );
    for (const other of others) this.#takenOver.set(other, stays!);
    return stays!;
  }
}

/** What is referred to, and what it is until something describes it. `published`: by something that everyone may see. */
export interface Reference {
  readonly kind: KindName;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly published: boolean;
}

/**
 * The uids of things that are referred to; one that nobody described yet gets its uid now, and stands unpublished until it is.
 * `changed`: pictures that are new and Published, or about which their record now says something else. `published`: pictures that are known to be Published.
 */
export async function resolveReferences(
  tx: ManagedTransaction,
  references: ReadonlyMap<string, Reference>,
): Promise<{ uids: Map<string, string>; changed: string[]; published: Set<string> }> {
  const uids = new Map<string, string>();
  const changed: string[] = [];
  const published = new Set<string>();
  const keyed = [...references].filter(([, { kind }]) => isShared(kind)).map(([key]) => key);
  const { records } = await tx.run(
    // What nothing led to may have been swept away since; it is made again below, with its uid.
    'UNWIND $keys AS key MATCH (i:Identifier {key: key}) MATCH (e:Entity {uid: i.uid}) RETURN i.key AS key, e.uid AS uid',
    { keys: keyed },
  );
  for (const row of records) uids.set(row.get('key') as string, row.get('uid') as string);

  const unknown = [...references].filter(([key]) => !uids.has(key)).sort(([a], [b]) => compare(a, b));
  for (const kind of new Set(unknown.map(([, reference]) => reference.kind))) {
    const rows = unknown
      .filter(([, reference]) => reference.kind === kind)
      .map(([key, reference]) => ({
        key,
        uid: uidOf(key),
        properties: reference.properties,
        published: reference.published,
      }));
    const made = await tx.run(isShared(kind) ? sharedPlaceholder(kind) : ownedMention(kind), { rows });
    for (const row of made.records) {
      uids.set(row.get('key') as string, row.get('uid') as string);
      if (row.has('differs') && row.get('differs')) changed.push(row.get('uid') as string);
      if (row.has('published') && row.get('published')) published.add(row.get('uid') as string);
    }
  }
  return { uids, changed, published };
}

function sharedPlaceholder(kind: KindName): string {
  return `UNWIND $rows AS row
    MERGE (i:Identifier {key: row.key}) ON CREATE SET i.uid = row.uid
    SET i.uid = coalesce(i.uid, row.uid)
    MERGE (e:Entity {uid: i.uid}) ON CREATE SET e:${kind}, e += row.properties
    RETURN i.key AS key, i.uid AS uid`;
}

function ownedMention(kind: KindName): string {
  return `UNWIND $rows AS row
    MERGE (e:Entity {uid: row.uid})
    WITH e, row, {uid: e.uid, created: e.created, changed: e.changed} AS kept, e.said IS NOT NULL OR e.digest IS NOT NULL AS known,
         coalesce(e.said <> row.properties.said, false) AS differs, row.properties.said IS NOT NULL AND row.published AS seen
    SET e:${kind}, e = row.properties
    SET e += kept
    FOREACH (_ IN CASE WHEN seen AND NOT known THEN [1] ELSE [] END | SET e:Published)
    RETURN row.key AS key, e.uid AS uid, differs OR (seen AND NOT known) AS differs, seen AND (NOT known OR e:Published) AS published`;
}

/** The ledger's word on merges: identifiers and earlier retirements go to the uid that stays, and the retired one is kept as a redirect. */
export async function retire(tx: ManagedTransaction, merges: readonly { from: string; into: string }[]): Promise<void> {
  if (merges.length === 0) return;
  await tx.run(
    `UNWIND $merges AS merge
     MERGE (gone:Retired {uid: merge.from}) SET gone.by = merge.into, gone.at = datetime()
     WITH merge
     CALL (merge) { MATCH (i:Identifier {uid: merge.from}) SET i.uid = merge.into }
     CALL (merge) { MATCH (earlier:Retired {by: merge.from}) SET earlier.by = merge.into }`,
    { merges },
  );
}

/**
 * Identifiers that their record no longer states, and no other: they are free for the thing that they truly belong to. Each gets a
 * uid of its own again, and what referred to it by that identifier follows.
 */
export async function freeIdentifiers(
  tx: ManagedTransaction,
  run: string,
  dropped: readonly { key: string; uid: string; kind: KindName; properties: Readonly<Record<string, unknown>> }[],
): Promise<(Move & { key: string })[]> {
  const rows = dropped.map(({ uid, ...one }) => ({ ...one, from: uid, into: uidOf(one.key, run, uid) }));
  for (const kind of new Set(rows.map((row) => row.kind))) {
    await tx.run(
      `UNWIND $rows AS row MATCH (i:Identifier {key: row.key}) SET i.uid = row.into MERGE (e:Entity {uid: row.into}) ON CREATE SET e:${kind}, e += row.properties`,
      { rows: rows.filter((row) => row.kind === kind) },
    );
  }
  return rows;
}
