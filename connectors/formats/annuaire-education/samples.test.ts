/** Real rows of the register, where they lie beside the project: each field that says something is read, or is left out for a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { annuaireEducation } from './annuaire-education.ts';
import { fieldKey } from './cells.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/education');

const READ = new Set(
  [
    'numero_uai nature_uai_libe type_uai_libe etat_etablissement_libe ministere_tutelle_libe secteur_public_prive_libe',
    'categorie_juridique_libe contrat_etablissement_libe commune academie_libe denomination_principale appellation_officielle',
    'patronyme_uai hebergement_etablissement_libe numero_siren_siret_uai date_ouverture date_fermeture adresse_uai boite_postale_uai',
    'code_postal_uai site_web coordonnee_x coordonnee_y localisation',
    'uai siret naf_code onisep_nom onisep_url numero_voie type_voie nom_voie complement_adresse code_postal ferme published',
    'diffusable_commercialement commune_implantation_code nom_academie date_creation certifie_qualite info_qualiopi_info',
    'entreprise_raison_sociale entreprise_forme_juridique geo_coordonnees updated_at',
  ].flatMap((line) => line.split(' ')),
);

const LEFT_OUT: Readonly<Record<string, string>> = {
  'numero_telephone_uai numero_telecopieur_uai mel_uai': 'how persons are reached',
  'nature_uai type_uai etat_etablissement ministere_tutelle secteur_public_prive categorie_juridique contrat_etablissement academie':
    'the code of a label that is read',
  'niveau_uai hebergement_etablissement departement_insee_3 pays region_implantation_code num_academie entreprise_forme_juridique_code pays_implantation_code num_departement':
    'the code of a label that is read, or that the commune says',
  'commune_libe departement_insee_3_libe niveau_uai_libe pays_libe localite_acheminement_uai region_implantation_nom commune_implantation_nom nom_departement localite code_insee_localite pays_implantation_nom adresse':
    'said by the code of the commune, or by the parts of the address',
  sigle_uai: 'an abbreviation of what the name says',
  'situation_comptable situation_comptable_libe categorie_financiere categorie_financiere_libe etat_sirad_uai siege_social':
    'accounts and administration',
  'date_derniere_mise_a_jour date_geolocalisation source appariement created_at last_update_at':
    'of the register’s own work',
  '_id __v updates_history tags formations_ids api_entreprise_reference etablissement_siege_id uai_valide':
    'of the catalogue’s own work',
  'siren nda naf_libelle etablissement_siege_siret entreprise_siren entreprise_siret_siege_social entreprise_naf_code entreprise_naf_libelle entreprise_procedure_collective entreprise_date_creation entreprise_ferme':
    'of the firm behind it: source `entreprise`',
  'rco_uai rco_code_postal rco_code_insee_localite onisep_code_postal': 'the same, as others wrote it',
};

const leftOut = new Set(Object.keys(LEFT_OUT).flatMap((line) => line.split(' ')));

async function harvested(name: string) {
  const content = readFileSync(resolve(SAMPLES, name));
  const file = () => fileOf(content, name, undefined, 4096);
  const { cuts } = await cutAll(annuaireEducation, file());
  const rows = cuts.flatMap((cut) => (cut.kind === 'record' ? [cut.row as { readonly [key: string]: Json }] : []));
  return { rows, ...(await recordsOf(annuaireEducation, file())) };
}

describe.skipIf(!existsSync(SAMPLES))('real files', () => {
  test.each([
    'acce_etablissements.csv',
    'catalogueApprentissage-etablissement.json',
    'catalogueApprentissage-etablissements.json',
  ])('%s: every field is read, or left out for a reason', async (name) => {
    const { rows, records, rejected } = await harvested(name);
    expect(rows.length).toBeGreaterThan(0);
    expect(records.size + rejected.length).toBe(rows.length);
    const said = rows.flatMap((row) =>
      Object.entries(row).flatMap(([field, value]) => (value === null || value === '' ? [] : [fieldKey(field)])),
    );
    const lost = said.filter((key) => !READ.has(key) && ![...leftOut].some((field) => fieldKey(field) === key));
    expect([...new Set(lost)]).toEqual([]);
  });

  test('ACCE: the school, its codes, its commune, its place in degrees', async () => {
    const { records, notes } = await harvested('acce_etablissements.csv');
    expect(notes.filter(({ code }) => !/coordinate|point/.test(code))).toEqual([]);
    const school = [...records.values()][0];
    expect(school?.identifiers.map(({ scheme }) => scheme)).toEqual(['uai', 'siret']);
    expect(school?.fields).toMatchObject({ structureType: 'school', point: { precision: 'site' } });
    expect(school?.fields['address']).not.toContain(' 3 00');
    if (!school) throw new Error('no school');
    const { latitude, longitude } = school.fields['point'] as { latitude: number; longitude: number };
    expect(latitude).toBeGreaterThan(45.5);
    expect(latitude).toBeLessThan(46.5);
    expect(longitude).toBeGreaterThan(5);
    expect(longitude).toBeLessThan(6);
    expect(JSON.stringify(school)).not.toMatch(/@|\+33/);
  });

  test('the catalogue: what it publishes comes through, what it does not is set aside', async () => {
    const { records, rejected } = await harvested('catalogueApprentissage-etablissements.json');
    expect(records.size).toBe(1);
    expect(codes(rejected)).toEqual(['school-not-published']);
    expect([...records.values()][0]).toMatchObject({
      fields: { point: { precision: 'site' }, labels: ['Qualiopi'] },
      relations: { place: [{ identifier: { scheme: 'insee' } }], activities: [{ identifier: { scheme: 'naf' } }] },
    });
  });
});
