/**
 * The format `geojson` (RFC 7946): a collection, one feature, or a feature a line (also RFC 8142). The properties are read as a table is, by the `map` of the
 * source file; without one each feature is a Stop, by the usual names. The position comes from the geometry.
 */
import { createHash } from 'node:crypto';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { propertiesOf } from '#graph-schema/model.ts';
import type { Json } from '../../connector.ts';
import type { Format, MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import type { TableRow } from '../reading/rows.ts';
import { publicId } from '../shared/contacts.ts';
import { cellOf } from '../table/fields.ts';
import { tableRowOf } from '../table/json-row.ts';
import { type TableMap, tableMap } from '../table/map.ts';
import { mapRow } from '../table/table.ts';
import { pointOfGeometry } from './geometry.ts';
import { idColumn, unreadColumns, usualMap, withProse } from './properties.ts';

const CRS_KEY = '"crs"';
const CRS = /^"crs"\s{0,99}:\s{0,99}\{[^{}]{0,200}\{[^{}]{0,200}"name"\s{0,99}:\s{0,99}"([^"]{1,200})"/;
const CRS_CHARACTERS = 1_000;
const NAMES_SHOWN = 30;
/** The crs of GeoJSON 2008 that are read: degrees, Lambert 93 and the nine conic zones. Others have numbers of the same size that mean another place. */
const READ_CRS = /crs:?84|4326|4171|2154|39(4[2-9]|50)\b|wgs ?84|rgf ?93/i;

type Feature = { readonly [key: string]: Json };

export const geojson: Format<TableMap | undefined> = {
  name: 'geojson',
  version: 2,
  options: {
    safeParse: (value) => (value === undefined ? { success: true, data: undefined } : tableMap.safeParse(value)),
  },
  cut: (file, map, tell) => cutFeatures(file, map, tell),
  row: rowFromJson,
  map: (row, context) => mapFeature(row, context.options, context),
};

async function* cutFeatures(file: ReadableFile, map: TableMap | undefined, tell: Tell): AsyncGenerator<LocatedCut> {
  const crs = await crsOf(file);
  if (crs !== undefined && !READ_CRS.test(crs))
    return yield refuse(finding('geojson-crs-unread', { file: file.name, crs: crs.slice(0, 100) }));
  let made = 0;
  const unread = new Set<string>();
  const wanted = {
    lists: ['features'],
    id(row: Json) {
      const feature = featureIn(row);
      if (feature && map === undefined && unread.size < NAMES_SHOWN)
        for (const name of unreadColumns(cellsOf(feature))) unread.add(name.slice(0, 60));
      const id = feature && statedId(feature, map);
      if (id !== undefined || feature === undefined) return id;
      made += 1;
      return madeId(feature);
    },
    isRow: (value: Json) => featureIn(value) !== undefined,
  };
  yield* cutJson(file, wanted, tell);
  if (made > 0) tell(finding('geojson-id-made', { file: file.name, count: made }));
  const names = [...unread].slice(0, NAMES_SHOWN).join(', ');
  if (names !== '') tell(finding('geojson-properties-unread', { file: file.name, names }));
}

/** The name of the crs that the file declares (GeoJSON 2008, section 3), wherever it stands: behind the features too. */
async function crsOf(file: ReadableFile): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of file.bytes()) {
    text += decoder.decode(chunk, { stream: true }).replaceAll('\0', '');
    for (let at = text.indexOf(CRS_KEY); at >= 0; at = text.indexOf(CRS_KEY)) {
      const name = CRS.exec(text.slice(at, at + CRS_CHARACTERS))?.[1];
      if (name !== undefined) return name;
      text = text.slice(at);
      // It may go on in the next piece; else it was null, or the name of a property.
      if (text.length < CRS_CHARACTERS) break;
      text = text.slice(CRS_KEY.length);
    }
    if (!text.startsWith(CRS_KEY)) text = text.slice(-CRS_KEY.length);
  }
  return undefined;
}

function featureIn(row: Json): Feature | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
  const feature = row as Feature;
  return feature['type'] === 'Feature' ? feature : undefined;
}

/** The properties, and the feature's own `id` where none of them is called so: a `map` may name it. */
function cellsOf({ properties, id }: Feature): TableRow {
  const cells = tableRowOf(properties ?? {});
  const isText = typeof id === 'number' || (typeof id === 'string' && id.trim() !== '');
  return isText && !Object.hasOwn(cells, 'id') ? { ...cells, id: String(id).trim() } : cells;
}

function statedId(feature: Feature, map: TableMap | undefined): string | undefined {
  const cells = cellsOf(feature);
  if (map !== undefined) {
    const parts = map.id.map((column) => cellOf(cells, { column }));
    if (parts.every((part) => part !== undefined)) return publicId(parts.join('/'));
  }
  const { id } = feature;
  if (typeof id === 'number' || (typeof id === 'string' && id.trim() !== '')) return String(id).trim();
  const column = idColumn(Object.keys(cells));
  return column === undefined ? undefined : cellOf(cells, { column });
}

/** Of what is least likely to change. */
function madeId(feature: Feature): string {
  const cells = cellsOf(feature);
  const column = usualMap(cells).fields['name']?.column;
  const name = column === undefined ? JSON.stringify(cells) : cells[column];
  const said = JSON.stringify([name, feature['geometry'] ?? null]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 22);
}

function mapFeature(row: Json, map: TableMap | undefined, context: Pick<MappingContext, 'id'>): Mapping {
  const feature = featureIn(row);
  if (feature === undefined) return { rejected: finding('geojson-row-foreign', { id: context.id }) };
  const cells = cellsOf(feature);
  const used = map ?? usualMap(cells);
  const mapped = map === undefined ? withProse(mapRow(cells, used, context), cells) : mapRow(cells, used, context);
  if (!('record' in mapped) || !('point' in propertiesOf(used.kind)) || 'point' in mapped.record.fields) return mapped;
  const read = pointOfGeometry(feature['geometry'], context.id);
  if (read === 'none') return mapped;
  const notes: Finding[] = [...(mapped.notes ?? []), ...read.notes];
  if (read.point === undefined) {
    const value = JSON.stringify(feature['geometry']).slice(0, 100);
    return { ...mapped, notes: [...notes, finding('geojson-point-unread', { id: context.id, value })] };
  }
  const record = { ...mapped.record, fields: { ...mapped.record.fields, point: read.point } };
  return { record: record as unknown as MappedRecord, ...(notes.length > 0 ? { notes } : {}) };
}
