/**
 * One run of one source: read, map, write, until the source says that it has ended. Read this file first.
 * A run ends complete, partial with a reason and a checkpoint, or failed with a reason. There is nothing else.
 */
import { type Context, SourceError } from '#connectors/connector.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import type { KnownRecord } from '#graph-schema/fold/records.ts';
import { snapshotId } from '#graph-schema/fold/snapshot.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { SuppressionRefused } from '#graph-schema/suppression/list.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { type Agreement, isOutside, withdraw } from './agreement.ts';
import { type Batch, batched } from './batches.ts';
import type { OpenContext } from './context.ts';
import { isDatabaseGone } from './database-gone.ts';
import { tellWithdrawn } from './deletions.ts';
import { ended, whyNot } from './ending.ts';
import { forgetExamples, withoutForgotten } from './forgotten.ts';
import { keptAlive, type Lease, LeaseLost, takeLease } from './lease.ts';
import { type Mapping, mappingOf, toItem } from './map.ts';
import { CHANGES_PER_MINUTE, createPace } from './pace.ts';
import { type Outcome, RunReport } from './report.ts';
import { resumption } from './resumption.ts';
import { closeRun, openRun, recordsMappedOtherwise } from './runs.ts';
import type { Source } from './sources.ts';
import { UpdateWatch } from './updates.ts';
import type { Work } from './work.ts';
import { createWriter, type Patience, type Writer } from './writer.ts';

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
  /** With a Neo4j that goes away in mid-run. */
  readonly patience?: Patience;
  /** Records in one transaction. Default: MOST_ITEMS. */
  readonly batchRecords?: number;
  /** How long the lease outlives its holder. Default: LEASE_SECONDS. */
  readonly leaseSeconds?: number;
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
    const taken = await takeLease(database, source.name, options.holder, options.leaseSeconds);
    if ('held' in taken) return report.end('failed', context.now(), taken.held);
    lease = taken.lease;
    report.startedAt = context.now();
    await keptAlive(database, lease, async () => {
      const from = await openRun(database, source, report);
      report.hasCheckpoint = from.snapshot !== null;
      const work = { source, database, lease: taken.lease, report, context, from, options };
      const { agreement } = source.about;
      if (agreement && isOutside(agreement, context.now())) return withdrawAll(work, agreement);
      if (from.notBefore !== undefined && from.notBefore > context.now() && !options.full) {
        report.notBefore = from.notBefore;
        const until = from.notBefore.toISOString();
        report.end('failed', context.now(), finding('run-not-before', { source: source.name, until }));
        return;
      }
      await readAll(work);
    });
  } catch (fault) {
    stopped(report, source, fault, context);
  } finally {
    await context.close();
  }
  return lease ? close(source, database, lease, report) : report;
}

/** The partner's agreement does not hold today: it is not asked, and what it gave is not shown. */
async function withdrawAll(work: Work, agreement: Agreement): Promise<void> {
  const { source, database, lease, report, context, options } = work;
  const pass = { source: { name: source.name, rank: source.about.rank }, run: report.id, snapshot: undefined };
  const patience = { signal: context.signal, away: () => undefined, ...options.patience };
  const writer = createWriter(database, lease, pass, options.resolver, patience);
  const told = await withdraw(database, writer, source.name, agreement, context.now());
  report.end('failed', context.now(), told);
}

/** A batch that has been read and mapped. */
interface Mapped {
  readonly batch: Batch;
  readonly items: readonly Item[];
  readonly knownOf: (id: string) => KnownRecord | undefined;
}

async function readAll(work: Work): Promise<void> {
  const { source, database, lease, report, context, from, options } = work;
  const mapping = mappingOf(source, options.resolver, from.published, context.now());
  const pace = await paceOfUpgrade(work, mapping);
  const cursor = options.full ? undefined : await usableCursor(work, mapping);
  const resumed = cursor !== undefined && from.snapshot !== null;
  const snapshot = resumed ? from.snapshot! : snapshotId(report.startedAt, report.id);
  const pass = { source: { name: source.name, rank: source.about.rank }, run: report.id, snapshot };
  const away = (fault: Error) =>
    report.tell(finding('graph-was-away', { source: source.name, detail: fault.message.slice(0, 200) }));
  const patience = { signal: context.signal, away, ...options.patience };
  const writer = createWriter(database, lease, pass, options.resolver, patience);
  const watch = new UpdateWatch({ source, database, writer, report });
  await watch.start();
  const state = { blind: resumed && from.blind };

  const write = async ({ batch, items, knownOf }: Mapped, reason: Finding | undefined): Promise<void> => {
    const judged = await watch.judge(items, knownOf, batch.end !== undefined);
    const { checkpoint } = batch;
    const next = checkpoint && {
      cursor: checkpoint.cursor,
      snapshot: checkpoint.passEnded ? null : snapshot,
      blind: !checkpoint.passEnded && state.blind,
      mapping: mapping.version,
    };
    if (batch.end && !reason) report.lastCheckpoint = next;
    if (judged.length === 0 && (batch.end || !next)) return;
    const written = await writer.commit(judged, batch.end ? undefined : next);
    if (next && !batch.end) report.hasCheckpoint = next.snapshot !== null;
    await pace(written.changed.length);
    report.count(judged, written.counts, knownOf);
    report.unknown += written.unknown.length;
    for (const found of written.contradicted) report.tell(found);
    options.onProgress?.(report);
  };
  // The next batch is read and mapped while Neo4j writes this one: one ahead, never more.
  let writing = Promise.resolve();
  try {
    for await (const read of timedReading(
      batched(source.connector.read(source.options, context, cursor), options.batchRecords ?? MOST_ITEMS),
      report,
    )) {
      const batch = await withoutForgotten(read, writer, report);
      const mapped = await mapBatch(batch, mapping, writer, report);
      await writing;
      if (batch.messages.some((message) => message.kind === 'rejected' && isBlind(message))) state.blind = true;
      const reason = batch.end && whyNot(report, mapped.items, batch.end, source, resumed);
      writing = report.timed('writing', () => write(mapped, reason));
      // Its fault is thrown where it is awaited; until then it must not count as forgotten.
      writing.catch(() => undefined);
      if (!batch.end) continue;
      await writing;
      await ended(work, batch.end, {
        reason,
        snapshot,
        blind: state.blind,
        writer,
        watch,
        resumed: cursor !== undefined,
        mapping,
      });
      return;
    }
  } finally {
    await writing;
  }
  const cut = context.signal.aborted ? 'run-stopped' : 'run-cut-short';
  report.end(gained(report), context.now(), finding(cut, { source: source.name }));
}

async function* timedReading(batches: AsyncGenerator<Batch>, report: RunReport): AsyncGenerator<Batch> {
  try {
    for (;;) {
      const next = await report.timed('reading', () => batches.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await batches.return(undefined);
  }
}

/** What came in the very bytes that are stored is not mapped again. */
async function mapBatch(batch: Batch, mapping: Mapping, writer: Writer, report: RunReport): Promise<Mapped> {
  const knownOf = await writer.known(batch.messages.flatMap(({ kind, id }) => (kind === 'record' ? [id] : [])));
  const items = await report.timed('mapping', () =>
    batch.messages.map((message) =>
      toItem(message, mapping, message.id === undefined ? undefined : knownOf(message.id)),
    ),
  );
  return { batch, items, knownOf };
}

/** Nobody knows which record it was. */
function isBlind({ id, repeats }: { readonly id?: string; readonly repeats?: string }): boolean {
  return id === undefined && repeats === undefined;
}

/** Where records are mapped otherwise than when they came in, partners are sent many changes: told beforehand, and throttled. */
async function paceOfUpgrade({ source, database, from, report, context }: Work, mapping: Mapping) {
  if (from.mapping === null || from.mapping === mapping.version) return async () => undefined;
  const count = await recordsMappedOtherwise(database, source.name, mapping.version);
  if (count === 0) return async () => undefined;
  report.tell(finding('mapping-changed', { source: source.name, count, pace: CHANGES_PER_MINUTE }));
  return createPace(CHANGES_PER_MINUTE, context.signal);
}

/**
 * Where to go on from; from the beginning where this version does not understand the checkpoint, or would map the records that
 * came before it otherwise. Neither is a fault: unchanged records cost little.
 */
async function usableCursor({ source, from, report }: Work, mapping: Mapping): Promise<unknown> {
  if (from.cursor === undefined) return undefined;
  if (from.mapping !== mapping.version) return undefined;
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
  const end = (reason: Finding) => report.end(gained(report), context.now(), reason);
  if (
    context.signal.aborted &&
    (fault instanceof SourceError || fault === context.signal.reason || isDatabaseGone(fault))
  ) {
    end(finding('run-stopped', { source: source.name }));
  } else if (fault instanceof SourceError) {
    report.notBefore = fault.notBefore;
    if (fault.kind === 'config') report.end('failed', context.now(), fault.finding);
    else end(fault.finding);
  } else if (fault instanceof SuppressionRefused) {
    report.end('failed', context.now(), fault.finding);
  } else if (fault instanceof LeaseLost) {
    end(fault.finding);
  } else if (isDatabaseGone(fault)) {
    end(finding('graph-unreachable', { source: source.name, detail: fault.message }));
  } else {
    throw fault;
  }
}

/** Where Neo4j is gone the run cannot be kept; it is still told to whoever started it, and closed as dead by the next. */
async function close(source: Source, database: Database, lease: Lease, report: RunReport): Promise<RunReport> {
  try {
    await tellWithdrawn(database, source, report);
    await forgetExamples(database, report);
    report.resumesAt = await resumption(source, database, report);
    await closeRun(database, lease, report);
  } catch (fault) {
    if (!isDatabaseGone(fault)) throw fault;
    const detail = { source: report.source, detail: fault.message };
    report.end(gained(report), report.endedAt ?? report.startedAt, finding('graph-unreachable', detail));
  }
  return report;
}
