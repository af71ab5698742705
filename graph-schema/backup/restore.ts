/** Restores a verified backup into an empty graph. What the fold makes is made after, by a rebuild. */
import type { ManagedTransaction } from 'neo4j-driver';
import { BOOKKEEPING } from '../bookkeeping.ts';
import type { Database } from '../database.ts';
import { finding } from '../findings/finding.ts';
import { type Sieve, type Suppression, sieveFor } from '../suppression/in-backup.ts';
import { keyFor, suppress } from '../suppression/list.ts';
import { BATCH, BackupRefused, type BackupSummary, type EntityLine, type Line, type NodeLine } from './format.ts';
import { readBackup, verifyBackup } from './read.ts';
import { decode } from './values.ts';

const KEYS: Readonly<Record<string, string>> = { ...BOOKKEEPING, Entity: 'uid' };
/** Labels and types become part of a Cypher text. */
const RELATIONSHIP_TYPE = /^[A-Z][A-Z_]{0,40}$/;

/** The nodes that a graph must not have for a backup to be restored into it. Who is not to come back is no such node. */
export async function nodesInTheWay(database: Database): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (n) WHERE NOT n:Migration AND NOT n:Suppressed AND NOT n:Seal AND NOT (n:Sequence AND n.value = 0) RETURN count(n) AS n`,
    ),
  );
  return Number(records[0]?.get('n'));
}

export interface RestoreOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (lines: number, of: number) => void;
  readonly suppression?: Suppression;
  /** More names of persons in the list: their records say how they are called, but not every way in which a note may call them. */
  readonly names?: readonly string[];
}

/**
 * Reads the file twice: all of it is verified before anything is written. Persons of `suppression` are not restored, and stay
 * in the list. Throws BackupRefused where the file is not whole or the graph not empty, SuppressionRefused where the list in the file was
 * made with a key that is not here (nothing is written then); what the driver throws: the graph is then to be emptied and filled again.
 */
export async function restoreBackup(
  database: Database,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupSummary> {
  const summary = await verifyBackup(file);
  const inTheWay = await nodesInTheWay(database);
  if (inTheWay > 0) throw new BackupRefused(finding('restore-not-empty', { count: inTheWay }));
  const of = Object.values(summary.counts).reduce((sum, count) => sum + count, 0);
  const { suppression } = options;
  if (summary.counts['Suppressed']) await checkKey(file);
  const sieve = suppression ? await sieveFor(file, suppression, options.names) : undefined;
  // First: a restore that is cut short must not leave a graph that takes them back.
  if (suppression) await database.write((tx) => suppress(tx, suppression.key, [...suppression.hashes]));
  let done = 0;
  for await (const batch of batches(file, sieve)) {
    options.signal?.throwIfAborted();
    await database.write((tx) => writeLines(tx, batch));
    done += batch.length;
    options.onProgress?.(done, of);
  }
  return summary;
}

/** With a list that cannot be read nothing could be stored any more. */
async function checkKey(file: string): Promise<void> {
  for await (const { line } of readBackup(file))
    if ('node' in line && line.node === 'Suppressed') {
      keyFor(String(line.properties['fingerprint']));
      return;
    }
}

async function* batches(file: string, sieve: Sieve = (line) => line): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  let weight = 0;
  for await (const { line: written, bytes } of readBackup(file)) {
    const line = sieve(written);
    if (line === undefined) continue;
    if (batch.length >= BATCH.lines || (batch.length > 0 && weight + bytes > BATCH.bytes)) {
      yield batch;
      batch = [];
      weight = 0;
    }
    batch.push(line);
    weight += bytes;
  }
  if (batch.length > 0) yield batch;
}

async function writeLines(tx: ManagedTransaction, lines: readonly Line[]): Promise<void> {
  await writeEntityLines(
    tx,
    lines.filter((line) => 'entity' in line),
  );
  for (const [label, nodes] of Map.groupBy(
    lines.filter((line) => 'node' in line),
    ({ node }) => node,
  )) {
    await writeNodes(tx, label, nodes);
  }
}

async function writeEntityLines(tx: ManagedTransaction, lines: readonly EntityLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ entity, properties, labels }) => ({
    uid: entity,
    properties: decode(properties, ['created', 'changed']),
    tombstone: labels.includes('Tombstone'),
    withdrawn: labels.includes('Withdrawn'),
  }));
  await tx.run(
    `UNWIND $rows AS row MERGE (e:Entity {uid: row.uid}) SET e += row.properties
     FOREACH (_ IN CASE WHEN row.tombstone THEN [1] ELSE [] END | SET e:Tombstone)
     FOREACH (_ IN CASE WHEN row.withdrawn THEN [1] ELSE [] END | SET e:Withdrawn)`,
    { rows },
  );
}

async function writeNodes(tx: ManagedTransaction, label: string, nodes: readonly NodeLine[]): Promise<void> {
  const rows = nodes.map(({ key, properties, integers }) => ({ key, properties: decode(properties, integers) }));
  await tx.run(`UNWIND $rows AS row MERGE (n:${label} {${keyOf(label)}: row.key}) SET n = row.properties`, { rows });
  const ends = nodes.flatMap(({ key, to }) =>
    to.map(([type, target, targetKey]) => ({ key, type, target, targetKey })),
  );
  for (const group of Map.groupBy(ends, ({ type, target }) => `${type} ${target}`).values()) {
    const { type, target } = group[0]!;
    if (!RELATIONSHIP_TYPE.test(type)) throw new Error(`not a relationship type: ${type}`);
    await tx.run(
      `UNWIND $rows AS row MATCH (n:${label} {${keyOf(label)}: row.key})
       MERGE (t:${target} {${keyOf(target)}: row.targetKey}) MERGE (n)-[:${type}]->(t)`,
      { rows: group },
    );
  }
}

function keyOf(label: string): string {
  const key = Object.hasOwn(KEYS, label) ? KEYS[label] : undefined;
  if (key === undefined) throw new Error(`a backup of this format holds no ${label}`);
  return key;
}
