import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { actionAt, schoolAt } from '../../partners/onisep/schools.ts';
import { onisepStand } from '../../partners/onisep/stand.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { keyOf } from './identity.ts';
import { onisepFormat } from './onisep.ts';

const source = { name: 'essai', title: 'Essai', licence: 'ODbL' };
const SCHOOLS = '5fa5816ac6a6e';
const ACTIONS = '605340ddc19a9';

const mapped = (row: Json, id = 'ENS.1') => onisepFormat.map(row, { id, source, options: undefined });

/** What the stand-in gives under an address, as a file. */
function fileAt(path: string) {
  const answer = onisepStand(() => '')(new URL(path, 'http://localhost'), { headers: {} });
  return fileOf(answer?.body ?? '', path.split('/').at(-1), undefined, 1024);
}

const SCHOOL = {
  code_uai: '0000001B',
  n_siret: '000 000 018 00010',
  type_detablissement: 'lycée professionnel',
  nom: 'Lycée d’exemple',
  sigle: 'LEX',
  statut: 'public',
  tutelle: 'Ministère de l’exemple',
  universite_de_rattachement_libelle_et_uai: 'Université d’exemple (0000002C)',
  adresse: "1 rue de l'Exemple",
  boite_postale: 'BP 1',
  cp: '2100',
  commune: 'Saint-Quentin',
  commune_cog: '2691',
  departement: '02 - Aisne',
  telephone: '00 00 00 00 00',
  longitude_x: 3.27899,
  latitude_y: '49,84753',
  journees_portes_ouvertes: 'le 01/01/2030 de 09h00 à 12h00 | le 02/01/2030 de 09h00 à 12h00',
  langues_enseignees: 'anglais | allemand, contact@example.org',
  label_generation_2024: 'oui',
  url_et_id_onisep: 'https://www.onisep.fr/http/redirection/etablissement/slug/ENS.9000001',
};

test.each([
  ['code UAI', 'code_uai'],
  ['n° SIRET', 'n_siret'],
  ["type d'établissement", 'type_detablissement'],
  ['type d’établissement', 'type_detablissement'],
  ['commune (COG)', 'commune_cog'],
  ['longitude (X)', 'longitude_x'],
  ['lien site Onisep.fr', 'lien_site_onisepfr'],
  ['domaine/sous-domaine', 'domainesous-domaine'],
  ['Action de formation (AF) identifiant Onisep', 'action_de_formation_af_identifiant_onisep'],
  ["Lieu d'enseignement (ENS) libellé", 'lieu_denseignement_ens_libelle'],
])('%s is %s to the API', (label, key) => {
  expect(keyOf(label)).toBe(key);
});

describe('a school', () => {
  test('all that is kept of it', async () => {
    const { records, notes } = await recordsOf(onisepFormat, fileOf(JSON.stringify([SCHOOL])));
    expect(notes).toEqual([]);
    expect(records.get('ENS.9000001')).toEqual({
      kind: 'Structure',
      visibility: 'public',
      identifiers: [
        { scheme: 'uai', value: '0000001B' },
        { scheme: 'siret', value: '00000001800010' },
      ],
      fields: {
        name: 'Lycée d’exemple',
        structureType: 'school',
        alternativeNames: ['LEX'],
        description: [
          'Statut : public',
          'Tutelle : Ministère de l’exemple',
          'Langues enseignées : anglais ; allemand,',
          'Journées portes ouvertes : le 01/01/2030 de 09h00 à 12h00 ; le 02/01/2030 de 09h00 à 12h00',
        ].join('\n'),
        page: 'https://www.onisep.fr/http/redirection/etablissement/slug/ENS.9000001',
        address: "1 rue de l'Exemple, BP 1",
        postcode: '02100',
        point: { latitude: 49.84753, longitude: 3.27899, precision: 'site' },
        themes: ['lycée professionnel'],
        labels: ['Génération 2024'],
      },
      relations: {
        place: [{ identifier: { scheme: 'insee', value: '02691' } }],
        partOf: [{ identifier: { scheme: 'uai', value: '0000002C' } }],
      },
    });
  });

  test('wrong codes and coordinates are left out and told; the school stays', () => {
    const mapping = mapped({ ...SCHOOL, code_uai: '0000001C', n_siret: '1', latitude_y: 950, commune_cog: '' });
    if (!('record' in mapping)) throw new Error('rejected');
    expect(codes(mapping.notes ?? [])).toEqual(['uai-wrong', 'siret-form-wrong', 'format-value-unread']);
    expect(mapping.record.identifiers).toEqual([]);
    expect(mapping.record.relations).toMatchObject({ place: [{ text: 'Saint-Quentin (Aisne)' }] });
  });

  test('latitude and longitude in each other’s place are put right, and that is told', () => {
    const mapping = mapped({ ...SCHOOL, latitude_y: 3.27899, longitude_x: 49.84753 });
    if (!('record' in mapping)) throw new Error('rejected');
    expect(mapping.record.fields).toMatchObject({ point: { latitude: 49.84753, longitude: 3.27899 } });
    expect(mapping.notes).toHaveLength(1);
  });

  test('what is none is rejected, and nothing throws', () => {
    expect(mapped({ ...SCHOOL, nom: '' })).toMatchObject({ rejected: { code: 'format-no-name' } });
    expect(mapped({ libelle_formation_principal: 'CAP' })).toMatchObject({
      rejected: { code: 'onisep-training-only' },
    });
    for (const row of [{ libelle_metier: 'x' }, [], null, 'x', 1])
      expect(mapped(row)).toMatchObject({ rejected: { code: 'format-row-foreign' } });
    for (const [column] of Object.entries(SCHOOL))
      for (const value of [null, 1, true, [], {}, 'x']) mapped({ ...SCHOOL, [column]: value } as Json);
  });
});

describe('a training at a school', () => {
  test('is the school, with that training', () => {
    expect(mapped(actionAt(0) as Json, 'AF.9000000')).toMatchObject({
      record: {
        kind: 'Structure',
        identifiers: [{ scheme: 'uai', value: schoolAt(0)['code_uai'] }],
        fields: { name: schoolAt(0)['nom'], structureType: 'school' },
        relations: { trainings: [{ text: actionAt(0)['formation_for_libelle'] }] },
      },
    });
  });

  test('no telephone number is kept', () => {
    expect(JSON.stringify([mapped(actionAt(0) as Json), mapped(SCHOOL)])).not.toContain('00 00 00 00');
  });

  test('without a school it is rejected, and so is one whose school has a wrong code', () => {
    expect(mapped({ ...actionAt(0), ens_code_uai: '' } as Json)).toMatchObject({
      rejected: { code: 'onisep-training-only' },
    });
    expect(mapped({ ...actionAt(0), ens_code_uai: '0000001C' } as Json)).toMatchObject({
      rejected: { code: 'uai-wrong' },
    });
  });
});

describe('files', () => {
  test.each([SCHOOLS, ACTIONS])(
    '%s: the dump in JSON, its table in CSV and a page of the API say the same',
    async (id) => {
      const json = await recordsOf(onisepFormat, fileAt(`/onisep/downloads/${id}/${id}.json`));
      const csv = await recordsOf(onisepFormat, fileAt(`/onisep/downloads/${id}/${id}.csv`));
      const page = await recordsOf(onisepFormat, fileAt(`/onisep/api/1.0/dataset/${id}/search?size=100`));
      expect(json.records.size).toBeGreaterThan(20);
      expect(Object.fromEntries(csv.records)).toEqual(Object.fromEntries(json.records));
      expect(Object.fromEntries(page.records)).toEqual(Object.fromEntries(json.records));
      expect(codes(csv.rejected)).toEqual(codes(json.rejected));
    },
  );

  test('the stand-in’s wrong codes, each told', async () => {
    const { records, notes } = await recordsOf(onisepFormat, fileAt(`/onisep/downloads/${SCHOOLS}/${SCHOOLS}.json`));
    expect(records.size).toBe(30);
    expect(codes(notes).toSorted()).toEqual([...Array(3).fill('siret-check-wrong'), ...Array(3).fill('uai-wrong')]);
  });

  test('a school without UAI in a table has Onisep’s own identifier; one without any is rejected with its line', async () => {
    const table = 'code UAI;nom;commune;URL et ID Onisep\n;A;X;https://example.org/ENS.9000009\n;B;X;\n0000001B;;X;\n';
    const { cuts } = await cutAll(onisepFormat, fileOf(table));
    expect(cuts).toMatchObject([
      { kind: 'record', id: 'ENS.9000009' },
      { kind: 'rejected', line: 3, finding: { code: 'table-id-missing' } },
      { kind: 'record', id: '0000001B' },
    ]);
  });

  test('nomenclatures are no records', async () => {
    for (const header of ['MEF|DISPOSITIF_FORMATION|FORMATION_DIPLOME', 'FAMILLE_METIER;LIBELLE_LONG']) {
      const { cuts } = await cutAll(onisepFormat, fileOf(`${header}\n1${header.replaceAll(/\w/g, '')}\n`));
      expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'onisep-nomenclature' } }]);
    }
  });

  test('a table of something else is refused', async () => {
    const { cuts } = await cutAll(onisepFormat, fileOf('Nom;Ville\na;b\n'));
    expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'table-columns-missing' } }]);
  });
});
