/** `/healthz`: the process runs. `/readyz`: it can answer everything, or what is missing for that. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Driver } from 'neo4j-driver';
import type { CatalogueState } from '../catalogue/question.ts';

const ANSWER_WITHIN_MS = 2_000;
/** However often it is asked: Neo4j is asked once in so long. */
const KNOWN_FOR_MS = 1_000;

type Door = (request: IncomingMessage, response: ServerResponse) => void;

export const answerHealth: Door = (_request, response) => sendJson(response, 200, { status: 'ok' });

/** The door of `/readyz`: 200 where Neo4j answers and the catalogue is loaded, else 503. */
export function readyDoor(driver: Driver, database: string, catalogue: { state(): CatalogueState }): Door {
  let known: { readonly until: number; readonly isUp: Promise<boolean> } | undefined;
  return async (_request, response) => {
    if (known === undefined || known.until < Date.now())
      known = { until: Date.now() + KNOWN_FOR_MS, isUp: answersWithin(driver, database) };
    const neo4j = await known.isUp;
    const { ready, loaded, expected } = catalogue.state();
    const isReady = neo4j && ready;
    sendJson(response, isReady ? 200 : 503, {
      status: isReady ? 'ok' : 'unavailable',
      neo4j,
      catalogue: ready,
      ...(ready ? {} : { cataloguePercent: expected === 0 ? 0 : Math.floor((100 * loaded) / expected) }),
      ...missingOf(neo4j, ready),
    });
  };
}

function missingOf(neo4j: boolean, catalogue: boolean): object {
  if (!neo4j)
    return {
      fr: 'La passerelle tourne, mais Neo4j ne répond pas : vérifiez-le (`trame db status`).',
      en: 'The gateway runs, but Neo4j does not answer: check it (`trame db status`).',
    };
  if (!catalogue)
    return {
      fr: 'La recherche se charge ; les fiches et les listes répondent déjà.',
      en: 'The search is loading; entities and lists answer already.',
    };
  return {};
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function answersWithin(driver: Driver, database: string): Promise<boolean> {
  const session = driver.session({ database, defaultAccessMode: 'READ' });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('late')), ANSWER_WITHIN_MS);
    });
    await Promise.race([session.run('RETURN 1 AS up', {}, { timeout: ANSWER_WITHIN_MS }), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    void session.close().catch(() => undefined);
  }
}
