/** The items of a made-up Omeka S site, as its API gives them. Every one says that it is for the demonstration. */
import { seededRandom } from '../webmuseo/random.ts';

export const ITEMS = 46;
const FIRST_ID = 100;
const MADE_UP = 'Notice engendrée pour la démonstration : l’objet n’existe pas.';
const CLASSES = [
  'bibo:Letter',
  'bibo:Document',
  'dctype:StillImage',
  'dctype:PhysicalObject',
  'dctype:MovingImage',
] as const;
const KINDS = ['Lettre', 'Affiche', 'Photographie', 'Outil', 'Film'] as const;

type Value = Readonly<Record<string, unknown>>;

const literal = (label: string, value: unknown, more: Value = {}): Value => ({
  type: 'literal',
  property_id: label.length,
  property_label: label,
  is_public: true,
  '@value': value,
  ...more,
});

export const idAt = (rank: number): number => FIRST_ID + rank * 2;
/** The rank of an item from 0; undefined for a number that none has. */
export function rankOf(id: number): number | undefined {
  const rank = (id - FIRST_ID) / 2;
  return Number.isInteger(rank) && rank >= 0 && rank < ITEMS ? rank : undefined;
}

/** Those that a visitor does not see: an account with rights is given them too, marked so. */
export const isPrivate = (rank: number): boolean => rank % 15 === 7;
/** One that describes a body and no object. */
export const isAgent = (rank: number): boolean => rank === 20;

/** The item of a rank, from 0. The same one every time. */
export function itemAt(base: string, rank: number): Value {
  const random = seededRandom(`omeka-s/${rank}`);
  const id = idAt(rank);
  const kind = rank % KINDS.length;
  const api = `${base}/omeka-s/api`;
  const title = isAgent(rank) ? 'Atelier de démonstration' : `${KINDS[kind]} de démonstration n° ${rank + 1}`;
  const class_ = isAgent(rank) ? 'foaf:Organization' : CLASSES[kind];
  return {
    '@context': `${base}/omeka-s/api-context`,
    '@id': `${api}/items/${id}`,
    '@type': ['o:Item', class_],
    'o:id': id,
    'o:is_public': !isPrivate(rank),
    'o:owner': { '@id': `${api}/users/1`, 'o:id': 1 },
    'o:resource_class': { '@id': `${api}/resource_classes/${kind + 1}`, 'o:id': kind + 1 },
    'o:resource_template': null,
    'o:thumbnail': null,
    'o:title': title,
    thumbnail_display_urls: Object.fromEntries(
      ['large', 'medium', 'square'].map((size) => [size, `${base}/omeka-s/files/${size}/${id}.svg`]),
    ),
    'o:created': { '@value': '2024-01-15T09:00:00+00:00', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
    'o:modified': {
      '@value': `2024-0${1 + (rank % 9)}-20T09:00:00+00:00`,
      '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
    },
    'o:media': [{ '@id': `${api}/media/${id + 1}`, 'o:id': id + 1 }],
    'o:item_set': [{ '@id': `${api}/item_sets/${1 + (rank % 2)}`, 'o:id': 1 + (rank % 2) }],
    'o:site': [{ '@id': `${api}/sites/1`, 'o:id': 1 }],
    'dcterms:title': [
      literal('Titre', title, { '@language': 'fr' }),
      literal('Titre', `Demonstration item no. ${rank + 1}`, { '@language': 'en' }),
    ],
    'dcterms:description': [literal('Description', MADE_UP, { '@language': 'fr' })],
    'dcterms:date': [literal('Date', String(random.int(1890, 1975)))],
    'dcterms:identifier': [literal('Identifiant', `DEMO-OS-${rank + 1}`)],
    'dcterms:subject': [
      {
        type: 'uri',
        property_label: 'Sujet',
        is_public: true,
        '@id': `${base}/omeka-s/sujet/1`,
        'o:label': 'démonstration',
      },
    ],
    'dcterms:creator': [
      {
        type: 'resource:item',
        property_label: 'Créateur',
        is_public: true,
        '@id': `${api}/items/${idAt(20)}`,
        value_resource_id: idAt(20),
        value_resource_name: 'items',
        display_title: 'Atelier de démonstration',
      },
    ],
    'dcterms:provenance': [literal('Provenance', 'Donateur à ne pas nommer', { is_public: false })],
  };
}

/** The one media of an item. Its rights are its own. */
export function mediaAt(base: string, rank: number): Value {
  const id = idAt(rank);
  return {
    '@id': `${base}/omeka-s/api/media/${id + 1}`,
    '@type': 'o:Media',
    'o:id': id + 1,
    'o:is_public': !isPrivate(rank),
    'o:ingester': 'upload',
    'o:renderer': 'file',
    'o:item': { '@id': `${base}/omeka-s/api/items/${id}`, 'o:id': id },
    'o:media_type': 'image/svg+xml',
    'o:original_url': `${base}/omeka-s/files/original/${id}.svg`,
    'dcterms:title': [literal('Titre', `Vue de la notice n° ${rank + 1}`)],
    'dcterms:license': [
      { type: 'uri', is_public: true, '@id': 'https://creativecommons.org/publicdomain/zero/1.0/', 'o:label': 'CC0' },
    ],
  };
}
