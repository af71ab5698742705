/** A partner's agreement that ends: its records are hidden and kept, and come back when it is renewed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { freshnessOf } from './freshness.ts';
import { heldBatches } from './held.ts';
import { approve, undo } from './inbox.ts';
import { recheck } from './recheck.ts';
import { replay } from './replay.ts';
import type { Source } from './sources.ts';
import { contextOf, END, harvestInto, records, sourceThat } from './testing/scripted.ts';
import { decideTrial } from './trial.ts';

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());

test('past its end nothing is asked of the partner, its records are withdrawn and told; renewed, they are back with the same uids', async () => {
  let asked = 0;
  const under = (end: string) =>
    sourceThat(
      async function* () {
        asked += 1;
        yield* [...records(1, 12), { kind: 'checkpoint', cursor: 1, passEnded: true } as const, END];
      },
      { schedule: '0 3 * * *', agreement: { date: '2025-01-01', scope: 'notices', end } },
    );
  const at = (day: string) => ({ at: `${day}T03:00:00Z` });
  const published = async () =>
    (await database.run('MATCH (n:Published:HeritageObject) RETURN collect(n.uid) AS uids')).records[0]!.get(
      'uids',
    ).sort();
  const state = async (end: string, day: string) =>
    (await freshnessOf(database, [under(end)], new Date(`${day}T12:00:00Z`)))[0];

  expect((await harvestInto(database, under('2026-03-31'), at('2026-03-31'))).outcome).toBe('complete');
  const before = await published();
  expect(before).toHaveLength(12);
  expect((await state('2026-03-31', '2026-03-31'))?.causes.map(({ finding }) => finding.code)).toContain(
    'agreement-ending',
  );

  const ended = await harvestInto(database, under('2026-03-31'), at('2026-04-01'));
  expect(asked).toBe(1);
  expect(ended).toMatchObject({
    outcome: 'failed',
    reason: { code: 'agreement-withdrawn', particulars: { count: 12 } },
  });
  expect(await published()).toEqual([]);
  const { records: kept } = await database.run("MATCH (r:SourceRecord) WHERE r.state = 'live' RETURN count(r) AS n");
  expect(Number(kept[0]!.get('n'))).toBe(12);
  const told = await state('2026-03-31', '2026-04-01');
  expect(told).toMatchObject({ state: 'ended', causes: [{ finding: { code: 'agreement-ended' } }] });

  expect((await harvestInto(database, under('2027-03-31'), at('2026-04-02'))).outcome).toBe('complete');
  expect(await published()).toEqual(before);
});

test('past its end no door shows anything again: not a replay, not a published trial, not one record asked for, not what a steward brings back', async () => {
  const agreement = { date: '2020-01-01', scope: 'notices', end: '2020-12-31' };
  const giving = (count: number, more: Parameters<typeof sourceThat>[1] = {}): Source =>
    sourceThat(
      async function* () {
        yield* [...records(1, count), { kind: 'checkpoint', cursor: 1, passEnded: true } as const, END];
      },
      { name: 'essai-echu', ...more },
    );
  await wipe(database.driver);
  await migrate(database);
  const shown = async () =>
    Number((await database.run('MATCH (n:Published:HeritageObject) RETURN count(n) AS n')).records[0]!.get('n'));
  for (const count of [30, 10, 10]) await harvestInto(database, giving(count));
  const [batch] = await heldBatches(database, { state: 'waiting' });
  const resolver = createResolver();
  const steward = { by: 'Camille' };
  expect(await approve({ database, resolver }, batch!.id, steward)).toMatchObject({ records: 20 });
  expect(await shown()).toBe(10);
  const over = giving(10, { agreement });
  await harvestInto(database, over);
  expect(await shown()).toBe(0);

  await replay(over, database, { resolver, holder: 'essai' });
  expect(await shown()).toBe(0);
  expect(await recheck(over, '1', database, resolver, () => contextOf({}) as never)).toMatchObject({
    code: 'agreement-ended',
  });
  const onTrial = giving(10, { agreement, trial: true });
  await decideTrial(database, onTrial, { published: true, ...steward });
  await replay(onTrial, database, { resolver, holder: 'essai' });
  expect(await shown()).toBe(0);
  expect(await undo({ database, resolver }, batch!.id, steward)).toMatchObject({ records: 20 });
  expect(await shown()).toBe(0);
});
