import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import type { AnyRecord, Link } from '../record.ts';
import { type Resolver, resolverOf } from '../vocabularies/resolver.ts';
import type { Item } from './items.ts';
import { snapshotId } from './snapshot.ts';
import { type BatchCounts, writeBatch } from './write.ts';

const RESOLVER: Resolver = resolverOf('test', {
  trades: (text) =>
    text === 'tisserand'
      ? [{ identifier: { scheme: 'trame', value: 'tisserand' }, label: 'tisserand', confidence: 1, rule: 'label' }]
      : [],
  places: () => [],
});

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

let hashes = 0;
function item(id: string, record: Partial<AnyRecord> & { name?: string }): Item {
  const { name = `Objet ${id}`, fields = {}, ...more } = record;
  hashes += 1;
  return {
    kind: 'record',
    id,
    raw: Buffer.from(`<${id}/>`),
    hash: `hash-${hashes}`,
    mapping: 'test-1',
    notes: [],
    record: {
      kind: 'HeritageObject',
      identifiers: [],
      visibility: 'public',
      fields: { name, ...fields },
      relations: {},
      ...more,
    },
  };
}
const structure = (id: string, name: string, identifiers: AnyRecord['identifiers'], more: Partial<AnyRecord> = {}) =>
  item(id, { kind: 'Structure', name, identifiers, ...more });
const SNAPSHOT = snapshotId(new Date('2026-01-01T03:00:00Z'), 'run-1');
const write = async (source: string, items: readonly Item[], rank = 50, snapshot = SNAPSHOT): Promise<BatchCounts> => {
  const pass = { source: { name: source, rank }, run: 'run-1', snapshot };
  return (await database.write((tx) => writeBatch(tx, pass, items, RESOLVER))).counts;
};
async function rows(query: string, parameters = {}): Promise<Record<string, unknown>[]> {
  return (await database.run(query, parameters)).records.map((row) => row.toObject());
}
const museum: Link = { identifier: { scheme: 'museofile', value: 'M1' } };

describe('one record, one entity', () => {
  test('is created, then unchanged, then updated', async () => {
    const first = item('1', { name: 'Navette' });
    expect(await write('a', [first])).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      deleted: 0,
      rejected: 0,
      held: 0,
    });
    expect(await write('a', [first])).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
      deleted: 0,
      rejected: 0,
      held: 0,
    });
    expect(await write('a', [item('1', { name: 'Navette volante' })])).toMatchObject({ updated: 1 });
    expect(
      await rows(
        'MATCH (n:HeritageObject:Published) RETURN n.name AS name, n.sort AS sort, n.changed AS changed, n.created AS created',
      ),
    ).toEqual([{ name: 'Navette volante', sort: 'navette volante', changed: 2, created: 1 }]);
  });

  test('keeps raw bytes as bytes', async () => {
    await write('a', [item('1', {})]);
    const [row] = await rows('MATCH (r:SourceRecord) RETURN r.raw AS raw, valueType(r.raw) AS type');
    expect(Buffer.from(row?.['raw'] as Int8Array).toString()).toBe('<1/>');
  });

  test('a record that says the same in other bytes takes no change number', async () => {
    await write('a', [item('1', { name: 'Navette' })]);
    expect(await write('a', [item('1', { name: 'Navette' })])).toMatchObject({ updated: 1 });
    expect(await rows("MATCH (s:Sequence {name: 'change'}) RETURN s.value AS value")).toEqual([{ value: 1 }]);
  });

  test('a tombstone leaves a uid that is known and nothing else; a record that comes back is live with the same uid', async () => {
    await write('a', [item('1', { relations: { heldBy: [museum] } })]);
    const [before] = await rows('MATCH (n:HeritageObject) RETURN n.uid AS uid');
    expect(await write('a', [{ kind: 'deleted', id: '1' }])).toMatchObject({ deleted: 1 });
    expect(await write('a', [{ kind: 'deleted', id: '1' }])).toMatchObject({ deleted: 0 });
    expect(
      await rows(
        'MATCH (n:Tombstone) RETURN n.uid AS uid, n.name AS name, labels(n) AS labels, COUNT { (n)-->() } AS out',
      ),
    ).toEqual([
      { uid: before?.['uid'], name: null, labels: expect.not.arrayContaining(['Published', 'HeritageObject']), out: 0 },
    ]);
    await write('a', [item('1', { name: 'Revenue' })]);
    expect(await rows('MATCH (n:HeritageObject:Published) WHERE NOT n:Tombstone RETURN n.uid AS uid')).toEqual([
      before,
    ]);
  });
});

describe('what is hidden', () => {
  test('has no label Published, no searched text, and what only it mentions is hidden with it', async () => {
    const techniques = [{ text: 'Bois' }, { text: 'fer' }];
    await write('a', [
      item('1', { visibility: 'hidden', relations: { techniques } }),
      item('2', { relations: { techniques: [{ text: 'bois' }] } }),
    ]);
    expect(await rows('MATCH (c:Concept) RETURN c.name AS name, c:Published AS published ORDER BY name')).toEqual([
      { name: 'bois', published: true },
      { name: 'fer', published: false },
    ]);
    expect(await rows('MATCH (n:HeritageObject) WHERE n.search IS NOT NULL RETURN n:Published AS published')).toEqual([
      { published: true },
    ]);
  });

  test('a record that is hidden later takes its mentions and its words out, and is marked as withdrawn', async () => {
    const relations = {
      techniques: [{ text: 'fer' }],
      media: [{ media: { name: 'Vue', url: 'https://example.org/1.jpg' } }],
    };
    await write('a', [item('1', { relations })]);
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 3 }]);
    await write('a', [item('1', { visibility: 'hidden', relations })]);
    expect(await rows('MATCH (n:Published) RETURN count(n) AS n')).toEqual([{ n: 0 }]);
    expect(await rows('MATCH (n:Withdrawn) RETURN count(n) AS n')).toEqual([{ n: 3 }]);
    await write('a', [item('1', { relations })]);
    expect(
      await rows('MATCH (n:Published) RETURN count(n) AS n, sum(CASE WHEN n:Withdrawn THEN 1 ELSE 0 END) AS withdrawn'),
    ).toEqual([{ n: 3, withdrawn: 0 }]);
  });

  test('a Published entity is folded from visible records only', async () => {
    const code = [{ scheme: 'museofile', value: 'M1' }];
    await write(
      'best',
      [structure('1', 'Nom caché', code, { visibility: 'hidden', fields: { address: 'rue cachée' } })],
      1,
    );
    await write('other', [structure('1', 'Nom public', code)], 90);
    expect(
      await rows('MATCH (n:Structure) RETURN n.name AS name, n.address AS address, n:Published AS published'),
    ).toEqual([{ name: 'Nom public', address: null, published: true }]);
  });
});

describe('several records of one thing', () => {
  test('become one structure by a strong identifier: the better rank wins, field by field', async () => {
    const code = [{ scheme: 'museofile', value: 'M1' }];
    await write('sheet', [structure('x', 'Musee', code, { fields: { address: '1 rue Haute' } })], 60);
    await write('museofile', [structure('M1', 'Musée de la Dentelle', code)], 20);
    expect(await rows('MATCH (n:Structure) RETURN n.name AS name, n.address AS address, n.codes AS codes')).toEqual([
      { name: 'Musée de la Dentelle', address: '1 rue Haute', codes: ['museofile:M1'] },
    ]);
    await write('museofile', [{ kind: 'deleted', id: 'M1' }], 20);
    expect(await rows('MATCH (n:Structure:Published) RETURN n.name AS name')).toEqual([{ name: 'Musee' }]);
  });

  test('a reference made before its target is known leads to it once it is', async () => {
    await write('objects', [item('1', { relations: { heldBy: [museum] } })]);
    expect(await rows('MATCH (n:Structure:Published) RETURN n')).toEqual([]);
    await write('museofile', [structure('M1', 'Musée', [{ scheme: 'museofile', value: 'M1' }])]);
    expect(
      await rows('MATCH (:HeritageObject)-[r:HELD_BY]->(n:Structure:Published) RETURN n.name AS name, r.how AS how'),
    ).toEqual([{ name: 'Musée', how: 'stated' }]);
  });

  test('a record with two codes joins two structures: the older uid stays, the other redirects, relations follow', async () => {
    await write('a', [structure('1', 'Musée', [{ scheme: 'museofile', value: 'M1' }])]);
    await write('b', [structure('2', 'Le musée', [{ scheme: 'siret', value: '123' }])]);
    await write('objects', [item('1', { relations: { heldBy: [{ identifier: { scheme: 'siret', value: '123' } }] } })]);
    const [older] = await rows("MATCH (n:Structure {name: 'Musée'}) RETURN n.uid AS uid");
    const [younger] = await rows("MATCH (n:Structure {name: 'Le musée'}) RETURN n.uid AS uid");
    await write(
      'c',
      [
        structure('3', 'Musée réuni', [
          { scheme: 'museofile', value: 'M1' },
          { scheme: 'siret', value: '123' },
        ]),
      ],
      1,
    );
    expect(
      await rows(
        'MATCH (n:Structure) RETURN n.uid AS uid, n.name AS name, COUNT { (n)<-[:DESCRIBES]-() } AS records, COUNT { (n)<-[:HELD_BY]-() } AS held',
      ),
    ).toEqual([{ uid: older?.['uid'], name: 'Musée réuni', records: 3, held: 1 }]);
    expect(await rows('MATCH (r:Retired) RETURN r.uid AS uid, r.by AS by')).toEqual([
      { uid: younger?.['uid'], by: older?.['uid'] },
    ]);
  });

  test('a code that was wrong and is corrected is free for the museum that it belongs to', async () => {
    await write('sheet', [structure('1', 'Musée A', [{ scheme: 'museofile', value: 'M1' }])]);
    await write('objects', [item('1', { relations: { heldBy: [museum] } })]);
    const [a] = await rows('MATCH (n:Structure) RETURN n.uid AS uid');
    await write('sheet', [structure('1', 'Musée A', [{ scheme: 'museofile', value: 'M2' }])]);
    await write('museofile', [structure('M1', 'Musée B', [{ scheme: 'museofile', value: 'M1' }])]);
    expect(
      await rows(
        'MATCH (n:Structure:Published) RETURN n.name AS name, n.uid = $a AS same, COUNT { (n)<-[:HELD_BY]-() } AS held ORDER BY name',
        { a: a?.['uid'] },
      ),
    ).toEqual([
      { name: 'Musée A', same: true, held: 0 },
      { name: 'Musée B', same: false, held: 1 },
    ]);
  });

  test('a code that one run frees twice never gets a uid that has been retired: a redirect leads to what is there', async () => {
    const code = (value: string) => ({ scheme: 'museofile', value });
    await write('sheet', [structure('1', 'Musée', [code('M1'), code('M2')])]);
    await write('sheet', [structure('1', 'Musée', [code('M2')])]);
    await write('sheet', [structure('2', 'Le musée', [code('M1'), code('M2')])]);
    expect(await rows('MATCH (r:Retired) RETURN r.uid AS uid')).toHaveLength(1);
    await write('sheet', [structure('2', 'Le musée', [code('M2')])]);
    expect(await rows('MATCH (r:Retired), (e:Entity {uid: r.uid}) RETURN r.uid AS uid')).toEqual([]);
    expect(
      await rows(
        'MATCH (r:Retired) RETURN EXISTS { (:Entity {uid: r.by}) } AS leads, r.by = head(COLLECT { MATCH (n:Structure {name: $name}) RETURN n.uid }) AS there',
        { name: 'Musée' },
      ),
    ).toEqual([{ leads: true, there: true }]);
  });

  test('written at once by several writers, none is lost', async () => {
    const codes = Array.from({ length: 40 }, (_, n) => [{ scheme: 'museofile', value: `M${n}` }]);
    const sources = ['a', 'b', 'c', 'd'];
    await Promise.all(
      sources.map((source, n) =>
        write(
          source,
          codes.map((code, i) =>
            structure(`${i}`, `Musée ${i} de ${source}`, code, {
              fields: { [['address', 'postcode', 'description', 'page'][n]!]: 'https://example.org' },
            }),
          ),
        ),
      ),
    );
    expect(
      await rows(
        `MATCH (n:Structure) RETURN count(n) AS n, count(n.address) AS a, count(n.postcode) AS b, count(n.description) AS c, count(n.page) AS d,
       sum(CASE WHEN n.name ENDS WITH ' de a' THEN 1 ELSE 0 END) AS named`,
      ),
    ).toEqual([{ n: 40, a: 40, b: 40, c: 40, d: 40, named: 40 }]);
    const numbers = await rows('MATCH (n:Entity) RETURN n.changed AS changed');
    expect(new Set(numbers.map(({ changed }) => changed)).size).toBe(40);
  });
});

describe('words', () => {
  test('become relations where a vocabulary knows them, and stay words where not', async () => {
    await write('a', [item('1', { relations: { trades: [{ text: 'tisserand' }, { text: 'zinzolinier' }] } })]);
    expect(await rows('MATCH (:HeritageObject)-[r:CONCERNS]->(t:Trade) RETURN r.how AS how, r.text AS text')).toEqual([
      { how: 'label', text: 'tisserand' },
    ]);
    expect(await rows('MATCH (n:HeritageObject) RETURN n.unlinked AS unlinked')).toEqual([
      { unlinked: ['trades: zinzolinier'] },
    ]);
  });
});

describe('what cannot be mapped', () => {
  const why = { code: 'record-invalid', particulars: { id: '1', path: 'fields.name', message: 'missing' } } as const;
  test('is kept with its reason and bytes; its neighbours go in', async () => {
    const counts = await write('a', [
      { kind: 'rejected', id: '1', hash: 'h', raw: Buffer.from('?'), finding: why },
      { kind: 'rejected', hash: 'h2', finding: why },
      item('2', {}),
    ]);
    expect(counts).toMatchObject({ created: 1, rejected: 2 });
    expect(
      await rows("MATCH (r:SourceRecord {state: 'rejected'}) RETURN r.id AS id, r.rejection AS rejection ORDER BY id"),
    ).toEqual([
      { id: '1', rejection: JSON.stringify(why) },
      { id: null, rejection: JSON.stringify(why) },
    ]);
  });

  test('does not take away what was readable before', async () => {
    await write('a', [item('1', { name: 'Bonne version' })]);
    await write('a', [{ kind: 'rejected', id: '1', hash: 'h', finding: why }]);
    expect(
      await rows('MATCH (n:HeritageObject:Published)<-[:DESCRIBES]-(r) RETURN n.name AS name, r.state AS state'),
    ).toEqual([{ name: 'Bonne version', state: 'live' }]);
  });
});

describe('awkward histories', () => {
  test('a record that turns into another kind leaves its old thing', async () => {
    const code = [{ scheme: 'trame', value: 'x' }];
    await write('other', [structure('9', 'Musée', code)]);
    await write('a', [structure('1', 'Musée', code)]);
    await write('a', [item('1', { kind: 'Event', name: 'Fête', identifiers: code })]);
    expect(
      await rows('MATCH (n:Published) RETURN n.name AS name, n:Structure AS structure, n:Event AS event ORDER BY name'),
    ).toEqual([
      { name: 'Fête', structure: false, event: true },
      { name: 'Musée', structure: true, event: false },
    ]);
  });

  test('a picture loses the rights that its record no longer states, and says that it changed', async () => {
    const media = (more: object) => ({
      media: [{ media: { name: 'Vue', url: 'https://example.org/1.jpg', ...more } }],
    });
    await write('a', [item('1', { relations: media({ rights: 'CC0 1.0', republishable: true }) })]);
    const [before] = await rows('MATCH (m:Media) RETURN m.changed AS changed');
    await write('a', [item('1', { relations: media({}) })]);
    const [after] = await rows(
      'MATCH (m:Media:Published) RETURN m.rights AS rights, m.republishable AS republishable, m.changed AS changed, m.name AS name',
    );
    expect(after).toMatchObject({ rights: null, republishable: null, name: 'Vue' });
    expect(Number(after?.['changed'])).toBeGreaterThan(Number(before?.['changed']));
  });

  test('a merge into a thing that has no node yet is written', async () => {
    await write('objects', [
      item('s', { kind: 'Route', name: 'Circuit', identifiers: [], relations: { stops: [{ record: 'aa' }] } }),
    ]);
    const stop = (id: string) =>
      item(id, { kind: 'Stop', name: 'Étape', identifiers: [{ scheme: 'trame', value: 'T1' }] });
    await write('objects', [stop('0-new'), stop('aa')]);
    expect(
      await rows('MATCH (:Route)-[:HAS_STOP]->(n:Stop:Published) RETURN COUNT { (n)<-[:DESCRIBES]-() } AS records'),
    ).toEqual([{ records: 2 }]);
  });

  test('of two identifiers of one thing the surer makes the relation', async () => {
    await write('b', [
      structure('1', 'Musée', [
        { scheme: 'museofile', value: 'M1' },
        { scheme: 'trame', value: 'zz' },
      ]),
    ]);
    const links: Link[] = [
      { ...museum, how: 'inferred', confidence: 0.2 },
      { identifier: { scheme: 'trame', value: 'zz' } },
    ];
    await write('a', [item('2', { kind: 'Offer', relations: { participants: links } })]);
    expect(
      await rows('MATCH (:Offer)-[r:HAS_PARTICIPANT]->() RETURN r.how AS how, r.confidence AS confidence'),
    ).toEqual([{ how: 'stated', confidence: 1 }]);
  });

  test('a tombstone ends a record that never was readable', async () => {
    const why = { code: 'record-invalid', particulars: { id: '1', path: 'x', message: 'y' } } as const;
    await write('a', [{ kind: 'rejected', id: '1', hash: 'h', finding: why }]);
    await write('a', [{ kind: 'gone', id: '1' }]);
    expect(await rows('MATCH (r:SourceRecord) RETURN r.state AS state, r.rejection AS rejection')).toEqual([
      { state: 'deleted', rejection: null },
    ]);
  });

  test('an object written while its museum is merged away keeps its museum', async () => {
    const code = (scheme: string, value: string) => [{ scheme, value }];
    await write('a', [structure('1', 'A', code('museofile', 'M1'))]);
    await write('b', [structure('2', 'B', code('siret', '2'))]);
    const heldByB: Link[] = [{ identifier: { scheme: 'siret', value: '2' } }];
    await write(
      'objects',
      Array.from({ length: 200 }, (_, n) => item(`${n}`, { relations: { heldBy: heldByB } })),
    );
    await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => write('objects', [item(`late-${n}`, { relations: { heldBy: heldByB } })])),
      write('c', [structure('3', 'A et B', [...code('museofile', 'M1'), ...code('siret', '2')], {})], 1),
    ]);
    expect(
      await rows(
        'MATCH (o:HeritageObject) RETURN count(o) AS all, sum(COUNT { (o)-[:HELD_BY]->(:Structure) }) AS held',
      ),
    ).toEqual([{ all: 208, held: 208 }]);
  });
});
