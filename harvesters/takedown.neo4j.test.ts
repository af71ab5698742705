import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { hideExpired } from './expire.ts';
import { takeLease } from './lease.ts';
import type { Source } from './sources.ts';
import { carryOut, closeTakedown, openTakedown, overdueTakedowns, readTakedowns } from './takedown.ts';
import { END, harvestInto, record, sourceThat } from './testing/scripted.ts';

const resolver = createResolver();
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const PICTURE = 'https://example.org/a.jpg';
const request = { reason: 'à la demande de la famille', owner: 'essai', deadline: '2026-12-01', by: 'essai' };
const published = async () =>
  (await database.run('MATCH (n:Published) RETURN coalesce(n.url, n.name) AS name ORDER BY name')).records.map((row) =>
    row.get('name'),
  );

/** Two objects, the first with two pictures. `more` goes into the first one's name. */
function museum(more = ''): Source {
  const source = sourceThat(async function* () {
    yield* [record(1, `Navette${more}`), record(2, 'Fuseau'), END];
  });
  const media = ['a', 'b'].map((name) => ({
    media: { name, url: `https://example.org/${name}.jpg`, mediaType: 'image' },
  }));
  return {
    ...source,
    format: {
      ...source.format,
      map: (row, { id }) =>
        ({
          record: {
            kind: 'HeritageObject',
            identifiers: [],
            fields: { name: row },
            relations: id === '1' ? { media } : {},
          },
        }) as never,
    },
  };
}

test('a record is hidden at once, stays so through harvest and rebuild, and comes back when the request is rejected', {
  timeout: 60_000,
}, async () => {
  await harvestInto(database, museum());
  const target = { kind: 'record', target: 'essai/1' } as const;
  const id = await database.write((tx) => openTakedown(tx, { ...request, ...target }));
  expect(await carryOut(database, target, 'essai', resolver)).toEqual({ done: 1, busy: [] });
  expect(await published()).toEqual(['Fuseau']);
  expect((await harvestInto(database, museum())).figures).toMatchObject({ updated: 0, unchanged: 2 });
  await harvestInto(database, museum(' de 1850'));
  expect(await published()).toEqual(['Fuseau']);
  const before = await digest(database);
  await rebuild(database, resolver);
  expect(await digest(database)).toEqual(before);

  await database.write((tx) => closeTakedown(tx, id, 'rejected', 'essai'));
  await harvestInto(database, museum(' de 1850'));
  expect(await published()).toEqual([
    'Fuseau',
    'Navette de 1850',
    'https://example.org/a.jpg',
    'https://example.org/b.jpg',
  ]);
  const [kept] = await readTakedowns(database, { all: true });
  expect(kept).toMatchObject({ state: 'rejected', owner: 'essai' });
  expect(kept?.trace.map((step) => step.split(' ').slice(1))).toEqual([
    ['essai', 'opened'],
    ['essai', 'rejected'],
  ]);
});

test('a picture is left out at once, and the object stays', async () => {
  await harvestInto(database, museum());
  const target = { kind: 'picture', target: PICTURE } as const;
  await database.write((tx) => openTakedown(tx, { ...request, ...target }));
  expect(await carryOut(database, target, 'essai', resolver)).toEqual({ done: 1, busy: [] });
  expect(await published()).toEqual(['Fuseau', 'Navette', 'https://example.org/b.jpg']);
  await harvestInto(database, museum(' neuve'), { full: true });
  expect(await published()).toEqual(['Fuseau', 'Navette neuve', 'https://example.org/b.jpg']);
});

test('a source that is busy is told, and the next run hides what it stores', async () => {
  await harvestInto(database, museum());
  const target = { kind: 'person', target: 'essai/1' } as const;
  await database.write((tx) => openTakedown(tx, { ...request, ...target }));
  await takeLease(database, 'essai', 'un autre', 1);
  expect(await carryOut(database, target, 'essai', resolver)).toEqual({ done: 0, busy: ['essai'] });
});

test('an open request past its deadline is told, by its number and owner; an answered one is not', async () => {
  const id = await database.write((tx) => openTakedown(tx, { ...request, kind: 'record', target: 'essai/1' }));
  const at = (day: string) => overdueTakedowns(database, new Date(`${day}T12:00:00Z`));
  expect(await at('2026-12-01')).toEqual([]);
  const [cause] = await at('2026-12-02');
  expect(cause).toMatchObject({
    source: 'essai',
    finding: { code: 'takedown-overdue', particulars: { owner: 'essai' } },
  });
  expect(JSON.stringify(cause)).not.toContain('famille');
  await database.write((tx) => closeTakedown(tx, id, 'upheld', 'essai'));
  expect(await at('2026-12-02')).toEqual([]);
});

test('consent that has ended takes the label away without a harvest, and with it what was only mentioned there', async () => {
  const statement = { by: 'essai', on: '2020-01-01', purposes: ['publication'], until: '2026-12-31' };
  const personal = { whose: 't', purpose: 'p', basis: 'b', retention: 'r', consent: { all: statement } };
  const source = museum();
  await harvestInto(database, {
    ...source,
    about: { ...source.about, personal: { ...personal, publication: ['publication'], hides: 'record', names: [] } },
  });
  expect(await published()).toHaveLength(4);
  const expire = (at: string) => hideExpired(database, resolver, new Date(at), 'essai');
  expect(await expire('2026-12-31T12:00:00Z')).toBe(0);
  expect(await expire('2027-01-01T12:00:00Z')).toBe(2);
  expect(await expire('2027-01-01T13:00:00Z')).toBe(0);
  expect(await published()).toEqual([]);
});
