import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { datatourisme } from './datatourisme.ts';

const ID = 'https://data.datatourisme.fr/00/00000000-demo';
const demo = (more: object = {}) => ({
  '@id': ID,
  '@type': ['Museum', 'CulturalSite', 'PlaceOfInterest', 'PointOfInterest'],
  'rdfs:label': { en: ['Demonstration museum'], fr: ['Musée de démonstration'] },
  'rdfs:comment': { fr: ['Court. Écrire à demo@example.org.'] },
  hasContact: [
    {
      'schema:email': ['demo@example.org'],
      'schema:telephone': ['+33 3 00 00 00 00'],
      'foaf:homepage': ['https://example.org/'],
    },
  ],
  hasBeenCreatedBy: { 'schema:legalName': 'Office de démonstration', 'schema:email': ['demo@example.org'] },
  isLocatedAt: [
    {
      'schema:address': [
        { 'schema:postalCode': '59100', 'schema:addressLocality': 'Roubaix', hasAddressCity: { insee: '59512' } },
      ],
      'schema:geo': { 'schema:latitude': '50.68872', 'schema:longitude': '3.18425' },
      'schema:openingHoursSpecification': [
        {
          'schema:dayOfWeek': [{ 'rdfs:label': { fr: ['Samedi'] } }],
          'schema:opens': '10:00:00',
          'schema:closes': '18:00:00',
          'schema:validFrom': '2024-01-01T00:00:00',
          'schema:validThrough': '2024-12-31T00:00:00',
        },
      ],
    },
  ],
  offers: [
    {
      'schema:priceSpecification': [
        {
          'schema:minPrice': ['4'],
          'schema:maxPrice': ['6.5'],
          'schema:priceCurrency': 'EUR',
          hasEligiblePolicy: [{ 'rdfs:label': { fr: ['Adulte'] } }],
        },
      ],
    },
  ],
  hasRepresentation: [
    {
      'ebucore:hasAnnotation': [{ 'ebucore:isCoveredBy': 'CC BY 2.5', credits: ['Démonstration'] }],
      'ebucore:hasRelatedResource': [{ 'ebucore:locator': ['https://example.org/a.jpg'] }],
    },
  ],
  lastUpdate: '2023-10-05',
  ...more,
});
const EVENT = ['Exhibition', 'EntertainmentAndEvent', 'PointOfInterest'];
const read = (value: unknown) =>
  recordsOf(datatourisme, fileOf(JSON.stringify(value), 'objects/0/00/demo.json', undefined, 256));

describe('a flux', () => {
  test('a place of interest is a structure, without a way to reach a person', async () => {
    const { records, rejected, notes } = await read(demo());
    expect([rejected, notes]).toEqual([[], []]);
    expect(records.get(ID)).toMatchObject({
      kind: 'Structure',
      identifiers: [{ scheme: 'datatourisme', value: '00000000-demo' }],
      fields: {
        name: 'Musée de démonstration',
        alternativeNames: ['Demonstration museum'],
        structureType: 'museum',
        page: 'https://example.org/',
        postcode: '59100',
        point: { latitude: 50.68872, longitude: 3.18425, precision: 'site' },
        openingHours: 'du 01/01/2024 au 31/12/2024 samedi 10:00–18:00',
        price: { text: 'Adulte : 4–6,5 €', from: 4, to: 6.5 },
      },
      relations: {
        place: [{ identifier: { scheme: 'insee', value: '59512' } }],
        media: [{ media: { credit: 'Démonstration', republishable: true } }],
      },
    });
    expect(JSON.stringify([...records])).not.toMatch(/@example|00 00 00/);
    const { cuts } = await cutAll(datatourisme, fileOf(JSON.stringify(demo()), 'x.json'));
    const [cut] = cuts;
    if (cut?.kind !== 'record') throw new Error('no record');
    expect(Buffer.from(cut.raw).toString()).not.toMatch(/email|telephone|Office/);
    expect(datatourisme.row?.(cut.raw, undefined)).toEqual(cut.row);
    expect(cut.modified).toBe('2023-10-05');
  });

  test('an event: its hours, its hundreds of periods, one that ends before it begins', async () => {
    const day = (at: number) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
    const periods = Array.from({ length: 537 }, (_, at) => ({
      startDate: day(at),
      endDate: day(at),
      startTime: '10:00:00',
      endTime: '18:00:00',
    }));
    const wrong = { startDate: '2024-05-02', endDate: '2024-05-01' };
    const { records, notes } = await read(
      demo({ '@type': EVENT, takesPlaceAt: [...periods, wrong], reducedMobilityAccess: true }),
    );
    const event = records.get(ID);
    expect(event).toMatchObject({
      kind: 'Event',
      fields: { eventType: 'exposition', begin: '2024-01-01T10:00:00+01:00', accessibility: [expect.any(String)] },
    });
    expect(event?.fields['occurrences']).toHaveLength(537);
    expect(codes(notes)).toEqual(['datatourisme-period-amiss']);
  });

  test.each([
    ['a tour', { '@type': ['WalkingTour', 'Tour'] }, 'Route', []],
    ['a visit', { '@type': ['Visit', 'Product'] }, 'Offer', []],
    ['a visit with dates', { '@type': ['Visit', 'Product'], takesPlaceAt: [{ startDate: '2024-05-01' }] }, 'Event', []],
    ['an unknown class', { '@type': ['SomethingNew'] }, 'Structure', ['datatourisme-class-unknown']],
  ])('%s', async (_, more, kind, told) => {
    const { records, notes } = await read(demo(more));
    expect([records.get(ID)?.kind, codes(notes)]).toEqual([kind, told]);
  });

  test('a firm by its class', async () => {
    const { records } = await read(demo({ '@type': ['CraftsmanShop', 'PlaceOfInterest'] }));
    expect(records.get(ID)?.fields).toMatchObject({ structureType: 'firm', themes: ['boutique d’artisan'] });
  });

  test('without a French name the other is taken; without any it is rejected', async () => {
    expect((await read(demo({ 'rdfs:label': { en: ['Demonstration'] } }))).records.get(ID)?.fields['name']).toBe(
      'Demonstration',
    );
    expect(codes((await read(demo({ 'rdfs:label': {} }))).rejected)).toEqual(['format-no-name']);
  });

  test('coordinates the other way round are put right, and told', async () => {
    const isLocatedAt = [{ 'schema:geo': { 'schema:latitude': '3.18425', 'schema:longitude': '50.68872' } }];
    const { records, notes } = await read(demo({ isLocatedAt }));
    expect(records.get(ID)?.fields['point']).toMatchObject({ latitude: 50.68872 });
    expect(codes(notes)).toEqual(['coordinates-swapped']);
  });

  test('fields of another type than expected are no fault', async () => {
    const odd = {
      isLocatedAt: 'x',
      offers: 3,
      takesPlaceAt: [null, 1],
      hasContact: null,
      hasRepresentation: {},
      hasReview: [[]],
    };
    expect((await read(demo(odd))).records.size).toBe(1);
  });

  test('the table of the objects is passed over, and told', async () => {
    const { cuts, told } = await cutAll(datatourisme, fileOf('[{"label":"x"}]', 'index.json'));
    expect([cuts, codes(told)]).toEqual([[], ['datatourisme-file-aside']]);
  });
});

test('the catalogue', async () => {
  const rows = [
    'Nom_du_POI,Categories_de_POI,Latitude,Longitude,Adresse_postale,Code_postal_et_commune,Periodes_regroupees,Covid19_mesures_specifiques,Createur_de_la_donnee,SIT_diffuseur,Date_de_mise_a_jour,Contacts_du_POI,Classements_du_POI,Description,URI_ID_du_POI',
    `Fête de démonstration,https://www.datatourisme.fr/ontology/core#EntertainmentAndEvent|https://www.datatourisme.fr/ontology/core#Festival,50.68872,3.18425,,59100#Roubaix,2024-05-01<->2024-05-03|2024-06-01<->2024-05-01|2024-07-01<->,,Office,Office,2024-01-02,+33300000000#demo@example.org<>Comité#https://example.org/a<>https://example.org/b,Label A#Label A|Label B#Niveau 2,"Une fête, demo@example.org.",${ID}`,
  ];
  const file = fileOf(rows.join('\n'), 'catalogue.csv', undefined, 64);
  const { records, notes } = await recordsOf(datatourisme, file);
  expect(records.get(ID)).toMatchObject({
    kind: 'Event',
    identifiers: [{ scheme: 'datatourisme', value: '00000000-demo' }],
    fields: {
      eventType: 'festival',
      description: expect.stringContaining('Labels : Label A ; Label B : Niveau 2'),
      occurrences: [
        { begin: '2024-05-01', end: '2024-05-03' },
        { begin: '2024-07-01', end: '2024-07-01' },
      ],
      page: 'https://example.org/a',
    },
    relations: { place: [{ text: 'Roubaix (59100)' }] },
  });
  expect(codes(notes)).toEqual(['datatourisme-period-amiss']);
  const { cuts } = await cutAll(datatourisme, file);
  const raw = cuts.map((cut) => ('raw' in cut && cut.raw ? Buffer.from(cut.raw).toString() : '')).join('');
  expect(JSON.parse(raw)).toMatchObject({
    Contacts_du_POI: 'https://example.org/a|https://example.org/b',
    Createur_de_la_donnee: '',
  });
});

test('a column that the catalogue did not have is told', async () => {
  const rows = `Nom_du_POI,Categories_de_POI,Latitude,Longitude,Nouvelle_colonne,URI_ID_du_POI\nDémonstration,core#Museum,50.68872,3.18425,x,${ID}`;
  const { notes } = await recordsOf(datatourisme, fileOf(rows, 'catalogue.csv'));
  expect(notes).toMatchObject([{ code: 'datatourisme-path-unknown', particulars: { paths: 'Nouvelle_colonne' } }]);
});
