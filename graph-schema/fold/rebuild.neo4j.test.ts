import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { restoreBackup } from '../backup/restore.ts';
import { writeBackup } from '../backup/write.ts';
import { Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import type { AnyRecord, Link } from '../record.ts';
import { digest } from './digest.ts';
import type { Item } from './items.ts';
import { rebuild } from './rebuild.ts';
import { snapshotId } from './snapshot.ts';
import { RESOLVER } from './testing/histories.ts';
import { uidOf } from './uid.ts';
import { writeBatch } from './write.ts';

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-rebuild-'));
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});
const empty = async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence AND NOT n:Seal DETACH DELETE n');
  await database.run('MATCH (s:Sequence) SET s.value = 0');
};
beforeEach(async () => {
  await empty();
  await fill();
});

function item(id: string, record: Partial<AnyRecord>): Item {
  const whole: AnyRecord = {
    kind: 'HeritageObject',
    identifiers: [],
    visibility: 'public',
    fields: { name: `Objet ${id}` },
    relations: {},
    ...record,
  };
  return {
    kind: 'record',
    id,
    raw: Buffer.from(id),
    hash: uidOf(JSON.stringify(whole)),
    mapping: 'test',
    record: whole,
    notes: [],
  };
}
const museofile = (value: string) => ({ scheme: 'museofile', value });
async function write(source: string, rank: number, items: readonly Item[]): Promise<void> {
  const snapshot = snapshotId(new Date(Date.UTC(2026, 0, 1)), 'run');
  await database.write((tx) =>
    writeBatch(tx, { source: { name: source, rank }, run: 'run', snapshot }, items, RESOLVER),
  );
}
/** Two sources with a museum in common, forty objects, mentions, hidden ones, a merge, deletions, a rejection. */
async function fill(): Promise<void> {
  const heldBy: Link[] = [{ identifier: museofile('M1') }];
  const object = (n: number) =>
    item(`${n}`, {
      visibility: n % 5 === 0 ? 'hidden' : 'public',
      relations: {
        heldBy,
        techniques: [{ text: n % 5 === 0 ? 'secret' : 'bois' }],
        trades: [{ text: 'tisserand' }],
        media: [{ media: { name: 'Vue', url: `https://example.org/${n}.jpg` } }],
      },
    });
  const structure = (id: string, codes: string[], name: string) =>
    item(id, { kind: 'Structure', identifiers: codes.map(museofile), fields: { name } });
  await write(
    'objects',
    50,
    Array.from({ length: 40 }, (_, n) => object(n)),
  );
  await write('museums', 20, [structure('a', ['M1'], 'Musée A'), structure('b', ['M2'], 'Musée B')]);
  await write('sheet', 60, [structure('x', ['M1', 'M2'], 'Musée réuni')]);
  await write(
    'objects',
    50,
    [1, 2, 3].map((n) => ({ kind: 'deleted', id: `${n}` })),
  );
  await write('objects', 50, [
    {
      kind: 'rejected',
      id: '4',
      hash: 'h',
      raw: Buffer.from('?'),
      finding: { code: 'record-invalid', particulars: { id: '4', path: 'x', message: 'y' } },
    },
    { kind: 'missing', id: '6' },
  ]);
}
async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await database.run(query)).records.map((row) => row.toObject());
}
const NUMBERS =
  'MATCH (e:Entity) WHERE e.changed IS NOT NULL RETURN e.uid AS uid, e.created AS created, e.changed AS changed ORDER BY uid';

describe('a rebuild', () => {
  test('of a sound graph changes nothing and numbers nothing', async () => {
    const [before, numbers] = [await digest(database), await rows(NUMBERS)];
    expect(await rebuild(database, RESOLVER)).toMatchObject({ changed: 0, written: 0, attached: 0, stopped: false });
    expect(await digest(database)).toEqual(before);
    expect(await rows(NUMBERS)).toEqual(numbers);
  });

  const damages: Record<string, string> = {
    'a property that was changed': "MATCH (n:HeritageObject {name: 'Objet 7'}) SET n.name = 'Autre'",
    'a property that was added': "MATCH (n:HeritageObject {name: 'Objet 7'}) SET n.colour = 'rouge'",
    'a relation that was cut': "MATCH (:HeritageObject {name: 'Objet 7'})-[r:HELD_BY]->() DELETE r",
    'a relation that nobody states':
      "MATCH (n:HeritageObject {name: 'Objet 7'}), (m:HeritageObject {name: 'Objet 8'}) CREATE (n)-[:HELD_BY]->(m)",
    'a relation whose properties were changed':
      "MATCH (:HeritageObject {name: 'Objet 7'})-[r:HELD_BY]->() SET r.confidence = 0.1",
    'a hidden thing that was published': "MATCH (n:HeritageObject {name: 'Objet 5'}) SET n:Published",
    'a visible thing that was hidden': "MATCH (n:HeritageObject {name: 'Objet 7'}) REMOVE n:Published",
    'a wrong kind': "MATCH (n:HeritageObject {name: 'Objet 7'}) SET n:Event",
    'an entity that was taken out': "MATCH (n:HeritageObject {name: 'Objet 7'}) DETACH DELETE n",
    'a mention that lost its name': "MATCH (n:Concept {name: 'bois'}) REMOVE n.name, n.said",
    'a mention that was taken out': "MATCH (n:Concept {name: 'bois'}) DETACH DELETE n",
    'a mention of hidden things that was published': "MATCH (n:Concept {name: 'secret'}) SET n:Published",
    'a tombstone that speaks':
      "MATCH (t:Tombstone) WITH t LIMIT 1 MATCH (n:Concept {name: 'bois'}) SET t.name = 'Trace' CREATE (t)-[:MADE_WITH]->(n)",
    'a placeholder that nothing leads to': "CREATE (:Entity:Structure {uid: 'zzzzzzzzzzzzzzzz'})",
    'all that was folded': 'MATCH (e:Entity) WHERE NOT e:Tombstone DETACH DELETE e',
  };
  test.each(Object.entries(damages))('mends %s', async (_what, damage) => {
    const before = await digest(database);
    await database.run(damage);
    const would = await rebuild(database, RESOLVER, { dryRun: true });
    expect(would.changed + would.removed + would.attached).toBeGreaterThan(0);
    await rebuild(database, RESOLVER);
    expect(await digest(database)).toEqual(before);
    expect(await rebuild(database, RESOLVER)).toMatchObject({ changed: 0, written: 0, removed: 0, attached: 0 });
  });

  test('says beforehand how many entities change, and numbers those and no other', async () => {
    await database.run("MATCH (n:HeritageObject) WHERE n.name STARTS WITH 'Objet 1' SET n.name = 'Autre'");
    const last = Number((await rows("MATCH (s:Sequence {name: 'change'}) RETURN s.value AS n"))[0]?.['n']);
    const would = await rebuild(database, RESOLVER, { dryRun: true });
    const paced: number[] = [];
    const done = await rebuild(database, RESOLVER, { pace: async (changed) => void paced.push(changed) });
    expect(done.changed).toBe(would.changed);
    expect(paced.reduce((sum, changed) => sum + changed, 0)).toBe(done.changed);
    expect(await rows(`MATCH (e:Entity) WHERE e.changed > ${last} RETURN count(e) AS n`)).toEqual([
      { n: would.changed },
    ]);
  });

  test('that is stopped says so, and goes on', async () => {
    const before = await digest(database);
    await database.run("MATCH (n:HeritageObject) SET n.name = 'Autre'");
    expect(await rebuild(database, RESOLVER, { signal: AbortSignal.abort() })).toMatchObject({
      stopped: true,
      changed: 0,
    });
    expect(await rebuild(database, RESOLVER)).toMatchObject({ stopped: false });
    expect(await digest(database)).toEqual(before);
  });

  test('sweeps away what nothing leads to; led to again, it is there again with its uid', async () => {
    const uid = async () => rows("MATCH (o:HeritageObject {name: 'Prêt'})-[:HELD_BY]->(s) RETURN s.uid AS uid");
    const lent = item('lent', { fields: { name: 'Prêt' }, relations: { heldBy: [{ identifier: museofile('M9') }] } });
    await write('objects', 50, [lent]);
    const before = await uid();
    await write('objects', 50, [{ kind: 'deleted', id: 'lent' }]);
    expect(await rebuild(database, RESOLVER)).toMatchObject({ removed: 1, changed: 0 });
    await write('objects', 50, [lent]);
    expect(await uid()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  test('while a harvest writes the same entities loses nothing', async () => {
    const structure = (n: number, name: string) =>
      item(`s${n}`, { kind: 'Structure', identifiers: [museofile(`C${n}`)], fields: { name } });
    const all = (name: string) => Array.from({ length: 200 }, (_, n) => structure(n, `${name} ${n}`));
    await write('museums', 20, all('Avant'));
    await database.run('MATCH (n:Structure) SET n.sort = null');
    await Promise.all([
      rebuild(database, RESOLVER),
      write('museums', 20, all('Après')),
      write('sheet', 60, all('Autrement')),
    ]);
    const before = await digest(database);
    expect(
      await rows(
        "MATCH (n:Structure:Published) WHERE n.name STARTS WITH 'Après' AND n.sort IS NOT NULL RETURN count(n) AS n",
      ),
    ).toEqual([{ n: 200 }]);
    expect(await rebuild(database, RESOLVER)).toMatchObject({ changed: 0 });
    expect(await digest(database)).toEqual(before);
  });
});

describe('a backup', () => {
  const backup = (file: string) => writeBackup(database, join(folder, file), { version: 'test', at: new Date(0) });

  test('restored into an empty graph gives the same graph, and the change numbers that partners know', async () => {
    const [before, numbers, ledger] = [await digest(database), await rows(NUMBERS), await ledgerRows()];
    const summary = await backup('whole.gz');
    expect(summary.counts).toMatchObject({ SourceRecord: 43, Sequence: 1, Retired: 1 });
    await empty();
    await restoreBackup(database, join(folder, 'whole.gz'));
    expect(await rebuild(database, RESOLVER)).toMatchObject({ changed: 0 });
    expect(await digest(database)).toEqual(before);
    expect(await rows(NUMBERS)).toEqual(numbers);
    expect(await ledgerRows()).toEqual(ledger);
    expect(await rows('MATCH (e:Entity) WHERE e.stamp IS NOT NULL RETURN e')).toEqual([]);
    await write('objects', 50, [item('new', {})]);
    expect(await rows("MATCH (n {name: 'Objet new'}) RETURN n.changed > 40 AS later")).toEqual([{ later: true }]);
  });

  test('is refused by a graph that is not empty, and does not overwrite a file', async () => {
    await backup('one.gz');
    await expect(restoreBackup(database, join(folder, 'one.gz'))).rejects.toMatchObject({
      finding: { code: 'restore-not-empty' },
    });
    await expect(backup('one.gz')).rejects.toMatchObject({ finding: { code: 'backup-file-exists' } });
    await expect(backup('absent/one.gz')).rejects.toMatchObject({ finding: { code: 'backup-unwritable' } });
  });
});

/** What no fold makes again: types and all. */
async function ledgerRows(): Promise<unknown[]> {
  const { records } = await database.run(
    `MATCH (n) WHERE n:SourceRecord OR n:Identifier OR n:Retired OR n:Sequence
     RETURN labels(n)[0] AS label, coalesce(n.key, n.uid, n.name) AS key, properties(n) AS properties,
            [name IN keys(n) | name + valueType(n[name])] AS types, COLLECT { MATCH (n)-[:DESCRIBES]->(e) RETURN e.uid } AS uids
     ORDER BY label, key`,
  );
  return records.map((row) => {
    const { properties, types, ...rest } = row.toObject();
    const { lock: _, ...said } = properties as Record<string, unknown>;
    return { ...rest, said: JSON.stringify(Object.entries(said).sort()), types: (types as string[]).toSorted() };
  });
}
