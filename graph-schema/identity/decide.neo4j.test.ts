import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { rebuild } from '../fold/rebuild.ts';
import { RESOLVER } from '../fold/testing/histories.ts';
import { migrate } from '../migrations/migrate.ts';
import { done, item, leadingTo, museum, refusal, type World, worldOf } from './testing/museums.ts';

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

/** The museum in Muséofile, its own sheet without a code, and an object that each of them holds. */
async function twoOfOne(): Promise<void> {
  await world.write('museofile', museum('M1', 'Musée de la Dentelle', ['museofile:M1']));
  await world.write('sheet', museum('1', 'Le musée', [], { fields: { address: '1 rue Haute' } }));
  await world.write(
    'agenda',
    item('o1', { relations: { heldBy: leadingTo('museofile:M1') } }),
    museum('4', 'Autre', ['siret:4'], { relations: { partOf: leadingTo('museofile:M1') } }),
  );
  await world.write('sheet', item('o2', { relations: { heldBy: [{ record: '1' }] } }));
}
const ONE = { name: 'Musée de la Dentelle', records: 2, held: 2 };
const OTHER = { name: 'Autre', records: 1, held: 0 };

describe('the same', () => {
  test('two things become one: the older uid stays, the other redirects, fields by precedence, all that referred follows', async () => {
    await twoOfOne();
    const [older, younger] = [await world.uidOf('museofile/M1'), await world.uidOf('sheet/1')];
    const decided = done(await world.same('sheet/1', 'museofile/M1'));
    expect(decided.merged).toEqual({ from: younger, into: older });
    expect(await world.museums()).toEqual([OTHER, ONE]);
    expect(await world.rows('MATCH (n:Structure {uid: $older}) RETURN n.address AS address', { older })).toEqual([
      { address: '1 rue Haute' },
    ]);
    expect(await world.redirects()).toEqual([{ uid: younger, by: older }]);
  });

  test('nothing is doubled at the next harvest, whatever changes, and a rebuild changes nothing', async () => {
    await twoOfOne();
    done(await world.same('sheet/1', 'museofile/M1'));
    await world.write('sheet', museum('1', 'Le musée rénové', [], { fields: { address: '2 rue Haute' } }));
    await world.write('museofile', museum('M1', 'Musée de la Dentelle et de la Mode', ['museofile:M1', 'siret:9']));
    expect(await world.museums()).toEqual([OTHER, { ...ONE, name: 'Musée de la Dentelle et de la Mode' }]);
    await world.write('museofile', { kind: 'deleted', id: 'M1' });
    expect(await world.museums()).toEqual([OTHER, { ...ONE, name: 'Le musée rénové' }]);
    await world.write('museofile', museum('M1', 'Musée de la Dentelle', ['museofile:M1']));
    expect(await world.museums()).toEqual([OTHER, ONE]);
    const graph = await world.graph();
    expect((await rebuild(database, RESOLVER)).changed).toBe(0);
    expect(await world.graph()).toEqual(graph);
  });

  test('undone, the graph is as if it had never been decided: the retired uid is in force again', async () => {
    await twoOfOne();
    const graph = await world.graph();
    const [older, younger] = [await world.uidOf('museofile/M1'), await world.uidOf('sheet/1')];
    const { decision } = done(await world.same('museofile/M1', 'sheet/1'));
    const undone = done(await world.undo(decision.slice(0, 8)));
    expect(undone.separated).toEqual({ uids: [older, younger] });
    expect(await world.graph()).toEqual(graph);
    expect(await world.redirects()).toEqual([]);
    expect(await world.rows('MATCH (i:Identifier) WHERE i.base IS NOT NULL RETURN i.key AS key')).toEqual([]);
    expect(refusal(await world.undo(decision)).code).toBe('identity-decision-undone');
  });

  test('undone, what codes joined meanwhile stays joined', async () => {
    await twoOfOne();
    const { decision } = done(await world.same('museofile/M1', 'sheet/1'));
    await world.write('sheet', museum('1', 'Le musée', ['museofile:M1']));
    expect(done(await world.undo(decision)).separated).toBeUndefined();
    expect(await world.museums()).toEqual([OTHER, ONE]);
  });

  test('what was deleted meanwhile is a tombstone again', async () => {
    await twoOfOne();
    const uid = await world.uidOf('sheet/1');
    const { decision } = done(await world.same('museofile/M1', 'sheet/1'));
    await world.write('sheet', { kind: 'deleted', id: '1' });
    expect(await world.rows('MATCH (n:Tombstone) RETURN n.uid AS uid')).toEqual([]);
    done(await world.undo(decision));
    expect(await world.rows('MATCH (n:Tombstone) RETURN n.uid AS uid')).toEqual([{ uid }]);
  });

  test('events of two agendas become one', async () => {
    await world.write(
      'agenda',
      item('e', { kind: 'Event', name: 'Fête', identifiers: [{ scheme: 'openagenda', value: '1' }] }),
    );
    await world.write('sheet', item('e', { kind: 'Event', name: 'Fête du lin' }));
    done(await world.same('agenda/e', 'sheet/e'));
    expect(await world.rows('MATCH (n:Event:Published) RETURN n.name AS name')).toEqual([{ name: 'Fête du lin' }]);
  });
});

describe('never the same', () => {
  /** Two museums that a code makes one: the sheet copied the code of the first into the second. */
  async function wronglyOne(): Promise<void> {
    await world.write('museofile', museum('M1', 'Musée A', ['museofile:M1']));
    await world.write('sheet', museum('b', 'Musée B', ['museofile:M1', 'siret:2']));
    await world.write(
      'agenda',
      item('o1', { relations: { heldBy: leadingTo('museofile:M1') } }),
      item('o2', { relations: { heldBy: leadingTo('siret:2') } }),
      item('o3', { relations: { heldBy: leadingTo('siret:2') } }),
    );
  }
  const APART = [
    { name: 'Musée A', records: 1, held: 1 },
    { name: 'Musée B', records: 1, held: 2 },
  ];

  test('one thing becomes two: a code that both state stays with the better source, what referred follows its code', async () => {
    await wronglyOne();
    const uid = await world.uidOf('sheet/b');
    expect(await world.museums()).toEqual([{ name: 'Musée A', records: 2, held: 3 }]);
    const { separated } = done(await world.distinct('sheet/b', 'museofile/M1'));
    expect(separated?.uids[0]).toBe(uid);
    expect(await world.uidOf('museofile/M1')).toBe(uid);
    expect(await world.museums()).toEqual(APART);
  });

  test('no later harvest joins them; a code that would is told; a rebuild changes nothing', async () => {
    await wronglyOne();
    const { decision } = done(await world.distinct('sheet/b', 'museofile/M1'));
    const uid = await world.uidOf('sheet/b');
    const { contradicted } = await world.write('sheet', museum('b', 'Musée B bis', ['museofile:M1', 'siret:2']));
    expect(contradicted).toEqual([
      {
        code: 'identity-contradicted',
        particulars: {
          id: 'sheet/b',
          code: 'museofile:M1',
          decision: decision.slice(0, 8),
          a: 'museofile/M1',
          b: 'sheet/b',
        },
      },
    ]);
    await world.write('museofile', museum('M1', 'Musée A', ['museofile:M1', 'siret:2']));
    expect(await world.museums()).toEqual([APART[0], { ...APART[1], name: 'Musée B bis' }]);
    expect(await world.uidOf('sheet/b')).toBe(uid);
    expect((await rebuild(database, RESOLVER)).changed).toBe(0);
  });

  test('a third record that bears the codes of both joins neither, and stays with the one that it was', async () => {
    await world.write('museofile', museum('M1', 'Musée A', ['museofile:M1']));
    await world.write('sheet', museum('b', 'Musée B', ['siret:2']));
    done(await world.distinct('sheet/b', 'museofile/M1'));
    const both = museum('c', 'Les deux', ['museofile:M1', 'siret:2']);
    expect((await world.write('agenda', both)).contradicted.map(({ particulars }) => particulars['code'])).toEqual([
      'museofile:M1',
      'siret:2',
    ]);
    expect((await world.museums()).map(({ name, records }) => [name, records])).toEqual([
      ['Les deux', 1],
      ['Musée A', 1],
      ['Musée B', 1],
    ]);
    await world.write('agenda', museum('c', 'Musée A', ['museofile:M1']));
    await world.write('agenda', both);
    expect((await world.museums()).map(({ name, records }) => [name, records])).toEqual([
      ['Musée A', 2],
      ['Musée B', 1],
    ]);
  });

  test('undone, whatever the codes say holds again, and the uid that it had meanwhile redirects', async () => {
    await wronglyOne();
    const graph = await world.graph();
    const { decision, separated } = done(await world.distinct('sheet/b', 'museofile/M1'));
    expect(done(await world.undo(decision)).merged).toEqual({ from: separated?.uids[1], into: separated?.uids[0] });
    expect(await world.graph()).toEqual(graph);
    expect(await world.redirects()).toEqual([{ uid: separated?.uids[1], by: separated?.uids[0] }]);
    const again = done(await world.distinct('sheet/b', 'museofile/M1'));
    expect(again.separated).toEqual(separated);
    expect(await world.redirects()).toEqual([]);
  });
});

describe('contradictions', () => {
  test('a merge of three that a fourth contradicts is refused, and names the decisions in the way', async () => {
    await world.write('museofile', museum('a', 'A'), museum('b', 'B'), museum('c', 'C'), museum('d', 'D'));
    const first = done(await world.same('museofile/a', 'museofile/b'));
    const second = done(await world.same('museofile/b', 'museofile/c'));
    const refused = refusal(await world.distinct('museofile/a', 'museofile/c'));
    expect(refused.code).toBe('identity-decided-otherwise');
    for (const { decision } of [first, second])
      expect(String(refused.particulars['decisions'])).toContain(decision.slice(0, 8));

    const fourth = done(await world.distinct('museofile/d', 'museofile/c'));
    expect(refusal(await world.same('museofile/d', 'museofile/a'))).toEqual({
      code: 'identity-decided-otherwise',
      particulars: {
        a: 'museofile/a',
        b: 'museofile/d',
        decisions: `${fourth.decision.slice(0, 8)} (museofile/c ≠ museofile/d)`,
      },
    });
    expect((await world.museums()).map(({ name, records }) => [name, records])).toEqual([
      ['A', 3],
      ['D', 1],
    ]);
    done(await world.undo(second.decision));
    done(await world.same('museofile/d', 'museofile/a'));
    expect((await world.museums()).map(({ name, records }) => [name, records])).toEqual([
      ['A', 3],
      ['C', 1],
    ]);
  });

  test('what cannot be decided is refused, and nothing is kept of it', async () => {
    await world.write('museofile', museum('a', 'A'), museum('b', 'B'), item('o', {}));
    expect(refusal(await world.same('museofile/a', 'museofile/a')).code).toBe('identity-same-record');
    expect(refusal(await world.same('museofile/a', 'museofile/x')).code).toBe('identity-record-gone');
    expect(refusal(await world.same('museofile/a', 'museofile/o')).code).toBe('identity-kinds-differ');
    expect(refusal(await world.undo('x')).code).toBe('identity-decision-unknown');
    done(await world.same('museofile/a', 'museofile/b'));
    expect(refusal(await world.same('museofile/b', 'museofile/a')).code).toBe('identity-already-decided');
    expect(await world.rows('MATCH (d:Decision) RETURN count(d) AS n')).toEqual([{ n: 1 }]);
  });
});

describe('objects', () => {
  const edges = () =>
    world.rows(
      'MATCH (a:HeritageObject)-[r:SAME_AS]->(b:HeritageObject) RETURN a.name AS a, b.name AS b, r.how AS how',
    );

  test('are said to be the same, and stay things of their own; at the next harvest too', async () => {
    await world.write('museofile', item('1', { name: 'Navette' }));
    await world.write('sheet', item('x', { name: 'Une navette' }));
    const graph = await world.graph();
    const { decision } = done(await world.same('sheet/x', 'museofile/1'));
    expect(await edges()).toEqual([{ a: 'Navette', b: 'Une navette', how: 'stated' }]);
    await world.write('museofile', item('1', { name: 'Navette volante' }));
    await world.write('sheet', item('x', { name: 'La navette' }));
    expect(await edges()).toEqual([{ a: 'Navette volante', b: 'La navette', how: 'stated' }]);
    expect((await rebuild(database, RESOLVER)).changed).toBe(0);
    expect(refusal(await world.distinct('sheet/x', 'museofile/1')).code).toBe('identity-decided-otherwise');
    await world.write('museofile', item('1', { name: 'Navette' }));
    await world.write('sheet', item('x', { name: 'Une navette' }));
    done(await world.undo(decision));
    expect(await world.graph()).toEqual(graph);
    done(await world.distinct('sheet/x', 'museofile/1'));
    expect(await world.graph()).toEqual(graph);
  });
});
