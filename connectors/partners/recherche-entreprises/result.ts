/** One result, as the API writes it: all fields of its description, `minimal` ones without the secondary parts that were not asked for. */
import type { Firm } from './firms.ts';

/** A UAI code that no school has (no department is 000), with its check letter. */
function schoolOf(siren: string): string {
  const number = 9000 + (Number(siren.slice(3, 8)) % 1000);
  return `${String(number).padStart(7, '0')}${'ABCDEFGHJKLMNPRSTUVWXYZ'[number % 23]}`;
}

export interface Wanted {
  /** The parts named by `include`; undefined: all of them. */
  readonly parts: readonly string[] | undefined;
  /** The API has changed overnight: coordinates are numbers, and signs one text. */
  readonly changed: boolean;
}

export function resultOf(firm: Firm, { parts, changed }: Wanted): Readonly<Record<string, unknown>> {
  const { siren, name, special } = firm;
  const isCeased = special === 'ceased';
  const whole = {
    siren,
    nom_complet: `${name} (EXEMPLE)`,
    nom_raison_sociale: special === 'person' ? null : name,
    sigle: null,
    nombre_etablissements: firm.departments.length,
    nombre_etablissements_ouverts: isCeased ? 0 : firm.departments.length,
    siege: seatOf(firm, changed),
    activite_principale: firm.activity,
    categorie_entreprise: 'PME',
    caractere_employeur: 'O',
    annee_categorie_entreprise: '2023',
    date_creation: '1900-01-01',
    date_fermeture: isCeased ? '2020-12-31' : null,
    date_mise_a_jour: '2024-12-31T08:00:00',
    date_mise_a_jour_insee: '2024-12-31T08:00:00',
    date_mise_a_jour_rne: null,
    dirigeants: [
      {
        nom: 'PERSONNE',
        prenoms: 'EXEMPLE',
        annee_de_naissance: '1900',
        qualite: 'Gérant',
        type_dirigeant: 'personne physique',
      },
    ],
    etat_administratif: isCeased ? 'C' : 'A',
    nature_juridique: special === 'person' ? '1000' : special === 'association' ? '9220' : '5710',
    section_activite_principale: 'C',
    tranche_effectif_salarie: '11',
    annee_tranche_effectif_salarie: '2023',
    statut_diffusion: special === 'secret' ? 'P' : 'O',
    matching_etablissements: [establishmentOf(firm)],
    finances: { '2023': { ca: 1, resultat_net: 1 } },
    complements: complementsOf(firm),
  };
  const secondary = ['siege', 'dirigeants', 'matching_etablissements', 'finances', 'complements'];
  const left = parts && secondary.filter((part) => !parts.includes(part));
  return left ? Object.fromEntries(Object.entries(whole).filter(([key]) => !left.includes(key))) : whole;
}

function establishmentOf({ siren, siret, activity, seat, special }: Firm) {
  return {
    activite_principale: activity,
    ancien_siege: false,
    adresse: `${seat.postcode} ${seat.name.toUpperCase()}`,
    code_postal: seat.postcode,
    commune: seat.insee,
    date_creation: '1900-01-01',
    date_fermeture: null,
    epci: null,
    est_siege: true,
    etat_administratif: special === 'ceased' ? 'F' : 'A',
    geo_id: null,
    latitude: seat.latitude,
    libelle_commune: seat.name.toUpperCase(),
    liste_enseignes: ['À L’EXEMPLE'],
    liste_uai: special === 'school' ? [schoolOf(siren)] : null,
    longitude: seat.longitude,
    nom_commercial: null,
    region: '32',
    siret,
    statut_diffusion_etablissement: special === 'secret' || special === 'secret-seat' ? 'P' : 'O',
    tranche_effectif_salarie: '11',
  };
}

function seatOf(firm: Firm, changed: boolean) {
  const { latitude, longitude, department } = firm.seat;
  return {
    ...establishmentOf(firm),
    cedex: null,
    complement_adresse: null,
    coordonnees: `${latitude},${longitude}`,
    departement: department,
    distribution_speciale: null,
    geo_adresse: null,
    indice_repetition: null,
    libelle_cedex: null,
    libelle_commune_etranger: null,
    libelle_pays_etranger: null,
    libelle_voie: null,
    numero_voie: null,
    type_voie: null,
    ...(changed ? { latitude: Number(latitude), longitude: Number(longitude), liste_enseignes: 'À L’EXEMPLE' } : {}),
  };
}

function complementsOf({ siren, special }: Firm) {
  return {
    collectivite_territoriale: null,
    est_association: special === 'association',
    est_bio: false,
    est_entrepreneur_individuel: special === 'person',
    est_ess: special === 'association',
    est_organisme_formation: false,
    est_patrimoine_vivant: special === 'heritage',
    est_qualiopi: false,
    est_rge: false,
    est_service_public: false,
    est_societe_mission: false,
    est_uai: special === 'school',
    identifiant_association: special === 'association' ? `W000${siren.slice(3)}` : null,
  };
}
