import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '#connectors/connector.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { takeLease } from './lease.ts';
import { type ReplayOptions, replay } from './replay.ts';
import type { Source } from './sources.ts';
import { END, harvestInto, record, records, sourceThat } from './testing/scripted.ts';

const resolver = createResolver();
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const CHECKPOINT: Message<number> = { kind: 'checkpoint', cursor: 1, passEnded: true };
function sourceWith(messages: readonly Message<number>[], more = {}): Source {
  return sourceThat(async function* () {
    yield* [...messages, CHECKPOINT, END];
  }, more);
}
/** The same source, read by another mapping: names in capitals, `bad` readable, unless told otherwise. */
function mappedAnew(source: Source, map: Source['format']['map'] = inCapitals): Source {
  return { ...source, mapping: 'plain-2', format: { ...source.format, version: 2, map } };
}
const inCapitals: Source['format']['map'] = (row) =>
  ({
    record: {
      kind: 'HeritageObject',
      identifiers: [],
      fields: { name: String(row).toUpperCase() },
      relations: { techniques: [{ text: 'bois' }], trades: [{ text: 'tisserand' }] },
    },
  }) as never;
const again = (source: Source, more: Partial<ReplayOptions> = {}) =>
  replay(source, database, { resolver, holder: 'test', ...more });
async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await database.run(query)).records.map((row) => row.toObject());
}
const NAMES = 'MATCH (n:HeritageObject:Published) RETURN n.name AS name ORDER BY name';
const names = async () => (await rows(NAMES)).map(({ name }) => name);

describe('a replay', () => {
  test('maps what is stored again, and the next harvest finds nothing to do', async () => {
    const source = sourceWith(records(1, 30));
    await harvestInto(database, source);
    const anew = mappedAnew(source);
    const done = await again(anew);
    expect(done).toMatchObject({
      changed: 31,
      left: 0,
      run: { outcome: 'complete', figures: { seen: 30, updated: 30 } },
    });
    expect((await names())[0]).toBe('OBJET 1');
    expect(
      await rows("MATCH (r:Run {kind: 'replay'})-[:OF]->(s:Source) RETURN r.outcome AS outcome, r.updated AS updated"),
    ).toEqual([{ outcome: 'complete', updated: 30 }]);
    const next = await harvestInto(database, anew);
    expect(next.findings.has('mapping-changed')).toBe(false);
    expect(next.figures).toMatchObject({ seen: 30, unchanged: 30 });
    expect(await rows('MATCH (r:SourceRecord) WHERE r.history IS NOT NULL RETURN r')).toEqual([]);
    expect(await again(anew)).toMatchObject({ changed: 0, run: { figures: { seen: 30, unchanged: 30, updated: 0 } } });
  });

  test('leaves live what is live and missing what is missing', async () => {
    const nightly = { schedule: '0 3 * * *' };
    await harvestInto(database, sourceWith(records(1, 20), nightly), { at: '2026-03-01T03:00:00Z', full: true });
    const source = sourceWith(records(2, 20), nightly);
    await harvestInto(database, source, { at: '2026-03-02T03:00:00Z', full: true });
    await again(mappedAnew(source));
    expect(
      await rows(
        "MATCH (n:Published {name: 'OBJET 1'})<-[:DESCRIBES]-(r) RETURN r.state AS state, n.notSeenSince AS since",
      ),
    ).toEqual([{ state: 'missing', since: '2026-03-01T03:00:00.000Z' }]);
    expect(await rows('MATCH (n:HeritageObject) WHERE n.notSeenSince IS NOT NULL RETURN count(n) AS n')).toEqual([
      { n: 1 },
    ]);
  });

  test('tries again what was rejected, and puts into quarantine what can no longer be mapped, beside its last good version', async () => {
    const source = sourceWith([record(1), record(2, 'bad'), record(3)]);
    await harvestInto(database, source);
    const done = await again(
      mappedAnew(source, (row, context) =>
        row === 'Objet 3'
          ? { rejected: finding('record-invalid', { id: context.id, path: 'name', message: 'trois' }) }
          : inCapitals(row, context),
      ),
    );
    expect(done).toMatchObject({ recovered: 1, newlyRejected: 1, left: 0, run: { outcome: 'complete' } });
    expect(await names()).toEqual(['BAD', 'OBJET 1', 'Objet 3']);
    expect(
      await rows('MATCH (r:SourceRecord) WHERE r.rejection IS NOT NULL RETURN r.id AS id, r.state AS state'),
    ).toEqual([{ id: '3', state: 'live' }]);
  });

  test('keeps a newer version that is still rejected beside the good one that it maps again', async () => {
    await harvestInto(database, sourceWith([record(1)]));
    const source = sourceWith([record(1, 'bad'), record(2)]);
    await harvestInto(database, source, { full: true });
    const strict: Source['format']['map'] = (row, context) =>
      row === 'bad' ? source.format.map(row, context) : inCapitals(row, context);
    const done = await again(mappedAnew(source, strict));
    expect(done).toMatchObject({ recovered: 0, newlyRejected: 0, run: { outcome: 'complete' } });
    expect(await names()).toEqual(['OBJET 1', 'OBJET 2']);
    expect(
      await rows(
        "MATCH (r:SourceRecord {id: '1'}) RETURN r.rejection IS NOT NULL AS rejected, r.rejectedRaw IS NOT NULL AS kept",
      ),
    ).toEqual([{ rejected: true, kept: true }]);
  });

  test('bytes that were damaged go into quarantine, and their neighbours go on', async () => {
    const source = sourceWith(records(1, 3));
    await harvestInto(database, source);
    await database.run("MATCH (r:SourceRecord {id: '2'}) SET r.raw = $raw", { raw: new Int8Array([1, 2, 3]) });
    const done = await again(mappedAnew(source));
    expect(done.run.findings.get('replay-row-unreadable')?.count).toBe(1);
    expect(await names()).toEqual(['OBJET 1', 'OBJET 3', 'Objet 2']);
  });

  test('keeps an update that waits for a steward, mapped anew, and one that was refused', async () => {
    const source = sourceWith(records(1, 2));
    await harvestInto(database, source);
    await database.run(
      `MATCH (r:SourceRecord {id: '1'}) SET r.heldUpdate = 'lot', r.heldRaw = r.raw, r.heldHash = 'h1', r.heldMapping = r.mapping, r.heldRecord = r.record, r.heldNotes = []`,
    );
    await database.run("MATCH (r:SourceRecord {id: '2'}) SET r.refusedHash = 'h2'");
    const anew = mappedAnew(source);
    await again(anew);
    expect(
      await rows(
        'MATCH (r:SourceRecord) RETURN r.heldUpdate AS held, r.heldMapping = r.mapping AS anew, r.refusedHash AS refused ORDER BY r.id',
      ),
    ).toEqual([
      { held: 'lot', anew: true, refused: null },
      { held: null, anew: null, refused: 'h2' },
    ]);
  });

  test('is refused while someone harvests the source, and says so of one that was never harvested', async () => {
    const source = sourceWith(records(1, 3));
    expect(await again(source)).toMatchObject({
      run: { outcome: 'failed', reason: { code: 'replay-never-harvested' } },
    });
    await harvestInto(database, source);
    await takeLease(database, source.name, 'quelqu’un');
    expect(await again(mappedAnew(source))).toMatchObject({
      run: { outcome: 'failed', reason: { code: 'lease-held' } },
    });
    expect((await names())[0]).toBe('Objet 1');
  });

  test('that is stopped is partial, vouches for nothing, and goes on where it was', async () => {
    const source = sourceWith(records(1, 1_500));
    await harvestInto(database, source);
    const stop = new AbortController();
    const anew = mappedAnew(source);
    const done = await again(anew, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(done).toMatchObject({ run: { outcome: 'partial', reason: { code: 'replay-stopped' } } });
    expect(await rows('MATCH (s:Source) RETURN s.mapping AS mapping')).toEqual([
      { mapping: expect.stringContaining('plain-1') },
    ]);
    expect(await again(anew)).toMatchObject({
      run: { outcome: 'complete', figures: { seen: 1_500, updated: 500, unchanged: 1_000 } },
    });
  });

  test('a bug in a mapping crashes, and is no run that was complete', async () => {
    const source = sourceWith(records(1, 3));
    await harvestInto(database, source);
    const bug = mappedAnew(source, () => {
      throw new Error('a bug');
    });
    await expect(again(bug)).rejects.toThrow('a bug');
    expect(await again(mappedAnew(source))).toMatchObject({ run: { outcome: 'complete' } });
  });
});

describe('a dry run', () => {
  test('writes nothing, and tells what the replay then does', async () => {
    const source = sourceWith([record(1), record(2, 'bad'), ...records(3, 40)]);
    await harvestInto(database, source);
    const before = await digest(database);
    const anew = mappedAnew(source);
    const tried = await again(anew, { dryRun: true });
    expect(await digest(database)).toEqual(before);
    expect(await rows("MATCH (r:Run {kind: 'replay'}) RETURN r")).toEqual([]);
    expect(tried).toMatchObject({
      recovered: 1,
      newlyRejected: 0,
      run: { outcome: 'complete', figures: { updated: 39 } },
    });
    const effect = tried.effect!;
    expect(effect.entities).toEqual({ gained: 2, lost: 0, changed: 39 });
    expect(effect.visible).toEqual({ gained: 2, lost: 0 });
    expect(effect.relations.get('MADE_WITH')).toEqual({ gained: 40, lost: 0 });
    expect(effect.hows.get('MADE_WITH')).toEqual(new Map([['stated', { gained: 40, lost: 0 }]]));
    expect(effect.facets.get('HeritageObject.techniques')?.get('bois')).toEqual({ gained: 40, lost: 0 });
    expect(effect.sample).toHaveLength(10);
    expect(effect.sample[0]?.fields).toContainEqual({
      field: 'name',
      before: expect.stringMatching(/^Objet/),
      after: expect.stringMatching(/^OBJET/),
    });
    const done = await again(anew);
    expect(done.changed).toBe(tried.changed);
  });

  test('tells what would be hidden, and marks it in the sample', async () => {
    const source = sourceWith(records(1, 5));
    await harvestInto(database, source);
    const hidden: Source = { ...source, mapping: 'plain-2', visibility: 'nothing' };
    const { effect } = await again(hidden, { dryRun: true });
    expect(effect?.visible).toEqual({ gained: 0, lost: 5 });
    expect(effect?.facets.get('kind')?.get('HeritageObject')).toEqual({ gained: 0, lost: 5 });
    expect(effect?.sample.every((one) => one.hidden)).toBe(true);
  });
});

test('replay and rebuild give one graph', async () => {
  const source = sourceWith(records(1, 50));
  await harvestInto(database, source);
  await again(mappedAnew(source));
  const before = await digest(database);
  expect(await rebuild(database, resolver)).toMatchObject({ changed: 0, written: 0 });
  expect(await digest(database)).toEqual(before);
});
