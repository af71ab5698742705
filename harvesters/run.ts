/**
 * One run of one source: read, map, write, until the source says that it has ended. Read this file first.
 * A run ends complete, partial with a reason and a checkpoint, or failed with a reason. There is nothing else.
 */
import neo4j from 'neo4j-driver';
import { type Context, SourceError } from '#connectors/connector.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { FOLD_VERSION } from '#graph-schema/fold/fold.ts';
import type { Item } from '#graph-schema/fold/records.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { batched, type End } from './batches.ts';
import type { OpenContext } from './context.ts';
import { LEASE_SECONDS, type Lease, LeaseLost, renewLease, takeLease } from './lease.ts';
import { toItem } from './map.ts';
import { type Outcome, RunReport } from './report.ts';
import { type Checkpoint, closeRun, openRun } from './runs.ts';
import type { Source } from './sources.ts';
import { createWriter } from './writer.ts';

/** Makes the context of a run; its findings go to the run's report. */
export type OpenContextFor = (source: Source, tell: Context['tell']) => OpenContext;

export interface RunOptions {
  /** From the beginning, whatever the checkpoint says. */
  readonly full?: boolean;
  /** Who harvests, in words: shown to whoever is refused the lease. */
  readonly holder: string;
  readonly resolver: Resolver;
  /** Called after every batch. */
  readonly onProgress?: (report: RunReport) => void;
}

/** Runs one source. Never throws for what a partner or Neo4j does; a bug crashes. */
export async function run(
  source: Source,
  database: Database,
  open: OpenContextFor,
  options: RunOptions,
): Promise<RunReport> {
  const report = new RunReport(source.name, options.full ?? false);
  const context = open(source, (told) => report.tell(told));
  let lease: Lease | undefined;
  try {
    const taken = await takeLease(database, source.name, options.holder);
    if ('held' in taken) return report.end('failed', context.now(), taken.held);
    lease = taken.lease;
    report.startedAt = context.now();
    await keptAlive(database, lease, async () => {
      const from = await openRun(database, source, report);
      if (from.notBefore !== undefined && from.notBefore > context.now() && !options.full) {
        report.notBefore = from.notBefore;
        report.end(
          'failed',
          context.now(),
          finding('run-not-before', { source: source.name, until: from.notBefore.toISOString() }),
        );
        return;
      }
      await readAll(source, database, taken.lease, report, context, from, options);
    });
  } catch (fault) {
    stopped(report, source, fault, context);
  } finally {
    await context.close();
  }
  return lease ? close(database, lease, report) : report;
}

/** Renews the lease while the work goes on, so that a slow source does not lose it. */
async function keptAlive(database: Database, lease: Lease, work: () => Promise<void>): Promise<void> {
  const renew = () => void renewLease(database, lease).catch(() => {});
  const heartbeat = setInterval(renew, (LEASE_SECONDS / 3) * 1000);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
  }
}

async function readAll(
  source: Source,
  database: Database,
  lease: Lease,
  report: RunReport,
  context: Context,
  from: Checkpoint,
  options: RunOptions,
): Promise<void> {
  const mapping = `${source.mapping}+${options.resolver.version}+fold-${FOLD_VERSION}`;
  const cursor = options.full ? undefined : await usableCursor(source, from, mapping, report);
  const snapshot = (cursor === undefined ? null : from.snapshot) ?? report.id;
  const writer = createWriter(
    database,
    lease,
    { name: source.name, rank: source.about.rank },
    snapshot,
    options.resolver,
  );
  const write = async (items: readonly Item[], checkpoint: Checkpoint | undefined): Promise<void> => {
    if (items.length === 0 && !checkpoint) return;
    report.count(items, await writer.commit(items, checkpoint));
    options.onProgress?.(report);
  };
  // The next batch is read and mapped while Neo4j writes this one: one ahead, never more.
  let writing = Promise.resolve();
  try {
    for await (const batch of batched(source.connector.read(source.options, context, cursor), MOST_ITEMS)) {
      const items = batch.messages.map((message) => toItem(message, source, mapping));
      await writing;
      // Judged before it is written: an end that is no success leaves the checkpoint where it was.
      const reason = batch.end && whyNot(report, items, batch.end, source, cursor !== undefined);
      const vouched = reason ? undefined : batch.checkpoint;
      writing = write(items, vouched && { cursor: vouched.cursor, snapshot, mapping });
      // Its fault is thrown where it is awaited; until then it must not count as forgotten.
      writing.catch(() => undefined);
      if (!batch.end) continue;
      await writing;
      ended(report, source, batch.end);
      report.forgetCheckpoint = reason !== undefined && cursor === undefined;
      report.end(reason ? 'failed' : 'complete', context.now(), reason);
      return;
    }
  } finally {
    await writing;
  }
  report.end(
    gained(report),
    context.now(),
    finding(context.signal.aborted ? 'run-stopped' : 'run-cut-short', { source: source.name }),
  );
}

function ended(report: RunReport, source: Source, { coverage, expected }: End): void {
  report.coverage = coverage;
  report.expected = expected;
  if (report.records > 0 && report.visible === 0) report.tell(nothingVisible(source, report.records));
}

/** Hidden is the rule where nothing is said, so a misspelt column would hide a whole collection without a word. */
function nothingVisible({ name, visibility }: Source, count: number): Finding {
  return finding('nothing-visible', { source: name, count, rule: JSON.stringify(visibility) });
}

/** So many rejected changes and nothing else point to the mapping, or to the partner's export, and not to the records. */
const MOST_REJECTED_CHANGES = 10;

/** An end over nothing is no success: a whole collection without a record, or one whose every record was rejected. A list that went on where it was may have little left. */
function whyNot(
  { figures }: RunReport,
  last: readonly Item[],
  { coverage }: End,
  source: Source,
  resumed: boolean,
): Finding | undefined {
  const seen = figures.seen + last.length;
  const rejected = figures.rejected + last.filter(({ kind }) => kind === 'rejected').length;
  const isWhole = coverage === 'snapshot' && !resumed;
  if (isWhole && seen === 0) return finding('run-empty', { source: source.name });
  if (seen > 0 && rejected === seen && (isWhole || seen > MOST_REJECTED_CHANGES)) {
    return finding('run-all-rejected', { source: source.name, rejected });
  }
  return undefined;
}

/**
 * Where to go on from; from the beginning where this version does not understand the checkpoint, or would map the records that
 * came before it otherwise. Neither is a fault: unchanged records cost little.
 */
async function usableCursor(source: Source, from: Checkpoint, mapping: string, report: RunReport): Promise<unknown> {
  if (from.cursor === undefined) return undefined;
  if (from.mapping !== mapping) {
    report.tell(finding('mapping-changed', { source: source.name }));
    return undefined;
  }
  const checked = await source.connector.cursor['~standard'].validate(from.cursor);
  if (!checked.issues) return checked.value;
  report.tell(finding('cursor-outdated', { source: source.name, detail: checked.issues[0]?.message ?? '' }));
  return undefined;
}

function gained({ figures }: RunReport): Outcome {
  return figures.seen > 0 ? 'partial' : 'failed';
}

/** The expected faults become the run's reason; anything else is a bug and goes on up. */
function stopped(report: RunReport, source: Source, fault: unknown, context: Context): void {
  if (
    context.signal.aborted &&
    (fault instanceof SourceError || fault === context.signal.reason || isDatabaseGone(fault))
  ) {
    report.end(gained(report), context.now(), finding('run-stopped', { source: source.name }));
  } else if (fault instanceof SourceError) {
    report.notBefore = fault.notBefore;
    report.end(fault.kind === 'config' ? 'failed' : gained(report), context.now(), fault.finding);
  } else if (fault instanceof LeaseLost) {
    report.end(gained(report), context.now(), fault.finding);
  } else if (isDatabaseGone(fault)) {
    report.end(
      gained(report),
      context.now(),
      finding('graph-unreachable', { source: source.name, detail: (fault as Error).message }),
    );
  } else {
    throw fault;
  }
}

function isDatabaseGone(fault: unknown): boolean {
  return (
    fault instanceof neo4j.Neo4jError &&
    (neo4j.isRetryableError(fault) ||
      /ServiceUnavailable|SessionExpired|DatabaseUnavailable|TransactionTimedOut/.test(fault.code))
  );
}

/** Where Neo4j is gone the run cannot be kept; it is still told to whoever started it, and closed as dead by the next. */
async function close(database: Database, lease: Lease, report: RunReport): Promise<RunReport> {
  try {
    await closeRun(database, lease, report);
  } catch (fault) {
    if (!isDatabaseGone(fault)) throw fault;
    report.end(
      gained(report),
      report.endedAt ?? report.startedAt,
      finding('graph-unreachable', { source: report.source, detail: (fault as Error).message }),
    );
  }
  return report;
}
