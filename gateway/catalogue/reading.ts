/** The rows of the catalogue, read out of the graph: what changed since a change number, in spans of numbers. */
import neo4j, { type Driver, type Point } from 'neo4j-driver';
import { KINDS, type KindName } from '#graph-schema/model.ts';
import type { EntityRow } from './store.ts';

/** Where rows come from. */
export interface Graph {
  readonly driver: Driver;
  readonly database: string;
}

/** Of a span of the whole graph. */
const READ_TIMEOUT_MS = 60_000;

/** The graph as a long reader wants it. The caller closes the driver. */
export function openGraph(connection: { uri: string; user: string; password: string; database: string }): Graph {
  const { uri, user, password, database } = connection;
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    connectionTimeout: 2_000,
    connectionAcquisitionTimeout: 10_000,
    maxTransactionRetryTime: 2_000,
    // `id()` is deprecated; the numbers are four bytes where an element id is forty.
    notificationFilter: { disabledCategories: ['DEPRECATION'] },
    userAgent: 'trame-catalogue',
  });
  return { driver, database };
}

/** One row of an answer. */
export async function readOne(
  graph: Graph,
  text: string,
  parameters: Record<string, unknown>,
  timeoutMs = READ_TIMEOUT_MS,
): Promise<unknown[]> {
  const session = graph.driver.session({ database: graph.database, defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, parameters, { timeout: timeoutMs });
    return records[0]?.map((value) => value) ?? [];
  } finally {
    await session.close();
  }
}

/** The number of the latest change. */
export async function latestChange(graph: Graph): Promise<number> {
  const [value] = await readOne(graph, `MATCH (s:Sequence {name: 'change'}) RETURN s.value`, {});
  return Number(value ?? 0);
}

/** How many entities there are to read, about. */
export async function countEntities(graph: Graph): Promise<number> {
  const [count] = await readOne(graph, 'MATCH (n:Entity) RETURN count(n)', {});
  return Number(count ?? 0);
}

const TYPE_OF = 'coalesce(n.structureType, n.objectKind, n.placeType)';
/** Pictures have no rows: what shows one has its licence. `null` stands for a licence that is not known. */
const PICTURES = `[(n)-[:SHOWN_BY]->(m:Media) WHERE m:Published AND coalesce(m.mediaType, 'image') = 'image' AND coalesce(m.visibleUntil, $today) >= $today | m.rightsLayer]`;

/** Of an entity that is not Published nothing is read but that it is there. */
const ROW = `CASE WHEN n:Published THEN [id(n), n.uid, n.changed, n.created, labels(n), n.digest IS NOT NULL, n.name, n.sort, ${TYPE_OF}, n.scheme,
  coalesce(n.dateFrom, n.foundedFrom, n.periodFrom), coalesce(n.dateTo, n.foundedTo, n.periodTo), n.point, n.occurrences, n.begin, n.end, n.visibleUntil, n.demonstration, n.sources, n.licenceLayers,
  ${PICTURES}, [(n)-[r]->(t:Entity) WHERE NOT t:Media | [type(r), id(t)]]]
  ELSE [id(n), n.uid, n.changed, n.created] END`;

/** Entities whose latest change lies in this span, behind `after` and up to `upTo`. */
export async function readChanged(
  graph: Graph,
  after: number,
  upTo: number,
  today: string,
): Promise<{ readonly rows: readonly EntityRow[]; readonly media: readonly number[] }> {
  const [rows, media] = await readOne(
    graph,
    `MATCH (n:Entity) WHERE n.changed > toInteger($after) AND n.changed <= toInteger($upTo)
     RETURN collect(CASE WHEN n:Media THEN null ELSE ${ROW} END), collect(CASE WHEN n:Media THEN id(n) END)`,
    { after, upTo, today },
  );
  return { rows: (rows as unknown[][]).map(readRow), media: media as number[] };
}

/** What shows these pictures, read again: a picture that is seen or hidden changes what shows it. */
export async function readShowing(
  graph: Graph,
  media: readonly number[],
  today: string,
): Promise<readonly EntityRow[]> {
  const [rows] = await readOne(
    graph,
    `UNWIND $media AS id MATCH (m:Media) WHERE id(m) = id MATCH (n:Entity)-[:SHOWN_BY]->(m)
     WITH DISTINCT n WHERE n.changed IS NOT NULL RETURN collect(${ROW})`,
    { media, today },
  );
  return (rows as unknown[][]).map(readRow);
}

type Stored = readonly [
  labels: readonly string[],
  described: boolean,
  name: string | null,
  sort: string | null,
  type: string | null,
  scheme: string | null,
  from: number | null,
  to: number | null,
  point: Point | null,
];
type StoredLists = readonly [
  occurrences: readonly string[] | null,
  begin: string | null,
  end: string | null,
  visibleUntil: string | null,
  demonstration: boolean | null,
  sources: readonly string[] | null,
  layers: readonly string[] | null,
  rights: readonly (string | null)[],
  relations: readonly (readonly [string, number])[],
];

function readRow(values: readonly unknown[]): EntityRow {
  const [id, uid, changed, created] = values as [number, string, number, number];
  if (values.length === 4) return { ...NOTHING, id, uid, changed, created, published: false };
  const [labels, described, name, sort, type, scheme, from, to, point] = values.slice(4) as unknown as Stored;
  const [occurrences, begin, end, visibleUntil, demonstration, sources, layers, rights, relations] = values.slice(
    13,
  ) as unknown as StoredLists;
  return {
    id,
    uid,
    changed,
    created,
    published: true,
    kind: labels.find((label): label is KindName => (KINDS as readonly string[]).includes(label)),
    described,
    name: name ?? '',
    sort: sort ?? '',
    type: type ?? undefined,
    scheme: scheme ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
    position: point ? { latitude: point.y, longitude: point.x } : undefined,
    occurrences: occurrences ?? (begin ? [`${begin}/${end ?? begin}`] : []),
    visibleUntil: visibleUntil ?? undefined,
    demonstration: demonstration ?? false,
    sources: sources ?? [],
    licenceLayers: layers ?? [],
    pictureRights: rights.map((layer) => layer ?? 'unknown'),
    relations,
  };
}

const NOTHING = {
  kind: undefined,
  described: false,
  name: '',
  sort: '',
  type: undefined,
  scheme: undefined,
  from: undefined,
  to: undefined,
  position: undefined,
  occurrences: [],
  visibleUntil: undefined,
  demonstration: false,
  sources: [],
  licenceLayers: [],
  pictureRights: [],
  relations: [],
} as const;
