/** What the graph knows of every source's runs and of what waits for a steward, in one query: what causes.ts judges. */
import type { Database } from '#graph-schema/database.ts';
import { type Counts, type HeldFacts, type RunFacts, SHRINKING_DAYS } from './causes.ts';

/** As it stands in the graph, whether or not the source still has a file. */
export interface SourceHistory {
  readonly source: string;
  readonly published: boolean;
  readonly firstRun: Date | undefined;
  readonly lastComplete: Date | undefined;
  /** A run that was cut short goes on then. */
  readonly resumesAt: Date | undefined;
  /** The partner asked not to be asked before. */
  readonly notBefore: Date | undefined;
  readonly runs: readonly RunFacts[];
  readonly lastCounts: Counts | undefined;
  readonly highestLive: number | undefined;
  readonly withdrawn: number | undefined;
  readonly held: readonly HeldFacts[];
}

const MOST_SOURCES = 1_000;
const MOST_RUNS = 20;
const MOST_HELD = 50;

/** Replays are runs too, but say nothing about the source. */
const QUERY = `
MATCH (s:Source) WITH s ORDER BY s.name LIMIT toInteger($mostSources)
WHERE EXISTS { (:Run)-[:OF]->(s) }
CALL (s) { MATCH (r:Run {source: s.name}) WHERE r.outcome <> 'running' WITH r ORDER BY r.startedAt DESC LIMIT toInteger($mostRuns)
  WITH collect(r) AS latest UNWIND latest AS r WITH latest, r WHERE r = latest[0] OR r.startedAt >= datetime($dayAgo)
  MATCH (r)<-[:IN]-(f:Finding {code: 'mass-withdrawn'}) RETURN collect(f.examples[0]) AS withdrawn }
CALL (s) { MATCH (r:Run {source: s.name}) WHERE r.outcome = 'complete' AND coalesce(r.kind, 'harvest') = 'harvest'
  WITH r ORDER BY r.startedAt DESC LIMIT 1 RETURN collect(r {.seen, .live, rejected: r.rejected - coalesce(r.unshowable, 0)}) AS lastCounts }
CALL (s) { MATCH (r:Run {source: s.name}) WHERE r.outcome = 'complete' AND r.startedAt >= datetime($recent) RETURN max(r.live) AS highestLive }
RETURN s.name AS source, coalesce(s.published, false) AS published, withdrawn, head(lastCounts) AS lastCounts, highestLive,
  s.lastComplete.epochMillis AS lastComplete, s.resumesAt.epochMillis AS resumesAt, s.notBefore.epochMillis AS notBefore,
  coalesce(s.firstRun, head(COLLECT { MATCH (r:Run {source: s.name}) RETURN r.startedAt ORDER BY r.startedAt LIMIT 1 })).epochMillis AS firstRun,
  COLLECT { MATCH (r:Run {source: s.name}) WHERE r.outcome <> 'running' AND coalesce(r.kind, 'harvest') = 'harvest'
    WITH r ORDER BY r.startedAt DESC LIMIT toInteger($mostRuns)
    RETURN r {.outcome, .reason, .particulars, endedAt: coalesce(r.endedAt, r.startedAt).epochMillis} } AS runs,
  COLLECT { MATCH (h:HeldBatch {source: s.name, state: 'waiting'})
    WITH h ORDER BY h.openedAt LIMIT toInteger($mostHeld)
    RETURN h {.id, .kind, .count, .limit, openedAt: h.openedAt.epochMillis} } AS held`;

/** Every source that was ever run, by name. Throws what the driver throws. */
export async function readHistories(database: Database, now: Date): Promise<readonly SourceHistory[]> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  const { records } = await database.read((tx) =>
    tx.run(QUERY, {
      mostSources: MOST_SOURCES,
      mostRuns: MOST_RUNS,
      mostHeld: MOST_HELD,
      recent: daysAgo(SHRINKING_DAYS),
      dayAgo: daysAgo(1),
    }),
  );
  return records.map((record) => historyOf(record.toObject() as unknown as Row));
}

type Nullable<T> = { readonly [Name in keyof T]: T[Name] | null };

interface Row {
  readonly source: string;
  readonly published: boolean;
  readonly withdrawn: readonly string[];
  readonly lastCounts: Nullable<Counts> | null;
  readonly highestLive: number | null;
  readonly lastComplete: number | null;
  readonly resumesAt: number | null;
  readonly notBefore: number | null;
  readonly firstRun: number | null;
  readonly runs: readonly {
    outcome: RunFacts['outcome'];
    reason: string | null;
    particulars: string | null;
    endedAt: number;
  }[];
  readonly held: readonly {
    id: string;
    kind: HeldFacts['kind'];
    count: number;
    limit: number | null;
    openedAt: number;
  }[];
}

function historyOf(row: Row): SourceHistory {
  const { lastCounts } = row;
  return {
    source: row.source,
    published: row.published,
    withdrawn: row.withdrawn[0] === undefined ? undefined : Number(JSON.parse(row.withdrawn[0]).count),
    lastCounts: lastCounts
      ? { seen: lastCounts.seen ?? 0, rejected: lastCounts.rejected ?? 0, live: lastCounts.live ?? undefined }
      : undefined,
    highestLive: row.highestLive ?? undefined,
    lastComplete: dateOf(row.lastComplete),
    resumesAt: dateOf(row.resumesAt),
    notBefore: dateOf(row.notBefore),
    firstRun: dateOf(row.firstRun),
    runs: row.runs.map((run) => ({
      outcome: run.outcome,
      reason: run.reason ?? undefined,
      particulars: run.particulars ?? undefined,
      endedAt: new Date(run.endedAt),
    })),
    held: row.held.map((batch) => ({
      id: batch.id,
      kind: batch.kind,
      count: batch.count,
      limit: batch.limit ?? undefined,
      openedAt: new Date(batch.openedAt),
    })),
  };
}

function dateOf(millis: number | null): Date | undefined {
  return millis === null ? undefined : new Date(millis);
}
