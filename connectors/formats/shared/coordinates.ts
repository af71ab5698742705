/**
 * Positions as partners write them, read as WGS 84: decimal degrees, degrees with minutes, the other way round, or in a French projection (Lambert 93
 * and the nine conic zones, RGF93). What is read otherwise than it stands is said.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';

export interface Position {
  readonly point: GeoPoint;
  /** How it was read, where that is not as it stands. */
  readonly note?: Finding | undefined;
}

/** Where latitude and longitude can be told apart: France, Belgium and what lies around them. */
const HERE = { south: 41, north: 52, west: -5.6, east: 10 } as const;
/** France and Belgium, roughly: longitude and latitude of the corners. */
const OURS = [
  [-5.3, 48.7],
  [-1.9, 49.9],
  [1.4, 51.1],
  [3.4, 51.6],
  [6, 51.2],
  [6.4, 50.3],
  [8.4, 49.1],
  [7.6, 47.4],
  [7.8, 43.7],
  [3.1, 42.2],
  [-1.9, 43.2],
  [-2.6, 46.5],
  [-5.3, 47.8],
] as const;
const RADIANS = Math.PI / 180;
/** GRS 80. */
const SEMI_MAJOR_METRES = 6_378_137;
const ECCENTRICITY = 0.0818191910428158;

/** A Lambert conic conformal projection with two standard parallels, in degrees and metres. */
interface Conic {
  readonly parallels: readonly [south: number, north: number];
  readonly origin: { readonly latitude: number; readonly longitude: number; readonly x: number; readonly y: number };
}

/** EPSG:2154. */
const LAMBERT_93: Conic = { parallels: [44, 49], origin: { latitude: 46.5, longitude: 3, x: 700_000, y: 6_600_000 } };

/** EPSG:3942 to 3950: the zone round a parallel. */
function zone(latitude: number): Conic {
  const origin = { latitude, longitude: 3, x: 1_700_000, y: (latitude - 41) * 1_000_000 + 200_000 };
  return { parallels: [latitude - 0.75, latitude + 0.75], origin };
}

/**
 * Two numbers, latitude first where they are degrees. Undefined where they make no position that is sure: 0, 0 is what an empty form leaves behind,
 * beyond the region nothing tells which number is which, and metres may be those of Lambert 93 or of Web Mercator (`projectionUnsure`) unless the
 * partner has `declared` which.
 */
export function coordinatesOf(
  first: string | number,
  second: string | number,
  precision: GeoPoint['precision'],
  declared?: 'lambert-93',
): Position | undefined {
  const [a, b] = [numberOf(first), numberOf(second)];
  if (a === undefined || b === undefined || (a === 0 && b === 0)) return undefined;
  if (Math.abs(a) > 1000 || Math.abs(b) > 1000)
    return declared === undefined && isUnsure(a, b) ? undefined : projected(a, b, precision);
  const swapped = isHere(b, a) && !isHere(a, b);
  const [latitude, longitude] = swapped ? [b, a] : [a, b];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  const point = { latitude, longitude, precision };
  return swapped ? { point, note: finding('coordinates-swapped', { value: `${a}, ${b}` }) } : { point };
}

/** What is told of metres that are a place of ours in Lambert 93 and another one in Web Mercator (EPSG:3857); undefined for any other pair. */
export function projectionUnsure(first: string | number, second: string | number): Finding | undefined {
  const [a, b] = [numberOf(first), numberOf(second)];
  if (a === undefined || b === undefined || !isUnsure(a, b)) return undefined;
  return finding('coordinates-projection-unsure', { value: `${a}, ${b}` });
}

function isUnsure(a: number, b: number): boolean {
  return [
    [a, b],
    [b, a],
  ].some(([x = 0, y = 0]) => conicAt(x, y) === LAMBERT_93 && isMercatorHere(x, y));
}

/** Web Mercator is a sphere rolled out. North of y = 6.85 million metres its places are none of ours, so that the region is sure in Lambert 93. */
function isMercatorHere(x: number, y: number): boolean {
  const longitude = x / SEMI_MAJOR_METRES / RADIANS;
  const latitude = (2 * Math.atan(Math.exp(y / SEMI_MAJOR_METRES)) - Math.PI / 2) / RADIANS;
  return isWithin(longitude, latitude, OURS);
}

/** Whether a ray to the east leaves the outline an odd number of times. */
function isWithin(longitude: number, latitude: number, outline: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  let [x, y] = outline.at(-1) ?? [0, 0];
  for (const [nextX, nextY] of outline) {
    if (y > latitude !== nextY > latitude && longitude < x + ((latitude - y) / (nextY - y)) * (nextX - x))
      inside = !inside;
    [x, y] = [nextX, nextY];
  }
  return inside;
}

function isHere(latitude: number, longitude: number): boolean {
  return latitude >= HERE.south && latitude <= HERE.north && longitude >= HERE.west && longitude <= HERE.east;
}

/** Degrees, or metres of a projection: a comma or a point, a sign or N, S, E, W (O), minutes and seconds. */
function numberOf(written: string | number): number | undefined {
  if (typeof written === 'number') return Number.isFinite(written) ? written : undefined;
  const text = written.trim().replace(',', '.');
  if (/^[+-]?\d{1,8}(\.\d+)?$/.test(text)) return Number(text);
  const parts =
    /^(\d{1,3})\s*°\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”]|'')\s*)?([NSEWO])?$/i.exec(
      text,
    );
  if (!parts) return undefined;
  const [degrees, minutes, seconds] = parts.slice(1, 4).map((part) => Number(part ?? 0)) as [number, number, number];
  if (minutes >= 60 || seconds >= 60) return undefined;
  const sign = /[SWO]/i.test(parts[4] ?? '') ? -1 : 1;
  return sign * (degrees + minutes / 60 + seconds / 3600);
}

function projected(a: number, b: number, precision: GeoPoint['precision']): Position | undefined {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const conic = conicAt(x, y);
    if (conic === undefined) continue;
    const { latitude, longitude } = unprojected(conic, x, y);
    if (!isHere(latitude, longitude)) continue;
    const read = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    return {
      point: { latitude: rounded(latitude), longitude: rounded(longitude), precision },
      note: finding('coordinates-projected', { value: `${a}, ${b}`, read }),
    };
  }
  return undefined;
}

/** Only one of the projections gives numbers of this size in France. */
function conicAt(x: number, y: number): Conic | undefined {
  if (x >= 0 && x <= 1_300_000 && y >= 6_000_000 && y <= 7_200_000) return LAMBERT_93;
  if (x < 1_300_001 || x > 2_300_000 || y < 1_000_000 || y > 9_500_000) return undefined;
  return zone(Math.min(50, Math.max(42, Math.round((y - 200_000) / 1_000_000) + 41)));
}

/** A tenth of a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Lambert conic conformal with two parallels, reversed (EPSG Guidance Note 7-2, method 9802). */
function unprojected({ parallels, origin }: Conic, x: number, y: number): { latitude: number; longitude: number } {
  const [m1, m2] = parallels.map((degrees) => radiusOf(degrees * RADIANS)) as [number, number];
  const [t1, t2] = parallels.map((degrees) => isometric(degrees * RADIANS)) as [number, number];
  const n = (Math.log(m1) - Math.log(m2)) / (Math.log(t1) - Math.log(t2));
  const scale = (SEMI_MAJOR_METRES * m1) / (n * t1 ** n);
  const yOfPole = origin.y + scale * isometric(origin.latitude * RADIANS) ** n;
  const [dx, dy] = [x - origin.x, yOfPole - y];
  const t = (Math.hypot(dx, dy) / scale) ** (1 / n);
  let latitude = Math.PI / 2 - 2 * Math.atan(t);
  for (let turn = 0; turn < 6; turn += 1) {
    const sine = ECCENTRICITY * Math.sin(latitude);
    latitude = Math.PI / 2 - 2 * Math.atan(t * ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2));
  }
  return { latitude: latitude / RADIANS, longitude: origin.longitude + Math.atan2(dx, dy) / n / RADIANS };
}

function radiusOf(latitude: number): number {
  return Math.cos(latitude) / Math.sqrt(1 - (ECCENTRICITY * Math.sin(latitude)) ** 2);
}

function isometric(latitude: number): number {
  const sine = ECCENTRICITY * Math.sin(latitude);
  return Math.tan(Math.PI / 4 - latitude / 2) / ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2);
}
