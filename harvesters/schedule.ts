/**
 * A worker: harvests every source when it is due, beside others of its kind on this machine or another. They share the load through the graph:
 * it says what is due, and its leases say who reads which host. Nothing is remembered here that the graph does not know.
 */
import type { Database } from '#graph-schema/database.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { endsAt } from './agreement.ts';
import { isDatabaseGone } from './database-gone.ts';
import { type Due, dueOf, NEVER_RUN, type Standing } from './due.ts';
import type { RunReport } from './report.ts';
import type { Reading } from './schedule/folder.ts';
import { byUrgency, nextOf } from './schedule/queue.ts';
import { standingsOf } from './schedule/standings.ts';
import { atItsHost } from './schedule/turn.ts';
import type { Source } from './sources.ts';

/** What a worker has to say, as it happens. */
export type News =
  | { readonly kind: 'source-broken'; readonly finding: Finding }
  | { readonly kind: 'folder-unreadable'; readonly detail: string }
  | { readonly kind: 'begun'; readonly source: Source; readonly due: Due }
  | { readonly kind: 'ended'; readonly report: RunReport }
  /** Somebody began it by hand at the same moment. */
  | { readonly kind: 'elsewhere'; readonly source: Source }
  | { readonly kind: 'graph-lost'; readonly detail: string }
  | { readonly kind: 'graph-back' };

export interface WorkerParts {
  readonly database: Database;
  /** The sources as their files are now. */
  readonly read: () => Promise<Reading>;
  /** One run. It ends at its next checkpoint once the signal is aborted. */
  readonly harvest: (source: Source, signal: AbortSignal) => Promise<RunReport>;
  /** Called after every run and every `watchEveryMs`: tells what is late. */
  readonly watch?: (sources: readonly Source[]) => Promise<void>;
  /** Who works, in words. */
  readonly holder: string;
  readonly now: () => Date;
  readonly tell: (news: News) => void;
}

export interface WorkerLimits {
  /** How many sources are harvested at once. */
  readonly jobs: number;
  /** How often the graph is asked what is due. */
  readonly tickMs: number;
  /** A run that takes longer no longer counts among the jobs, so that a slow source holds nobody up. */
  readonly slowAfterMs: number;
  readonly watchEveryMs: number;
  /** Neo4j is given up as lost after so long: whoever began the work opens it anew, for it may come back at another address. */
  readonly lostAfterMs: number;
  /** Put off every date by the source's own share of some minutes. */
  readonly jitter: boolean;
}

export const WORKER_LIMITS: WorkerLimits = {
  jobs: 2,
  tickMs: 15_000,
  slowAfterMs: 10 * 60_000,
  watchEveryMs: 10 * 60_000,
  lostAfterMs: 60_000,
  jitter: true,
};

/** With the slow ones, at most so many times the jobs. */
const MOST_AT_ONCE = 4;

/**
 * Works until the signal, or until Neo4j has been away for `lostAfterMs`; comes back when the runs under way have ended, and says which it was.
 * A bug is thrown.
 */
export async function work(
  parts: WorkerParts,
  limits: Partial<WorkerLimits>,
  signal: AbortSignal,
): Promise<'stopped' | 'graph-lost'> {
  return new Worker(parts, { ...WORKER_LIMITS, ...limits }).run(signal);
}

interface Running {
  readonly source: Source;
  readonly begunMs: number;
}

class Worker {
  readonly #parts: WorkerParts;
  readonly #limits: WorkerLimits;
  readonly #running = new Map<string, Running>();
  readonly #ends = new Set<Promise<void>>();
  /** As the folder was read last; undefined until it could be. */
  #sources: readonly Source[] | undefined;
  /** Since when Neo4j has not answered. */
  #lostAtMs: number | undefined;
  #folderFault: string | undefined;
  #bug: { readonly fault: unknown } | undefined;
  /** Ends the runs under way where a bug, or the loss of Neo4j, ends the worker. */
  readonly #end = new AbortController();
  #watching = false;
  #watchAtMs = 0;
  #wake: () => void = () => {};

  constructor(parts: WorkerParts, limits: WorkerLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  async run(outer: AbortSignal): Promise<'stopped' | 'graph-lost'> {
    const signal = AbortSignal.any([outer, this.#end.signal]);
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake);
    while (!signal.aborted) {
      const { promise: woken, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await this.#guarded(() => this.#tick(signal));
      if (performance.now() - (this.#lostAtMs ?? Number.POSITIVE_INFINITY) >= this.#limits.lostAfterMs)
        this.#end.abort();
      const timer = setTimeout(resolve, this.#limits.tickMs);
      if (signal.aborted) resolve();
      await woken;
      clearTimeout(timer);
    }
    await Promise.all(this.#ends);
    if (this.#bug) throw this.#bug.fault;
    return outer.aborted ? 'stopped' : 'graph-lost';
  }

  /** Never throws: Neo4j's absence is told once; anything else is a bug, which ends the worker. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (fault) {
      if (isDatabaseGone(fault)) {
        if (this.#lostAtMs === undefined) this.#parts.tell({ kind: 'graph-lost', detail: fault.message });
        this.#lostAtMs ??= performance.now();
        return;
      }
      this.#bug ??= { fault };
      this.#end.abort();
    }
  }

  /** Begins what is due, in the order of its urgency, as far as jobs and hosts allow. */
  async #tick(signal: AbortSignal): Promise<void> {
    await this.#readFolder();
    const sources = this.#sources;
    if (sources === undefined) return;
    const names = sources.map(({ name }) => name);
    const standings = await standingsOf(this.#parts.database, names);
    if (this.#lostAtMs !== undefined) this.#parts.tell({ kind: 'graph-back' });
    this.#lostAtMs = undefined;
    // What others harvest has its host, and is waited for by what comes after it.
    const elsewhere = sources.filter(({ name }) => standings.get(name)?.running && !this.#running.has(name));
    let waiting = this.#due(sources, standings);
    while (waiting.length > 0 && this.#hasRoom() && this.#lostAtMs === undefined && !signal.aborted) {
      const here = [...this.#running.values()].map(({ source }) => source);
      const next = nextOf(waiting, [...here, ...elsewhere]);
      if (next === undefined) break;
      await this.#begin(next, signal);
      waiting = waiting.filter((source) => source !== next);
      if (!this.#running.has(next.name)) elsewhere.push(next);
    }
    this.#watchNow(false);
  }

  async #readFolder(): Promise<void> {
    try {
      const { sources, findings } = await this.#parts.read();
      this.#sources = sources;
      for (const finding of findings) this.#parts.tell({ kind: 'source-broken', finding });
      this.#folderFault = undefined;
    } catch (fault) {
      // A folder on a share may be away for a while: what was read last stands.
      const { code, message } = fault as NodeJS.ErrnoException;
      if (code === undefined) throw fault;
      if (this.#folderFault !== message) this.#parts.tell({ kind: 'folder-unreadable', detail: message });
      this.#folderFault = message;
    }
  }

  #due(sources: readonly Source[], standings: ReadonlyMap<string, Standing>): Source[] {
    const due = sources.flatMap((source) => {
      const found = this.#running.has(source.name) ? undefined : this.#dueNow(source, standings.get(source.name));
      return found === undefined ? [] : [{ source, due: found }];
    });
    return byUrgency(due, this.#parts.now());
  }

  #dueNow({ name, about }: Source, standing: Standing | undefined): Due | undefined {
    const { jitter } = this.#limits;
    return dueOf(
      { name, schedule: about.schedule, endsAt: endsAt(about.agreement) },
      standing ?? NEVER_RUN,
      this.#parts.now(),
      { jitter },
    );
  }

  #hasRoom(): boolean {
    const { jobs, slowAfterMs } = this.#limits;
    const quick = [...this.#running.values()].filter(({ begunMs }) => performance.now() - begunMs < slowAfterMs);
    return quick.length < jobs && this.#running.size < jobs * MOST_AT_ONCE;
  }

  /** Comes back once the source is being harvested, or turned out to be another worker's. */
  async #begin(source: Source, signal: AbortSignal): Promise<void> {
    const { promise: settled, resolve } = Promise.withResolvers<void>();
    this.#running.set(source.name, { source, begunMs: performance.now() });
    let ran = false;
    const harvest = async () => {
      ran = await this.#harvest(source, signal, resolve);
    };
    const end = this.#guarded(harvest).finally(() => {
      this.#running.delete(source.name);
      this.#ends.delete(end);
      resolve();
      if (!ran) return;
      this.#watchNow(true);
      this.#wake();
    });
    this.#ends.add(end);
    await settled;
  }

  /** Whether it ran. Looks again under the turn at the host, which no other worker has now: what one has just harvested is not harvested twice. */
  async #harvest(source: Source, signal: AbortSignal, begun: () => void): Promise<boolean> {
    const { database, holder, harvest, tell } = this.#parts;
    const turn = await atItsHost(database, source, holder, async () => {
      const standing = (await standingsOf(database, [source.name])).get(source.name);
      const due = this.#dueNow(source, standing);
      if (due === undefined) return false;
      tell({ kind: 'begun', source, due });
      begun();
      const report = await harvest(source, signal);
      // Whoever harvests it by hand has it: that is no failure of ours.
      if (report.reason?.code === 'lease-held') {
        tell({ kind: 'elsewhere', source });
        return false;
      }
      tell({ kind: 'ended', report });
      return true;
    });
    return turn !== 'taken' && turn.done;
  }

  /** One at a time; a run that ends meanwhile is seen at the next. */
  #watchNow(afterRun: boolean): void {
    const { watch } = this.#parts;
    const sources = this.#sources;
    const nowMs = performance.now();
    if (watch === undefined || sources === undefined || this.#watching || (!afterRun && nowMs < this.#watchAtMs))
      return;
    this.#watching = true;
    this.#watchAtMs = nowMs + this.#limits.watchEveryMs;
    const end = this.#guarded(() => watch(sources)).finally(() => {
      this.#watching = false;
      this.#ends.delete(end);
    });
    this.#ends.add(end);
  }
}
