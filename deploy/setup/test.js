// What `npm test` runs: the set-up, then types, lint, all tests on a real Neo4j, and the samples where they are at hand.
// Every step runs, whatever the one before it gave. The last line is `N passed, N failed`.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { countJson, countLines } from './count.js';
import { lackingForNeo4j } from './machine.js';
import { ensureDependencies, environment, node24Path, ROOT, SetupProblem } from './setup.js';

const MINUTE_MS = 60_000;
const total = { passed: 0, failed: 0 };

try {
  step('installation / set-up');
  await ensureDependencies(console.log);
  const node = node24Path();
  const lacking = await lackingForNeo4j();
  if (lacking) console.log(lacking);
  await runAll(node);
} catch (problem) {
  if (!(problem instanceof SetupProblem)) throw problem;
  console.log(problem.message);
  total.failed += 1;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runAll(node) {
  step('types (tsc)');
  add(asOneCheck(await run(node, [program('typescript', 'bin/tsc')], 10 * MINUTE_MS)));
  step('lint (biome)');
  add(asOneCheck(await run(node, [program('@biomejs/biome', 'bin/biome'), 'check', '.'], 5 * MINUTE_MS)));
  step('tests (vitest)');
  add(await runVitest(node));
  const samples = join(ROOT, 'deploy', 'setup', 'samples.ts');
  if (existsSync(join(ROOT, '..', 'shared', 'samples')) && existsSync(samples)) {
    step('échantillons / samples');
    const lines = [];
    add(countLines(lines, await run(node, [samples], 30 * MINUTE_MS, lines)));
  }
}

async function runVitest(node) {
  const folder = mkdtempSync(join(tmpdir(), 'trame-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await run(node, [program('vitest', 'vitest.mjs'), 'run', ...reporters], 45 * MINUTE_MS);
    return countJson(existsSync(report) ? readFileSync(report, 'utf8') : '', code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program under Node 24 and resolves with its exit code; its lines are shown, and kept where `lines` is given. */
function run(node, args, timeout, lines) {
  const stdio = ['ignore', lines ? 'pipe' : 'inherit', 'inherit'];
  const child = spawn(node, args, { cwd: ROOT, stdio, env: environment(), timeout });
  if (lines) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      lines.push(line);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (fault) => {
      console.log(fault.message);
      resolve(1);
    });
    child.once('close', (code, signal) => {
      if (signal) console.log(`Arrêté par / stopped by ${signal} (limite / limit: ${timeout / MINUTE_MS} min)`);
      resolve(code ?? 1);
    });
  });
}

function program(name, path) {
  return join(ROOT, 'node_modules', name, path);
}

function asOneCheck(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  console.log(`→ ${passed} passed, ${failed} failed (cette étape / this step)`);
}

function step(title) {
  console.log(`\n── ${title}`);
}
