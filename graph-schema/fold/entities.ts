/** Entities and their relations in Neo4j: locked in uid order, read, and replaced by difference. */
import type { ManagedTransaction } from 'neo4j-driver';
import { outdated } from '../database.ts';
import { storedFields } from '../derive/stored.ts';
import { createRelations, DELETE_RELATIONS, entomb, upsertEntities, WITHDRAW } from '../derive/upsert.ts';
import { KINDS, type KindName, MENTIONED } from '../model.ts';
import { compare } from './describing.ts';
import type { Folded } from './fold.ts';
import { isShared } from './identity.ts';
import type { Move } from './ledger.ts';
import { type FoldedLink, mentionOf, surer } from './links.ts';

/** What stands in the graph about an entity, read under its lock. */
export interface Standing {
  readonly uid: string;
  /** Of the fold that wrote it; null where it was only referred to until now, or is a tombstone. */
  readonly digest: string | null;
  readonly published: boolean;
  readonly created: unknown;
}

/** Takes the write lock of every entity, in uid order, and only then reads. */
export async function lockEntities(tx: ManagedTransaction, uids: readonly string[]): Promise<Map<string, Standing>> {
  await tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) SET e.lock = 1', { uids: [...uids].sort(compare) });
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
     RETURN e.uid AS uid, e.digest AS digest, e:Published AS published, e.created AS created`,
    { uids },
  );
  return new Map(records.map((row) => [row.get('uid') as string, row.toObject() as unknown as Standing]));
}

export interface FoldedEntity {
  readonly uid: string;
  readonly folded: Folded;
}

/** Writes the properties and labels of entities whose fold changed. */
export async function writeEntities(
  tx: ManagedTransaction,
  entities: readonly FoldedEntity[],
  standing: ReadonlyMap<string, Standing>,
): Promise<void> {
  for (const kind of KINDS) {
    for (const published of [true, false]) {
      const all = entities.filter(({ folded }) => folded.kind === kind && folded.published === published);
      // A thing of several records may be made by another transaction meanwhile: only one of a single record is surely new.
      const byFreshness = Map.groupBy(all, ({ uid }) => !isShared(kind) && !standing.has(uid));
      for (const [fresh, some] of byFreshness) {
        const rows = some.map(({ uid, folded }) => ({
          uid,
          properties: entityProperties(uid, folded, standing.get(uid)),
        }));
        await tx.run(upsertEntities(kind, published, fresh), { rows });
      }
    }
  }
  const withdrawn = entities
    .filter(({ uid, folded }) => !folded.published && standing.get(uid)?.published)
    .map(({ uid }) => uid);
  if (withdrawn.length > 0) await tx.run(WITHDRAW, { uids: withdrawn });
}

export function entityProperties(uid: string, folded: Folded, before: Standing | undefined): Record<string, unknown> {
  const { search, ...stored } = storedFields(folded.kind, folded.fields, folded.codes);
  return {
    ...stored,
    ...(folded.published ? { search } : {}),
    uid,
    codes: folded.codes,
    ...(folded.unlinked.length > 0 ? { unlinked: folded.unlinked } : {}),
    ...(folded.visibleUntil ? { visibleUntil: folded.visibleUntil } : {}),
    ...(folded.notSeenSince ? { notSeenSince: folded.notSeenSince } : {}),
    digest: folded.digest,
    created: before?.created ?? null,
  };
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The entities to which relations led that are gone, and those to which new ones lead. */
export interface Touched {
  readonly lost: Set<string>;
  readonly gained: Set<string>;
}

/**
 * Replaces the outgoing relations of entities by difference. `uidOfKey` says where each key leads. Gives the uids that gained or
 * lost a relation. Two identifiers of one thing make one relation, the surer.
 */
export async function writeRelations(
  tx: ManagedTransaction,
  entities: readonly FoldedEntity[],
  standing: ReadonlyMap<string, Standing>,
  uidOfKey: ReadonlyMap<string, string>,
): Promise<Touched> {
  const wanted = new Map<string, Edge>();
  for (const { uid, folded } of entities) {
    for (const edge of edgesOf(uid, folded.links, uidOfKey)) wanted.set(edgeKey(edge), edge);
  }
  const lost = new Set<string>();
  const gone: string[] = [];
  for (const { id, edge } of await standingEdges(
    tx,
    entities.map(({ uid }) => uid).filter((uid) => standing.has(uid)),
  )) {
    if (wanted.delete(edgeKey(edge))) continue;
    gone.push(id);
    lost.add(edge.to);
  }
  if (gone.length > 0) await tx.run(DELETE_RELATIONS, { ids: gone });
  await createEdges(tx, [...wanted.values()]);
  return { lost, gained: new Set([...wanted.values()].map(({ to }) => to)) };
}

/** The relations of an entity, one for each thing that they lead to: two identifiers of one thing make one relation, the surer, which remembers the other in `also`. */
export function edgesOf(from: string, links: readonly FoldedLink[], uidOfKey: ReadonlyMap<string, string>): Edge[] {
  const places = new Map<string, { best: FoldedLink; to: string; also: string[] }>();
  for (const link of links) {
    const to = uidOfKey.get(link.key);
    if (to === undefined) throw new Error(`no uid for ${link.key}`);
    const place = `${link.type} ${to}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, { best: link, to, also: [] });
    else if (surer(link, known.best)) places.set(place, { best: link, to, also: [...known.also, known.best.key] });
    else known.also.push(link.key);
  }
  return [...places.values()].map(({ best, to, also }) => ({
    from,
    to,
    type: best.type,
    properties: {
      how: best.how,
      confidence: best.confidence,
      via: best.key,
      ...(best.rule ? { rule: best.rule } : {}),
      ...(best.text ? { text: best.text } : {}),
      ...(also.length > 0 ? { also: also.sort(compare) } : {}),
      ...best.facts,
    },
  }));
}

export function edgeKey({ from, to, type, properties }: Edge): string {
  const sorted = Object.entries(properties).sort(([a], [b]) => compare(a, b));
  return JSON.stringify([from, type, to, sorted]);
}

async function standingEdges(tx: ManagedTransaction, uids: readonly string[]): Promise<{ id: string; edge: Edge }[]> {
  if (uids.length === 0) return [];
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})-[r]->(t:Entity)
     RETURN elementId(r) AS id, uid AS from, t.uid AS to, type(r) AS type, properties(r) AS properties`,
    { uids },
  );
  return records.map((row) => {
    const { id, ...edge } = row.toObject() as unknown as Edge & { id: string };
    return { id, edge };
  });
}

async function createEdges(tx: ManagedTransaction, edges: readonly Edge[]): Promise<void> {
  const byType = Map.groupBy(edges, ({ type }) => type);
  for (const type of [...byType.keys()].sort(compare)) {
    const rows = byType.get(type)!;
    const made = await tx.run(createRelations(type), { rows });
    if (Number(made.records[0]?.get('made')) !== rows.length) throw staleReference(type);
  }
}

/**
 * An entity was merged away between look-up and write: the transaction must be tried again, and the driver's own retry does so
 * for a transient error of the database.
 */
function staleReference(type: string): Error {
  return outdated(`the other end of a ${type} relation was merged away while it was being written`);
}

/** Entities that nothing describes any more become tombstones. Gives the uids that lost a relation by it. */
export async function entombEntities(tx: ManagedTransaction, uids: readonly string[]): Promise<Set<string>> {
  if (uids.length === 0) return new Set();
  const touched = new Set((await standingEdges(tx, uids)).map(({ edge }) => edge.to));
  await tx.run(entomb(), { uids });
  return touched;
}

/** Leads what led to `from` to `into` instead: all of it after a merge, or only what came by one identifier. Gives the uids whose relations changed. */
export async function repoint(
  tx: ManagedTransaction,
  moves: readonly (Move & { readonly key?: string })[],
): Promise<Set<string>> {
  const changed = new Set<string>();
  if (moves.length === 0) return changed;
  await tx.run('UNWIND $uids AS uid MERGE (:Entity {uid: uid})', { uids: moves.map(({ into }) => into).sort(compare) });
  for (const { from, into, key } of moves) {
    const { records } = await tx.run(
      `MATCH (s:Entity)-[r]->(:Entity {uid: $from}) WHERE $key IS NULL OR r.via = $key
       OPTIONAL MATCH (s)-[other]->(:Entity {uid: $into}) WHERE type(other) = type(r)
       RETURN elementId(r) AS id, s.uid AS from, type(r) AS type, properties(r) AS properties,
              elementId(other) AS otherId, properties(other) AS other`,
      { from, into, key: key ?? null },
    );
    const moved = records.map((row) => row.toObject() as unknown as Moved);
    const gone = moved.flatMap(({ id, otherId }) => (otherId === null ? [id] : [id, otherId]));
    await tx.run(DELETE_RELATIONS, { ids: [...new Set(gone)] });
    await createEdges(
      tx,
      moved.map((edge) => ({ from: edge.from, to: into, type: edge.type, properties: joined(edge) })),
    );
    for (const edge of moved) changed.add(edge.from);
  }
  return changed;
}

/**
 * The entities that lead to a thing by several of its identifiers, one of which is now another thing's: their one relation must become two, and
 * only their fold knows what the other says.
 */
export async function referrersByMany(
  tx: ManagedTransaction,
  moves: readonly (Move & { readonly key: string })[],
): Promise<Set<string>> {
  if (moves.length === 0) return new Set();
  const { records } = await tx.run(
    `UNWIND $moves AS move MATCH (s:Entity)-[r]->(:Entity {uid: move.from})
     WHERE r.also IS NOT NULL AND (r.via = move.key OR move.key IN r.also)
     RETURN DISTINCT s.uid AS uid`,
    { moves },
  );
  return new Set(records.map((row) => row.get('uid') as string));
}

type Said = Edge['properties'] &
  Pick<FoldedLink, 'how' | 'confidence'> & { readonly via: string; readonly also?: readonly string[] };

/** A relation that is led elsewhere, and the one that leads there already. */
interface Moved {
  readonly id: string;
  readonly from: string;
  readonly type: string;
  readonly properties: Said;
  readonly otherId: string | null;
  readonly other: Said | null;
}

/** What a relation says that is led to where another leads already: the better of the two, which remembers the other. */
function joined({ properties, other }: Moved): Said {
  if (other === null) return properties;
  const [best, less] = isBetter(properties, other) ? [properties, other] : [other, properties];
  const also = [...new Set([...(best.also ?? []), ...(less.also ?? []), less.via])].filter((key) => key !== best.via);
  return { ...best, also: also.sort(compare) };
}

/** As the fold itself chooses between two identifiers of one thing: the surer, else the first by key. */
function isBetter(one: Said, other: Said): boolean {
  return surer(one, other) || (!surer(other, one) && compare(one.via, other.via) < 0);
}

/** Takes merged-away entities out of the graph, their records handed to the one that stays. Gives the uids that lost a relation by it. */
export async function absorb(tx: ManagedTransaction, merges: readonly Move[]): Promise<Set<string>> {
  if (merges.length === 0) return new Set();
  const touched = new Set(
    (
      await standingEdges(
        tx,
        merges.map(({ from }) => from),
      )
    ).map(({ edge }) => edge.to),
  );
  await tx.run(
    `UNWIND $merges AS merge
     MATCH (gone:Entity {uid: merge.from})
     MERGE (stays:Entity {uid: merge.into})
     WITH gone, stays
     CALL (gone, stays) {
       MATCH (r:SourceRecord)-[d:DESCRIBES]->(gone) DELETE d MERGE (r)-[:DESCRIBES]->(stays) SET r.uid = stays.uid
     }
     CALL (gone) { MATCH (gone)-[r]->() DELETE r }
     DELETE gone`,
    { merges },
  );
  return touched;
}

/**
 * A concept, agent or picture is Published while something Published leads to it. What may have `lost` its last such relation is locked, then
 * looked at: the last writer to touch it sees what all others committed. What only `gained` one needs no lock of ours while it is Published: with the new
 * relation Neo4j holds a shared lock on the node until the commit, so that nobody can look at it meanwhile and find nothing. Those that a vocabulary
 * describes are published by it; one of which only a code is known says nothing that could be seen. Gives the uids that changed.
 */
export async function refreshMentions(
  tx: ManagedTransaction,
  lost: Iterable<string>,
  gained: Iterable<string> = [],
): Promise<string[]> {
  const kinds = MENTIONED.map((kind) => `m:${kind}`).join(' OR ');
  const rows = new Map([...gained].map((uid) => [uid, false]));
  for (const uid of lost) rows.set(uid, true);
  if (rows.size === 0) return [];
  const { records } = await tx.run(
    `UNWIND $rows AS row MATCH (m:Entity {uid: row[0]}) WHERE (${kinds}) AND m.digest IS NULL AND (row[1] OR NOT m:Published) SET m.lock = 1
     WITH m, m.said IS NOT NULL AND EXISTS { (m)<--(:Published) } AS seen WHERE seen <> m:Published
     FOREACH (_ IN CASE WHEN seen THEN [1] ELSE [] END | SET m:Published REMOVE m:Withdrawn)
     FOREACH (_ IN CASE WHEN seen THEN [] ELSE [1] END | SET m:Withdrawn REMOVE m:Published)
     RETURN m.uid AS uid`,
    { rows: [...rows].sort(([a], [b]) => compare(a, b)) },
  );
  return records.map((row) => row.get('uid') as string);
}

/** What an entity of a kind is until something describes it: a mention's own fields, or nothing. */
export function placeholderProperties(
  kind: KindName,
  fields: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  return fields ? { ...storedFields(kind, fields, []), said: JSON.stringify(fields) } : {};
}

/** What a thing is of which only this identifier key is known. */
export function placeholderOf(key: string, kind: KindName): Record<string, unknown> {
  const [scheme = '', ...value] = key.slice(kind.length + 1).split(':');
  return placeholderProperties(kind, mentionOf(kind, { scheme, value: value.join(':') })?.fields);
}
