import { expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { omekaS } from './omeka-s.ts';

const item = (id: number, more: object = {}) => ({
  '@type': ['o:Item', 'bibo:Document'],
  'o:id': id,
  'o:is_public': true,
  'o:modified': { '@value': '2024-05-01T10:00:00+00:00' },
  'dcterms:title': [{ type: 'literal', property_label: 'Titre', is_public: true, '@value': `Notice ${id}` }],
  ...more,
});
const json = (value: unknown) => fileOf(JSON.stringify(value), 'items.json', undefined, 997);

test('one item, and a page of the API', async () => {
  expect([...(await recordsOf(omekaS, json(item(1)))).records.keys()]).toEqual(['1']);
  const { records, rejected } = await recordsOf(omekaS, json([item(1), item(2), item(3, { 'o:is_public': false })]));
  expect([...records.keys()]).toEqual(['1', '2']);
  expect(codes(rejected)).toEqual(['record-private']);
});

test('the day of its change, and the row again from the stored bytes', async () => {
  const { cuts } = await cutAll(omekaS, json([item(4)]));
  const [cut] = cuts;
  if (cut?.kind !== 'record') throw new Error('no record');
  expect(cut.modified).toBe('2024-05-01T10:00:00+00:00');
  expect(omekaS.row?.(cut.raw, undefined)).toEqual(cut.row);
});
