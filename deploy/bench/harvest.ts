/** A harvest of generated records into the bench's graph, emptied before or not: each in a process of its own. */
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { askScript } from './child.ts';
import { emptyGraph, writeLandmarks } from './graph.ts';
import type { HarvestAnswer, HarvestInput } from './harvest-process.ts';
import type { Bench } from './sections.ts';

export const WITHIN_MS = 180_000;

/** Leaves nothing but what the generated records lead to. */
export async function startAfresh({ database }: Bench): Promise<void> {
  await emptyGraph(database);
  await writeLandmarks(database, createResolver());
}

/** Harvests all that the provider has into whatever stands. Throws where the run is not complete, or rejects a record. */
export async function harvest({ connection }: Bench, provider: string, name?: string): Promise<HarvestAnswer> {
  const input: HarvestInput = { connection, provider, ...(name === undefined ? {} : { name }) };
  const answer = await askScript<HarvestAnswer>('harvest-process.ts', input, WITHIN_MS);
  if (answer.outcome === 'complete' && answer.figures.rejected === 0) return answer;
  throw new Error(`the harvest ended ${answer.outcome}, ${answer.figures.rejected} rejected: ${answer.reason ?? ''}`);
}

/** The same into an empty graph. */
export async function harvestAfresh(bench: Bench, provider: string): Promise<HarvestAnswer> {
  await startAfresh(bench);
  return harvest(bench, provider);
}
