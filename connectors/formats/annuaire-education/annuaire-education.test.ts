import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { demonstrationUai, schools } from '../../partners/opendatasoft/schools.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { annuaireEducation } from './annuaire-education.ts';
import { departmentOf } from './map.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const harvested = (content: string | Uint8Array, name = 'annuaire.json') =>
  recordsOf(annuaireEducation, fileOf(content, name, undefined, 4096));
const ORIGIN = { latitude: 46.5, longitude: 3 };

describe('the directory as CSV', () => {
  test('every school, as a Structure; nothing of telephones and e-mail', async () => {
    const { records, rejected, notes } = await harvested(fixture('annuaire.csv'), 'annuaire.csv');
    expect(rejected).toEqual([]);
    expect([...records.keys()]).toEqual(['0000001B', '0000002C', '0000003D', '0000004A']);
    expect(records.get('0000001B')).toMatchObject({
      kind: 'Structure',
      identifiers: [
        { scheme: 'uai', value: '0000001B' },
        { scheme: 'siret', value: '00000000000000' },
      ],
      fields: {
        name: 'Lycée professionnel de démonstration n° 1 (Roubaix)',
        structureType: 'school',
        address: 'Adresse de démonstration',
        postcode: '59100',
        page: 'http://www.example.org/lycee',
        point: { ...ORIGIN, precision: 'site' },
        themes: ['Lycée', 'LYCEE PROFESSIONNEL'],
        labels: ['Lycée des métiers'],
        founded: { text: '2001-09-01' },
      },
      relations: {
        place: [{ identifier: { scheme: 'insee', value: '59512' } }],
        trainings: [{ text: 'Voie technologique' }, { text: 'Voie professionnelle' }, { text: 'Apprentissage' }],
      },
    });
    expect(JSON.stringify([...records.values(), ...notes])).not.toMatch(/@example|00 00 00/);
    expect(codes(notes)).toContain('uai-wrong');
  });

  test('closed, about to close, part of another; a number that several share is no name of one', async () => {
    const { records, notes } = await harvested(fixture('annuaire.csv'), 'annuaire.csv');
    expect(records.get('0000001B')?.fields['closed']).toBeUndefined();
    expect(records.get('0000003D')?.fields['closed']).toBe(true);
    const part = records.get('0000002C');
    expect(part?.fields['closed']).toBeUndefined();
    expect(part?.fields['description']).toContain('État : A FERMER');
    expect(part?.fields).toMatchObject({ postcode: '02000', labels: ['Éducation prioritaire (REP+)'] });
    expect(part?.identifiers).toContainEqual({ scheme: 'siret-shared', value: '00000000000000' });
    expect(part?.relations['partOf']).toEqual([{ identifier: { scheme: 'uai', value: '0000001B' } }]);
    expect(codes(notes)).toEqual(expect.arrayContaining(['format-value-unread', 'siret-check-wrong', 'uai-wrong']));
  });

  test('coordinates the wrong way round are set right; a former commune keeps its code; a bare name has its department', async () => {
    const { records } = await harvested(fixture('annuaire.csv'), 'annuaire.csv');
    expect(records.get('0000003D')).toMatchObject({
      fields: { point: { ...ORIGIN, precision: 'commune' } },
      relations: { place: [{ identifier: { scheme: 'insee', value: '59355' } }] },
    });
    expect(records.get('0000004A')?.relations['place']).toEqual([{ text: 'Hellemmes (59)' }]);
    expect(records.get('0000004A')?.identifiers).toEqual([]);
  });
});

test('the export of ACCE: windows-1252, metres, days in French', async () => {
  const { records, rejected } = await harvested(fixture('acce.csv'), 'acce.csv');
  expect(rejected).toEqual([]);
  expect(records.get('0000005F')).toMatchObject({
    identifiers: [
      { scheme: 'uai', value: '0000005F' },
      { scheme: 'siret', value: '00000000000000' },
    ],
    fields: {
      name: 'Lycée professionnel de démonstration n° 5',
      alternativeNames: ['LP DEMONSTRATION'],
      address: 'Adresse de démonstration, BP 0',
      page: 'https://example.org/',
      point: { latitude: expect.closeTo(46.5, 5), longitude: expect.closeTo(3, 5), precision: 'site' },
    },
    relations: { place: [{ identifier: { scheme: 'insee', value: '59512' } }] },
  });
  expect(records.get('0000006G')?.fields).toMatchObject({
    name: 'CLG DEMONSTRATION N° 6',
    closed: true,
    closedOn: '2020-08-31',
  });
});

test.each([{ published: 'Non publié' }, { published: {} }, { diffusable_commercialement: 'NON DIFFUSABLE' }])(
  'what may be withheld is not shown: %o',
  (more) => {
    const row = { identifiant_de_l_etablissement: '0000001A', nom_etablissement: 'École de démonstration', ...more };
    expect(
      annuaireEducation.map(row, {
        id: '0000001A',
        source: { name: 's', title: 'S', licence: '' },
        options: undefined,
      }),
    ).toMatchObject({
      rejected: { code: 'school-not-published' },
      hides: true,
    });
  },
);

test('the apprenticeship catalogue: what it does not publish is not; no person; the date of 1970 is none', async () => {
  const { records, rejected } = await harvested(fixture('catalogue.json'));
  expect([...records.keys()]).toEqual(['00000000000000', '0000008J']);
  expect(codes(rejected)).toEqual(['school-not-published']);
  const centre = records.get('00000000000000');
  expect(centre).toMatchObject({
    fields: {
      name: 'CENTRE DE FORMATION DE DEMONSTRATION',
      labels: ['Qualiopi'],
      address: '0 RUE DE LA DEMONSTRATION',
    },
    relations: { activities: [{ identifier: { scheme: 'naf', value: '85.59A' } }] },
  });
  expect(centre?.fields['closed']).toBeUndefined();
  expect(centre?.fields['closedOn']).toBeUndefined();
  expect(JSON.stringify(centre)).not.toContain('PRIVÉ');
  expect(records.get('0000008J')?.fields).toMatchObject({ closed: true, closedOn: '2020-08-31' });
});

describe('answers of the API', () => {
  const rows = schools(24) as readonly Json[];
  const bare = { total_count: 24, results: rows };
  const v2 = { total_count: 24, records: rows.map((fields) => ({ links: [], record: { id: 'x', size: 1, fields } })) };
  const v1 = { nhits: 24, parameters: {}, records: rows.map((fields) => ({ datasetid: 'd', recordid: 'x', fields })) };
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');

  test.each([
    ['a page of v2.1', JSON.stringify(bare)],
    ['a page of v2.0', JSON.stringify(v2)],
    ['a page of v1', JSON.stringify(v1)],
    ['an export as a list', JSON.stringify(rows)],
    ['an export as lines', `${lines}\n`],
  ])('%s: the same schools', async (_, content) => {
    const { records, rejected } = await harvested(content);
    expect(rejected).toEqual([]);
    expect([...records.keys()]).toEqual(Array.from({ length: 24 }, (_, index) => demonstrationUai(index + 1)));
    expect(records).toEqual((await harvested(JSON.stringify(rows))).records);
  });

  test('the row again from its bytes', async () => {
    const { cuts } = await cutAll(annuaireEducation, fileOf(JSON.stringify(bare), 'page.json'));
    expect(cuts).toHaveLength(24);
    for (const cut of cuts)
      if (cut.kind === 'record') expect(annuaireEducation.row?.(cut.raw, undefined)).toEqual(cut.row);
  });

  test('a field that changes its type overnight is told and left out; the rest of the record stays', async () => {
    const [row] = schools(1);
    const changed = { ...row, code_commune: { code: '59512' }, voie_generale: [1], latitude: 'inconnue', longitude: 3 };
    const { records, notes } = await harvested(JSON.stringify(changed));
    expect(records.size).toBe(1);
    expect(codes(notes)).toEqual(expect.arrayContaining(['open-data-type-unread', 'format-value-unread']));
  });

  test('numbers for texts, texts for numbers', async () => {
    const [row] = schools(1);
    const changed = {
      ...row,
      code_commune: 2691,
      code_postal: 2100.0,
      restauration: '1.0',
      latitude: '46.5',
      longitude: 3,
    };
    const { records } = await harvested(JSON.stringify(changed));
    expect([...records.values()][0]).toMatchObject({
      fields: { postcode: '02100', point: ORIGIN, description: expect.stringContaining('Restauration') },
      relations: { place: [{ identifier: { scheme: 'insee', value: '02691' } }] },
    });
  });
});

test.each([
  ['nothing', {}],
  ['a list', []],
  ['null', null],
  ['a text', 'x'],
  ['values of all sorts', { nom_etablissement: ['a'], numero_uai: { a: 1 }, latitude: {}, position: [], web: 3 }],
])('%s is rejected, never thrown', (_, row) => {
  const source = { name: 'essai', title: 'Essai', licence: '' };
  const mapped = annuaireEducation.map(row as Json, { id: 'x', source, options: undefined });
  expect(mapped).toMatchObject({ rejected: { code: 'format-no-name' } });
});

test('the older dataset, by the labels of its columns', async () => {
  const { records, rejected } = await harvested(
    'Code établissement;Appellation officielle;Secteur Public/Privé;Adresse;Code postal;Commune;Position;Etat établissement\n' +
      '0000001B;École de démonstration;Public;Adresse de démonstration;59100;Roubaix;46.5,3;FERMÉ\n',
    'labels.csv',
  );
  expect(rejected).toEqual([]);
  expect(records.get('0000001B')).toMatchObject({
    identifiers: [{ scheme: 'uai', value: '0000001B' }],
    fields: { name: 'École de démonstration', address: 'Adresse de démonstration', point: ORIGIN, closed: true },
    relations: { place: [{ text: 'Roubaix' }] },
  });
});

test('a table of something else is refused, by its columns', async () => {
  const { rejected } = await harvested('Nom;Ville\nx;y\n', 'autre.csv');
  expect(codes(rejected)).toEqual(['table-columns-missing']);
});

test.each([
  ['059', '59'],
  ['02A', '2A'],
  ['971', '971'],
  ['59', '59'],
])('the department %s is %s', (written, code) => expect(departmentOf(written)).toBe(code));
