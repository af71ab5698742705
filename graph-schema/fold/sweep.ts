/** The sweep after a rebuild: what nothing describes and nothing leads to goes, what is mentioned is seen or hidden as its mentioners are. */
import type { ManagedTransaction } from 'neo4j-driver';
import { MENTIONED } from '../model.ts';
import { compare } from './describing.ts';
import { refreshMentions } from './entities.ts';
import { numberChanges } from './sequence.ts';

/** Of entities that no record describes: what is to be done about each. */
export interface Sweeping {
  /** Nothing leads to them, and no partner was ever told of them. */
  readonly orphans: readonly string[];
  /** Mentions that are Published and should not be, or the other way round. */
  readonly flipped: readonly string[];
  /** Published, and only referred to. */
  readonly exposed: readonly string[];
  /** Relations start from them, which only a record can state. */
  readonly speaking: readonly string[];
  /** Restored as Published, and no longer so. */
  readonly withdrawn: readonly string[];
  readonly stamped: readonly string[];
}

const IS_MENTION = MENTIONED.map((kind) => `e:${kind}`).join(' OR ');

/** Looks at these entities. */
export async function lookForDust(tx: ManagedTransaction, uids: readonly string[]): Promise<Sweeping> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
     WHERE NOT EXISTS { MATCH (e)<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing'] }
     WITH e, (${IS_MENTION}) AND e.digest IS NULL AND e.said IS NOT NULL AS mention
     RETURN e.uid AS uid, mention, e:Published AS published, e:Tombstone AS tombstone, e.stamp AS stamp,
            e.changed IS NOT NULL AS told, EXISTS { (e)<--() } AS led, EXISTS { (e)-->() } AS speaks,
            CASE WHEN mention THEN EXISTS { (e)<--(:Published) } ELSE false END AS seen`,
    { uids },
  );
  const rows = records.map((row) => row.toObject() as unknown as Row);
  const those = (is: (row: Row) => boolean) =>
    rows
      .filter(is)
      .map(({ uid }) => uid)
      .sort(compare);
  return {
    orphans: those(({ led, told, tombstone }) => !led && !told && !tombstone),
    flipped: those(({ mention, seen, published }) => mention && seen !== published),
    exposed: those(({ mention, published, tombstone }) => published && !mention && !tombstone),
    speaking: those(({ speaks }) => speaks),
    withdrawn: those(({ stamp, seen }) => (stamp?.startsWith('published:') ?? false) && !seen),
    stamped: those(({ stamp }) => stamp !== null),
  };
}

interface Row {
  readonly uid: string;
  readonly mention: boolean;
  readonly published: boolean;
  readonly tombstone: boolean;
  readonly stamp: string | null;
  readonly told: boolean;
  readonly led: boolean;
  readonly speaks: boolean;
  readonly seen: boolean;
}

export function isClean(dust: Sweeping): boolean {
  return Object.values(dust).every((uids) => uids.length === 0);
}

export interface Swept {
  readonly numbered: readonly string[];
  readonly removed: number;
}

/** Sweeps these entities: locks them, looks again, and does what is to be done. */
export async function sweep(tx: ManagedTransaction, uids: readonly string[]): Promise<Swept> {
  await tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) SET e.lock = 1', { uids: [...uids].sort(compare) });
  const dust = await lookForDust(tx, uids);
  const cut = await tx.run(
    'UNWIND $uids AS uid MATCH (:Entity {uid: uid})-[r]->(t:Entity) DELETE r RETURN DISTINCT t.uid AS uid',
    { uids: dust.speaking },
  );
  const led = cut.records.map((row) => row.get('uid') as string);
  await tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) SET e:Withdrawn REMOVE e:Published', {
    uids: [...dust.exposed, ...dust.withdrawn],
  });
  const flipped = await refreshMentions(tx, [...dust.flipped, ...led]);
  await tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) REMOVE e.stamp', { uids: dust.stamped });
  await tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) DELETE e', { uids: dust.orphans });
  const numbered = [...new Set([...dust.exposed, ...dust.withdrawn, ...dust.speaking, ...flipped])].filter(
    (uid) => !dust.orphans.includes(uid),
  );
  await numberChanges(tx, numbered);
  return { numbered, removed: dust.orphans.length };
}
