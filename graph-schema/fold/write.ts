/**
 * One batch of records into the graph, inside one transaction. Read it from the top: what is known, who is who, lock, read all
 * that describes the entities concerned, fold, write what differs, number it.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '../bookkeeping.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { compare, type DescribingRecord } from './describing.ts';
import {
  absorb,
  entombEntities,
  type FoldedEntity,
  lockEntities,
  placeholderOf,
  placeholderProperties,
  referrersByMany,
  refreshMentions,
  repoint,
  type Standing,
  writeEntities,
  writeRelations,
} from './entities.ts';
import { foldEntity } from './fold.ts';
import { leadRecords } from './group.ts';
import { withHidden } from './hide.ts';
import { isShared, statedKeys } from './identity.ts';
import type { Item, Pass, RecordItem } from './items.ts';
import { type Claim, freeIdentifiers, lockKnown, ownKeyOf, retire, settle, uidsOfBases } from './ledger.ts';
import type { Overruled } from './parts.ts';
import {
  checkUids,
  describingRecords,
  forgetUpdates,
  type KnownRecord,
  knownRecords,
  lastSeen,
  markDeleted,
  markGone,
  markLive,
  markMissing,
  quarantine,
  type StoredRecord,
  seeRecords,
  setAside,
  storeRecords,
} from './records.ts';
import { checkLed, type Reference, resolveReferences } from './references.ts';
import { numberChanges } from './sequence.ts';
import { type Sorted, sortItems } from './sort-items.ts';
import { uidOf } from './uid.ts';

/** What a batch did, in records. An item is counted once; of two items with one id in a batch the last stands, the first counts as unchanged. */
export interface BatchCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
  /** Updates that were set aside for a steward. */
  readonly held: number;
}

export interface Written {
  readonly counts: BatchCounts;
  /** The entities that got a new change number. */
  readonly changed: readonly string[];
  /** Ids that the source names and that no record here is known by. */
  readonly unknown: readonly string[];
  /** Codes in this batch that a steward's decision overrules. */
  readonly contradicted: readonly Finding[];
}

/** Most items that one transaction takes. */
export const MOST_ITEMS = 1_000;

/** Writes a batch of at most MOST_ITEMS. Throws what the driver throws; nothing of the batch is then stored. */
export async function writeBatch(
  tx: ManagedTransaction,
  pass: Pass,
  items: readonly Item[],
  resolver: Resolver,
): Promise<Written> {
  const keyOf = (id: string) => recordKey(pass.source.name, id);
  const { named, unnamed } = idsIn(items);
  const known = new Map([
    ...(await seeRecords(tx, named.map(keyOf), pass)),
    ...(unnamed.length > 0 ? await knownRecords(tx, unnamed.map(keyOf)) : []),
  ]);
  const knownOf = (id: string) => known.get(keyOf(id));
  const shown = await withHidden(tx, pass, items, knownOf);
  const sorted = sortItems(shown.items, knownOf);
  const { changed, deleted, missing, returned } = sorted;
  let refolded: Refolded = { renumbered: [], contradicted: [] };
  if (changed.length + deleted.length + missing.length + returned.length > 0)
    refolded = await refold(tx, pass, sorted, knownOf, resolver);
  await setAside(tx, pass, sorted.held);
  await forgetUpdates(tx, sorted.asBefore.map(keyOf));
  await markGone(tx, sorted.gone.map(keyOf), pass);
  await markDeleted(
    tx,
    sorted.unreadableGone.map((id) => ({ key: keyOf(id) })),
  );
  await quarantine(tx, pass, sorted.rejected);

  const created = changed.filter(({ id }) => !isThere(knownOf(id))).length;
  return {
    counts: {
      created,
      // What was hidden beside its rejection counts as rejected alone.
      updated: changed.length - created - shown.added,
      unchanged: sorted.unchanged,
      deleted: deleted.length + sorted.unreadableGone.length,
      rejected: sorted.rejected.length,
      held: sorted.held.length,
    },
    changed: refolded.renumbered,
    unknown: sorted.unknown,
    contradicted: refolded.contradicted,
  };
}

/** The ids that the source names itself, and those about which something was decided or that it says are gone. */
function idsIn(items: readonly Item[]): { named: string[]; unnamed: string[] } {
  const named = new Set<string>();
  const unnamed = new Set<string>();
  for (const item of items) {
    if (item.id === undefined) continue;
    const isNamed = item.kind !== 'gone' && item.kind !== 'missing' && item.kind !== 'deleted';
    (isNamed ? named : unnamed).add(item.id);
  }
  for (const id of named) unnamed.delete(id);
  return { named: [...named], unnamed: [...unnamed] };
}

export function isThere(known: KnownRecord | undefined): boolean {
  return known?.state === 'live' || known?.state === 'missing';
}

interface Refolded {
  /** The uids of the entities that were numbered anew. */
  readonly renumbered: readonly string[];
  readonly contradicted: readonly Finding[];
}

const NOBODY: Pass = { source: { name: '', rank: 99 }, run: '', snapshot: undefined };
const NOTHING: Sorted = {
  changed: [],
  deleted: [],
  missing: [],
  returned: [],
  held: [],
  asBefore: [],
  gone: [],
  unreadableGone: [],
  rejected: [],
  unchanged: 0,
  unknown: [],
};

/**
 * Carries out what has just been decided, or undone, about the records with these own identifiers (identity.ts): in the transaction that keeps
 * the decision, by the way that a harvest goes.
 */
export async function resettle(tx: ManagedTransaction, decided: readonly string[], resolver: Resolver): Promise<void> {
  await refold(tx, NOBODY, NOTHING, () => undefined, resolver, decided);
}

async function refold(
  tx: ManagedTransaction,
  pass: Pass,
  { changed, deleted, missing, returned }: Sorted,
  knownOf: (id: string) => KnownRecord | undefined,
  resolver: Resolver,
  decided: readonly string[] = [],
): Promise<Refolded> {
  const { source } = pass;
  const keyOf = (id: string) => recordKey(source.name, id);
  const claims = changed.map((item) => claimOf(pass, item, knownOf(item.id)));
  const freed = await freeDropped(tx, pass.run, claims);
  const { uids, merges, moves, led: handed, touched, overruled } = await settle(tx, claims, decided);

  const concerned = new Set([...uids.values(), ...merges.flatMap(({ from, into }) => [from, into]), ...touched]);
  for (const id of [...changed.map((item) => item.id), ...deleted.map((item) => item.id), ...missing, ...returned]) {
    const uid = knownOf(id)?.uid;
    if (uid) concerned.add(uid);
  }
  const relinked = await referrersByMany(tx, [...freed, ...moves]);
  for (const uid of relinked) concerned.add(uid);
  const standing = await lockEntities(tx, [...concerned]);
  const before = [...changed, ...deleted].map(({ id }) => id).concat(missing, returned);
  await checkUids(
    tx,
    before.flatMap((id) => {
      const uid = knownOf(id)?.uid;
      return uid ? [{ key: keyOf(id), uid }] : [];
    }),
  );
  const led = await repoint(tx, [...freed, ...moves, ...merges]);
  await leadRecords(tx, handed);
  const lost = await absorb(tx, merges);
  for (const { from, into } of [...freed, ...moves]) lost.add(from).add(into);
  await retire(tx, merges);
  for (const { from } of merges) {
    concerned.delete(from);
    relinked.delete(from);
  }

  await markMissing(tx, missing.map(keyOf), pass);
  await markLive(tx, returned.map(keyOf));
  await markDeleted(
    tx,
    deleted.map(({ id, by }) => ({ key: keyOf(id), by })),
  );
  const stored = changed.map((item) => storedAs(pass, item, uids.get(item.id)!, knownOf(item.id)));
  const describing = await gather(
    tx,
    pass,
    stored,
    [...concerned].filter((uid) => standing.has(uid)),
  );
  const { entities, empty } = foldAll(concerned, describing, standing, resolver, relinked);
  await writeEntities(tx, entities, standing);
  await storeRecords(tx, pass, stored);

  const { uids: targets, changed: retold, published } = await resolveReferences(tx, referencesOf(entities));
  const relations = await writeRelations(tx, entities, standing, targets);
  await checkLed(tx, targets);
  for (const uid of relations.lost) lost.add(uid);
  for (const uid of await entombEntities(tx, empty)) lost.add(uid);
  for (const uid of targetsOfFlipped(entities, standing, targets)) lost.add(uid);
  const mentions = await refreshMentions(tx, lost, relations.gained.difference(published));
  const renumbered = [...entities.map(({ uid }) => uid), ...empty, ...led, ...mentions, ...retold];
  await numberChanges(tx, renumbered);
  return { renumbered: [...new Set(renumbered)], contradicted: contradictions(overruled, claims) };
}

/** What a steward is told of claims in this batch that a decision overrules. */
function contradictions(overruled: readonly Overruled[], claims: readonly Claim[]): Finding[] {
  const claiming = new Map(claims.map((claim) => [ownKeyOf(claim), claim]));
  return overruled.flatMap(({ own, code, ruling }) => {
    const claim = claiming.get(own);
    if (claim === undefined) return [];
    const start = `${claim.item.record.kind}/`.length;
    const [a, b] = ruling.pair.map((one) => one.slice(start + 'record:'.length)) as [string, string];
    const id = recordKey(claim.source, claim.item.id);
    return finding('identity-contradicted', { id, code: code.slice(start), decision: ruling.id.slice(0, 8), a, b });
  });
}

/** A harvest makes live what it brings. Otherwise a record stays what it was, and one that was deleted comes back as missing: its source did not name it. */
function storedAs({ snapshot }: Pass, item: RecordItem, uid: string, known: KnownRecord | undefined): StoredRecord {
  const wasAbsent = known?.state === 'missing' || known?.state === 'deleted';
  return { item, uid, known, state: snapshot === undefined && wasAbsent ? 'missing' : 'live' };
}

/** A record that is now of another kind is another thing: it leaves its old one, and gets a uid of its own. */
function claimOf({ source }: Pass, item: RecordItem, known: KnownRecord | undefined): Claim {
  const { kind } = item.record;
  const turned = known?.kind !== undefined && known.kind !== null && known.kind !== kind;
  return {
    source: source.name,
    rank: source.rank,
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
  const ruled = await lockKnown(
    tx,
    earlier.flatMap(({ record }) => statedKeys(record)),
  );
  // A decision may have parted those that state one code: they are several things then.
  const apart = ruled.size === 0 ? [] : await uidsOfBases(tx, new Set([...ruled.values()].map(({ base }) => base)));
  const records = await describingRecords(tx, [...new Set([...uids, ...apart])]);
  const dropped = known.flatMap(({ source, item, before }) => {
    const key = recordKey(source, item.id);
    const mine = earlier.find((record) => record.key === key);
    const others = records.filter((record) => record.key !== key && (ruled.size > 0 || record.uid === before));
    const still = new Set([...statedKeys(item.record), ...others.flatMap(({ record }) => statedKeys(record))]);
    return (mine ? statedKeys(mine.record) : [])
      .filter((one) => !still.has(one))
      .map((one) => {
        const { uid, base } = ruled.get(one) ?? { uid: before!, base: before! };
        const { kind } = item.record;
        return { key: one, uid, base, kind, properties: placeholderOf(one, kind) };
      });
  });
  return dropped.length > 0 ? freeIdentifiers(tx, run, dropped) : [];
}

/** All records that describe each entity once this batch is in. */
async function gather(
  tx: ManagedTransaction,
  { source }: Pass,
  stored: readonly StoredRecord[],
  known: readonly string[],
): Promise<Map<string, DescribingRecord[]>> {
  const replaced = new Set(stored.map(({ item }) => recordKey(source.name, item.id)));
  const describing = new Map<string, DescribingRecord[]>();
  const decided = new Map<string, Pick<DescribingRecord, 'sameAs' | 'denied'>>();
  const add = (uid: string, record: DescribingRecord) => {
    const others = describing.get(uid);
    if (others) others.push(record);
    else describing.set(uid, [record]);
  };
  for (const { uid, key, ...record } of known.length > 0 ? await describingRecords(tx, known) : []) {
    decided.set(key, { sameAs: record.sameAs, denied: record.denied });
    if (!replaced.has(key)) add(uid, record);
  }
  for (const { item, uid, known: before, state } of stored) {
    const notSeenSince = state === 'missing' ? lastSeen(before?.seenIn ?? null) : undefined;
    const { id, record } = item;
    const said = decided.get(recordKey(source.name, id));
    add(uid, { source: source.name, id, rank: source.rank, notSeenSince, record, ...said });
  }
  return describing;
}

/** The entities whose fold differs from what stands, those whose relations must be led anew, and those that nothing describes any more. */
function foldAll(
  concerned: ReadonlySet<string>,
  describing: ReadonlyMap<string, readonly DescribingRecord[]>,
  standing: ReadonlyMap<string, Standing>,
  resolver: Resolver,
  relinked: ReadonlySet<string>,
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
    if (relinked.has(uid) || folded.digest !== standing.get(uid)?.digest) entities.push({ uid, folded });
  }
  return { entities, empty };
}

/** What is referred to, by identifier key, and what it is until something describes it. */
export type References = Map<string, Reference>;

export function referencesOf(entities: readonly FoldedEntity[]): References {
  const references: References = new Map();
  for (const { folded } of entities) {
    for (const { key, to, mention } of folded.links) {
      const published = folded.published || (references.get(key)?.published ?? false);
      references.set(key, { kind: to, properties: placeholderProperties(to, mention?.fields), published });
    }
  }
  return references;
}

/** Where an entity became visible or hidden, what it mentions may do so with it. */
export function targetsOfFlipped(
  entities: readonly FoldedEntity[],
  standing: ReadonlyMap<string, Standing>,
  targets: ReadonlyMap<string, string>,
): string[] {
  return entities
    .filter(({ uid, folded }) => folded.published !== (standing.get(uid)?.published ?? false))
    .flatMap(({ folded }) => folded.links.map(({ key }) => targets.get(key)!));
}
