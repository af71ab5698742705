/** Runs, kept in the graph with their figures; the source's node with its checkpoint. */
import type { ManagedTransaction } from 'neo4j-driver';
import neo4j from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';
import { intervalSecondsOf, promiseOf } from './freshness.ts';
import { holdsLease, type Lease, releaseLease } from './lease.ts';
import type { RunReport } from './report.ts';
import type { Source } from './sources.ts';

/** Where the last run left off. */
export interface Checkpoint {
  readonly cursor: unknown;
  /** The pass over the source that is under way (fold/snapshot.ts): it outlives a run that was cut short. Null where the next reading begins a new one. */
  readonly snapshot: string | null;
  /** Something in that pass had no id. */
  readonly blind: boolean;
  /** Under which the records before it were mapped. */
  readonly mapping: string | null;
}

/** What a run begins with. */
export interface Opened extends Checkpoint {
  readonly notBefore: Date | undefined;
  /** A steward has published the source (needed only of one on trial). */
  readonly published: boolean;
}

/** So many runs of a source are kept, the latest complete one always; TRAME_KEEP_RUNS says otherwise. */
const RUNS_KEPT = 200;

/** Opens a run: the source's node brought up to date, runs that died unseen closed, the checkpoint read. */
export async function openRun(database: Database, source: Source, report: RunReport): Promise<Opened> {
  return database.write(async (tx) => {
    const { records } = await tx.run(
      `MERGE (s:Source {name: $name}) SET s += $about, s.visible = $about.visible AND (NOT $about.trial OR coalesce(s.published, false)), s.firstRun = coalesce(s.firstRun, datetime($startedAt)), s.resumesAt = null, s.runRequestedAt = null
       WITH s
       CALL (s) {
         MATCH (dead:Run {source: s.name, outcome: 'running'})
         SET dead.outcome = 'partial', dead.reason = 'process-ended', dead.particulars = $ofSource, dead.endedAt = datetime()
       }
       MERGE (r:Run {id: $id})
       SET r.source = $name, r.outcome = 'running', r.startedAt = datetime($startedAt), r.full = $full, r.allVisible = $allVisible
       MERGE (r)-[:OF]->(s)
       RETURN s.cursor AS cursor, s.snapshot AS snapshot, coalesce(s.blind, false) AS blind, s.mapping AS mapping,
              s.notBefore.epochMillis AS notBefore, coalesce(s.published, false) AS published`,
      {
        name: source.name,
        about: aboutSource(source),
        ofSource: JSON.stringify({ source: source.name }),
        id: report.id,
        startedAt: report.startedAt.toISOString(),
        full: report.full,
        allVisible: source.about.visibility === 'everything',
      },
    );
    const { cursor, notBefore, ...rest } = records[0]!.toObject() as unknown as Omit<Opened, 'cursor' | 'notBefore'> & {
      cursor: string | null;
      notBefore: number | null;
    };
    return {
      ...rest,
      cursor: cursor === null ? undefined : JSON.parse(cursor),
      notBefore: notBefore === null ? undefined : new Date(notBefore),
    };
  });
}

/** What everyone may know about a source. One whose records are all hidden is not public itself. */
export function aboutSource({ name, about, format, connector }: Source): Record<string, unknown> {
  return {
    name,
    title: about.title,
    owner: about.owner ?? null,
    licence: about.licence,
    contact: about.contact,
    schedule: about.schedule ?? null,
    agreementEnd: about.agreement?.end ?? null,
    freshness: promiseOf(about),
    intervalSeconds: intervalSecondsOf(about.schedule) ?? null,
    trial: about.trial,
    protocol: connector.name,
    format: format.name,
    rank: neo4j.int(about.rank),
    visible: about.visibility !== 'nothing',
  };
}

/** In the transaction of the batch that it vouches for. */
export async function saveCheckpoint(tx: ManagedTransaction, source: string, checkpoint: Checkpoint): Promise<void> {
  await tx.run(
    'MATCH (s:Source {name: $source}) SET s.cursor = $cursor, s.snapshot = $snapshot, s.blind = $blind, s.mapping = $mapping',
    { source, ...checkpoint, cursor: JSON.stringify(checkpoint.cursor) },
  );
}

/** Ends a run: outcome, figures, timings and findings kept, the lease given back. A complete one saves its last checkpoint only now, when all has been decided. */
export async function closeRun(database: Database, lease: Lease, report: RunReport): Promise<void> {
  const findings = [...report.findings.values()].map(({ finding, count, examples }) => ({
    code: finding.code,
    count: neo4j.int(count),
    examples: examples.map(({ particulars }) => JSON.stringify(particulars)),
  }));
  await database.write(async (tx) => {
    // Whoever took the lease over has the word on the source.
    const mine = await holdsLease(tx, lease);
    if (mine && report.outcome === 'complete' && report.lastCheckpoint)
      await saveCheckpoint(tx, report.source, report.lastCheckpoint);
    await tx.run(
      `MATCH (r:Run {id: $id})-[:OF]->(s:Source)
       SET r += $figures, r.outcome = $outcome, r.reason = $reason, r.particulars = $particulars, r.endedAt = datetime($endedAt),
           r.seconds = $seconds, r.coverage = $coverage, r.resumesAt = datetime($resumesAt),
           r.live = COUNT { (one:SourceRecord) WHERE one.source = s.name AND one.state IN ['live', 'missing'] }
       FOREACH (_ IN CASE WHEN $mine AND $outcome = 'complete' THEN [1] ELSE [] END |
         SET s.lastComplete = datetime($endedAt), s.snapshot = null, s.blind = false)
       FOREACH (_ IN CASE WHEN $mine AND $forget THEN [1] ELSE [] END | SET s.snapshot = null, s.cursor = null)
       FOREACH (_ IN CASE WHEN $mine THEN [1] ELSE [] END | SET s.notBefore = datetime($notBefore), s.resumesAt = datetime($resumesAt))
       WITH r UNWIND $findings AS found
       MERGE (f:Finding {id: r.id + '/' + found.code})
       SET f.run = r.id, f.code = found.code, f.count = found.count, f.examples = found.examples
       MERGE (f)-[:IN]->(r)`,
      {
        id: report.id,
        figures: { ...counted(report), ...report.stages(), unshowable: neo4j.int(report.unshowable) },
        outcome: report.outcome,
        reason: report.reason?.code ?? null,
        particulars: report.reason ? JSON.stringify(report.reason.particulars) : null,
        endedAt: (report.endedAt ?? report.startedAt).toISOString(),
        mine,
        forget: report.forgetCheckpoint,
        notBefore: report.notBefore?.toISOString() ?? null,
        resumesAt: report.resumesAt?.toISOString() ?? null,
        seconds: report.seconds,
        coverage: report.coverage ?? null,
        findings,
      },
    );
    await forgetOldRuns(tx, report.source);
    await releaseLease(tx, lease);
  });
}

/** How many records of a source came in under another mapping than this. */
export async function recordsMappedOtherwise(database: Database, source: string, mapping: string): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing'] AND r.mapping <> $mapping
       RETURN count(r) AS n`,
      { source, mapping },
    ),
  );
  return Number(records[0]?.get('n'));
}

async function forgetOldRuns(tx: ManagedTransaction, source: string): Promise<void> {
  const keep = Number(process.env['TRAME_KEEP_RUNS'] ?? RUNS_KEPT);
  await tx.run(
    `MATCH (r:Run {source: $source}) WITH r ORDER BY r.startedAt DESC SKIP toInteger($keep)
     WHERE NOT (r.outcome = 'complete' AND r.endedAt = COLLECT { MATCH (s:Source {name: $source}) RETURN s.lastComplete }[0])
     WITH r LIMIT 50
     OPTIONAL MATCH (f:Finding)-[:IN]->(r) DETACH DELETE f, r`,
    { source, keep: neo4j.int(Number.isInteger(keep) && keep > 0 ? keep : RUNS_KEPT) },
  );
}

/** How many runs of a source in a row have not been complete, this one not counted: it says how long to wait before the next. */
export async function failuresInARow(database: Database, source: string): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:Run {source: $source}) WHERE r.outcome <> 'running' AND r.kind IS NULL WITH r ORDER BY r.startedAt DESC LIMIT 20
       RETURN collect(r.outcome) AS outcomes`,
      { source },
    ),
  );
  const outcomes = records[0]?.get('outcomes') as string[];
  const since = outcomes.indexOf('complete');
  return since < 0 ? outcomes.length : since;
}

function counted(report: RunReport): Record<string, unknown> {
  return Object.fromEntries(Object.entries(report.figures).map(([name, count]) => [name, neo4j.int(count)]));
}
