/** What museums do, and what two people do at once: what happens by itself, and that a steward can set it right. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { rebuild } from '../fold/rebuild.ts';
import { RESOLVER } from '../fold/testing/histories.ts';
import { migrate } from '../migrations/migrate.ts';
import { done, item, leadingTo, museum, type World, worldOf } from './testing/museums.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  world = worldOf(database);
});
afterAll(() => database.close());
beforeEach(() => world.empty());
const named = async () => (await world.museums()).map(({ name, records, held }) => `${name} ${records} ${held}`);

test('a museum that moved gets a new siret: it stays one thing by its other code; one that has no other is made one by a steward', async () => {
  await world.write('museofile', museum('M1', 'Musée', ['museofile:M1', 'siret:old']));
  await world.write('sheet', museum('1', 'Le musée', ['siret:old']));
  await world.write('agenda', item('o', { relations: { heldBy: leadingTo('siret:old') } }));
  await world.write('museofile', museum('M1', 'Musée', ['museofile:M1', 'siret:new']));
  expect(await named()).toEqual(['Musée 2 1']);
  await world.write('agenda', museum('n', 'Musée, nouvelle adresse', ['siret:newer']));
  expect(await named()).toEqual(['Musée 2 1', 'Musée, nouvelle adresse 1 0']);
  done(await world.same('museofile/M1', 'agenda/n'));
  expect(await named()).toEqual(['Musée 3 1']);
});

test('a museum that closed and whose successor took its code over: a steward parts them, and the objects stay with whom the code is', async () => {
  await world.write('museofile', museum('M1', 'Ancien musée', ['museofile:M1']));
  await world.write('agenda', item('o', { relations: { heldBy: leadingTo('museofile:M1') } }));
  await world.write('sheet', museum('2', 'Nouveau centre', ['museofile:M1', 'siret:2']));
  expect(await named()).toEqual(['Ancien musée 2 1']);
  done(await world.distinct('museofile/M1', 'sheet/2'));
  expect(await named()).toEqual(['Ancien musée 1 1', 'Nouveau centre 1 0']);
  await world.write('museofile', { kind: 'deleted', id: 'M1' });
  await world.write('sheet', museum('2', 'Nouveau centre rouvert', ['museofile:M1', 'siret:2']));
  expect(await named()).toEqual(['Nouveau centre rouvert 1 0']);
});

test('a museum that changed its name, and that a sheet still gives under the old one, is made one and stays so', async () => {
  await world.write('museofile', museum('M1', 'Musée du Fil', ['museofile:M1']));
  await world.write('sheet', museum('1', 'Musée municipal'));
  done(await world.same('museofile/M1', 'sheet/1'));
  await world.write('sheet', museum('1', 'Musée municipal (musée du Fil)'));
  expect(await named()).toEqual(['Musée du Fil 2 0']);
});

test('a museum that became two, by a record of its own for each: the new one is another thing, though it copied the code', async () => {
  await world.write('museofile', museum('M1', 'Musée', ['museofile:M1']));
  await world.write('museofile', museum('M2', 'Annexe', ['museofile:M1', 'museofile:M2']));
  await world.write('agenda', item('o', { relations: { heldBy: leadingTo('museofile:M2') } }));
  expect(await named()).toEqual(['Musée 2 1']);
  done(await world.distinct('museofile/M1', 'museofile/M2'));
  expect(await named()).toEqual(['Annexe 1 1', 'Musée 1 0']);
  await world.write('museofile', museum('M2', 'Annexe', ['museofile:M2']));
  expect(await named()).toEqual(['Annexe 1 1', 'Musée 1 0']);
});

test('two museums in one building, under the siret of the town: parted, they stay so, and each keeps what is its own', async () => {
  await world.write('museofile', museum('M1', 'Musée A', ['museofile:M1', 'siret:town']));
  await world.write('museofile', museum('M2', 'Musée B', ['museofile:M2', 'siret:town']));
  await world.write('sheet', museum('b', 'B', ['museofile:M2']));
  await world.write('agenda', item('o', { relations: { heldBy: leadingTo('museofile:M2') } }));
  expect(await named()).toEqual(['Musée A 3 1']);
  done(await world.distinct('museofile/M1', 'museofile/M2'));
  expect(await named()).toEqual(['Musée A 1 0', 'Musée B 2 1']);
  await world.write('museofile', museum('M2', 'Musée B', ['museofile:M2', 'siret:town', 'uai:B']));
  expect(await named()).toEqual(['Musée A 1 0', 'Musée B 2 1']);
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);
});

test('two stewards and a harvest at once: every decision holds or is refused, and a rebuild finds nothing to mend', async () => {
  const ids = ['a', 'b', 'c', 'd'] as const;
  await world.write('museofile', ...ids.map((id) => museum(id, id, [`siret:${id}`])));
  const harvest = (round: number) =>
    world.write(
      'agenda',
      ...ids.map((id) => item(`${id}${round}`, { relations: { heldBy: leadingTo(`siret:${id}`) } })),
    );
  const decided = await Promise.all([
    world.same('museofile/a', 'museofile/b'),
    world.distinct('museofile/a', 'museofile/b'),
    world.same('museofile/c', 'museofile/b'),
    world.same('museofile/c', 'museofile/d'),
    harvest(1),
    harvest(2),
  ]);
  expect(decided.slice(0, 2).filter((one) => 'refused' in one)).toHaveLength(1);
  const standing = decided.flatMap((one) => ('decision' in one ? [one.decision] : []));
  await Promise.all([...standing.map((decision) => world.undo(decision)), harvest(3), harvest(4)]);
  expect(await named()).toEqual(ids.map((id) => `${id} 1 4`));
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);
});
