import { describe, expect, test } from 'vitest';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { identityOf, mapItem } from './item.ts';

const map = (item: Json) =>
  mapItem(item, { id: '12', source: { name: 's', title: 'S', licence: '' }, options: undefined });

function record(item: Json): { record: AnyRecord; notes: readonly string[] } {
  const mapped = map(item);
  if ('rejected' in mapped) throw new Error(mapped.rejected.code);
  const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return { record: parsed.record, notes: (mapped.notes ?? []).map(({ code }) => code) };
}

function reason(item: Json): string {
  const mapped = map(item);
  return 'rejected' in mapped ? mapped.rejected.code : 'none';
}

const literal = (label: string, value: Json, more: { readonly [key: string]: Json } = {}): Json => ({
  type: 'literal',
  property_id: 1,
  property_label: label,
  is_public: true,
  '@value': value,
  ...more,
});

const ITEM: { readonly [key: string]: Json } = {
  '@context': 'https://example.org/api-context',
  '@id': 'https://example.org/api/items/12',
  '@type': ['o:Item', 'bibo:Letter'],
  'o:id': 12,
  'o:is_public': true,
  'o:owner': { '@id': 'https://example.org/api/users/1', 'o:id': 1 },
  'o:title': 'Lettre d’exemple',
  'o:modified': { '@value': '2024-05-01T10:00:00+00:00', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
  'o:media': [{ '@id': 'https://example.org/api/media/13', 'o:id': 13 }],
  'o:item_set': [{ '@id': 'https://example.org/api/item_sets/2', 'o:id': 2 }],
  thumbnail_display_urls: { large: 'https://example.org/large.jpg', medium: 'https://example.org/m.jpg', square: null },
  'dcterms:title': [
    literal('Title', 'Sample letter', { '@language': 'en' }),
    literal('Titre', 'Lettre d’exemple', { '@language': 'fr' }),
  ],
  'dcterms:description': [literal('Description', '<p>Une lettre.</p>', { type: 'html' })],
  'dcterms:creator': [
    {
      type: 'resource:item',
      property_label: 'Créateur',
      is_public: true,
      '@id': 'https://example.org/api/items/3',
      value_resource_id: 3,
      display_title: 'Atelier d’exemple',
    },
    literal('Créateur', 'Personne cachée', { is_public: false }),
  ],
  'dcterms:subject': [
    {
      type: 'uri',
      property_label: 'Sujet',
      is_public: true,
      '@id': 'https://example.org/sujet/1',
      'o:label': 'Tissage',
    },
    { type: 'uri', property_label: 'Sujet', is_public: true, '@id': 'https://example.org/sujet/2' },
  ],
  'dcterms:date': [literal('Date', '1890', { type: 'numeric:timestamp', '@type': 'xsd:gYear' })],
  'dcterms:identifier': [literal('Identifiant', 'EX 4'), literal('Identifiant', 'ark:/99999/essai3')],
  'dcterms:spatial': [
    literal('Lieu', 'Lieu d’exemple'),
    { type: 'geography:coordinates', is_public: true, '@value': { latitude: 10.5, longitude: 20.25 } },
  ],
  'dcterms:publisher': [literal('Éditeur', 'Éditeur d’exemple')],
  'bibo:number': [literal('Numéro', 7)],
  'foaf:mbox': [literal('mbox', 'demo@example.org')],
  'dcterms:license': [literal('Licence', 'CC BY')],
};

describe('an item', () => {
  test('becomes a record of what it says in public', () => {
    const { record: made, notes } = record(ITEM);
    expect(notes).toEqual(['values-left-out', 'values-private']);
    expect(made).toMatchObject({
      kind: 'HeritageObject',
      identifiers: [{ scheme: 'ark', value: 'ark:/99999/essai3' }],
      fields: {
        name: 'Lettre d’exemple',
        alternativeNames: ['Sample letter'],
        objectKind: 'document',
        inventoryNumber: 'EX 4',
        date: { from: 1890 },
        description: 'Une lettre.\nÉditeur : Éditeur d’exemple\nNuméro : 7\nLicence : CC BY',
        point: { latitude: 10.5, longitude: 20.25 },
      },
      relations: {
        creators: [{ text: 'Atelier d’exemple' }],
        subjects: [{ text: 'Tissage' }],
        madeIn: [{ text: 'Lieu d’exemple' }],
        media: [{ media: { url: 'https://example.org/large.jpg', mediaType: 'image' } }],
      },
    });
    // A licence of the item is not one of its pictures.
    expect(made.relations['media']?.[0]).not.toHaveProperty('media.republishable');
    expect(JSON.stringify(made)).not.toMatch(/cachée|demo@|users/);
  });

  test('whole media: each with its own rights, private ones left out', () => {
    const media = [
      {
        'o:id': 13,
        'o:is_public': true,
        'o:media_type': 'video/mp4',
        'o:original_url': 'https://example.org/f.mp4',
        'dcterms:rights': [
          { type: 'uri', is_public: true, '@id': 'https://creativecommons.org/licenses/by/4.0/', 'o:label': 'CC BY' },
        ],
      },
      { 'o:id': 14, 'o:is_public': false, 'o:original_url': 'https://example.org/secret.jpg' },
      {
        'o:id': 15,
        'o:is_public': true,
        'o:renderer': 'iiif_presentation',
        'o:source': 'https://example.org/manifest',
      },
    ];
    const { record: made } = record({ ...ITEM, 'o:media': media });
    expect(made.fields['objectKind']).toBe('film');
    expect(made.relations['media']).toMatchObject([
      { media: { url: 'https://example.org/f.mp4', mediaType: 'video', rights: 'CC BY', republishable: true } },
      { media: { url: 'https://example.org/manifest', mediaType: 'iiif-manifest' } },
    ]);
    expect(made.relations['media']).toHaveLength(2);
  });

  test('a private title is not told by the title that Omeka repeats', () => {
    const hidden = {
      ...ITEM,
      'dcterms:title': [literal('Titre', 'Secret', { is_public: false })],
      'o:title': 'Secret',
    };
    expect(reason(hidden)).toBe('format-no-name');
    // A version of it that shows the title goes with it.
    expect(map(hidden)).toMatchObject({ hides: true });
    const untitled = Object.fromEntries(Object.entries(ITEM).filter(([key]) => !/title|creator/.test(key)));
    expect(record({ ...untitled, 'o:title': 'Sans propriété' }).record.fields['name']).toBe('Sans propriété');
  });

  test('an item whose class is named by its term alone', () => {
    const item = {
      'o:id': 12,
      'o:is_public': true,
      'o:title': 'Livre d’exemple',
      'o:resource_class': { 'o:id': 94, 'o:term': 'schema:Book' },
      'schema:datePublished': [{ '@value': '1923-06-15', type: 'literal' }],
    };
    expect(record(item).record.fields).toMatchObject({
      name: 'Livre d’exemple',
      objectKind: 'document',
      date: { from: 1923 },
    });
    expect(reason({ ...item, 'o:resource_class': { 'o:term': 'schema:Person' } })).toBe('omeka-s-agent');
  });

  test('private items, people and other things are rejected, each with its reason', () => {
    expect(map({ ...ITEM, 'o:is_public': false })).toMatchObject({ rejected: { code: 'record-private' }, hides: true });
    expect(reason({ ...ITEM, '@type': ['o:Item', 'foaf:Person'] })).toBe('omeka-s-agent');
    expect(reason({ ...ITEM, '@type': ['o:ItemSet', 'dctype:Collection'] })).toBe('format-row-foreign');
    expect(reason({ errors: { error: 'x' } })).toBe('format-row-foreign');
    expect(reason('texte')).toBe('format-row-foreign');
  });

  test('fields of any type whatever never throw', () => {
    const odd: readonly Json[] = [
      null,
      0,
      true,
      '',
      'x',
      [],
      {},
      [null, [[]]],
      [{ '@value': { a: 1 } }],
      [{ '@id': 4 }],
    ];
    for (const key of Object.keys(ITEM))
      for (const value of odd) expect(() => map({ ...ITEM, [key]: value })).not.toThrow();
  });
});

test('the number of an item is its identifier', () => {
  expect(identityOf(ITEM)).toEqual({ id: '12', modified: '2024-05-01T10:00:00+00:00' });
  expect(identityOf({ ...ITEM, 'o:id': '12' })?.id).toBe('12');
  for (const row of [{ 'o:id': 'douze' }, { 'o:id': null }, {}, [], 'x', null] as Json[])
    expect(identityOf(row)).toBeUndefined();
});
