/** Persons who were forgotten, in a run: their records are not mapped, not stored and not named; only counted. */
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { SuppressionRefused } from '#graph-schema/suppression/list.ts';
import type { Batch } from './batches.ts';
import { Guard, messageId } from './guard.ts';
import type { RunReport } from './report.ts';
import type { Writer } from './writer.ts';

/** The batch without them. They count as seen. */
export async function withoutForgotten(batch: Batch, writer: Writer, report: RunReport): Promise<Batch> {
  const forgotten = await writer.suppressed(batch.messages.flatMap((message) => messageId(message) ?? []));
  if (forgotten.size === 0) return batch;
  const messages = batch.messages.filter((message) => !forgotten.has(messageId(message) ?? ''));
  const count = batch.messages.length - messages.length;
  report.suppressed += count;
  report.figures.seen += count;
  for (let told = 0; told < count; told += 1) report.tell(finding('record-suppressed', { source: report.source }));
  return { ...batch, messages };
}

/**
 * A connector may have told something of a record before anybody knew whose it was: the examples that name one go. Where the list cannot
 * be read, all that name a record do.
 */
export async function forgetExamples(database: Database, report: RunReport): Promise<void> {
  const idOf = ({ particulars }: Finding) => String(particulars['id'] ?? '');
  const told = [...report.findings.values()].flatMap(({ examples }) => examples.map(idOf));
  const ids = [...new Set(told)].filter((id) => id !== '');
  if (ids.length === 0) return;
  const forgotten = await among(database, report.source, ids);
  if (forgotten.size === 0) return;
  for (const [code, group] of report.findings) {
    const examples = group.examples.filter((example) => !forgotten.has(idOf(example)));
    if (examples.length === group.examples.length) continue;
    if (examples.length === 0) report.findings.delete(code);
    else report.findings.set(code, { finding: examples[0]!, count: group.count, examples });
  }
}

async function among(database: Database, source: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  try {
    return await database.read((tx) => new Guard(source).suppressed(tx, ids));
  } catch (fault) {
    if (fault instanceof SuppressionRefused) return new Set(ids);
    throw fault;
  }
}
