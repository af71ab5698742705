/**
 * One batch of records into the graph, inside one transaction. Read it from the top: what is known, who is who, lock, read all
 * that describes the entities concerned, fold, write what differs, number it.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '../bookkeeping.ts';
import type { KindName } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { compare, type DescribingRecord } from './describing.ts';
import {
  absorb,
  entombEntities,
  type FoldedEntity,
  lockEntities,
  placeholderProperties,
  refreshMentions,
  repoint,
  type Standing,
  writeEntities,
  writeRelations,
} from './entities.ts';
import { foldEntity } from './fold.ts';
import { isShared, statedKeys } from './identity.ts';
import { type Claim, freeIdentifiers, lockKnown, resolveReferences, retire, settle } from './ledger.ts';
import {
  describingRecords,
  type Item,
  type KnownRecord,
  markDeleted,
  quarantine,
  type SourceOfRecords,
  seeRecords,
  storeRecords,
} from './records.ts';
import { numberChanges } from './sequence.ts';
import { uidOf } from './uid.ts';

/** What a batch did, in records. An item is counted once; of two items with one id in a batch the last stands, the first counts as unchanged. */
export interface BatchCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
}

type RecordItem = Extract<Item, { kind: 'record' }>;

/** Most items that one transaction takes. */
export const MOST_ITEMS = 1_000;

/** Writes a batch of at most MOST_ITEMS. Throws what the driver throws; nothing of the batch is then stored. */
export async function writeBatch(
  tx: ManagedTransaction,
  source: SourceOfRecords,
  run: string,
  items: readonly Item[],
  resolver: Resolver,
): Promise<BatchCounts> {
  const { records, deleted, rejected, repeated } = sortItems(items);
  const keys = [...records.keys(), ...deleted].map((id) => recordKey(source.name, id));
  const known = await seeRecords(tx, keys, run);
  const knownOf = (id: string) => known.get(recordKey(source.name, id));

  const changed = [...records.values()].filter((item) => !isUnchanged(item, knownOf(item.id)));
  const gone = deleted.filter((id) => isThere(knownOf(id)));
  if (changed.length > 0 || gone.length > 0) await refold(tx, source, run, changed, gone, known, resolver);
  const unreadable = deleted.filter((id) => knownOf(id)?.state === 'rejected');
  await markDeleted(
    tx,
    unreadable.map((id) => recordKey(source.name, id)),
    run,
  );
  if (rejected.length > 0) await quarantine(tx, source, run, rejected);

  const created = changed.filter((item) => !isThere(knownOf(item.id))).length;
  return {
    created,
    updated: changed.length - created,
    unchanged: records.size - changed.length + repeated,
    deleted: gone.length + unreadable.length,
    rejected: rejected.length,
  };
}

function sortItems(items: readonly Item[]) {
  const last = new Map<string, Exclude<Item, { kind: 'rejected' }>>();
  const rejected: Extract<Item, { kind: 'rejected' }>[] = [];
  let repeated = 0;
  for (const item of items) {
    if (item.kind === 'rejected') rejected.push(item);
    else {
      if (last.has(item.id)) repeated += 1;
      last.set(item.id, item);
    }
  }
  const records = new Map<string, RecordItem>();
  const deleted: string[] = [];
  for (const [id, item] of last) {
    if (item.kind === 'record') records.set(id, item);
    else deleted.push(id);
  }
  return { records, deleted, rejected, repeated };
}

/** The same bytes, mapped by the same version, and live. */
function isUnchanged(item: RecordItem, known: KnownRecord | undefined): boolean {
  return known?.state === 'live' && known.hash === item.hash && known.mapping === item.mapping && !known.rejected;
}

function isThere(known: KnownRecord | undefined): boolean {
  return known?.state === 'live' || known?.state === 'missing';
}

async function refold(
  tx: ManagedTransaction,
  source: SourceOfRecords,
  run: string,
  changed: readonly RecordItem[],
  gone: readonly string[],
  known: ReadonlyMap<string, KnownRecord>,
  resolver: Resolver,
): Promise<void> {
  const before = (id: string) => known.get(recordKey(source.name, id))?.uid ?? null;
  const claims = changed.map((item) => claimOf(source, item, known.get(recordKey(source.name, item.id))));
  const freed = await freeDropped(tx, run, claims);
  const { uids, merges, moves } = await settle(tx, claims);

  const concerned = new Set([...uids.values(), ...merges.flatMap(({ from, into }) => [from, into])]);
  for (const id of [...changed.map((item) => item.id), ...gone]) {
    const uid = before(id);
    if (uid !== null) concerned.add(uid);
  }
  const standing = await lockEntities(tx, [...concerned]);
  const led = await repoint(tx, [...freed, ...merges, ...moves]);
  const touched = await absorb(tx, merges);
  await retire(tx, merges);
  for (const { from } of merges) concerned.delete(from);

  const describing = await gather(
    tx,
    source,
    changed,
    gone,
    uids,
    [...concerned].filter((uid) => standing.has(uid)),
  );
  const { entities, empty } = foldAll(concerned, describing, standing, resolver);
  await writeEntities(tx, entities, standing);
  await storeRecords(
    tx,
    source,
    run,
    changed.map((item) => ({ item, uid: uids.get(item.id)! })),
  );
  await markDeleted(
    tx,
    gone.map((id) => recordKey(source.name, id)),
    run,
  );

  const { uids: targets, changed: retold } = await resolveReferences(tx, referencesOf(entities));
  for (const uid of await writeRelations(tx, entities, standing, targets)) touched.add(uid);
  for (const uid of await entombEntities(tx, empty)) touched.add(uid);
  for (const uid of targetsOfFlipped(entities, standing, targets)) touched.add(uid);
  const mentions = await refreshMentions(tx, touched);
  await numberChanges(tx, [...entities.map(({ uid }) => uid), ...empty, ...led, ...mentions, ...retold]);
}

/** A record that is now of another kind is another thing: it leaves its old one, and gets a uid of its own. */
function claimOf(source: SourceOfRecords, item: RecordItem, known: KnownRecord | undefined): Claim {
  const { kind } = item.record;
  const turned = known?.kind !== undefined && known.kind !== null && known.kind !== kind;
  return {
    source: source.name,
    item,
    before: turned ? null : (known?.uid ?? null),
    fresh: turned ? uidOf(source.name, item.id, kind) : uidOf(source.name, item.id),
  };
}

/**
 * Strong identifiers that a record stated until now, states no longer, and that no other record of its thing states. They are
 * locked before it is looked who else states them: another transaction may be about to.
 */
async function freeDropped(tx: ManagedTransaction, run: string, claims: readonly Claim[]) {
  const known = claims.filter(({ item, before }) => before !== null && isShared(item.record.kind));
  if (known.length === 0) return [];
  const uids = [...new Set(known.map(({ before }) => before!))];
  const own = new Set(known.map(({ source, item }) => recordKey(source, item.id)));
  const earlier = (await describingRecords(tx, uids)).filter(({ key }) => own.has(key));
  await lockKnown(
    tx,
    earlier.flatMap(({ record }) => statedKeys(record)),
  );
  const records = await describingRecords(tx, uids);
  const dropped = known.flatMap(({ source, item, before }) => {
    const key = recordKey(source, item.id);
    const mine = earlier.find((record) => record.key === key);
    const others = records.filter((record) => record.uid === before && record.key !== key);
    const still = new Set([...statedKeys(item.record), ...others.flatMap(({ record }) => statedKeys(record))]);
    return (mine ? statedKeys(mine.record) : [])
      .filter((one) => !still.has(one))
      .map((one) => ({ key: one, uid: before!, kind: item.record.kind }));
  });
  return dropped.length > 0 ? freeIdentifiers(tx, run, dropped) : [];
}

/** All records that describe each entity once this batch is in. */
async function gather(
  tx: ManagedTransaction,
  source: SourceOfRecords,
  changed: readonly RecordItem[],
  gone: readonly string[],
  uids: ReadonlyMap<string, string>,
  known: readonly string[],
): Promise<Map<string, DescribingRecord[]>> {
  const replaced = new Set([...changed.map((item) => item.id), ...gone].map((id) => recordKey(source.name, id)));
  const describing = new Map<string, DescribingRecord[]>();
  const add = (uid: string, record: DescribingRecord) => describing.set(uid, [...(describing.get(uid) ?? []), record]);
  for (const { uid, key, ...record } of known.length > 0 ? await describingRecords(tx, known) : [])
    if (!replaced.has(key)) add(uid, record);
  for (const item of changed)
    add(uids.get(item.id)!, { source: source.name, id: item.id, rank: source.rank, record: item.record });
  return describing;
}

/** The entities whose fold differs from what stands, and those that nothing describes any more. */
function foldAll(
  concerned: ReadonlySet<string>,
  describing: ReadonlyMap<string, readonly DescribingRecord[]>,
  standing: ReadonlyMap<string, Standing>,
  resolver: Resolver,
): { entities: FoldedEntity[]; empty: string[] } {
  const entities: FoldedEntity[] = [];
  const empty: string[] = [];
  for (const uid of [...concerned].sort(compare)) {
    const records = describing.get(uid);
    if (records === undefined) {
      if (standing.get(uid)?.digest) empty.push(uid);
      continue;
    }
    const folded = foldEntity(records, resolver);
    if (folded.digest !== standing.get(uid)?.digest) entities.push({ uid, folded });
  }
  return { entities, empty };
}

function referencesOf(
  entities: readonly FoldedEntity[],
): Map<string, { kind: KindName; properties: Record<string, unknown> }> {
  const references = new Map<string, { kind: KindName; properties: Record<string, unknown> }>();
  for (const { folded } of entities) {
    for (const { key, to, mention } of folded.links) {
      references.set(key, { kind: to, properties: placeholderProperties(to, mention?.fields) });
    }
  }
  return references;
}

/** Where an entity became visible or hidden, what it mentions may do so with it. */
function targetsOfFlipped(
  entities: readonly FoldedEntity[],
  standing: ReadonlyMap<string, Standing>,
  targets: ReadonlyMap<string, string>,
): string[] {
  return entities
    .filter(({ uid, folded }) => folded.published !== (standing.get(uid)?.published ?? false))
    .flatMap(({ folded }) => folded.links.map(({ key }) => targets.get(key)!));
}
