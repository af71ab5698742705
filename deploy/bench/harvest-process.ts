/** In a process of its own: one harvest of the bench's source by the harvesters' `run`, from the partner's first page to the committed graph. */
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import { run } from '#harvesters/run.ts';
import { answer, readInput } from './child.ts';
import { peakMemory } from './memory.ts';
import { benchSource } from './source.ts';

export interface HarvestInput {
  readonly connection: Neo4jAddress;
  readonly provider: string;
  /** Of the source. Default: `banc`. */
  readonly name?: string;
}

export interface HarvestAnswer {
  readonly outcome: string | undefined;
  readonly reason: string | undefined;
  readonly figures: Readonly<Record<'seen' | 'created' | 'unchanged' | 'rejected', number>>;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const { connection, provider, name } = await readInput<HarvestInput>();
const database = new Database(connection);
await database.driver.verifyConnectivity();
const source = await benchSource(provider, name);
const resolver = createResolver();
const started = performance.now();
const report = await run(source, database, (one, tell) => contextFor(one, new AbortController().signal, tell), {
  full: true,
  holder: 'banc',
  resolver,
});
const seconds = (performance.now() - started) / 1000;
await database.close();
const harvested: HarvestAnswer = {
  outcome: report.outcome,
  reason: report.reason && JSON.stringify(report.reason),
  figures: report.figures,
  seconds,
  peakMegabytes: peakMemory(),
};
answer(harvested);
