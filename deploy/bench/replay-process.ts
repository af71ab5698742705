/** In a process of its own: every record of the bench's source mapped again so that every entity changes; then every entity damaged, and rebuilt. */
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { replay } from '#harvesters/replay.ts';
import type { Source } from '#harvesters/sources.ts';
import { answer, readInput } from './child.ts';
import { peakMemory } from './memory.ts';
import { benchSource } from './source.ts';

export interface ReplayInput {
  readonly connection: Neo4jAddress;
  readonly provider: string;
}

export interface ReplayAnswer {
  readonly outcome: string | undefined;
  readonly replayed: number;
  readonly replaySeconds: number;
  /** Entities that the rebuild wrote. */
  readonly rebuilt: number;
  readonly rebuildSeconds: number;
  /** Entities looked at when nothing was to be done. */
  readonly looked: number;
  readonly lookSeconds: number;
  readonly peakMegabytes: number;
}

const { connection, provider } = await readInput<ReplayInput>();
const database = new Database(connection);
await database.driver.verifyConnectivity();
const resolver = createResolver();
const replayed = await timed(async () =>
  replay(remapped(await benchSource(provider)), database, { resolver, holder: 'banc' }),
);
await damage();
const rebuilt = await timed(() => rebuild(database, resolver));
const looked = await timed(() => rebuild(database, resolver));
await database.close();
const measured: ReplayAnswer = {
  outcome: replayed.result.run.outcome,
  replayed: replayed.result.run.figures.updated,
  replaySeconds: replayed.seconds,
  rebuilt: rebuilt.result.written,
  rebuildSeconds: rebuilt.seconds,
  looked: looked.result.looked,
  lookSeconds: looked.seconds,
  peakMegabytes: peakMemory(),
};
answer(measured);

/** The same rows, with a credit line that they did not have. */
function remapped(source: Source): Source {
  const { defaults } = source.about;
  const fields = { ...defaults.fields, credit: 'Banc de mesure' };
  return { ...source, mapping: `${source.mapping}-bis`, about: { ...source.about, defaults: { ...defaults, fields } } };
}

/** Every object says something that no record says. */
async function damage(): Promise<void> {
  const session = database.driver.session({ database: database.name });
  try {
    await session.run("MATCH (n:HeritageObject) CALL (n) { SET n.credit = 'abîmé' } IN TRANSACTIONS OF 5000 ROWS");
  } finally {
    await session.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}
