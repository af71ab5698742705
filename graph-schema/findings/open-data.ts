/** The words of what can be found on the portals of open data, and in the directories of schools and firms that they hold. */
import type { Words } from './finding.ts';

const AGAIN_FR = 'Rien n’est tenu pour supprimé, et un nouvel essai aura lieu. Si cela dure, prévenez le partenaire.';
const AGAIN_EN = 'Nothing is held to be deleted, and it will be tried again. If it lasts, tell the partner.';

export const OPEN_DATA_FINDINGS = {
  'open-data-grown': {
    severity: 'error',
    fr: 'Le jeu de données a dépassé {limit} notices pendant la lecture ({total} maintenant) : les pages ne vont pas au-delà.',
    en: 'The dataset has grown beyond {limit} records while it was read ({total} now): pages do not reach further.',
    remedyFr: 'Rien à faire : le prochain essai lira l’export complet.',
    remedyEn: 'Nothing to do: the next try reads the whole export.',
  },
  'open-data-moved': {
    severity: 'error',
    fr: 'La liste de « {dataset} » a changé pendant la lecture : des notices auraient pu être passées sans être vues.',
    en: 'The list of “{dataset}” changed while it was read: records could have been passed over unseen.',
    remedyFr:
      'Rien à faire : elle sera relue depuis le début, et rien n’est tenu pour supprimé. Si cela revient chaque fois, nommez sous « options.id » un champ dont les valeurs sont uniques.',
    remedyEn:
      'Nothing to do: it is read again from the beginning, and nothing is held to be deleted. If it comes every time, name a field with unique values in “options.id”.',
  },
  'open-data-export-broken': {
    severity: 'error',
    fr: 'L’export {url} s’interrompt par « {begin} ».',
    en: 'The export {url} is interrupted by “{begin}”.',
    remedyFr: AGAIN_FR,
    remedyEn: AGAIN_EN,
  },
  'open-data-line-long': {
    severity: 'error',
    fr: 'Une ligne de l’export {url} dépasse {limit} caractères.',
    en: 'A line of the export {url} exceeds {limit} characters.',
    remedyFr:
      'Demandez moins de champs par « options.select » : l’un d’eux contient sans doute des contours géographiques.',
    remedyEn: 'Ask for fewer fields by “options.select”: one of them probably holds geographic outlines.',
  },
  'open-data-id-ambiguous': {
    severity: 'error',
    fr: 'L’identifiant « {id} » ne se sépare pas en {fields}.',
    en: 'The identifier “{id}” cannot be taken apart into {fields}.',
    remedyFr: 'Attendez la prochaine moisson complète : elle lit toutes les notices.',
    remedyEn: 'Wait for the next whole harvest: it reads all records.',
  },
  'open-data-type-unread': {
    severity: 'warning',
    fr: 'Notice {id} : le champ « {field} » n’est plus un texte ni un nombre ({found}) ; il est laissé de côté.',
    en: 'Record {id}: the field “{field}” is no longer a text or a number ({found}); it is left out.',
    remedyFr:
      'Si toutes les notices le disent, le partenaire a changé son interface : signalez-le à l’équipe de Trame.',
    remedyEn: 'If all records say so, the partner has changed its interface: report it to Trame’s team.',
  },
  'school-not-published': {
    severity: 'info',
    fr: 'L’établissement {id} n’est pas publié par le partenaire lui-même : il ne l’est pas ici non plus.',
    en: 'The establishment {id} is not published by the partner itself: nor is it here.',
    remedyFr: 'Rien à faire ; si c’est une erreur, elle se corrige chez le partenaire.',
    remedyEn: 'Nothing to do; if it is a mistake, it is corrected at the partner’s.',
  },
  'epv-siret-missing': {
    severity: 'info',
    fr: 'L’entreprise {id} n’a pas de SIRET : elle n’est reconnue que par son nom et sa région, et pas d’une source à l’autre.',
    en: 'The firm {id} has no SIRET: it is known by its name and region alone, and not from one source to another.',
    remedyFr: 'Si vous connaissez l’entreprise, dites au bureau de conciliation quelle structure elle est.',
    remedyEn: 'If you know the firm, tell at the reconciliation desk which structure it is.',
  },
} as const satisfies Readonly<Record<string, Words>>;
