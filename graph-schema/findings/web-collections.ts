/** The words of what can be found in collections on the web: IIIF, Omeka S, EDM. */
import type { Words } from './finding.ts';

const AGAIN_FR = 'Rien n’est tenu pour supprimé, et un nouvel essai aura lieu. Si cela dure, prévenez le partenaire.';
const AGAIN_EN = 'Nothing is held to be deleted, and it will be tried again. If it lasts, tell the partner.';

export const WEB_COLLECTION_FINDINGS = {
  'iiif-is-collection': {
    severity: 'error',
    fr: '{id} est une collection IIIF et non un manifeste : elle ne contient que des renvois.',
    en: '{id} is an IIIF collection and no manifest: it only points to others.',
    remedyFr: 'Prenez « protocol: iiif » avec son adresse sous « options.url » : chaque manifeste sera alors lu.',
    remedyEn: 'Use “protocol: iiif” with its address in “options.url”: each manifest is then read.',
  },
  'iiif-not-collection': {
    severity: 'error',
    fr: '{url} n’est pas une collection IIIF (trouvé : {found}).',
    en: '{url} is no IIIF collection (found: {found}).',
    remedyFr: 'Demandez au partenaire l’adresse de sa collection ; pour un seul manifeste, prenez « protocol: files ».',
    remedyEn: 'Ask the partner for the address of the collection; for one manifest, use “protocol: files”.',
  },
  'iiif-manifest-unread': {
    severity: 'error',
    fr: 'Le manifeste {id} n’a pas pu être lu : {reason}',
    en: 'The manifest {id} could not be read: {reason}',
    remedyFr: 'Signalez cette adresse au partenaire ; les autres manifestes continuent.',
    remedyEn: 'Tell the partner of this address; the other manifests go on.',
  },
  'iiif-member-nameless': {
    severity: 'error',
    fr: 'La collection {url} contient un renvoi sans adresse (rang {rank}).',
    en: 'The collection {url} holds a reference without an address (rank {rank}).',
    remedyFr: 'Signalez-le au partenaire ; les autres manifestes continuent.',
    remedyEn: 'Tell the partner; the other manifests go on.',
  },
  'iiif-collection-again': {
    severity: 'info',
    fr: 'La collection {url} est citée plusieurs fois ; elle n’est lue qu’une fois.',
    en: 'The collection {url} is named several times; it is read once.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'iiif-too-deep': {
    severity: 'error',
    fr: 'Les collections sont emboîtées sur plus de {limit} niveaux, ou sont plus de {most}, à partir de {url}.',
    en: 'Collections are nested deeper than {limit} levels, or are more than {most}, from {url} on.',
    remedyFr: 'Elles tournent sans doute en rond : prenez l’adresse d’une sous-collection, et prévenez le partenaire.',
    remedyEn: 'They probably go in a circle: use the address of a sub-collection, and tell the partner.',
  },
  'iiif-many-unread': {
    severity: 'error',
    fr: '{count} manifestes de suite n’ont pas pu être lus, le dernier : {id}.',
    en: '{count} manifests in a row could not be read, the last one: {id}.',
    remedyFr: AGAIN_FR,
    remedyEn: AGAIN_EN,
  },
  'iiif-collection-changed': {
    severity: 'info',
    fr: 'La collection {url} a changé depuis le point de reprise : elle est relue depuis son début.',
    en: 'The collection {url} has changed since the checkpoint: it is read again from its beginning.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'iiif-collections-unread': {
    severity: 'error',
    fr: '{count} collections n’ont pas pu être lues : {names}.',
    en: '{count} collections could not be read: {names}.',
    remedyFr: `Signalez ces adresses au partenaire. ${AGAIN_FR}`,
    remedyEn: `Tell the partner of these addresses. ${AGAIN_EN}`,
  },
  'iiif-picture-locked': {
    severity: 'info',
    fr: 'Les images de {id} demandent de s’identifier chez le partenaire : elles ne sont pas reprises.',
    en: 'The pictures of {id} ask for a login at the partner’s: they are left out.',
    remedyFr: 'Rien à faire : la notice renvoie au partenaire.',
    remedyEn: 'Nothing to do: the record leads to the partner.',
  },
  'web-address-unread': {
    severity: 'warning',
    fr: '« {value} » ({where}) n’est pas une adresse web ; elle est laissée de côté.',
    en: '“{value}” ({where}) is no web address; it is left out.',
    remedyFr: 'Corrigez-la chez le partenaire. Le reste de la notice est gardé.',
    remedyEn: 'Correct it at the partner’s. The rest of the record is kept.',
  },
  'values-left-out': {
    severity: 'info',
    fr: '{count} valeurs de la notice {id} sont laissées de côté (trop longues, trop nombreuses, ou une adresse à la place d’un mot), dont : {names}.',
    en: '{count} values of the record {id} are left out (too long, too many, or an address in the place of a word), among them: {names}.',
    remedyFr: 'Rien à faire : la notice du partenaire les garde.',
    remedyEn: 'Nothing to do: the partner’s own record keeps them.',
  },
  'values-private': {
    severity: 'info',
    fr: '{count} valeurs de la notice {id} sont privées ou sont des coordonnées de personnes : elles ne sont pas reprises.',
    en: '{count} values of the record {id} are private or are contact details: they are left out.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'record-private': {
    severity: 'info',
    fr: 'La notice {id} est privée chez le partenaire : elle n’est pas publiée.',
    en: 'The record {id} is private at the partner’s: it is not published.',
    remedyFr: 'Rien à faire ; le partenaire peut la rendre publique chez lui.',
    remedyEn: 'Nothing to do; the partner can make it public.',
  },
  'omeka-s-agent': {
    severity: 'info',
    fr: 'La notice {id} décrit une personne ou un organisme et non un objet : elle n’est pas reprise.',
    en: 'The record {id} describes a person or a body and no object: it is left out.',
    remedyFr:
      'Rien à faire. Pour ne plus la lire, limitez la source par « options.itemSet » ou « options.resourceClass ».',
    remedyEn: 'Nothing to do. To read it no more, narrow the source by “options.itemSet” or “options.resourceClass”.',
  },
  'edm-none': {
    severity: 'error',
    fr: '{file} ne contient aucune notice EDM (edm:ProvidedCHO dans un document RDF/XML).',
    en: '{file} holds no EDM record (edm:ProvidedCHO in an RDF/XML document).',
    remedyFr: 'Corrigez « format », ou excluez ce fichier par « options.match ».',
    remedyEn: 'Correct “format”, or leave this file out by “options.match”.',
  },
  'edm-id-missing': {
    severity: 'error',
    fr: '{file} : un edm:ProvidedCHO n’a pas d’identifiant (rdf:about).',
    en: '{file}: an edm:ProvidedCHO has no identifier (rdf:about).',
    remedyFr: 'EDM le rend obligatoire : demandez au partenaire de le remplir.',
    remedyEn: 'EDM makes it mandatory: ask the partner to fill it in.',
  },
  'edm-parts-alone': {
    severity: 'warning',
    fr: '{file} : {count} parties (agrégations, images, lieux…) ne se rattachent à aucune notice proche, dont {example}.',
    en: '{file}: {count} parts (aggregations, pictures, places…) belong to no record near them, among them {example}.',
    remedyFr: 'Si des notices ont perdu leurs images, demandez un export où chaque notice est suivie de ses parties.',
    remedyEn: 'Where records lost their pictures, ask for an export in which each record is followed by its parts.',
  },
  'edm-links-unresolved': {
    severity: 'info',
    fr: 'Dans la notice {id}, {count} valeurs ne sont que des adresses dont elle ne dit pas le nom, dont {example} : elles sont laissées de côté.',
    en: 'In the record {id}, {count} values are addresses of which it does not say the name, among them {example}: they are left out.',
    remedyFr: 'Demandez au partenaire un export qui contient les lieux, personnes et notions (skos:prefLabel).',
    remedyEn: 'Ask the partner for an export that contains the places, people and concepts (skos:prefLabel).',
  },
  'edm-too-large': {
    severity: 'error',
    fr: '{file} : la notice {id} dépasse une limite ({reason}) ; elle est écartée.',
    en: '{file}: the record {id} exceeds a limit ({reason}); it is set aside.',
    remedyFr: 'Demandez au partenaire une notice plus courte.',
    remedyEn: 'Ask the partner for a shorter record.',
  },
  'edm-xml-repaired': {
    severity: 'warning',
    fr: '{file} : {count} réparations ont été faites dans le XML ({kind}).',
    en: '{file}: {count} repairs were made in the XML ({kind}).',
    remedyFr: 'Signalez-le au partenaire : le codage déclaré, ou des caractères, y sont faux.',
    remedyEn: 'Tell the partner: the declared charset, or some characters, are wrong.',
  },
  'edm-xml-broken': {
    severity: 'error',
    fr: '{file} n’est pas un XML bien formé : {reason}.',
    en: '{file} is not well-formed XML: {reason}.',
    remedyFr:
      'Le fichier est sans doute incomplet : demandez-le à nouveau. Les notices lues avant l’erreur sont gardées.',
    remedyEn: 'The file is probably incomplete: ask for it again. The records read before the error are kept.',
  },
} as const satisfies Readonly<Record<string, Words>>;
