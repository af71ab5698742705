/**
 * Schools of the demonstration, as `fr-en-annuaire-education` gives them. None exists: each says so, and stands in a commune that the report names. Their UAI
 * are of department 000, which there is none of; the check letter is right. They have neither address nor coordinates nor SIRET.
 */
import { COMMUNES } from '../demonstration/communes.ts';
import { MADE_UP } from '../demonstration/sheets.ts';
import { seededRandom } from '../webmuseo/random.ts';
import type { Row } from './query.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const TYPES = [
  { type: 'Lycée', name: 'Lycée professionnel', nature: '320', label: 'LYCEE PROFESSIONNEL' },
  { type: 'Lycée', name: 'Lycée polyvalent', nature: '306', label: 'LYCEE POLYVALENT' },
  { type: 'Collège', name: 'Collège', nature: '340', label: 'COLLEGE' },
  { type: 'Ecole', name: 'École primaire', nature: '151', label: 'ECOLE DE NIVEAU ELEMENTAIRE' },
] as const;

/** The UAI of department 000 with this number: `0000012N`. */
export function demonstrationUai(rank: number): string {
  return `${String(rank).padStart(7, '0')}${LETTERS[rank % LETTERS.length]}`;
}

/** Of every twelve one is closed, and one is about to be. */
export function schools(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => school(index + 1));
}

function school(rank: number): Row {
  const random = seededRandom(`school ${rank}`);
  const commune = random.pick(COMMUNES);
  const kind = TYPES[rank % TYPES.length] ?? TYPES[0];
  const isLycee = kind.type === 'Lycée';
  const flag = (likely: number): number | null => (isLycee ? Number(random.chance(likely)) : null);
  const etat = rank % 12 === 5 ? 'FERME' : rank % 12 === 7 ? 'A FERMER' : 'OUVERT';
  return {
    identifiant_de_l_etablissement: demonstrationUai(rank),
    nom_etablissement: `${kind.name} de démonstration n° ${rank} (${commune.name})`,
    type_etablissement: kind.type,
    statut_public_prive: rank % 5 === 0 ? 'Privé' : 'Public',
    adresse_1: null,
    adresse_2: null,
    adresse_3: null,
    code_postal: null,
    code_commune: commune.insee,
    nom_commune: commune.name,
    code_departement: `0${commune.insee.slice(0, 2)}`,
    ecole_maternelle: null,
    ecole_elementaire: kind.type === 'Ecole' ? 1 : null,
    voie_generale: flag(0.3),
    voie_technologique: flag(0.5),
    voie_professionnelle: isLycee ? String(Number(kind.nature === '320' || random.chance(0.3))) : null,
    telephone: null,
    fax: null,
    web: null,
    mail: null,
    restauration: 1,
    hebergement: flag(0.4),
    ulis: null,
    apprentissage: flag(0.3),
    segpa: kind.type === 'Collège' ? '1' : null,
    lycee_des_metiers: flag(0.2),
    post_bac: flag(0.3),
    siren_siret: null,
    nombre_d_eleves: null,
    fiche_onisep: null,
    position: null,
    libelle_departement: null,
    libelle_academie: null,
    libelle_region: 'Hauts-de-France',
    latitude: null,
    longitude: null,
    precision_localisation: null,
    date_ouverture: null,
    date_maj_ligne: `2024-11-${String((rank % 28) + 1).padStart(2, '0')}`,
    etat,
    ministere_tutelle: null,
    multi_uai: 0,
    code_nature: kind.nature,
    libelle_nature: kind.label,
    etablissement_mere: null,
    // The real directory has no such field: a reader passes over what it does not know.
    demonstration: MADE_UP,
  };
}
