/** Section 3: a page of objects with four relations through the gateway, against the same Cypher sent by the bare driver, turn by turn. */
import { graphql } from 'graphql';
import neo4j from 'neo4j-driver';
import { Client } from 'undici';
import { anonymous } from '#gateway/access/caller.ts';
import { NO_CATALOGUE } from '#gateway/catalogue/absent.ts';
import type { Compiled } from '#gateway/compile/roots.ts';
import { NO_THUMBNAILS } from '#gateway/pictures/addresses.ts';
import type { GatewayContext } from '#gateway/schema/builder.ts';
import { schema } from '#gateway/schema/schema.ts';
import type { Database } from '#graph-schema/database.ts';
import { startScript } from './child.ts';
import type { GatewayAnswer, GatewayInput } from './gateway-process.ts';
import { harvestAfresh } from './harvest.ts';
import { type Measure, median } from './measures.ts';
import { withProvider } from './provider.ts';
import type { Bench } from './sections.ts';

const SECTION = 'page GraphQL';
const PAGE = 20;
/** Different pages, taken in turn, so that no single one is always warm. */
const PAGES = 25;
const WARM_UP = 100;
const REQUESTS = 400;
const MOST_RATIO = 2.5;
const READY_WITHIN_MS = 30_000;

const QUERY = `query Page($after: String) {
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
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  readonly nodes: readonly {
    readonly heldBy: unknown;
    readonly techniques: { readonly nodes: readonly unknown[] };
    readonly trades: { readonly nodes: readonly unknown[] };
    readonly madeIn: { readonly nodes: readonly unknown[] };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type Question = { readonly after: string | null; readonly compiled: Compiled };

export async function graphqlPage(bench: Bench): Promise<Measure[]> {
  if ((await objectsIn(bench.database)) < bench.records)
    await withProvider(bench.records, (provider) => harvestAfresh(bench, provider));
  const input: GatewayInput = { connection: bench.connection };
  const gateway = startScript<GatewayAnswer>('gateway-process.ts', input, READY_WITHIN_MS);
  let client: Client | undefined;
  try {
    client = new Client((await gateway.answer).url);
    const questions = await questionsFor(bench.database, client);
    const { through, bare } = await measure(bench, client, questions);
    const objects = await objectsIn(bench.database);
    return [
      {
        section: SECTION,
        what: `${PAGE} objets, 4 relations, sur ${objects.toLocaleString('fr-FR')} objets`,
        value: median(through),
        unit: 'ms',
        against: { what: 'le même Cypher par le pilote', value: median(bare) },
        target: { most: MOST_RATIO },
      },
    ];
  } finally {
    await client?.close();
    await gateway.stop();
  }
}

async function objectsIn(database: Database): Promise<number> {
  const { records } = await database.run('MATCH (n:HeritageObject) RETURN count(n) AS objects');
  return Number(records[0]?.get('objects') ?? 0);
}

/** The first pages, each with the Cypher that the gateway makes of it; a page whose relations are not there would measure nothing. */
async function questionsFor(database: Database, client: Client): Promise<Question[]> {
  const questions: Question[] = [];
  let after: string | null = null;
  while (questions.length < PAGES) {
    const page: Page = await askGateway(client, after);
    const whole = page.nodes.filter(
      ({ heldBy, techniques, trades, madeIn }) =>
        heldBy !== null && [techniques, trades, madeIn].every(({ nodes }) => nodes.length > 0),
    );
    if (whole.length < PAGE) throw new Error(`${whole.length} objects of ${PAGE} came with all four relations`);
    questions.push({ after, compiled: await compiledFor(database, after) });
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return questions;
}

async function askGateway(client: Client, after: string | null): Promise<Page> {
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { after } }),
  });
  const { data, errors } = (await body.json()) as { data?: { heritageObjects: Page }; errors?: unknown };
  if (statusCode !== 200 || data === undefined || errors !== undefined)
    throw new Error(`the gateway answered ${statusCode}: ${JSON.stringify(errors)}`);
  return data.heritageObjects;
}

/** What the gateway would send to Neo4j: the schema is run with an `ask` that only keeps the question. */
async function compiledFor(database: Database, after: string | null): Promise<Compiled> {
  const kept: Compiled[] = [];
  const context: GatewayContext = {
    audience: 'public',
    caller: anonymous('bench'),
    catalogue: NO_CATALOGUE,
    database,
    ask: async (compiled) => {
      kept.push(compiled);
      return compiled.read(undefined);
    },
    seal: async () => '',
    thumbnails: NO_THUMBNAILS,
  };
  await graphql({ schema, source: QUERY, variableValues: { after }, contextValue: context });
  const [compiled] = kept;
  if (compiled === undefined || kept.length > 1) throw new Error(`${kept.length} Cypher texts for one page`);
  return compiled;
}

async function measure(
  { database }: Bench,
  client: Client,
  questions: readonly Question[],
): Promise<{ through: number[]; bare: number[] }> {
  const through: number[] = [];
  const bare: number[] = [];
  for (let request = 0; request < WARM_UP + REQUESTS; request += 1) {
    const question = questions[request % questions.length]!;
    const started = performance.now();
    await askGateway(client, question.after);
    const between = performance.now();
    await askDriver(database, question.compiled);
    const ended = performance.now();
    if (request < WARM_UP) continue;
    through.push(between - started);
    bare.push(ended - between);
  }
  return { through, bare };
}

/** One auto-commit read, the quickest way that the driver has. */
async function askDriver(database: Database, { text, parameters }: Compiled): Promise<void> {
  const session = database.driver.session({ database: database.name, defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, { ...parameters });
    if (records.length !== 1) throw new Error(`${records.length} rows for one page`);
  } finally {
    await session.close();
  }
}
