import { expect, test } from 'vitest';
import { KINDS } from '../model.ts';
import { constraintStatements } from './constraints.ts';
import { fieldsGuide } from './fields.ts';
import { storedFields } from './stored.ts';
import { createRelations, entomb, RELATION_TYPES, upsertEntities } from './upsert.ts';

/** Golden files: every change of the graph's shape is a diff to be read. Renew with `npx vitest run graph-schema/derive -u`. */
test('constraints and indexes', async () => {
  await expect(`${constraintStatements().join(';\n')};\n`).toMatchFileSnapshot('golden/constraints.cypher');
});

test('the Cypher that writes', async () => {
  const texts = [
    ...KINDS.flatMap((kind) =>
      [true, false].flatMap((published) => [
        upsertEntities(kind, published, false),
        upsertEntities(kind, published, true),
      ]),
    ),
    ...RELATION_TYPES.map(createRelations),
    entomb(),
  ];
  await expect(`${texts.join(';\n')};\n`).toMatchFileSnapshot('golden/upsert.cypher');
});

test('the guide to fields', async () => {
  await expect(fieldsGuide()).toMatchFileSnapshot('../../docs/fields.md');
});

test('stored properties are flat, integers are integers, points are WGS 84', () => {
  const stored = storedFields(
    'HeritageObject',
    {
      name: 'Œuvre d’été',
      objectTypes: ['navette'],
      date: { text: 'vers 1853', edtf: '1853~', from: 1853, to: 1853, confidence: 0.8 },
    },
    ['joconde:0161'],
  );
  expect(stored).toMatchObject({
    name: 'Œuvre d’été',
    sort: "oeuvre d'ete",
    dateText: 'vers 1853',
    dateEdtf: '1853~',
    dateConfidence: 0.8,
  });
  expect(String(stored['dateFrom'])).toBe('1853');
  expect(stored['search']).toBe("0161 oeuvre d'ete navette vers 1853");
  const place = storedFields(
    'Place',
    { name: 'Roubaix', point: { latitude: 50.69, longitude: 3.17, precision: 'commune' } },
    [],
  );
  expect(place).toMatchObject({ point: { x: 3.17, y: 50.69 }, pointPrecision: 'commune' });
});
