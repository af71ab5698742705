/** What stands in the graph of entities, whole: read to be compared with what the fold gives. */
import type { ManagedTransaction } from 'neo4j-driver';

export interface Stands {
  readonly uid: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly relations: readonly StandingRelation[];
  /** Some record describes it, or did until it was deleted. */
  readonly recorded: boolean;
}

export interface StandingRelation {
  readonly type: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Entities as they stand, by uid; with their outgoing relations. */
export async function standingWhole(tx: ManagedTransaction, uids: readonly string[]): Promise<Map<string, Stands>> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
     RETURN uid, labels(e) AS labels, properties(e) AS properties, EXISTS { (e)<-[:DESCRIBES]-(:SourceRecord) } AS recorded,
            COLLECT { MATCH (e)-[r]->(t:Entity) RETURN {type: type(r), to: t.uid, properties: properties(r)} } AS relations`,
    { uids },
  );
  return new Map(records.map((row) => [row.get('uid') as string, row.toObject() as unknown as Stands]));
}

/** Which uid each identifier key has in the ledger; keys that are not in it are left out. */
export async function ledgerUids(tx: ManagedTransaction, keys: readonly string[]): Promise<Map<string, string>> {
  const { records } = await tx.run(
    'UNWIND $keys AS key MATCH (i:Identifier {key: key}) USING INDEX i:Identifier(key) WHERE i.uid IS NOT NULL RETURN key, i.uid AS uid',
    { keys },
  );
  return new Map(records.map((row) => [row.get('key') as string, row.get('uid') as string]));
}

/** A thing that is referred to and that no record describes: a placeholder or a mention. Tombstones are neither. */
export interface Undescribed {
  readonly uid: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Those of these entities that are placeholders or mentions. */
export async function undescribed(tx: ManagedTransaction, uids: readonly string[]): Promise<Map<string, Undescribed>> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
     WHERE e.digest IS NULL AND NOT e:Tombstone AND NOT EXISTS { (e)<-[:DESCRIBES]-(:SourceRecord) }
     RETURN uid, labels(e) AS labels, properties(e) AS properties`,
    { uids },
  );
  return new Map(records.map((row) => [row.get('uid') as string, row.toObject() as unknown as Undescribed]));
}
