/** Harvests sources, some side by side, with progress shown: shared by `harvest`, `demo` and `work`. */
import { hostname } from 'node:os';
import { SingleBar } from 'cli-progress';
import { InvalidArgumentError } from 'commander';
import type { Database } from '#graph-schema/database.ts';
import { createResolver, type Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { applyMissed } from '#graph-schema/words/apply.ts';
import { type HubResolver, hubResolver } from '#graph-schema/words/decided.ts';
import { contextFor } from '#harvesters/context.ts';
import { isDatabaseGone } from '#harvesters/database-gone.ts';
import type { RunReport } from '#harvesters/report.ts';
import { run } from '#harvesters/run.ts';
import { nextOf } from '#harvesters/schedule/queue.ts';
import type { Source } from '#harvesters/sources.ts';
import { type Hub, tell } from './hub.ts';

/** Who harvests, in words. */
export const HOLDER = `${hostname()}, processus ${process.pid}`;

/** How many sources are harvested at once, unless told otherwise. */
export const DEFAULT_JOBS = 2;

/** `--jobs`: how many sources at once. */
export function readJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 16)
    throw new InvalidArgumentError('un nombre de 1 à 16 / a number from 1 to 16');
  return jobs;
}

/** One run of one source; it ends at its next checkpoint once `signal` is aborted. `resolver`: of the packaged tables; what stewards decided is heard besides. */
export async function harvestOne(
  source: Source,
  database: Database,
  signal: AbortSignal,
  more: { full?: boolean; resolver: Resolver; onProgress?: (report: RunReport) => void },
): Promise<RunReport> {
  const known = await heard(database, more.resolver);
  const options = { ...more, resolver: known.resolver, holder: HOLDER };
  const report = await run(source, database, (one, tell) => contextFor(one, signal, tell), options);
  await catchUp(database, more.resolver, known, source);
  return report;
}

/** What stewards have decided until now. A Neo4j that is away is the run's to tell: it then heard nothing, which is caught up with afterwards. */
async function heard(database: Database, base: Resolver): Promise<HubResolver> {
  try {
    return await hubResolver(database, base);
  } catch (fault) {
    if (!isDatabaseGone(fault)) throw fault;
    return { resolver: base, decisions: [] };
  }
}

async function catchUp(database: Database, base: Resolver, known: HubResolver, source: Source): Promise<void> {
  try {
    await applyMissed(database, base, known);
  } catch (fault) {
    if (!isDatabaseGone(fault)) throw fault;
    tell(
      `${source.name} : Neo4j a disparu avant que les décisions prises pendant la moisson soient appliquées.\n  → trame rebuild / Neo4j went away before what was decided meanwhile was applied: trame rebuild`,
    );
  }
}

/**
 * Harvests in the order given, `jobs` at once, never two of one host, each after those that it names in `after`. The reports come in the order
 * given. A source that fails does not stop the others; Ctrl-C stops at the next checkpoint: then there are fewer reports than sources.
 */
export async function harvestAll(
  sources: readonly Source[],
  hub: Hub,
  options: { full?: boolean; progress: boolean; jobs?: number },
): Promise<RunReport[]> {
  const { full = false, progress, jobs = DEFAULT_JOBS } = options;
  const resolver = createResolver();
  const board = new Board(progress ? progressBar(sources.length) : undefined);
  const waiting = [...sources];
  const running = new Map<Source, Promise<void>>();
  const reports = new Map<Source, RunReport>();
  const begin = async (source: Source): Promise<void> => {
    const onProgress = (report: RunReport) => board.goesOn(report);
    reports.set(source, await harvestOne(source, hub.database, hub.signal, { full, resolver, onProgress }));
    board.ended(reports.get(source)!);
  };
  try {
    for (;;) {
      while (running.size < jobs && !hub.signal.aborted) {
        const next = nextOf(waiting, [...running.keys()]);
        if (next === undefined) break;
        waiting.splice(waiting.indexOf(next), 1);
        running.set(
          next,
          begin(next).finally(() => running.delete(next)),
        );
      }
      if (running.size === 0) break;
      await Promise.race(running.values());
    }
  } finally {
    await Promise.allSettled(running.values());
    board.close();
  }
  return sources.flatMap((source) => reports.get(source) ?? []);
}

/** What is shown while several sources are harvested: those under way, and the sum of all. */
class Board {
  readonly #bar: Progress | undefined;
  readonly #underWay = new Map<string, number>();
  #done = 0;
  #records = 0;

  constructor(bar: Progress | undefined) {
    this.#bar = bar;
  }

  goesOn({ source, figures }: RunReport): void {
    this.#underWay.set(source, figures.seen);
    this.#show([...this.#underWay].map(([name, seen]) => `${name} : ${seen}`).join(' · '));
  }

  ended({ source, figures, outcome }: RunReport): void {
    this.#underWay.delete(source);
    this.#done += 1;
    this.#records += figures.seen;
    this.#show(`${source} : ${outcome}`);
  }

  close(): void {
    this.#bar?.end();
  }

  #show(now: string): void {
    const records = [...this.#underWay.values()].reduce((sum, seen) => sum + seen, this.#records);
    this.#bar?.show(this.#done, records, now);
  }
}

interface Progress {
  show(done: number, records: number, now: string): void;
  end(): void;
}

/** A bar where a person looks on; a line a source where the output goes to a file. */
function progressBar(total: number): Progress {
  if (!process.stderr.isTTY) {
    let told = 0;
    return {
      show: (done, records, now) => {
        if (done > told) console.error(`  [${done}/${total}] ${now} (${records} notices en tout / records in all)`);
        told = done;
      },
      end: () => {},
    };
  }
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} sources · {records} notices · {now}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
    barsize: 30,
    gracefulExit: false,
  });
  bar.start(total, 0, { records: 0, now: '' });
  return {
    show: (done, records, now) => bar.update(done, { records: records.toLocaleString('fr-FR'), now: now.slice(0, 50) }),
    end: () => bar.stop(),
  };
}

/** 0 when every run that was wanted is complete, 1 when one failed, else 3. */
export function exitCodeOf(reports: readonly RunReport[], wanted: number): number {
  if (reports.some(({ outcome }) => outcome === 'failed')) return 1;
  return reports.length === wanted && reports.every(({ outcome }) => outcome === 'complete') ? 0 : 3;
}
