// What this machine has for running a Neo4j. Plain JavaScript: it also runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

const JAVA_AT_LEAST = 17;
const PROBE_TIMEOUT_MS = 20_000;
const ENGINE_TIMEOUT_MS = 1_000;

/**
 * The `java` to use, `JAVA_HOME` first, or undefined where there is none of version 17 or more.
 * @param {NodeJS.ProcessEnv} env
 */
export function javaCommand(env = process.env) {
  const candidates = [env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : undefined, 'java'];
  return candidates.find((java) => java !== undefined && javaVersion(java, env) >= JAVA_AT_LEAST);
}

/** True where `mvn` (Maven) can be run. */
export function hasMaven(env = process.env) {
  return ran('mvn', ['--version'], env).status === 0;
}

/** True where the `docker` command can be run; whether an engine answers it is another question. */
export function hasDockerCommand(env = process.env) {
  return ran('docker', ['--version'], env).status === 0;
}

/**
 * The address of a Docker engine that answers now, or undefined. Asks within a second, and not at all where no socket is.
 * @param {NodeJS.ProcessEnv} env
 */
export async function dockerEngine(env = process.env) {
  for (const address of engineAddresses(env)) if (await answers(address)) return address;
  return undefined;
}

/**
 * What to install so that a Neo4j can be run here, in one line; undefined where nothing lacks.
 * @param {NodeJS.ProcessEnv} env
 */
export async function lackingForNeo4j(env = process.env) {
  if (env.NEO4J_URI) return undefined;
  if (hasDockerCommand(env) && (await dockerEngine(env))) return undefined;
  return lackingForEmbedded(false, env);
}

/**
 * The same where no Docker engine answers.
 * @param {boolean} jarsAreThere then Maven has done its work
 * @param {NodeJS.ProcessEnv} env
 */
export function lackingForEmbedded(jarsAreThere, env = process.env) {
  const missing = [];
  if (javaCommand(env) === undefined) missing.push('Java 17+');
  if (!jarsAreThere && !hasMaven(env)) missing.push('Maven');
  if (missing.length === 0) return undefined;
  const what = missing.join(' and ');
  return `Neo4j cannot be run here: no Docker engine answers, and ${what} cannot be found. Install it (${howToInstall()}), or start Docker, or set NEO4J_URI.`;
}

function howToInstall() {
  if (process.platform === 'darwin') return 'macOS: brew install openjdk@17 maven';
  if (process.platform === 'win32')
    return 'Windows: winget install EclipseAdoptium.Temurin.17.JDK, then choco install maven';
  return 'Debian/Ubuntu: sudo apt-get install openjdk-17-jre-headless maven; Fedora: sudo dnf install java-17-openjdk-headless maven';
}

function javaVersion(java, env) {
  const { stderr, stdout } = ran(java, ['-version'], env);
  const found = /version "(\d+)(?:\.(\d+))?/.exec(`${stderr ?? ''}${stdout ?? ''}`);
  if (!found) return 0;
  return Number(found[1] === '1' ? found[2] : found[1]);
}

function ran(command, args, env) {
  const shell = process.platform === 'win32'; // mvn is a .cmd there
  return spawnSync(command, args, {
    env,
    encoding: 'utf8',
    timeout: PROBE_TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell,
  });
}

function engineAddresses(env) {
  if (env.DOCKER_HOST) return [env.DOCKER_HOST];
  if (process.platform === 'win32') return ['npipe:////./pipe/docker_engine'];
  const sockets = ['/var/run/docker.sock', join(homedir(), '.docker', 'run', 'docker.sock')];
  if (env.XDG_RUNTIME_DIR) sockets.push(join(env.XDG_RUNTIME_DIR, 'docker.sock'));
  return sockets.filter((socket) => existsSync(socket)).map((socket) => `unix://${socket}`);
}

/** `GET /_ping` is what an engine answers without a login. One behind TLS or ssh is left to the docker command itself. */
function answers(address) {
  const where = pingTarget(address);
  if (!where) return Promise.resolve(false);
  return new Promise((resolve) => {
    const ping = request({ ...where, path: '/_ping', timeout: ENGINE_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}

function pingTarget(address) {
  const [, scheme, rest] = /^(\w+):\/\/(.+)$/.exec(address) ?? [];
  if (scheme === 'unix') return { socketPath: rest };
  if (scheme === 'npipe') return { socketPath: rest.replaceAll('/', '\\') };
  if (scheme === 'tcp') return { host: rest.split(':')[0], port: Number(rest.split(':')[1] ?? 2375) };
  return undefined;
}
