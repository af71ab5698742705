import { describe, expect, test } from 'vitest';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { isManifest, mapManifest, storedManifest } from './manifest.ts';

const ID = 'https://example.org/iiif/1/manifest.json';
const CONTEXT = { id: ID, source: { name: 's', title: 'S', licence: '' }, options: undefined };
const map = (manifest: Json, id = ID) => mapManifest(manifest, { ...CONTEXT, id });

/** The record, checked as a harvest does, and the codes of its notes. */
function record(manifest: Json, id = ID): { record: AnyRecord; notes: readonly string[] } {
  const mapped = map(manifest, id);
  if ('rejected' in mapped) throw new Error(mapped.rejected.code);
  const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return { record: parsed.record, notes: (mapped.notes ?? []).map(({ code }) => code) };
}

const V2 = {
  '@context': 'http://iiif.io/api/presentation/2/context.json',
  '@id': ID,
  '@type': 'sc:Manifest',
  label: [
    { '@value': 'Sample register', '@language': 'en' },
    { '@value': 'Registre d’exemple', '@language': 'fr' },
  ],
  description: '<p>Registre <b>de démonstration</b>.</p><p>Écrire à demo@example.org</p>',
  attribution: ['', '<span>Musée d’exemple &amp; Cie</span>'],
  license: 'https://creativecommons.org/licenses/by/4.0/',
  related: [
    { '@id': 'https://example.org/1.pdf', format: 'application/pdf' },
    { '@id': 'https://example.org/notice/1', format: 'text/html' },
  ],
  metadata: [
    { label: 'Date', value: '1890-1899' },
    {
      label: [
        { '@value': 'Creator', '@language': 'en' },
        { '@value': 'Auteur', '@language': 'fr' },
      ],
      value: ['Atelier d’exemple', 'Anonyme'],
    },
    { label: 'Photographe', value: 'Personne d’exemple' },
    { label: 'Cote', value: 'EX 12' },
    { label: 'Identifier', value: 'ark:/99999/essai2' },
    { label: 'Lieu', value: 'Lieu d’exemple' },
    { label: 'Mots-clés', value: 'tissage ; filature' },
    { label: 'Type', value: 'Registre' },
    { label: 'Format', value: '24 x 30 cm' },
    { label: 'Support', value: 'papier' },
    { label: 'Langue', value: 'français' },
    { label: 'Contact', value: '03 00 00 00 00' },
    { label: 'Droits', value: 'CC BY' },
  ],
  sequences: [
    {
      canvases: [
        {
          '@type': 'sc:Canvas',
          images: [
            {
              resource: {
                '@id': 'https://example.org/images/1/full/full/0/default.jpg',
                '@type': 'dctypes:Image',
                width: 3000,
                service: {
                  '@context': 'http://iiif.io/api/image/2/context.json',
                  '@id': 'https://example.org/images/1/',
                  profile: ['http://iiif.io/api/image/2/level1.json', { formats: ['jpg'] }],
                },
              },
            },
          ],
        },
      ],
    },
  ],
};

const V3 = {
  '@context': 'http://iiif.io/api/presentation/3/context.json',
  id: ID,
  type: 'Manifest',
  label: { en: ['Sample letter'], fr: ['Lettre d’exemple'], nl: ['Voorbeeldbrief'] },
  summary: { fr: ['Lettre de démonstration.'] },
  requiredStatement: { label: { fr: ['Attribution'] }, value: { fr: ['Archives d’exemple'], en: ['Sample archive'] } },
  rights: 'http://rightsstatements.org/vocab/InC/1.0/',
  provider: [{ id: 'https://example.org', type: 'Agent', label: { fr: ['Archives'] } }],
  homepage: [{ id: 'https://example.org/notice/1', type: 'Text', format: 'text/html' }],
  metadata: [
    { label: { nl: ['Datering'] }, value: { none: ['1901'] } },
    { label: { none: ['Vervaardiger'] }, value: { none: ['Voorbeeld'] } },
    { label: { en: ['Shelfmark'], fr: ['Cote de rangement'] }, value: { en: ['EX 13'] } },
  ],
  thumbnail: [{ id: 'https://example.org/v.jpg', type: 'Image' }],
  items: [
    {
      type: 'Canvas',
      items: [
        {
          type: 'AnnotationPage',
          items: [
            {
              type: 'Annotation',
              body: {
                id: 'https://example.org/i/full/max/0/default.jpg',
                type: 'Image',
                width: 800,
                service: [{ id: 'https://example.org/i', type: 'ImageService3', profile: 'level2' }],
              },
            },
          ],
        },
      ],
    },
  ],
};

describe('a manifest of version 2', () => {
  test('becomes a document with all that it says', () => {
    const { record: made, notes } = record(V2);
    expect(notes).toEqual(['values-private']);
    expect(made).toMatchObject({
      kind: 'HeritageObject',
      identifiers: [{ scheme: 'ark', value: 'ark:/99999/essai2' }],
      fields: {
        name: 'Registre d’exemple',
        alternativeNames: ['Sample register'],
        description: 'Registre de démonstration.\nÉcrire à\nLangue : français',
        page: 'https://example.org/notice/1',
        objectKind: 'document',
        objectTypes: ['Registre'],
        inventoryNumber: 'EX 12',
        date: { from: 1890, to: 1899 },
        dimensions: '24 x 30 cm',
        credit: 'Musée d’exemple & Cie',
      },
      relations: {
        madeIn: [{ text: 'Lieu d’exemple' }],
        subjects: [{ text: 'tissage' }, { text: 'filature' }],
        trades: [
          { text: 'tissage', how: 'inferred' },
          { text: 'filature', how: 'inferred' },
        ],
        techniques: [{ text: 'papier' }],
        creators: [{ text: 'Atelier d’exemple' }, { text: 'Personne d’exemple', facts: { role: 'photographe' } }],
        media: [
          { media: { url: ID, mediaType: 'iiif-manifest', republishable: true, rightsUri: V2.license } },
          {
            media: {
              url: 'https://example.org/images/1/full/1024,/0/default.jpg',
              mediaType: 'image',
              rights: 'CC BY',
              credit: 'Musée d’exemple & Cie',
            },
          },
        ],
      },
    });
    expect(JSON.stringify(made)).not.toMatch(/03 00|@example/);
  });

  test('words of rights do not outweigh an address of conditions', () => {
    const said = [{ label: 'Rights', value: 'Domaine public' }];
    const unsaid = record({ ...V2, license: undefined as never, metadata: said } as unknown as Json).record;
    expect(unsaid.relations['media']).toMatchObject([{ media: { republishable: true } }, {}]);
    const conditions = record({ ...V2, license: 'https://example.org/conditions', metadata: said }).record;
    for (const link of conditions.relations['media'] ?? []) expect(link).not.toHaveProperty('media.republishable');
  });

  test('level 0 and version 1 of the Image API, and a login', () => {
    const withService = (service: Json) =>
      record({
        ...V2,
        sequences: [{ canvases: [{ images: [{ resource: { '@id': 'https://example.org/1.jpg', service } }] }] }],
      } as Json);
    const picture = (made: AnyRecord) =>
      (made.relations['media']?.[1] as { media?: { url: string } } | undefined)?.media?.url;
    const level0 = {
      '@context': 'http://iiif.io/api/image/2/context.json',
      '@id': 'https://example.org/1',
      profile: 'http://iiif.io/api/image/2/level0.json',
    };
    expect(picture(withService(level0).record)).toBe('https://example.org/1.jpg');
    const old = {
      '@context': 'http://library.stanford.edu/iiif/image-api/1.1/context.json',
      '@id': 'https://example.org/1',
    };
    expect(picture(withService(old).record)).toBe('https://example.org/1/full/1024,/0/native.jpg');
    const locked = withService({
      ...level0,
      service: { '@id': 'https://example.org/login', profile: 'http://iiif.io/api/auth/1/login' },
    });
    expect(locked.notes).toContain('iiif-picture-locked');
    expect(picture(locked.record)).toBeUndefined();
  });
});

describe('a manifest of version 3', () => {
  test('French first, other languages kept as names', () => {
    const { record: made, notes } = record(V3);
    expect(notes).toEqual([]);
    expect(made).toMatchObject({
      fields: {
        name: 'Lettre d’exemple',
        alternativeNames: ['Sample letter', 'Voorbeeldbrief'],
        description: 'Lettre de démonstration.',
        credit: 'Archives d’exemple',
        date: { text: '1901', from: 1901 },
        inventoryNumber: 'EX 13',
        page: 'https://example.org/notice/1',
        objectKind: 'document',
      },
      relations: {
        creators: [{ text: 'Voorbeeld' }],
        media: [
          { media: { mediaType: 'iiif-manifest', republishable: false } },
          { media: { url: 'https://example.org/i/full/max/0/default.jpg', republishable: false } },
        ],
      },
    });
  });

  test.each([
    ['Video', 'film', 'video'],
    ['Sound', 'testimony', 'audio'],
  ])('%s is a %s', (type, objectKind, mediaType) => {
    const body = { id: 'https://example.org/media', type, duration: 754.4 };
    const items = [{ type: 'Canvas', items: [{ items: [{ body: { type: 'Choice', items: [body] } }] }] }];
    expect(record({ ...V3, items } as unknown as Json).record).toMatchObject({
      fields: { objectKind, duration: '12:34' },
      relations: { media: [{}, { media: { url: 'https://example.org/media', mediaType } }] },
    });
  });

  test('a part of a picture: the whole is shown', () => {
    const source = { id: 'https://example.org/i/full/max/0/default.jpg', type: 'Image', format: 'image/jpeg' };
    const items = [{ type: 'Canvas', items: [{ items: [{ body: { type: 'SpecificResource', source } }] }] }];
    expect(record({ ...V3, items, thumbnail: [] } as unknown as Json).record.relations['media']).toMatchObject([
      {},
      { media: { url: source.id, mediaType: 'image' } },
    ]);
  });

  test('navPlace: one point is its place', () => {
    const feature = (...coordinates: readonly number[]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates },
    });
    const placed = (...features: readonly object[]) =>
      record({ ...V3, navPlace: { type: 'FeatureCollection', features } } as unknown as Json).record.fields['point'];
    expect(placed(feature(20.25, 10.5))).toEqual({ latitude: 10.5, longitude: 20.25, precision: 'area' });
    expect(placed(feature(20.25, 10.5), feature(21, 11))).toBeUndefined();
    expect(placed(feature(), { geometry: 3 })).toBeUndefined();
  });

  test('what is nested without end is no text', () => {
    let label: Json = 'x';
    let body: Json = { type: 'Image' };
    for (let depth = 0; depth < 50_000; depth += 1) {
      label = [label];
      body = { type: 'Choice', items: [body] };
    }
    const items = [{ type: 'Canvas', items: [{ items: [{ body }] }] }];
    const mapped = map({ id: ID, type: 'Manifest', label, items });
    expect(mapped).toMatchObject({ rejected: { code: 'format-no-name' } });
  });

  test('navDate only where nothing else dates it', () => {
    const dated = { id: ID, type: 'Manifest', label: { none: ['x'] }, navDate: '1905-01-01T00:00:00Z' };
    expect(record(dated).record.fields['date']).toMatchObject({ text: '1905' });
    expect(record({ ...V3, navDate: '1412-01-01T00:00:00Z' } as Json).record.fields['date']).toMatchObject({
      text: '1901',
    });
  });
});

test('brackets behind a name are a role only where they say one', () => {
  const made = record({
    ...V3,
    metadata: [{ label: 'Auteur', value: ['Exemple (photographe)', 'Frères Exemple (un et deux)'] }],
  } as Json);
  expect(made.record.relations['creators']).toEqual([
    { text: 'Exemple', facts: { role: 'photographe' } },
    { text: 'Frères Exemple (un et deux)' },
  ]);
});

describe('what is odd', () => {
  test('collections, other things and nameless ones are rejected, each with its reason', () => {
    const code = (row: Json) => {
      const mapped = map(row);
      return 'rejected' in mapped ? mapped.rejected.code : 'none';
    };
    expect(code({ '@type': 'sc:Collection', '@id': ID, label: 'x', manifests: [] })).toBe('iiif-is-collection');
    expect(code({ type: 'Collection', id: ID, items: [] })).toBe('iiif-is-collection');
    expect(code({ type: 'Feature' })).toBe('format-row-foreign');
    expect(code([1, 2])).toBe('format-row-foreign');
    expect(code('texte')).toBe('format-row-foreign');
    expect(code({ type: 'Manifest', id: ID })).toBe('format-no-name');
  });

  test('an identifier that is no address: the record stays, without a link to itself', () => {
    const { record: made, notes } = record(
      { '@type': 'sc:Manifest', '@id': 'manifest 1', label: 'Essai' },
      'manifest 1',
    );
    expect(made.relations['media']).toBeUndefined();
    expect(notes).toEqual(['web-address-unread']);
  });

  test('fields of any type whatever never throw', () => {
    const odd: readonly Json[] = [null, 0, true, '', 'x', [], {}, [null, [[]]], { fr: null }, { '@value': { a: 1 } }];
    for (const key of [...Object.keys(V2), ...Object.keys(V3)]) {
      for (const value of odd) {
        for (const manifest of [V2, V3]) expect(() => map({ ...manifest, [key]: value } as Json)).not.toThrow();
      }
    }
  });

  test('of a long manifest only the first canvas is kept, and the record is the same', () => {
    const canvases = Array.from({ length: 2_000 }, () => V2.sequences[0]!.canvases[0]!);
    const long = { ...V2, sequences: [{ canvases }], structures: [{ '@id': 'r' }] } as unknown as Json;
    const { row, raw } = storedManifest(long, new Uint8Array());
    expect(JSON.parse(new TextDecoder().decode(raw))).toEqual(row);
    expect(raw.length).toBeLessThan(4_000);
    expect(map(row)).toEqual(map(long));
    expect(isManifest(row)).toBe(true);
  });
});
