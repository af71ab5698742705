/** One point for a geometry of GeoJSON (RFC 7946, section 3.1): its own, or the middle of what it covers. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import { coordinatesOf, projectionUnsure } from '../shared/coordinates.ts';

const LIMITS = { depth: 6, corners: 100_000 } as const;

type Pair = readonly [x: number, y: number];

/**
 * `none` where there is no geometry; no point where its coordinates make no position. `id`: of the feature, for the notes.
 */
export function pointOfGeometry(
  geometry: Json | undefined,
  id: string,
): { readonly point?: GeoPoint | undefined; readonly notes: readonly Finding[] } | 'none' {
  if (geometry === undefined || geometry === null) return 'none';
  const all: Pair[] = [];
  gather(geometry, all, 0);
  // 0, 0 is what an empty form leaves behind.
  const corners = all.filter(([x, y]) => x !== 0 || y !== 0);
  const [first] = corners;
  if (first === undefined) return { notes: [] };
  const empty = all.length - corners.length;
  const left = empty === 0 ? [] : [finding('geojson-origin-left-out', { id, count: empty })];
  const isPoint = corners.length === 1;
  // Longitude stands first in GeoJSON; metres are told from degrees by their size.
  const [x, y] = isPoint ? first : middle(corners);
  const read = coordinatesOf(y, x, isPoint ? 'site' : 'area');
  const note = read === undefined ? projectionUnsure(y, x) : read.note;
  return { point: read?.point, notes: note === undefined ? left : [...left, note] };
}

function gather(value: Json | undefined, corners: Pair[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > LIMITS.depth || corners.length >= LIMITS.corners) return;
  if (!Array.isArray(value)) {
    const { coordinates, geometries } = value as { readonly [key: string]: Json };
    gather(coordinates, corners, depth + 1);
    gather(geometries, corners, depth + 1);
    return;
  }
  const [x, y] = [value[0], value[1]].map((one) => (typeof one === 'string' ? Number.parseFloat(one) : one));
  if (typeof x === 'number' && typeof y === 'number') {
    if (Number.isFinite(x) && Number.isFinite(y)) corners.push([x, y]);
  } else for (const one of value as readonly Json[]) gather(one, corners, depth + 1);
}

/** Of the box around it. */
function middle(corners: readonly Pair[]): Pair {
  const [xs, ys] = [0, 1].map((axis) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const corner of corners) {
      least = Math.min(least, corner[axis] as number);
      most = Math.max(most, corner[axis] as number);
    }
    return Math.round(((least + most) / 2) * 1e6) / 1e6;
  });
  return [xs as number, ys as number];
}
