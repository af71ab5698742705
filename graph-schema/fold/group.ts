/** The part of the ledger that decisions concern: read whole, locked, parted (parts.ts), and written back. */
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '../bookkeeping.ts';
import { outdated } from '../database.ts';
import type { KindName } from '../model.ts';
import type { AnyRecord } from '../record.ts';
import { compare } from './describing.ts';
import { placeholderOf } from './entities.ts';
import { identifierKey, recordIdentifier, statedKeys } from './identity.ts';
import type { Group, Member, Parted, Ruling } from './parts.ts';

/** An identifier as it stands; one that the batch at hand brings has no uid yet. `base` is null where codes alone decide: it is then the uid. */
export interface LedgerRow {
  readonly key: string;
  readonly uid: string | null;
  readonly base: string | null;
}

/** A record of the group. `uid` is null where the batch at hand stores it. */
export interface GroupRecord {
  readonly key: string;
  readonly own: string;
  readonly uid: string | null;
  readonly rank: number;
  readonly source: string;
  readonly id: string;
  readonly deleted: boolean;
  readonly states: readonly string[];
}

export interface LockedGroup {
  readonly rows: readonly LedgerRow[];
  readonly records: readonly GroupRecord[];
  readonly rulings: readonly Ruling[];
}

/** More identifiers than this are not one thing, nor a few: somebody decided in a circle. A bug or an attack, told as such. */
const MOST_IDENTIFIERS = 20_000;

/** Reads all that the decisions about these bases hang together with, locks its identifiers in key order, and makes sure that it was all. */
export async function lockGroup(tx: ManagedTransaction, bases: Iterable<string>): Promise<LockedGroup> {
  const start = [...bases];
  const seen = await readRows(tx, start);
  await tx.run('UNWIND $keys AS key MATCH (i:Identifier {key: key}) SET i.lock = 1', {
    keys: [...seen.rows.keys()].sort(compare),
  });
  const { rows, rulings } = await readRows(tx, start);
  if (rows.size !== seen.rows.size || [...rows.keys()].some((key) => !seen.rows.has(key)))
    throw outdated('identifiers were led to a thing while a decision about it was read');
  return { rows: [...rows.values()], records: await readRecords(tx, rows), rulings };
}

interface Rows {
  readonly rows: Map<string, LedgerRow>;
  readonly rulings: readonly Ruling[];
}

async function readRows(tx: ManagedTransaction, start: readonly string[]): Promise<Rows> {
  const rows = new Map<string, LedgerRow>();
  const rulings = new Map<string, Ruling & { at: string }>();
  const known = new Set<string>();
  for (let bases = [...new Set(start)]; bases.length > 0; ) {
    for (const base of bases) known.add(base);
    const { records } = await tx.run(
      `UNWIND $bases AS base
       CALL (base) { MATCH (i:Identifier {base: base}) RETURN i UNION MATCH (i:Identifier {uid: base}) WHERE i.base IS NULL RETURN i }
       RETURN i.key AS key, i.uid AS uid, i.base AS base,
              COLLECT { MATCH (i)<-[:DECIDES]-(d:Decision)-[:DECIDES]->(j:Identifier) WHERE d.undoneAt IS NULL AND j <> i
                        RETURN [d.id, d.kind, toString(d.at), j.key, coalesce(j.base, j.uid)] } AS rulings`,
      { bases },
    );
    const next = new Set<string>();
    for (const row of records) {
      const key = row.get('key') as string;
      rows.set(key, { key, uid: row.get('uid') as string, base: row.get('base') as string | null });
      for (const [id, kind, at, other, base] of row.get('rulings') as string[][]) {
        rulings.set(id!, { id: id!, kind: kind as Ruling['kind'], at: at!, pair: pairOf(key, other!) });
        if (!known.has(base!)) next.add(base!);
      }
    }
    if (rows.size > MOST_IDENTIFIERS)
      throw new Error(`decisions hold more than ${MOST_IDENTIFIERS} identifiers together`);
    bases = [...next];
  }
  const inOrder = [...rulings.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  return { rows, rulings: inOrder.map(({ at: _, ...ruling }) => ruling) };
}

function pairOf(a: string, b: string): readonly [string, string] {
  return compare(a, b) < 0 ? [a, b] : [b, a];
}

async function readRecords(tx: ManagedTransaction, rows: ReadonlyMap<string, LedgerRow>): Promise<GroupRecord[]> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (:Entity {uid: uid})<-[:DESCRIBES]-(r:SourceRecord)
     RETURN r {.source, .id, .rank, .uid, .state, .record} AS one`,
    { uids: [...new Set([...rows.values()].map(({ uid }) => uid))] },
  );
  return records
    .map(
      (row) =>
        row.get('one') as { source: string; id: string; rank: number; uid: string; state: string; record: string },
    )
    .map(({ source, id, rank, uid, state, record: text }) => {
      const record = JSON.parse(text) as AnyRecord;
      return {
        key: recordKey(source, id),
        own: identifierKey(record.kind, recordIdentifier(source, id)),
        uid,
        rank,
        source,
        id,
        deleted: state === 'deleted',
        states: statedKeys(record),
      };
    })
    .filter(({ own }) => rows.has(own));
}

/** The ages of bases: of their entity, or of what they were when a decision retired them. */
export async function agesOf(tx: ManagedTransaction, bases: Iterable<string>): Promise<Map<string, number>> {
  const { records } = await tx.run(
    `UNWIND $bases AS base OPTIONAL MATCH (e:Entity {uid: base}) OPTIONAL MATCH (g:Retired {uid: base})
     RETURN base, coalesce(e.created, g.created) AS created`,
    { bases: [...new Set(bases)] },
  );
  return new Map(
    records.flatMap((row) =>
      row.get('created') === null ? [] : [[row.get('base') as string, Number(row.get('created'))]],
    ),
  );
}

/** The group as it is to be parted. `baseOf`: what the batch at hand made of a base. */
export function groupOf(
  { rows, records, rulings }: LockedGroup,
  ages: ReadonlyMap<string, number>,
  baseOf: (key: string, base: string) => string = (_, base) => base,
): Group {
  const bases = new Map(rows.map(({ key, uid, base }) => [key, baseOf(key, base ?? uid ?? '')]));
  const uids = new Map(rows.flatMap(({ key, uid }) => (uid === null ? [] : [[key, uid]])));
  const sorted = [...records].sort(
    (a, b) =>
      Number(a.deleted) - Number(b.deleted) || a.rank - b.rank || compare(a.source, b.source) || compare(a.id, b.id),
  );
  const members = sorted.map(
    ({ own, states }): Member => ({
      own,
      // What a deleted record stated may have become another thing's since.
      states: states.filter((code) => bases.get(code) === bases.get(own)),
    }),
  );
  return { members, bases, uids, ages, rulings };
}

/** What the ledger says of a group from now on. */
export interface Regrouped {
  /** Things that have gone into another: the uid redirects. */
  readonly merges: readonly { readonly from: string; readonly into: string }[];
  /** Identifiers that lead elsewhere than before. */
  readonly moves: readonly { readonly key: string; readonly from: string; readonly into: string }[];
  /** Records whose thing is another than before. */
  readonly led: readonly { readonly key: string; readonly from: string; readonly into: string }[];
  /** All uids in force that were touched, for the writer to fold. */
  readonly touched: readonly string[];
}

/**
 * Writes a parted group to the ledger: identifiers, redirects, and the nodes of the things that it makes or brings back (empty still).
 * `stillBase`: where a base has gone that the batch at hand merged.
 */
export async function writeGroup(
  tx: ManagedTransaction,
  locked: LockedGroup,
  group: Group,
  parted: Parted,
  stillBase: (base: string) => string,
): Promise<Regrouped> {
  const rows = locked.rows.map(({ key, uid: from, base: kept }): GroupRow => {
    const base = group.bases.get(key)!;
    return { key, base: parted.ruled.has(base) ? base : null, into: parted.uids.get(key)!, from, kept };
  });
  await tx.run('UNWIND $rows AS row MATCH (i:Identifier {key: row.key}) SET i.uid = row.into, i.base = row.base', {
    rows: rows.filter(({ base, into, from, kept }) => into !== from || base !== kept),
  });
  const moves = rows.flatMap(({ key, from, into }) => (from !== null && from !== into ? [{ key, from, into }] : []));
  const inForce = new Set(rows.map(({ into }) => into));
  const merges = await redirect(tx, rows, group, parted, inForce, stillBase);
  const risen = await raise(tx, rows, [...inForce]);
  const led = locked.records.flatMap(({ key, own, uid }) => {
    const into = parted.uids.get(own)!;
    return uid === null || into === uid ? [] : [{ key, from: uid, into }];
  });
  const touched = [...moves, ...led, ...merges].flatMap(({ from, into }) => [from, into]);
  return { merges, moves, led, touched: [...new Set([...touched, ...risen])] };
}

interface GroupRow {
  readonly key: string;
  readonly from: string | null;
  readonly into: string;
  readonly base: string | null;
  readonly kept: string | null;
}

/** Things that are in force no more redirect to where their base is led now; so do those that redirected before. Gives the former. */
async function redirect(
  tx: ManagedTransaction,
  rows: readonly GroupRow[],
  group: Group,
  parted: Parted,
  inForce: ReadonlySet<string>,
  stillBase: (base: string) => string,
): Promise<{ from: string; into: string }[]> {
  const before = new Set(rows.flatMap(({ from }) => from ?? []));
  const { records } = await tx.run(
    'UNWIND $uids AS uid MATCH (g:Retired {by: uid}) RETURN g.uid AS uid, coalesce(g.base, g.by) AS known, g.by AS by',
    { uids: [...before] },
  );
  const earlier = records.map((row) => row.toObject() as unknown as { uid: string; known: string; by: string });
  const isLeft = (uid: string) =>
    rows.some(({ from, kept }) => (kept ?? from) === uid) && stillBase(uid) === uid && !parted.uidOfBase.has(uid);
  // By codes alone it was a thing whose last record has gone to another without taking it along: a tombstone, no redirect.
  const gone = [...before].filter((uid) => !inForce.has(uid) && !isLeft(uid));
  const baseOf = (known: string, by: string): string | undefined => {
    const now = stillBase(known);
    if (parted.uidOfBase.has(now)) return now;
    return group.bases.get(rows.find(({ from }) => from === known || from === by)?.key ?? '');
  };
  const redirects = [...earlier, ...gone.map((uid) => ({ uid, known: uid, by: uid }))]
    .filter(({ uid }) => !inForce.has(uid))
    .flatMap(({ uid, known, by }) => {
      const base = baseOf(known, by);
      if (base === undefined) return [];
      return [{ uid, base: parted.ruled.has(base) ? base : null, by: parted.uidOfBase.get(base)! }];
    });
  await tx.run(
    `UNWIND $redirects AS row
     OPTIONAL MATCH (e:Entity {uid: row.uid})
     MERGE (g:Retired {uid: row.uid}) ON CREATE SET g.at = datetime(), g.created = e.created
     SET g.by = row.by, g.base = row.base`,
    { redirects },
  );
  const into = new Map(redirects.map(({ uid, by }) => [uid, by]));
  return gone.flatMap((from) => (into.has(from) ? [{ from, into: into.get(from)! }] : []));
}

/**
 * The things in force that have no node, or had been retired: brought back with their age. What was numbered once is marked, so that the writer folds it, or
 * makes it a tombstone where nothing describes it.
 */
async function raise(tx: ManagedTransaction, rows: readonly GroupRow[], uids: readonly string[]): Promise<string[]> {
  const wanted = [...uids].sort(compare).map((uid) => {
    const { key } = rows.find(({ into }) => into === uid)!;
    const kind = key.slice(0, key.indexOf('/')) as KindName;
    return { uid, kind, properties: placeholderOf(key, kind) };
  });
  const risen: string[] = [];
  for (const kind of new Set(wanted.map((one) => one.kind))) {
    const { records } = await tx.run(
      `UNWIND $rows AS row
       OPTIONAL MATCH (g:Retired {uid: row.uid})
       OPTIONAL MATCH (known:Entity {uid: row.uid})
       WITH row, g, g.created AS created, g IS NOT NULL OR known IS NULL AS risen
       MERGE (e:Entity {uid: row.uid})
       ON CREATE SET e:${kind}, e += row.properties, e.created = created, e.digest = CASE WHEN created IS NULL THEN null ELSE 'risen' END
       DELETE g
       WITH row, risen WHERE risen
       RETURN row.uid AS uid`,
      { rows: wanted.filter((one) => one.kind === kind) },
    );
    risen.push(...records.map((row) => row.get('uid') as string));
  }
  return risen;
}

/** Hands records over to their new things. The things are locked, and there. */
export async function leadRecords(tx: ManagedTransaction, led: Regrouped['led']): Promise<void> {
  if (led.length === 0) return;
  await tx.run(
    `UNWIND $led AS row MATCH (r:SourceRecord {key: row.key}) MATCH (e:Entity {uid: row.into})
     SET r.uid = row.into
     WITH r, e
     CALL (r) { MATCH (r)-[old:DESCRIBES]->() DELETE old }
     CREATE (r)-[:DESCRIBES]->(e)`,
    { led },
  );
}
