import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { writeBatch } from '#graph-schema/fold/write.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { audit, auditHistory, auditRecord, type Judged, nextToAudit } from './audit.ts';

const resolver = createResolver();
let database: Database;

function object(id: string, fields: Record<string, unknown>, relations: Record<string, unknown> = {}): RecordItem {
  return {
    kind: 'record',
    id,
    raw: new Uint8Array([1]),
    hash: JSON.stringify([fields, relations]),
    mapping: 'essai',
    notes: [],
    record: {
      kind: 'HeritageObject',
      identifiers: [],
      visibility: id === 'cachee' ? 'hidden' : 'public',
      fields: { name: 'Un objet d’exemple', objectTypes: ['navette'], ...fields },
      relations,
    } as RecordItem['record'],
  };
}

const write = (items: readonly RecordItem[]) =>
  database.write((tx) =>
    writeBatch(tx, { source: { name: 'musee', rank: 50 }, run: 'essai', snapshot: undefined }, items, resolver),
  );

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  await write([
    object('a', { inventoryNumber: '1' }, { trades: [{ text: 'pilote' }] }),
    object('b', { inventoryNumber: '1', date: { text: '1853', edtf: '1853' } }),
    object('cachee', { inventoryNumber: '2' }, { madeIn: [{ text: 'Nulle-Part-sur-Exemple' }] }),
  ]);
  await database.run("CREATE (:Source {name: 'musee', lastComplete: datetime('2026-03-02T03:00:00Z')})");
});
afterAll(() => database.close());

test('every live record is judged, hidden ones too, and the figures of the day are kept', async () => {
  const told: Judged[] = [];
  const figures = await audit(database, 'musee', { day: '2026-03-01', each: (judged) => told.push(judged) });
  expect(figures).toMatchObject({
    records: 3,
    findings: {
      'quality-no-date': 2,
      'quality-inventory-number-twice': 2,
      'quality-place-unread': 1,
      'quality-words-unread': 1,
      'quality-no-picture': 3,
    },
    content: { 0: 3, 1: 0 },
  });
  expect(told.map(({ id }) => id)).toEqual(['a', 'b', 'cachee']);
  expect(told[0]?.findings).toContainEqual({ code: 'quality-words-unread', particulars: { id: 'a', value: 'pilote' } });
});

test('one record is judged alone as among the others, and keeps no figures', async () => {
  const told: Judged[] = [];
  await audit(database, 'musee', { day: '2026-03-01', each: (judged) => told.push(judged) });
  for (const one of told) expect(await auditRecord(database, 'musee', one.id)).toEqual(one);
  expect(await auditRecord(database, 'musee', 'inconnue')).toBeUndefined();
  expect(await auditHistory(database, 'musee')).toHaveLength(1);
});

test('an audit that is stopped keeps no figures', async () => {
  const stopped = audit(database, 'musee', { day: '2026-02-01', signal: AbortSignal.abort() });
  await expect(stopped).rejects.toThrow(/abort/i);
  expect((await auditHistory(database, 'musee')).map(({ day }) => day)).toEqual(['2026-03-01']);
});

test('one number in two museums is no doubled number, and a source without records leaves no figures', async () => {
  const held = (id: string, by: string) =>
    object(id, { inventoryNumber: '77' }, { heldBy: [{ identifier: { scheme: 'trame', value: by } }] });
  await write([held('x', 'musee-a'), held('y', 'musee-b'), held('z', 'musee-b')]);
  const told: Judged[] = [];
  await audit(database, 'musee', { day: '2026-03-01', each: (judged) => told.push(judged) });
  const twice = told.filter(({ findings }) => findings.some(({ code }) => code === 'quality-inventory-number-twice'));
  expect(twice.map(({ id }) => id)).toEqual(['a', 'b', 'y', 'z']);
  await database.run("MATCH (r:SourceRecord) WHERE r.id IN ['x', 'y', 'z'] SET r.state = 'deleted'");
  await audit(database, 'musee', { day: '2026-03-01' });
  await audit(database, 'jamais-moissonnee', { day: '2026-03-01' });
  expect(await auditHistory(database, 'jamais-moissonnee')).toEqual([]);
});

test('a mend shows in the figures of a later day; a second audit of a day replaces the first', async () => {
  expect(await nextToAudit(database, '2026-03-02')).toBe('musee');
  await write([object('a', { inventoryNumber: '3', date: { text: '1900', edtf: '1900' } })]);
  for (const _ of [1, 2]) await audit(database, 'musee', { day: '2026-03-02' });
  const history = await auditHistory(database, 'musee');
  expect(
    history.map(({ day, findings }) => [day, findings['quality-no-date'], findings['quality-inventory-number-twice']]),
  ).toEqual([
    ['2026-03-02', 1, undefined],
    ['2026-03-01', 2, 2],
  ]);
  expect(await nextToAudit(database, '2026-03-02')).toBeUndefined();
});
