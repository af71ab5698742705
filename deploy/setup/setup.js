// Makes a fresh clone able to run: the packages of package-lock.json, and Node 24 among them.
// Plain JavaScript for Node 20 or more, with nothing from node_modules: it runs before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const NODE_AT_LEAST = 24;
const NPM_TIMEOUT_MS = 20 * 60_000;
const HEARTBEAT_MS = 10_000;
const LOCK_WAIT_MS = 25 * 60_000;

/** What is in the way, told in one line with its remedy; printed without a stack. */
export class SetupProblem extends Error {}

/** True where this project is itself a package in somebody's node_modules: npm has then installed what it needs. */
export function isInstalledPackage(root = ROOT) {
  return root.split(sep).includes('node_modules');
}

/**
 * Runs `npm ci` where node_modules is absent or older than package-lock.json, and remembers for which lock file it did.
 * Two set-ups in one folder wait for each other.
 * @param {(line: string) => void} tell takes lines for a person
 * @throws {SetupProblem}
 */
export async function ensureDependencies(tell, root = ROOT) {
  if (isInstalledPackage(root) || dependenciesAreFresh(root)) return;
  const release = await takeLock(root, tell);
  try {
    if (dependenciesAreFresh(root)) return;
    tell('Installation des dépendances (npm ci, 1 à 2 minutes) / installing dependencies…');
    await npmCi(root, tell);
    writeFileSync(markerPath(root), JSON.stringify({ lock: lockHash(root) }));
    tell('Dépendances installées / dependencies installed');
  } finally {
    release();
  }
}

/**
 * True when node_modules stands for this package-lock.json: by the marker of an earlier set-up, or because npm wrote it after.
 * A set-up that was cut off leaves neither.
 */
export function dependenciesAreFresh(root = ROOT) {
  const marker = markerPath(root);
  if (existsSync(marker)) {
    try {
      if (JSON.parse(readFileSync(marker, 'utf8')).lock === lockHash(root)) return true;
    } catch {
      // A marker that cannot be read counts as none.
    }
  }
  const npmWrote = join(root, 'node_modules', '.package-lock.json');
  return existsSync(npmWrote) && statSync(npmWrote).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/**
 * The Node 24 to run everything with: this one where it is new enough, else the one that npm installed.
 * @throws {SetupProblem} where npm was told to run no install scripts, so that none arrived
 */
export function node24Path(root = ROOT, running = process) {
  if (major(running.version) >= NODE_AT_LEAST) return running.execPath;
  const installed = installedNode(root);
  if (installed !== undefined && major(versionOf(installed)) >= NODE_AT_LEAST) return installed;
  throw new SetupProblem(
    'Node 24 manque (npm ne lance pas les scripts d’installation ?) / Node 24 is missing (are npm install scripts off?): npm rebuild node --ignore-scripts=false --foreground-scripts, ou installez / or install Node 24.',
  );
}

/** The environment for what Node 24 runs: programs of node_modules first, so that `node` is 24 there too. */
export function environment(root = ROOT, env = process.env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...env, [name]: [join(root, 'node_modules', '.bin'), env[name] ?? ''].join(separator) };
}

function installedNode(root) {
  try {
    const folder = dirname(createRequire(join(root, 'package.json')).resolve('node/package.json'));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout ?? '';
}

function major(version) {
  return Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
}

function markerPath(root) {
  return join(root, 'node_modules', '.trame-setup.json');
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

async function npmCi(root, tell) {
  const start = performance.now();
  const modules = join(root, 'node_modules');
  const beat = setInterval(() => {
    const packages = existsSync(modules) ? readdirSync(modules).length : 0;
    tell(`… npm ci : ${Math.round((performance.now() - start) / 1000)} s, ${packages} paquets / packages`);
  }, HEARTBEAT_MS);
  try {
    const outcome = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], root);
    if (outcome === 0) return;
    throw new SetupProblem(
      `npm ci a échoué / failed (${outcome}) : vérifiez le réseau et les lignes ci-dessus / check the network and the lines above, then run this again.`,
    );
  } finally {
    clearInterval(beat);
  }
}

/** Resolves with the exit code, or with what kept npm from running. What npm says goes to standard error. */
function runNpm(args, cwd) {
  const cli = process.env.npm_execpath;
  const [command, first, shell] =
    cli !== undefined && /npm-cli\.c?js$/.test(cli)
      ? [process.execPath, [cli], false]
      : ['npm', [], process.platform === 'win32'];
  const npm = spawn(command, [...first, ...args], { cwd, stdio: ['ignore', 2, 2], timeout: NPM_TIMEOUT_MS, shell });
  return new Promise((resolve) => {
    npm.once('error', (fault) => resolve(fault.message));
    npm.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

/** A file with our pid, made exclusively; one whose process is gone is left over. Gives back how to release it. */
async function takeLock(root, tell) {
  const path = join(root, '.trame', 'setup.lock');
  mkdirSync(dirname(path), { recursive: true });
  const end = performance.now() + LOCK_WAIT_MS;
  for (let told = false; ; told = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault;
    }
    const holder = holderOf(path);
    if (holder === undefined) rmSync(path, { force: true });
    else if (performance.now() > end)
      throw new SetupProblem(`Une autre installation dure / another set-up (${holder}) does not end.`);
    else if (!told) tell(`Une autre installation est en cours / another set-up is under way (${holder})…`);
    await wait(500);
  }
}

function holderOf(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (fault) {
    return fault.code === 'EPERM' ? 'autre utilisateur / another user' : undefined;
  }
}
