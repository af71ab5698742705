import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Message, SourceError } from '#connectors/connector.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { fence, LeaseLost, takeLease } from './lease.ts';
import type { Source } from './sources.ts';
import { END, type Harvest, harvestInto, record, records, type Script, sourceThat } from './testing/scripted.ts';
import { createWriter } from './writer.ts';

const resolver = createResolver();
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const harvest = (source: Source, more: Harvest = {}) => harvestInto(database, source, more);
async function count(query: string): Promise<number> {
  return Number((await database.run(`${query} RETURN count(*) AS n`)).records[0]?.get('n'));
}

describe('a run', () => {
  test('is complete when the source said that it has ended, and is kept with its figures', async () => {
    const source = sourceThat(async function* () {
      yield* [...records(1, 1_500), END];
    });
    const report = await harvest(source);
    expect(report).toMatchObject({ outcome: 'complete', figures: { seen: 1_500, created: 1_500, rejected: 0 } });
    expect(await count('MATCH (:HeritageObject:Published)')).toBe(1_500);
    const { records: runs } = await database.run(
      'MATCH (r:Run)-[:OF]->(s:Source) RETURN r.outcome AS outcome, r.created AS created, s.title AS title',
    );
    expect(runs.map((row) => row.toObject())).toEqual([{ outcome: 'complete', created: 1_500, title: 'Essai' }]);
    expect((await harvest(source)).figures).toMatchObject({ seen: 1_500, unchanged: 1_500, created: 0 });
  });

  test('that breaks off is partial, keeps what came, and the next goes on from the checkpoint', async () => {
    const froms: (number | undefined)[] = [];
    let broken = true;
    const source = sourceThat(async function* (from) {
      froms.push(from);
      yield* records((from ?? 0) + 1, 1_200);
      yield { kind: 'checkpoint', cursor: 1_200 };
      if (broken) throw new SourceError('transient', finding('run-cut-short', { source: 'essai' }));
      yield* [...records(1_201, 1_300), END];
    });
    expect(await harvest(source)).toMatchObject({ outcome: 'partial', reason: { code: 'run-cut-short' } });
    broken = false;
    expect(await harvest(source)).toMatchObject({ outcome: 'complete' });
    expect(froms).toEqual([undefined, 1_200]);
    expect(await count('MATCH (:HeritageObject:Published)')).toBe(1_300);
  });

  test('without an end is never a success', async () => {
    const source = sourceThat(async function* () {
      yield record(1);
    });
    expect(await harvest(source)).toMatchObject({ outcome: 'partial', reason: { code: 'run-cut-short' } });
  });

  test('of a whole collection without a record is no success, nor one whose every record is rejected', async () => {
    expect(
      await harvest(
        sourceThat(async function* () {
          yield END;
        }),
      ),
    ).toMatchObject({ outcome: 'failed', reason: { code: 'run-empty' } });
    const allBad = sourceThat(async function* () {
      yield* [record(1, 'bad'), record(2, 'bad'), END];
    });
    expect(await harvest(allBad)).toMatchObject({
      outcome: 'failed',
      reason: { code: 'run-all-rejected' },
      figures: { rejected: 2 },
    });
  });

  test('puts aside what cannot be mapped, and takes its neighbours', async () => {
    const source = sourceThat(async function* () {
      yield* [record(1), record(2, 'bad'), record(3), END];
    });
    const report = await harvest(source);
    expect(report).toMatchObject({ outcome: 'complete', figures: { seen: 3, created: 2, rejected: 1 } });
    expect(report.findings.get('record-invalid')).toMatchObject({ count: 1, examples: [{ particulars: { id: '2' } }] });
    expect(await count("MATCH (r:SourceRecord {state: 'rejected', id: '2'}) WHERE r.rejectedRaw IS NOT NULL")).toBe(1);
  });

  test('that is stopped says so, and is not called a success', async () => {
    const stop = new AbortController();
    const source = sourceThat(async function* (_from, { signal }) {
      yield* [...records(1, 1_100), { kind: 'checkpoint', cursor: 1_100 } as const];
      stop.abort();
      signal.throwIfAborted();
    });
    expect(await harvest(source, { signal: stop.signal })).toMatchObject({
      outcome: 'partial',
      reason: { code: 'run-stopped' },
    });
  });

  test('starts again from the beginning where it is told to, or where its checkpoint is not understood', async () => {
    const froms: unknown[] = [];
    const source = sourceThat(async function* (from) {
      froms.push(from);
      yield* [record(1), { kind: 'checkpoint', cursor: 1 } as const, END];
    });
    await harvest(source);
    await harvest(source, { full: true });
    await database.run(`MATCH (s:Source) SET s.cursor = '"of another version"'`);
    expect((await harvest(source)).findings.has('cursor-outdated')).toBe(true);
    expect(froms).toEqual([undefined, undefined, undefined]);
  });

  test('a bug crashes loudly', async () => {
    await expect(
      harvest(
        sourceThat(async function* () {
          yield record(1);
          throw new TypeError('a bug');
        }),
      ),
    ).rejects.toThrow('a bug');
  });
});

describe('awkward histories', () => {
  test('an end that is no success leaves the checkpoint where it was', async () => {
    let rows = ['bad', 'bad'];
    const froms: unknown[] = [];
    const source = sourceThat(async function* (from) {
      froms.push(from);
      yield* rows.map((row, i) => record(i, row));
      yield { kind: 'checkpoint', cursor: 9 };
      yield END;
    });
    expect(await harvest(source)).toMatchObject({ outcome: 'failed' });
    rows = ['bon', 'bon'];
    expect(await harvest(source)).toMatchObject({ outcome: 'complete', figures: { created: 2 } });
    expect(froms).toEqual([undefined, undefined]);
  });

  test('a source that is mapped otherwise than before is read again from the beginning', async () => {
    const froms: unknown[] = [];
    const script: Script = async function* (from) {
      froms.push(from);
      if (from === undefined) yield record(1);
      yield { kind: 'checkpoint', cursor: 1 };
      yield { kind: 'end', coverage: from === undefined ? 'snapshot' : 'changes' };
    };
    await harvest(sourceThat(script));
    await harvest(sourceThat(script));
    const report = await harvest({ ...sourceThat(script), visibility: 'nothing', mapping: 'plain-1-hidden' });
    expect(froms).toEqual([undefined, 1, undefined]);
    expect([...report.findings.keys()].sort()).toEqual(['mapping-changed', 'mass-withdrawn', 'nothing-visible']);
    expect(await count('MATCH (:Published)')).toBe(0);
  });

  test('a value too long for an index, and an identifier too long for a key, are put aside; their neighbours go in', async () => {
    const source = sourceThat(async function* () {
      yield* [record(1), { ...record(2), id: 'x'.repeat(40_000) }, record(3), END] as Message<number>[];
    });
    const long = {
      ...source,
      format: {
        ...source.format,
        map: (row: unknown) => ({
          record: {
            kind: 'HeritageObject',
            identifiers: [],
            fields: { name: String(row), ...(row === 'Objet 3' ? { inventoryNumber: 'y'.repeat(9_000) } : {}) },
            relations: {},
          },
        }),
      },
    } as Source;
    const report = await harvest(long);
    expect(report).toMatchObject({ outcome: 'complete', figures: { seen: 3, created: 1, rejected: 2 } });
    expect([...report.findings.keys()].sort()).toEqual(['id-too-long', 'record-invalid']);
  });

  test('a partner who asked us to stay away is not asked before', async () => {
    const later = new Date(Date.now() + 3_600_000);
    let asked = 0;
    const source = sourceThat(async function* () {
      asked += 1;
      yield record(1);
      throw new SourceError('transient', finding('run-cut-short', { source: 'essai' }), { notBefore: later });
    });
    await harvest(source);
    expect(await harvest(source)).toMatchObject({ outcome: 'failed', reason: { code: 'run-not-before' } });
    expect(asked).toBe(1);
  });
});

describe('the lease', () => {
  test('refuses a second harvest of a source, and says who has it', async () => {
    await takeLease(database, 'essai', 'premier poste');
    const report = await harvest(
      sourceThat(async function* () {
        yield* [record(1), END];
      }),
    );
    expect(report).toMatchObject({
      outcome: 'failed',
      reason: { code: 'lease-held', particulars: { holder: 'premier poste' } },
    });
    expect(await count('MATCH (:HeritageObject)')).toBe(0);
  });

  test('a slower writer whose lease was taken over writes nothing more', async () => {
    const taken = await takeLease(database, 'essai', 'lent');
    if (!('lease' in taken)) throw new Error('not taken');
    await database.run("MATCH (l:Lease) SET l.expires = datetime() - duration('PT1S')");
    await takeLease(database, 'essai', 'rapide');
    const writer = createWriter(
      database,
      taken.lease,
      { source: { name: 'essai', rank: 50 }, run: 'run', snapshot: undefined },
      resolver,
    );
    await expect(writer.commit([], { cursor: 1, snapshot: null, blind: false, mapping: null })).rejects.toBeInstanceOf(
      LeaseLost,
    );
  });

  test('a batch whose confirmation was lost is not written twice', async () => {
    const taken = await takeLease(database, 'essai', 'poste');
    if (!('lease' in taken)) throw new Error('not taken');
    expect(await database.write((tx) => fence(tx, taken.lease))).toBe('go on');
    expect(await database.write((tx) => fence(tx, taken.lease))).toBe('done');
  });

  test('a run that died is closed by the next, and its lease runs out by itself', async () => {
    await database.run(
      "CREATE (:Source {name: 'essai'})<-[:OF]-(:Run {id: 'dead', source: 'essai', outcome: 'running', startedAt: datetime()})",
    );
    await harvest(
      sourceThat(async function* () {
        yield* [record(1), END];
      }),
    );
    expect(await count("MATCH (:Run {id: 'dead', outcome: 'partial', reason: 'process-ended'})")).toBe(1);
  });
});
