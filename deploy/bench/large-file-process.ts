/** In a process of its own: a file read and mapped as a harvest does, batch by batch, and nothing written. */

import { words } from '#graph-schema/findings/finding.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { batched } from '#harvesters/batches.ts';
import { contextFor } from '#harvesters/context.ts';
import { mappingOf, toItem } from '#harvesters/map.ts';
import { readSource } from '#harvesters/sources.ts';
import { answer, readInput } from './child.ts';
import { peakMemory } from './memory.ts';

export interface LargeFileInput {
  /** The path of the source file. */
  readonly source: string;
}

export interface LargeFileAnswer {
  readonly records: number;
  readonly rejected: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const input = await readInput<LargeFileInput>();
const read = await readSource(input.source);
if (!('source' in read)) throw new Error(read.findings.map((found) => words(found).text).join('\n'));
const { source } = read;
const mapping = mappingOf(source, createResolver(), true, new Date());
const context = contextFor(source, new AbortController().signal, () => undefined);
const counts = { records: 0, rejected: 0 };
const started = performance.now();
for await (const { messages } of batched(source.connector.read(source.options, context), MOST_ITEMS)) {
  for (const message of messages) {
    const item = toItem(message, mapping);
    counts.records += 1;
    if (item.kind === 'rejected') counts.rejected += 1;
  }
}
const seconds = (performance.now() - started) / 1000;
await context.close();
const done: LargeFileAnswer = { ...counts, seconds, peakMegabytes: peakMemory() };
answer(done);
