/**
 * The entities that are compared, as they stand in the graph: read in pages, in uid order, so that memory is one page. Only what
 * some record describes; hidden things too, as what comes of it is for stewards. Persons are not among them: no Agent is read,
 * nor a Structure that is a private collector.
 */
import type { Database } from '../database.ts';
import { compare } from '../fold/describing.ts';
import { type KindName, kindOf } from '../model.ts';
import { parisDay } from './days.ts';
import type { ComparedEvent } from './events.ts';
import type { ComparedObject } from './objects.ts';
import type { ComparedStructure, Placed } from './structures.ts';

/** An entity as it is compared, and what is known of it beside. */
export interface Described<C> {
  readonly uid: string;
  /** The record that stands for it: the first by key of those that describe it. */
  readonly key: string;
  /** Those that describe it. */
  readonly sources: readonly string[];
  /** Its change number. */
  readonly changed: number;
  readonly compared: C;
}

const PAGE = 1_000;
/** Holders remembered from page to page; they are read again where there are more. */
const MOST_HOLDERS = 20_000;

/** Of a place: itself, the communes that it lies in, its names. A department in common makes nothing one. */
const PLACES = (from: string) =>
  `COLLECT { MATCH (${from})-[:LOCATED_IN]->(p:Place)
     RETURN {uid: p.uid, name: p.name, codes: p.codes, communes: COLLECT { MATCH (p)-[:WITHIN]->(c:Place {placeType: 'commune'}) RETURN c.uid }} }`;

interface PlaceRow {
  readonly uid: string;
  readonly name: string | null;
  readonly codes: readonly string[] | null;
  readonly communes: readonly string[];
}

interface BasicRow {
  readonly uid: string;
  readonly changed: number | null;
  readonly name: string;
  readonly codes: readonly string[] | null;
  readonly unlinked: readonly string[] | null;
  readonly records: readonly { readonly key: string; readonly source: string }[];
}

/** Rows of one kind, in uid order. `more` is what is returned beside what all kinds have. */
async function* rowsOf<R extends BasicRow>(
  database: Database,
  kind: KindName,
  condition: string,
  more: string,
): AsyncGenerator<readonly R[]> {
  const text = `MATCH (e:Entity) USING INDEX e:Entity(uid)
    WHERE e.uid > $after AND e:${kind} AND e.digest IS NOT NULL ${condition}
    WITH e ORDER BY e.uid LIMIT ${PAGE}
    RETURN e.uid AS uid, e.changed AS changed, e.name AS name, e.codes AS codes, e.unlinked AS unlinked,
           COLLECT { MATCH (e)<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing'] RETURN {key: r.key, source: r.source} } AS records,
           ${more}
    ORDER BY uid`;
  for (let after = ''; ; ) {
    const { records } = await database.read((tx) => tx.run(text, { after }));
    const rows = records.map((row) => row.toObject() as R);
    yield rows.filter((row) => row.records.length > 0);
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.uid;
  }
}

function described<C>({ uid, changed, records }: BasicRow, compared: C): Described<C> {
  const key = records.map((record) => record.key).sort(compare)[0]!;
  const sources = [...new Set(records.map(({ source }) => source))].sort(compare);
  return { uid, key, sources, changed: Number(changed ?? 0), compared };
}

/** Words that no vocabulary knew stand for its place where there is none. */
function placedBy(places: readonly PlaceRow[], unlinked: readonly string[] | null): Placed {
  const [place] = places;
  const words = (unlinked ?? []).flatMap((one) => (one.startsWith('place: ') ? [one.slice('place: '.length)] : []));
  if (!place) return { places: [], towns: words };
  return {
    places: [place.uid, ...place.communes],
    towns: place.name === null ? words : [place.name],
    departments: (place.codes ?? []).flatMap((code) => /^insee:(\d\d)\d{3}$/.exec(code)?.[1] ?? []),
  };
}

interface StructureRow extends BasicRow {
  readonly alternativeNames: readonly string[] | null;
  readonly type: string | null;
  readonly places: readonly PlaceRow[];
}

const STRUCTURE = `e.alternativeNames AS alternativeNames, e.structureType AS type, ${PLACES('e')} AS places`;

/**
 * Its strong identifiers: what it is numbered by beside them (a postcode, a category) tells nothing of what it is. Nor does a number of
 * the hub's own sheets: a sheet that numbers a museum anew does not say that it is another.
 */
function strongOf(kind: KindName, codes: readonly string[] | null): readonly string[] {
  const telling = kindOf(kind).strong.filter((scheme) => scheme !== 'trame');
  return (codes ?? []).filter((code) => telling.includes(code.slice(0, code.indexOf(':'))));
}

export async function* describedStructures(database: Database): AsyncGenerator<Described<ComparedStructure>> {
  const isNoPerson = "AND coalesce(e.structureType, '') <> 'collector'";
  for await (const rows of rowsOf<StructureRow>(database, 'Structure', isNoPerson, STRUCTURE))
    for (const row of rows) yield described(row, structureOf(row));
}

function structureOf(row: Omit<StructureRow, keyof BasicRow> & Pick<BasicRow, 'name' | 'codes' | 'unlinked'>) {
  return {
    name: row.name,
    alternativeNames: row.alternativeNames ?? [],
    type: row.type === 'other' ? undefined : (row.type ?? undefined),
    codes: strongOf('Structure', row.codes),
    ...placedBy(row.places, row.unlinked),
  } satisfies ComparedStructure;
}

interface ObjectRow extends BasicRow {
  readonly types: readonly string[] | null;
  readonly inventoryNumber: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly typed: readonly string[];
  readonly materials: readonly string[];
  readonly holder: string | null;
}

const OBJECT = `e.objectTypes AS types, e.inventoryNumber AS inventoryNumber, e.dateFrom AS from, e.dateTo AS to,
  COLLECT { MATCH (e)-[:OF_TYPE]->(c:Concept) RETURN c.name } AS typed,
  COLLECT { MATCH (e)-[:MADE_WITH]->(c:Concept) RETURN c.name } AS materials,
  head(COLLECT { MATCH (e)-[:HELD_BY]->(s:Structure) RETURN s.uid }) AS holder`;

export async function* describedObjects(database: Database): AsyncGenerator<Described<ComparedObject>> {
  const holders = new Map<string, ComparedStructure>();
  for await (const rows of rowsOf<ObjectRow>(database, 'HeritageObject', '', OBJECT)) {
    if (holders.size > MOST_HOLDERS) holders.clear();
    const unknown = rows.flatMap(({ holder }) => (holder !== null && !holders.has(holder) ? [holder] : []));
    for (const [uid, holder] of await structuresOf(database, [...new Set(unknown)])) holders.set(uid, holder);
    for (const row of rows) yield described(row, objectOf(row, holders));
  }
}

function objectOf(row: ObjectRow, holders: ReadonlyMap<string, ComparedStructure>): ComparedObject {
  const named = [...(row.types ?? []), ...row.typed].filter((one) => one !== null);
  return {
    title: row.name,
    types: [...new Set(named)],
    inventoryNumber: row.inventoryNumber ?? undefined,
    holder: row.holder === null ? undefined : holders.get(row.holder),
    from: row.from === null ? undefined : Number(row.from),
    to: row.to === null ? undefined : Number(row.to),
    materials: row.materials.filter((one) => one !== null),
    codes: row.codes ?? [],
    // Things of one record each: what one source gives two identifiers is two things.
    source: row.records[0]!.source,
  };
}

/** Holders by uid; also those that are only referred to. */
async function structuresOf(
  database: Database,
  uids: readonly string[],
): Promise<readonly (readonly [string, ComparedStructure])[]> {
  if (uids.length === 0) return [];
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
       RETURN uid, coalesce(e.name, '') AS name, e.codes AS codes, e.unlinked AS unlinked, ${STRUCTURE}`,
      { uids },
    ),
  );
  return records.map((row) => {
    const holder = structureOf(row.toObject() as StructureRow);
    // Each in a scheme of its own: two of one uid are one holder, two of two uids may still be.
    const uid = row.get('uid') as string;
    return [uid, { ...holder, codes: [`${uid}:hub`, ...holder.codes] }] as const;
  });
}

interface EventRow extends BasicRow {
  readonly begin: string | null;
  readonly end: string | null;
  readonly location: string | null;
  readonly venues: readonly { readonly name: string | null; readonly places: readonly PlaceRow[] }[];
  readonly places: readonly PlaceRow[];
}

const EVENT = `e.begin AS begin, e.end AS end, e.location AS location, ${PLACES('e')} AS places,
  COLLECT { MATCH (e)-[:TAKES_PLACE_AT]->(s:Structure) RETURN {name: s.name, places: ${PLACES('s')}} } AS venues`;

export async function* describedEvents(database: Database): AsyncGenerator<Described<ComparedEvent>> {
  for await (const rows of rowsOf<EventRow>(database, 'Event', 'AND e.begin IS NOT NULL', EVENT))
    for (const row of rows) yield described(row, eventOf(row));
}

function eventOf(row: EventRow): ComparedEvent {
  const [venue] = row.venues;
  // Words that say where begin with the venue: its address follows.
  const place = row.places.length > 0 ? row.places : (venue?.places ?? []);
  return {
    title: row.name,
    venue: venue?.name ?? row.location?.split(',')[0]?.trim() ?? '',
    begin: parisDay(row.begin!),
    end: row.end === null ? undefined : parisDay(row.end),
    codes: strongOf('Event', row.codes),
    ...placedBy(place, row.unlinked),
  };
}
