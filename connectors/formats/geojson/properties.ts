/** Where the source file says nothing of a feature's properties: what their usual names mean, for a stop on a route. */
import { fold } from '#graph-schema/text.ts';
import type { TableRow } from '../reading/rows.ts';
import type { TableMap } from '../table/map.ts';

const NAMES = {
  id: ['id', 'identifiant', 'uid', 'uuid', 'ref', 'code', 'gid', 'fid', 'objectid'],
  name: ['name', 'nom', 'title', 'titre', 'label', 'libelle', 'intitule'],
  description: ['description', 'desc', 'texte', 'commentaire', 'notice'],
  page: ['url', 'lien', 'page', 'site', 'website'],
  year: ['annee', 'year', 'date', 'epoque'],
  position: ['position', 'rang', 'ordre', 'numero', 'num', 'order'],
  insee: ['insee', 'code_insee', 'insee_com', 'codecommune', 'code_commune'],
  commune: ['commune', 'ville', 'city', 'nom_commune'],
  pictures: ['image', 'images', 'photo', 'photos', 'photo_avant', 'photo_apres', 'image_avant', 'image_apres'],
} as const;

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
