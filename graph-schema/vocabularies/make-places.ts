/**
 * Makes places.csv from a table of communes (code, name, region, department, postcodes, latitude, longitude, population):
 *
 *     node graph-schema/vocabularies/make-places.ts PATH/TO/communes.csv
 *
 * What is added to that table by hand stands in places-by-hand.ts. The same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { ALTERNATIVE_NAMES, DEPARTMENTS, type HandmadePlace, PLACES, POINT_FROM } from './places-by-hand.ts';

const COLUMNS = [
  'id',
  'name',
  'alternativeNames',
  'placeType',
  'insee',
  'insee-dep',
  'insee-reg',
  'iso-3166',
  'nis',
  'trame',
  'postcodes',
  'latitude',
  'longitude',
  'population',
  'country',
  'within-insee',
  'within-insee-dep',
  'within-insee-reg',
  'within-iso-3166',
  'within-nis',
] as const;

type Row = { readonly [C in (typeof COLUMNS)[number]]?: string | undefined };

interface Commune {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly department: string;
  readonly postcodes: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly population: string;
}

function communeRow(commune: Commune, all: ReadonlyMap<string, Commune>): Row {
  const located = all.get(POINT_FROM[commune.code] ?? commune.code);
  if (!located?.latitude)
    throw new Error(`Commune ${commune.code} has no point: name a commune in POINT_FROM whose point stands for it.`);
  return {
    id: `insee:${commune.code}`,
    name: commune.name,
    alternativeNames: ALTERNATIVE_NAMES[commune.code]?.join(';'),
    placeType: 'commune',
    insee: commune.code,
    postcodes: commune.postcodes.split(' ').join(';'),
    latitude: located.latitude,
    longitude: located.longitude,
    population: commune.population,
    country: 'FR',
    'within-insee-dep': commune.department,
  };
}

function handmadeRow(place: HandmadePlace): Row {
  const [scheme, value] = place.identifier;
  const [withinScheme, withinValue] = place.within ?? [];
  return {
    id: `${scheme}:${value}`,
    name: place.name,
    alternativeNames: place.alternativeNames?.join(';'),
    placeType: place.placeType,
    [scheme]: value,
    country: place.country,
    ...(withinScheme ? { [`within-${withinScheme}`]: withinValue } : {}),
  };
}

function departmentsOf(communes: readonly Commune[]): readonly Row[] {
  const regions = new Map(communes.map(({ department, region }) => [department, region]));
  return [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, region]) => {
      const name = DEPARTMENTS[code];
      if (!name) throw new Error(`Department ${code} has no name: add it to DEPARTMENTS.`);
      return {
        id: `insee-dep:${code}`,
        name,
        placeType: 'department',
        'insee-dep': code,
        country: 'FR',
        'within-insee-reg': region,
      };
    });
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The whole of places.csv, from the text of the table of communes. */
export function makePlaces(table: string): string {
  const communes = parse<Commune>(table, { columns: true, bom: true });
  const byCode = new Map(communes.map((commune) => [commune.code, commune]));
  const rows = [
    ...PLACES.map(handmadeRow),
    ...departmentsOf(communes),
    ...communes.map((commune) => communeRow(commune, byCode)),
  ];
  return [
    COLUMNS.join(','),
    ...rows.map((row) => COLUMNS.map((column) => quoted(row[column] ?? '')).join(',')),
    '',
  ].join('\n');
}

if (import.meta.main) {
  const [table] = process.argv.slice(2);
  if (!table)
    throw new Error('Say where the table of communes is: node graph-schema/vocabularies/make-places.ts communes.csv');
  writeFileSync(join(import.meta.dirname, 'places.csv'), makePlaces(readFileSync(table, 'utf8')));
}
