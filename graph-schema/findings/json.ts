/** The words of what can be found in a file of JSON: one record, a list, a page of an API, or a record a line. */
import type { Words } from './finding.ts';

export const JSON_FINDINGS = {
  'json-not-json': {
    severity: 'error',
    fr: '{file} n’est pas un fichier JSON : il commence par « {found} ».',
    en: '{file} is no JSON file: it begins with “{found}”.',
    remedyFr: 'Donnez l’adresse de la réponse JSON du partenaire, ou changez le format de la source.',
    remedyEn: 'Give the address of the partner’s JSON answer, or change the source’s format.',
  },
  'json-no-list': {
    severity: 'error',
    fr: '{file} n’est ni une notice ni une liste : ses clés sont {found} ; la liste attendue s’appelle {lists}.',
    en: '{file} is neither a record nor a list: its keys are {found}; the expected list is called {lists}.',
    remedyFr: 'Vérifiez que le fichier est bien celui du partenaire, et que le format de la source est le bon.',
    remedyEn: 'Check that the file is the partner’s, and that the source’s format is the right one.',
  },
  'json-partner-error': {
    severity: 'error',
    fr: '{file} ne contient que le refus du partenaire : « {message} ».',
    en: '{file} holds nothing but the partner’s own refusal: “{message}”.',
    remedyFr: 'Corrigez la demande (adresse, clé, filtre) selon ce message, ou signalez-le au partenaire.',
    remedyEn: 'Correct the request (address, key, filter) as the message says, or tell the partner.',
  },
  'json-cut-off': {
    severity: 'error',
    fr: '{file} s’arrête au milieu, après {rows} notices : la suite manque.',
    en: '{file} breaks off after {rows} records: the rest is missing.',
    remedyFr: 'Redemandez le fichier ; rien n’est tenu pour disparu d’ici là.',
    remedyEn: 'Ask for the file again; until then nothing is held to be gone.',
  },
  'json-more-after': {
    severity: 'error',
    fr: '{file} continue après sa fin (devant « {found} ») : cette suite n’est pas lue.',
    en: '{file} goes on after its end (before “{found}”): that part is not read.',
    remedyFr: 'Donnez un fichier par réponse, ou une notice par ligne.',
    remedyEn: 'Give one file an answer, or one record a line.',
  },
  'json-row-broken': {
    severity: 'error',
    fr: '{file}, n° {position} : la notice n’est pas du JSON correct ({reason}).',
    en: '{file}, no. {position}: the record is not correct JSON ({reason}).',
    remedyFr: 'Faites corriger la notice chez le partenaire ; les autres sont lues.',
    remedyEn: 'Have the record corrected at the partner’s; the others are read.',
  },
  'json-row-too-large': {
    severity: 'error',
    fr: '{file}, n° {position} : la notice dépasse {limit} millions de caractères.',
    en: '{file}, no. {position}: the record exceeds {limit} million characters.',
    remedyFr: 'Vérifiez que c’est bien une notice et non un fichier entier ; les autres sont lues.',
    remedyEn: 'Check that it is one record and not a whole file; the others are read.',
  },
  'json-row-too-deep': {
    severity: 'error',
    fr: '{file}, n° {position} : la notice s’emboîte sur plus de {limit} niveaux.',
    en: '{file}, no. {position}: the record is nested more than {limit} levels deep.',
    remedyFr: 'Aucune notice n’en a besoin : faites vérifier le fichier chez le partenaire.',
    remedyEn: 'No record needs that: have the file checked at the partner’s.',
  },
  'json-id-missing': {
    severity: 'error',
    fr: '{file}, n° {position} : la notice n’a pas d’identifiant.',
    en: '{file}, no. {position}: the record has no identifier.',
    remedyFr: 'Donnez-lui un identifiant chez le partenaire ; les autres notices sont lues.',
    remedyEn: 'Give it an identifier at the partner’s; the other records are read.',
  },
} as const satisfies Readonly<Record<string, Words>>;
