import { expect, test } from 'vitest';
import { datatourisme } from '../../formats/datatourisme/datatourisme.ts';
import { codes, fileOf, recordsOf } from '../../formats/reading/testing.ts';
import { OBJECT_COUNT, ODD, objectAt, PERIODS } from './objects.ts';
import { datatourismeStand } from './stand.ts';

const ask = (path: string) => datatourismeStand(() => 'http://127.0.0.1')(new URL(path, 'http://127.0.0.1'));
const read = (rank: number) => recordsOf(datatourisme, fileOf(JSON.stringify(objectAt(rank), undefined, 2), 'x.json'));

test('it answers its own addresses only', () => {
  expect(ask('/elsewhere')).toBeUndefined();
  expect(ask('/datatourisme/elsewhere')?.status).toBe(404);
  expect(Buffer.from(ask('/datatourisme/flux.zip')?.body ?? '').toString('latin1', 0, 2)).toBe('PK');
});

test('the odd objects are told, or rejected with a reason', async () => {
  const [many] = (await read(ODD.manyPeriods)).records.values();
  expect(many?.fields['occurrences']).toHaveLength(PERIODS);
  expect(codes((await read(ODD.endsBeforeBegin)).notes)).toContain('datatourisme-period-amiss');
  expect(codes((await read(ODD.unknownClass)).notes)).toContain('datatourisme-class-unknown');
  expect(codes((await read(ODD.newField)).notes)).toContain('datatourisme-path-unknown');
  expect((await read(ODD.noLabel)).rejected).toHaveLength(1);
  const swapped = await read(ODD.swapped);
  expect(swapped.records.size).toBe(1);
  expect(swapped.notes).toHaveLength(1);
});

test('tours and visits have their kinds, and no contact leaves the flux', async () => {
  const all = await Promise.all(Array.from({ length: OBJECT_COUNT }, (_, rank) => read(rank)));
  const records = all.flatMap((one) => [...one.records.values()]);
  expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(['Event', 'Structure', 'Route', 'Offer']));
  expect(JSON.stringify(records)).not.toContain('@example');
});

test('every row of the catalogue is read', async () => {
  const body = Buffer.from(ask('/datatourisme/catalogue.csv')?.body ?? '').toString();
  const { records, rejected } = await recordsOf(datatourisme, fileOf(body, 'catalogue.csv'));
  expect(records.size + rejected.length).toBe(OBJECT_COUNT);
  expect(rejected).toEqual([]);
});
