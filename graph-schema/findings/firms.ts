/** The words of what can be found about firms and schools: their numbers, what may be shown of them, what Onisep says of trainings. */
import type { Words } from './finding.ts';

const KEPT_FR = 'Le reste de la notice est gardé, sans ce numéro.';
const KEPT_EN = 'The rest of the record is kept, without this number.';

export const FIRM_FINDINGS = {
  'siret-check-wrong': {
    severity: 'warning',
    fr: 'Le SIRET « {value} » ({where}) est faux : son chiffre de contrôle ne correspond pas.',
    en: 'The SIRET “{value}” ({where}) is wrong: its check digit does not fit.',
    remedyFr: `Corrigez-le chez le partenaire d’après annuaire-entreprises.data.gouv.fr. ${KEPT_FR}`,
    remedyEn: `Correct it at the partner’s after annuaire-entreprises.data.gouv.fr. ${KEPT_EN}`,
  },
  'siret-rounded': {
    severity: 'warning',
    fr: 'Le SIRET « {value} » ({where}) a été arrondi par un tableur : ses derniers chiffres sont perdus.',
    en: 'The SIRET “{value}” ({where}) was rounded by a spreadsheet program: its last digits are lost.',
    remedyFr: `Mettez la colonne au format « texte », puis saisissez le numéro à nouveau. ${KEPT_FR}`,
    remedyEn: `Set the column to “text”, then enter the number again. ${KEPT_EN}`,
  },
  'siret-siren': {
    severity: 'warning',
    fr: '« {value} » ({where}) est un SIREN (9 chiffres) : il dit l’entreprise, non l’établissement.',
    en: '“{value}” ({where}) is a SIREN (9 digits): it names the firm, not the establishment.',
    remedyFr: `Ajoutez les cinq chiffres de l’établissement (le NIC). ${KEPT_FR}`,
    remedyEn: `Add the five digits of the establishment (the NIC). ${KEPT_EN}`,
  },
  'siret-digits-lost': {
    severity: 'warning',
    fr: 'Le SIRET « {value} » ({where}) n’a pas 14 chiffres : un tableur a sans doute ôté les zéros du début.',
    en: 'The SIRET “{value}” ({where}) does not have 14 digits: a spreadsheet program has probably taken its leading zeros.',
    remedyFr: `Mettez la colonne au format « texte », puis saisissez le numéro à nouveau. ${KEPT_FR}`,
    remedyEn: `Set the column to “text”, then enter the number again. ${KEPT_EN}`,
  },
  'siret-form-wrong': {
    severity: 'warning',
    fr: '« {value} » ({where}) n’est pas un SIRET : 14 chiffres sont attendus.',
    en: '“{value}” ({where}) is no SIRET: 14 digits are expected.',
    remedyFr: `Corrigez-le chez le partenaire. ${KEPT_FR}`,
    remedyEn: `Correct it at the partner’s. ${KEPT_EN}`,
  },
  'firm-not-diffusible': {
    severity: 'info',
    fr: 'L’entreprise {id} s’oppose à la diffusion de ses données (statut de diffusion « {status} ») : elle n’est pas publiée.',
    en: 'The firm {id} objects to its data being shown (diffusion status “{status}”): it is not published.',
    remedyFr: 'Rien à faire : la loi demande de la laisser de côté, tant que ce statut n’est pas « O ».',
    remedyEn: 'Nothing to do: the law wants it left aside, as long as this status is not “O”.',
  },
  'firm-is-person': {
    severity: 'info',
    fr: 'L’entreprise {id} est individuelle : son nom est celui d’une personne ; elle n’est pas publiée.',
    en: 'The firm {id} is a sole trader: its name is a person’s; it is not published.',
    remedyFr:
      'Si cette personne est d’accord, inscrivez son atelier dans une feuille du réseau, sous le nom qu’elle choisit.',
    remedyEn: 'Where that person agrees, enter the workshop in a sheet of the network, under the name of their choice.',
  },
  'firm-several-schools': {
    severity: 'info',
    fr: 'L’établissement {siret} abrite plusieurs écoles ({count} codes UAI) : aucun n’est pris pour le sien.',
    en: 'The establishment {siret} houses several schools ({count} UAI codes): none is taken for its own.',
    remedyFr: 'Rien à faire : les écoles viennent de l’annuaire de l’éducation.',
    remedyEn: 'Nothing to do: the schools come from the directory of education.',
  },
  'firms-row-foreign': {
    severity: 'error',
    fr: '« {id} » n’est pas une réponse de l’API Recherche d’entreprises : « {missing} » manque.',
    en: '“{id}” is no answer of the API Recherche d’entreprises: “{missing}” is missing.',
    remedyFr: 'Corrigez « format » dans la source, ou demandez à nouveau la réponse entière.',
    remedyEn: 'Correct “format” in the source, or ask for the whole answer again.',
  },
  'uai-wrong': {
    severity: 'warning',
    fr: 'Le code UAI « {value} » ({where}) est faux : sept chiffres et leur lettre de contrôle sont attendus.',
    en: 'The UAI code “{value}” ({where}) is wrong: seven digits and their check letter are expected.',
    remedyFr: `Corrigez-le chez le partenaire. ${KEPT_FR}`,
    remedyEn: `Correct it at the partner’s. ${KEPT_EN}`,
  },
  'onisep-nomenclature': {
    severity: 'error',
    fr: '{file} est une nomenclature (codes et libellés de formations) : elle ne dit ni qui enseigne, ni où.',
    en: '{file} is a nomenclature (codes and names of trainings): it says neither who teaches nor where.',
    remedyFr:
      'Excluez ce fichier par « options.match » ; prenez chez l’Onisep les structures (Idéo-Structures) ou les actions de formation (Idéo-Actions de formation).',
    remedyEn:
      'Leave this file out by “options.match”; take from Onisep the structures (Idéo-Structures) or the trainings given (Idéo-Actions de formation).',
  },
  'onisep-training-only': {
    severity: 'error',
    fr: 'La fiche {id} décrit une formation sans dire où elle est donnée (pas de code UAI).',
    en: 'The sheet {id} describes a training without saying where it is given (no UAI code).',
    remedyFr: 'Prenez le jeu « Idéo-Actions de formation », qui relie chaque formation à un établissement.',
    remedyEn: 'Take the data set “Idéo-Actions de formation”, which links each training to a school.',
  },
} as const satisfies Readonly<Record<string, Words>>;
