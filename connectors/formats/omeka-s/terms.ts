/** What the properties and classes of Omeka S mean: Dublin Core, and the vocabularies that it brings along (bibo, foaf, schema.org). */
import type { Meaning, ObjectKind } from '../shared/described.ts';

/** Words that several vocabularies share, by their local name. */
const PROPERTIES: Readonly<Record<string, Meaning>> = {
  title: 'title',
  name: 'title',
  headline: 'title',
  alternative: 'alternative',
  alternateName: 'alternative',
  shortTitle: 'alternative',
  description: 'description',
  abstract: 'description',
  summary: 'description',
  creator: 'creator',
  author: 'creator',
  authorList: 'creator',
  contributor: 'creator',
  editor: 'creator',
  director: 'creator',
  interviewer: 'creator',
  photographer: 'creator',
  created: 'date',
  dateCreated: 'date',
  date: 'date',
  issued: 'date',
  datePublished: 'date',
  type: 'type',
  genre: 'type',
  format: 'format',
  medium: 'technique',
  material: 'technique',
  extent: 'dimensions',
  numPages: 'dimensions',
  size: 'dimensions',
  identifier: 'identifier',
  spatial: 'place',
  locationCreated: 'place',
  contentLocation: 'place',
  coverage: 'coverage',
  temporal: 'period',
  temporalCoverage: 'period',
  subject: 'subject',
  about: 'subject',
  keywords: 'subject',
  duration: 'duration',
  creditText: 'credit',
  homepage: 'page',
  url: 'page',
  uri: 'page',
  modified: 'ignored',
  dateModified: 'ignored',
  hasFormat: 'ignored',
  thumbnail: 'ignored',
  image: 'ignored',
  mbox: 'private',
  mbox_sha1sum: 'private',
  phone: 'private',
  email: 'private',
  telephone: 'private',
  faxNumber: 'private',
  address: 'private',
  birthday: 'private',
};

const ROLES: Readonly<Record<string, string>> = {
  contributor: 'contributeur',
  editor: 'éditeur scientifique',
  director: 'réalisateur',
  interviewer: 'enquêteur',
  photographer: 'photographe',
};

/** What a property means, by its local name: `dcterms:title`, `schema:name`. `other` where it is not known. */
export function meaningOfTerm(term: string): { readonly meaning: Meaning; readonly role: string | undefined } {
  const name = localName(term);
  const meaning = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  return { meaning: meaning ?? 'other', role: Object.hasOwn(ROLES, name) ? ROLES[name] : undefined };
}

const localName = (term: string): string => term.replace(/^.*[:#/]/, '');

const CLASSES: readonly (readonly [pattern: RegExp, kind: ObjectKind])[] = [
  [/^(MovingImage|Film|Movie|VideoObject|AudioVisualDocument|Clip)$/, 'film'],
  [/^(Sound|AudioObject|AudioDocument|Interview)$/, 'testimony'],
  [/^(Painting|Sculpture|Drawing|Photograph|VisualArtwork)$/, 'work'],
  [
    /^(Text|Document|Book|Letter|Manuscript|Article|Report|Newspaper|Periodical|Map|Issue|Note|Manual|Image|StillImage|ArchiveComponent|CreativeWork)$/,
    'document',
  ],
];

/** The nature of an item by its resource classes (`bibo:Letter`). */
export function kindOfClasses(classes: readonly string[]): ObjectKind {
  const names = classes.map(localName);
  return CLASSES.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? 'object';
}

/** Items that describe a person or body, not a thing. */
export function isAgent(classes: readonly string[]): boolean {
  return classes.some((one) =>
    /^(foaf|schema|dcterms|prov|org):(Person|Agent|Organi[sz]ation|Group|AgentClass)$/.test(one),
  );
}
