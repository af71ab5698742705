/** Runs, kept in the graph with their figures; the source's node with its checkpoint. */
import type { ManagedTransaction } from 'neo4j-driver';
import neo4j from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';
import type { Lease } from './lease.ts';
import { releaseLease } from './lease.ts';
import type { RunReport } from './report.ts';
import type { Source } from './sources.ts';

/** Where the last run left off. `snapshot` names the pass over the whole source that is under way: it outlives a run that was cut short. */
export interface Checkpoint {
  readonly cursor: unknown;
  readonly snapshot: string | null;
  /** Under which the records before it were mapped. */
  readonly mapping: string | null;
}

/** Opens a run: the source's node brought up to date, runs that died unseen closed, the checkpoint read. */
export async function openRun(
  database: Database,
  source: Source,
  report: RunReport,
): Promise<Checkpoint & { notBefore: Date | undefined }> {
  return database.write(async (tx) => {
    const { records } = await tx.run(
      `MERGE (s:Source {name: $name}) SET s += $about
       WITH s
       CALL (s) {
         MATCH (dead:Run {source: s.name, outcome: 'running'})
         SET dead.outcome = 'partial', dead.reason = 'process-ended', dead.endedAt = datetime()
       }
       MERGE (r:Run {id: $id})
       SET r.source = $name, r.outcome = 'running', r.startedAt = datetime($startedAt), r.full = $full, r.allVisible = $allVisible
       MERGE (r)-[:OF]->(s)
       RETURN s.cursor AS cursor, s.snapshot AS snapshot, s.mapping AS mapping, s.notBefore.epochMillis AS notBefore`,
      {
        name: source.name,
        about: aboutSource(source),
        id: report.id,
        startedAt: report.startedAt.toISOString(),
        full: report.full,
        allVisible: source.about.visibility === 'everything',
      },
    );
    const cursor = records[0]?.get('cursor') as string | null;
    const notBefore = records[0]?.get('notBefore') as number | null;
    return {
      cursor: cursor === null ? undefined : JSON.parse(cursor),
      snapshot: (records[0]?.get('snapshot') as string | null) ?? null,
      mapping: (records[0]?.get('mapping') as string | null) ?? null,
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
    protocol: connector.name,
    format: format.name,
    rank: neo4j.int(about.rank),
    visible: about.visibility !== 'nothing',
  };
}

/** In the transaction of the batch that it vouches for. */
export async function saveCheckpoint(tx: ManagedTransaction, source: string, checkpoint: Checkpoint): Promise<void> {
  await tx.run(
    'MATCH (s:Source {name: $source}) SET s.cursor = $cursor, s.snapshot = $snapshot, s.mapping = $mapping',
    {
      source,
      cursor: JSON.stringify(checkpoint.cursor),
      snapshot: checkpoint.snapshot,
      mapping: checkpoint.mapping,
    },
  );
}

/** Ends a run: outcome, figures and findings kept, the lease given back, the snapshot closed where it is complete. */
export async function closeRun(database: Database, lease: Lease, report: RunReport): Promise<void> {
  const findings = [...report.findings.values()].map(({ finding, count, examples }) => ({
    code: finding.code,
    count: neo4j.int(count),
    examples: examples.map(({ particulars }) => JSON.stringify(particulars)),
  }));
  await database.write(async (tx) => {
    await tx.run(
      `MATCH (r:Run {id: $id})-[:OF]->(s:Source)
       SET r += $figures, r.outcome = $outcome, r.reason = $reason, r.particulars = $particulars, r.endedAt = datetime($endedAt),
           r.seconds = $seconds, r.coverage = $coverage
       FOREACH (_ IN CASE WHEN $outcome = 'complete' THEN [1] ELSE [] END | SET s.snapshot = null, s.lastComplete = datetime($endedAt))
       FOREACH (_ IN CASE WHEN $forget THEN [1] ELSE [] END | SET s.snapshot = null, s.cursor = null)
       SET s.notBefore = datetime($notBefore)
       WITH r UNWIND $findings AS found
       MERGE (f:Finding {id: r.id + '/' + found.code})
       SET f.run = r.id, f.code = found.code, f.count = found.count, f.examples = found.examples
       MERGE (f)-[:IN]->(r)`,
      {
        id: report.id,
        figures: counted(report),
        outcome: report.outcome,
        reason: report.reason?.code ?? null,
        particulars: report.reason ? JSON.stringify(report.reason.particulars) : null,
        endedAt: (report.endedAt ?? report.startedAt).toISOString(),
        forget: report.forgetCheckpoint,
        notBefore: report.notBefore?.toISOString() ?? null,
        seconds: report.seconds,
        coverage: report.coverage ?? null,
        findings,
      },
    );
    await releaseLease(tx, lease);
  });
}

function counted(report: RunReport): Record<string, unknown> {
  return Object.fromEntries(Object.entries(report.figures).map(([name, count]) => [name, neo4j.int(count)]));
}
