// Looks after one Neo4j, so that it never outlives the command that asked for it, whatever kills that command.
//
// Run as `node supervisor.js STATE_FILE`, detached (so that Ctrl-C in the terminal does not reach the server before the
// last commit). The first line of standard input is the plan, as JSON (see launch.ts): by pipe, as its environment may hold
// a password that a command line would show. Where the plan is `tied`, the end of standard input means that the parent is
// gone: the server is ended with TERM, and with KILL after a bound. Plain JavaScript: it starts quickly and imports nothing.
//
// Exit codes: 75 when another Neo4j already has this state file, 70 when a step before the server fails, else the server's.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const TAKEN = 75;
const PREPARATION_FAILED = 70;
const KILL_AFTER_MS = 20_000;

const stateFile = process.argv[2];
let current;
let stopping = false;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

const plan = JSON.parse(await firstLine(process.stdin));
if (plan.tied) process.stdin.on('close', stop);
process.stdin.resume();

const state = {
  how: plan.how,
  supervisorPid: process.pid,
  parentPid: plan.parentPid,
  tied: plan.tied,
  port: plan.port,
  started: new Date().toISOString(),
  mark: plan.mark,
};
takeStateFile();

for (const { path, text } of plan.files) writeFileSync(path, text, { mode: 0o600 });
const log = openSync(plan.consoleLog, 'w', 0o600);
for (const step of plan.before) {
  if (stopping) leave(0);
  const code = await ended(run(step));
  if (code !== 0) leave(stopping ? 0 : PREPARATION_FAILED);
}
discardSecrets();
if (stopping) leave(0);
const server = run(plan.server);
writeState({ ...state, serverPid: server.pid });
const code = await ended(server);
closeSync(log);
leave(code);

function run({ command, args, env }) {
  current = spawn(command, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env }, windowsHide: true });
  return current;
}

/** Resolves with the exit code; a command that cannot be started counts as 127, with the reason in the log. */
function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (fault) => {
      writeFileSync(log, `${fault.message}\n`);
      resolve(127);
    });
    child.once('exit', (exitCode) => resolve(exitCode ?? (stopping ? 0 : 1)));
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  current?.kill('SIGTERM');
  setTimeout(() => current?.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

/** `wx` makes the state file the lock: of two that start at once, one goes on. */
function takeStateFile() {
  try {
    writeFileSync(stateFile, JSON.stringify(state), { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    process.exit(fault.code === 'EEXIST' ? TAKEN : PREPARATION_FAILED);
  }
}

function writeState(next) {
  const draft = `${stateFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(next), { mode: 0o600 });
  renameSync(draft, stateFile);
}

function discardSecrets() {
  for (const { path, once } of plan.files) if (once) rmSync(path, { force: true });
}

function leave(exitCode) {
  discardSecrets();
  try {
    if (JSON.parse(readFileSync(stateFile, 'utf8')).supervisorPid === process.pid) rmSync(stateFile, { force: true });
  } catch {
    // The folder went away with its state file: nothing is left to tidy.
  }
  process.exit(exitCode);
}

function firstLine(stream) {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', function collect(part) {
      text += part;
      if (!text.includes('\n')) return;
      stream.off('data', collect);
      resolve(text.slice(0, text.indexOf('\n')));
    });
    stream.once('close', () => (text.includes('\n') ? undefined : process.exit(PREPARATION_FAILED)));
  });
}
