import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dockerEngine, hasDockerCommand, lackingForEmbedded } from '#deploy/setup/machine.js';
import { isEmpty, type Neo4jConnection, Neo4jUnavailable, untilReady } from './connection.ts';
import { containerPlan, startTestContainer } from './container.ts';
import { DEFAULT_MEMORY, embeddedPlan, ensurePassword, hasData, type ServerMemory } from './embedded.ts';
import { ensureJars, jarsAreWhole, neo4jVersion } from './jars.ts';
import { connectionIn, type Launched, launch, READY_WITHIN_MS } from './launch.ts';
import { type RunState, runningIn } from './state.ts';

/** A Neo4j to speak to, and how it was come by. */
export interface RunningNeo4j {
  connection: Neo4jConnection;
  how: 'given' | 'running' | 'container' | 'embedded';
  /** True when the database held no node when it was opened. */
  fresh: boolean;
  /** One line for a person, French and English; no password in it. */
  describe(): string;
  /** Ends the server where this call started it, else does nothing. Comes back when its process is gone. */
  stop(): Promise<void>;
}

export interface OpenOptions {
  /** Where everything is kept: `.trame` or TRAME_HOME. Made where it is absent. */
  home: string;
  purpose: 'data' | 'test';
  /** Takes lines for a person: downloads, the start. */
  onProgress?: (line: string) => void;
  memory?: ServerMemory;
  /** Quick to start, slower after: for tests. */
  shortLived?: boolean;
}

const LOGS_KEPT = { data: '1G size', test: '100M size' } as const;
const VOLUME_NOTE = 'in-a-volume';
const LOOK_AGAIN_EVERY_MS = 500;
const OPEN_TRIES = 5;
const TEST_FOLDERS = 8;

/**
 * Opens a Neo4j: the one that NEO4J_URI gives, else the one that already runs for this home, else a container where a Docker engine
 * answers, else the embedded one. What is started here ends with this process, even when this process is killed.
 *
 * For tests the data are in a folder of their own, never the demo's, and never shared with another test run: each takes its own.
 * Tests WIPE the database that they are given. So NEO4J_URI is used for them only where TRAME_TEST_NEO4J=given says that it
 * may be emptied.
 * @throws Neo4jUnavailable with what lacks and what to do
 */
export async function openNeo4j(options: OpenOptions): Promise<RunningNeo4j> {
  const given = givenConnection(options.purpose);
  if (given !== undefined) return openGiven(given);
  const home = resolve(options.home);
  if (options.purpose === 'data') return openData(home, options, true);
  const container = await startTestContainer(options.onProgress ?? (() => undefined));
  return container === undefined ? openTestEmbedded(home, options) : opened(container, 'container', undefined);
}

/**
 * The Neo4j of this home's data: the one that runs, else one that is started.
 * @param tied false leaves it running in the background when this process ends
 */
export async function openData(home: string, options: OpenOptions, tied: boolean): Promise<RunningNeo4j> {
  const folder = dataFolder(home);
  for (let attempt = 1; attempt <= OPEN_TRIES; attempt += 1) {
    const state = await runningIn(folder);
    if (state !== undefined) {
      const connection = await joinRunning(folder, state);
      if (connection !== undefined) return opened({ connection, stop: async () => undefined }, 'running', folder);
      continue;
    }
    const inContainer = await startContainer(folder, options, tied);
    if (inContainer !== undefined && inContainer !== 'taken') return opened(inContainer, 'container', folder);
    const embedded = inContainer ?? (await startEmbedded(home, folder, options, tied));
    if (embedded !== 'taken') return opened(embedded, 'embedded', folder);
  }
  throw new Neo4jUnavailable(
    `Neo4j in ${folder} is being started and stopped by other commands: wait for them, then try again.`,
  );
}

/** The folder of this home's Neo4j: data, settings, logs, password and state. */
export function dataFolder(home: string): string {
  return join(resolve(home), 'neo4j');
}

/**
 * What NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD and NEO4J_DATABASE give, or undefined. For tests they count only with TRAME_TEST_NEO4J=given,
 * as tests wipe the database.
 */
export function givenConnection(
  purpose: 'data' | 'test',
  env: NodeJS.ProcessEnv = process.env,
): Neo4jConnection | undefined {
  const uri = env['NEO4J_URI'];
  if (!uri || (purpose === 'test' && env['TRAME_TEST_NEO4J'] !== 'given')) return undefined;
  return {
    uri,
    user: env['NEO4J_USER'] || 'neo4j',
    password: env['NEO4J_PASSWORD'] ?? '',
    database: env['NEO4J_DATABASE'] || 'neo4j',
  };
}

async function openGiven(connection: Neo4jConnection): Promise<RunningNeo4j> {
  await untilReady(connection, 0);
  return opened({ connection, stop: async () => undefined }, 'given', undefined);
}

/** Waits for a Neo4j that runs or starts. Undefined when it goes away meanwhile. */
async function joinRunning(folder: string, state: RunState): Promise<Neo4jConnection | undefined> {
  const connection = connectionIn(folder, state.port);
  const gone = new AbortController();
  const look = setInterval(async () => {
    const now = await runningIn(folder);
    if (now?.supervisorPid !== state.supervisorPid) gone.abort();
  }, LOOK_AGAIN_EVERY_MS);
  try {
    await untilReady(connection, READY_WITHIN_MS[state.how], gone.signal);
    return connection;
  } catch (fault) {
    if (gone.signal.aborted) return undefined;
    throw fault;
  } finally {
    clearInterval(look);
  }
}

/** Each test run has a server and a folder of its own: two at once must not wipe each other's data. */
async function openTestEmbedded(home: string, options: OpenOptions): Promise<RunningNeo4j> {
  for (let number = 1; number <= TEST_FOLDERS; number += 1) {
    const folder = join(home, number === 1 ? 'test-neo4j' : `test-neo4j-${number}`);
    if ((await runningIn(folder)) !== undefined) continue;
    const launched = await startEmbedded(home, folder, options, true);
    if (launched !== 'taken') return opened(launched, 'embedded', folder);
  }
  throw new Neo4jUnavailable(
    `${TEST_FOLDERS} test runs already use the folders test-neo4j in ${home}: wait for one to end.`,
  );
}

async function startEmbedded(
  home: string,
  folder: string,
  options: OpenOptions,
  tied: boolean,
): Promise<Launched | 'taken'> {
  const lacking = lackingForEmbedded(jarsAreWhole(join(home, 'neo4j-lib')));
  if (lacking !== undefined) throw new Neo4jUnavailable(lacking);
  const jars = await ensureJars(home, options.onProgress ?? (() => undefined));
  options.onProgress?.(`Neo4j ${neo4jVersion()} : démarrage / starting…`);
  const how = {
    memory: options.memory ?? DEFAULT_MEMORY,
    logsKept: LOGS_KEPT[options.purpose],
    shortLived: options.shortLived ?? false,
  };
  return launch(folder, (port) => embeddedPlan(folder, jars, port, how), tied);
}

/**
 * Undefined where the embedded one is to serve: no engine answers, this home already has embedded data, or the container cannot be had
 * the first time (its image cannot be fetched, say). Once a home's data are in a volume, nothing else will do.
 */
async function startContainer(
  folder: string,
  options: OpenOptions,
  tied: boolean,
): Promise<Launched | 'taken' | undefined> {
  if (hasData(folder)) return undefined;
  const usedBefore = existsSync(join(folder, VOLUME_NOTE));
  const engine = hasDockerCommand() ? await dockerEngine() : undefined;
  if (engine === undefined) {
    if (!usedBefore) return undefined;
    throw new Neo4jUnavailable(
      `The data of ${folder} are in a Docker volume, and no Docker engine answers: start Docker, or use another TRAME_HOME.`,
    );
  }
  const password = ensurePassword(folder);
  const how = { engine, memory: options.memory ?? DEFAULT_MEMORY, logsKept: LOGS_KEPT[options.purpose] };
  options.onProgress?.('Neo4j : démarrage dans un conteneur / starting in a container…');
  try {
    const launched = await launch(folder, (port) => containerPlan(folder, password, port, how), tied);
    if (launched !== 'taken') writeFileSync(join(folder, VOLUME_NOTE), '');
    return launched;
  } catch (fault) {
    if (usedBefore || !(fault instanceof Neo4jUnavailable)) throw fault;
    options.onProgress?.(
      `Conteneur impossible, Neo4j intégré à la place / no container, embedded instead: ${fault.message}`,
    );
    return undefined;
  }
}

async function opened(server: Launched, how: RunningNeo4j['how'], folder: string | undefined): Promise<RunningNeo4j> {
  const { uri, database } = server.connection;
  const where = folder === undefined ? `base / database ${database}` : `données / data: ${folder}`;
  const words = {
    given: 'donné par / given by NEO4J_URI',
    running: 'déjà en marche / already running',
    container: 'dans un conteneur / in a container',
    embedded: `intégré / embedded, ${neo4jVersion()}`,
  };
  return {
    connection: server.connection,
    how,
    fresh: await isEmpty(server.connection),
    describe: () => `Neo4j ${words[how]} — ${uri} (${where})`,
    stop: () => server.stop(),
  };
}
