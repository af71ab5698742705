import { createHash, randomBytes } from 'node:crypto';
import { dockerEngine } from '#deploy/setup/machine.js';
import type { Neo4jConnection } from './connection.ts';
import { DEFAULT_MEMORY, type ServerMemory, type ServerPlan } from './embedded.ts';

/** The community image of the same line of releases as the embedded one (5.26, long-term support). */
export const IMAGE = 'neo4j:5.26-community';

const BOLT_PORT = 7687;

/**
 * How the container that keeps a home's data is run: by `docker run` under the supervisor, which passes TERM on to it. Its data
 * are in a named volume, so that they outlive the container; the name keeps two containers off one volume.
 * The password travels by the environment, as a command line can be read by others.
 * @param folder the folder of state and password of this home
 * @param engine the engine's address, as `dockerEngine` gave it
 */
export function containerPlan(
  folder: string,
  password: string,
  port: number,
  options: { engine: string; memory: ServerMemory; logsKept: string },
): ServerPlan {
  const name = containerName(folder);
  const environment = containerEnvironment(options.memory, options.logsKept);
  return {
    how: 'container',
    files: [],
    before: [],
    server: {
      command: 'docker',
      args: [
        'run',
        '--rm',
        '--name',
        name,
        '--publish',
        `127.0.0.1:${port}:${BOLT_PORT}`,
        '--volume',
        `${name}:/data`,
        '--env',
        'NEO4J_AUTH',
        ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
        IMAGE,
      ],
      env: { NEO4J_AUTH: `neo4j/${password}`, DOCKER_HOST: options.engine },
    },
    mark: `--name ${name}`,
    port,
  };
}

/** The same for one home every time, and another for every other. Also the volume's name. */
export function containerName(folder: string): string {
  return `trame-neo4j-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

/** The settings that differ from the image's, in the spelling that the image takes: `_` for `.`, `__` for `_`. */
export function containerEnvironment(memory: ServerMemory, logsKept: string): Record<string, string> {
  const settings = {
    'server.memory.heap.initial_size': `${memory.heapInitialMb}m`,
    'server.memory.heap.max_size': `${memory.heapMaxMb}m`,
    'server.memory.pagecache.size': `${memory.pageCacheMb}m`,
    'dbms.usage_report.enabled': 'false',
    'db.tx_log.rotation.retention_policy': logsKept,
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`NEO4J_${key.replaceAll('_', '__').replaceAll('.', '_')}`, value]),
  );
}

/** A database for one test run, thrown away after it. */
export interface TestContainer {
  connection: Neo4jConnection;
  stop(): Promise<void>;
}

/**
 * Starts a container for tests through testcontainers, whose reaper removes it even when this process is killed.
 * @returns undefined where no engine answers, testcontainers is not installed, or the container cannot be had (its image cannot be
 *   fetched, say: `onProgress` is told)
 */
export async function startTestContainer(onProgress: (line: string) => void): Promise<TestContainer | undefined> {
  if ((await dockerEngine()) === undefined) return undefined;
  try {
    const { Neo4jContainer } = await import('@testcontainers/neo4j');
    const started = await new Neo4jContainer(IMAGE)
      .withPassword(randomBytes(24).toString('hex'))
      .withEnvironment(containerEnvironment(DEFAULT_MEMORY, '100M size'))
      .start();
    const connection = {
      uri: started.getBoltUri(),
      user: started.getUsername(),
      password: started.getPassword(),
      database: 'neo4j',
    };
    return { connection, stop: async () => void (await started.stop()) };
  } catch (fault) {
    onProgress(
      `Conteneur de test impossible / no test container: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
    return undefined;
  }
}
