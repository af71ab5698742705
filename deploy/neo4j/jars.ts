import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Neo4jUnavailable } from './connection.ts';

const POM = join(import.meta.dirname, 'pom.xml');
const MARKER = 'complete.json';
const PROGRESS_EVERY_FILES = 25;
const LAST_LINES = 12;
const FETCH_TIMEOUT_MS = 30 * 60_000;

/** The version of Neo4j that is embedded: pom.xml says it, nothing else does. */
export function neo4jVersion(): string {
  const version = /<artifactId>neo4j<\/artifactId>\s*<version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1];
  if (version === undefined) throw new Error('deploy/neo4j/pom.xml names no version of org.neo4j:neo4j');
  return version;
}

/**
 * The folder with Neo4j's jars under this home, fetched by Maven where it is not there yet (123 MB, about 10 s on a good line).
 * They are fetched into a folder beside it, which takes its name only when whole: a cut-off download is not taken for a finished one.
 * @param onProgress takes lines for a person
 * @throws Neo4jUnavailable with Maven's last lines when it fails
 */
export async function ensureJars(home: string, onProgress: (line: string) => void): Promise<string> {
  const folder = join(home, 'neo4j-lib');
  if (jarsAreWhole(folder)) return folder;
  const draft = `${folder}.${process.pid}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  onProgress(`Neo4j ${neo4jVersion()} : téléchargement par Maven (123 Mo) / downloading by Maven (123 MB)…`);
  try {
    await copyDependencies(draft, onProgress);
    const jars = countJars(draft);
    if (jars === 0)
      throw new Neo4jUnavailable('Maven ended well but brought no jar: look at its settings, then run this again.');
    writeFileSync(join(draft, MARKER), JSON.stringify({ version: neo4jVersion(), jars }));
    putInPlace(draft, folder);
    onProgress(`Neo4j ${neo4jVersion()} : ${jars} bibliothèques en place / libraries in place`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** True when the folder holds the version that pom.xml names and as many jars as the marker says. */
export function jarsAreWhole(folder: string): boolean {
  const path = join(folder, MARKER);
  if (!existsSync(path)) return false;
  try {
    const marker: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { version, jars } = marker as { version?: unknown; jars?: unknown };
    return version === neo4jVersion() && jars === countJars(folder);
  } catch {
    return false;
  }
}

/** Where another process was quicker, its folder is as good as ours and stays. */
function putInPlace(draft: string, folder: string): void {
  if (jarsAreWhole(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (fault) {
    if (!jarsAreWhole(folder)) throw fault;
  }
}

function countJars(folder: string): number {
  return readdirSync(folder).filter((name) => name.endsWith('.jar')).length;
}

async function copyDependencies(output: string, onProgress: (line: string) => void): Promise<void> {
  const maven = spawn(
    'mvn',
    ['-B', '-f', POM, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${output}`],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: FETCH_TIMEOUT_MS, shell: process.platform === 'win32' },
  );
  const ended = new Promise<number | string>((resolve) => {
    maven.once('error', (fault) => resolve(fault.message));
    maven.once('close', (code, signal) => resolve(code ?? `ended by ${signal}`));
  });
  const last: string[] = [];
  const keep = (line: string) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  };
  let received = 0;
  createInterface({ input: maven.stderr }).on('line', keep);
  createInterface({ input: maven.stdout }).on('line', (line) => {
    if (!/Download(ing|ed) from|Progress \(/.test(line)) keep(line);
    if (!/Downloaded from .*\.jar\b/.test(line)) return;
    received += 1;
    if (received % PROGRESS_EVERY_FILES === 0) onProgress(`Neo4j : ${received} fichiers reçus / files received…`);
  });
  const outcome = await ended;
  if (outcome === 0) return;
  throw new Neo4jUnavailable(
    `Maven could not fetch Neo4j ${neo4jVersion()} (${outcome}): check the network and Maven's settings, then run this again. It said:\n${last.join('\n')}`,
  );
}
