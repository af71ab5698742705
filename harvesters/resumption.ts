/** When a run that was cut short goes on by itself. */
import type { Database } from '#graph-schema/database.ts';
import { words } from '#graph-schema/findings/finding.ts';
import type { RunReport } from './report.ts';
import { failuresInARow } from './runs.ts';
import type { Source } from './sources.ts';

const FIRST_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * A fault that time may mend is tried again after five minutes, then ten, twenty, up to six hours; never before the partner's own "not before". One that
 * somebody stopped goes on as soon as there is a worker. Undefined where waiting mends nothing: then the next scheduled run tries.
 */
export async function resumption(source: Source, database: Database, report: RunReport): Promise<Date | undefined> {
  const { outcome, reason, endedAt, notBefore } = report;
  if (outcome === 'complete' || outcome === undefined || endedAt === undefined || reason === undefined)
    return undefined;
  if (notBefore !== undefined) return notBefore;
  if (reason.code === 'run-stopped') return endedAt;
  if (outcome === 'failed' && !MENDED_BY_TIME.has(reason.code)) return undefined;
  if (words(reason).severity !== 'error') return undefined;
  const failures = await failuresInARow(database, source.name);
  return new Date(endedAt.getTime() + Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
}

/** Failed before the first record came, and yet not for good. */
const MENDED_BY_TIME: ReadonlySet<string> = new Set([
  'http-unreachable',
  'http-timeout',
  'http-server-error',
  'http-busy',
  'http-broken-off',
  'oai-html',
  'oai-empty-body',
  'oai-page-cut',
  'oai-page-malformed',
  'oai-other-document',
  'api-not-json',
  'api-page-empty',
  'api-count-short',
  'api-count-exceeded',
  'api-loop',
  'api-unstable',
  'graph-unreachable',
]);
