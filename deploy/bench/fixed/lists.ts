/** Section: what goes wrong first when a collection grows: the total of a list, a page far down in it, a page of full-text answers; against @neo4j/graphql. */
import { type Measure, median, type Told } from '../measures.ts';
import { inTurns } from '../turns.ts';
import { cursorBehind, placeIn } from './page.ts';
import { readSearches } from './searches.ts';
import type { FixedBench, FixedSection } from './sections.ts';
import { wordOf } from './words.ts';

const SECTION = 'listes';
const LEAST_AHEAD = 10;
/** Short pages: so that there is a page 5,000 among 80,000 objects. */
const PAGE = 10;
const DEEP = 5_000;
const TURNS = { warmUp: 8, turns: 30, withinMs: 20_000 };
/** So many words are in more than 5% of all objects; as many as there are turns. */
const FREQUENT = 38;

const TOTAL = `{ heritageObjects(first: ${PAGE}) { totalCount nodes { uid name } } }`;
const RIVAL_TOTAL = `{ list: heritageObjectsConnection(first: ${PAGE}, sort: [{ sort: ASC }]) { totalCount edges { node { uid name } } } }`;

const LIST = `query Deep($after: String!) { heritageObjects(first: ${PAGE}, after: $after) { nodes { uid name heldBy { name } } } }`;
const RIVAL_LIST = `query Deep($offset: Int!) {
  heritageObjects(limit: ${PAGE}, offset: $offset, sort: [{ sort: ASC }, { uid: ASC }]) { uid name heldBy { name } }
}`;

const FULL_TEXT = `query FullText($query: String!) {
  search(query: $query, filter: { kinds: [HERITAGE_OBJECT] }, first: ${PAGE}) {
    totalCount
    nodes { ... on HeritageObject { uid name heldBy { name } } }
  }
}`;
/** Its answers come best first. */
const RIVAL_FULL_TEXT = `query FullText($phrase: String!) {
  searchObjects(phrase: $phrase, first: ${PAGE}) { totalCount edges { node { uid name heldBy { name } } } }
}`;

interface Edges {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly uid: string } }[];
}

interface Nodes {
  readonly totalCount: number;
  readonly nodes: readonly { readonly uid: string }[];
}

/** What an answer says, so that two can be compared. */
type Said = string;

interface Question {
  readonly what: string;
  readonly gateway: (turn: number) => Promise<Said>;
  readonly rival: (turn: number) => Promise<Said>;
}

export const lists: FixedSection = async (bench) => {
  const searches = readSearches();
  const told: Told[] = [];
  const figures: Record<string, number> = {};
  for (const [name, question] of Object.entries({
    total: totalOf(bench),
    deep: await deepPageOf(bench),
    fullText: fullTextOf(bench, 'mots du mélange', (turn) => searches[turn % searches.length]!.text),
    frequent: fullTextOf(bench, 'mots fréquents', (turn) => wordOf(1 + (turn % FREQUENT))),
  })) {
    bench.tell(`  ${SECTION} : ${question.what}`);
    const { measure, value } = await compare(question);
    told.push(measure);
    figures[name] = value;
  }
  return { told, figures };
};

/** Where the other fails, ours stands alone, and it is said. */
async function compare({ what, gateway, rival }: Question): Promise<{ measure: Measure; value: number }> {
  const ours = await gateway(0);
  let failure: string | undefined;
  try {
    const theirs = await rival(0);
    if (ours !== theirs) throw new Error(`${what}: different answers: ${ours} and ${theirs}`);
  } catch (fault) {
    if ((fault as Error).message.includes('different answers')) throw fault;
    failure = (fault as Error).message.slice(0, 80);
  }
  const measure = { section: SECTION, what, unit: 'ms' } as const;
  if (failure !== undefined) {
    const value = median((await inTurns({ gateway }, TURNS)).gateway);
    return { value, measure: { ...measure, what: `${what} (@neo4j/graphql échoue : ${failure})`, value } };
  }
  const times = await inTurns({ gateway, rival }, TURNS);
  const value = median(times.gateway);
  const against = { what: '@neo4j/graphql', value: median(times.rival) };
  return { value, measure: { ...measure, value, against, target: { most: 1 / LEAST_AHEAD } } };
}

function totalOf({ gateway, rival }: FixedBench): Question {
  return {
    what: 'une page et le total de la liste (totalCount)',
    gateway: async () => saidOf((await gateway.client.ask<{ heritageObjects: Nodes }>(TOTAL, {})).heritageObjects),
    rival: async () => saidOfEdges((await rival.ask<{ list: Edges }>(RIVAL_TOTAL, {})).list),
  };
}

async function deepPageOf({ gateway, rival, database, objects }: FixedBench): Promise<Question> {
  const number = Math.min(DEEP, Math.floor(objects / PAGE) - 1);
  const offset = (number - 1) * PAGE;
  const after = cursorBehind(await placeIn(database, offset - 1));
  const uids = (nodes: readonly { readonly uid: string }[]) => nodes.map(({ uid }) => uid).join(' ');
  return {
    what: `la page ${number.toLocaleString('fr-FR')}, de ${PAGE} objets`,
    gateway: async () =>
      uids((await gateway.client.ask<{ heritageObjects: Nodes }>(LIST, { after })).heritageObjects.nodes),
    rival: async () =>
      uids((await rival.ask<{ heritageObjects: Nodes['nodes'] }>(RIVAL_LIST, { offset })).heritageObjects),
  };
}

/** Each text for the first time. Which of equally good answers comes first is each one's own: their number is compared. */
function fullTextOf({ gateway, rival }: FixedBench, which: string, textAt: (turn: number) => string): Question {
  const total = ({ totalCount }: { readonly totalCount: number }): Said => String(totalCount);
  return {
    what: `${PAGE} réponses plein texte et leur nombre, ${which}`,
    gateway: async (turn) =>
      total((await gateway.client.ask<{ search: Nodes }>(FULL_TEXT, { query: textAt(turn) })).search),
    rival: async (turn) =>
      total((await rival.ask<{ searchObjects: Edges }>(RIVAL_FULL_TEXT, { phrase: textAt(turn) })).searchObjects),
  };
}

function saidOf({ totalCount, nodes }: Nodes): Said {
  return `${totalCount}: ${nodes.map(({ uid }) => uid).join(' ')}`;
}

function saidOfEdges({ totalCount, edges }: Edges): Said {
  return saidOf({ totalCount, nodes: edges.map(({ node }) => node) });
}
