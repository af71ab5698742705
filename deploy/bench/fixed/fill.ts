/**
 * The fixed graph is filled: what the objects lead to by the writer, the objects themselves folded as ever and then put there in one statement, as nothing
 * can stand in their way. A test holds the two ways to the same graph.
 */
import { createHash } from 'node:crypto';
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { constraintStatements, FULL_TEXT } from '#graph-schema/derive/constraints.ts';
import { type Edge, edgesOf, entityProperties, placeholderProperties } from '#graph-schema/fold/entities.ts';
import { FOLD_VERSION, type Folded, foldEntity } from '#graph-schema/fold/fold.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { uidOf } from '#graph-schema/fold/uid.ts';
import { MOST_ITEMS, writeBatch } from '#graph-schema/fold/write.ts';
import { type Resolver, resolverOf } from '#graph-schema/vocabularies/resolver.ts';
import { emptyGraph } from '../graph.ts';
import { FIXED_VERSION, type FixedRecord, landmarks, objectAt } from './records.ts';

/** Every relation is stated by a code or mints its target: there are no words to read. */
const RESOLVER: Resolver = resolverOf('banc', { places: () => [], trades: () => [] });
const RANK = 50;
const MAPPING = 'banc-1';
const VERSION = `${FIXED_VERSION}/${FOLD_VERSION}`;
/** Objects in one transaction. */
const BATCH = 2_000;
const TELL_EVERY = 20_000;
const INDEXED_WITHIN_SECONDS = 600;

/** Brings the graph to so many objects: what stands of this very graph is kept, anything else is taken out first. */
export async function fillTo(database: Database, objects: number, tell: (line: string) => void): Promise<void> {
  let standing = await standingObjects(database);
  if (standing === objects) return;
  if (standing === undefined || standing > objects) {
    await emptyGraph(database);
    await writeLandmarks(database);
    standing = 0;
  }
  // Lucene takes a whole graph at once several times as quickly as batch by batch.
  for (const index of Object.values(FULL_TEXT)) await database.run(`DROP INDEX ${index} IF EXISTS`);
  const known = await knownTargets(database);
  let written = Promise.resolve();
  for (let from = standing; from < objects; from += BATCH) {
    if (from % TELL_EVERY === 0) tell(`  graphe fixe / fixed graph : ${from} / ${objects}`);
    const to = Math.min(from + BATCH, objects);
    // Folded while the batch before is being written.
    const rows = await rowsFor(database, known, from, to, from === standing);
    await written;
    written = putRows(database, rows, to);
    written.catch(() => undefined);
  }
  await written;
  for (const statement of constraintStatements()) await database.run(statement);
  await database.run(`CALL db.awaitIndexes(${INDEXED_WITHIN_SECONDS})`);
}

/** How many of its objects stand, all from the first one on; undefined where there is nothing, or another graph. */
async function standingObjects(database: Database): Promise<number | undefined> {
  const { records } = await database.run('MATCH (b:BenchGraph) RETURN b.version AS version, b.objects AS objects');
  const [row] = records;
  return row?.get('version') === VERSION ? Number(row.get('objects')) : undefined;
}

/** What the objects lead to, and the note of how many objects stand. */
export async function writeLandmarks(database: Database): Promise<void> {
  await writeAsHarvested(database, landmarks());
  await database.write((tx) => tx.run('CREATE (:BenchGraph {version: $version, objects: 0})', { version: VERSION }));
}

/** The whole way of the writer. */
export async function writeAsHarvested(database: Database, records: readonly FixedRecord[]): Promise<void> {
  for (const [name, some] of Map.groupBy(records, ({ source }) => source))
    for (let at = 0; at < some.length; at += MOST_ITEMS) {
      const items = some.slice(at, at + MOST_ITEMS).map(itemOf);
      const pass = { source: { name, rank: RANK }, run: 'banc', snapshot: undefined };
      await database.write((tx) => writeBatch(tx, pass, items, RESOLVER));
    }
}

function itemOf({ id, record }: FixedRecord): RecordItem {
  return { kind: 'record', id, raw: new Uint8Array(), hash: hashOf(id), mapping: MAPPING, notes: [], record };
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');

/** What an object may lead to. */
interface Known {
  /** By identifier key. */
  readonly uids: Map<string, string>;
  /** Neo4j's own number of each uid: to be found without a look-up. */
  readonly ids: Map<string, number>;
}

async function knownTargets(database: Database): Promise<Known> {
  const { records } = await database.run(
    'MATCH (i:Identifier) MATCH (e:Entity {uid: i.uid}) RETURN i.key AS key, e.uid AS uid, id(e) AS id',
  );
  const rows = records.map((row) => row.toObject() as unknown as { key: string; uid: string; id: number });
  return {
    uids: new Map(rows.map(({ key, uid }) => [key, uid])),
    ids: new Map(rows.map(({ uid, id }) => [uid, id])),
  };
}

/**
 * What is to be put of objects `from` to `to`. Those that mention something new go the writer's way now, so that it is known to the others. Where a fill `resumes`,
 * the writer may have written some of them before it was stopped.
 */
async function rowsFor(
  database: Database,
  known: Known,
  from: number,
  to: number,
  resumes: boolean,
): Promise<readonly object[]> {
  const all = Array.from({ length: to - from }, (_, at) => foldedAt(from + at));
  const there = resumes ? await standingAmong(database, all) : NONE;
  const folded = all.filter(({ uid }) => !there.has(uid));
  const others = new Set(folded.filter(({ keys }) => keys.some((key) => !known.uids.has(key))));
  if (others.size > 0) {
    await writeAsHarvested(
      database,
      [...others].map(({ told }) => told),
    );
    const { uids, ids } = await knownTargets(database);
    for (const [key, uid] of uids) known.uids.set(key, uid);
    for (const [uid, id] of ids) known.ids.set(uid, id);
  }
  return folded.filter((one) => !others.has(one)).map((one) => rowOf(one, known));
}

const NONE: ReadonlySet<string> = new Set();

async function standingAmong(database: Database, all: readonly FoldedRecord[]): Promise<ReadonlySet<string>> {
  const uids = all.map(({ uid }) => uid);
  const { records } = await database.run(
    'UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) WHERE e.digest IS NOT NULL RETURN uid',
    { uids },
  );
  return new Set(records.map((row) => row.get('uid') as string));
}

async function putRows(database: Database, rows: readonly object[], to: number): Promise<void> {
  await database.write(async (tx) => {
    if (rows.length > 0) await tx.run(PUT, { rows });
    await tx.run('MATCH (b:BenchGraph) SET b.objects = toInteger($to)', { to });
  });
}

interface FoldedRecord {
  readonly told: FixedRecord;
  readonly uid: string;
  readonly folded: Folded;
  /** Of what it leads to, but for its own pictures. */
  readonly keys: readonly string[];
}

function foldedAt(rank: number): FoldedRecord {
  const told = objectAt(rank);
  const { source, id, record } = told;
  const folded = foldEntity([{ source, id, rank: RANK, notSeenSince: undefined, record }], RESOLVER);
  const keys = folded.links.filter(({ to }) => to !== 'Media').map(({ key }) => key);
  return { told, uid: uidOf(source, id), folded, keys };
}

const TYPES = ['HELD_BY', 'MADE_IN', 'CONCERNS', 'OF_TYPE', 'MADE_WITH', 'CREATED_BY'];

/** All that there is of each object. The change numbers are taken at the beginning: nobody else writes. */
const PUT = `MERGE (s:Sequence {name: 'change'}) SET s.value = coalesce(s.value, 0) + 2 * size($rows)
  WITH s.value - 2 * size($rows) AS base UNWIND range(0, size($rows) - 1) AS at
  WITH $rows[at] AS row, base + 2 * at AS number
  CREATE (e:Entity:HeritageObject:Published) SET e = row.entity, e.changed = number + 2, e.created = number + 2
  CREATE (r:SourceRecord)-[:DESCRIBES]->(e) SET r = row.record, r.firstSeen = datetime()
  FOREACH (one IN row.pictures | CREATE (e)-[shown:SHOWN_BY]->(m:Entity:Media:Published)
    SET shown = one.said, m = one.properties, m.changed = number + 1, m.created = number + 1)
  ${TYPES.map(leading).join('\n  ')}`;

function leading(type: string): string {
  return `WITH row, e CALL (row, e) { UNWIND row.${type} AS one MATCH (t) WHERE id(t) = one.id CREATE (e)-[led:${type}]->(t) SET led = one.said }`;
}

function rowOf({ told, uid, folded }: FoldedRecord, { uids, ids }: Known): Record<string, unknown> {
  const pictures = new Map(folded.links.flatMap((link) => (link.to === 'Media' ? [[uidOf(link.key), link]] : [])));
  const edges = edgesOf(uid, folded.links, {
    get: (key: string) => uids.get(key) ?? uidOf(key),
  } as ReadonlyMap<string, string>);
  const byType = Map.groupBy(edges, ({ type }) => type);
  return {
    entity: entityProperties(uid, folded, undefined),
    record: recordOf(told, uid),
    pictures: (byType.get('SHOWN_BY') ?? []).map(({ to, properties }) => ({
      said: properties,
      properties: { ...placeholderProperties('Media', pictures.get(to)!.mention?.fields), uid: to },
    })),
    ...Object.fromEntries(TYPES.map((type) => [type, (byType.get(type) ?? []).map(ledTo)])),
  };

  function ledTo({ to, properties }: Edge) {
    return { id: ids.get(to), said: properties };
  }
}

function recordOf({ source, id, record }: FixedRecord, uid: string): Record<string, unknown> {
  const { kind, visibility } = record;
  const text = JSON.stringify(record);
  const stored = { hash: hashOf(id), mapping: MAPPING, raw: new Int8Array(), record: text, notes: [], state: 'live' };
  return { key: recordKey(source, id), source, id, rank: RANK, kind, visibility, uid, ...stored };
}
