import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaCommand } from '#deploy/setup/machine.js';
import { Neo4jUnavailable } from './connection.ts';
import { passwordFile } from './state.ts';

/** Memory of the server, in MB. The page cache is beside the heap, not in it. */
export interface ServerMemory {
  heapInitialMb: number;
  heapMaxMb: number;
  pageCacheMb: number;
}

export const DEFAULT_MEMORY: ServerMemory = { heapInitialMb: 512, heapMaxMb: 1024, pageCacheMb: 512 };

/** One command that the supervisor runs. `env` is added to its own environment. */
export interface Command {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/**
 * What the supervisor is told: the files to write once the folder is its own (two that start at once must not write each other's),
 * the commands that must end well first, the server, and how to know it again.
 */
export interface ServerPlan {
  how: 'container' | 'embedded';
  /** Each for this user only; `once`: removed again before the server starts. */
  files: { path: string; text: string; once: boolean }[];
  before: Command[];
  server: Command;
  mark: string;
  port: number;
}

/** Neo4j answers Bolt only, on loopback. A transaction's timeout is the caller's to set. */
export function settings(port: number, memory: ServerMemory, logsKept: string): Record<string, string> {
  return {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'server.bolt.advertised_address': `127.0.0.1:${port}`,
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'server.memory.pagecache.size': `${memory.pageCacheMb}m`,
    'dbms.security.auth_enabled': 'true',
    'dbms.usage_report.enabled': 'false',
    'db.tx_log.rotation.retention_policy': logsKept,
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
  };
}

/**
 * Says how the embedded server is run in its folder.
 * @param folder holds data, conf, logs and the password; made where it is absent, for this user only
 * @param jars the folder that `ensureJars` gave
 * @throws Neo4jUnavailable where Java lacks, or the folder has data but no password any more
 */
export function embeddedPlan(
  folder: string,
  jars: string,
  port: number,
  options: { memory: ServerMemory; logsKept: string; shortLived?: boolean },
): ServerPlan {
  const java = javaCommand();
  if (java === undefined) throw new Neo4jUnavailable('Java 17 or more cannot be found: install it, or set JAVA_HOME.');
  const conf = join(folder, 'conf');
  mkdirSync(conf, { recursive: true, mode: 0o700 });
  const isNew = !hasData(folder);
  const password = ensurePassword(folder);
  const env = { NEO4J_HOME: folder, NEO4J_CONF: conf };
  const classPath = join(jars, '*');
  const lines = Object.entries(settings(port, options.memory, options.logsKept)).map(
    ([key, value]) => `${key}=${value}\n`,
  );
  const files = [{ path: join(conf, 'neo4j.conf'), text: lines.join(''), once: false }];
  const before = [];
  if (isNew) {
    const path = join(conf, 'first-password');
    files.push({ path, text: `dbms\nset-initial-password\n${password}\n`, once: true });
    before.push({ command: java, args: ['-cp', classPath, 'org.neo4j.cli.AdminTool', `@${path}`], env });
  }
  return {
    how: 'embedded',
    files,
    before,
    server: { command: java, args: serverArguments(folder, conf, classPath, options), env },
    mark: `--home-dir=${folder}`,
    port,
  };
}

/** True once an embedded server has made its databases here. */
export function hasData(folder: string): boolean {
  return existsSync(join(folder, 'data', 'databases', 'system'));
}

/**
 * The password of the Neo4j in this folder: made at random the first time, then kept in a file that only this user reads.
 * @throws Neo4jUnavailable where data are there and the password is not: it cannot be guessed
 */
export function ensurePassword(folder: string): string {
  const file = passwordFile(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file) && hasData(folder)) {
    throw new Neo4jUnavailable(
      `The password of the Neo4j in ${folder} is gone (file "password"): put it back, or delete the folder to begin anew.`,
    );
  }
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    // Hexadecimal, as a password that began with "-" would be read as an option by the tool that sets it.
    writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
    linkWhereAbsent(draft, file);
  }
  return readFileSync(file, 'utf8').trim();
}

/** A link comes whole or not at all: of two that start at once, one gives the password and both read it. */
function linkWhereAbsent(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    rmSync(draft, { force: true });
  }
}

function serverArguments(
  folder: string,
  conf: string,
  classPath: string,
  { memory, shortLived }: { memory: ServerMemory; shortLived?: boolean },
): string[] {
  return [
    // Java's first compiler only: it starts three times as fast, and a server that runs for hours is better off without.
    ...(shortLived ? ['-XX:TieredStopAtLevel=1'] : []),
    '--add-opens=java.base/java.nio=ALL-UNNAMED',
    '--add-opens=java.base/java.io=ALL-UNNAMED',
    '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
    `-Xms${memory.heapInitialMb}m`,
    `-Xmx${memory.heapMaxMb}m`,
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    '-cp',
    classPath,
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${folder}`,
    `--config-dir=${conf}`,
    '--console-mode',
  ];
}
