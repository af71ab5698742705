/** The words of what can be found in a partner's paged API. */
import type { Words } from './finding.ts';

const AGAIN_FR =
  'Rien à faire tout de suite : un nouvel essai aura lieu, à partir du dernier point de reprise. Si cela dure, prévenez le partenaire.';
const AGAIN_EN =
  'Nothing to do at once: it will be tried again, from the last checkpoint. If it lasts, tell the partner.';
const ANEW_FR =
  'Rien n’a été tenu pour supprimé ; la liste sera relue depuis son début. Si cela dure, prévenez le partenaire.';
const ANEW_EN =
  'Nothing was held to be deleted; the list will be read again from its beginning. If it lasts, tell the partner.';

export const API_FINDINGS = {
  'api-other-record': {
    severity: 'error',
    fr: '{api} a donné la notice {found} quand {id} était demandée : rien n’en est repris.',
    en: '{api} gave the record {found} when {id} was asked for: nothing of it is taken in.',
    remedyFr:
      'La prochaine moisson dira ce qu’il en est. Si cela se répète, prévenez le partenaire : son filtre ne filtre plus.',
    remedyEn: 'The next harvest will tell. If it happens again, tell the partner: its filter no longer filters.',
  },
  'api-key-refused': {
    severity: 'error',
    fr: '{url} refuse l’accès ({status}) : {message}',
    en: '{url} refuses access ({status}): {message}',
    remedyFr: 'Vérifiez la clé dans l’environnement ; demandez-en une au partenaire si elle manque ou est périmée.',
    remedyEn: 'Check the key in the environment; ask the partner for one where it is missing or expired.',
  },
  'api-refused': {
    severity: 'error',
    fr: '{url} refuse la demande ({status}) : {message}',
    en: '{url} refuses the request ({status}): {message}',
    remedyFr:
      'Corrigez « options » dans la source d’après ce message, ou demandez au partenaire si son adresse a changé.',
    remedyEn: 'Correct “options” in the source after this message, or ask the partner whether the address has changed.',
  },
  'api-not-json': {
    severity: 'error',
    fr: '{url} ne répond pas en JSON ; la réponse commence par « {begin} ».',
    en: '{url} does not answer in JSON; the answer begins with “{begin}”.',
    remedyFr: AGAIN_FR,
    remedyEn: AGAIN_EN,
  },
  'api-not-utf8': {
    severity: 'warning',
    fr: '{url} ne répond pas en UTF-8, comme le veut JSON ; la réponse est lue comme {encoding}.',
    en: '{url} does not answer in UTF-8, as JSON demands; the answer is read as {encoding}.',
    remedyFr: 'Vérifiez quelques accents, et prévenez le partenaire.',
    remedyEn: 'Check a few accents, and tell the partner.',
  },
  'api-page-too-large': {
    severity: 'error',
    fr: 'Une seule réponse de {url} dépasse {limit} Mo.',
    en: 'One single answer of {url} exceeds {limit} MB.',
    remedyFr:
      'Demandez moins de notices par page (« size » dans « options »). Si la page est déjà petite, une notice y est démesurée : signalez-le au partenaire.',
    remedyEn:
      'Ask for fewer records a page (“size” in “options”). If the page is small already, one record in it is out of all measure: tell the partner.',
  },
  'api-answer-unexpected': {
    severity: 'error',
    fr: 'La réponse de {url} n’a pas la forme attendue ({path} : {message}).',
    en: 'The answer of {url} is not of the expected shape ({path}: {message}).',
    remedyFr:
      'Le partenaire a sans doute changé son interface : rien n’a été touché ; signalez-le à l’équipe de Trame avec cette adresse.',
    remedyEn:
      'The partner has probably changed its interface: nothing was touched; report it to Trame’s team with this address.',
  },
  'api-nothing': {
    severity: 'error',
    fr: '{api} ne donne aucune notice : un filtre mal écrit répond ainsi, sans erreur.',
    en: '{api} gives no record at all: a filter that is misspelt answers so, without an error.',
    remedyFr: 'Comparez les filtres de « options » aux valeurs exactes du partenaire. Rien n’a été tenu pour supprimé.',
    remedyEn: 'Compare the filters in “options” with the partner’s exact values. Nothing was held to be deleted.',
  },
  'api-too-many': {
    severity: 'error',
    fr: '{api} annonce {total} notices et n’en donne jamais plus de {limit}.',
    en: '{api} announces {total} records and never gives more than {limit}.',
    remedyFr:
      'Resserrez les filtres de « options », ou faites-en plusieurs sources (une par département, par exemple).',
    remedyEn: 'Narrow the filters in “options”, or make several sources of it (one a department, for instance).',
  },
  'api-rows-nameless': {
    severity: 'warning',
    fr: '{count} notices de la première page de {api} n’ont pas d’identifiant : elles seront mises de côté.',
    en: '{count} records of the first page of {api} have no identifier: they will be set aside.',
    remedyFr: 'Demandez au partenaire de leur en donner un.',
    remedyEn: 'Ask the partner to give them one.',
  },
  'api-row-nameless': {
    severity: 'error',
    fr: 'La notice n° {row} de {api} n’a pas d’identifiant.',
    en: 'Record no. {row} of {api} has no identifier.',
    remedyFr: 'Demandez au partenaire de lui en donner un ; elle est mise de côté, les autres continuent.',
    remedyEn: 'Ask the partner to give it one; it is set aside, the others go on.',
  },
  'api-row-too-deep': {
    severity: 'error',
    fr: 'La notice {id} emboîte plus de {limit} niveaux de listes et d’objets.',
    en: 'The record {id} nests lists and objects more than {limit} levels deep.',
    remedyFr: 'Signalez-la au partenaire : elle est sans doute abîmée. Elle est mise de côté, les autres continuent.',
    remedyEn: 'Tell the partner: it is probably damaged. It is set aside, the others go on.',
  },
  'api-row-repeated': {
    severity: 'warning',
    fr: '{api} donne deux fois la notice {id} ; la première reste.',
    en: '{api} gives the record {id} twice; the first one stands.',
    remedyFr: 'Rien à faire : la liste a bougé pendant la lecture. Si cela revient, prévenez le partenaire.',
    remedyEn: 'Nothing to do: the list moved while it was read. If it comes again, tell the partner.',
  },
  'api-page-again': {
    severity: 'info',
    fr: 'Une page de {api} était vide au milieu de la liste ; elle a été redemandée.',
    en: 'A page of {api} was empty in the middle of the list; it was asked for again.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'api-page-empty': {
    severity: 'error',
    fr: '{api} donne une page vide au milieu de la liste, après {found} notices sur {expected}.',
    en: '{api} gives an empty page in the middle of the list, after {found} records of {expected}.',
    remedyFr: AGAIN_FR,
    remedyEn: AGAIN_EN,
  },
  'api-count-short': {
    severity: 'error',
    fr: '{api} annonce {expected} notices et n’en a donné que {found}.',
    en: '{api} announces {expected} records and gave only {found}.',
    remedyFr: ANEW_FR,
    remedyEn: ANEW_EN,
  },
  'api-count-exceeded': {
    severity: 'error',
    fr: '{api} n’annonce que {expected} notices et en a donné {found} : ce compte est faux, et rien ne dit plus où la liste finit.',
    en: '{api} announces only {expected} records and gave {found}: that count is wrong, and nothing tells any more where the list ends.',
    remedyFr: ANEW_FR,
    remedyEn: ANEW_EN,
  },
  'api-loop': {
    severity: 'error',
    fr: 'La liste de {api} tourne en rond : la page {pages} ne dit rien de nouveau.',
    en: 'The list of {api} goes in a circle: page {pages} says nothing new.',
    remedyFr: ANEW_FR,
    remedyEn: ANEW_EN,
  },
  'api-unstable': {
    severity: 'error',
    fr: 'La liste de {api} change à chaque lecture : après {passes} lectures de plus, des notices nouvelles apparaissent encore.',
    en: 'The list of {api} changes at each reading: after {passes} more readings, new records still appear.',
    remedyFr: 'Demandez au partenaire un tri stable. Rien n’a été tenu pour supprimé ; un nouvel essai aura lieu.',
    remedyEn: 'Ask the partner for a stable order. Nothing was held to be deleted; it will be tried again.',
  },
  'api-stopped': {
    severity: 'info',
    fr: 'La lecture de {api} a été arrêtée.',
    en: 'The reading of {api} was stopped.',
    remedyFr: 'Rien à faire : elle reprendra au dernier point de reprise.',
    remedyEn: 'Nothing to do: it will go on from the last checkpoint.',
  },
} as const satisfies Readonly<Record<string, Words>>;
