/** What the stands make up is nothing real: every code stands in a table at hand, or cannot be a real one. And the stands have the limits of the real ones. */
import { describe, expect, test } from 'vitest';
import { tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { tabularStand } from '../tabular/stand.ts';
import { firmRecords, firms } from './firms.ts';
import { schools } from './schools.ts';
import { opendatasoftStand } from './stand.ts';

const column = (table: 'places' | 'concepts', name: string) =>
  new Set(tableRows(tableText(table)).map((row) => row[name]));

describe('codes', () => {
  test('schools: communes of the tables, numbers of a department that there is none of, nothing else', () => {
    const communes = column('places', 'insee');
    for (const school of schools(240)) {
      expect(communes.has(String(school['code_commune']))).toBe(true);
      expect(school['identifiant_de_l_etablissement']).toMatch(/^000\d{4}[A-Z]$/);
      expect(school['nom_etablissement']).toContain('de démonstration');
      for (const field of [
        'adresse_1',
        'code_postal',
        'position',
        'latitude',
        'siren_siret',
        'telephone',
        'mail',
        'web',
      ])
        expect(school[field]).toBeNull();
    }
  });

  test('firms: activities of the tables; no SIRET and no place', () => {
    const codes = column('concepts', 'naf');
    for (const firm of firms(450)) {
      expect(codes.has(String(firm['Code NAF']))).toBe(true);
      expect(firm['Raison sociale']).toContain('de démonstration');
      expect([firm['SIRET'], firm['geolocetablissement']]).toEqual([null, null]);
    }
    expect(Object.keys(firmRecords(1)[0] ?? {})).toContain('date_de_fin_de_labellisation');
  });
});

describe('limits', () => {
  const base = () => 'http://127.0.0.1';
  const records = 'http://127.0.0.1/opendatasoft/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/records';
  const rows = 'http://127.0.0.1/tabular/api/resources/demonstration-epv/data/';
  const status = (url: string) => (opendatasoftStand(base)(new URL(url)) ?? tabularStand(base)(new URL(url)))?.status;

  test.each([
    [`${records}?limit=100&offset=9900`, 200],
    [`${records}?limit=101`, 400],
    [`${records}?limit=100&offset=9901`, 400],
    [`${records}?where=etat%20like%20%22x%22`, 400],
    [`${rows}?page_size=200`, 200],
    [`${rows}?page_size=201`, 400],
    [`${rows}?Ville__exact=Lille`, 400],
    ['http://127.0.0.1/autre', undefined],
  ])('%s: %s', (url, expected) => expect(status(url)).toBe(expected));
});
