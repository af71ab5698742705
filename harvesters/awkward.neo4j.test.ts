/** Histories that a stern reader thought of: each lost, hid or showed something that it should not. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Message } from '#connectors/connector.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { heldBatches } from './held.ts';
import { readHistories } from './history.ts';
import { approve, expire, refuse, undo } from './inbox.ts';
import { takeLease } from './lease.ts';
import { recheck } from './recheck.ts';
import { replay } from './replay.ts';
import { RunReport } from './report.ts';
import { closeRun, openRun } from './runs.ts';
import { contextOf, END, type Harvest, harvestInto, record, records, sourceThat } from './testing/scripted.ts';

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const CHANGES: Message<number> = { kind: 'end', coverage: 'changes' };
const DAY = (day: number, hour = '03:00') => `2026-03-${String(day).padStart(2, '0')}T${hour}:00Z`;
const CAMILLE = { by: 'Camille' };
const stores = () => ({ database, resolver: createResolver() });
const described = (from: number, to: number, description?: string) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    record(from + i, { name: `Objet ${from + i}`, ...(description ? { description } : {}) }),
  );

function say(
  messages: readonly Message<number>[],
  more: Harvest & { file?: object; end?: Message<number>; mapping?: string } = {},
) {
  const { file = {}, end = END, mapping, ...harvest } = more;
  const source = sourceThat(
    async function* () {
      yield* [...messages, { kind: 'checkpoint', cursor: 1, passEnded: true } as const, end];
    },
    { schedule: '0 3 * * *', ...file },
  );
  return harvestInto(database, mapping ? { ...source, mapping } : source, { full: true, ...harvest });
}
async function one(query: string): Promise<Record<string, unknown> | undefined> {
  return (await database.run(query)).records[0]?.toObject();
}
const waiting = () => heldBatches(database, { state: 'waiting' });
const descriptions = async () => (await one('MATCH (n:Published) RETURN count(n.description) AS n'))?.['n'];

test('updates that wait are never let through by a later run that adds a few', async () => {
  await say(described(1, 100, 'Buis'), { at: DAY(1) });
  await say([...described(1, 60), ...described(61, 100, 'Buis')], { at: DAY(2) });
  await say([...described(1, 70), ...described(71, 100, 'Buis')], { at: DAY(3) });
  expect(await waiting()).toMatchObject([{ kind: 'updates', count: 70 }]);
  expect(await descriptions()).toBe(100);
});

test('a refused update does not stand against a later mapping, least of all one that hides', async () => {
  await say(described(1, 40, 'Buis'), { at: DAY(1) });
  await say(described(1, 40), { at: DAY(2) });
  await refuse(stores(), (await waiting())[0]!.id, CAMILLE);
  await say(described(1, 40), { at: DAY(3), mapping: 'plain-3', file: { visibility: 'nothing' } });
  expect(await one('MATCH (n:Published) RETURN count(n) AS n')).toEqual({ n: 0 });
});

test('a mapping that hides also hides what is missing, and what can no longer be mapped', async () => {
  await say(records(1, 20), { at: DAY(1) });
  await say(records(2, 20), { at: DAY(2) });
  const unreadable = {
    kind: 'rejected',
    id: '2',
    finding: finding('record-invalid', { id: '2', path: 'x', message: 'y' }),
  } as const;
  await say([unreadable, ...records(3, 20)], { at: DAY(2, '05:00') });
  expect(await one('MATCH (n:Published) RETURN count(n) AS n')).toEqual({ n: 20 });
  await say([unreadable, ...records(3, 20)], {
    at: DAY(2, '07:00'),
    mapping: 'plain-2',
    file: { visibility: 'nothing' },
  });
  expect(await one('MATCH (n:Published) RETURN count(n) AS n')).toEqual({ n: 0 });
  expect(await one("MATCH (r:SourceRecord {id: '1'}) RETURN r.state AS state")).toEqual({ state: 'missing' });
});

test('what was shown and says now that it is not to be seen stays hidden through a replay, a later mapping, and a look at it alone', async () => {
  await say(records(1, 3), { at: DAY(1) });
  const secret = [record(1, 'private'), ...records(2, 3)];
  await say(secret, { at: DAY(2) });
  const shown = () => one('MATCH (n:Published) RETURN count(n) AS n');
  expect(await shown()).toEqual({ n: 2 });
  const source = { ...sourceThat(async function* () {}, { schedule: '0 3 * * *' }), mapping: 'plain-2' };
  await replay(source, database, { resolver: createResolver(), holder: 'essai' });
  expect(await shown()).toEqual({ n: 2 });
  const looked = {
    ...source,
    connector: { ...source.connector, one: async () => record(2, 'private') },
  } as typeof source;
  await recheck(looked, '2', database, createResolver(), () => contextOf({}) as never);
  expect(await shown()).toEqual({ n: 1 });
  // Seen again as soon as it says nothing against it.
  await say(records(1, 3), { at: DAY(3) });
  expect(await shown()).toEqual({ n: 3 });
});

test('of two versions in one batch the last decides whether it is to be seen', async () => {
  await say([record(1, 'private'), record(1), record(2), record(2, 'private')], { at: DAY(1) });
  expect(await one('MATCH (n:Published) RETURN collect(n.name) AS names')).toEqual({ names: ['Objet 1'] });
});

test('an agreement that ended is heard while the partner asked to be left alone', async () => {
  await say(records(1, 3), { at: DAY(1) });
  await database.run("MATCH (s:Source {name: 'essai'}) SET s.notBefore = datetime('2027-01-01T00:00:00Z')");
  const report = await say(records(1, 3), {
    at: DAY(2),
    full: false,
    file: { agreement: { date: '2026-01-01', scope: 'notices', end: '2026-03-01' } },
  });
  expect(report.reason?.code).toBe('agreement-withdrawn');
  expect(await one('MATCH (n:Published) RETURN count(n) AS n')).toEqual({ n: 0 });
});

test('a tombstone of a run of changes leaves the waiting batch alone', async () => {
  await say(records(1, 100), { at: DAY(1) });
  for (const day of [2, 3]) await say(records(1, 50), { at: DAY(day) });
  const report = await say([{ kind: 'deleted', id: '1' }], { at: DAY(4), end: CHANGES });
  expect(report.outcome).toBe('complete');
  expect(await waiting()).toMatchObject([{ count: 50 }]);
});

test('of two stewards the second is told; what the first approved can be undone', async () => {
  await say(records(1, 100), { at: DAY(1) });
  for (const day of [2, 3]) await say(records(1, 50), { at: DAY(day) });
  const [batch] = await waiting();
  const done = await Promise.all([approve(stores(), batch!.id, CAMILLE), refuse(stores(), batch!.id, { by: 'Zoé' })]);
  expect(done.filter((one) => 'batch' in one)).toHaveLength(1);
  expect(await one('MATCH (d:Decision) RETURN count(d) AS n')).toEqual({ n: 1 });
  await undo(stores(), batch!.id, CAMILLE);
  expect(await one('MATCH (n:Published) RETURN count(n) AS n')).toEqual({ n: 100 });
});

test('a batch that grew since it was shown is another batch', async () => {
  await say(records(1, 100), { at: DAY(1) });
  for (const day of [2, 3]) await say(records(1, 80), { at: DAY(day) });
  const [shown] = await waiting();
  for (const day of [4, 5]) await say(records(1, 40), { at: DAY(day) });
  expect(await approve(stores(), shown!.id, CAMILLE)).toMatchObject({ refused: { code: 'batch-decided' } });
  expect(await waiting()).toMatchObject([{ count: 60 }]);
});

test('an update that the partner took back is no longer held', async () => {
  await say(described(1, 40, 'Buis'), { at: DAY(1) });
  await say(described(1, 40), { at: DAY(2) });
  expect(await waiting()).toHaveLength(1);
  await say(described(1, 40, 'Buis'), { at: DAY(3) });
  expect(await waiting()).toEqual([]);
});

test('a hold that a run which was cut short opened is judged by the next', async () => {
  await say(described(1, 100, 'Buis'), { at: DAY(1) });
  const cut = sourceThat(async function* () {
    yield* described(1, 25);
  });
  await harvestInto(database, cut, { at: DAY(2), full: true });
  expect(await descriptions()).toBe(100);
  expect(await waiting()).toEqual([]);
  await say([...described(1, 25), ...described(26, 100, 'Buis')], { at: DAY(3) });
  expect(await descriptions()).toBe(75);
  expect(await waiting()).toEqual([]);
});

test('updates that lapse are asked for again', async () => {
  await say(described(1, 40, 'Buis'), { at: DAY(1) });
  await say(described(1, 40), { at: DAY(2) });
  await expire(stores(), new Date(Date.now() + 31 * 86_400_000));
  expect(await one('MATCH (s:Source) RETURN s.cursor AS cursor')).toEqual({ cursor: null });
});

test('what a file of unchanged bytes no longer names is shown to a steward, and deleted by nobody else', async () => {
  const same = { ...END, fingerprint: 'a' } as Message<number>;
  await say(records(1, 20), { at: DAY(1) });
  for (const day of [2, 3]) await say(records(2, 20), { at: DAY(day), end: same });
  expect(await waiting()).toMatchObject([{ kind: 'deletions', count: 1 }]);
  await approve(stores(), (await waiting())[0]!.id, CAMILLE);
  expect(await one("MATCH (r:SourceRecord {id: '1'}) RETURN r.state AS state")).toEqual({ state: 'deleted' });
});

test('a pass that is resumed does not hold a later, broken one against its records', async () => {
  await say(records(1, 40), { at: DAY(1) });
  let round = 1;
  const source = sourceThat(async function* (from) {
    if (round === 1) yield* [...records(1, 20), { kind: 'checkpoint', cursor: 20 } as const];
    else if (round === 2) yield* records(1, 10);
    else yield* [...records((from ?? 0) + 1, 40), END];
  });
  await harvestInto(database, source, { at: DAY(2), full: true });
  round = 2;
  await harvestInto(database, source, { at: DAY(2, '04:00'), full: true });
  round = 3;
  expect(await harvestInto(database, source, { at: DAY(2, '05:00') })).toMatchObject({
    outcome: 'complete',
    missing: 0,
  });
});

test('a tombstone after an unreadable version of the same record is heard', async () => {
  await say(records(1, 20), { at: DAY(1) });
  const unreadable = {
    kind: 'rejected',
    id: '1',
    finding: finding('record-invalid', { id: '1', path: 'x', message: 'y' }),
  } as const;
  await say([unreadable, { kind: 'deleted', id: '1' }], { at: DAY(2), end: CHANGES });
  expect(await one("MATCH (r:SourceRecord {id: '1'}) RETURN r.state AS state")).toEqual({ state: 'deleted' });
});

test('whoever lost the lease leaves the source alone', async () => {
  const source = sourceThat(async function* () {
    yield END;
  });
  const taken = await takeLease(database, 'essai', 'lent', 0);
  if (!('lease' in taken)) throw new Error('not taken');
  const slow = new RunReport('essai', false);
  await openRun(database, source, slow);
  await takeLease(database, 'essai', 'rapide');
  await database.run("MATCH (s:Source) SET s.notBefore = datetime('2026-04-01T00:00:00Z')");
  await closeRun(database, taken.lease, slow.end('partial', new Date()));
  expect(await one('MATCH (s:Source) RETURN s.notBefore IS NOT NULL AS kept')).toEqual({ kept: true });
});

test('many small deletions in a day are one large one', async () => {
  await say(records(1, 200), { at: DAY(1) });
  let deleted = 0;
  for (let hour = 0; hour < 6; hour += 1) {
    const gone = Array.from({ length: 5 }, (_, i) => ({ kind: 'deleted', id: `${hour * 5 + i + 1}` }) as const);
    deleted += (await say(gone, { at: DAY(2, `0${hour}:00`), end: CHANGES })).figures.deleted;
  }
  expect(deleted).toBeLessThanOrEqual(10);
  expect(await waiting()).toHaveLength(1);
});

test('two failures after a success are told, as the latest runs are looked at and not the first', async () => {
  await say(records(1, 20), { at: DAY(1) });
  await say(records(1, 20), { at: DAY(2) });
  const bad = Array.from({ length: 20 }, (_, i) => record(i + 1, 'bad'));
  for (const day of [3, 4]) expect((await say(bad, { at: DAY(day), mapping: 'plain-2' })).outcome).toBe('failed');
  const [history] = await readHistories(database, new Date(DAY(4, '06:00')));
  expect(history?.runs.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'complete', 'complete']);
});
