/** Demonstration objects in the shape of a flux of DATAtourisme (ontology 3). They stand in communes of the report, at the commune's own point; none of them exists. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { COMMUNES } from '../demonstration/communes.ts';

export type ObjectOfFlux = Readonly<Record<string, unknown>>;

export const OBJECT_COUNT = 40;
/** Ranks of the objects that are amiss as real ones are. */
export const ODD = {
  manyPeriods: 0,
  endsBeforeBegin: 4,
  unknownClass: 9,
  noLabel: 13,
  swapped: 17,
  newField: 21,
} as const;
export const PERIODS = 537;

const KINDS: readonly (readonly [noun: string, classes: readonly string[]])[] = [
  ['Exposition', ['Exhibition', 'CulturalEvent', 'EntertainmentAndEvent']],
  ['Site industriel', ['IndustrialSite', 'CulturalSite', 'PlaceOfInterest']],
  ['Atelier d’artisan', ['CraftsmanShop', 'Store', 'PlaceOfInterest']],
  ['Musée', ['Museum', 'CulturalSite', 'PlaceOfInterest']],
  ['Portes ouvertes', ['OpenDay', 'CulturalEvent', 'EntertainmentAndEvent']],
  ['Lieu de dégustation', ['TastingProvider', 'PlaceOfInterest']],
  ['Circuit', ['WalkingTour', 'Tour']],
  ['Visite', ['Visit', 'Product']],
];

interface Place {
  readonly insee: string;
  readonly name: string;
  readonly latitude: string;
  readonly longitude: string;
}

function readPlaces(): readonly Place[] {
  const rows: readonly Readonly<Record<string, string>>[] = parse(
    readFileSync(new URL('../../../graph-schema/vocabularies/places.csv', import.meta.url), 'utf8'),
    { columns: true },
  );
  const known = new Map(rows.map((row) => [row['insee'], row]));
  return COMMUNES.flatMap(({ insee, name }) => {
    const { latitude = '', longitude = '' } = known.get(insee) ?? {};
    return latitude === '' || longitude === '' ? [] : [{ insee, name, latitude, longitude }];
  });
}

let places: readonly Place[] | undefined;

/** The place of an object, by its rank. */
export function placeAt(rank: number): Place {
  places ??= readPlaces();
  const place = places[rank % places.length];
  if (place === undefined) throw new Error('places.csv has no commune of the demonstration that has a point');
  return place;
}

export const uuidAt = (rank: number): string => `00000000-0000-4000-8000-${String(rank).padStart(12, '0')}`;

export function kindAt(rank: number): (typeof KINDS)[number] {
  return KINDS[rank % KINDS.length] ?? ['Lieu', ['PlaceOfInterest']];
}

export const nameAt = (rank: number): string => `${kindAt(rank)[0]} n° ${rank + 1} (démonstration)`;

/** The object of this rank, as its own file holds it. */
export function objectAt(rank: number): ObjectOfFlux {
  const [, classes] = kindAt(rank);
  const place = placeAt(rank);
  const isSwapped = rank === ODD.swapped;
  const known = rank === ODD.unknownClass ? ['DemonstrationClass'] : classes;
  return {
    '@id': `https://data.datatourisme.example/00/${uuidAt(rank)}`,
    'dc:identifier': `DEMO-${rank}`,
    '@type': [...known, 'PointOfInterest'],
    ...(rank === ODD.noLabel ? {} : { 'rdfs:label': { '@language': 'fr', '@value': nameAt(rank) } }),
    'rdfs:comment': { fr: ['Objet engendré pour la démonstration.'] },
    isLocatedAt: [
      {
        'schema:address': [{ 'schema:addressLocality': place.name, hasAddressCity: { insee: place.insee } }],
        'schema:geo': {
          'schema:latitude': isSwapped ? place.longitude : place.latitude,
          'schema:longitude': isSwapped ? place.latitude : place.longitude,
        },
      },
    ],
    ...(classes.includes('EntertainmentAndEvent') ? { takesPlaceAt: periodsAt(rank) } : {}),
    ...(classes.includes('Tour') ? { hasTourType: [{ '@id': 'kb:Loop', 'rdfs:label': { fr: ['Boucle'] } }] } : {}),
    ...(rank === ODD.newField ? { demonstrationField: ['x'] } : {}),
    // A contact as each real object has one: what is in it is nobody's.
    hasContact: [{ '@type': ['foaf:Agent'], 'schema:email': ['demonstration@example.org'] }],
    lastUpdate: '2024-12-31',
    lastUpdateDatatourisme: '2024-12-31T12:00:00.000Z',
  };
}

function periodsAt(rank: number): readonly ObjectOfFlux[] {
  if (rank === ODD.endsBeforeBegin) return [{ startDate: '2025-05-02', endDate: '2025-05-01' }];
  const hours = { startTime: '10:00:00', endTime: '18:00:00' };
  const single = Array.from({ length: rank === ODD.manyPeriods ? PERIODS : 2 }, (_, at) => {
    const day = dayAt(rank + at);
    return { startDate: day, endDate: day, ...hours };
  });
  return rank === ODD.manyPeriods ? single : [...single, { startDate: dayAt(100), endDate: dayAt(104), ...hours }];
}

const dayAt = (rank: number): string => new Date(Date.UTC(2025, 0, 1 + rank)).toISOString().slice(0, 10);
