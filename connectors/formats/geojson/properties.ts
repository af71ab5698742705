/** Where the source file says nothing of a feature's properties: what their usual names mean, for a stop on a route. */
import { fold } from '#graph-schema/text.ts';
import type { MappedRecord, Mapping } from '../../format.ts';
import type { TableRow } from '../reading/rows.ts';
import { tidyLine } from '../shared/text.ts';
import { columnsOf, type TableMap } from '../table/map.ts';

const NAMES = {
  id: ['id', 'identifiant', 'uid', 'uuid', 'ref', 'code', 'gid', 'fid', 'objectid'],
  name: ['name', 'nom', 'title', 'titre', 'label', 'libelle', 'intitule'],
  description: ['description', 'desc', 'descriptif', 'texte', 'commentaire', 'notice', 'presentation', 'resume'],
  page: ['url', 'lien', 'page', 'site', 'website', 'siteweb', 'site_web', 'site_internet', 'web'],
  year: ['annee', 'year', 'date', 'epoque'],
  position: ['position', 'rang', 'ordre', 'numero', 'num', 'order'],
  insee: ['insee', 'code_insee', 'insee_com', 'codecommune', 'code_commune'],
  commune: ['commune', 'ville', 'city', 'nom_commune'],
  pictures: ['image', 'images', 'photo', 'photos', 'photo_avant', 'photo_apres', 'image_avant', 'image_apres'],
} as const;

/** What a stop has no field for, and people want to read: a line of its description each. */
const PROSE: readonly (readonly [label: string, ...names: string[]])[] = [
  ['Adresse', 'adresse', 'address', 'adr', 'rue', 'adresse_complete'],
  ['Horaires', 'horaires', 'horaire', 'ouverture', 'heures_ouverture', 'opening_hours'],
  ['Tarif', 'tarif', 'tarifs', 'prix'],
  ['Accès', 'acces', 'accessibilite'],
];
/** Positions, which the geometry says, the numbers of geographic information systems, and the mark of data made to show. */
const REPEATED =
  /^(demonstration|lat|latitude|lon|lng|long|longitude|x|y|geo_?point(_2d)?|geom|geometry|geo_?shape|coordonnees|coordinates|type|fid|gid|objectid|shape_.*|globalid)(\.|$)/;
/** How persons are reached: never read. */
const CONTACT = /^(tel|telephone|phone|mobile|portable|fax|e-?mail|mail|courriel|contact)/;

const known = new Map<string, TableMap>();
/** Files have few sets of properties; a file with more than these is read as well, only slower. */
const KEPT = 200;

/** The map for a row, by the names of its columns. */
export function usualMap(row: TableRow): TableMap {
  const columns = Object.keys(row);
  const key = columns.join('\n');
  const found = known.get(key);
  if (found) return found;
  const made = mapOf(columns);
  if (known.size < KEPT) known.set(key, made);
  return made;
}

/** The column that is the row's identifier, where one is. */
export function idColumn(columns: readonly string[]): string | undefined {
  return columnNamed(columns, NAMES.id);
}

function columnNamed(columns: readonly string[], names: readonly string[]): string | undefined {
  const folded = columns.map((column) => fold(column));
  const name = names.find((one) => folded.includes(one));
  return name === undefined ? undefined : columns[folded.indexOf(name)];
}

function mapOf(columns: readonly string[]): TableMap {
  const fields = ['name', 'description', 'page', 'year', 'position'].flatMap((field) => {
    const column = columnNamed(columns, NAMES[field as keyof typeof NAMES]);
    return column === undefined ? [] : [[field, { column }] as const];
  });
  const insee = columnNamed(columns, NAMES.insee);
  const commune = columnNamed(columns, NAMES.commune);
  const place = insee === undefined ? commune && [{ column: commune }] : [{ column: insee, identifier: 'insee' }];
  const pictures = columns.filter((column) => (NAMES.pictures as readonly string[]).includes(fold(column)));
  const media = pictures.map((column) => ({ column, split: ' ; ' }));
  return {
    kind: 'Stop',
    id: [idColumn(columns) ?? 'id'],
    fields: Object.fromEntries(fields),
    relations: { ...(place ? { place } : {}), ...(media.length > 0 ? { media } : {}) },
  };
}

/** The record with the prose of its feature behind its description. */
export function withProse(mapped: Mapping, row: TableRow): Mapping {
  if (!('record' in mapped)) return mapped;
  const columns = Object.keys(row);
  const lines = PROSE.flatMap(([label, ...names]) => {
    const column = columnNamed(columns, names);
    const text = column === undefined ? undefined : tidyLine(row[column]);
    return text === undefined ? [] : [`${label} : ${text}`];
  });
  if (lines.length === 0) return mapped;
  const { fields } = mapped.record;
  const description = [fields.description, ...lines].filter((text) => text !== undefined).join('\n');
  const record = { ...mapped.record, fields: { ...fields, description } };
  return { ...mapped, record: record as unknown as MappedRecord };
}

/** The columns of a row that become nothing, by their names. */
export function unreadColumns(row: TableRow): readonly string[] {
  const columns = Object.keys(row);
  // A commune's name says again what its code does.
  const used = new Set([...columnsOf(usualMap(row)), idColumn(columns), columnNamed(columns, NAMES.commune)]);
  const prose = new Set(PROSE.map(([, ...names]) => columnNamed(columns, names)));
  return columns.filter((column) => {
    const name = fold(column);
    return !used.has(column) && !prose.has(column) && !REPEATED.test(name) && !CONTACT.test(name);
  });
}
