/** A replay is kept as a run of kind `replay`, beside the harvests. It touches neither the source's cursor nor its snapshot nor when it was last complete. */
import neo4j from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';
import { holdsLease, type Lease } from '../lease.ts';
import type { RunReport } from '../report.ts';
import { aboutSource } from '../runs.ts';
import type { Source } from '../sources.ts';

/** What is known of a source that was harvested here: whether a steward published it. Undefined where it never was. */
export async function knownSource(database: Database, name: string): Promise<{ published: boolean } | undefined> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (s:Source {name: $name}) WHERE EXISTS { (:SourceRecord {source: $name}) } RETURN coalesce(s.published, false) AS published`,
      { name },
    ),
  );
  return records[0] && { published: records[0].get('published') as boolean };
}

/** Opens the run, under the lease: what died under another is closed. */
export async function openReplay(database: Database, source: Source, report: RunReport): Promise<void> {
  await database.write((tx) =>
    tx.run(
      `MATCH (s:Source {name: $name}) SET s += $about
       WITH s
       CALL (s) {
         MATCH (dead:Run {source: s.name, outcome: 'running'})
         SET dead.outcome = 'partial', dead.reason = 'process-ended', dead.endedAt = datetime()
       }
       MERGE (r:Run {id: $id})
       SET r.source = $name, r.kind = 'replay', r.outcome = 'running', r.startedAt = datetime($startedAt), r.full = true, r.allVisible = $allVisible
       MERGE (r)-[:OF]->(s)`,
      {
        name: source.name,
        about: aboutSource(source),
        id: report.id,
        startedAt: report.startedAt.toISOString(),
        allVisible: source.about.visibility === 'everything',
      },
    ),
  );
}

/** Closes the run. `mapping`: every record is mapped by it now, so that the next harvest need not read the whole source for its sake. */
export async function closeReplay(
  database: Database,
  lease: Lease,
  report: RunReport,
  mapping: string | undefined,
): Promise<void> {
  const findings = [...report.findings.values()].map(({ finding, count, examples }) => ({
    code: finding.code,
    count: neo4j.int(count),
    examples: examples.map(({ particulars }) => JSON.stringify(particulars)),
  }));
  const figures = Object.entries(report.figures).map(([name, count]) => [name, neo4j.int(count)]);
  await database.write(async (tx) => {
    const vouched = (await holdsLease(tx, lease)) ? (mapping ?? null) : null;
    await tx.run(
      `MATCH (r:Run {id: $id})-[:OF]->(s:Source)
       SET r += $figures, r.outcome = $outcome, r.reason = $reason, r.particulars = $particulars, r.endedAt = datetime($endedAt), r.seconds = $seconds
       FOREACH (_ IN CASE WHEN $vouched IS NULL OR s.cursor IS NULL THEN [] ELSE [1] END | SET s.mapping = $vouched)
       WITH r UNWIND $findings AS found
       MERGE (f:Finding {id: r.id + '/' + found.code})
       SET f.run = r.id, f.code = found.code, f.count = found.count, f.examples = found.examples
       MERGE (f)-[:IN]->(r)`,
      {
        id: report.id,
        figures: { ...Object.fromEntries(figures), ...report.stages() },
        outcome: report.outcome,
        reason: report.reason?.code ?? null,
        particulars: report.reason ? JSON.stringify(report.reason.particulars) : null,
        endedAt: (report.endedAt ?? report.startedAt).toISOString(),
        seconds: report.seconds,
        vouched,
        findings,
      },
    );
  });
}
