/** The places of the tables, by every name, code and postcode that a text may use: those of the graph, and the communes of the rest of France. */
import type { Identifier } from '../record.ts';
import { fold } from '../text.ts';
import { listed, type Row } from './tables.ts';

export interface Place {
  readonly identifier: Identifier;
  readonly label: string;
  readonly type: string;
  /** Scheme and code: `insee:59350`. */
  readonly id: string;
  readonly country: string;
  /** What it lies in. */
  readonly within?: Place;
  /** Inhabitants; 0 where the tables do not say (former communes, Belgium). */
  readonly population: number;
  /** Whether places.csv holds it: the graph knows it, and texts of the network mean it first. */
  readonly ours: boolean;
}

export interface PlaceTables {
  readonly places: readonly Row[];
  /** The text of places-elsewhere.csv: plain cells, and too many rows for a careful parser at every start. */
  readonly elsewhere: string;
  readonly names: readonly Row[];
  readonly homonyms: readonly Row[];
}

export interface PlaceIndex {
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  /** Parts that have no code, by name: the place that they lie in. */
  readonly byPart: ReadonlyMap<string, readonly Place[]>;
  /** What stands before "sur", "en", "les"…: `saint amand` for Saint-Amand-les-Eaux. */
  readonly byShortName: ReadonlyMap<string, readonly Place[]>;
  readonly byPostcode: ReadonlyMap<string, readonly Place[]>;
  readonly byId: ReadonlyMap<string, Place>;
  /** Names that are words, first names or things as well. */
  readonly homonyms: ReadonlySet<string>;
  /** The names of our communes: what misspelt names are compared with. */
  readonly ourNames: readonly string[];
}

const SCHEMES = ['insee', 'insee-dep', 'insee-reg', 'iso-3166', 'nis', 'trame'] as const;

/** A town elsewhere is well enough known from this population on for its short name to count. */
const KNOWN_TOWN = 10_000;

/** One spelling of a name: St and Saint, lez and lès, s/ and sur, hyphens and apostrophes as spaces. */
export function placeKey(name: string): string {
  return keyOfFolded(fold(name));
}

/** The same for a name of an official table, which is written out and clean: thirty thousand of them are read at every start. */
function officialKey(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  const plain = /[^\x00-\x7f]/.test(name) ? fold(name) : name.toLowerCase();
  return plain.replace(/[-']/g, ' ').replace(' lez ', ' les ');
}

/** The same, of a text that is folded already: folding is what costs. */
export function keyOfFolded(folded: string): string {
  const spaced = folded.includes('/') ? folded.replace(/ ?\bs\/ ?| ?\/ ?/g, ' sur ') : folded;
  return spaced
    .replace(/[-']/g, ' ')
    .replace(/\b(ste?)\b\.?(?= )|\blez\b/g, spelledOut)
    .replace(/ {2,}/g, ' ')
    .trim();
}

const spelledOut = (word: string): string =>
  word.startsWith('l') ? 'les' : word.startsWith('ste') ? 'sainte' : 'saint';

/** Whether a place is another, or lies in it. */
export function liesIn(place: Place, container: Place): boolean {
  for (let at: Place | undefined = place; at; at = at.within) if (at === container) return true;
  return false;
}

/** Throws where a row has no identifier or lies in a place that is not there: the tables are then broken. */
export function placeIndex({ places, elsewhere, names, homonyms }: PlaceTables): PlaceIndex {
  const byId = new Map<string, Place>();
  const byName = new Map<string, Place[]>();
  const byPostcode = new Map<string, Place[]>();
  const rows = new Map(places.map((row) => [row['id'] ?? '', row]));
  for (const row of places) {
    const place = placeOf(row['id'] ?? '', rows, byId);
    const spellings = new Set([place.label, ...listed(row['alternativeNames'])].map(placeKey));
    for (const name of spellings) add(byName, name, place);
    for (const postcode of listed(row['postcodes'])) add(byPostcode, postcode, place);
  }
  const ourNames = [...byName].flatMap(([name, all]) => (all.some(isCommune) ? [name] : []));
  addElsewhere(elsewhere, byId, byName);
  const byPart = new Map<string, Place[]>();
  for (const row of names) {
    const place = byId.get(row['id'] ?? '');
    if (!place) throw new Error(`place-names.csv: ${row['id']} is not there`);
    if (row['kind'] === 'part') add(byPart, placeKey(row['name'] ?? ''), place);
    else if (!place.ours) add(byName, placeKey(row['name'] ?? ''), place);
  }
  const words = new Set(homonyms.map((row) => placeKey(row['word'] ?? '')));
  return { byName, byPart, byShortName: shortNames(byName), byPostcode, byId, homonyms: words, ourNames };
}

/** A commune of today or of before. */
export function isCommune({ type }: Place): boolean {
  return type === 'commune' || type === 'former-commune';
}

function add(index: Map<string, Place[]>, key: string, place: Place): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [place]);
  else if (!known.includes(place)) known.push(place);
}

function placeOf(id: string, rows: ReadonlyMap<string, Row>, made: Map<string, Place>, inside = 0): Place {
  const known = made.get(id);
  if (known) return known;
  const row = rows.get(id);
  if (!row || inside > 6) throw new Error(`places.csv: ${id} is not there, or lies in itself`);
  const scheme = SCHEMES.find((candidate) => row[candidate]);
  if (!scheme) throw new Error(`places.csv: ${id} has no identifier`);
  const parent = SCHEMES.find((candidate) => row[`within-${candidate}`]);
  const within = parent && placeOf(`${parent}:${row[`within-${parent}`]}`, rows, made, inside + 1);
  const place: Place = {
    identifier: { scheme, value: row[scheme] ?? '' },
    label: row['name'] ?? '',
    type: row['placeType'] ?? '',
    id,
    country: row['country'] ?? '',
    population: Number(row['population'] ?? 0),
    ours: true,
    ...(within ? { within } : {}),
  };
  made.set(id, place);
  return place;
}

function addElsewhere(table: string, byId: Map<string, Place>, byName: Map<string, Place[]>): void {
  const rows = table
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','));
  // Communes of today first: those of before lie in them, or are another name of them.
  for (const row of rows) if (row[3] === '') addRow(row, byId, byName);
  for (const row of rows) if (row[3] !== '') addRow(row, byId, byName);
}

function addRow(row: readonly string[], byId: Map<string, Place>, byName: Map<string, Place[]>): void {
  const [code = '', name = '', population = '', within = ''] = row;
  const id = `insee:${code}`;
  const key = officialKey(name);
  const seat = code === within ? byId.get(id) : undefined;
  if (seat) {
    add(byName, key, seat);
    return;
  }
  const container = byId.get(within === '' ? departmentOf(code) : `insee:${within}`);
  if (!container) throw new Error(`places-elsewhere.csv: ${code} lies in a place that is not there`);
  const place: Place = {
    identifier: { scheme: 'insee', value: code },
    label: name,
    type: within === '' ? 'commune' : 'former-commune',
    id,
    country: 'FR',
    within: container,
    population: Number(population),
    ours: false,
  };
  byId.set(id, place);
  add(byName, key, place);
}

/** Departments overseas have three characters. */
function departmentOf(commune: string): string {
  return `insee-dep:${commune.slice(0, /^9[78]/.test(commune) ? 3 : 2)}`;
}

const CONNECTIVE = / (?:sur|sous|en|les|l|la|le|aux|au|de|du|des|d|sud|nord) /;

/** An article at the head of a name cuts nothing off. */
const FOREMOST = 4;

function shortNames(byName: ReadonlyMap<string, readonly Place[]>): ReadonlyMap<string, readonly Place[]> {
  const short = new Map<string, Place[]>();
  for (const [name, places] of byName) {
    const known = places.filter((place) => isCommune(place) && (place.ours || place.population >= KNOWN_TOWN));
    const at = known.length === 0 ? -1 : `${name} `.slice(FOREMOST).search(CONNECTIVE);
    if (at < 0) continue;
    for (const place of known) add(short, name.slice(0, at + FOREMOST), place);
  }
  return short;
}
