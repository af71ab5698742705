/** What a run did and how it ended: the figures, the findings grouped by cause, the outcome in words. */
import { randomUUID } from 'node:crypto';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/records.ts';
import type { BatchCounts } from '#graph-schema/fold/write.ts';

/** `complete`: the source said `end`. `partial`: it did not, and a checkpoint says from where to go on. `failed`: nothing came, or the fault is one that waiting does not mend. */
export type Outcome = 'complete' | 'partial' | 'failed';

export interface Figures {
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  held: number;
  rejected: number;
}

/** One cause, how often, and three examples of it. */
export interface FindingGroup {
  readonly finding: Finding;
  count: number;
  readonly examples: Finding[];
}

const MOST_EXAMPLES = 3;
const MOST_GROUPS = 200;

export class RunReport {
  readonly id = randomUUID();
  readonly source: string;
  readonly full: boolean;
  /** When the lease was taken. */
  startedAt = new Date();
  readonly figures: Figures = { seen: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, held: 0, rejected: 0 };
  readonly findings = new Map<string, FindingGroup>();
  /** Records that could be mapped, and how many of them may be seen. */
  records = 0;
  visible = 0;
  coverage: 'snapshot' | 'changes' | undefined;
  expected: number | undefined;
  outcome: Outcome | undefined;
  reason: Finding | undefined;
  endedAt: Date | undefined;
  notBefore: Date | undefined;
  /** The run began at the beginning and its end was no success: the next begins there again. */
  forgetCheckpoint = false;

  constructor(source: string, full: boolean) {
    this.source = source;
    this.full = full;
  }

  /** A batch was committed. */
  count(items: readonly Item[], counts: BatchCounts): void {
    this.figures.seen += items.length;
    for (const [name, number] of Object.entries(counts)) this.figures[name as keyof BatchCounts] += number;
    for (const item of items) {
      if (item.kind === 'rejected') this.tell(item.finding);
      if (item.kind !== 'record') continue;
      this.records += 1;
      if (item.record.visibility === 'public') this.visible += 1;
      for (const note of item.notes) this.tell(note);
    }
  }

  tell(told: Finding): void {
    const group = this.findings.get(told.code);
    if (group) {
      group.count += 1;
      if (group.examples.length < MOST_EXAMPLES) group.examples.push(told);
    } else if (this.findings.size < MOST_GROUPS) {
      this.findings.set(told.code, { finding: told, count: 1, examples: [told] });
    }
  }

  end(outcome: Outcome, endedAt: Date, reason?: Finding): this {
    this.outcome = outcome;
    this.endedAt = endedAt;
    this.reason = reason;
    if (reason) this.tell(reason);
    return this;
  }

  get seconds(): number {
    return ((this.endedAt ?? this.startedAt).getTime() - this.startedAt.getTime()) / 1000;
  }

  /** What a program reads: `trame harvest --json`. */
  toJSON(): Record<string, unknown> {
    const reason = this.reason ? words(this.reason) : undefined;
    return {
      source: this.source,
      outcome: this.outcome,
      reason: reason?.text ?? null,
      remedy: reason?.remedy ?? null,
      code: this.reason?.code ?? null,
      ...this.figures,
      seconds: Math.round(this.seconds * 1000) / 1000,
      coverage: this.coverage ?? null,
      expected: this.expected ?? null,
      notBefore: this.notBefore?.toISOString() ?? null,
      findings: [...this.findings.values()].map(({ finding, count, examples }) => ({
        code: finding.code,
        count,
        ...words(finding),
        examples: examples.map(({ particulars }) => particulars),
      })),
    };
  }
}
