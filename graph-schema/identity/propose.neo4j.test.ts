import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { findDecisions, standingDecisions } from '../decisions.ts';
import type { Item } from '../fold/items.ts';
import { writeBatch } from '../fold/write.ts';
import { migrate } from '../migrations/migrate.ts';
import type { AnyRecord } from '../record.ts';
import { resolverOf } from '../vocabularies/resolver.ts';
import { decideDistinct } from './decide.ts';
import { proposals, waitingProposals } from './proposals.ts';
import { type ProposeOptions, type Proposing, proposeIdentities } from './propose.ts';
import { proposeChanged } from './propose-changed.ts';
import { sidesOf } from './sides.ts';
import { acceptProposal, recordMeant, refuseProposal, undoDecided } from './steward.ts';

const RESOLVER = resolverOf('test', { trades: () => [], places: () => [] });
const BY = { by: 'Testeuse' };

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
  await write('lieux', [
    record('exempleville', 'Place', 'Exempleville', { identifiers: [{ scheme: 'insee', value: '99001' }] }),
    record('autreville', 'Place', 'Autreville', { identifiers: [{ scheme: 'insee', value: '99002' }] }),
  ]);
});

type More = Partial<AnyRecord>;
let hashes = 0;
function record(id: string, kind: AnyRecord['kind'], name: string, { fields = {}, ...more }: More = {}): Item {
  hashes += 1;
  const given = {
    kind,
    identifiers: [],
    visibility: 'public' as const,
    relations: {},
    ...more,
    fields: { name, ...fields },
  };
  return {
    kind: 'record',
    id,
    raw: Buffer.from(id),
    hash: `hash-${hashes}`,
    mapping: 'test-1',
    notes: [],
    record: given,
  };
}
const write = (source: string, items: readonly Item[]) =>
  database.write((tx) =>
    writeBatch(tx, { source: { name: source, rank: 50 }, run: 'test', snapshot: undefined }, items, RESOLVER),
  );

const at = (town: string) => [{ identifier: { scheme: 'insee', value: town === 'Autreville' ? '99002' : '99001' } }];
const museum = (id: string, name: string, code?: string, town = 'Exempleville', type = 'museum'): Item =>
  record(id, 'Structure', name, {
    identifiers: code ? [{ scheme: code.split(':')[0]!, value: code.split(':')[1]! }] : [],
    fields: { structureType: type },
    relations: { place: at(town) },
  });
const object = (id: string, name: string, number: string, more: Record<string, unknown> = {}): Item =>
  record(id, 'HeritageObject', name, {
    fields: { inventoryNumber: number, ...more },
    relations: { heldBy: [{ identifier: { scheme: 'museofile', value: 'M9901' } }] },
  });
const event = (id: string, name: string, begin: string, location: string): Item =>
  record(id, 'Event', name, { fields: { begin, end: begin, location }, relations: { place: at('Exempleville') } });

const look = async (
  options: ProposeOptions = {},
): Promise<Record<string, Pick<Proposing, 'decided' | 'asked' | 'settled'>>> => {
  const done = await proposeIdentities(database, RESOLVER, options);
  return Object.fromEntries(done.map(({ kind, decided, asked, settled }) => [kind, { decided, asked, settled }]));
};
const things = async (kind: string): Promise<number> => {
  const { records } = await database.run(`MATCH (e:${kind}) WHERE e.digest IS NOT NULL RETURN count(e) AS n`);
  return Number(records[0]?.get('n'));
};
const standing = () => database.read((tx) => standingDecisions(tx, ['same', 'distinct']));
const stores = () => ({ database, resolver: RESOLVER });

describe('what is sure', () => {
  test('is decided by a rule, which one undo undoes, and is never decided so again', async () => {
    await write('museofile', [museum('M9901', 'Musée de la Navette', 'museofile:M9901')]);
    await write('feuille', [museum('7', 'Musée de la navette')]);
    expect((await look())['Structure']).toEqual({ decided: 1, asked: 0, settled: 0 });
    expect(await things('Structure')).toBe(1);
    const [decision] = await standing();
    expect(decision).toMatchObject({ kind: 'same', by: 'trame (structures : name)', data: { score: 1, rule: 'name' } });
    expect(await proposals(database, { states: ['accepted'] })).toMatchObject([
      { a: 'feuille/7', b: 'museofile/M9901', decision: decision!.id },
    ]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });

    await undoDecided(stores(), decision!.id, 'Testeuse');
    expect(await things('Structure')).toBe(2);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
    // What they say is other than it was: a steward is asked, the rule decides nothing.
    await write('feuille', [museum('7', 'Musée de la Navette et du Peigne')]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 1, settled: 0 });
    expect(await standing()).toEqual([]);
  });

  test('of events of two agendas: one day, one place, one title', async () => {
    await write('agenda', [
      event('1', 'Démonstration de dentelle', '2026-05-02', 'Musée de la Navette, 1 rue de l’Exemple'),
    ]);
    await write('office', [event('x', 'Démonstration de dentelle', '2026-05-02', 'Musée de la Navette')]);
    await write('office', [event('y', 'Démonstration de dentelle', '2026-05-09', 'Musée de la Navette')]);
    expect((await look())['Event']).toEqual({ decided: 1, asked: 0, settled: 0 });
    expect(await things('Event')).toBe(2);
  });

  test('of objects: one holder, number and title; each stays, and is said to be the same', async () => {
    await write('museofile', [museum('M9901', 'Musée de la Navette', 'museofile:M9901')]);
    await write('inventaire', [object('1', 'Navette volante en buis', '1990.1.1'), object('2', 'Peigne', '1990.1.2')]);
    await write('base', [object('b1', 'Navette volante en buis', '1990.1.1')]);
    expect((await look())['HeritageObject']).toEqual({ decided: 1, asked: 0, settled: 0 });
    expect(await things('HeritageObject')).toBe(3);
    expect((await look())['HeritageObject']).toEqual({ decided: 0, asked: 0, settled: 0 });
  });

  test('never where one source gives two identifiers, nor for a private collector', async () => {
    await write('feuille', [museum('1', 'Musée de la Navette'), museum('2', 'Musée de la Navette')]);
    await write('a', [museum('c', 'Collection Exemple', undefined, 'Exempleville', 'collector')]);
    await write('b', [museum('c', 'Collection Exemple', undefined, 'Exempleville', 'collector')]);
    await write('inventaire', [object('1', 'Navette', '1990.1.1'), object('2', 'Navette', '1990.1.1')]);
    await look();
    expect(await standing()).toEqual([]);
    expect(await waitingProposals(database)).toEqual({});
  });

  test('one that could be either of two known to differ is neither: a steward is asked about both', async () => {
    await write('museofile', [
      museum('M9901', 'Musée de la Navette', 'museofile:M9901'),
      museum('M9902', 'Musée de la Navette', 'museofile:M9902'),
    ]);
    await write('feuille', [museum('7', 'Musée de la Navette')]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 2, settled: 0 });
    expect(await things('Structure')).toBe(3);
  });

  test('nothing is decided against a steward who said never', async () => {
    await write('museofile', [museum('M9901', 'Musée de la Navette', 'museofile:M9901')]);
    await write('feuille', [museum('7', 'Musée de la Navette')]);
    await decideDistinct(database, RESOLVER, ['feuille/7', 'museofile/M9901'], BY);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
    expect(await things('Structure')).toBe(2);
  });
});

/** Likely and not sure: the place of one is not said. */
async function writeLikely(name = 'Musée de la Navette'): Promise<void> {
  await write('museofile', [museum('M9901', 'Musée de la Navette', 'museofile:M9901')]);
  await write('feuille', [record('7', 'Structure', name, { fields: { structureType: 'museum' } })]);
}

describe('what is likely', () => {
  test('waits for a steward, who sees both sides, what differs first', async () => {
    await writeLikely();
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 1, settled: 0 });
    expect(await waitingProposals(database)).toEqual({ Structure: 1 });
    const [proposal] = await proposals(database);
    expect(proposal).toMatchObject({
      kind: 'Structure',
      a: 'feuille/7',
      b: 'museofile/M9901',
      score: 0.8,
      rule: 'name',
    });
    expect(proposal!.agrees).toEqual(['name', 'type']);
    const sides = await sidesOf(database, RESOLVER, ['feuille/7', 'museofile/M9901']);
    expect(sides[0]).toMatchObject({ en: 'Records', a: 'feuille/7', b: 'museofile/M9901', differs: true });
    expect(sides.find(({ en }) => en === 'Commune or place')).toMatchObject({ a: '', b: 'insee:99001' });
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
  });

  test('accepted it is one thing, and is asked about no more; undone it is two, and still not asked about', async () => {
    await writeLikely();
    await look();
    const [proposal] = await proposals(database);
    const done = await acceptProposal(stores(), proposal!.id.slice(0, 6), { by: 'Testeuse', note: 'vu sur place' });
    if ('refused' in done) throw new Error(JSON.stringify(done.refused));
    expect(await things('Structure')).toBe(1);
    expect(await proposals(database, { id: proposal!.id })).toMatchObject([{ state: 'accepted', by: 'Testeuse' }]);
    expect(await acceptProposal(stores(), proposal!.id, BY)).toMatchObject({ refused: { code: 'proposal-closed' } });
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
    await undoDecided(stores(), done.decision, 'Testeuse');
    expect(await things('Structure')).toBe(2);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
    expect(await proposals(database, { id: proposal!.id })).toMatchObject([{ state: 'settled' }]);
  });

  test('refused it is never asked about again, whatever the two say from then on', async () => {
    await writeLikely();
    await look();
    const [proposal] = await proposals(database);
    const done = await refuseProposal(stores(), proposal!.id, BY);
    if ('refused' in done) throw new Error(JSON.stringify(done.refused));
    expect(await database.read((tx) => findDecisions(tx, done.decision))).toMatchObject([{ kind: 'distinct' }]);
    await write('feuille', [museum('7', 'Musée de la Navette')]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 0 });
    expect(await waitingProposals(database)).toEqual({});
  });

  test('an inventory number alone is never sure', async () => {
    await write('museofile', [museum('M9901', 'Musée de la Navette', 'museofile:M9901')]);
    await write('inventaire', [object('1', 'Navette volante', '1990.1.1')]);
    await write('base', [object('b1', 'Ensemble de lampes', '1990.1.1')]);
    expect((await look())['HeritageObject']).toMatchObject({ decided: 0 });
    expect(await standing()).toEqual([]);
  });

  test('settles by itself once a record is gone, and is asked about again when it comes back', async () => {
    await writeLikely();
    await look();
    await write('feuille', [{ kind: 'deleted', id: '7' }]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 1 });
    await writeLikely();
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 1, settled: 0 });
  });

  test('settles by itself once the two no longer look alike, or are one thing by their codes', async () => {
    await writeLikely();
    await look();
    await writeLikely('Musée du Peigne');
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 1 });
    await writeLikely();
    expect((await look())['Structure']).toMatchObject({ asked: 1 });
    await write('feuille', [museum('7', 'Musée de la Navette', 'museofile:M9901')]);
    expect((await look())['Structure']).toEqual({ decided: 0, asked: 0, settled: 1 });
  });
});

describe('when it is looked', () => {
  test('only pairs of which a side changed are compared; what nothing was said about stays asked', async () => {
    await writeLikely();
    const first = await proposeChanged(database, RESOLVER);
    expect(first?.[0]).toMatchObject({ kind: 'Structure', compared: 1, asked: 1 });
    expect(await proposeChanged(database, RESOLVER)).toBeUndefined();
    await write('feuille', [museum('8', 'Musée du Peigne', undefined, 'Autreville')]);
    const second = await proposeChanged(database, RESOLVER);
    expect(second?.[0]).toMatchObject({ compared: 0, asked: 0, settled: 0 });
    expect(await waitingProposals(database)).toEqual({ Structure: 1 });
  });

  test('a worker leaves alone what another looked at within the hour', async () => {
    await writeLikely();
    expect(await proposeChanged(database, RESOLVER, { notWithinMinutes: 60 })).toBeDefined();
    await write('feuille', [museum('8', 'Musée du Peigne')]);
    expect(await proposeChanged(database, RESOLVER, { notWithinMinutes: 60 })).toBeUndefined();
    expect(await proposeChanged(database, RESOLVER)).toBeDefined();
  });

  test('a look that is cut short settles nothing, and is made again', async () => {
    await writeLikely();
    await look();
    await write('feuille', [{ kind: 'deleted', id: '7' }]);
    const [cut] = (await proposeChanged(database, RESOLVER, { signal: AbortSignal.abort() })) ?? [];
    expect(cut).toMatchObject({ stopped: true, settled: 0 });
    expect((await proposeChanged(database, RESOLVER))?.[0]).toMatchObject({ stopped: false, settled: 1 });
  });
});

test('a record is meant by its key, or by the number of its thing, retired or not', async () => {
  await write('a', [museum('1', 'Musée de la Navette', 'museofile:M9901')]);
  await write('b', [museum('1', 'Musée de la Navette', 'siret:00000000000000')]);
  const { records } = await database.run(
    'MATCH (r:SourceRecord {kind: "Structure"}) RETURN r.uid AS uid ORDER BY r.key',
  );
  const [kept, retired] = records.map((row) => row.get('uid') as string);
  await look();
  expect(await recordMeant(database, 'b/1')).toEqual({ key: 'b/1' });
  expect(await recordMeant(database, kept!)).toEqual({ key: 'a/1' });
  expect(await recordMeant(database, retired!)).toEqual({ key: 'a/1' });
  expect(await recordMeant(database, 'rien')).toMatchObject({ refused: { code: 'identity-record-unknown' } });
});
