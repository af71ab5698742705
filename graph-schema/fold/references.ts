/** What a batch refers to: the uids to which its relations lead, by the ledger. */
import type { ManagedTransaction } from 'neo4j-driver';
import { outdated } from '../database.ts';
import type { KindName } from '../model.ts';
import { compare } from './describing.ts';
import { inLedger } from './identity.ts';
import { uidOf } from './uid.ts';

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
  const keyed = [...references].filter(([, { kind }]) => inLedger(kind)).map(([key]) => key);
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
    const made = await tx.run(inLedger(kind) ? sharedPlaceholder(kind) : ownedMention(kind), { rows });
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

/**
 * Throws a transient fault, so that the transaction is tried again, where another led one of these identifiers to another thing since it was looked up.
 * To be asked once relations to the things are there: from then on nobody else can lead them elsewhere.
 */
export async function checkLed(tx: ManagedTransaction, uids: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...uids].filter(([key]) => inLedger(key.slice(0, key.indexOf('/')) as KindName));
  if (rows.length === 0) return;
  // Named, because Neo4j may plan this while the ledger is empty: by the ids of the things, and then go through all of them for each row.
  const { records } = await tx.run(
    'UNWIND $rows AS row MATCH (i:Identifier {key: row[0]}) USING INDEX i:Identifier(key) WHERE i.uid <> row[1] RETURN count(i) AS moved',
    { rows },
  );
  if (Number(records[0]?.get('moved')) > 0)
    throw outdated('an identifier was led to another thing since it was looked up');
}
