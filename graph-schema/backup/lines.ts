/** The lines of a backup, read out of the graph page by page: what is irreplaceable, and of entities the change numbers. */
import { BOOKKEEPING } from '../bookkeeping.ts';
import { byWeight } from '../by-weight.ts';
import type { Database } from '../database.ts';
import { mentionStamp } from '../fold/stamp.ts';
import { BATCH, type EntityLine, type Line, type NodeLine } from './format.ts';
import { encode, type Properties } from './values.ts';

type Label = keyof typeof BOOKKEEPING;

/** Leases are of this hub's processes, migrations of this graph; the sequence goes last, so that no number in the file is beyond it. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Lease', 'Migration', 'Sequence']);
const LABELS: readonly Label[] = [
  ...(Object.keys(BOOKKEEPING) as Label[]).filter((label) => !LEFT_OUT.has(label)),
  'Sequence',
];

/** How many lines there are to come, about: for a progress bar. */
export async function countLines(database: Database): Promise<number> {
  let count = 0;
  for (const label of [...LABELS, 'Entity']) {
    const { records } = await database.read((tx) => tx.run(`MATCH (n:${label}) RETURN count(n) AS n`));
    count += Number(records[0]?.get('n'));
  }
  return count;
}

/** Every line in order. Memory is one group of nodes; each page is what was committed when it was read. */
export async function* linesOf(database: Database): AsyncGenerator<Line> {
  yield* entityLines(database);
  for (const label of LABELS) yield* nodeLines(database, label);
}

async function* nodeLines(database: Database, label: Label): AsyncGenerator<NodeLine> {
  for (let after = ''; ; ) {
    const keys = await keyPage(database, label, after);
    for (const group of byWeight(keys, ({ bytes }) => bytes, BATCH.bytes)) {
      yield* await nodes(
        database,
        label,
        group.map(({ key }) => key),
      );
    }
    if (keys.length < BATCH.lines) return;
    after = keys.at(-1)!.key;
  }
}

/** The large properties of a SourceRecord. */
const WEIGHT = ['raw', 'record', 'rejectedRaw', 'heldRaw', 'heldRecord']
  .map((name) => `coalesce(size(n.${name}), 0)`)
  .join(' + ');

async function keyPage(database: Database, label: Label, after: string): Promise<{ key: string; bytes: number }[]> {
  const key = `n.${BOOKKEEPING[label]}`;
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (n:${label}) WHERE ${key} > $after WITH n ORDER BY ${key} LIMIT ${BATCH.lines}
       RETURN ${key} AS key, ${label === 'SourceRecord' ? WEIGHT : '0'} AS bytes ORDER BY key`,
      { after },
    ),
  );
  return records.map((row) => ({ key: row.get('key') as string, bytes: Number(row.get('bytes')) }));
}

const KEY_OF_TARGET = Object.entries({ Entity: 'uid', ...BOOKKEEPING })
  .map(([label, key]) => `WHEN t:${label} THEN ['${label}', t.${key}]`)
  .join(' ');

async function nodes(database: Database, label: Label, keys: readonly string[]): Promise<NodeLine[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $keys AS key MATCH (n:${label} {${BOOKKEEPING[label]}: key})
       RETURN key, properties(n) AS properties,
              [name IN keys(n) WHERE NOT name ENDS WITH 'aw' AND valueType(n[name]) =~ '(LIST<)?INTEGER.*' | name] AS integers,
              COLLECT { MATCH (n)-[r]->(t) RETURN [type(r)] + CASE ${KEY_OF_TARGET} END } AS to`,
      { keys },
    ),
  );
  return records.map((row) => ({
    node: label,
    key: row.get('key') as string,
    properties: encode(row.get('properties') as Properties),
    integers: row.get('integers') as string[],
    to: row.get('to') as [string, string, string][],
  }));
}

interface EntityRow {
  readonly uid: string;
  readonly properties: Properties;
  readonly digest: string | null;
  readonly stamp: string | null;
  readonly said: string | null;
  readonly published: boolean;
  readonly tombstone: boolean;
  readonly withdrawn: boolean;
}

/** Entities that a partner may have been told of. */
async function* entityLines(database: Database): AsyncGenerator<EntityLine> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows: EntityRow[] = await entityPage(database, after);
    for (const row of rows) if (row.tombstone || row.properties['changed'] !== null) yield entityLine(row);
    after = rows.length < BATCH.lines ? undefined : rows.at(-1)?.uid;
  }
}

async function entityPage(database: Database, after: string): Promise<EntityRow[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Entity) WHERE e.uid > $after WITH e ORDER BY e.uid LIMIT ${BATCH.lines}
       RETURN e.uid AS uid, {created: e.created, changed: e.changed, deletedAt: e.deletedAt} AS properties, e.digest AS digest, e.stamp AS stamp,
              e.said AS said, e:Published AS published, e:Tombstone AS tombstone, e:Withdrawn AS withdrawn
       ORDER BY uid`,
      { after },
    ),
  );
  return records.map((row) => row.toObject() as unknown as EntityRow);
}

function entityLine({ uid, properties, digest, stamp, said, published, tombstone, withdrawn }: EntityRow): EntityLine {
  const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  const stamped = tombstone ? {} : { stamp: stamp ?? digest ?? mentionStamp(published, said) };
  return {
    entity: uid,
    properties: encode({ ...known, ...stamped }),
    labels: [...(tombstone ? (['Tombstone'] as const) : []), ...(withdrawn ? (['Withdrawn'] as const) : [])],
  };
}
