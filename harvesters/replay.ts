/**
 * A replay: what is stored of a source is mapped again by the present mapping, without troubling the partner. A trial (`dryRun`) does the very same
 * in transactions that are rolled back, and tells what would change.
 */
import { byWeight } from '#graph-schema/by-weight.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Pass } from '#graph-schema/fold/items.ts';
import { MOST_ITEMS, writeBatch } from '#graph-schema/fold/write.ts';
import { SuppressionRefused } from '#graph-schema/suppression/list.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { isDatabaseGone } from './database-gone.ts';
import { hideRecords } from './hide.ts';
import { keptAlive, type Lease, LeaseLost, releaseLease, takeLease } from './lease.ts';
import { type Mapping, mappingOf } from './map.ts';
import { type Again, mapAgain } from './replay/again.ts';
import { keepAside } from './replay/aside.ts';
import { Effect } from './replay/effect.ts';
import { closeReplay, knownSource, openReplay } from './replay/kept.ts';
import { clockOf, mergedAway, statesOf } from './replay/states.ts';
import { countStored, storedPages } from './replay/stored.ts';
import { RunReport } from './report.ts';
import type { Source } from './sources.ts';
import { createWriter, type Patience } from './writer.ts';

export interface ReplayOptions {
  readonly resolver: Resolver;
  /** Who replays, in words: shown to whoever is refused the lease. */
  readonly holder: string;
  readonly signal?: AbortSignal;
  /** Writes nothing, and tells what would change. */
  readonly dryRun?: boolean;
  /** Called after each batch with how many entities changed: comes back when the next may. */
  readonly pace?: (changed: number) => Promise<void>;
  readonly onProgress?: (records: number, of: number) => void;
  readonly now?: () => Date;
  readonly patience?: Patience;
}

export interface Replayed {
  /** Outcome, figures and findings: `seen` counts the records gone through. */
  readonly run: RunReport;
  /** Entities that got a new change number, or would: so many changes partners are sent. */
  changed: number;
  /** Records whose rejected version can be read now. */
  recovered: number;
  /** Records that could be mapped until now and can no longer. */
  newlyRejected: number;
  /** Records of which something could not be mapped again: the next harvest reads the whole source. */
  left: number;
  /** What would change; of a dry run only. */
  readonly effect: Effect | undefined;
}

/** Replays one source under its lease. Never throws for what Neo4j does or what is stored; a bug crashes. */
export async function replay(source: Source, database: Database, options: ReplayOptions): Promise<Replayed> {
  const now = options.now ?? (() => new Date());
  const run = new RunReport(source.name, true);
  run.startedAt = now();
  const done: Replayed = {
    run,
    changed: 0,
    recovered: 0,
    newlyRejected: 0,
    left: 0,
    effect: options.dryRun ? new Effect() : undefined,
  };
  let lease: Lease | undefined;
  try {
    const known = await knownSource(database, source.name);
    if (!known) return ended(done, now, finding('replay-never-harvested', { source: source.name }));
    const taken = await takeLease(database, source.name, options.holder);
    if ('held' in taken) return ended(done, now, taken.held);
    lease = taken.lease;
    const work: Work = {
      database,
      source,
      options,
      lease,
      done,
      mapping: mappingOf(source, options.resolver, known.published, now()),
    };
    if (!options.dryRun) await openReplay(database, source, run);
    await keptAlive(database, lease, () => replayAll(work));
    ended(done, now, options.signal?.aborted ? finding('replay-stopped', { source: source.name }) : undefined);
    if (!options.dryRun) await closeReplay(database, lease, run, vouchedMapping(work));
  } catch (fault) {
    ended(done, now, reasonOf(source, fault));
    if (lease && !options.dryRun) await closeReplay(database, lease, run, undefined).catch(forgiving);
  } finally {
    const held = lease;
    if (held) await database.write((tx) => releaseLease(tx, held)).catch(forgiving);
  }
  return done;
}

/** What a replay works with. */
interface Work {
  readonly database: Database;
  readonly source: Source;
  readonly options: ReplayOptions;
  readonly lease: Lease;
  readonly done: Replayed;
  readonly mapping: Mapping;
}

function ended(done: Replayed, now: () => Date, reason: Finding | undefined): Replayed {
  const outcome = reason === undefined ? 'complete' : done.run.figures.seen > 0 ? 'partial' : 'failed';
  done.run.end(outcome, now(), reason);
  return done;
}

/** The expected faults become the reason; anything else is a bug and goes on up. */
function reasonOf(source: Source, fault: unknown): Finding {
  if (fault instanceof LeaseLost || fault instanceof SuppressionRefused) return fault.finding;
  if (!isDatabaseGone(fault)) throw fault;
  return finding('replay-graph-unreachable', { source: source.name, detail: fault.message });
}

function forgiving(fault: unknown): void {
  if (!isDatabaseGone(fault) && !(fault instanceof LeaseLost)) throw fault;
}

/**
 * By what every record is mapped now. Where ids are read out of a file by its format, another mapping may give other ids: only the
 * partner's files can tell.
 */
function vouchedMapping({ done, source, mapping }: Work): string | undefined {
  const isWhole = done.run.outcome === 'complete' && done.left === 0;
  return isWhole && source.connector.name !== 'files' ? mapping.version : undefined;
}

/** Maps again what is stored under another mapping, within a run that holds the lease already. */
export async function replayRest(
  source: Source,
  database: Database,
  within: { readonly lease: Lease; readonly mapping: Mapping; readonly options: ReplayOptions },
): Promise<void> {
  const run = new RunReport(source.name, true);
  const done: Replayed = { run, changed: 0, recovered: 0, newlyRejected: 0, left: 0, effect: undefined };
  await replayAll({ ...within, source, database, done });
}

async function replayAll(work: Work): Promise<void> {
  const { database, source, options, done, mapping } = work;
  const of = await countStored(database, source.name);
  const write = options.dryRun ? tryOut(work) : writeFor(work);
  // The next page is read and mapped while Neo4j writes this one: one ahead, never more.
  let writing = Promise.resolve();
  try {
    for await (const { rows, already } of storedPages(database, source.name, mapping.version)) {
      if (options.signal?.aborted) break;
      const mapped = rows.map((row) => mapAgain(row, mapping));
      await writing;
      done.run.figures.seen += already;
      done.run.figures.unchanged += already;
      writing = writePage(mapped, write, work).then(() => options.onProgress?.(done.run.figures.seen, of));
      // Its fault is thrown where it is awaited; until then it must not count as forgotten.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
  // Also what can no longer be mapped.
  if (mapping.source.visibility === 'nothing' && !options.dryRun)
    await hideRecords(database, createWriter(database, work.lease, passOf(work), options.resolver), source.name);
  if (done.left > 0) done.run.tell(finding('replay-without-bytes', { source: source.name, count: done.left }));
}

type Write = (batch: readonly Again[]) => Promise<number>;

/** A trial reads what it would have changed while it holds the change sequence, which every harvest needs: it takes few at a time. */
const MOST_TRIED = 250;

async function writePage(mapped: readonly Again[], write: Write, { done, options }: Work): Promise<void> {
  for (const batch of byWeight(mapped, ({ items }) => items.length, options.dryRun ? MOST_TRIED : MOST_ITEMS)) {
    if (options.signal?.aborted) return;
    const changed = await write(batch);
    done.changed += changed;
    for (const { row, became, left } of batch) {
      if (left) done.left += 1;
      if (became === 'recovered') done.recovered += 1;
      if (became === 'rejected' && !row.known.rejected) done.newlyRejected += 1;
    }
    done.run.figures.seen += batch.length;
    if (!options.dryRun) await options.pace?.(changed);
  }
}

function writeFor(work: Work): Write {
  const { database, lease, options, done } = work;
  const writer = createWriter(database, lease, passOf(work), options.resolver, options.patience);
  return async (batch) => {
    const items = batch.flatMap((one) => one.items);
    const { counts, changed } = await done.run.timed('writing', () =>
      writer.commit(items, undefined, (tx) => keepAside(tx, passOf(work), batch)),
    );
    countIn(done.run, batch, counts);
    return changed.length;
  };
}

function passOf({ source, done }: Work): Pass {
  return { source: { name: source.name, rank: source.about.rank }, run: done.run.id, snapshot: undefined };
}

function countIn(
  run: RunReport,
  batch: readonly Again[],
  counts: { created: number; updated: number; unchanged: number; rejected: number },
): void {
  run.figures.created += counts.created;
  run.figures.updated += counts.updated;
  run.figures.unchanged += batch.length - counts.created - counts.updated;
  run.figures.rejected += counts.rejected;
  for (const { items } of batch) {
    for (const item of items) {
      if (item.kind === 'rejected') run.tell(item.finding);
      if (item.kind === 'record') for (const note of item.notes) run.tell(note);
    }
  }
}

/** Carries a result out of a transaction that is to be rolled back. */
class RolledBack extends Error {}

/** The very same writing, rolled back; what it touched is then read as it is. */
function tryOut(work: Work): Write {
  const { database, options, done } = work;
  return async (batch) => {
    const items = batch.flatMap((one) => one.items);
    if (items.length === 0) return 0;
    let touched: readonly string[] = [];
    let after: Awaited<ReturnType<typeof statesOf>> = new Map();
    try {
      await database.write(async (tx) => {
        const since = await clockOf(tx);
        const { counts, changed } = await writeBatch(tx, passOf(work), items, options.resolver);
        touched = [...changed, ...(await mergedAway(tx, changed, since))];
        after = await statesOf(tx, touched);
        countIn(done.run, batch, counts);
        throw new RolledBack();
      });
    } catch (fault) {
      if (!(fault instanceof RolledBack)) throw fault;
    }
    const before = await database.read((tx) => statesOf(tx, touched));
    done.effect?.add(before, after);
    return done.effect?.fresh(touched) ?? 0;
  };
}
