/** The gateway of the fixed graph is started: how long until it answers, until it can be searched, and what it holds in memory. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import { type Child, startScript } from '../child.ts';
import type { GatewayAnswer, GatewayInput } from '../gateway-process.ts';
import { peakMemoryOf } from '../memory.ts';
import { type GraphqlClient, graphqlClient } from './ask.ts';
import type { FixedSection } from './sections.ts';

const SECTION = 'démarrage';
const READY_WITHIN_MS = 600_000;
const ASK_EVERY_MS = 20;
const MOST_SEARCH_MS = 5_000;
/** A larger graph takes longer to read; no limit is set for it. */
const JUDGED_AT = 80_000;

const POINT = '{ heritageObjects(first: 1) { nodes { uid } } }';
const SEARCH = '{ search(first: 1) { totalCount } }';

export interface StartedGateway {
  readonly url: string;
  /** An ordinary key. */
  readonly key: string;
  readonly client: GraphqlClient;
  readonly pid: number;
  /** From the start of its process to its first answer, and to the first that needed the catalogue. */
  readonly answersAfterMs: number;
  readonly searchesAfterMs: number;
  stop(): Promise<void>;
}

/** Comes back when it can be searched. Throws where it never can. */
export async function startGatewayProcess(connection: Neo4jConnection): Promise<StartedGateway> {
  const started = performance.now();
  const input: GatewayInput = { connection };
  const child: Child<GatewayAnswer> = startScript('gateway-process.ts', input, READY_WITHIN_MS, PRODUCTION);
  let client: GraphqlClient | undefined;
  const stop = async () => {
    await client?.close();
    await child.stop();
  };
  try {
    const { url, key, pid } = await child.answer;
    client = graphqlClient(url);
    await untilItAnswers(client, POINT);
    const answersAfterMs = performance.now() - started;
    await untilItAnswers(client, SEARCH);
    const searchesAfterMs = performance.now() - started;
    return { url, key, client, pid, answersAfterMs, searchesAfterMs, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** As it is served: libraries leave out what only helps while one programs. */
export const PRODUCTION = { NODE_ENV: 'production' };

/** Too early, or too much for the moment, is told with 503: it is asked again. */
async function untilItAnswers(client: GraphqlClient, query: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await client.ask(query, {});
      return;
    } catch (fault) {
      if (!(fault as Error).message.includes('answered 503') || performance.now() > until) throw fault;
    }
    await pause(ASK_EVERY_MS);
  }
}

/** Runs last: the memory is the most that the gateway held through all the others. */
export const start: FixedSection = async ({ gateway, objects }) => {
  const target = objects <= JUDGED_AT ? { target: { most: MOST_SEARCH_MS } } : {};
  const memory = peakMemoryOf(gateway.pid);
  return {
    told: [
      { section: SECTION, what: 'jusqu’à la première fiche', value: gateway.answersAfterMs, unit: 'ms' },
      {
        section: SECTION,
        what: 'jusqu’à la première recherche',
        value: gateway.searchesAfterMs,
        unit: 'ms',
        ...target,
      },
      memory === undefined
        ? { section: SECTION, what: 'mémoire de la passerelle', skipped: 'le système ne la dit pas' }
        : { section: SECTION, what: 'mémoire de la passerelle, au plus', value: memory, unit: 'Mo' },
    ],
    figures: {},
  };
};
