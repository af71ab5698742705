import { expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { iiif } from './iiif.ts';

const manifest = (n: number) => ({
  '@context': 'http://iiif.io/api/presentation/3/context.json',
  id: `https://example.org/${n}/manifest.json`,
  type: 'Manifest',
  label: { fr: [`Document ${n}`] },
  structures: [{ id: 'r', type: 'Range' }],
  items: Array.from({ length: 30 }, (_, view) => ({ id: `c${view}`, type: 'Canvas', items: [] })),
});
const json = (value: unknown) => fileOf(JSON.stringify(value), 'manifeste.json', undefined, 997);

test('one manifest, and an array of them', async () => {
  expect([...(await recordsOf(iiif, json(manifest(1)))).records.keys()]).toEqual([
    'https://example.org/1/manifest.json',
  ]);
  const { records, rejected } = await recordsOf(iiif, json([manifest(1), manifest(2)]));
  expect([...records.values()].map(({ fields }) => fields['name'])).toEqual(['Document 1', 'Document 2']);
  expect(rejected).toEqual([]);
});

test('the stored bytes are short, and give the row again', async () => {
  const { cuts } = await cutAll(iiif, json(manifest(1)));
  const [cut] = cuts;
  if (cut?.kind !== 'record') throw new Error('no record');
  expect(cut.raw.length).toBeLessThan(400);
  expect(iiif.row?.(cut.raw, undefined)).toEqual(cut.row);
  expect(cut.row).not.toHaveProperty('structures');
});

test('a collection is no record: the protocol for it is named', async () => {
  const collection = {
    id: 'https://example.org/c',
    type: 'Collection',
    label: { fr: ['C'] },
    items: [{ id: 'm', type: 'Manifest' }],
  };
  expect(codes((await recordsOf(iiif, json(collection))).rejected)).toEqual(['iiif-is-collection']);
});
