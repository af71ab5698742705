/**
 * Makes places.csv (the graph's) and places-elsewhere.csv (the rest of France, for the reader of texts alone) from the data folder of
 * @etalab/decoupage-administratif and a table of points (code, name, latitude, longitude):
 *
 *     node graph-schema/vocabularies/make-places.ts PATH/TO/decoupage-administratif/data PATH/TO/communes.csv
 *
 * What is added by hand stands in places-by-hand.ts, places-belgium.csv and place-names.csv. The same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type HandmadePlace, PLACES, POINT_FROM, REGIONS, WITHOUT_POINT } from './places-by-hand.ts';
import { type Row as Cells, tableRows, tableText } from './tables.ts';

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
  'nis-2018',
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

const area = z.object({ code: z.string(), nom: z.string(), region: z.string().optional() });
const commune = z.object({
  code: z.string(),
  nom: z.string(),
  type: z.enum(['commune-actuelle', 'commune-deleguee', 'commune-associee', 'arrondissement-municipal']),
  region: z.string().optional(),
  departement: z.string().optional(),
  chefLieu: z.string().optional(),
  anciensCodes: z.array(z.string()).default([]),
  codesPostaux: z.array(z.string()).default([]),
  population: z.number().default(0),
});
type Commune = z.infer<typeof commune>;

/** What the tables are made of, as it was read. */
export interface Material {
  readonly communes: readonly Commune[];
  readonly departments: readonly z.infer<typeof area>[];
  readonly regions: readonly z.infer<typeof area>[];
  /** Rows of the table of points, which may be older than the communes. */
  readonly points: ReadonlyMap<string, Cells>;
}

/** Reads the data folder of the package, and the table of points. Throws where either is not as it should be. */
export function readMaterial(folder: string, points: string): Material {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const located = parse<Cells>(readFileSync(points, 'utf8'), { columns: true, bom: true });
  return {
    communes: z.array(commune).parse(json('communes')),
    departments: z.array(area).parse(json('departements')),
    regions: z.array(area).parse(json('regions')),
    points: new Map(located.map((row) => [row['code'] ?? '', row])),
  };
}

const isOurs = ({ region }: Commune): boolean => REGIONS.includes(region ?? '');
const isCurrent = ({ type }: Commune): boolean => type === 'commune-actuelle';
const isFormer = ({ type }: Commune): boolean => type === 'commune-deleguee' || type === 'commune-associee';

/** Names in use, by place; those of a part of it (a quarter, a section) are no names of the whole. */
function namesInUse(): ReadonlyMap<string, readonly string[]> {
  const rows = tableRows(tableText('place-names')).filter(({ kind }) => kind !== 'part');
  return new Map(
    [...Map.groupBy(rows, ({ id = '' }) => id)].map(([id, all]) => [id, all.map(({ name = '' }) => name)]),
  );
}

/** What is known of places by code, beside the row itself. */
interface Lookups {
  readonly inUse: ReadonlyMap<string, readonly string[]>;
  /** The delegated commune that gave its code to the new one. */
  readonly seats: ReadonlyMap<string, string>;
  readonly points: Material['points'];
}

function communeRow(one: Commune, { inUse, seats, points }: Lookups): Row {
  const { code, nom } = one;
  const [located] = [POINT_FROM[code] ?? code, ...one.anciensCodes]
    .map((at) => points.get(at))
    .filter((at) => at?.['latitude']);
  if (!located && !WITHOUT_POINT.has(code))
    throw new Error(
      `Commune ${code} has no point: name a commune in POINT_FROM whose point stands for it, or add it to WITHOUT_POINT.`,
    );
  const before = points.get(code)?.['name'];
  const others = [...(inUse.get(`insee:${code}`) ?? []), seats.get(code), before].filter(
    (name) => name !== undefined && name !== nom && !PLACES.some((place) => place.name === name),
  );
  return {
    id: `insee:${code}`,
    name: nom,
    alternativeNames: [...new Set(others)].join(';'),
    placeType: 'commune',
    insee: code,
    postcodes: one.codesPostaux.join(';'),
    latitude: located?.['latitude'],
    longitude: located?.['longitude'],
    population: String(one.population),
    country: 'FR',
    'within-insee-dep': one.departement,
  };
}

/** Delegated and associated communes, and those that were communes when the table of points was made. */
function formerRows(material: Material, inUse: ReadonlyMap<string, readonly string[]>): readonly Row[] {
  const current = new Map(material.communes.filter(isCurrent).map((one) => [one.code, one]));
  const former = new Map<string, readonly [name: string, within: string]>();
  for (const one of material.communes.filter(isCurrent).filter(isOurs))
    for (const code of one.anciensCodes) {
      const name = material.points.get(code)?.['name'];
      if (name) former.set(code, [name, one.code]);
    }
  for (const { code, nom, chefLieu = '' } of material.communes.filter(isFormer).filter(isOurs))
    former.set(code, [nom, chefLieu]);
  return [...former]
    .filter(([code]) => !current.has(code))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, [name, within]]) => ({
      id: `insee:${code}`,
      name,
      alternativeNames: inUse.get(`insee:${code}`)?.join(';'),
      placeType: 'former-commune',
      insee: code,
      country: 'FR',
      'within-insee': within,
    }));
}

function handmadeRow(place: HandmadePlace, inUse: ReadonlyMap<string, readonly string[]>): Row {
  const [scheme, value] = place.identifier;
  const [withinScheme, withinValue] = place.within ?? [];
  const id = `${scheme}:${value}`;
  return {
    id,
    name: place.name,
    alternativeNames: [...(place.alternativeNames ?? []), ...(inUse.get(id) ?? [])].join(';'),
    placeType: place.placeType,
    [scheme]: value,
    country: place.country,
    ...(withinScheme ? { [`within-${withinScheme}`]: withinValue } : {}),
  };
}

const regionRow = ({ code, nom }: z.infer<typeof area>): Row => ({
  id: `insee-reg:${code}`,
  name: nom,
  placeType: 'region',
  'insee-reg': code,
  country: 'FR',
  'within-iso-3166': 'FR',
});

const belgianRow = (row: Cells): Row => ({
  id: `nis:${row['nis']}`,
  name: row['name'],
  alternativeNames: row['alternativeNames'],
  placeType: 'commune',
  nis: row['nis'],
  'nis-2018': row['formerNis'],
  country: 'BE',
  'within-iso-3166': 'BE',
});

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The whole of places.csv. */
export function makePlaces(material: Material): string {
  const inUse = namesInUse();
  const seats = new Map(material.communes.filter(isFormer).map(({ code, nom }) => [code, nom]));
  const lookups = { inUse, seats, points: material.points };
  // Overseas territories carry one code as department and as region: they are departments here.
  const departments = new Set(material.departments.map(({ nom }) => nom));
  const departmentRow = ({ code, nom, region }: z.infer<typeof area>): Row => ({
    id: `insee-dep:${code}`,
    name: nom,
    alternativeNames: inUse.get(`insee-dep:${code}`)?.join(';'),
    placeType: 'department',
    'insee-dep': code,
    country: 'FR',
    ...(material.regions.some((one) => one.code === region && !departments.has(one.nom))
      ? { 'within-insee-reg': region }
      : { 'within-iso-3166': 'FR' }),
  });
  const rows = [
    ...PLACES.map((place) => handmadeRow(place, inUse)),
    ...material.regions.filter(({ nom }) => !departments.has(nom)).map(regionRow),
    ...material.departments.map(departmentRow),
    ...tableRows(tableText('places-belgium')).map(belgianRow),
    ...material.communes
      .filter(isCurrent)
      .filter(isOurs)
      .map((one) => communeRow(one, lookups)),
    ...formerRows(material, inUse),
  ];
  return table(
    COLUMNS,
    rows.map((row) => COLUMNS.map((column) => row[column] ?? '')),
  );
}

/** The whole of places-elsewhere.csv: communes of other regions with their population, and those that lie in one of them. */
export function makeElsewhere({ communes }: Material): string {
  const elsewhere = communes.filter((one) => !isOurs(one) && one.departement);
  const current = new Set(elsewhere.filter(isCurrent).map(({ code }) => code));
  const rows = elsewhere.flatMap((one): readonly (readonly string[])[] => {
    const name = one.nom.replace(/ \(.*\)$/, '');
    if (isCurrent(one)) return [[one.code, name, String(one.population), '']];
    // A seat that gave its code to the new commune is another name of that.
    if (isFormer(one)) return [[one.code, name, '', one.chefLieu ?? '']];
    return [];
  });
  const seats = new Set(elsewhere.filter(isCurrent).map(({ code, nom }) => `${code} ${nom}`));
  const told = rows.filter(
    ([code, name, , within]) => within === '' || code !== within || !seats.has(`${code} ${name}`),
  );
  const lost = told.find(([, , , within = '']) => within !== '' && !current.has(within));
  if (lost) throw new Error(`${lost.join(' ')} lies in a commune that is not there.`);
  return table(['insee', 'name', 'population', 'within'], told);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns.join(','), ...rows.map((row) => row.map(quoted).join(',')), ''].join('\n');
}

if (import.meta.main) {
  const [folder, points] = process.argv.slice(2);
  if (!folder || !points)
    throw new Error(
      'Say where the package and the points are: node graph-schema/vocabularies/make-places.ts DATA-FOLDER communes.csv',
    );
  const material = readMaterial(folder, points);
  writeFileSync(join(import.meta.dirname, 'places.csv'), makePlaces(material));
  writeFileSync(join(import.meta.dirname, 'places-elsewhere.csv'), makeElsewhere(material));
}
