import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { tell, write } from './testing/graph.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, [
    tell('Structure', 'la', 'Musée présent', { codes: ['trame:la'] }),
    tell('Structure', 'absent', 'Musée absent', { codes: ['trame:absent'] }),
  ]);
});
afterAll(() => gateway.database.close());

async function data(query: string) {
  const answer = await gateway.query(query);
  expect(answer.errors).toEqual([]);
  return answer.data;
}

describe('a source', () => {
  const HOUR_MS = 3_600_000;
  const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();

  test('says what it promises, and whether it keeps that, from what is stored', async () => {
    await gateway.database.run(
      `CREATE (:Source {name: 'a-fraiche', visible: true, freshness: 'daily', intervalSeconds: 86400, lastComplete: datetime($recent)})
       CREATE (:Source {name: 'b-tardive', visible: true, freshness: 'hourly', lastComplete: datetime($recent)})
       CREATE (:Source {name: 'c-jamais', visible: true, freshness: 'daily', firstRun: datetime($recent)})
       CREATE (d:Source {name: 'd-ancienne', visible: true})
       CREATE (:Run {id: 'd-1', source: 'd-ancienne', outcome: 'partial', startedAt: datetime($recent)})-[:OF]->(d)
       CREATE (:Source {name: 'e-cachee', visible: false, freshness: 'daily', lastComplete: datetime($recent)})`,
      { recent: ago(3) },
    );
    const { sources } = await data('{ sources { name freshness { promise state lastComplete ageSeconds dueAt } } }');
    const told = sources.map(({ name, freshness }: { name: string; freshness: Record<string, unknown> }) => [
      name,
      freshness['promise'],
      freshness['state'],
      freshness['dueAt'] && Math.round((Date.parse(freshness['dueAt'] as string) - Date.now()) / HOUR_MS),
    ]);
    expect(told).toEqual([
      ['a-fraiche', 'DAILY', 'FRESH', 27],
      ['b-tardive', 'HOURLY', 'LATE', -2],
      ['c-jamais', 'DAILY', 'NEVER', 21],
      ['d-ancienne', 'WEEKLY', 'NEVER', 165],
    ]);
    expect(sources[0].freshness.ageSeconds).toBeGreaterThanOrEqual(3 * 3_600);
    expect(sources[0].freshness.ageSeconds).toBeLessThan(3 * 3_600 + 60);
    expect(sources[2].freshness).toMatchObject({ lastComplete: null, ageSeconds: null });
  });

  test('tells the stages of a run only where every record of it may be seen, and when it goes on', async () => {
    const figures = 'readingSeconds: 1.5, mappingSeconds: 0.5, writingSeconds: 2.25, sweepingSeconds: 0.0';
    await gateway.database.run(
      `CREATE (s:Source {name: 'essai', visible: true})
       CREATE (:Run {id: 'ouvert', source: 'essai', outcome: 'partial', startedAt: datetime('2024-05-03T00:00:00Z'), allVisible: true, ${figures}, resumesAt: datetime('2024-05-03T00:20:00Z')})-[:OF]->(s)
       CREATE (:Run {id: 'reserve', source: 'essai', outcome: 'complete', startedAt: datetime('2024-05-02T00:00:00Z'), allVisible: false, ${figures}})-[:OF]->(s)
       CREATE (:Run {id: 'ancien', source: 'essai', outcome: 'complete', startedAt: datetime('2024-05-01T00:00:00Z'), allVisible: true})-[:OF]->(s)`,
    );
    const { runs } = await data(
      '{ runs(source: "essai") { id resumesAt stages { reading mapping writing sweeping } } }',
    );
    expect(runs).toEqual([
      {
        id: 'ouvert',
        resumesAt: '2024-05-03T00:20:00Z',
        stages: { reading: 1.5, mapping: 0.5, writing: 2.25, sweeping: 0 },
      },
      { id: 'reserve', resumesAt: null, stages: null },
      { id: 'ancien', resumesAt: null, stages: { reading: null, mapping: null, writing: null, sweeping: null } },
    ]);
  });
});

test('an entity says since when no source names it any more; one that is named says nothing', async () => {
  await gateway.database.run(
    "MATCH (s:Structure {name: 'Musée absent'}) SET s.notSeenSince = '2024-05-02T00:00:00.000Z'",
  );
  const { structures, node } = await data(
    '{ structures { nodes { name notSeenSince } } node: structure(code: "trame:absent") { ... on Entity { notSeenSince } } }',
  );
  expect(structures.nodes).toEqual([
    { name: 'Musée absent', notSeenSince: '2024-05-02T00:00:00.000Z' },
    { name: 'Musée présent', notSeenSince: null },
  ]);
  expect(node).toEqual({ notSeenSince: '2024-05-02T00:00:00.000Z' });
});
