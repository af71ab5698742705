import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Neo4jConnection, Neo4jUnavailable, untilReady } from './connection.ts';
import { ensurePassword, type ServerPlan } from './embedded.ts';
import { stateFile } from './state.ts';

/** A server that answers. `stop` ends it and comes back when its process is gone. */
export interface Launched {
  connection: Neo4jConnection;
  stop(): Promise<void>;
}

const SUPERVISOR = join(import.meta.dirname, 'supervisor.js');
const TAKEN = 75;
const PORT_TRIES = 3;
/** Its end is heard at once; this is for one that stays silent. A busy machine takes minutes, and a container's image may have to be fetched first. */
export const READY_WITHIN_MS = { embedded: 5 * 60_000, container: 10 * 60_000 } as const;
const STOP_WITHIN_MS = 30_000;
const LAST_LINES = 12;
const STACK_LINE = /^\s+(at |\.\.\. \d+ more)/;

/**
 * Starts a server under its supervisor and waits until it answers. A port that something else took meanwhile is replaced.
 * @param folder the server's own folder; its state file is the lock
 * @param planFor says how it is run on a given port
 * @param tied true: it ends with this process, however this process ends; false: it stays in the background
 * @returns `taken` when another process has just started one in this folder
 * @throws Neo4jUnavailable when it ends or stays silent, with its last log lines
 */
export async function launch(
  folder: string,
  planFor: (port: number) => ServerPlan,
  tied: boolean,
): Promise<Launched | 'taken'> {
  for (let attempt = 1; ; attempt += 1) {
    const plan = planFor(await freePort());
    try {
      return await launchOnce(folder, plan, tied);
    } catch (fault) {
      if (!(fault instanceof ServerEnded) || !fault.portTaken || attempt === PORT_TRIES) throw fault;
    }
  }
}

/** The connection to what runs in this folder on this port. */
export function connectionIn(folder: string, port: number): Neo4jConnection {
  return { uri: `bolt://127.0.0.1:${port}`, user: 'neo4j', password: ensurePassword(folder), database: 'neo4j' };
}

class ServerEnded extends Neo4jUnavailable {
  readonly portTaken: boolean;
  constructor(message: string, portTaken: boolean) {
    super(message);
    this.portTaken = portTaken;
  }
}

async function launchOnce(folder: string, plan: ServerPlan, tied: boolean): Promise<Launched | 'taken'> {
  const connection = connectionIn(folder, plan.port);
  const supervisor = spawnSupervisor(folder, plan, tied);
  const ended = new AbortController();
  const exit = new Promise<number>((resolve, reject) => {
    supervisor.once('error', reject);
    supervisor.once('exit', (code) => resolve(code ?? 1));
  });
  exit.then(
    (code) => ended.abort(code),
    (fault) => ended.abort(fault),
  );
  try {
    await untilReady(connection, READY_WITHIN_MS[plan.how], ended.signal);
  } catch (fault) {
    if (!ended.signal.aborted) {
      await stopSupervisor(supervisor, exit);
      throw new Neo4jUnavailable(
        `Le Neo4j de Trame n’a pas répondu en ${READY_WITHIN_MS[plan.how] / 60_000} min : sur une machine chargée, recommencez ; sinon voyez ${consoleLog(folder)}.\nTrame’s own Neo4j did not answer in that time: on a busy machine try again; else see that file. (${(fault as Error).message})`,
      );
    }
    if (ended.signal.reason === TAKEN) return 'taken';
    throw whyEnded(folder, ended.signal.reason);
  }
  supervisor.unref();
  return { connection, stop: () => stopSupervisor(supervisor, exit) };
}

function spawnSupervisor(folder: string, plan: ServerPlan, tied: boolean): ChildProcess {
  const supervisor = spawn(process.execPath, [SUPERVISOR, stateFile(folder)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  const line = JSON.stringify({ ...plan, tied, parentPid: process.pid, consoleLog: consoleLog(folder) });
  supervisor.stdin.on('error', () => undefined); // the exit code tells why it went away
  if (tied) supervisor.stdin.write(`${line}\n`);
  else supervisor.stdin.end(`${line}\n`);
  // The open pipe is the tie; it must not keep this process from ending.
  (supervisor.stdin as unknown as { unref(): void }).unref();
  return supervisor;
}

async function stopSupervisor(supervisor: ChildProcess, exit: Promise<number>): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  supervisor.ref();
  supervisor.stdin?.end();
  supervisor.kill('SIGTERM');
  const late = new AbortController();
  const outcome = await Promise.race([
    exit.then(() => 'ended' as const),
    wait(STOP_WITHIN_MS, 'late' as const, { signal: late.signal }).catch(() => 'ended' as const),
  ]);
  late.abort();
  if (outcome === 'late') {
    throw new Neo4jUnavailable(`Neo4j does not stop (supervisor ${supervisor.pid}): end that process by hand.`);
  }
}

function whyEnded(folder: string, reason: unknown): ServerEnded {
  const log = readLog(folder);
  const spoken = log.split('\n').filter((line) => line.trim() !== '' && !STACK_LINE.test(line));
  const last = spoken.slice(-LAST_LINES).join('\n');
  if (/FileLockException|StoreLockException/.test(log)) {
    return new ServerEnded(
      `Another Neo4j already uses this folder: ${folder}. Stop it (trame db stop, or the command that started it), or use another TRAME_HOME.`,
      false,
    );
  }
  if (/The container name .* is already in use/.test(log)) {
    return new ServerEnded(`A container of this home is still there: docker rm -f it, then try again.\n${last}`, false);
  }
  const portTaken = /Address already in use|BindException|port is already allocated/.test(log);
  return new ServerEnded(
    `Neo4j ended while it was starting (${reason}) in ${folder}. Its last lines (all in ${consoleLog(folder)}):\n${last}`,
    portTaken,
  );
}

function consoleLog(folder: string): string {
  return join(folder, 'console.log');
}

function readLog(folder: string): string {
  try {
    return readFileSync(consoleLog(folder), 'utf8');
  } catch {
    return '';
  }
}

/** A port that was free a moment ago: Neo4j with port 0 would not tell which one it took. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
