/** A partner's agreement that ends: its records are hidden and kept, and come back when it is renewed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { freshnessOf } from './freshness.ts';
import { END, harvestInto, records, sourceThat } from './testing/scripted.ts';

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
