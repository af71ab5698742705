/** The end of a run: is it a success, and what is to be decided now that all has been seen. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import type { End } from './batches.ts';
import { decideDeletions } from './deletions.ts';
import { intervalSecondsOf } from './freshness.ts';
import type { Mapping } from './map.ts';
import { replayRest } from './replay.ts';
import type { RunReport } from './report.ts';
import { recordsMappedOtherwise } from './runs.ts';
import type { Source } from './sources.ts';
import type { UpdateWatch } from './updates.ts';
import type { Work } from './work.ts';
import type { Writer } from './writer.ts';

/** What is known when the source has said that it has ended. */
export interface Ending {
  readonly reason: Finding | undefined;
  readonly snapshot: string;
  readonly blind: boolean;
  readonly writer: Writer;
  readonly watch: UpdateWatch;
  readonly resumed: boolean;
  readonly mapping: Mapping;
}

/** The source said that it has ended. Only now is anything decided about what it did not name. */
export async function ended(
  work: Work,
  end: End,
  { reason, snapshot, blind, writer, watch, resumed, mapping }: Ending,
): Promise<void> {
  const { source, database, report, context, from } = work;
  report.coverage = end.coverage;
  report.expected = end.expected;
  const onTrial = source.about.trial && !from.published;
  if (report.records > 0 && report.visible === 0 && !onTrial) report.tell(nothingVisible(source, report.records));
  if (reason) {
    report.forgetCheckpoint = !resumed;
    report.end('failed', context.now(), reason);
    return;
  }
  if (report.unknown > 0) {
    // The partner names records that it never gave us: only reading everything again brings them.
    report.forgetCheckpoint = true;
    report.hasCheckpoint = false;
    const lacking = finding('run-lacks-records', { source: source.name, count: report.unknown });
    report.end('partial', context.now(), lacking);
    return;
  }
  const intervalSeconds = intervalSecondsOf(source.about.schedule) ?? 0;
  const { fingerprint } = end;
  const named = end.coverage === 'snapshot' ? snapshot : undefined;
  await report.timed('sweeping', async () => {
    await watch.end();
    await mapTheRest(work, mapping);
    await decideDeletions({ source, database, writer, report, snapshot: named, blind, fingerprint, intervalSeconds });
  });
  report.end('complete', context.now());
}

/** What the partner did not name, or gave in a form that cannot be mapped, is mapped otherwise from now on all the same: it may have to be hidden. */
async function mapTheRest({ source, database, lease, from, options, context }: Work, mapping: Mapping): Promise<void> {
  if (from.mapping === null || from.mapping === mapping.version) return;
  if ((await recordsMappedOtherwise(database, source.name, mapping.version)) === 0) return;
  const { resolver, holder } = options;
  await replayRest(source, database, {
    lease,
    mapping,
    options: { resolver, holder, signal: context.signal },
  });
}

/** Hidden is the rule where nothing is said, so a misspelt column would hide a whole collection without a word. */
function nothingVisible({ name, visibility }: Source, count: number): Finding {
  return finding('nothing-visible', { source: name, count, rule: JSON.stringify(visibility) });
}

/** So many rejected changes and nothing else point to the mapping, or to the partner's export, and not to the records. */
const MOST_REJECTED_CHANGES = 10;

/** An end over nothing is no success: a whole collection without a record, or one whose every record was rejected. A list that went on where it was may have little left. */
export function whyNot(
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
