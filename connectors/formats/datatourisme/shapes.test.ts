/** Shapes that objects of a flux have in the wild: other kinds, other spellings, several of what is mostly one. */
import { expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { datatourisme } from './datatourisme.ts';

const ID = 'https://data.datatourisme.example/00/00000000-demo';
const term = (label: string) => ({ '@id': `kb:${label}`, '@type': ['Term'], 'rdfs:label': { en: ['–'], fr: [label] } });
const placed = (more: object = {}) => ({
  'schema:address': [{ 'schema:addressLocality': 'Roubaix', hasAddressCity: { '@id': 'kb:59512', insee: '59512' } }],
  'schema:geo': { 'schema:latitude': '50.68872', 'schema:longitude': '3.18425' },
  ...more,
});
const demo = (more: object) => ({
  '@id': ID,
  'rdfs:label': { fr: ['Objet de démonstration'] },
  isLocatedAt: [placed()],
  ...more,
});
const read = (value: unknown, name = 'objects/0/00/demo.json') =>
  recordsOf(datatourisme, fileOf(JSON.stringify(value), name, undefined, 256));
const mapped = async (more: object) => {
  const { records, notes, rejected } = await read(demo(more));
  expect(rejected).toEqual([]);
  return { record: records.get(ID), notes };
};

const TOUR = {
  '@type': ['WalkingTour', 'Tour', 'PointOfInterest'],
  hasTourType: [term('boucle')],
  tourDistance: 12_300,
  hasPracticeCondition: [{ duration: ['150'], hasDifficultyLevel: [term('facile')] }],
  positiveCumulDifference: '80,5',
  hasRepresentation: [{ 'ebucore:hasRelatedResource': [{ 'ebucore:locator': ['https://example.org/a.jpg'] }] }],
};

test('a tour keeps its number, its commune, its pictures, how long and how hard it is', async () => {
  const { record, notes } = await mapped(TOUR);
  expect(notes).toEqual([]);
  expect(record).toMatchObject({
    kind: 'Route',
    identifiers: [{ scheme: 'datatourisme', value: '00000000-demo' }],
    fields: { routeType: 'itinéraire pédestre, boucle', duration: '2 h 30 min' },
    relations: {
      place: [{ identifier: { scheme: 'insee', value: '59512' } }],
      media: [{ media: { url: 'https://example.org/a.jpg' } }],
    },
  });
  expect(record?.fields['description']).toMatch(/Distance : 12,3 km\nDénivelé positif : 80,5 m\nDifficulté : facile/);
});

test('dates of what has none of its own are said in words', async () => {
  const takesPlaceAt = [{ startDate: '2025-06-01', startTime: '10:00:00', endTime: '12:00:00' }];
  for (const kind of ['Tour', 'PlaceOfInterest']) {
    const { record } = await mapped({ '@type': [kind], takesPlaceAt });
    expect(record?.fields['description']).toContain('Dates : le 01/06/2025 : 10:00–12:00');
  }
});

test('a visit keeps its number, its commune, its pictures and what one must know', async () => {
  const { record, notes } = await mapped({
    ...TOUR,
    '@type': ['Visit', 'Product'],
    duration: 90,
    guided: true,
    availableLanguage: ['fr', 'nl'],
    allowedPersons: '30',
    hasClientTarget: [term('Familles')],
    reducedMobilityAccess: { '@value': 'true' },
  });
  expect(notes).toEqual([]);
  expect(record).toMatchObject({
    kind: 'Offer',
    identifiers: [{ scheme: 'datatourisme', value: '00000000-demo' }],
    fields: { offerType: 'visite', duration: '1 h 30 min' },
    relations: { place: [{}], media: [{}] },
  });
  for (const words of ['guidée', 'français, néerlandais', '30 personnes', 'Familles', 'mobilité réduite', 'Roubaix'])
    expect(record?.fields['conditions']).toContain(words);
});

test('single values without brackets, texts with @value, an empty prefix as ontology 2 has it', async () => {
  const { records, rejected, notes } = await read({
    '@graph': [
      {
        '@id': ID,
        '@type': 'schema:Museum',
        'rdfs:label': [
          { '@language': 'en', '@value': 'Demonstration' },
          { '@language': 'fr', '@value': 'Démonstration' },
        ],
        ':hasDescription': { ':shortDescription': { '@language': 'fr', '@value': 'Court.' } },
        ':isLocatedAt': {
          'schema:address': { 'schema:streetAddress': 'rue d’exemple', ':hasAddressCity': { ':insee': '59512' } },
          'schema:geo': {
            'schema:latitude': { '@type': 'xsd:decimal', '@value': '50.68872' },
            'schema:longitude': { '@type': 'xsd:decimal', '@value': '3.18425' },
          },
        },
        ':offers': { 'schema:priceSpecification': { 'schema:price': 3.5, 'schema:priceCurrency': 'EUR' } },
        ':hasContact': { 'schema:telephone': '+33300000000', 'foaf:homepage': 'https://example.org/' },
        ':isOwnedBy': { 'schema:familyName': 'Démonstration' },
      },
    ],
  });
  expect([rejected, notes]).toEqual([[], []]);
  expect(records.get(ID)).toMatchObject({
    kind: 'Structure',
    fields: {
      name: 'Démonstration',
      alternativeNames: ['Demonstration'],
      structureType: 'museum',
      description: 'Court.',
      address: 'rue d’exemple',
      point: { latitude: 50.68872 },
      price: { text: '3,5 €', from: 3.5, to: 3.5 },
      page: 'https://example.org/',
    },
    relations: { place: [{ identifier: { value: '59512' } }] },
  });
});

test('a page of the API: names without prefix, @fr, its own identifier', async () => {
  const { records, rejected, notes } = await read(
    {
      objects: [
        {
          uuid: '00000000-demo',
          uri: ID,
          identifier: 'DEMO',
          type: ['Festival', 'EntertainmentAndEvent'],
          label: { '@fr': 'Fête de démonstration' },
          isLocatedAt: [
            {
              geo: { latitude: 50.68872, longitude: 3.18425 },
              address: [{ postalCode: '59100', addressLocality: 'Roubaix', hasAddressCity: { insee: 59512 } }],
            },
          ],
          hasDescription: [{ shortDescription: { '@fr': 'Une fête.' }, description: { '@fr': 'Une fête. Et plus.' } }],
          takesPlaceAt: [
            { startDate: '2025-07-12', endDate: '2025-07-12', startTime: '10:00:00', endTime: '23:00:00' },
          ],
          hasContact: [{ legalName: 'Démonstration', telephone: ['+33300000000'], homepage: ['https://example.org/'] }],
          hasBookingContact: [{ telephone: ['+33300000000'], homepage: ['https://example.org/reserver'] }],
          hasBeenCreatedBy: { legalName: 'Démonstration', email: 'demo@example.org' },
          lastUpdate: '2025-01-01',
        },
      ],
      meta: { total: 1 },
    },
    'page.json',
  );
  expect([rejected, notes]).toEqual([[], []]);
  expect(records.get(ID)).toMatchObject({
    kind: 'Event',
    identifiers: [{ value: '00000000-demo' }],
    fields: {
      description: 'Une fête. Et plus.',
      begin: '2025-07-12T10:00:00+02:00',
      end: '2025-07-12T23:00:00+02:00',
      page: 'https://example.org/',
      registration: 'https://example.org/reserver',
    },
  });
});

test('several places: address and position are of one of them, the others stand in words', async () => {
  const isLocatedAt = [
    { 'schema:geo': { 'schema:latitude': '48', 'schema:longitude': '2' } },
    placed({ 'rdfs:label': { fr: ['Salle de démonstration'] } }),
    { 'schema:address': [{ 'schema:postalCode': '59000', 'schema:addressLocality': 'Lille' }] },
  ];
  const { record } = await mapped({ '@type': ['EntertainmentAndEvent'], isLocatedAt });
  expect(record?.fields).toMatchObject({
    point: { latitude: 50.68872 },
    location: 'Salle de démonstration, Roubaix ; 59000 Lille',
  });
  const museum = await mapped({ '@type': ['Museum'], isLocatedAt });
  expect(museum.record?.fields['description']).toContain('Autres lieux : 59000 Lille');
});

test('several descriptions: the summary that a longer one holds is not said twice; a foreign one only where there is no French', async () => {
  const hasDescription = [
    {
      shortDescription: { fr: ['Un lieu où...'], en: ['A place'] },
      'dc:description': { fr: ['Un lieu où l’on tisse.'] },
    },
    { shortDescription: { fr: ['Ouvert aux écoles.'] }, 'dc:description': { fr: ['Pour les groupes aussi.'] } },
  ];
  const { record } = await mapped({ '@type': ['Museum'], hasDescription, 'rdfs:comment': { fr: ['Un lieu où...'] } });
  expect(record?.fields['description']).toBe('Ouvert aux écoles.\nUn lieu où l’on tisse.\nPour les groupes aussi.');
  const foreign = await mapped({ '@type': ['Museum'], 'rdfs:comment': { nl: ['Een plaats'] } });
  expect(foreign.record?.fields['description']).toBe('Een plaats');
});

test('labels and stars, not those that are only asked for', async () => {
  const hasReview = [
    { hasReviewValue: term('Monument Historique') },
    { hasReviewValue: { 'schema:ratingValue': 3 } },
    { hasReviewValue: term('Tourisme & Handicap moteur'), pending: true },
  ];
  const { record, notes } = await mapped({ '@type': ['Museum'], hasReview, reducedMobilityAccess: true });
  expect(notes).toEqual([]);
  expect(record?.fields['labels']).toEqual([
    'Monument Historique',
    'Classement : 3',
    'Accessible aux personnes à mobilité réduite',
  ]);
});

test('all opening hours, days together; prices with their names, modes, seasons and currency', async () => {
  const hours = (day: string, from: string) => ({
    'schema:dayOfWeek': [{ '@id': `schema:${day}` }],
    'schema:opens': '10:00:00',
    'schema:closes': '18:00:00',
    'schema:validFrom': from,
  });
  const seasons = Array.from({ length: 40 }, (_, at) => `20${String(at + 10)}-04-01`);
  const specs = seasons.flatMap((from) => [hours('Sunday', from), hours('Saturday', from)]);
  const prices = Array.from({ length: 40 }, (_, at) => ({
    name: { fr: [`Tarif ${at}`] },
    'schema:price': `${at},5`,
    hasPricingMode: [term('Par personne')],
  }));
  const foreign = { 'schema:price': '7', 'schema:priceCurrency': 'CHF' };
  const words = { 'schema:minPrice': 'gratuit', additionalInformation: { fr: ['Écrire à demo@example.org'] } };
  const { record, notes } = await mapped({
    '@type': ['Museum'],
    isLocatedAt: [placed({ 'schema:openingHoursSpecification': specs })],
    offers: [{ 'schema:priceSpecification': [...prices, foreign, words] }],
  });
  expect(notes).toEqual([]);
  const lines = String(record?.fields['openingHours']).split('\n');
  expect([lines.length, lines[0]]).toEqual([40, 'à partir du 01/04/2010 samedi, dimanche 10:00–18:00']);
  const price = record?.fields['price'] as { text: string; from: number; to: number };
  expect(price).toMatchObject({ from: 0.5, to: 39.5 });
  for (const said of ['Tarif 39, Par personne : 39,5 €', '7 CHF', 'gratuit']) expect(price.text).toContain(said);
  expect(price.text).not.toContain('@');
});

test('more lines than a reader can use are cut, and told', async () => {
  const additionalInformation = (at: number) => ({ fr: [`${at} ${'x'.repeat(990)}`] });
  const specs = Array.from({ length: 30 }, (_, at) => ({
    'schema:validFrom': `2024-04-${10 + (at % 20)}`,
    'schema:opens': `${10 + Math.floor(at / 20)}:00`,
    additionalInformation: additionalInformation(at),
  }));
  const { notes } = await mapped({
    '@type': ['Museum'],
    isLocatedAt: [placed({ 'schema:openingHoursSpecification': specs })],
  });
  expect(notes).toEqual([{ code: 'datatourisme-cut', particulars: expect.objectContaining({ kept: 19, left: 11 }) }]);
});

test('what the ontology did not have is told; a field of another type too', async () => {
  const { record, notes } = await mapped({
    '@type': ['Museum'],
    newField: { x: [1] },
    emptyField: [{ x: null }],
    hasTheme: 'kb:Weaving',
    isLocatedAt: [placed({ newPlace: 'x' })],
  });
  expect(record?.kind).toBe('Structure');
  expect(notes).toEqual([
    { code: 'datatourisme-path-unknown', particulars: { id: ID, paths: 'hasTheme, isLocatedAt/newPlace, newField' } },
  ]);
});

test('the number of a contact is that of the object only where it is a firm', async () => {
  const hasContact = [{ siret: '00000000000000' }];
  const museum = await mapped({ '@type': ['Museum'], hasContact });
  expect([museum.notes, museum.record?.identifiers.map(({ scheme }) => scheme)]).toEqual([[], ['datatourisme']]);
  const firm = await mapped({ '@type': ['CraftsmanShop', 'PlaceOfInterest'], hasContact });
  expect(firm.record?.identifiers).toContainEqual({ scheme: 'siret', value: '00000000000000' });
});

test('no way to reach a person is kept, wherever it stands', async () => {
  const reach = {
    'schema:telephone': ['03 00 00 00 00'],
    'schema:email': 'demo@example.org',
    'schema:givenName': 'Prénom',
    'schema:legalName': 'Nom de démonstration',
  };
  const said = 'Appeler le 03\u00a000\u00a000\u00a000\u00a000, le 0033 3 00 00 00 00 ou demo@example.org.';
  const object = demo({
    '@type': ['Museum'],
    'rdfs:label': { fr: [`Musée ${said}`] },
    'rdfs:comment': { fr: [said] },
    ...Object.fromEntries(
      [
        'hasContact',
        'hasBookingContact',
        'hasManagementContact',
        'hasCommunicationContact',
        'hasAdministrativeContact',
        'isOwnedBy',
        'hasBeenCreatedBy',
        'hasBeenPublishedBy',
      ].map((name) => [name, [reach]]),
    ),
    'schema:legalName': 'Nom de démonstration',
    isLocatedAt: [placed({ ...reach, textOpeningHoursSpecification: { fr: [said] } })],
    offers: [{ 'schema:priceSpecification': [{ name: { fr: [said] }, seller: reach }] }],
    hasTheme: [term(said)],
  });
  const file = fileOf(JSON.stringify(object), 'x.json', undefined, 256);
  const { records } = await recordsOf(datatourisme, file);
  expect(JSON.stringify([...records.values()])).not.toMatch(/@example|00[\s\u00a0]00|Prénom|Nom de/);
  const { cuts } = await cutAll(datatourisme, file);
  const raw = cuts.map((cut) => ('raw' in cut && cut.raw ? Buffer.from(cut.raw).toString() : '')).join('');
  expect(raw).not.toMatch(/"schema:(telephone|email|givenName)"|Prénom/);
});

test('fields of the wrong type everywhere are no fault of the run', async () => {
  const odd: readonly Json[] = ['x', 3, true, null, [], {}, [[]], [null, { '@value': {} }], { fr: { fr: {} } }];
  const names = [
    'rdfs:comment',
    'isLocatedAt',
    'offers',
    'takesPlaceAt',
    'hasContact',
    'hasReview',
    'hasDescription',
    'hasTheme',
    'tourDistance',
    'duration',
    'guided',
    'availableLanguage',
    'hasPracticeCondition',
    'schema:startDate',
    'hasRepresentation',
  ];
  for (const value of odd) {
    const { records } = await read(
      demo({ '@type': ['Museum'], ...Object.fromEntries(names.map((name) => [name, value])) }),
    );
    expect(records.size, JSON.stringify(value)).toBe(1);
  }
});
