/** A real answer of the API, where it lies beside the project: every field of it is mapped, or left out for a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileOf, recordsOf } from '../reading/testing.ts';
import { entreprise } from './entreprise.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/entreprises');
const ANSWER = resolve(SAMPLES, 'search-response-sample.json');

const MAPPED = [
  ...[
    'siren',
    'nom_complet',
    'nom_raison_sociale',
    'sigle',
    'siege',
    'activite_principale',
    'date_creation',
    'date_fermeture',
  ],
  ...[
    'date_mise_a_jour',
    'etat_administratif',
    'nature_juridique',
    'tranche_effectif_salarie',
    'annee_tranche_effectif_salarie',
  ],
  ...['statut_diffusion', 'complements'],
];
/** Why it is not kept. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  nombre_etablissements: 'one record a firm, by its seat',
  nombre_etablissements_ouverts: 'as above',
  matching_etablissements: 'as above',
  categorie_entreprise: 'a size that the staff tells better',
  annee_categorie_entreprise: 'as above',
  caractere_employeur: 'as above',
  section_activite_principale: 'the first letter of what the NAF code says',
  date_mise_a_jour_insee: 'the date of the record is date_mise_a_jour',
  date_mise_a_jour_rne: 'as above',
  dirigeants: 'persons',
  finances: 'no heritage',
};
const SEAT_MAPPED = [
  ...[
    'activite_principale',
    'adresse',
    'code_postal',
    'commune',
    'complement_adresse',
    'coordonnees',
    'distribution_speciale',
  ],
  ...[
    'indice_repetition',
    'latitude',
    'libelle_commune',
    'libelle_commune_etranger',
    'libelle_pays_etranger',
    'libelle_voie',
  ],
  ...[
    'liste_enseignes',
    'liste_uai',
    'longitude',
    'nom_commercial',
    'numero_voie',
    'siret',
    'statut_diffusion_etablissement',
  ],
  ...['type_voie'],
];
const SEAT_LEFT_OUT: readonly string[] = [
  // Of the firm as a whole, said there.
  ...[
    'annee_tranche_effectif_salarie',
    'tranche_effectif_salarie',
    'caractere_employeur',
    'etat_administratif',
    'est_siege',
  ],
  ...['date_creation', 'date_debut_activite', 'date_fermeture', 'date_mise_a_jour', 'date_mise_a_jour_insee'],
  // Places that the commune's code leads to.
  ...['departement', 'region', 'epci', 'code_pays_etranger', 'cedex', 'libelle_cedex'],
  // Obsolete or another register's, of no use here.
  ...['geo_adresse', 'geo_id', 'activite_principale_registre_metier', 'liste_finess', 'liste_id_bio', 'liste_idcc'],
  ...['liste_id_organisme_formation', 'liste_rge'],
];

describe.skipIf(!existsSync(ANSWER))('a real answer', () => {
  const { results } = existsSync(ANSWER)
    ? (JSON.parse(readFileSync(ANSWER, 'utf8')) as { results: Record<string, Record<string, unknown>>[] })
    : { results: [] };

  test('becomes a firm, without a word of doubt', async () => {
    const { records, rejected, notes, told } = await recordsOf(
      entreprise,
      fileOf(readFileSync(ANSWER), 'answer.json', undefined, 512),
    );
    expect([rejected, notes]).toEqual([[], []]);
    // One page of ten thousand.
    expect(told.map(({ code }) => code)).toEqual(['file-one-page']);
    expect(records.size).toBe(results.length);
    for (const [siren, { identifiers, fields, relations }] of records) {
      expect(identifiers).toEqual([{ scheme: 'siret', value: expect.stringMatching(`^${siren}\\d{5}$`) }]);
      expect(fields).toMatchObject({
        structureType: 'firm',
        address: expect.stringMatching(/^\d+ /),
        postcode: expect.stringMatching(/^\d{5}$/),
        point: { precision: 'site' },
        founded: { edtf: expect.any(String) },
      });
      expect(relations).toMatchObject({
        place: [{ identifier: { scheme: 'insee' } }],
        activities: [{ identifier: { scheme: 'naf' } }],
      });
    }
  });

  test('every field of it is accounted for', () => {
    const fields = new Set(results.flatMap((result) => Object.keys(result)));
    expect([...fields].filter((field) => !MAPPED.includes(field) && !(field in LEFT_OUT))).toEqual([]);
    const ofSeat = new Set(results.flatMap(({ siege }) => Object.keys(siege ?? {})));
    expect([...ofSeat].filter((field) => !SEAT_MAPPED.includes(field) && !SEAT_LEFT_OUT.includes(field))).toEqual([]);
  });
});
