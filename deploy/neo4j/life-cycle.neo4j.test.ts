import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { homeForTests } from '#deploy/setup/neo4j-for-tests.ts';
import { startBackground, status, stopBackground } from './background.ts';
import { driverFor, type Neo4jConnection, untilReady } from './connection.ts';
import { ensureJars } from './jars.ts';
import { dataFolder, openNeo4j } from './open.ts';
import { isOurs, type RunState, runningIn, stateFile } from './state.ts';

// The embedded Neo4j, for real: each test starts and ends processes. No engine and no given database may stand in for it here.
const WITHOUT = ['NEO4J_URI', 'DOCKER_HOST'] as const;
const GONE_WITHIN_MS = 8_000;

let home: string;
const before = WITHOUT.map((name) => process.env[name]);
const children: ChildProcess[] = [];

beforeAll(async () => {
  for (const name of WITHOUT) delete process.env[name];
  process.env['DOCKER_HOST'] = 'unix:///nowhere/docker.sock';
  home = mkdtempSync(join(tmpdir(), 'trame-neo4j-'));
  await ensureJars(homeForTests(), () => undefined);
  symlinkSync(join(homeForTests(), 'neo4j-lib'), join(home, 'neo4j-lib'));
}, 300_000);

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await until(async () => (await runningIn(dataFolder(home))) === undefined);
});

afterAll(() => {
  WITHOUT.forEach((name, index) => {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  });
  rmSync(home, { recursive: true, force: true });
});

describe('the embedded Neo4j', () => {
  test('starts, answers, keeps its data and its password, and is gone after stop', { timeout: 90_000 }, async () => {
    const first = await openNeo4j({ home, purpose: 'data', shortLived: true });
    expect(first).toMatchObject({ how: 'embedded', fresh: true });
    expect(first.connection.uri).toMatch(/^bolt:\/\/127\.0\.0\.1:\d+$/);
    expect(first.describe()).not.toContain(first.connection.password);
    expect(await query(first.connection, 'CREATE (n:Kept) RETURN 1 AS one')).toBe(1);
    const state = (await runningIn(dataFolder(home))) as RunState;
    for (const name of ['password', 'state.json']) {
      expect(statSync(join(dataFolder(home), name)).mode & 0o777, name).toBe(0o600);
    }
    expect(existsSync(join(dataFolder(home), 'conf', 'first-password'))).toBe(false);
    await first.stop();
    expect(serverLives(state)).toBe(false);
    expect(await status(home)).toMatchObject({ state: 'stopped' });

    const second = await openNeo4j({ home, purpose: 'data', shortLived: true });
    expect(second).toMatchObject({ how: 'embedded', fresh: false });
    expect(second.connection.password).toBe(first.connection.password);
    await second.stop();
  });

  test('is gone within seconds when its parent is killed', { timeout: 60_000 }, async () => {
    const { child, state } = await openInChild();
    expect(serverLives(state)).toBe(true);
    child.kill('SIGKILL');
    await until(() => !serverLives(state));
    await until(async () => (await runningIn(dataFolder(home))) === undefined);
  });

  test('is used by a second opener with the right password, and left to its owner by db stop', {
    timeout: 60_000,
  }, async () => {
    const { child, connection } = await openInChild();
    const second = await openNeo4j({ home, purpose: 'data', shortLived: true });
    expect(second).toMatchObject({ how: 'running', connection });
    await second.stop();
    expect(await stopBackground(home)).toEqual({ ownedBy: child.pid });
    const wrong = { ...connection, password: 'not-the-password' };
    await expect(untilReady(wrong, 30_000)).rejects.toThrow(/refuses the password of "neo4j"/);
    expect(await status(home)).toMatchObject({ state: 'running', ownerPid: child.pid, uri: connection.uri });
    expect(await query(connection, 'RETURN 1 AS one')).toBe(1);
  });

  test('is started once when two ask at the same moment', { timeout: 90_000 }, async () => {
    const [left, right] = await Promise.all([
      openNeo4j({ home, purpose: 'data', shortLived: true }),
      openNeo4j({ home, purpose: 'data', shortLived: true }),
    ]);
    expect([left.how, right.how].sort()).toEqual(['embedded', 'running']);
    expect(left.connection).toEqual(right.connection);
    await Promise.all([left.stop(), right.stop()]);
  });

  test('says in words that another server has the folder', { timeout: 90_000 }, async () => {
    const running = await openNeo4j({ home, purpose: 'data', shortLived: true });
    const state = (await runningIn(dataFolder(home))) as RunState;
    rmSync(stateFile(dataFolder(home)));
    await expect(openNeo4j({ home, purpose: 'data', shortLived: true })).rejects.toThrow(
      /Another Neo4j already uses this folder/,
    );
    await running.stop();
    expect(serverLives(state)).toBe(false);
  });
});

test('two test runs at once have a Neo4j and a folder each, beside the data', { timeout: 90_000 }, async () => {
  const open = () => openNeo4j({ home, purpose: 'test', shortLived: true });
  const both = await Promise.all([open(), open()]);
  expect(both[0].connection.uri).not.toBe(both[1].connection.uri);
  expect(await runningIn(join(home, 'test-neo4j'))).toBeDefined();
  expect(await runningIn(join(home, 'test-neo4j-2'))).toBeDefined();
  expect(await runningIn(dataFolder(home))).toBeUndefined();
  await Promise.all(both.map((running) => running.stop()));
});

describe('in the background', () => {
  test('start, status, use, stop', { timeout: 90_000 }, async () => {
    const started = await startBackground(home);
    expect(started.how).toBe('embedded');
    const state = (await runningIn(dataFolder(home))) as RunState;
    expect(state.tied).toBe(false);
    expect((await startBackground(home)).how).toBe('running');
    const used = await openNeo4j({ home, purpose: 'data', shortLived: true });
    await used.stop();
    expect(serverLives(state)).toBe(true);
    expect(await stopBackground(home)).toBe('stopped');
    expect(serverLives(state)).toBe(false);
    expect(await stopBackground(home)).toBe('not-running');
  });

  test('a server whose supervisor was killed is still known, and stopped', { timeout: 90_000 }, async () => {
    await startBackground(home);
    const state = (await runningIn(dataFolder(home))) as RunState;
    process.kill(state.supervisorPid, 'SIGKILL');
    await until(() => !isOurs(state.supervisorPid, stateFile(dataFolder(home))));
    expect(await status(home)).toMatchObject({ state: 'running', pid: state.serverPid });
    expect(await stopBackground(home)).toBe('stopped');
    expect(serverLives(state)).toBe(false);
  });
});

async function openInChild(): Promise<{ child: ChildProcess; connection: Neo4jConnection; state: RunState }> {
  const script = join(import.meta.dirname, 'open-for-tests.ts');
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) };
  throw new Error('the child ended before it opened Neo4j');
}

async function query(connection: Neo4jConnection, text: string): Promise<number> {
  const driver = driverFor(connection);
  try {
    const { records } = await driver.executeQuery(text, {}, { database: connection.database });
    return Number(records[0]?.get('one'));
  } finally {
    await driver.close();
  }
}

function serverLives(state: RunState): boolean {
  return state.serverPid !== undefined && isOurs(state.serverPid, state.mark);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + GONE_WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${GONE_WITHIN_MS} ms: ${holds}`);
    await wait(50);
  }
}
