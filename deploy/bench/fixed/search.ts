/** Section: search with six facets, box and text, on the mix of searches.csv; against the same question in Cypher alone. */
import { today } from '#gateway/compile/audience.ts';
import { median } from '../measures.ts';
import { inTurns } from '../turns.ts';
import { askDriver } from './ask.ts';
import { readSearches, type Search } from './searches.ts';
import type { FixedBench, FixedSection } from './sections.ts';
import { wordOf } from './words.ts';

const SECTION = 'recherche';
const FIRST = 20;
const VALUES = 10;
const MOST_OVER_CYPHER = 1 / 5;
const NEVER_SLOWER = 1;
const WITHIN_MS = 90_000;
const WARM_UP = 30;

const VALUE = `(first: ${VALUES}) { values { value count } }`;

export const SEARCH = `query Search($query: String!, $box: Box!) {
  search(query: $query, filter: { kinds: [HERITAGE_OBJECT], box: $box }, first: ${FIRST}) {
    totalCount
    nodes { ... on HeritageObject { uid name } }
    facets {
      structures${VALUE}
      trades${VALUE}
      places(first: ${VALUES}, level: DEPARTMENT) { values { value count } }
      centuries${VALUE}
      techniques${VALUE}
      hasPicture${VALUE}
    }
  }
}`;

const seen = (node: string) => `${node}:Published AND coalesce(${node}.visibleUntil, $today) >= $today`;

/** `values` gives `value` and `object` for each hit; the most frequent ones, then by name. */
function facet(name: string, values: string, sorted = 'value.name', shown = 'value.uid'): string {
  return `CALL (hits) {
    UNWIND hits AS hit ${values}
    WITH value, count(DISTINCT object) AS objects ORDER BY objects DESC, ${sorted} LIMIT ${VALUES}
    RETURN collect([toString(${shown}), objects]) AS ${name}
  }`;
}

/** As one writes it who has no catalogue: the full text once, the hits kept, each facet an aggregation over them. */
const CYPHER = `CALL db.index.fulltext.queryNodes('search_french', $lucene) YIELD node AS o, score
  WHERE o:HeritageObject AND ${seen('o')}
  MATCH (o)-[:HELD_BY]->(m:Structure) WHERE ${seen('m')}
  WITH o, score, m WHERE point.withinBBox(coalesce(o.point, m.point),
    point({latitude: $south, longitude: $west}), point({latitude: $north, longitude: $east}))
  WITH o, score, m ORDER BY score DESC, o.uid
  WITH collect({o: o, m: m}) AS hits
  ${facet('structures', 'WITH hit.m AS value, hit.o AS object')}
  ${facet('trades', `WITH hit.o AS object MATCH (object)-[:CONCERNS]->(:Published)-[:BROADER*0..5]->(value:Trade) WHERE ${seen('value')}`)}
  ${facet('places', `WITH hit.o AS object, hit.m AS m MATCH (m)-[:LOCATED_IN]->(:Published)-[:WITHIN*0..4]->(value:Place {placeType: 'department'}) WHERE ${seen('value')}`)}
  ${facet('centuries', 'WITH hit.o AS object UNWIND range((object.dateFrom + 99) / 100, (object.dateTo + 99) / 100) AS value', 'toString(value)', 'value')}
  ${facet('techniques', `WITH hit.o AS object MATCH (object)-[:MADE_WITH]->(value:Concept {scheme: 'technique'}) WHERE ${seen('value')}`)}
  ${facet('pictures', `WITH hit.o AS object WITH object, EXISTS { MATCH (object)-[:SHOWN_BY]->(p:Media) WHERE ${seen('p')} } AS value`, 'toString(value)', 'value')}
  RETURN size(hits) AS total, [hit IN hits[..${FIRST}] | hit.o.uid] AS uids, [structures, trades, places, centuries, techniques, pictures] AS facets`;

interface Said {
  readonly total: number;
  readonly uids: readonly string[];
  /** For each facet its values and their counts. */
  readonly facets: readonly (readonly (readonly [string, number])[])[];
}

export const search: FixedSection = async (bench) => {
  const searches = readSearches();
  const warm = searches.slice(0, WARM_UP).map((one, at): Search => ({ ...one, text: wordOf(1_000 + at) }));
  const asked = [...warm, ...searches];
  const askers = {
    gateway: (turn: number) => askGateway(bench, asked[turn]!),
    cypher: (turn: number) => askCypher(bench, asked[turn]!),
  };
  for (let at = 0; at < warm.length; at += 3) checkSame(asked[at]!, await askers.gateway(at), await askers.cypher(at));
  const times = await inTurns(askers, { warmUp: WARM_UP, turns: searches.length, withinMs: WITHIN_MS });
  // Asked once: what the catalogue remembers of one search, the next one of the same words has from it, as in life.
  const again = await inTurns(
    { gateway: askers.gateway },
    { warmUp: WARM_UP, turns: searches.length, withinMs: WITHIN_MS },
  );
  for (let at = WARM_UP; at < asked.length; at += 20)
    checkSame(asked[at]!, await askers.gateway(at), await askers.cypher(at));
  const [ours, cypher] = [median(times.gateway), median(times.cypher)];
  const worst = worstOf(times.gateway, times.cypher);
  const what = `${times.gateway.length} recherches, texte, rectangle, six facettes`;
  const measure = { section: SECTION, what, value: ours, unit: 'ms' } as const;
  return {
    told: [
      { ...measure, against: { what: 'Cypher seul', value: cypher }, target: { most: MOST_OVER_CYPHER } },
      {
        ...measure,
        what: `la moins favorable (« ${asked[WARM_UP + worst]!.text} »)`,
        value: times.gateway[worst]!,
        against: { what: 'Cypher seul', value: times.cypher[worst]! },
        target: { most: NEVER_SLOWER },
      },
      { ...measure, what: 'les mêmes, une seconde fois', value: median(again.gateway) },
    ],
    figures: { search: ours },
  };
};

/** Where Cypher alone comes nearest to us, or passes us. */
function worstOf(ours: readonly number[], theirs: readonly number[]): number {
  const ratios = ours.map((value, at) => value / theirs[at]!);
  return ratios.indexOf(Math.max(...ratios));
}

async function askGateway({ gateway }: FixedBench, { text, box }: Search): Promise<Said> {
  interface Facet {
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }
  interface Answer {
    readonly search: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly uid: string }[];
      readonly facets: Readonly<Record<string, Facet>>;
    };
  }
  const { totalCount, nodes, facets } = (await gateway.client.ask<Answer>(SEARCH, { query: text, box })).search;
  return {
    total: totalCount,
    uids: nodes.map(({ uid }) => uid),
    facets: Object.values(facets).map(({ values }) => values.map(({ value, count }) => [value, count])),
  };
}

function askCypher({ database }: FixedBench, { text, box }: Search): Promise<Said> {
  return askDriver<Said>(database, CYPHER, { lucene: `+"${text}"`, today: today(), ...box });
}

/** Counts, answers and their order. Who answers something else is not to be compared with. */
function checkSame({ text }: Search, ours: Said, theirs: Said): void {
  const plain = ({ total, uids, facets }: Said) => JSON.stringify([total, uids, facets]);
  if (plain(ours) !== plain(theirs)) throw new Error(`« ${text} »: ${plain(ours)} and ${plain(theirs)}`);
}
