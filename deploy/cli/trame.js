#!/usr/bin/env node
// The command `trame`: does the set-up where it is needed, then hands over to main.ts under Node 24.
// Plain JavaScript for Node 20 or more, so that it runs on a fresh clone, by npx, or installed as a package.

import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureDependencies, environment, isInstalledPackage, node24Path, SetupProblem } from '../setup/setup.js';

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * V8 is in no hurry to collect where there is much memory. A harvester makes and drops records all day: with these it stays at a
 * third of the memory, for a tenth more processor time.
 */
const LEAN = ['--max-semi-space-size=8', '--heap-growing-percent=50'];
const HARVESTING = new Set(['harvest', 'work', 'demo', 'bench', 'replay', 'rebuild', 'restore']);
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Ctrl-C reaches this process twice under npm, from the terminal and from npm: within this time it counts once. */
const SAME_SIGNAL_WITHIN_MS = 300;
const LOOK_FOR_NPM_EVERY_MS = 500;

try {
  await ensureDependencies((line) => console.error(line));
  process.exitCode = await handOver(node24Path(), process.argv.slice(2));
} catch (problem) {
  if (!(problem instanceof SetupProblem)) throw problem;
  console.error(problem.message);
  process.exitCode = 1;
}

/** Resolves with the command's exit code; one that a signal ended gives 128 and the signal's number, as shells do. */
function handOver(node, args) {
  const options = [...(HARVESTING.has(args[0]) ? LEAN : []), '--import', fileUrl('tie.js')];
  // There Node strips no types; the function that does it in its place is still called experimental.
  if (isInstalledPackage())
    options.push('--disable-warning=ExperimentalWarning', '--import', fileUrl('strip-types.js'));
  const child = spawn(node, [...options, join(HERE, 'main.ts'), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // What Node compiled is kept: it starts in two thirds of the time. Libraries leave out what only helps while one programs.
    env: {
      NODE_COMPILE_CACHE: join(HERE, '..', '..', 'node_modules', '.cache', 'trame'),
      NODE_ENV: 'production',
      ...environment(),
    },
    // A group of its own: the terminal's Ctrl-C comes to it once, through this process. (On Windows that would open a window.)
    detached: process.platform !== 'win32',
  });
  forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function fileUrl(name) {
  return pathToFileURL(join(HERE, name)).href;
}

function forwardSignals(child) {
  let last = { signal: '', at: 0 };
  const forward = (signal) => {
    const at = performance.now();
    const again = signal === last.signal && at - last.at < SAME_SIGNAL_WITHIN_MS;
    last = { signal, at };
    if (!again && process.platform !== 'win32') child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, () => forward(signal));
  process.on('SIGWINCH', () => child.kill('SIGWINCH'));
  if (process.env.npm_lifecycle_event) whenNpmIsGone(() => forward('SIGTERM'));
}

/**
 * npm may be killed without a word, and its shell then stays: looks whether both still live.
 * Only under npm: `nohup trame work &` is to outlive its terminal.
 */
function whenNpmIsGone(end) {
  const parent = process.ppid;
  const npm = npmAbove(parent);
  const look = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(look);
    end();
  }, LOOK_FOR_NPM_EVERY_MS);
  look.unref();
}

/** The pid of npm: our parent, or its parent where a shell stands between. */
function npmAbove(parent) {
  const { status, stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], {
    encoding: 'utf8',
    timeout: 5_000,
  });
  const [, grandparent, name] = (status === 0 && /^\s*(\d+)\s+(\S+)/.exec(stdout)) || [];
  return name !== undefined && /(^|\/)-?(ba|da|z|k)?sh$/.test(name) ? Number(grandparent) : parent;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}
