/** What a run did and how it ended: the figures, the findings grouped by cause, the outcome in words. */
import { randomUUID } from 'node:crypto';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import type { KnownRecord } from '#graph-schema/fold/records.ts';
import type { BatchCounts } from '#graph-schema/fold/write.ts';
import type { Checkpoint } from './runs.ts';

/** `complete`: the source said `end`. `partial`: it did not, and a checkpoint says from where to go on. `failed`: nothing came, or the fault is one that waiting does not mend. */
export type Outcome = 'complete' | 'partial' | 'failed';

export interface Figures {
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  /** Deletions and updates that wait for a steward. */
  held: number;
  rejected: number;
}

/** Where a run's time goes. Reading, mapping and writing overlap. */
export type Stage = 'reading' | 'mapping' | 'writing' | 'sweeping';

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
  /** Records that were visible, and are so no more. */
  withdrawn = 0;
  /** Records that the snapshot did not name, and that the one before did. */
  missing = 0;
  /** Ids that the partner names and that were never given to us. */
  unknown = 0;
  coverage: 'snapshot' | 'changes' | undefined;
  expected: number | undefined;
  outcome: Outcome | undefined;
  reason: Finding | undefined;
  endedAt: Date | undefined;
  notBefore: Date | undefined;
  /** When a run that was cut short goes on by itself. */
  resumesAt: Date | undefined;
  /** Of those rejected, how many say of themselves that they are not to be seen: that is no fault of the source. */
  unshowable = 0;
  /** Records of persons who asked to be forgotten: seen, and not stored. */
  suppressed = 0;
  /** Whether it then goes on from a checkpoint, or from the beginning. */
  hasCheckpoint = false;
  /** Of a run that saw its end: saved when all has been decided. */
  lastCheckpoint: Checkpoint | undefined;
  readonly #stageMs: Record<Stage, number> = { reading: 0, mapping: 0, writing: 0, sweeping: 0 };
  /** The run began at the beginning and its end was no success: the next begins there again. */
  forgetCheckpoint = false;

  constructor(source: string, full: boolean) {
    this.source = source;
    this.full = full;
  }

  /** A batch was committed. */
  count(items: readonly Item[], counts: BatchCounts, knownOf: (id: string) => KnownRecord | undefined): void {
    this.figures.seen += items.length;
    for (const [name, number] of Object.entries(counts)) this.figures[name as keyof BatchCounts] += number;
    for (const item of items) {
      if (item.kind === 'rejected') this.tell(item.finding);
      if (item.kind === 'rejected' && item.hides) this.unshowable += 1;
      if (item.kind !== 'record' && item.kind !== 'same') continue;
      const visibility = item.kind === 'record' ? item.record.visibility : item.visibility;
      this.records += 1;
      if (visibility === 'public') this.visible += 1;
      else if (knownOf(item.id)?.visibility === 'public') this.withdrawn += 1;
      if (item.kind === 'record') for (const note of item.notes) this.tell(note);
    }
  }

  /** Records were deleted by decision of the run. */
  deleted({ deleted }: BatchCounts): void {
    this.figures.deleted += deleted;
  }

  /** Does a piece of the work, and keeps how long it took. */
  async timed<T>(stage: Stage, work: () => T | Promise<T>): Promise<T> {
    const since = performance.now();
    try {
      return await work();
    } finally {
      this.#stageMs[stage] += performance.now() - since;
    }
  }

  /** Seconds of each stage, as a run keeps them. */
  stages(): Record<`${Stage}Seconds`, number> {
    const { reading, mapping, writing, sweeping } = this.#stageMs;
    const seconds = (ms: number) => Math.round(ms) / 1000;
    return {
      readingSeconds: seconds(reading),
      mappingSeconds: seconds(mapping),
      writingSeconds: seconds(writing),
      sweepingSeconds: seconds(sweeping),
    };
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
      missing: this.missing,
      suppressed: this.suppressed,
      resumesAt: this.resumesAt?.toISOString() ?? null,
      resumesFrom: this.outcome === 'complete' ? null : this.hasCheckpoint ? 'checkpoint' : 'beginning',
      stages: this.stages(),
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
