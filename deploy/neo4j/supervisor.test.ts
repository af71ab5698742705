import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServerPlan } from './embedded.ts';
import { endRunning, isOurs, type RunState, runningIn, stateFile } from './state.ts';

// The supervisor and its state file with a small process in Neo4j's place: what happens to processes is the same, in milliseconds.
const SUPERVISOR = join(import.meta.dirname, 'supervisor.js');
const WITHIN_MS = 5_000;
const STAYS = 'setInterval(() => undefined, 1000)';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trame-supervisor-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    await exitOf(child);
  }
  rmSync(folder, { recursive: true, force: true });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends its server on %s and tidies its state', async (signal) => {
  const supervisor = supervise({});
  const state = await started();
  supervisor.kill(signal);
  await exitOf(supervisor);
  expect(lives(state)).toBe(false);
  expect(existsSync(stateFile(folder))).toBe(false);
});

test('ends its server when the pipe from its parent ends', async () => {
  const supervisor = supervise({ tied: true });
  const state = await started();
  supervisor.stdin?.end();
  await exitOf(supervisor);
  expect(lives(state)).toBe(false);
});

test('in the background the pipe does not matter', async () => {
  const supervisor = supervise({ tied: false });
  supervisor.stdin?.end();
  const state = await started();
  await wait(200);
  expect(lives(state)).toBe(true);
  await endRunning(folder, state);
  expect(lives(state)).toBe(false);
  expect(await runningIn(folder)).toBeUndefined();
});

test('a second one leaves the first alone: 75', async () => {
  supervise({});
  const state = await started();
  expect(await exitOf(supervise({}))).toBe(75);
  expect(await runningIn(folder)).toEqual(state);
  expect(lives(state)).toBe(true);
});

test('gives the exit code of a server that ends by itself, and keeps what it said', async () => {
  expect(await exitOf(supervise({ script: 'console.log("no more room"); process.exit(3)' }))).toBe(3);
  expect(readFileSync(join(folder, 'console.log'), 'utf8')).toContain('no more room');
  expect(existsSync(stateFile(folder))).toBe(false);
});

test('a step before the server that fails keeps the server from starting: 70; its secret file is gone', async () => {
  const secret = join(folder, 'secret');
  const before = [{ command: process.execPath, args: ['-e', readAndFail(secret)], env: {} }];
  const code = await exitOf(supervise({ before, files: [{ path: secret, text: 'hush', once: true }] }));
  expect(code).toBe(70);
  expect(readFileSync(join(folder, 'console.log'), 'utf8')).toContain('read hush');
  expect(existsSync(secret)).toBe(false);
});

test('a command that cannot be run is told in the log: 127', async () => {
  expect(await exitOf(supervise({ command: join(folder, 'no-such-program') }))).toBe(127);
  expect(readFileSync(join(folder, 'console.log'), 'utf8')).toContain('ENOENT');
});

test('a state file whose pids now belong to others is left over and removed', async () => {
  writeFileSync(
    stateFile(folder),
    JSON.stringify({ ...someState(), supervisorPid: process.pid, serverPid: process.ppid }),
  );
  expect(await runningIn(folder)).toBeUndefined();
  expect(existsSync(stateFile(folder))).toBe(false);
});

test('a state file that cannot be read is left over and removed', async () => {
  writeFileSync(stateFile(folder), '{"how":"embed');
  expect(await runningIn(folder)).toBeUndefined();
  expect(existsSync(stateFile(folder))).toBe(false);
});

test.each([
  { tied: true, fate: 'is ended' },
  { tied: false, fate: 'is still known' },
])('a server that outlives its killed supervisor $fate (tied: $tied)', async ({ tied }) => {
  const supervisor = supervise({ tied });
  const state = await started();
  supervisor.kill('SIGKILL');
  await exitOf(supervisor);
  expect(lives(state)).toBe(true);
  expect(await runningIn(folder)).toEqual(tied ? undefined : state);
  expect(lives(state)).toBe(!tied);
  await endRunning(folder, state);
  expect(lives(state)).toBe(false);
});

function supervise(how: { tied?: boolean; script?: string; command?: string } & Partial<ServerPlan>): ChildProcess {
  const { tied = true, script = STAYS, command = process.execPath, ...rest } = how;
  const mark = `mark-${folder}`;
  const plan = { how: 'embedded', files: [], before: [], port: 7687, mark, ...rest };
  const supervisor = spawn(process.execPath, [SUPERVISOR, stateFile(folder)], { stdio: ['pipe', 'ignore', 'inherit'] });
  const server = { command, args: ['-e', script, mark], env: {} };
  const told = { ...plan, server, tied, parentPid: process.pid, consoleLog: join(folder, 'console.log') };
  supervisor.stdin.write(`${JSON.stringify(told)}\n`);
  children.push(supervisor);
  return supervisor;
}

async function started(): Promise<RunState> {
  const end = performance.now() + WITHIN_MS;
  for (;;) {
    const state = existsSync(stateFile(folder)) ? await runningIn(folder) : undefined;
    if (state?.serverPid !== undefined && lives(state)) return state;
    if (performance.now() > end) throw new Error('the server was not started in time');
    await wait(20);
  }
}

function lives(state: RunState): boolean {
  return state.serverPid !== undefined && isOurs(state.serverPid, state.mark);
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function readAndFail(path: string): string {
  return `console.log('read ' + require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8')); process.exit(1)`;
}

function someState(): RunState {
  const started = new Date().toISOString();
  return {
    how: 'embedded',
    supervisorPid: 1,
    parentPid: 1,
    tied: false,
    port: 1,
    started,
    mark: '--home-dir=/elsewhere',
  };
}
