/**
 * The gateway's server: GraphQL at /graphql (GraphiQL for a browser), thumbnails under /pictures/, the client for pages at /client.js,
 * /healthz and /readyz beside them.
 * Each has a door of its own; here they are put together.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Driver } from 'neo4j-driver';
import { Database } from '#graph-schema/database.ts';
import { ANONYMOUS_BUDGET, Budgets } from './access/budget.ts';
import { identify } from './access/identify.ts';
import { KeyBook } from './access/key-book.ts';
import { KeyUse } from './access/key-use.ts';
import { findKey } from './access/keys.ts';
import { Issuer } from './access/oidc.ts';
import type { AccessSettings } from './access/settings.ts';
import { type Ask, askThrough, readingDriver, Totals } from './ask.ts';
import { openCatalogue } from './catalogue/open.ts';
import type { Catalogue } from './catalogue/question.ts';
import { CLIENT_PATH, showClient } from './client/door.ts';
import type { Log } from './errors.ts';
import type { AskingMeans } from './http/asking-plugin.ts';
import { graphiqlDoor, wantsPage } from './http/graphiql.ts';
import { graphqlDoor } from './http/graphql.ts';
import { setAlways } from './http/headers.ts';
import { answerHealth, readyDoor } from './http/health.ts';
import { listen } from './http/listening.ts';
import { NO_OPERATIONS, readOperations } from './http/operations.ts';
import { isPictureAddress, NO_THUMBNAILS, thumbnailsIn } from './pictures/addresses.ts';
import { pictureDoor } from './pictures/door.ts';
import { sealingOf } from './seal.ts';

export interface GatewayOptions {
  /** Where Neo4j answers. It need not answer yet. */
  readonly connection: {
    readonly uri: string;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** 0 takes a free one. */
  readonly port?: number;
  /** Loopback unless told. */
  readonly host?: string;
  /** The folder of the thumbnails; without it none are shown. */
  readonly pictures?: string;
  /** How callers are let in; by key, each directly, unless told. */
  readonly access?: Partial<AccessSettings>;
  /** Takes what only the operator may see; standard error unless told. */
  readonly log?: Log;
}

export interface RunningGateway {
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** Finishes what is being answered, then ends the server and its connections to Neo4j. */
  stop(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';

/** Starts serving. Throws SettingRefused for operations that cannot be read, and what listening throws (EADDRINUSE …). */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { connection, port = 4000, host = '127.0.0.1', log = logToStandardError, access = {} } = options;
  const operations = access.operations === undefined ? NO_OPERATIONS : await readOperations(access.operations);
  const driver = readingDriver(connection);
  const database = new Database(connection);
  const catalogue = openCatalogue(connection, log);
  const keyUse = new KeyUse(database, log);
  const close = async () => {
    await keyUse.close();
    await Promise.all([driver.close(), database.close(), catalogue.close()]);
  };
  try {
    const opened = { driver, database, catalogue, keyUse, log };
    const { url, stop } = await listen(doorsOf(options, operations, opened), {
      port,
      host,
      proxies: access.proxies ?? 0,
    });
    return {
      url,
      stop: async () => {
        await stop();
        await close();
      },
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}

interface Opened {
  readonly driver: Driver;
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly keyUse: KeyUse;
  readonly log: Log;
}

function doorsOf(
  { connection, pictures, access = {} }: GatewayOptions,
  operations: ReadonlyMap<string, string>,
  opened: Opened,
): RequestListener {
  const { driver, database, catalogue, log } = opened;
  const ask = askThrough(driver, connection.database, new Totals());
  const isOnlyPersisted = access.isOnlyPersisted ?? false;
  const thumbnails = pictures === undefined ? NO_THUMBNAILS : thumbnailsIn(pictures);
  const graphql = graphqlDoor({
    endpoint: GRAPHQL_PATH,
    means: { ask, database, catalogue, thumbnails, seal: sealingOf(driver, connection.database) },
    asking: askingMeans(ask, access, opened),
    operations,
    isOnlyPersisted,
    log,
  });
  const graphiql = graphiqlDoor(GRAPHQL_PATH, log);
  const picture = pictureDoor(pictures, ask, log);
  const ready = readyDoor(driver, connection.database, catalogue);
  return (request, response) => {
    setAlways(response);
    const path = request.url?.split('?', 1)[0];
    if (path === '/healthz') answerHealth(request, response);
    else if (path === '/readyz') ready(request, response);
    else if (path === '/') response.writeHead(302, { location: GRAPHQL_PATH }).end();
    else if (path === CLIENT_PATH) void showClient(response);
    else if (isPictureAddress(path)) void picture(path, request, response);
    else if (path === GRAPHQL_PATH && !isOnlyPersisted && wantsPage(request)) void graphiql(request, response);
    else void graphql(asRead(request), response);
  };
}

/** Node sends no body to a HEAD; all else of it is a GET. */
function asRead(request: IncomingMessage): IncomingMessage {
  if (request.method === 'HEAD') request.method = 'GET';
  return request;
}

function askingMeans(
  ask: Ask,
  { oidc, proxies = 0, anonymousBudget }: Partial<AccessSettings>,
  opened: Opened,
): AskingMeans {
  const { keyUse, log } = opened;
  const budgets = new Budgets();
  const keys = new KeyBook((id) => findKey(ask, id));
  const issuer = oidc === undefined ? undefined : new Issuer(oidc, log);
  return {
    budgets,
    anonymousBudget: anonymousBudget ?? ANONYMOUS_BUDGET,
    proxies,
    log,
    identify: (request, address) => identify(request, address, { keys, issuer, budgets }),
    answered: ({ caller, cost, isRefused }) => {
      const [sort, id] = caller.id.split(':');
      if (sort === 'key' && id !== undefined) keyUse.note(id, cost, isRefused);
    },
  };
}

function logToStandardError(message: string, fault: unknown): void {
  console.error(`gateway: ${message}:`, fault);
}
