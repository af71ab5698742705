/** The places of places.csv, by every name, code and postcode that a text may use. */
import type { Identifier } from '../record.ts';
import { fold } from '../text.ts';
import { listed, type Row } from './tables.ts';

export interface Place {
  readonly identifier: Identifier;
  readonly label: string;
  readonly type: string;
  /** The row ids of what it lies in, and of itself. */
  readonly within: ReadonlySet<string>;
  readonly id: string;
  readonly postcodes: readonly string[];
}

export interface PlaceIndex {
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  readonly byPostcode: ReadonlyMap<string, readonly Place[]>;
  readonly byId: ReadonlyMap<string, Place>;
}

const SCHEMES = ['insee', 'insee-dep', 'insee-reg', 'iso-3166', 'nis', 'trame'] as const;

/** One spelling of a name: St and Saint, lez and lès, s/ and sur, hyphens and apostrophes as spaces. */
export function placeKey(name: string): string {
  return keyOfFolded(fold(name));
}

/** The same, of a text that is folded already: folding is what costs. */
export function keyOfFolded(folded: string): string {
  return folded
    .replace(/ ?\bs\/ ?| ?\/ ?/g, ' sur ')
    .replace(/[-']/g, ' ')
    .replace(/\b(ste?)\b\.?(?= )/g, (word) => (word.startsWith('ste') ? 'sainte' : 'saint'))
    .replace(/\blez\b/g, 'les')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Throws where a row has no identifier or lies in a place that is not there: the table is then broken. */
export function placeIndex(rows: readonly Row[]): PlaceIndex {
  const parents = new Map(rows.map((row) => [row['id'] ?? '', parentOf(row)]));
  const places = rows.map((row) => placeOf(row, parents));
  const byName = new Map<string, Place[]>();
  const byPostcode = new Map<string, Place[]>();
  rows.forEach((row, at) => {
    const place = places[at];
    if (!place) return;
    const names = new Set([place.label, ...listed(row['alternativeNames'])].map(placeKey));
    for (const name of names) add(byName, name, place);
    for (const postcode of place.postcodes) add(byPostcode, postcode, place);
  });
  return { byName, byPostcode, byId: new Map(places.map((place) => [place.id, place])) };
}

function add(index: Map<string, Place[]>, key: string, place: Place): void {
  const known = index.get(key);
  if (known) known.push(place);
  else index.set(key, [place]);
}

function parentOf(row: Row): string | undefined {
  const scheme = SCHEMES.find((candidate) => row[`within-${candidate}`]);
  return scheme && `${scheme}:${row[`within-${scheme}`]}`;
}

function placeOf(row: Row, parents: ReadonlyMap<string, string | undefined>): Place {
  const id = row['id'] ?? '';
  const scheme = SCHEMES.find((candidate) => row[candidate]);
  if (!scheme) throw new Error(`places.csv: ${id} has no identifier`);
  const within = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) {
    if (within.has(at) || !parents.has(at))
      throw new Error(`places.csv: ${id} lies in ${at}, which is not there or lies in itself`);
    within.add(at);
  }
  return {
    identifier: { scheme, value: row[scheme] ?? '' },
    label: row['name'] ?? '',
    type: row['placeType'] ?? '',
    within,
    id,
    postcodes: listed(row['postcodes']),
  };
}
