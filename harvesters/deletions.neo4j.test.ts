import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '#connectors/connector.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { heldBatches } from './held.ts';
import { approve, expire, refuse, undo } from './inbox.ts';
import { effectOf, membersOf } from './members.ts';
import { recheck } from './recheck.ts';
import { contextOf, END, type Harvest, harvestInto, record, records, sourceThat } from './testing/scripted.ts';

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const NIGHTLY = { schedule: '0 3 * * *' };
const DAY = (day: number, hour = '03:00') => `2026-03-${String(day).padStart(2, '0')}T${hour}:00Z`;
const STEWARD = { by: 'Camille' };
const stores = () => ({ database, resolver: createResolver() });

/** A harvest of a source that says these messages, then ends. */
function say(messages: readonly Message<number>[], more: Harvest & { file?: object; end?: Message<number> } = {}) {
  const { file = NIGHTLY, end = END, ...harvest } = more;
  const source = sourceThat(async function* () {
    yield* [...messages, { kind: 'checkpoint', cursor: 1, passEnded: true } as const, end];
  }, file);
  return harvestInto(database, source, { full: true, ...harvest });
}

async function states(): Promise<Record<string, string>> {
  const { records: rows } = await database.run(
    'MATCH (r:SourceRecord) RETURN r.id AS id, r.state AS state ORDER BY r.key',
  );
  return Object.fromEntries(rows.map((row) => [row.get('id'), row.get('state')]));
}
async function stateCounts(): Promise<Record<string, number>> {
  const byState = Map.groupBy(Object.values(await states()), (state) => state);
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]));
}
async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await database.run(query)).records.map((row) => row.toObject());
}

describe('a record that a complete snapshot no longer names', () => {
  test('is missing and stays published, marked "not seen since"; the second snapshot a day later deletes it', async () => {
    await say(records(1, 20), { at: DAY(1) });
    const first = await say(records(2, 20), { at: DAY(2) });
    expect(first).toMatchObject({ outcome: 'complete', missing: 1, figures: { deleted: 0 } });
    expect(await rows("MATCH (n:Published {name: 'Objet 1'}) RETURN n.notSeenSince AS since")).toEqual([
      { since: '2026-03-01T03:00:00.000Z' },
    ]);
    expect((await say(records(2, 20), { at: DAY(2, '04:00') })).figures.deleted).toBe(0);
    expect((await states())['1']).toBe('missing');
    expect((await say(records(2, 20), { at: DAY(3, '02:59') })).figures.deleted).toBe(1);
    expect((await states())['1']).toBe('deleted');
    expect(await rows("MATCH (n:Published {name: 'Objet 1'}) RETURN n")).toEqual([]);
  });

  test('comes back live, from missing or from deleted, with the same uid', async () => {
    const uid = async () =>
      (await rows("MATCH (n:Published {name: 'Objet 1'}) RETURN n.uid AS uid, n.notSeenSince AS since"))[0];
    await say(records(1, 20), { at: DAY(1) });
    const before = await uid();
    await say(records(2, 20), { at: DAY(2) });
    await say(records(1, 20), { at: DAY(3) });
    expect(await uid()).toEqual(before);
    expect(await stateCounts()).toEqual({ live: 20 });
    for (const day of [4, 5]) await say(records(2, 20), { at: DAY(day) });
    expect((await states())['1']).toBe('deleted');
    await say(records(1, 20), { at: DAY(6) });
    expect(await uid()).toEqual(before);
  });

  test('is not deleted by an incomplete run, nor by one of changes, nor by a second look at the same bytes', async () => {
    await say(records(1, 20), { at: DAY(1) });
    await say(records(2, 20), { at: DAY(2), end: { ...END, fingerprint: 'a' } as Message<number> });
    const cut = sourceThat(async function* () {
      yield* records(3, 20);
    }, NIGHTLY);
    expect((await harvestInto(database, cut, { at: DAY(3), full: true })).outcome).toBe('partial');
    expect(await stateCounts()).toEqual({ live: 19, missing: 1 });
    await say([], { at: DAY(4), end: { kind: 'end', coverage: 'changes' } });
    await say(records(2, 20), { at: DAY(5), end: { ...END, fingerprint: 'a' } as Message<number> });
    expect(await stateCounts()).toEqual({ live: 19, missing: 1 });
    await say(records(2, 20), { at: DAY(6), end: { ...END, fingerprint: 'b' } as Message<number> });
    expect(await stateCounts()).toEqual({ live: 19, deleted: 1 });
  });

  test('a rejected record counts as seen; a snapshot with a rejection that has no id deletes nothing', async () => {
    await say(records(1, 20), { at: DAY(1) });
    const unreadable = {
      kind: 'rejected',
      id: '1',
      finding: finding('record-invalid', { id: '1', path: 'x', message: 'y' }),
    } as const;
    const nameless = { kind: 'rejected', finding: unreadable.finding } as const;
    for (const day of [2, 3]) await say([unreadable, ...records(2, 20)], { at: DAY(day) });
    expect((await states())['1']).toBe('live');
    for (const day of [4, 5]) {
      const report = await say([nameless, ...records(2, 20)], { at: DAY(day) });
      expect([...report.findings.keys()]).toContain('snapshot-blind');
    }
    expect((await states())['1']).toBe('live');
    const twice = { kind: 'rejected', repeats: '2', finding: finding('file-duplicate-id', { id: '2' }) } as const;
    for (const day of [6, 7]) await say([twice, ...records(2, 20)], { at: DAY(day) });
    expect((await states())['1']).toBe('deleted');
  });

  test('what was seen before a run broke off is seen by the run that goes on', async () => {
    await say(records(1, 40), { at: DAY(1) });
    let broken = true;
    const source = sourceThat(async function* (from) {
      if (from === undefined) yield* [...records(1, 20), { kind: 'checkpoint', cursor: 20 } as const];
      if (broken) return;
      yield* [...records(22, 40), END];
    }, NIGHTLY);
    expect((await harvestInto(database, source, { at: DAY(2), full: true })).outcome).toBe('partial');
    broken = false;
    const report = await harvestInto(database, source, { at: DAY(2, '05:00') });
    expect(report).toMatchObject({ outcome: 'complete', missing: 1 });
    expect(await stateCounts()).toEqual({ live: 39, missing: 1 });
  });
});

describe('over the limit', () => {
  const lose = async (last = 50) => {
    await say(records(1, 100), { at: DAY(1) });
    for (const day of [2, 3]) await say(records(1, last), { at: DAY(day) });
    return (await heldBatches(database, { state: 'waiting' }))[0]!;
  };

  test('deletions wait in the inbox with a sample; approved, they are done; one command brings them back', async () => {
    const batch = await lose();
    expect(batch).toMatchObject({ source: 'essai', kind: 'deletions', count: 50, limit: 5, live: 100 });
    expect(await stateCounts()).toEqual({ live: 50, missing: 50 });
    expect((await membersOf(database, batch, 2)).map(({ id }) => id)).toEqual(['100', '51']);
    expect(await effectOf(database, batch, 100)).toMatchObject({ kinds: { HeritageObject: 50 }, visible: 50 });
    const uids = await rows('MATCH (n:Published) RETURN n.uid AS uid ORDER BY uid');

    expect(await approve(stores(), batch.id.slice(0, 8), STEWARD)).toMatchObject({ records: 50 });
    expect(await stateCounts()).toEqual({ live: 50, deleted: 50 });
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 50 }]);
    expect(await approve(stores(), batch.id, STEWARD)).toMatchObject({ refused: { code: 'batch-decided' } });

    expect(await undo(stores(), batch.id, STEWARD)).toMatchObject({ records: 50 });
    expect(await stateCounts()).toEqual({ live: 50, missing: 50 });
    expect(await rows('MATCH (n:Published) RETURN n.uid AS uid ORDER BY uid')).toEqual(uids);
    expect(await rows('MATCH (d:Decision) RETURN d.kind AS kind, d.by AS by ORDER BY d.at')).toEqual([
      { kind: 'approve-batch', by: 'Camille' },
      { kind: 'undo-batch', by: 'Camille' },
    ]);
    // What a steward brought back is not proposed again until it has been seen.
    await say(records(1, 50), { at: DAY(4) });
    expect(await heldBatches(database, { state: 'waiting' })).toEqual([]);
  });

  test('refused, they stay and are not proposed again; those that come back leave the batch', async () => {
    const batch = await lose();
    await refuse(stores(), batch.id, STEWARD);
    for (const day of [4, 5]) await say(records(1, 50), { at: DAY(day) });
    expect(await heldBatches(database, { state: 'waiting' })).toEqual([]);
    expect(await stateCounts()).toEqual({ live: 50, missing: 50 });
    for (const [day, last] of [
      [6, 100],
      [7, 50],
      [8, 50],
    ] as const)
      await say(records(1, last), { at: DAY(day) });
    const [again] = await heldBatches(database, { state: 'waiting' });
    expect(again?.count).toBe(50);
    await say(records(1, 99), { at: DAY(9) });
    expect(await heldBatches(database, { state: 'waiting' })).toEqual([]);
    expect(await stateCounts()).toMatchObject({ live: 99 });
  });

  test('undecided, they lapse and are proposed anew', async () => {
    const batch = await lose();
    expect(await expire(stores(), new Date(Date.now() + 29 * 86_400_000))).toBe(0);
    expect(await expire(stores(), new Date(Date.now() + 31 * 86_400_000))).toBe(1);
    expect(await stateCounts()).toEqual({ live: 50, missing: 50 });
    await say(records(1, 50), { at: DAY(4) });
    const [anew] = await heldBatches(database, { state: 'waiting' });
    expect(anew).toMatchObject({ count: 50 });
    expect(anew?.id).not.toBe(batch.id);
  });

  test('tombstones are counted too, and nothing of them is done by a run that is cut short', async () => {
    await say(records(1, 100), { at: DAY(1) });
    const gone = (from: number, to: number): Message<number>[] =>
      Array.from({ length: to - from + 1 }, (_, i) => ({ kind: 'deleted', id: `${from + i}` }));
    const changes: Message<number> = { kind: 'end', coverage: 'changes' };
    const cut = sourceThat(async function* () {
      yield* gone(1, 2);
    }, NIGHTLY);
    await harvestInto(database, cut, { at: DAY(2) });
    expect(await stateCounts()).toEqual({ live: 100 });
    expect((await say([], { at: DAY(3), end: changes })).figures.deleted).toBe(2);
    const report = await say(gone(3, 40), { at: DAY(4), end: changes });
    expect(report.figures).toMatchObject({ deleted: 0, held: 38 });
    expect(await stateCounts()).toEqual({ live: 98, deleted: 2 });
  });

  test('identifiers that change overnight delete nothing, and are told', async () => {
    await say(records(1, 30), { at: DAY(1) });
    const report = await say(records(101, 130), { at: DAY(2) });
    expect([...report.findings.keys()]).toContain('identifiers-changed');
    await say(records(101, 130), { at: DAY(3) });
    expect(await stateCounts()).toEqual({ live: 30, missing: 30 });
  });
});

describe('updates that would empty a field', () => {
  const described = (from: number, to: number, more: Record<string, string> = { description: 'Une navette de buis' }) =>
    Array.from({ length: to - from + 1 }, (_, i) => record(from + i, { name: `Objet ${from + i}`, ...more }));
  const descriptions = () => rows('MATCH (n:Published) RETURN count(n.description) AS n');

  test('wait for a steward, whatever else the run brings; approved, they are made', async () => {
    await say(described(1, 40), { at: DAY(1) });
    const report = await say([...described(1, 40, {}), record(41)], { at: DAY(2) });
    expect(report.figures).toMatchObject({ updated: 0, held: 40, created: 1 });
    expect(await descriptions()).toEqual([{ n: 40 }]);
    const [batch] = await heldBatches(database, { state: 'waiting' });
    expect(batch).toMatchObject({ kind: 'updates', count: 40, fields: ['description'] });
    // The same once more is no news.
    expect((await say([...described(1, 40, {}), record(41)], { at: DAY(3) })).figures).toMatchObject({
      held: 0,
      unchanged: 41,
    });
    expect(await approve(stores(), batch!.id, STEWARD)).toMatchObject({ records: 40 });
    expect(await descriptions()).toEqual([{ n: 0 }]);
  });

  test('refused, they are forgotten and come to nothing again; a better version is let in', async () => {
    await say(described(1, 40), { at: DAY(1) });
    await say(described(1, 40, {}), { at: DAY(2) });
    const [batch] = await heldBatches(database, { state: 'waiting' });
    await refuse(stores(), batch!.id, STEWARD);
    expect((await say(described(1, 40, {}), { at: DAY(3) })).figures).toMatchObject({ held: 0, updated: 0 });
    expect(await descriptions()).toEqual([{ n: 40 }]);
    expect((await say(described(1, 40, { description: 'Une autre' }), { at: DAY(4) })).figures.updated).toBe(40);
  });

  test('are let through where the source as a whole keeps the field', async () => {
    await say(described(1, 100), { at: DAY(1) });
    const report = await say([...described(1, 25, {}), ...described(26, 100)], { at: DAY(2) });
    expect(report.figures).toMatchObject({ updated: 25, held: 0, unchanged: 75 });
    expect(await heldBatches(database, { state: 'waiting' })).toEqual([]);
  });

  test('a mass un-publishing is applied at once, and told', async () => {
    const file = (visibility: 'everything' | 'nothing') => ({ ...NIGHTLY, visibility });
    await say(described(1, 40), { at: DAY(1), file: file('everything') });
    const hiding = sourceThat(async function* () {
      yield* [...described(1, 40, {}), { kind: 'checkpoint', cursor: 1, passEnded: true } as const, END];
    }, file('nothing'));
    const report = await harvestInto(database, { ...hiding, mapping: 'plain-2' }, { at: DAY(2), full: true });
    expect(report.figures.held).toBe(0);
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 0 }]);
    expect([...report.findings.keys()]).toContain('mass-withdrawn');
  });
});

describe('a source on trial', () => {
  test('is harvested and shown to nobody until it is published', async () => {
    const file = { ...NIGHTLY, trial: true };
    await say(records(1, 5), { at: DAY(1), file });
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 0 }]);
    await database.run("MATCH (s:Source {name: 'essai'}) SET s.published = true");
    await say(records(1, 5), { at: DAY(2), file });
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 5 }]);
  });
});

describe('one record looked at again', () => {
  test('is written and counts as seen; one that the partner says is gone waits for the next complete run', async () => {
    await say(records(1, 20), { at: DAY(1) });
    await say(records(2, 20), { at: DAY(2) });
    let answer: Message<number> = record(1, 'Revue');
    const source = sourceThat(async function* () {
      yield END;
    }, NIGHTLY);
    const asked = { ...source, connector: { ...source.connector, one: async () => answer } };
    const again = (id: string) =>
      recheck(asked, id, database, createResolver(), (_one, tell) => ({ ...contextOf({ at: DAY(2, '09:00') }), tell }));
    expect(await again('1')).toMatchObject({ code: 'record-checked', particulars: { result: 'modifiée / changed' } });
    expect(await stateCounts()).toEqual({ live: 20 });
    expect(await rows("MATCH (n:Published {name: 'Revue'}) RETURN n.notSeenSince AS since")).toEqual([{ since: null }]);
    answer = { kind: 'deleted', id: '2' };
    expect((await again('2')).code).toBe('record-gone');
    expect(await stateCounts()).toEqual({ live: 20 });
    await say([record(1, 'Revue'), ...records(3, 20)], { at: DAY(3) });
    expect(await stateCounts()).toEqual({ live: 19, deleted: 1 });
  });
});
