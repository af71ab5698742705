/** Cells that a harvest could not read: their values are not known here, so a file of whole rows would empty them. */
import type { Database } from '#graph-schema/database.ts';

/**
 * Whether stored rows of a source may lack cells that its file has. Asked of every run since the last complete one that read any record: one that failed, or
 * found nothing to read, tells nothing about the rows that were stored before it.
 */
export async function hasLostCells(database: Database, source: string): Promise<boolean> {
  const { records } = await database.read((tx) =>
    tx.run(
      `OPTIONAL MATCH (c:Run {source: $source, outcome: 'complete'}) WHERE c.seen > 0
       WITH max(c.startedAt) AS since
       RETURN EXISTS { MATCH (r:Run {source: $source})<-[:IN]-(:Finding {code: 'table-cell-error'}) WHERE since IS NULL OR r.startedAt >= since } AS lost`,
      { source },
    ),
  );
  return records[0]?.get('lost') === true;
}
