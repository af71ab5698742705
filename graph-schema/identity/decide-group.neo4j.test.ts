import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { standingDecisions } from '../decisions.ts';
import { rebuild } from '../fold/rebuild.ts';
import { RESOLVER } from '../fold/testing/histories.ts';
import { migrate } from '../migrations/migrate.ts';
import { decideAllSame, partThing } from './decide-group.ts';
import { decidedOn, pairKey } from './propose-decided.ts';
import { done, item, leadingTo, museum, STEWARD, type World, worldOf } from './testing/museums.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  world = worldOf(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await world.empty();
  await world.write('museofile', museum('M1', 'Musée', ['museofile:M1']));
  await world.write('sheet', museum('1', 'Le musée'), museum('2', 'Autre'));
  await world.write(
    'agenda',
    museum('x', 'Musée (agenda)'),
    item('o', { relations: { heldBy: leadingTo('museofile:M1') } }),
  );
});

const FOUR = ['sheet/1', 'museofile/M1', 'agenda/x'] as const;
const join = (...records: string[]) => decideAllSame(database, RESOLVER, records, STEWARD);
const part = (uid: string) => partThing(database, RESOLVER, uid, 'bob');
const standing = async () => (await database.read((tx) => standingDecisions(tx, ['same', 'distinct']))).length;
const refused = (said: object) => ('refused' in said ? (said.refused as { code: string }).code : undefined);

test('several records become one thing in one go, and all of it is undone in one', async () => {
  const graph = await world.graph();
  const older = await world.uidOf('museofile/M1');
  const joined = await join(...FOUR);
  expect(joined).toMatchObject({ uid: older });
  expect(await world.museums()).toEqual([
    { name: 'Autre', records: 1, held: 0 },
    { name: 'Musée', records: 3, held: 1 },
  ]);
  expect(refused(await join(...FOUR))).toBe('identity-already-decided');
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);

  const [retired] = await world.redirects();
  const parted = await part(retired!.uid);
  expect(parted).toMatchObject({ undone: expect.toSatisfy((ids: string[]) => ids.length === 2) });
  if ('refused' in parted) throw new Error('refused');
  expect(parted.things.map(({ record }) => record).sort()).toEqual([...FOUR].sort());
  expect(new Set(parted.things.map(({ uid }) => uid)).size).toBe(3);
  expect(await world.graph()).toEqual(graph);
  expect(await world.redirects()).toEqual([]);
  expect(refused(await part(older))).toBe('identity-nothing-joined');
});

test('parting takes back what was decided at other times, by whomever, and leaves what codes join and what is never the same', async () => {
  await world.write('sheet', museum('1', 'Le musée', ['museofile:M1']));
  done(await world.same('sheet/1', 'agenda/x'));
  done(await world.same('museofile/M1', 'sheet/2'));
  await world.write('agenda', museum('y', 'Ailleurs'));
  done(await world.distinct('agenda/y', 'sheet/1'));
  expect((await world.museums()).map(({ records }) => records)).toEqual([1, 4]);
  const parted = await part(await world.uidOf('sheet/2'));
  if ('refused' in parted) throw new Error(refused(parted));
  expect((await world.museums()).map(({ name, records }) => `${name} ${records}`)).toEqual([
    'Ailleurs 1',
    'Autre 1',
    'Musée 2',
    'Musée (agenda) 1',
  ]);
  expect(await standing()).toBe(1);
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);
});

test('one that is contradicted refuses all: no half of it is kept', async () => {
  done(await world.distinct('agenda/x', 'sheet/1'));
  const graph = await world.graph();
  // Neither is the first by key of the three: the contradiction is between two of the others.
  expect(refused(await join('museofile/M1', 'sheet/1', 'sheet/2', 'agenda/x'))).toBe('identity-decided-otherwise');
  expect(refused(await join('museofile/M1', 'sheet/1', 'agenda/o'))).toBe('identity-kinds-differ');
  expect(refused(await join('museofile/M1', 'sheet/1', 'sheet/none'))).toBe('identity-record-gone');
  expect(refused(await join('museofile/M1', 'museofile/M1'))).toBe('identity-records-count');
  expect(await world.graph()).toEqual(graph);
  expect(await standing()).toBe(1);
});

test('objects are said to be the same as one, in one go, and parted in one', async () => {
  await world.write('sheet', item('a', { name: 'A' }), item('b', { name: 'B' }), item('c', { name: 'C' }));
  const graph = await world.graph();
  const edges = () => world.rows('MATCH (:HeritageObject)-[r:SAME_AS]->() RETURN count(r) AS n');
  expect(refused(await join('sheet/a', 'sheet/b', 'sheet/c'))).toBeUndefined();
  expect(await edges()).toEqual([{ n: 2 }]);
  expect(refused(await part(await world.uidOf('sheet/a')))).toBeUndefined();
  expect(await world.graph()).toEqual(graph);
});

test('what was parted is known by rules: also two that were one only by way of a third', async () => {
  await join(...FOUR);
  await part(await world.uidOf('sheet/1'));
  const [a, b, other] = [await world.uidOf('sheet/1'), await world.uidOf('museofile/M1'), await world.uidOf('sheet/2')];
  const known = await decidedOn(database, [
    { a, b },
    { a, b: other },
  ]);
  expect([...known]).toEqual([[pairKey({ a, b }), 'undone']]);
});
