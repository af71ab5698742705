import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countJson, countLines } from './count.js';
import { dependenciesAreFresh, ensureDependencies, environment, node24Path, ROOT } from './setup.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trame-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('dependencies', () => {
  test('are installed once, by npm ci, and remembered for this lock file', { timeout: 60_000 }, async () => {
    const told: string[] = [];
    writePackage('0.0.1');
    expect(dependenciesAreFresh(folder)).toBe(false);
    await ensureDependencies((line) => told.push(line), folder);
    expect(told).toEqual([expect.stringMatching(/npm ci/), expect.stringMatching(/installed/)]);
    // A checkout touches the file: the hash tells that it is the same.
    utimesSync(join(folder, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
    await ensureDependencies((line) => told.push(line), folder);
    expect(told).toHaveLength(2);

    writePackage('0.0.2', Date.now() + 120_000);
    expect(dependenciesAreFresh(folder)).toBe(false);
  });

  test('that do not fit the lock file are an error with its remedy', { timeout: 60_000 }, async () => {
    writePackage('0.0.1');
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'outer', dependencies: { other: 'file:nowhere' } }),
    );
    await expect(ensureDependencies(() => undefined, folder)).rejects.toThrow(/npm ci .*failed/);
    expect(dependenciesAreFresh(folder)).toBe(false);
  });
});

describe('Node 24', () => {
  test('is this one where it is new enough', () => {
    expect(node24Path(folder, { version: 'v26.1.0', execPath: '/opt/node' })).toBe('/opt/node');
  });

  test('is else the one that npm installed', () => {
    expect(versionOf(node24Path(ROOT, { version: 'v20.1.0', execPath: '/opt/node' }))).toMatch(/^v24\./);
  });

  test('lacks where npm runs no scripts: the remedy is told in one line', () => {
    mkdirSync(join(folder, 'node_modules', 'node'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', 'node', 'package.json'), '{"name":"node"}');
    const find = () => node24Path(folder, { version: 'v20.1.0', execPath: '/opt/node' });
    expect(find).toThrow(/Node 24 is missing.*npm rebuild node/);
  });
});

describe('the launcher', () => {
  test('gives arguments to the command and its exit code back', () => {
    copyLauncher(folder, 'console.log(process.argv.slice(2).join("+")); process.exitCode = 3;');
    const { status, stdout } = spawnSync(process.execPath, [launcher(folder), 'a', 'b c'], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual([3, 'a+b c']);
  });

  test('strips types where it is installed as a package', () => {
    const root = join(folder, 'node_modules', 'trame');
    copyLauncher(root, "import { twice } from '#deploy/cli/twice.ts'; const n: number = 21; console.log(twice(n));");
    writeFileSync(join(root, 'deploy', 'cli', 'twice.ts'), 'export const twice = (n: number): number => 2 * n;');
    const { stdout, stderr } = spawnSync(process.execPath, [launcher(root)], { encoding: 'utf8' });
    expect(stdout.trim(), stderr).toBe('42');
    expect(stderr).toBe('');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on, twice at once counting once', async (signal) => {
    const { launched, lines, done } = await launch(SAYS_SIGNALS);
    launched.kill(signal);
    launched.kill(signal);
    expect(await done).toBe(7);
    expect(lines).toEqual(['ready', signal]);
  });

  test('takes the command with it when it is killed', async () => {
    const { launched, lines, done } = await launch(SAYS_SIGNALS);
    launched.kill('SIGKILL');
    await done;
    expect(lines).toEqual(['ready', 'SIGTERM']);
  });

  test('ends in order when npm is killed, its shell staying', { timeout: 15_000 }, async () => {
    const npm = "require('node:child_process').spawn('sh', ['-c', process.argv[1] + '; true'], { stdio: 'inherit' })";
    copyLauncher(folder, SAYS_SIGNALS);
    const line = `'${process.execPath}' '${launcher(folder)}'`;
    const env = { ...process.env, npm_lifecycle_event: 'demo' };
    const { launched, lines, done } = await read(
      spawn(process.execPath, ['-e', npm, line], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    await wait(300);
    launched.kill('SIGKILL');
    await done;
    expect(lines).toEqual(['ready', 'SIGTERM']);
  });
});

describe('counting', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  });
  const report = (numPassedTests: number, numFailedTests: number, ...testResults: object[]) =>
    JSON.stringify({ numPassedTests, numFailedTests, testResults });

  test('takes vitest at its word, and a file that does not load as a failure', () => {
    expect(countJson(report(5, 0, file('passed', 'passed')), 0)).toEqual({ passed: 5, failed: 0 });
    expect(countJson(report(5, 1, file('failed', 'failed')), 1)).toEqual({ passed: 5, failed: 1 });
    expect(countJson(report(5, 0, file('failed')), 1)).toEqual({ passed: 5, failed: 1 });
  });

  test('never makes a success of a failed program', () => {
    expect(countJson(report(5, 0, file('passed', 'passed')), 1)).toEqual({ passed: 5, failed: 1 });
    expect(countJson('', 0)).toEqual({ passed: 0, failed: 1 });
    expect(countLines(['ok a', 'ok b'], 1)).toEqual({ passed: 2, failed: 1 });
  });

  test('counts lines that begin with ok or not ok', () => {
    expect(countLines(['ok lido', 'okay?', 'not ok pop: 2 lost', '  ok'], 1)).toEqual({ passed: 1, failed: 1 });
  });
});

test('programs of node_modules come first for what Node 24 runs', () => {
  expect(environment('/project', { PATH: '/bin' })['PATH']).toMatch(/^\/project.node_modules.\.bin[:;]\/bin$/);
});

const SAYS_SIGNALS = `
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {
    console.log(name);
    setTimeout(() => process.exit(7), 400);
  });
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

/** The launcher and what it needs, with a small command in place of main.ts. */
function copyLauncher(root: string, main: string): void {
  for (const path of [
    'deploy/cli/trame.js',
    'deploy/cli/tie.js',
    'deploy/cli/strip-types.js',
    'deploy/setup/setup.js',
  ]) {
    cpSync(join(ROOT, path), join(root, path));
  }
  const imports = { '#deploy/*': './deploy/*' };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'trame', type: 'module', imports }));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  utimesSync(join(root, 'package-lock.json'), new Date(0), new Date(0));
  writeFileSync(join(root, 'deploy', 'cli', 'main.ts'), main);
}

function launcher(root: string): string {
  return join(root, 'deploy', 'cli', 'trame.js');
}

function launch(main: string) {
  copyLauncher(folder, main);
  return read(spawn(process.execPath, [launcher(folder)], { stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** Comes back at the first line; `done` resolves when the last process that holds the output is gone. */
async function read(launched: ChildProcess & { stdout: NodeJS.ReadableStream }) {
  const lines: string[] = [];
  const done = new Promise<number | null>((resolve) => launched.once('close', (code) => resolve(code)));
  const reader = createInterface({ input: launched.stdout });
  await new Promise<void>((resolve) => {
    reader.on('line', (line) => {
      lines.push(line);
      resolve();
    });
    reader.once('close', resolve);
  });
  return { launched, lines, done };
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' });
}

/** A package with one dependency, which is a folder beside it: npm installs it without a network. */
function writePackage(version: string, modifiedMs = Date.now()): void {
  const about = { name: 'outer', version, dependencies: { inner: 'file:inner' } };
  const inner = { name: 'inner', version };
  mkdirSync(join(folder, 'inner'), { recursive: true });
  writeFileSync(join(folder, 'inner', 'package.json'), JSON.stringify(inner));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  const packages = { '': about, inner, 'node_modules/inner': { resolved: 'inner', link: true } };
  const lock = { name: 'outer', version, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  utimesSync(join(folder, 'package-lock.json'), new Date(modifiedMs), new Date(modifiedMs));
}
