/**
 * The catalogue's rows: every entity that the graph knows of but media, one ordinal each, in columns. What is not Published has a row
 * without a name: others may still lead to it. Nothing here asks the database (reading.ts does) or judges a question (search.ts does).
 */
import { RELATION_TYPES } from '#graph-schema/derive/upsert.ts';
import { LICENCE_LAYERS } from '#graph-schema/licences.ts';
import { KINDS, type KindName, MENTIONED, OBJECT_KINDS, PLACE_TYPES, STRUCTURE_TYPES } from '#graph-schema/model.ts';
import { bytes, Dictionary, integers, masks, NONE, Relations, reals, type TypeSet } from './columns.ts';
import type { GeoPosition } from './question.ts';

/** One entity as it was read. Relations lead to the graph's own ids. */
export interface EntityRow {
  readonly id: number;
  readonly uid: string;
  readonly changed: number;
  readonly created: number;
  readonly published: boolean;
  readonly kind: KindName | undefined;
  /** A record or a vocabulary describes it; else it is only mentioned. */
  readonly described: boolean;
  readonly name: string;
  readonly sort: string;
  /** Structure, object or place type. */
  readonly type: string | undefined;
  readonly scheme: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly position: GeoPosition | undefined;
  /** `begin/end`, ISO 8601, in order. */
  readonly occurrences: readonly string[];
  /** YYYY-MM-DD. */
  readonly visibleUntil: string | undefined;
  readonly demonstration: boolean;
  readonly sources: readonly string[];
  readonly licenceLayers: readonly string[];
  /** Licences of the pictures that may be seen; none where there is no picture. */
  readonly pictureRights: readonly string[];
  readonly relations: readonly (readonly [type: string, id: number])[];
}

const NO_KIND = 255;
/** The types of structures, objects and places. */
export const TYPES = [...STRUCTURE_TYPES, ...OBJECT_KINDS, ...PLACE_TYPES] as readonly string[];
const LAST_DAY = '9999-12-31';
const MENTIONED_KINDS = new Set(MENTIONED.map((kind) => KINDS.indexOf(kind)));

/** The set of these relationship types. */
export function typeSet(...types: readonly string[]): TypeSet {
  const set = new Uint8Array(64);
  for (const type of types) {
    const index = RELATION_TYPES.indexOf(type);
    if (index < 0) throw new Error(`no relation is of the type ${type}`);
    set[index] = 1;
  }
  return set;
}

const ALL_TYPES = typeSet(...RELATION_TYPES);
const BROADER = typeSet('BROADER');
const WITHIN = typeSet('WITHIN');
/** By which a thing stands somewhere, and the structure whose place is also its. */
const PLACE = typeSet('LOCATED_IN');
const HOLDER = typeSet('HELD_BY', 'TAKES_PLACE_AT');
/** Deeper hierarchies are taken for a circle. */
const MOST_ANCESTORS = 32;

interface WorkedOut {
  readonly version: number;
  readonly today: string;
  readonly broader: Map<number, readonly number[]>;
  readonly within: Map<number, readonly number[]>;
  /** NONE where it was not asked for yet. */
  readonly places: ReturnType<typeof integers>;
  readonly points: ReturnType<typeof integers>;
}

function nothingWorkedOut(version: number, today: string): WorkedOut {
  return { version, today, broader: new Map(), within: new Map(), places: integers(), points: integers() };
}

export class Store {
  /** Rows, seen or not. */
  size = 0;
  /** The change at which all rows stand. */
  asOf = 0;
  /** Grows with every row that is written: what was worked out from an older one is worked out again. */
  version = 0;
  readonly relations = new Relations();
  readonly sourceSets = new Dictionary<readonly string[]>();
  readonly schemes = new Dictionary<string>();

  readonly #ordinalOfId = integers(-1);
  readonly #ordinalOfUid = new Map<string, number>();
  readonly #uids: string[] = [];
  readonly #names: string[] = [];
  readonly #sorts: string[] = [];
  readonly #kinds = bytes(NO_KIND);
  readonly #types = bytes(255);
  readonly #schemes = bytes(255);
  readonly #published = bytes();
  readonly #described = bytes();
  readonly #demonstration = bytes();
  readonly #from = integers();
  readonly #to = integers();
  readonly #latitudes = reals();
  readonly #longitudes = reals();
  readonly #created = reals();
  readonly #sourceSet = integers(-1);
  readonly #licences = masks();
  readonly #pictureRights = masks();
  readonly #occurrences = new Map<number, readonly string[]>();
  readonly #untils = new Map<number, string>();
  #workedOut = nothingWorkedOut(-1, '');
  #mentioned = { version: -1, today: '', rows: new Uint8Array(0) };

  /** Writes a row, new or again. */
  put(row: EntityRow): number {
    const ordinal = this.#ordinalOf(row.id);
    this.#forgetUid(ordinal, row.uid);
    this.version += 1;
    this.#uids[ordinal] = row.uid;
    this.#ordinalOfUid.set(row.uid, ordinal);
    this.#published.set(ordinal, row.published ? 1 : 0);
    this.#created.set(ordinal, row.created);
    // Of what is not Published nothing is kept but that it is there.
    this.#names[ordinal] = row.published ? row.name : '';
    this.#sorts[ordinal] = row.published ? row.sort : '';
    this.#kinds.set(ordinal, row.kind && row.published ? KINDS.indexOf(row.kind) : NO_KIND);
    this.#types.set(ordinal, row.type === undefined ? 255 : TYPES.indexOf(row.type) & 255);
    this.#schemes.set(ordinal, row.scheme === undefined ? 255 : Math.min(254, this.schemes.numberOf(row.scheme)));
    this.#described.set(ordinal, row.described ? 1 : 0);
    this.#demonstration.set(ordinal, row.demonstration ? 1 : 0);
    this.#from.set(ordinal, row.from ?? row.to ?? NONE);
    this.#to.set(ordinal, row.to ?? row.from ?? NONE);
    this.#latitudes.set(ordinal, row.position?.latitude ?? Number.NaN);
    this.#longitudes.set(ordinal, row.position?.longitude ?? Number.NaN);
    this.#sourceSet.set(ordinal, this.sourceSets.numberOf(row.sources, row.sources.join('\n')));
    this.#licences.set(ordinal, layerMask(row.licenceLayers));
    this.#pictureRights.set(ordinal, layerMask(row.pictureRights));
    if (row.occurrences.length > 0) this.#occurrences.set(ordinal, row.occurrences);
    else this.#occurrences.delete(ordinal);
    if (row.visibleUntil === undefined) this.#untils.delete(ordinal);
    else this.#untils.set(ordinal, row.visibleUntil);
    const relations = row.relations.map(([type, id]) => [RELATION_TYPES.indexOf(type), this.#ordinalOf(id)] as const);
    this.relations.set(
      ordinal,
      relations.filter(([type]) => type >= 0),
      this.size,
    );
    return ordinal;
  }

  #ordinalOf(id: number): number {
    const known = this.#ordinalOfId.get(id);
    if (known >= 0) return known;
    this.#ordinalOfId.set(id, this.size);
    this.#uids.push('');
    this.#names.push('');
    this.#sorts.push('');
    this.size += 1;
    return this.size - 1;
  }

  /** Neo4j gives the id of a node that went to another: the row becomes that of the other. */
  #forgetUid(ordinal: number, uid: string): void {
    const before = this.#uids[ordinal]!;
    if (before !== '' && before !== uid && this.#ordinalOfUid.get(before) === ordinal)
      this.#ordinalOfUid.delete(before);
  }

  /** -1 where there is no such row. */
  ordinalOfUid(uid: string): number {
    return this.#ordinalOfUid.get(uid) ?? -1;
  }

  /** The row of a node of the graph; -1 where there is none (yet). */
  ordinalOfId(id: number): number {
    return this.#ordinalOfId.get(id);
  }

  /** Whether everyone may see it on this day (YYYY-MM-DD). */
  isVisible(ordinal: number, today: string): boolean {
    if (this.#published.get(ordinal) !== 1) return false;
    if (this.#untils.size > 0 && (this.#untils.get(ordinal) ?? LAST_DAY) < today) return false;
    if (this.#described.get(ordinal) === 1 || !MENTIONED_KINDS.has(this.#kinds.get(ordinal))) return true;
    return this.#mentions(today)[ordinal] === 1;
  }

  /** What something leads to that everyone may see and that is no mention itself. */
  #mentions(today: string): Uint8Array {
    if (this.#mentioned.version === this.version && this.#mentioned.today === today) return this.#mentioned.rows;
    const rows = new Uint8Array(this.size);
    for (let ordinal = 0; ordinal < this.size; ordinal += 1) {
      if (this.#published.get(ordinal) !== 1 || (this.#untils.get(ordinal) ?? LAST_DAY) < today) continue;
      this.relations.each(ordinal, ALL_TYPES, (target) => {
        rows[target] = 1;
      });
    }
    this.#mentioned = { version: this.version, today, rows };
    return rows;
  }

  uid(ordinal: number): string {
    return this.#uids[ordinal]!;
  }

  name(ordinal: number): string {
    return this.#names[ordinal]!;
  }

  /** The folded name by which lists are ordered. */
  sort(ordinal: number): string {
    return this.#sorts[ordinal]!;
  }

  /** Undefined where it is not Published. */
  kind(ordinal: number): KindName | undefined {
    return KINDS[this.#kinds.get(ordinal)];
  }

  /** In KINDS; 255 where it is not Published. */
  kindNumber(ordinal: number): number {
    return this.#kinds.get(ordinal);
  }

  /** In TYPES; 255 where none is known. */
  typeNumber(ordinal: number): number {
    return this.#types.get(ordinal);
  }

  /** Of a structure, an object or a place; undefined where none is known. */
  type(ordinal: number): string | undefined {
    return TYPES[this.#types.get(ordinal)];
  }

  /** Of a concept. */
  scheme(ordinal: number): string | undefined {
    return this.schemes.values[this.#schemes.get(ordinal)];
  }

  /** First year of its dates; NONE where there is none. */
  from(ordinal: number): number {
    return this.#from.get(ordinal);
  }

  to(ordinal: number): number {
    return this.#to.get(ordinal);
  }

  created(ordinal: number): number {
    return this.#created.get(ordinal);
  }

  isDemonstration(ordinal: number): boolean {
    return this.#demonstration.get(ordinal) === 1;
  }

  /** Whose number in `sourceSets`; -1 before it was read. */
  sourceSet(ordinal: number): number {
    return this.#sourceSet.get(ordinal);
  }

  /** Bit n is that of LICENCE_LAYERS[n]. */
  licences(ordinal: number): number {
    return this.#licences.get(ordinal);
  }

  pictureRights(ordinal: number): number {
    return this.#pictureRights.get(ordinal);
  }

  occurrences(ordinal: number): readonly string[] {
    return this.#occurrences.get(ordinal) ?? [];
  }

  /** The place where it stands, is held or takes place, that everyone may see; -1 where none is known. */
  place(ordinal: number, today: string): number {
    const places = this.#workedOutAt(today).places;
    const known = places.get(ordinal);
    if (known !== NONE) return known;
    const place = this.#findPlace(ordinal, today);
    places.set(ordinal, place);
    return place;
  }

  #findPlace(ordinal: number, today: string): number {
    if (this.#kinds.get(ordinal) === PLACE_KIND) return ordinal;
    const own = this.#firstSeen(ordinal, PLACE, today);
    if (own >= 0) return own;
    const holder = this.holder(ordinal, today);
    return holder < 0 ? -1 : this.#firstSeen(holder, PLACE, today);
  }

  /** The structure that holds or receives it and that everyone may see; -1 where there is none. */
  holder(ordinal: number, today: string): number {
    return this.#firstSeen(ordinal, HOLDER, today);
  }

  /** Of several, that of the first uid, as the compiler has it. */
  #firstSeen(ordinal: number, types: TypeSet, today: string): number {
    let found = -1;
    this.relations.each(ordinal, types, (target) => {
      if (this.isVisible(target, today) && (found < 0 || this.#uids[target]! < this.#uids[found]!)) found = target;
    });
    return found;
  }

  /** The row whose point says where it is: itself, else its holder, else its place; -1 where none is known. */
  pointRow(ordinal: number, today: string): number {
    const points = this.#workedOutAt(today).points;
    const known = points.get(ordinal);
    if (known !== NONE) return known;
    const point = this.#findPoint(ordinal, today);
    points.set(ordinal, point);
    return point;
  }

  #findPoint(ordinal: number, today: string): number {
    if (!Number.isNaN(this.#latitudes.get(ordinal))) return ordinal;
    const holder = this.holder(ordinal, today);
    if (holder >= 0 && !Number.isNaN(this.#latitudes.get(holder))) return holder;
    const place = this.place(ordinal, today);
    return place >= 0 && !Number.isNaN(this.#latitudes.get(place)) ? place : -1;
  }

  /** Of a `pointRow`. WGS 84, decimal degrees. */
  latitude(row: number): number {
    return this.#latitudes.get(row);
  }

  longitude(row: number): number {
    return this.#longitudes.get(row);
  }

  /** Itself and what it lies within or is narrower than, as far as everyone may see each step. */
  ancestors(ordinal: number, way: 'broader' | 'within', today: string): readonly number[] {
    const ancestors = this.#workedOutAt(today)[way];
    const known = ancestors.get(ordinal);
    if (known) return known;
    const found = this.#climb(ordinal, way === 'broader' ? BROADER : WITHIN, today);
    ancestors.set(ordinal, found);
    return found;
  }

  /** What was worked out since a row was last written, and on this day. */
  #workedOutAt(today: string): WorkedOut {
    if (this.#workedOut.version !== this.version || this.#workedOut.today !== today)
      this.#workedOut = nothingWorkedOut(this.version, today);
    return this.#workedOut;
  }

  #climb(ordinal: number, types: TypeSet, today: string): readonly number[] {
    if (!this.isVisible(ordinal, today)) return [];
    const found = [ordinal];
    for (let at = 0; at < found.length && found.length < MOST_ANCESTORS; at += 1) {
      this.relations.each(found[at]!, types, (target) => {
        if (!found.includes(target) && this.isVisible(target, today)) found.push(target);
      });
    }
    return found;
  }
}

const PLACE_KIND = KINDS.indexOf('Place');

/** Bit n for LICENCE_LAYERS[n]; a layer that is not known there is left out. */
export function layerMask(layers: readonly string[]): number {
  return layers.reduce((mask, layer) => {
    const index = (LICENCE_LAYERS as readonly string[]).indexOf(layer);
    return index < 0 ? mask : (mask | (1 << index)) >>> 0;
  }, 0);
}
