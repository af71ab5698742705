/** In a process of its own, to be killed: one run of the bench's source, as soon as the lease of the run that was killed before has run out. */
import { setTimeout as pause } from 'node:timers/promises';
import { answer, readInput } from '#deploy/bench/child.ts';
import { benchSource } from '#deploy/bench/source.ts';
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import { run } from '#harvesters/run.ts';

export interface KillInput {
  readonly connection: Neo4jAddress;
  readonly provider: string;
}

export interface KillAnswer {
  readonly outcome: string | undefined;
  readonly reason: string | undefined;
}

const LEASE_SECONDS = 1;
const RECORDS_A_BATCH = 100;

const { connection, provider } = await readInput<KillInput>();
const database = new Database(connection);
const source = await benchSource(provider);
const resolver = createResolver();
for (;;) {
  const report = await run(source, database, (one, tell) => contextFor(one, new AbortController().signal, tell), {
    holder: 'essai de kill -9',
    resolver,
    batchRecords: RECORDS_A_BATCH,
    leaseSeconds: LEASE_SECONDS,
  });
  if (report.reason?.code !== 'lease-held') {
    const ended: KillAnswer = { outcome: report.outcome, reason: report.reason?.code };
    answer(ended);
    break;
  }
  await pause(100);
}
await database.close();
