/** The Cypher that writes entities and relations, from the model: fixed texts, so that every batch hits the plan cache. */
import { KINDS, type KindName, kindOf } from '../model.ts';

/** Labels come from the model and never from data. `fresh`: the entities are known not to be there yet. */
export function upsertEntities(kind: KindName, published: boolean, fresh: boolean): string {
  if (fresh)
    return `UNWIND $rows AS row CREATE (e:Entity:${kind}${published ? ':Published' : ''}) SET e = row.properties`;
  return (
    `UNWIND $rows AS row MERGE (e:Entity {uid: row.uid}) SET e = row.properties ` +
    (published
      ? `SET e:${kind}:Published REMOVE e:Tombstone, e:Withdrawn`
      : `SET e:${kind} REMOVE e:Tombstone, e:Published`)
  );
}

/** Marks what was Published and is no longer, so that those who took it over can be told. */
export const WITHDRAW = 'UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) SET e:Withdrawn';

/** An entity that nothing describes any more: its uid is never used again, and what refers to it leads nowhere. */
export function entomb(): string {
  const kinds = KINDS.map((kind) => `e:${kind}`).join(', ');
  return (
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) ` +
    `CALL (e) { MATCH (e)-[r]->() DELETE r } ` +
    `FOREACH (_ IN CASE WHEN e:Published THEN [1] ELSE [] END | SET e:Withdrawn) ` +
    `SET e = {uid: e.uid, created: e.created, deletedAt: datetime()}, e:Tombstone REMOVE e:Published, ${kinds}`
  );
}

/** Counts what it made: fewer than were asked for means that an end has gone since it was looked up. */
export function createRelations(type: string): string {
  return (
    `UNWIND $rows AS row MATCH (a:Entity {uid: row.from}) MATCH (b:Entity {uid: row.to}) ` +
    `CREATE (a)-[r:${type}]->(b) SET r = row.properties RETURN count(r) AS made`
  );
}

export const DELETE_RELATIONS = 'UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r';

/** Every relationship type that the model declares. */
export const RELATION_TYPES: readonly string[] = [
  ...new Set(KINDS.flatMap((kind) => Object.values(kindOf(kind).relations).map(({ type }) => type))),
].sort();
