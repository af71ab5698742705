/**
 * The one declaration of the graph: kinds, properties, relations. Records (record.ts), constraints, indexes, types and the
 * upsert Cypher (derive/), the GraphQL types (gateway/schema) are derived from it and from nothing else.
 *
 * Every entity node carries the labels `Entity` and its kind, and `Published` where everyone may see it. Bookkeeping nodes are in bookkeeping.ts.
 */
import { LICENCE_LAYERS } from './licences.ts';
import {
  boolean,
  cues,
  day,
  instant,
  integer,
  intervals,
  type Property,
  point,
  price,
  string,
  strings,
  uri,
  when,
} from './property.ts';
import { type Kind, many, one, type Relation } from './relation.ts';

/** Properties that every kind has. */
export const COMMON = {
  name: string('Nom ou titre', 'Name or title', { search: true }),
  alternativeNames: strings('Autres noms', 'Other names', { search: true }),
  description: string('Description', 'Description', { search: true }),
  page: uri('Page à lire chez le partenaire', 'Page to read at the partner’s'),
  licence: string('Licence des données de la meilleure source', 'Licence of the best source’s data'),
  licenceLayers: strings(
    'Toutes les licences dont relèvent les données de la fiche (licence-ouverte, odbl, cc-by, in-copyright, unknown…)',
    'All licences that the data of the entity are under',
  ),
  sources: strings('Sources qui en disent quelque chose', 'Sources that say something of it'),
  demonstration: boolean('Donnée de démonstration, engendrée et non réelle', 'Demonstration data: generated, not real'),
} as const satisfies Record<string, Property>;

const trades = (inverse: string) =>
  many('CONCERNS', 'Trade', inverse, 'Métiers concernés', 'Trades concerned', { words: 'trades' });
const media = (inverse: string) =>
  many('SHOWN_BY', 'Media', inverse, 'Images, sons et films', 'Pictures, sound and film');

export const STRUCTURE_TYPES = [
  'museum',
  'firm',
  'school',
  'association',
  'archive',
  'collector',
  'network',
  'public-body',
  'other',
] as const;
export const OBJECT_KINDS = ['object', 'work', 'document', 'film', 'testimony', 'specimen', 'building'] as const;
export const PLACE_TYPES = ['commune', 'former-commune', 'department', 'region', 'country', 'site'] as const;

export const MODEL = {
  Structure: {
    fr: 'Structure : musée, entreprise, établissement scolaire, association, archives, réseau…',
    en: 'Structure: museum, firm, school, association, archive, network…',
    strong: ['trame', 'museofile', 'siret', 'uai', 'rna', 'isil', 'webmuseo', 'datatourisme'],
    properties: {
      structureType: string('Nature de la structure', 'What the structure is', {
        index: true,
        values: STRUCTURE_TYPES,
      }),
      address: string('Adresse', 'Address'),
      postcode: string('Code postal', 'Postcode'),
      point: point('Position', 'Position', { index: true }),
      themes: strings('Thèmes', 'Themes', { search: true }),
      founded: when('Création', 'Foundation'),
      joined: day('Adhésion au réseau', 'Joined the network'),
      openingHours: string('Horaires, tels qu’indiqués', 'Opening hours, as stated'),
      price: price('Tarif de visite', 'Price of a visit'),
      labels: strings('Labels et protections', 'Labels and protections', { search: true }),
      closed: boolean('Fermée définitivement', 'Closed for good'),
      closedOn: day('Fermeture', 'Closed on'),
    },
    relations: {
      place: one('LOCATED_IN', 'Place', 'structures', 'Commune ou lieu', 'Commune or place', { words: 'places' }),
      memberOf: many(
        'MEMBER_OF',
        'Structure',
        'members',
        'Réseaux et clubs dont elle est membre',
        'Networks and clubs it belongs to',
        { facts: ['since', 'role'] },
      ),
      partOf: one('PART_OF', 'Structure', 'parts', 'Structure dont elle dépend', 'Structure it is part of'),
      trades: trades('structures'),
      activities: many('HAS_ACTIVITY', 'Concept', 'structuresActive', 'Activités (NAF)', 'Activities (NAF)', {
        words: { scheme: 'activity' },
      }),
      trainings: many('TEACHES', 'Concept', 'taughtAt', 'Formations dispensées', 'Trainings given', {
        words: { scheme: 'training' },
      }),
      media: media('ofStructures'),
    },
  },
  Trade: {
    fr: 'Métier ou savoir-faire',
    en: 'Trade or craft',
    strong: ['trame'],
    properties: {
      sector: string('Secteur', 'Sector', { index: true, search: true }),
      dutchNames: strings('Noms en néerlandais', 'Names in Dutch', { search: true }),
      period: when('Époque', 'Period'),
    },
    relations: {
      broader: many('BROADER', 'Trade', 'narrower', 'Métiers plus larges', 'Broader trades'),
      related: many('RELATED', 'Trade', 'relatedFrom', 'Métiers apparentés', 'Related trades'),
      matches: many('MATCHES', 'Concept', 'matchedBy', 'Correspondances (ROME, NAF)', 'Matches (ROME, NAF)', {
        facts: ['match'],
      }),
    },
  },
  HeritageObject: {
    fr: 'Objet du patrimoine : objet, œuvre, document, film, témoignage, spécimen, édifice',
    en: 'Heritage object: object, work, document, film, testimony, specimen, building',
    strong: [],
    properties: {
      objectKind: string('Nature', 'Kind', { index: true, values: OBJECT_KINDS }),
      objectTypes: strings('Dénominations', 'Object names', { search: true }),
      domains: strings('Domaines', 'Domains', { search: true }),
      inventoryNumber: string('Numéro d’inventaire', 'Inventory number', { index: true, search: true }),
      date: when('Date de création', 'Date of creation', { search: true, index: true }),
      dimensions: string('Dimensions', 'Dimensions'),
      inscriptions: string('Inscriptions', 'Inscriptions', { search: true }),
      use: string('Utilisation ou destination', 'Use', { search: true }),
      legalStatus: string('Statut juridique', 'Legal status'),
      credit: string('Mention obligatoire', 'Credit line'),
      point: point('Position', 'Position', { index: true }),
      duration: string('Durée', 'Duration'),
      transcript: cues('Ce qui est dit, avec son moment', 'What is said, and when', { search: true }),
    },
    relations: {
      heldBy: one('HELD_BY', 'Structure', 'holdings', 'Conservé par', 'Held by'),
      madeIn: many('MADE_IN', 'Place', 'objects', 'Lieux de création ou d’utilisation', 'Places of making or use', {
        words: 'places',
      }),
      trades: many('CONCERNS', 'Trade', 'objects', 'Métiers concernés', 'Trades concerned', {
        words: 'trades',
        facts: ['moment'],
      }),
      types: many('OF_TYPE', 'Concept', 'objectsOfType', 'Types d’objet', 'Object types', {
        words: { scheme: 'object-type' },
      }),
      techniques: many(
        'MADE_WITH',
        'Concept',
        'objectsMadeWith',
        'Matériaux et techniques',
        'Materials and techniques',
        { words: { scheme: 'technique' } },
      ),
      periods: many('OF_PERIOD', 'Concept', 'objectsOfPeriod', 'Périodes', 'Periods', { words: { scheme: 'period' } }),
      subjects: many('ABOUT', 'Concept', 'objectsAbout', 'Sujets', 'Subjects', { words: { scheme: 'subject' } }),
      creators: many('CREATED_BY', 'Agent', 'works', 'Auteurs et fabricants', 'Creators and makers', {
        words: 'agents',
        facts: ['role'],
      }),
      media: media('ofObjects'),
      sameAs: many(
        'SAME_AS',
        'HeritageObject',
        'sameAsFrom',
        'Le même objet, dans une autre source',
        'The same object, in another source',
      ),
    },
  },
  Place: {
    fr: 'Lieu : commune, département, région, pays, site',
    en: 'Place: commune, department, region, country, site',
    strong: ['insee', 'insee-dep', 'insee-reg', 'iso-3166', 'nis', 'nis-2018', 'trame'],
    properties: {
      placeType: string('Nature du lieu', 'What the place is', { index: true, values: PLACE_TYPES }),
      postcodes: strings('Codes postaux', 'Postcodes', { search: true }),
      point: point('Position', 'Position', { index: true }),
      population: integer('Population', 'Population'),
      country: string('Pays (ISO 3166-1)', 'Country (ISO 3166-1)'),
    },
    relations: { within: one('WITHIN', 'Place', 'contains', 'Situé dans', 'Within') },
  },
  Event: {
    fr: 'Événement',
    en: 'Event',
    strong: ['openagenda', 'datatourisme', 'trame'],
    properties: {
      eventType: string('Nature de l’événement', 'Kind of event', { index: true }),
      status: string('État', 'Status', { values: ['scheduled', 'cancelled', 'postponed', 'full'] }),
      occurrences: intervals('Dates et heures', 'Occurrences'),
      begin: instant('Début de la première date', 'Begin of the first occurrence', { index: true }),
      end: instant('Fin de la dernière date', 'End of the last occurrence', { index: true }),
      location: string('Lieu, en toutes lettres', 'Location, in words', { search: true }),
      conditions: string('Conditions', 'Conditions'),
      price: price('Tarif', 'Price'),
      accessibility: strings('Accessibilité', 'Accessibility'),
      registration: uri('Inscription', 'Registration'),
      point: point('Position', 'Position', { index: true }),
    },
    relations: {
      place: one('LOCATED_IN', 'Place', 'events', 'Commune ou lieu', 'Commune or place', { words: 'places' }),
      venue: one('TAKES_PLACE_AT', 'Structure', 'eventsHosted', 'Structure d’accueil', 'Venue'),
      organisers: many('ORGANISED_BY', 'Structure', 'eventsOrganised', 'Organisateurs', 'Organisers'),
      participants: many('HAS_PARTICIPANT', 'Structure', 'eventsJoined', 'Participants', 'Participants'),
      programme: one('IN_PROGRAMME', 'Programme', 'events', 'Programme', 'Programme'),
      trades: trades('events'),
      media: media('ofEvents'),
    },
  },
  Programme: {
    fr: 'Programme : opération thématique, festival',
    en: 'Programme: thematic operation, festival',
    strong: ['trame'],
    properties: { programmeType: string('Nature', 'Kind'), period: when('Période', 'Period') },
    relations: {
      organisers: many('ORGANISED_BY', 'Structure', 'programmesOrganised', 'Organisateurs', 'Organisers'),
      participants: many('HAS_PARTICIPANT', 'Structure', 'programmesJoined', 'Participants', 'Participants'),
    },
  },
  Exhibition: {
    fr: 'Exposition',
    en: 'Exhibition',
    strong: ['trame'],
    properties: {
      exhibitionType: string('Forme', 'Form', { values: ['physical', 'travelling', 'virtual'] }),
      bookable: boolean('Réservable', 'Bookable'),
      period: when('Période', 'Period'),
    },
    relations: {
      organisers: many('ORGANISED_BY', 'Structure', 'exhibitionsOrganised', 'Organisateurs', 'Organisers'),
      shownAt: many('SHOWN_AT', 'Structure', 'exhibitions', 'Présentée à', 'Shown at'),
      programme: one('IN_PROGRAMME', 'Programme', 'exhibitions', 'Programme', 'Programme'),
      trades: trades('exhibitions'),
      media: media('ofExhibitions'),
    },
  },
  Route: {
    fr: 'Circuit ou parcours de visite',
    en: 'Route',
    strong: ['trame', 'datatourisme'],
    properties: {
      routeType: string('Nature', 'Kind'),
      day: day('Date', 'Date'),
      duration: string('Durée', 'Duration'),
    },
    relations: {
      stops: many('HAS_STOP', 'Stop', 'routes', 'Étapes', 'Stops', { facts: ['position'] }),
      place: one('LOCATED_IN', 'Place', 'routes', 'Commune ou lieu', 'Commune or place', { words: 'places' }),
      organisers: many('ORGANISED_BY', 'Structure', 'routesOrganised', 'Organisateurs', 'Organisers'),
      trades: trades('routes'),
      media: media('ofRoutes'),
    },
  },
  Stop: {
    fr: 'Étape d’un circuit',
    en: 'Stop on a route',
    strong: ['trame'],
    properties: {
      position: integer('Rang', 'Position'),
      point: point('Position', 'Position', { index: true }),
      year: when('Année', 'Year'),
    },
    relations: {
      structure: one('AT', 'Structure', 'stops', 'Structure visitée', 'Structure visited'),
      place: one('LOCATED_IN', 'Place', 'stops', 'Commune ou lieu', 'Commune or place', { words: 'places' }),
      media: media('ofStops'),
    },
  },
  Pathway: {
    fr: 'Parcours découverte scolaire',
    en: 'School pathway',
    strong: ['trame'],
    properties: {
      levels: strings('Niveaux scolaires', 'School levels'),
      editorial: string('État éditorial', 'Editorial state', {
        values: ['draft', 'in-review', 'published', 'archived'],
      }),
      validation: string('Validation par les partenaires', 'Validation by the partners'),
      test: string('Test en conditions réelles', 'Test with a class'),
      testDate: when('Date du dernier test', 'Date of the latest test'),
      testPupils: integer('Élèves au dernier test', 'Pupils at the latest test'),
    },
    relations: {
      legs: many('HAS_LEG', 'Leg', 'pathways', 'Volets', 'Legs', { facts: ['position'] }),
      trades: trades('pathways'),
    },
  },
  Leg: {
    fr: 'Volet d’un parcours : patrimoine, entreprise ou formation',
    en: 'Leg of a pathway: heritage, firm or training',
    strong: ['trame'],
    properties: {
      role: string('Rôle', 'Role', { values: ['heritage', 'firm', 'training'] }),
      state: string('État', 'State', { values: ['confirmed', 'proposed', 'missing', 'not-stated'] }),
      position: integer('Rang', 'Position'),
    },
    relations: { structures: many('AT', 'Structure', 'legs', 'Structures', 'Structures') },
  },
  Offer: {
    fr: 'Offre : Pass’Musées et semblables',
    en: 'Offer',
    strong: ['trame', 'datatourisme'],
    properties: {
      offerType: string('Nature', 'Kind', { index: true }),
      conditions: string('Conditions', 'Conditions'),
      price: price('Tarif', 'Price'),
      levels: strings('Niveaux scolaires', 'School levels'),
      duration: string('Durée', 'Duration'),
      validFrom: day('Valable du', 'Valid from'),
      validTo: day('Valable jusqu’au', 'Valid to', { index: true }),
    },
    relations: {
      place: one('LOCATED_IN', 'Place', 'offers', 'Commune ou lieu', 'Commune or place', { words: 'places' }),
      offeredBy: many('OFFERED_BY', 'Structure', 'offersMade', 'Proposée par', 'Offered by'),
      participants: many(
        'HAS_PARTICIPANT',
        'Structure',
        'offers',
        'Structures participantes',
        'Participating structures',
      ),
      media: media('ofOffers'),
    },
  },
  Resource: {
    fr: 'Ressource pédagogique ou documentaire',
    en: 'Teaching or documentary resource',
    strong: ['trame'],
    properties: {
      resourceType: string('Nature', 'Kind'),
      levels: strings('Niveaux scolaires', 'School levels'),
      issued: day('Publication', 'Issued'),
    },
    relations: {
      publishers: many('PUBLISHED_BY', 'Structure', 'resources', 'Publiée par', 'Published by'),
      about: many('ABOUT_STRUCTURE', 'Structure', 'resourcesAbout', 'Structures concernées', 'Structures concerned'),
      trades: trades('resources'),
      media: media('ofResources'),
    },
  },
  Concept: {
    fr: 'Notion : matériau, technique, période, sujet',
    en: 'Concept: material, technique, period, subject',
    strong: ['concept', 'rome', 'naf'],
    properties: {
      scheme: string('Vocabulaire', 'Scheme', { index: true }),
      notation: string('Code', 'Notation', { search: true }),
    },
    relations: { broader: many('BROADER', 'Concept', 'narrower', 'Notions plus larges', 'Broader concepts') },
  },
  Agent: {
    fr: 'Auteur ou fabricant',
    en: 'Creator or maker',
    strong: ['agent'],
    properties: { agentType: string('Nature', 'Kind', { values: ['person', 'organisation', 'unknown'] }) },
    relations: {},
  },
  Media: {
    fr: 'Image, son ou film',
    en: 'Picture, sound or film',
    strong: [],
    properties: {
      url: uri('Adresse', 'Address'),
      mediaType: string('Type (image, video, audio, iiif-manifest)', 'Type', {
        values: ['image', 'video', 'audio', 'iiif-manifest', 'document'],
      }),
      rights: string('Droits, tels qu’indiqués', 'Rights, as stated'),
      rightsUri: uri('Adresse de la licence', 'Address of the licence'),
      credit: string('Crédit', 'Credit'),
      republishable: boolean('Republication permise (inconnu : non)', 'May be republished (unknown: no)'),
      rightsLayer: string('Licence de l’image', 'Licence of the picture', { index: true, values: LICENCE_LAYERS }),
    },
    relations: {},
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof MODEL;
export const KINDS = Object.keys(MODEL) as readonly KindName[];

/** Kinds that a source mentions inside a record rather than describes: they are Published while something Published leads to them. */
export const MENTIONED = ['Concept', 'Agent', 'Media', 'Place'] as const satisfies readonly KindName[];

/** A kind, its declaration widened: what code that walks the model works with. */
export function kindOf(name: KindName): Kind {
  return MODEL[name];
}

/** Every property of a kind, the common ones first. */
export function propertiesOf(name: KindName): Readonly<Record<string, Property>> {
  return { ...COMMON, ...MODEL[name].properties };
}

/** The relations that lead to a kind: the kind they come from and the name they have there. */
export function inverseRelationsOf(
  name: KindName,
): readonly { from: KindName; relation: string; declared: Relation }[] {
  return KINDS.flatMap((from) =>
    Object.entries(kindOf(from).relations)
      .filter(([, declared]) => declared.to === name)
      .map(([relation, declared]) => ({ from, relation, declared })),
  );
}
