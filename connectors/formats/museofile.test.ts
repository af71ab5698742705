import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { museofile } from './museofile.ts';
import { codes, cutAll, fileOf, recordsOf } from './reading/testing.ts';

const FILE = fileOf(readFileSync(new URL('fixtures/museofile.csv', import.meta.url)), 'museofile.csv');

test('a museum, its code, place and point', async () => {
  const { records } = await recordsOf(museofile, FILE);
  expect(records.get('M9901')).toEqual({
    kind: 'Structure',
    visibility: 'public',
    identifiers: [{ scheme: 'museofile', value: 'M9901' }],
    fields: {
      name: "Musée d'exemple",
      structureType: 'museum',
      address: "1 rue de l'Exemple",
      postcode: '02100',
      page: 'http://www.example.org',
      point: { latitude: 49.848, longitude: 3.287, precision: 'site' },
      themes: ['Ethnologie', 'Textile', 'Commerce'],
      founded: expect.objectContaining({ text: '1907', from: 1907 }),
    },
    relations: { place: [{ text: 'Exempleville (Aisne)' }] },
  });
});

test('what is odd is told, what has no name is rejected', async () => {
  const { records, notes, rejected } = await recordsOf(museofile, FILE);
  expect([...records.keys()]).toEqual(['M9901', 'M9902', 'X1']);
  expect(records.get('X1')?.identifiers).toEqual([]);
  expect(notes.map(({ particulars }) => particulars['where'])).toEqual(['Coordonnees', 'Identifiant']);
  expect(codes(rejected)).toEqual(['format-no-name']);
});

test('a table of something else is refused', async () => {
  const { cuts } = await cutAll(museofile, fileOf('Nom;Ville\na;b\n'));
  expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'table-columns-missing' } }]);
});
