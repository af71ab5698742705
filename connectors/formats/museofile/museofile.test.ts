import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { museofile } from './museofile.ts';

const FILE = fileOf(readFileSync(new URL('../fixtures/museofile.csv', import.meta.url)), 'museofile.csv');

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
  expect(notes.map(({ particulars }) => particulars['where'])).toEqual(['Coordonnees', 'URL', 'Identifiant']);
  expect(codes(rejected)).toEqual(['format-no-name']);
});

test('a table of something else is refused', async () => {
  const { cuts } = await cutAll(museofile, fileOf('Nom;Ville\na;b\n'));
  expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'table-columns-missing' } }]);
});

const EXPECTED = {
  identifiers: [{ scheme: 'museofile', value: 'M9901' }],
  fields: {
    name: 'Musée d’exemple',
    address: '1 rue de l’Exemple',
    postcode: '02100',
    page: 'http://www.example.org',
    point: { latitude: 49.8, longitude: 3.2, precision: 'site' },
  },
  relations: { place: [{ text: 'Exempleville (Aisne)' }] },
};
const SAID = [
  'Musée d’exemple',
  '1 rue de l’Exemple',
  2100,
  'Exempleville',
  'Aisne',
  'www.example.org',
  '03 00 00 00 00',
] as const;
const rowOf = (names: string, more: object) => ({
  ...Object.fromEntries(names.split(' ').map((name, at) => [name, SAID[at]])),
  ...more,
});

describe('the three spellings, as JSON of an API: numbers, null and places are values', () => {
  test.each([
    [
      'since 2023',
      rowOf('nom_officiel adresse code_postal ville departement url telephone', {
        identifiant: 'M9901',
        coordonnees: { lon: 3.2, lat: 49.8 },
        histoire: null,
        domaine_thematique: ['Technique et industrie'],
      }),
    ],
    [
      'before',
      rowOf('nom_officiel_du_musee adresse code_postal commune departement url telephone', {
        identifiant_museofile: 'M9901',
        geolocalisation: [49.8, 3.2],
        lieu: null,
        date_arrete_attribution_appellation: '2003-02-01',
      }),
    ],
    [
      'latitude and longitude apart',
      rowOf('Nom_officiel Adresse Code_postal Ville Departement URL Telephone', {
        Identifiant: 'M9901',
        latitude: '49,8',
        longitude: 3.2,
      }),
    ],
    [
      'the codes',
      rowOf('NOMOFF ADRL1_M CP_M VILLE_M DPT URL_M TEL_M', {
        REF: 'M9901',
        POP_COORDONNEES: { lat: 49.8, lon: 3.2 },
        POP_FLAGS: [],
        CONTACT_GENERIQUE: 'musee@example.org',
        RESP: 'Personne Responsable',
      }),
    ],
    [
      'the first exports',
      rowOf('nomoff adrl1_m cp_m ville_m dpt url_m tel_m', { ref: 'M9901', geolocalisation: '49.8,3.2' }),
    ],
  ])('%s', async (_, row) => {
    const { records, notes, rejected } = await recordsOf(
      museofile,
      fileOf(JSON.stringify([row]), 'museofile.json', undefined, 512),
    );
    expect([...rejected, ...notes]).toEqual([]);
    expect(records.get('M9901')).toMatchObject(EXPECTED);
    expect(JSON.stringify(records.get('M9901'))).not.toMatch(/03 00|musee@|Responsable/);
  });

  test('a museum that has closed, and one whose doors are shut', () => {
    const context = { id: 'M9901', source: { name: '', title: '', licence: '' }, options: undefined };
    const mapped = (more: object) => museofile.map({ REF: 'M9901', NOMOFF: 'x', ...more }, context);
    expect(mapped({ ANNEE_FE: '2005' })).toMatchObject({
      record: { fields: { closed: true, openingHours: 'Fermé en 2005' } },
    });
    expect(mapped({ ANNEE_FE: 'non', ACCES: 'Oui' })).not.toHaveProperty('record.fields.closed');
    for (const said of ['réouvert en 2019', 'en travaux', 'inconnu'])
      expect(mapped({ ANNEE_FE: said })).not.toHaveProperty('record.fields.closed');
    expect(mapped({ ACCES: 'Non' })).toMatchObject({
      record: { fields: { openingHours: 'Fermé au public' } },
      notes: [{ code: 'museofile-not-open' }],
    });
    expect(mapped({ ACCES: 'Non' })).not.toHaveProperty('record.fields.closed');
    expect(mapped({ coordonnees: '3.2,49.8' })).toMatchObject({
      record: { fields: { point: { latitude: 49.8, longitude: 3.2 } } },
      notes: [{ code: 'coordinates-swapped' }],
    });
    expect(mapped({ NOUVEAU: 'x' })).toMatchObject({ notes: [{ code: 'pop-code-unknown' }] });
    for (const row of [null, 1, 'x', [], { fields: 3 }])
      expect(museofile.map(row, context)).toMatchObject({ rejected: { code: 'format-no-name' } });
  });
});
