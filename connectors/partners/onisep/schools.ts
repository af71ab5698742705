/**
 * Demonstration schools and what they teach, in communes that the report names. None exists: their UAI codes are of a department 000, their SIRET of SIREN
 * that are not attributed; check letters and digits are right but where a wrong one is wanted. A school stands at its commune's own point.
 */
import { firmAt, withCheck } from '../recherche-entreprises/firms.ts';

const TYPES = [
  'lycée professionnel',
  'lycée général, technologique ou polyvalent',
  'centre de formation d’apprentis',
] as const;
const TRAININGS = [
  ['FOR.9000001', 'bac pro métiers de la mode - vêtements (démonstration)'],
  ['FOR.9000002', 'CAP vannerie (démonstration)'],
  ['FOR.9000003', 'BTS innovation textile option traitements (démonstration)'],
  ['FOR.9000004', 'CAP maroquinerie (démonstration)'],
] as const;
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

const DEPARTMENTS: Readonly<Record<string, string>> = {
  '02': 'Aisne',
  '59': 'Nord',
  '60': 'Oise',
  '62': 'Pas-de-Calais',
  '80': 'Somme',
};

export type Row = Readonly<Record<string, string | number>>;

function uaiOf(rank: number): string {
  // Apart from the numbers of other stand-ins.
  const number = 1_001 + rank;
  return `${String(number).padStart(7, '0')}${LETTERS[number % LETTERS.length]}`;
}

/** As Onisep writes it: `59 - Nord`. */
const departmentOf = (code: string): string => `${code} - ${DEPARTMENTS[code] ?? ''}`;

/** A school, by its rank from 0. The fifth of every ten has a wrong SIRET, the seventh no UAI, the ninth a wrong one. */
export function schoolAt(rank: number): Row {
  const { seat } = firmAt(rank);
  const siret = withCheck(`${withCheck(`0000${5_000 + rank}`)}0001`);
  const nth = rank % 10;
  const wrongSiret = `${siret.slice(0, -1)}${(Number(siret.at(-1)) + 1) % 10}`;
  return {
    code_uai: nth === 6 ? '' : nth === 8 ? '0000001Z' : uaiOf(rank),
    n_siret: nth === 4 ? wrongSiret : siret,
    type_detablissement: TYPES[rank % TYPES.length] ?? '',
    nom: `Établissement d’exemple ${rank + 1} (démonstration)`,
    sigle: '',
    statut: rank % 3 === 0 ? 'privé sous contrat' : 'public',
    tutelle: 'Ministère chargé de l’Éducation nationale',
    universite_de_rattachement_libelle_et_uai: '',
    universite_de_rattachement_id_et_url_onisep: '',
    etablissements_lies_libelles: '',
    etablissements_lies_url_et_id_onisep: '',
    boite_postale: '',
    adresse: '',
    cp: seat.postcode,
    commune: seat.name,
    commune_cog: seat.insee,
    cedex: '',
    telephone: '00 00 00 00 00',
    arrondissement: '',
    departement: departmentOf(seat.department),
    academie: seat.department === '59' || seat.department === '62' ? 'Lille' : 'Amiens',
    region: 'Hauts-de-France',
    region_cog: '32',
    longitude_x: Number(seat.longitude),
    latitude_y: Number(seat.latitude),
    journees_portes_ouvertes: '',
    langues_enseignees: 'anglais | allemand',
    label_generation_2024: '',
    url_et_id_onisep: `https://onisep.example/http/redirection/etablissement/slug/ENS.${9_000_000 + rank}`,
    date_creation: '2020-01-01T00:00:00+01:00',
    date_de_modification: '2024-12-31T00:00:00+01:00',
  };
}

/** A training at a school, four of each school in turn. */
export function actionAt(rank: number): Row {
  const school = schoolAt(Math.floor(rank / TRAININGS.length));
  const [training, name] = TRAININGS[rank % TRAININGS.length] ?? TRAININGS[0];
  return {
    action_de_formation_af_identifiant_onisep: `AF.${9_000_000 + rank}`,
    formation_for_libelle: name,
    for_url_et_id_onisep: `https://onisep.example/http/redirection/formation/slug/${training}`,
    for_indexation_domaine_web_onisep: 'matières premières, fabrication, industries/textile',
    for_type: 'baccalauréat professionnel',
    for_nature_du_certificat: 'Diplôme national ou diplôme d’État',
    for_niveau_de_sortie: 'Bac ou équivalent',
    lieu_denseignement_ens_libelle: String(school['nom']),
    ens_code_uai: String(school['code_uai']),
    ens_url_et_id_onisep: String(school['url_et_id_onisep']),
    ens_statut: String(school['statut']),
    ens_adresse: '',
    ens_code_postal: String(school['cp']),
    ens_commune: String(school['commune']),
    ens_departement: String(school['departement']),
    ens_academie: String(school['academie']),
    ens_region: 'Hauts-de-France',
    ens_latitude: school['latitude_y'] ?? '',
    ens_longitude: school['longitude_x'] ?? '',
    ens_n_telephone: '00 00 00 00 00',
    ens_site_web: '',
    af_duree_cycle_standard: '3 ans',
    af_modalites_scolarite: 'temps plein',
    af_cout_scolarite: '',
    af_page_web: '',
  };
}
