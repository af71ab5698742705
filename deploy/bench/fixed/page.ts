/** Section: a page of objects with four relations by the gateway, by the bare driver with Cypher written by hand, and by @neo4j/graphql. */
import { today } from '#gateway/compile/audience.ts';
import { writeCursor } from '#gateway/compile/cursor.ts';
import { median } from '../measures.ts';
import { inTurns } from '../turns.ts';
import { askDriver } from './ask.ts';
import type { FixedBench, FixedSection } from './sections.ts';

const SECTION = 'page';
const PAGE = 20;
/** Pages from all over the list, so that no single one is always warm. */
const PAGES = 25;
const TURNS = { warmUp: 1_000, turns: 400, withinMs: 50_000 };
const MOST_OVER_DRIVER = 1.5;
const MOST_OVER_RIVAL = 0.7;

export const GATEWAY = `query Page($after: String) {
  heritageObjects(first: ${PAGE}, after: $after) {
    nodes {
      uid
      name
      inventoryNumber
      date { text }
      heldBy { name }
      techniques { nodes { name } }
      trades { nodes { name } }
      madeIn { nodes { name } }
    }
  }
}`;

const seen = (node: string) => `${node}:Published AND coalesce(${node}.visibleUntil, $today) >= $today`;

/** As one writes it who knows the graph, its indexes (the order is read off one) and who may see what, and has looked at the plan. */
const CYPHER = `MATCH (o:HeritageObject) USING INDEX SEEK o:HeritageObject(sort, uid)
  WHERE o.sort > $sort AND o.uid IS NOT NULL AND ${seen('o')}
  WITH o ORDER BY o.sort, o.uid LIMIT ${PAGE}
  RETURN collect({
    uid: o.uid, name: o.name, inventoryNumber: o.inventoryNumber, date: o.dateText,
    heldBy: head([(o)-[:HELD_BY]->(s:Structure) WHERE ${seen('s')} | s.name]),
    techniques: [(o)-[:MADE_WITH]->(c:Concept) WHERE ${seen('c')} | c.name],
    trades: [(o)-[:CONCERNS]->(t:Trade) WHERE ${seen('t')} | t.name],
    madeIn: [(o)-[:MADE_IN]->(p:Place) WHERE ${seen('p')} | p.name]
  }) AS page`;

/** From a place in the list on, as ours and not from an offset: that would cost it more with every page. */
const RIVAL = `query Page($sort: String!) {
  heritageObjects(where: { sort: { gt: $sort } }, limit: ${PAGE}, sort: [{ sort: ASC }, { uid: ASC }]) {
    uid
    name
    inventoryNumber
    dateText
    heldBy { name }
    techniques { name }
    trades { name }
    madeIn { name }
  }
}`;

const POINT = 'query Point($id: ID!) { node(id: $id) { ... on HeritageObject { uid name heldBy { name } } } }';

interface Row {
  readonly uid: string;
  readonly name: string;
  readonly inventoryNumber: string;
  readonly date: string;
  readonly heldBy: string;
  readonly techniques: readonly string[];
  readonly trades: readonly string[];
  readonly madeIn: readonly string[];
}

/** Where a page begins: behind this object. */
interface Place {
  readonly sort: string;
  readonly uid: string;
}

interface Named {
  readonly name: string;
}

export const page: FixedSection = async (bench) => {
  const places = await placesIn(bench);
  const placeAt = (turn: number): Place => places[turn % places.length]!;
  const askers = {
    gateway: (turn: number) => askGateway(bench, placeAt(turn)),
    driver: (turn: number) => askBare(bench, placeAt(turn)),
    rival: (turn: number) => askRival(bench, placeAt(turn)),
  };
  for (let turn = 0; turn < PAGES; turn += 1) await checkSame(askers, turn);
  const times = await inTurns(askers, TURNS);
  const points = await inTurns({ gateway: (turn) => askPoint(bench, placeAt(turn)) }, { ...TURNS, turns: 200 });
  const [gateway, driver, rival] = [times.gateway, times.driver, times.rival].map(median) as [number, number, number];
  const point = median(points.gateway);
  const measure = { section: SECTION, what: `${PAGE} objets, 4 relations`, value: gateway, unit: 'ms' } as const;
  return {
    told: [
      { ...measure, against: { what: 'pilote, Cypher à la main', value: driver }, target: { most: MOST_OVER_DRIVER } },
      { ...measure, against: { what: '@neo4j/graphql', value: rival }, target: { most: MOST_OVER_RIVAL } },
      { section: SECTION, what: 'une fiche par son identifiant', value: point, unit: 'ms' },
    ],
    figures: { page: gateway, point },
  };
};

async function placesIn({ database, objects }: FixedBench): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let at = 0; at < PAGES; at += 1)
    places.push(await placeIn(database, Math.floor((at * (objects - PAGE)) / PAGES)));
  return places;
}

/** The object that so many come before. */
export async function placeIn(database: FixedBench['database'], rank: number): Promise<Place> {
  const text =
    "MATCH (o:HeritageObject) WHERE o.sort > '' AND o:Published RETURN o.sort AS sort, o.uid AS uid ORDER BY o.sort, o.uid SKIP toInteger($rank) LIMIT 1";
  return askDriver<Place>(database, text, { rank });
}

export function cursorBehind({ sort, uid }: Place): string {
  return writeCursor('name', [sort, uid]);
}

async function askGateway({ gateway }: FixedBench, place: Place): Promise<readonly Row[]> {
  interface Node extends Omit<Row, 'date' | 'heldBy' | 'techniques' | 'trades' | 'madeIn'> {
    readonly date: { readonly text: string };
    readonly heldBy: Named;
    readonly techniques: { readonly nodes: readonly Named[] };
    readonly trades: { readonly nodes: readonly Named[] };
    readonly madeIn: { readonly nodes: readonly Named[] };
  }
  const { heritageObjects } = await gateway.client.ask<{ heritageObjects: { nodes: readonly Node[] } }>(GATEWAY, {
    after: cursorBehind(place),
  });
  return heritageObjects.nodes.map((node) => ({
    ...node,
    date: node.date.text,
    heldBy: node.heldBy.name,
    techniques: names(node.techniques.nodes),
    trades: names(node.trades.nodes),
    madeIn: names(node.madeIn.nodes),
  }));
}

async function askBare({ database }: FixedBench, { sort }: Place): Promise<readonly Row[]> {
  return (await askDriver<{ page: readonly Row[] }>(database, CYPHER, { sort, today: today() })).page;
}

async function askRival({ rival }: FixedBench, { sort }: Place): Promise<readonly Row[]> {
  interface Node extends Omit<Row, 'date' | 'heldBy' | 'techniques' | 'trades' | 'madeIn'> {
    readonly dateText: string;
    readonly heldBy: readonly Named[];
    readonly techniques: readonly Named[];
    readonly trades: readonly Named[];
    readonly madeIn: readonly Named[];
  }
  const { heritageObjects } = await rival.ask<{ heritageObjects: readonly Node[] }>(RIVAL, { sort });
  return heritageObjects.map(({ dateText, ...node }) => ({
    ...node,
    date: dateText,
    heldBy: node.heldBy[0]!.name,
    techniques: names(node.techniques),
    trades: names(node.trades),
    madeIn: names(node.madeIn),
  }));
}

const names = (nodes: readonly Named[]): readonly string[] => nodes.map(({ name }) => name);

async function askPoint({ gateway }: FixedBench, { uid }: Place): Promise<void> {
  const { node } = await gateway.client.ask<{ node: { uid: string } | null }>(POINT, { id: uid });
  if (node?.uid !== uid) throw new Error(`no object ${uid}`);
}

/** Who answers something else is not to be compared with. */
async function checkSame(
  askers: Readonly<Record<string, (turn: number) => Promise<readonly Row[]>>>,
  turn: number,
): Promise<void> {
  const sorted = (row: Row) => ({
    ...row,
    techniques: row.techniques.toSorted(),
    trades: row.trades.toSorted(),
    madeIn: row.madeIn.toSorted(),
  });
  const told = new Map<string, string>();
  for (const [name, ask] of Object.entries(askers)) {
    const rows = (await ask(turn)).map(sorted).map(({ uid, name: called, inventoryNumber, date, heldBy, ...lists }) => {
      const { techniques, trades, madeIn } = lists;
      return [uid, called, inventoryNumber, date, heldBy, techniques, trades, madeIn];
    });
    if (rows.length !== PAGE) throw new Error(`${name}: ${rows.length} objects on a page of ${PAGE}`);
    told.set(JSON.stringify(rows), name);
  }
  if (told.size > 1)
    throw new Error(
      `different answers: ${[...told].map(([rows, name]) => `${name} ${rows.slice(0, 400)}`).join('\n')}`,
    );
}
