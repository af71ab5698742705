/** The gateway's server: GraphQL at /graphql (GraphiQL for a browser), thumbnails under /pictures/, /healthz beside them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createYoga, type GraphiQLOptions, type Plugin } from 'graphql-yoga';
import type { Driver } from 'neo4j-driver';
import { Database } from '#graph-schema/database.ts';
import { anonymous } from './access/caller.ts';
import { askThrough, readingDriver } from './ask.ts';
import { openCatalogue } from './catalogue/open.ts';
import { type Log, present } from './errors.ts';
import { EXAMPLES } from './examples.ts';
import { LIMITS, limitPlugins } from './limits.ts';
import { isPictureAddress, NO_THUMBNAILS, thumbnailsIn } from './pictures/addresses.ts';
import { pictureDoor } from './pictures/door.ts';
import type { GatewayContext } from './schema/builder.ts';
import { schema } from './schema/schema.ts';
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
  /** Takes what only the operator may see; standard error unless told. */
  readonly log?: Log;
}

export interface RunningGateway {
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** Ends the server and its connections to Neo4j. */
  stop(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
const HEALTH_PATH = '/healthz';
const HEALTH_WITHIN_MS = 2_000;

/** Starts serving. Throws what listening throws (EADDRINUSE …). */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { connection, port = 4000, host = '127.0.0.1', log = logToStandardError, pictures } = options;
  const driver = readingDriver(connection);
  const ask = askThrough(driver, connection.database);
  const database = new Database(connection);
  const thumbnails = pictures === undefined ? NO_THUMBNAILS : thumbnailsIn(pictures);
  const catalogue = openCatalogue(connection, log);
  const yoga = graphqlHandler(
    { ask, database, catalogue, thumbnails, seal: sealingOf(driver, connection.database) },
    log,
  );
  const showPicture = pictureDoor(pictures, ask, log);
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (path === HEALTH_PATH) void answerHealth(driver, connection.database, response);
    else if (path === '/') redirect(response);
    else if (isPictureAddress(path)) void showPicture(path, request, response);
    else void yoga(request, response);
  });
  server.headersTimeout = LIMITS.requestMs;
  server.requestTimeout = LIMITS.requestMs;
  try {
    await listen(server, port, host);
  } catch (fault) {
    await Promise.all([driver.close(), database.close(), catalogue.close()]);
    throw fault;
  }
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await stop(server, driver);
      await Promise.all([database.close(), catalogue.close()]);
    },
  };
}

/** GraphQL over HTTP, as a handler of Node's requests. */
function graphqlHandler(
  means: Omit<GatewayContext, 'audience' | 'caller'>,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => unknown {
  const silent = () => undefined;
  return createYoga<object, GatewayContext>({
    schema,
    context: () => ({ ...means, audience: 'public', caller: anonymous('?') }) satisfies GatewayContext,
    graphqlEndpoint: GRAPHQL_PATH,
    maskedErrors: { maskError: (fault) => present(fault, log) },
    plugins: [...limitPlugins(), presentPlugin(log)],
    maxRequestBodySize: LIMITS.bodyBytes,
    multipart: false,
    batching: false,
    landingPage: false,
    cors: { origin: '*', credentials: false, methods: ['GET', 'POST', 'OPTIONS'] },
    graphiql: {
      title: 'Trame – GraphiQL',
      defaultTabs: EXAMPLES.map(({ query, variables }) => ({
        query,
        variables: variables ? JSON.stringify(variables, null, 2) : null,
      })),
    },
    renderGraphiQL,
    // Yoga would log each refusal with its stack; `present` logs what is not a client's doing.
    logging: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

/** All of it comes from here, none from a CDN. It is large, and loaded when it is first asked for. */
async function renderGraphiQL(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL: render } = await import('@graphql-yoga/render-graphiql');
  return render(options);
}

/** Errors of parsing and validating do not pass `maskError`. */
function presentPlugin(log: Log): Plugin {
  return {
    onExecutionResult({ result, setResult }) {
      if (!result || !('errors' in result) || !result.errors?.length) return;
      setResult({ ...result, errors: result.errors.map((error) => present(error, log)) });
    },
  };
}

async function answerHealth(driver: Driver, database: string, response: ServerResponse): Promise<void> {
  const isUp = await answersWithin(driver, database);
  response.writeHead(isUp ? 200 : 503, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(
    JSON.stringify(
      isUp
        ? { status: 'ok' }
        : {
            status: 'unavailable',
            fr: 'La passerelle tourne, mais Neo4j ne répond pas : vérifiez-le (`trame db status`).',
            en: 'The gateway runs, but Neo4j does not answer: check it (`trame db status`).',
          },
    ),
  );
}

async function answersWithin(driver: Driver, database: string): Promise<boolean> {
  const session = driver.session({ database, defaultAccessMode: 'READ' });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('late')), HEALTH_WITHIN_MS);
    });
    await Promise.race([session.run('RETURN 1 AS up', {}, { timeout: HEALTH_WITHIN_MS }), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    void session.close().catch(() => undefined);
  }
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { location: GRAPHQL_PATH });
  response.end();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

async function stop(server: Server, driver: Driver): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
  await driver.close();
}

function logToStandardError(message: string, fault: unknown): void {
  console.error(`gateway: ${message}:`, fault);
}
