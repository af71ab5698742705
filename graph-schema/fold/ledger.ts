/**
 * The identity ledger: which uid an identifier has, and which uid took over from a retired one. It only grows: the fold reads it
 * and never works it out anew.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '../bookkeeping.ts';
import type { KindName } from '../model.ts';
import { compare } from './describing.ts';
import { agesOf, type GroupRecord, groupOf, type LockedGroup, lockGroup, type Regrouped, writeGroup } from './group.ts';
import { identifierKey, isShared, recordIdentifier, statedKeys } from './identity.ts';
import type { RecordItem } from './items.ts';
import { type Overruled, part } from './parts.ts';
import { uidOf } from './uid.ts';

/** A record whose thing is to be found: its uid before, if it had one and is still of that kind; else the uid that it gets where its identifiers know none. */
export interface Claim {
  readonly source: string;
  readonly rank: number;
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
  /** Stored records, not of this batch, whose thing is another than before; and things in force that a decision brought back or made. */
  readonly led: Regrouped['led'];
  readonly touched: readonly string[];
  /** Claims that a standing decision overrules. */
  readonly overruled: readonly Overruled[];
}

const NOTHING: Settlement = { uids: new Map(), merges: [], moves: [], led: [], touched: [], overruled: [] };

export interface Move {
  readonly from: string;
  readonly into: string;
}

/**
 * Gives every record its uid. A kind of one record each: made from source and id at first sight. A shared kind: the uid of its
 * stated identifiers; where they lead to several, these are one thing and the oldest uid stays; unless a steward decided otherwise.
 * Locks the identifiers in key order, so that two transactions never settle one of them at once. `decided`: the own identifiers of records
 * about which something has just been decided.
 */
export async function settle(
  tx: ManagedTransaction,
  claims: readonly Claim[],
  decided: readonly string[] = [],
): Promise<Settlement> {
  const uids = new Map<string, string>();
  const shared = claims.filter(({ item }) => isShared(item.record.kind));
  for (const { item, before, fresh } of claims) {
    if (!isShared(item.record.kind)) uids.set(item.id, before ?? fresh);
  }
  if (shared.length + decided.length === 0) return { ...NOTHING, uids };

  const stating = shared.map((claim) => ({ claim, stated: statedKeys(claim.item.record), own: ownKeyOf(claim) }));
  const entries = await lockIdentifiers(tx, [...stating.flatMap(({ stated, own }) => [...stated, own]), ...decided]);
  const ledger = new LedgerPage(entries);
  for (const { claim, stated, own } of stating) uids.set(claim.item.id, ledger.claim(claim, stated, own));
  const ruled = ledger.ruled(
    stating.map(({ stated, own }) => [...stated, own]),
    decided,
  );
  const group = ruled.size === 0 ? undefined : await settleDecided(tx, ledger, ruled, stating);
  const isOutside = (key: string) => !group?.uids.has(key);
  await ledger.write(tx, isOutside);
  return {
    uids: new Map([
      ...[...uids].map(([id, uid]) => [id, ledger.now(uid)] as const),
      ...stating.flatMap(({ claim, own }) => (isOutside(own) ? [] : [[claim.item.id, group!.uids.get(own)!] as const])),
    ]),
    merges: [...ledger.merges().filter(({ from }) => !ruled.has(from)), ...(group?.merges ?? [])],
    moves: [...ledger.moves().filter(({ key }) => isOutside(key)), ...(group?.moves ?? [])],
    led: group?.led ?? [],
    touched: group?.touched ?? [],
    overruled: group?.overruled ?? [],
  };
}

interface Stating {
  readonly claim: Claim;
  readonly stated: readonly string[];
  readonly own: string;
}

/** The part of the batch that decisions concern. `ruled`: the bases, before and after the batch, from which they are found. */
async function settleDecided(
  tx: ManagedTransaction,
  ledger: LedgerPage,
  ruled: ReadonlySet<string>,
  stating: readonly Stating[],
): Promise<Regrouped & { uids: ReadonlyMap<string, string>; overruled: readonly Overruled[] }> {
  const locked = withBatch(await lockGroup(tx, ruled), ledger, ruled, stating);
  const stillBase = (base: string) => ledger.now(base);
  const baseOf = (key: string, base: string) => ledger.baseOf(key) ?? ledger.now(base);
  const bases = locked.rows.map(({ key, uid, base }) => baseOf(key, base ?? uid ?? ''));
  const group = groupOf(locked, await agesOf(tx, bases), baseOf);
  const parted = part(group);
  return {
    ...(await writeGroup(tx, locked, group, parted, stillBase)),
    uids: parted.uids,
    overruled: parted.overruled,
  };
}

/** The group with the identifiers that the batch brings, and the records as they are in it. */
function withBatch(
  { rows, records, rulings }: LockedGroup,
  ledger: LedgerPage,
  ruled: ReadonlySet<string>,
  stating: readonly Stating[],
): LockedGroup {
  const known = new Set(rows.map(({ key }) => key));
  const bases = new Set(rows.map(({ uid, base }) => ledger.now(base ?? uid ?? '')).concat([...ruled]));
  const brought = [...new Set(stating.flatMap(({ stated, own }) => [...stated, own]))].filter(
    (key) => !known.has(key) && bases.has(ledger.baseOf(key) ?? ''),
  );
  for (const key of brought) known.add(key);
  const said = new Map(
    stating
      .filter(({ own }) => known.has(own))
      .map(({ claim: { source, rank, item }, stated, own }): [string, GroupRecord] => [
        own,
        { key: recordKey(source, item.id), own, uid: null, rank, source, id: item.id, deleted: false, states: stated },
      ]),
  );
  return {
    rows: [...rows, ...brought.map((key) => ({ key, uid: null, base: null }))],
    records: [...records.filter(({ own }) => !said.has(own)), ...said.values()],
    rulings,
  };
}

/** A record's own identifier. */
export function ownKeyOf({ source, item }: Claim): string {
  return identifierKey(item.record.kind, recordIdentifier(source, item.id));
}

/** `uid`: by codes alone. */
interface Entry {
  uid: string | null;
  age: number;
  readonly ruled: boolean;
}

/** Locks identifiers that are in the ledger, in key order. Gives those that decisions concern, with their uid and base. */
export async function lockKnown(
  tx: ManagedTransaction,
  keys: readonly string[],
): Promise<Map<string, { uid: string; base: string }>> {
  const { records } = await tx.run(
    `UNWIND $keys AS key MATCH (i:Identifier {key: key}) SET i.lock = 1
     WITH i WHERE i.base IS NOT NULL RETURN i.key AS key, i.uid AS uid, i.base AS base`,
    { keys: [...new Set(keys)].sort(compare) },
  );
  return new Map(
    records.map((row) => [
      row.get('key') as string,
      { uid: row.get('uid') as string, base: row.get('base') as string },
    ]),
  );
}

/** The uids in force of what codes alone would make these things. */
export async function uidsOfBases(tx: ManagedTransaction, bases: ReadonlySet<string>): Promise<string[]> {
  const { records } = await tx.run(
    'UNWIND $bases AS base MATCH (i:Identifier {base: base}) RETURN DISTINCT i.uid AS uid',
    { bases: [...bases] },
  );
  return records.map((row) => row.get('uid') as string);
}

async function lockIdentifiers(tx: ManagedTransaction, keys: readonly string[]): Promise<Map<string, Entry>> {
  const { records } = await tx.run(
    `UNWIND $keys AS key MERGE (i:Identifier {key: key}) SET i.lock = 1
     WITH i OPTIONAL MATCH (e:Entity {uid: i.uid})
     RETURN i.key AS key, coalesce(i.base, i.uid) AS uid, i.base IS NOT NULL AS ruled, e.created AS created`,
    { keys: [...new Set(keys)].sort(compare) },
  );
  const rows = records.map(
    (row) => row.toObject() as unknown as { key: string; uid: string | null; ruled: boolean; created: number | null },
  );
  const ages = await agesOfRuled(
    tx,
    rows.flatMap(({ uid, ruled }) => (ruled && uid !== null ? [uid] : [])),
  );
  return new Map(
    rows.map(({ key, uid, ruled, created }) => {
      const age = ruled ? ages.get(uid ?? '') : created;
      return [key, { uid, age: age === undefined || age === null ? Number.MAX_SAFE_INTEGER : Number(age), ruled }];
    }),
  );
}

async function agesOfRuled(tx: ManagedTransaction, bases: readonly string[]): Promise<Map<string, number>> {
  return bases.length === 0 ? new Map() : agesOf(tx, bases);
}

/** The identifiers of one batch, worked on in memory and written back at once. All uids in it are by codes alone. */
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

  /** The uid of an identifier of the batch. */
  baseOf(key: string): string | undefined {
    return this.#uidOf(key);
  }

  /** The uids, before the batch and after it, that hang together with identifiers which decisions concern. `claims`: the identifiers of each claim. */
  ruled(claims: readonly (readonly string[])[], decided: readonly string[]): Set<string> {
    const uidsOf = (keys: readonly string[]) =>
      keys.flatMap((key) =>
        [this.#before.get(key) ?? [], this.#entries.get(key)?.uid ?? [], this.#uidOf(key) ?? []].flat(),
      );
    const ruled = new Set(
      uidsOf([...decided, ...[...this.#entries].filter(([, { ruled: is }]) => is).map(([key]) => key)]),
    );
    if (ruled.size === 0) return ruled;
    const links = [...claims.map(uidsOf), ...this.merges().map(({ from, into }) => [from, into])];
    for (let size = 0; size !== ruled.size; ) {
      size = ruled.size;
      for (const link of links) if (link.some((uid) => ruled.has(uid))) for (const uid of link) ruled.add(uid);
    }
    return ruled;
  }

  async write(tx: ManagedTransaction, isMine: (key: string) => boolean): Promise<void> {
    const rows = [...this.#written].filter(([key]) => isMine(key)).map(([key, uid]) => ({ key, uid: this.now(uid) }));
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
    this.#entries.set(key, { uid, age: this.#ages.get(uid) ?? Number.MAX_SAFE_INTEGER, ruled: entry?.ruled ?? false });
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
  dropped: readonly {
    key: string;
    uid: string;
    base: string;
    kind: KindName;
    properties: Readonly<Record<string, unknown>>;
  }[],
): Promise<(Move & { key: string })[]> {
  const names = await newUids(
    tx,
    dropped.map(({ key, base }) => [key, run, base]),
  );
  const rows = dropped.map(({ uid, base: _, ...one }, n) => ({ ...one, from: uid, into: names[n]! }));
  for (const kind of new Set(rows.map((row) => row.kind))) {
    await tx.run(
      `UNWIND $rows AS row MATCH (i:Identifier {key: row.key}) SET i.uid = row.into, i.base = null MERGE (e:Entity {uid: row.into}) ON CREATE SET e:${kind}, e += row.properties`,
      { rows: rows.filter((row) => row.kind === kind) },
    );
  }
  return rows;
}

/** A uid for each of these, made of its parts. One that was ever given is not given again: what is retired redirects for ever, and a run may free one identifier twice. */
async function newUids(tx: ManagedTransaction, things: readonly (readonly string[])[]): Promise<readonly string[]> {
  const uids = things.map((parts) => uidOf(...parts));
  for (let n = 2; ; n += 1) {
    const { records } = await tx.run(
      'UNWIND $uids AS uid WITH uid WHERE EXISTS { (:Retired {uid: uid}) } OR EXISTS { (:Entity {uid: uid}) } RETURN uid',
      { uids },
    );
    if (records.length === 0) return uids;
    const taken = new Set(records.map((row) => row.get('uid') as string));
    for (const [at, uid] of uids.entries()) if (taken.has(uid)) uids[at] = uidOf(...things[at]!, `${n}`);
  }
}
