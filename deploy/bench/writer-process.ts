/** In a process of its own: the bare writer. The batches of a harvest are read and mapped beforehand and kept; only writing them is timed. */
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { snapshotId } from '#graph-schema/fold/snapshot.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { batched } from '#harvesters/batches.ts';
import { contextFor } from '#harvesters/context.ts';
import { takeLease } from '#harvesters/lease.ts';
import { mappingOf, toItem } from '#harvesters/map.ts';
import { RunReport } from '#harvesters/report.ts';
import { closeRun, openRun } from '#harvesters/runs.ts';
import type { Source } from '#harvesters/sources.ts';
import { createWriter } from '#harvesters/writer.ts';
import { answer, readInput } from './child.ts';
import { benchSource } from './source.ts';

export interface WriterInput {
  readonly connection: Neo4jAddress;
  readonly provider: string;
}

export interface WriterAnswer {
  readonly written: number;
  readonly seconds: number;
}

const { connection, provider } = await readInput<WriterInput>();
const database = new Database(connection);
await database.driver.verifyConnectivity();
const source = await benchSource(provider);
const resolver = createResolver();
const mapping = mappingOf(source, resolver, true, new Date());
const batches = await mappedBatches(source);
const written: WriterAnswer = await write(database, source, batches);
await database.close();
answer(written);

interface MappedBatch {
  readonly items: readonly Item[];
  readonly checkpoint: { readonly cursor: unknown } | undefined;
}

async function mappedBatches(from: Source): Promise<MappedBatch[]> {
  const context = contextFor(from, new AbortController().signal, () => undefined);
  const mapped: MappedBatch[] = [];
  for await (const { messages, checkpoint } of batched(from.connector.read(from.options, context), MOST_ITEMS)) {
    const items = messages.map((message) => toItem(message, mapping));
    mapped.push({ items, checkpoint });
  }
  return mapped;
}

async function write(into: Database, from: Source, mapped: readonly MappedBatch[]): Promise<WriterAnswer> {
  const report = new RunReport(from.name, true);
  const taken = await takeLease(into, from.name, 'banc');
  if ('held' in taken) throw new Error(JSON.stringify(taken.held));
  await openRun(into, from, report);
  const snapshot = snapshotId(report.startedAt, report.id);
  const writer = createWriter(
    into,
    taken.lease,
    { source: { name: from.name, rank: from.about.rank }, run: report.id, snapshot },
    resolver,
  );
  const started = performance.now();
  for (const { items, checkpoint } of mapped) {
    const { counts } = await writer.commit(
      items,
      checkpoint && { cursor: checkpoint.cursor, snapshot, blind: false, mapping: mapping.version },
    );
    report.count(items, counts, () => undefined);
  }
  const seconds = (performance.now() - started) / 1000;
  await closeRun(into, taken.lease, report.end('complete', new Date()));
  return { written: report.figures.created, seconds };
}
