/** What a run works with, from the lease to the end. */
import type { Context } from '#connectors/connector.ts';
import type { Database } from '#graph-schema/database.ts';
import type { Lease } from './lease.ts';
import type { RunReport } from './report.ts';
import type { RunOptions } from './run.ts';
import type { Opened } from './runs.ts';
import type { Source } from './sources.ts';

export interface Work {
  readonly source: Source;
  readonly database: Database;
  readonly lease: Lease;
  readonly report: RunReport;
  readonly context: Context;
  readonly from: Opened;
  readonly options: RunOptions;
}
