/** Rows of an API as rows of a table: what `map` reads is always text under a name. */
import type { Json } from '../../connector.ts';
import type { TableRow } from '../reading/rows.ts';

const DEEPEST = 4;
/** Between the values of a list. A map takes them apart by `split: ';'`. */
const BETWEEN = ' ; ';

/**
 * A row of strings from a row of JSON. Null is absence; a list becomes its values with `;` between; an object becomes `name.part` for each of its parts,
 * except coordinates (`{lat, lon}`, a GeoJSON point), which become `latitude, longitude`. A row of strings is given back as it is.
 */
export function tableRowOf(row: Json): TableRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return {};
  const entries = Object.entries(row);
  if (entries.every(([, value]) => typeof value === 'string')) return row as TableRow;
  const cells = new Map<string, string[]>();
  for (const [name, value] of entries) put(cells, name, value, 0);
  return Object.fromEntries([...cells].map(([name, values]) => [name, values.join(BETWEEN)]));
}

function put(cells: Map<string, string[]>, name: string, value: Json, depth: number): void {
  if (value === null || value === '') return;
  if (typeof value !== 'object') {
    const there = cells.get(name);
    if (there) there.push(String(value));
    else cells.set(name, [String(value)]);
    return;
  }
  if (depth >= DEEPEST) {
    put(cells, name, JSON.stringify(value), 0);
    return;
  }
  if (isList(value)) {
    for (const one of value) put(cells, name, one, depth + 1);
    return;
  }
  const point = pointIn(value);
  if (point !== undefined) put(cells, name, point, depth + 1);
  else for (const [part, one] of Object.entries(value)) put(cells, `${name}.${part}`, one, depth + 1);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function pointIn(value: { readonly [key: string]: Json }): string | undefined {
  const { type, coordinates } = value;
  if (type === 'Point' && coordinates !== undefined && coordinates !== null && isList(coordinates as Json)) {
    const [longitude, latitude] = coordinates as readonly Json[];
    return pairIn(latitude, longitude);
  }
  const geometry = value['geometry'];
  if (type === 'Feature' && typeof geometry === 'object' && geometry !== null && !isList(geometry))
    return pointIn(geometry as { readonly [key: string]: Json });
  const latitude = value['lat'] ?? value['latitude'];
  const longitude = value['lon'] ?? value['lng'] ?? value['longitude'];
  return pairIn(latitude, longitude);
}

/** Undefined where one of them is no number and no text: an object is then read by its parts. */
function pairIn(latitude: Json | undefined, longitude: Json | undefined): string | undefined {
  const isWritten = (one: Json | undefined) => typeof one === 'number' || typeof one === 'string';
  return isWritten(latitude) && isWritten(longitude) ? `${latitude}, ${longitude}` : undefined;
}
