import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { firmRecords } from '../../partners/opendatasoft/firms.ts';
import { codes, fileOf, recordsOf } from '../reading/testing.ts';
import { epv } from './epv.ts';

const harvested = (content: string | Uint8Array, name: string) =>
  recordsOf(epv, fileOf(content, name, undefined, 4096));
const csv = readFileSync(new URL('fixtures/epv.csv', import.meta.url));

test('the table of the ministry: name, SIRET, activity, label with its dates, position', async () => {
  const { records, rejected } = await harvested(csv, 'epv.csv');
  expect(rejected).toEqual([]);
  expect([...records.keys()]).toEqual([
    '00000000000000',
    'Entreprise de démonstration n° 2/Hauts-de-France',
    '00000000000001',
  ]);
  expect(records.get('00000000000000')).toEqual({
    kind: 'Structure',
    visibility: 'public',
    identifiers: [{ scheme: 'siret', value: '00000000000000' }],
    fields: {
      name: 'Entreprise de démonstration n° 1',
      structureType: 'firm',
      description: 'Activité principale : Tissage',
      labels: ['Entreprise du patrimoine vivant (du 01/03/2019 au 01/03/2024)'],
      themes: ['Mode et beauté'],
      point: { latitude: 46.5, longitude: 3, precision: 'site' },
    },
    relations: {
      place: [{ text: 'Hauts-de-France' }],
      activities: [{ identifier: { scheme: 'naf', value: '13.20Z' } }],
    },
  });
});

test('without SIRET: kept by name and region, and told; several worlds; the code without its point', async () => {
  const { records, notes } = await harvested(csv, 'epv.csv');
  expect(records.get('Entreprise de démonstration n° 2/Hauts-de-France')).toMatchObject({
    identifiers: [],
    fields: { themes: ['Décoration', 'Patrimoine bâti'], labels: [expect.stringContaining('au 01/03/2026')] },
    relations: { activities: [{ identifier: { scheme: 'naf', value: '13.20Z' } }] },
  });
  expect(codes(notes)).toEqual([
    'epv-siret-missing',
    'format-value-unread',
    'format-value-unread',
    'format-value-unread',
    'siret-check-wrong',
  ]);
});

test('the rows of the API, and a label that is over: all are kept', async () => {
  const rows = firmRecords(30);
  const { records, rejected } = await harvested(JSON.stringify({ total_count: 30, results: rows }), 'page.json');
  expect(rejected).toEqual([]);
  expect(records.size).toBe(30);
  const point = { ...rows[0], geolocetablissement: { lon: 3, lat: 46.5 }, univers: ['Décoration', 'Gastronomie'] };
  const one = await harvested(JSON.stringify(point), 'une.json');
  expect([...one.records.values()][0]?.fields).toMatchObject({
    point: { latitude: 46.5, longitude: 3 },
    themes: ['Décoration', 'Gastronomie'],
  });
});

test('a table without rows is none of another kind', async () => {
  const [header] = csv.toString().split('\n');
  const { records, rejected, told } = await harvested(`${header}\n`, 'epv.csv');
  expect([records.size, rejected, told]).toEqual([0, [], []]);
});

test.each([{}, null, [], 'x', { raison_sociale: {} }])('%o is rejected, never thrown', (row) => {
  const source = { name: 'essai', title: 'Essai', licence: '' };
  const mapped = epv.map(row as Json, { id: 'x', source, options: undefined });
  expect(mapped).toMatchObject({ rejected: { code: 'format-no-name' } });
});
