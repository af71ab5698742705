/** `kill -9` of a harvester at seeded random moments, then once more to the end: what stands must be what an undisturbed run leaves. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createOaiProvider } from '#connectors/partners/oai-provider.ts';
import { seededRandom } from '#connectors/partners/webmuseo/random.ts';
import { repositoryOf } from '#deploy/bench/generated-records.ts';
import { emptyGraph, writeLandmarks } from '#deploy/bench/graph.ts';
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import type { KillAnswer, KillInput } from './harvest-child.ts';

export interface KillRound {
  readonly kills: number;
  /** How many of them met a harvester at work: one that was through is let go. */
  readonly met: number;
  /** The answer of the run that was let to its end. */
  readonly outcome: string | undefined;
  readonly undisturbed: string;
  readonly disturbed: string;
  readonly records: number;
}

const RECORDS = 2_000;
const PAGE_SIZE = 25;
const PAGES = RECORDS / PAGE_SIZE;
/** Also within a page, and while a batch is being written. */
const MOST_DELAY_MS = 60;
/** Asked for at most, before a kill: what is written lags behind, and something must be left for the next. */
const MOST_PAGES = 0.5;
const CHILD_WITHIN_MS = 120_000;

/** Plays one round into an emptied graph. `seed` decides where each of the kills falls. */
export async function killRound(
  connection: Neo4jAddress,
  kills: number,
  seed: string,
  tell: (line: string) => void = () => undefined,
): Promise<KillRound> {
  const database = new Database(connection);
  const provider = await startProvider();
  try {
    const harvest = { connection, provider: provider.url };
    await afresh(database);
    await finish(harvest);
    const undisturbed = await digest(database);
    await afresh(database);
    const random = seededRandom(seed);
    let met = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      // Each a little further on: what is left to do shrinks from one to the next.
      const pages = random.int(0, Math.ceil((MOST_PAGES * PAGES) / kills));
      if (await killed(harvest, provider, pages, random.int(0, MOST_DELAY_MS))) met += 1;
      tell(`kill -9 ${kill + 1}/${kills}`);
    }
    const { outcome } = await finish(harvest);
    const disturbed = await digest(database);
    const { records } = await database.run("MATCH (r:SourceRecord {source: 'banc'}) RETURN count(r) AS n");
    return {
      kills,
      met,
      outcome,
      undisturbed: undisturbed.digest,
      disturbed: disturbed.digest,
      records: Number(records[0]?.get('n')),
    };
  } finally {
    await provider.stop();
    await database.close();
  }
}

async function afresh(database: Database): Promise<void> {
  await emptyGraph(database);
  // Whatever was there before may have left no index at all.
  await migrate(database);
  await writeLandmarks(database, createResolver());
}

interface Provider {
  readonly url: string;
  /** Comes back when so many more pages have been asked for. */
  pages(count: number): Promise<void>;
  stop(): Promise<void>;
}

async function startProvider(): Promise<Provider> {
  const provide = createOaiProvider(repositoryOf(RECORDS, PAGE_SIZE));
  let asked = 0;
  const waiting = new Set<{ readonly at: number; readonly reached: () => void }>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { status, headers, body } = provide(url, 'GET', '');
    response.writeHead(status, headers).end(body);
    if (url.searchParams.get('verb') === 'ListRecords') asked += 1;
    for (const one of waiting) if (asked >= one.at) one.reached();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`,
    pages: (count) =>
      new Promise((resolve) => {
        const one = {
          at: asked + count + 1,
          reached: () => {
            waiting.delete(one);
            resolve();
          },
        };
        waiting.add(one);
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function start(input: KillInput) {
  const script = fileURLToPath(new URL('harvest-child.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(input)}\n`);
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { child, gone, line };
}

/** Kills a harvester some milliseconds after it has asked for so many pages. Gives whether it was still at work. */
async function killed(input: KillInput, provider: Provider, pages: number, delayMs: number): Promise<boolean> {
  const { child, gone, line } = start(input);
  // It says that it is through, and lives on until its input ends.
  const through = Promise.race([line, gone]).then(() => 'through' as const);
  await Promise.race([provider.pages(pages), through, pause(CHILD_WITHIN_MS, undefined, { ref: false })]);
  const met = (await Promise.race([pause(delayMs), through])) !== 'through';
  child.kill('SIGKILL');
  await gone;
  return met;
}

async function finish(input: KillInput): Promise<KillAnswer> {
  const { child, gone, line } = start(input);
  const late = setTimeout(() => child.kill('SIGKILL'), CHILD_WITHIN_MS);
  const answered = await Promise.race([line, gone.then(() => '{}')]);
  child.stdin.end();
  await gone;
  clearTimeout(late);
  return JSON.parse(answered) as KillAnswer;
}
