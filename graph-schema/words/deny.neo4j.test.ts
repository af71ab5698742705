import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '../database.ts';
import { digest } from '../fold/digest.ts';
import type { RecordItem } from '../fold/items.ts';
import { rebuild } from '../fold/rebuild.ts';
import { writeBatch } from '../fold/write.ts';
import { migrate } from '../migrations/migrate.ts';
import type { AnyRecord } from '../record.ts';
import { createResolver } from '../vocabularies/resolver.ts';
import { denialOf, denyTrade, explainTrades, undoDenial } from './deny.ts';

const resolver = createResolver();
let database: Database;
const steward = { by: 'une responsable', note: 'c’est un nom de famille' };

function item(id: string, record: Partial<AnyRecord>, hash = id): RecordItem {
  const whole = { kind: 'HeritageObject', identifiers: [], visibility: 'public', relations: {}, fields: {}, ...record };
  return {
    kind: 'record',
    id,
    raw: new Uint8Array([1]),
    hash,
    mapping: 'essai',
    notes: [],
    record: whole as AnyRecord,
  };
}

async function write(items: readonly RecordItem[], source = 'musee'): Promise<void> {
  const pass = { source: { name: source, rank: 50 }, run: 'essai', snapshot: undefined };
  await database.write((tx) => writeBatch(tx, pass, items, resolver));
}

const told = async (key: string) => {
  const found = await explainTrades(database, key);
  if ('refused' in found) throw new Error(found.refused.code);
  return found;
};
const codes = async (key: string) => (await told(key)).trades.map(({ code }) => code);
const digestNow = async () => (await digest(database)).digest;

const museum = (source: string, name: string) =>
  write(
    [
      item(source, {
        kind: 'Structure',
        identifiers: [{ scheme: 'museofile', value: 'M0000' }],
        fields: { name, structureType: 'museum' },
      }),
    ],
    source,
  );

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  await write([
    item('o1', { fields: { name: 'Le forgeron du village', use: 'tissage' } }),
    item('o2', { fields: { name: 'Le forgeron du village' } }),
    item('o3', {
      fields: { name: '–' },
      relations: { trades: [{ identifier: { scheme: 'trame', value: 'forgeron' } }, { text: 'tisserand' }] },
    }),
  ]);
});
afterAll(() => database.close());

test('an inferred trade is explained, denied for ever, and comes back when that is undone', async () => {
  const before = await digestNow();
  expect((await told('musee/o1')).trades).toMatchObject([
    { code: 'tisserand', how: 'inferred', rule: 'use', text: 'tissage' },
    { code: 'forgeron', label: 'forgeron', how: 'inferred', rule: 'title', text: 'Le forgeron du village' },
  ]);
  const done = await denyTrade(database, resolver, 'musee/o1', 'forgeron', steward);
  if ('refused' in done) throw new Error(done.refused.code);
  expect([await codes('musee/o1'), await codes('musee/o2')]).toEqual([['tisserand'], ['forgeron']]);
  expect((await told('musee/o1')).denied).toMatchObject([{ by: 'une responsable', note: steward.note }]);

  const denied = await digestNow();
  expect(await rebuild(database, resolver)).toMatchObject({ changed: 0 });
  expect(await digestNow()).toBe(denied);
  // Harvested again, said otherwise, and as it was.
  await write([item('o1', { fields: { name: 'Un forgeron', use: 'tissage' } }, 'otherwise')]);
  expect(await codes('musee/o1')).toEqual(['tisserand']);
  await write([item('o1', { fields: { name: 'Le forgeron du village', use: 'tissage' } })]);
  expect(await digestNow()).toBe(denied);

  expect(await denyTrade(database, resolver, 'musee/o1', 'forgeron', steward)).toMatchObject({
    refused: { code: 'trade-denied', particulars: { by: 'une responsable' } },
  });
  const decision = await denialOf(database, done.decision.slice(0, 8));
  await undoDenial(database, resolver, decision!, 'une autre');
  expect(await digestNow()).toBe(before);
  expect(await denialOf(database, done.decision)).toBeUndefined();
});

test('words that were read are denied too; what the source states is not, nor what is not there', async () => {
  expect(await denyTrade(database, resolver, 'musee/o3', 'forgeron', steward)).toMatchObject({
    refused: { code: 'trade-stated' },
  });
  expect(await denyTrade(database, resolver, 'musee/o3', 'boulanger', steward)).toMatchObject({
    refused: { code: 'trade-not-there' },
  });
  expect(await denyTrade(database, resolver, 'musee/none', 'boulanger', steward)).toMatchObject({
    refused: { code: 'identity-record-unknown' },
  });
  await denyTrade(database, resolver, 'musee/o3', 'tisserand', steward);
  expect(await codes('musee/o3')).toEqual(['forgeron']);
  const { records } = await database.run('MATCH (e:Entity) WHERE e.unlinked IS NOT NULL RETURN e.unlinked AS words');
  expect(records.flatMap((row) => row.get('words'))).not.toContain('trades: tisserand');
});

test('holds for a thing of several records, also for those that come later', async () => {
  await museum('un', 'Musée de la dentelle');
  await museum('deux', 'Musée de la dentelle et des tisserands');
  const [trade] = await codes('un/un');
  await denyTrade(database, resolver, 'deux/deux', trade!, steward);
  await museum('trois', 'Musée de la dentelle');
  expect(await codes('trois/trois')).not.toContain(trade);
  expect(await rebuild(database, resolver)).toMatchObject({ changed: 0 });
});
