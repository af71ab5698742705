import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import type { Source } from './sources.ts';
import { END, harvestInto, record, records, sourceThat } from './testing/scripted.ts';

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const STRUCTURES = 200;

/** A source that describes the same museums as the other, known by the same codes, in an order of its own and in small pages. */
function describing(name: string, rank: number, step: number): Source {
  const source = sourceThat(
    async function* () {
      for (let i = 0; i < STRUCTURES; i += 1) {
        const number = (i * step) % STRUCTURES;
        yield record(number, { name: `Musée ${number} selon ${name}`, [name]: `dit par ${name}` });
        if (i % 20 === 19) yield { kind: 'checkpoint', cursor: i };
      }
      yield END;
    },
    { name, rank },
  );
  const map: Source['format']['map'] = (row, { id }) => ({
    record: {
      kind: 'Structure',
      identifiers: [{ scheme: 'museofile', value: `M${id}` }],
      fields: { name: String((row as Record<string, string>)['name']) },
      relations: { trades: [{ text: Number(id) % 2 === 0 ? 'tisserand' : 'brasseur' }] },
    },
  });
  return { ...source, format: { ...source.format, map } };
}

test('two sources that describe the same 200 structures, harvested at once, leave what a rebuild makes', async () => {
  const sources = [describing('a', 20, 7), describing('b', 30, 13)];
  const reports = await Promise.all(sources.map((source) => harvestInto(database, source, { batchRecords: 20 })));
  expect(reports.map(({ outcome }) => outcome)).toEqual(['complete', 'complete']);
  const { records: rows } = await database.run(
    'MATCH (s:Structure:Published) RETURN count(s) AS n, sum(COUNT { (s)<-[:DESCRIBES]-() }) AS described, count(CASE WHEN s.name ENDS WITH "selon a" THEN 1 END) AS best',
  );
  expect(rows[0]?.toObject()).toEqual({ n: STRUCTURES, described: 2 * STRUCTURES, best: STRUCTURES });
  const harvested = await digest(database);
  const rebuilt = await rebuild(database, createResolver());
  expect(rebuilt.changed).toBe(0);
  expect(await digest(database)).toEqual(harvested);
});

test('of two workers that begin one source together, one harvests it and nothing is doubled', async () => {
  const source = sourceThat(async function* () {
    for (let page = 0; page < 10; page += 1) {
      yield* records(page * 10 + 1, page * 10 + 10);
      yield { kind: 'checkpoint', cursor: page };
    }
    yield END;
  });
  const reports = await Promise.all([1, 2].map(() => harvestInto(database, source, { batchRecords: 10 })));
  expect(reports.map(({ outcome }) => outcome).sort()).toEqual(['complete', 'failed']);
  expect(reports.find(({ outcome }) => outcome === 'failed')?.reason?.code).toBe('lease-held');
  expect(reports.reduce((sum, { figures }) => sum + figures.created, 0)).toBe(100);
  const { records: rows } = await database.run(
    "MATCH (n:HeritageObject) RETURN count(n) AS n, COLLECT { MATCH (s:Sequence {name: 'change'}) RETURN s.value }[0] AS changes",
  );
  expect(rows[0]?.toObject()).toEqual({ n: 100, changes: 100 });
});
