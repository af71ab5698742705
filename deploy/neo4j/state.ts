import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** What supervisor.js writes down about the Neo4j that it looks after; `serverPid` comes once the server is spawned. */
const runState = z.object({
  how: z.enum(['container', 'embedded']),
  supervisorPid: z.int().positive(),
  serverPid: z.int().positive().optional(),
  /** The command that asked for it; it ends with that command where `tied`. */
  parentPid: z.int().positive(),
  tied: z.boolean(),
  port: z.int().positive(),
  /** ISO date and time. */
  started: z.string(),
  /** A text that stands on the server's command line, so that its pid can be told from a reused one. */
  mark: z.string().min(1),
});

export type RunState = z.infer<typeof runState>;

/** The state file of the Neo4j whose folder this is. */
export function stateFile(folder: string): string {
  return join(folder, 'state.json');
}

/** `password` stays out of the state: it has a file of its own, mode 0600. */
export function passwordFile(folder: string): string {
  return join(folder, 'password');
}

/**
 * What runs in this folder, or undefined. A state file whose processes are gone is removed on the way; a tied server that
 * outlived its supervisor (killed by hand) is ended first, as nobody would end it any more.
 */
export async function runningIn(folder: string): Promise<RunState | undefined> {
  const state = await readState(folder);
  if (state === undefined) return undefined;
  const supervised = isOurs(state.supervisorPid, stateFile(folder));
  if (supervised) return state;
  const serving = state.serverPid !== undefined && isOurs(state.serverPid, state.mark);
  if (serving && !state.tied) return state;
  if (serving && state.serverPid !== undefined) await endProcess(state.serverPid, state.mark);
  if (sameState(await readState(folder), state)) rmSync(stateFile(folder), { force: true });
  return undefined;
}

/** Stops what the state names: the supervisor, which ends its server; then the server where the supervisor is gone. */
export async function endRunning(folder: string, state: RunState): Promise<void> {
  await endProcess(state.supervisorPid, stateFile(folder));
  if (state.serverPid !== undefined) await endProcess(state.serverPid, state.mark);
  if (sameState(await readState(folder), state)) rmSync(stateFile(folder), { force: true });
}

/** True when this pid lives and its command line holds `mark`: a pid alone may have been reused by anything. */
export function isOurs(pid: number, mark: string): boolean {
  return commandLine(pid).includes(mark);
}

/** True while any process has this pid; whose it is, is another question. */
export function isAlive(pid: number): boolean {
  return commandLine(pid) !== '';
}

const STOP_WITHIN_MS = 30_000;
const KILLED_WITHIN_MS = 10_000;
const STATE_WRITTEN_WITHIN_MS = 1_000;

/** TERM, then KILL after 30 s; only while the process is ours. */
async function endProcess(pid: number, mark: string): Promise<void> {
  const killAt = performance.now() + STOP_WITHIN_MS;
  signalIfOurs(pid, mark, 'SIGTERM');
  while (isOurs(pid, mark)) {
    if (performance.now() > killAt) signalIfOurs(pid, mark, 'SIGKILL');
    if (performance.now() > killAt + KILLED_WITHIN_MS)
      throw new Error(`Process ${pid} (${mark}) does not end, even by KILL: end it by hand.`);
    await wait(50);
  }
}

function signalIfOurs(pid: number, mark: string, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!isOurs(pid, mark)) return;
  try {
    process.kill(pid, signal);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault;
  }
}

/** The file may be seen while it is being written: an unreadable one is read again for a second, then counts as left over. */
async function readState(folder: string): Promise<RunState | undefined> {
  const end = performance.now() + STATE_WRITTEN_WITHIN_MS;
  for (;;) {
    const text = readIfThere(stateFile(folder));
    if (text === undefined) return undefined;
    const state = runState.safeParse(parseJson(text));
    if (state.success) return state.data;
    if (performance.now() > end) {
      rmSync(stateFile(folder), { force: true });
      return undefined;
    }
    await wait(50);
  }
}

function sameState(left: RunState | undefined, right: RunState): boolean {
  return left?.supervisorPid === right.supervisorPid && left.started === right.started;
}

/** The command line of a living process, or the empty text. A zombie has none, so it counts as dead. */
function commandLine(pid: number): string {
  if (process.platform === 'linux') return (readIfThere(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
  const [command, ...options] =
    process.platform === 'win32'
      ? [
          'powershell',
          '-NoProfile',
          '-Command',
          `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
        ]
      : ['ps', '-ww', '-o', 'command=', '-p', String(pid)];
  try {
    return execFileSync(command as string, options, {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw fault;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
