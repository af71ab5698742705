/** What is the matter with a source: pure judgement over what is known of it. Each cause is told once (alerts.ts). */
import { FINDING_CODES, type Finding, type FindingCode, finding, words } from '#graph-schema/findings/finding.ts';
import { type FreshnessFacts, type Judged, judgeFreshness, PROMISES } from '#graph-schema/freshness.ts';

/** A run that has ended. */
export interface RunFacts {
  readonly outcome: 'complete' | 'partial' | 'failed';
  /** A finding's code, and its particulars as JSON. */
  readonly reason: string | undefined;
  readonly particulars: string | undefined;
  readonly endedAt: Date;
}

/**
 * Of a complete run. `rejected`: without those that say of themselves that they are not to be seen. `live`: the source's records that were there at its end; unknown for
 * runs that were kept before it was counted.
 */
export interface Counts {
  readonly seen: number;
  readonly rejected: number;
  readonly live: number | undefined;
}

/** What waits for a steward. */
export interface HeldFacts {
  readonly id: string;
  readonly kind: 'deletions' | 'updates';
  readonly count: number;
  readonly limit: number | undefined;
  readonly openedAt: Date;
}

export interface SourceFacts extends FreshnessFacts {
  readonly source: string;
  /** Harvested, and not yet published by a steward. */
  readonly trial: boolean;
  /** Its file is in the folder, and can be read. */
  readonly hasFile: boolean;
  /** The latest first; bounded. */
  readonly runs: readonly RunFacts[];
  readonly lastCounts: Counts | undefined;
  /** The most records at the end of a complete run within the last `SHRINKING_DAYS`. */
  readonly highestLive: number | undefined;
  /** So many records at once were hidden by the latest run, or by one of the last day. */
  readonly withdrawn: number | undefined;
  readonly held: readonly HeldFacts[];
  /** What is to be told of the partner's agreement. */
  readonly agreement: Finding | undefined;
}

/** One thing that a steward should look at. `about` tells apart several of one code. */
export interface Cause {
  readonly source: string;
  readonly about?: string;
  readonly finding: Finding;
}

/** The worst first. */
export const SOURCE_STATES = [
  'failing',
  'ended',
  'never',
  'late',
  'shrinking',
  'partial',
  'gone',
  'trial',
  'fresh',
] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** As a steward reads them. */
export const STATE_WORDS: Readonly<Record<SourceState, string>> = {
  failing: 'en échec',
  never: 'jamais complète',
  late: 'en retard',
  ended: 'accord échu',
  shrinking: 'diminue',
  partial: 'incomplète',
  gone: 'sans fichier',
  trial: 'à l’essai',
  fresh: 'à jour',
};

export interface Judgement {
  readonly state: SourceState;
  readonly causes: readonly Cause[];
  readonly freshness: Judged;
  /** Since when it is in that state, where that is known. */
  readonly since: Date | undefined;
}

export const SHRINKING_DAYS = 30;
const SHRINKING = { share: 0.1, records: 5 };
const REJECTS = { share: 0.1, records: 5 };
/** So many runs in a row that are not complete are no accident. */
const RUNS_IN_A_ROW = 2;
/** Asked for by the partner or by a steward: they say nothing about the source. */
const NO_FAULT: ReadonlySet<string> = new Set([
  'run-not-before',
  'run-stopped',
  'agreement-withdrawn',
  'agreement-not-begun',
]);

/** Judges a source at `now`. */
export function judgeSource(facts: SourceFacts, now: Date): Judgement {
  const freshness = judgeFreshness(facts, now);
  const told = (found: Finding): Cause => ({ source: facts.source, finding: found });
  if (!facts.hasFile) {
    const gone = finding('source-gone', { source: facts.source });
    return { state: 'gone', causes: [told(gone)], freshness, since: facts.lastComplete };
  }
  if (facts.agreement?.code === 'agreement-ended')
    return { state: 'ended', causes: [told(facts.agreement)], freshness, since: facts.lastComplete };
  const row = inARow(facts);
  // A source on trial promises nothing yet; whoever tries it wants to know how its harvests go.
  const owed = facts.trial ? [] : [overdue(facts, freshness), shrinking(facts), withdrawn(facts)];
  const causes = [row?.finding, ...owed, rejects(facts), facts.agreement].flatMap((found) =>
    found ? [told(found)] : [],
  );
  return {
    ...stateOf(facts, freshness, row, causes),
    causes: [...causes, ...facts.held.map((batch) => waiting(facts, batch))],
    freshness,
  };
}

function stateOf(
  { trial, firstRun }: SourceFacts,
  { state, dueAt }: Judged,
  row: InARow | undefined,
  causes: readonly Cause[],
): { state: SourceState; since: Date | undefined } {
  const isTold = (code: FindingCode) => causes.some((cause) => cause.finding.code === code);
  if (isTold('source-failing')) return { state: 'failing', since: row?.since };
  if (!trial && state === 'never') return { state: 'never', since: firstRun };
  if (!trial && state === 'late') return { state: 'late', since: dueAt };
  if (isTold('source-shrinking')) return { state: 'shrinking', since: undefined };
  if (isTold('source-partial')) return { state: 'partial', since: row?.since };
  return { state: trial ? 'trial' : 'fresh', since: undefined };
}

function overdue(facts: SourceFacts, { overdue, state }: Judged): Finding | undefined {
  const since = facts.lastComplete ?? facts.firstRun;
  if (!overdue || since === undefined) return undefined;
  const { fr, en } = PROMISES[facts.promise];
  const particulars = { source: facts.source, since: dayAndHour(since), promiseFr: fr, promiseEn: en };
  return finding(state === 'never' ? 'source-never-complete' : 'source-late', particulars);
}

interface InARow {
  readonly finding: Finding;
  /** The end of the first of them. */
  readonly since: Date;
}

/** Failing where the latest two failed; else partial where the latest two were not complete. */
function inARow({ source, runs }: SourceFacts): InARow | undefined {
  const telling = runs.filter(({ reason }) => reason === undefined || !NO_FAULT.has(reason));
  const failed = leading(telling, ({ outcome }) => outcome === 'failed');
  const row = failed.length >= RUNS_IN_A_ROW ? failed : leading(telling, ({ outcome }) => outcome !== 'complete');
  const [latest] = row;
  if (latest === undefined || row.length < RUNS_IN_A_ROW) return undefined;
  const code = row === failed ? 'source-failing' : 'source-partial';
  return {
    finding: finding(code, { source, count: row.length, ...reasonWords(source, latest) }),
    since: row.at(-1)!.endedAt,
  };
}

function leading<T>(items: readonly T[], holds: (item: T) => boolean): readonly T[] {
  const end = items.findIndex((item) => !holds(item));
  return end === -1 ? items : items.slice(0, end);
}

/** An alert leaves the house: of the reason's particulars only the figures are put in, as addresses and records are nobody's business. */
function reasonWords(source: string, { reason, particulars }: RunFacts): { reasonFr: string; reasonEn: string } {
  if (reason === undefined || !isFindingCode(reason))
    return { reasonFr: `${reason ?? '?'}.`, reasonEn: `${reason ?? '?'}.` };
  const given = Object.entries(JSON.parse(particulars ?? '{}') as Finding['particulars']);
  const filled = Object.fromEntries(
    given.map(([name, value]) => [name, name === 'source' ? source : typeof value === 'number' ? value : '…']),
  );
  const found = finding(reason, filled);
  return { reasonFr: words(found, 'fr').text, reasonEn: words(found, 'en').text };
}

/** The whole reason of a run, for a steward at their own machine; undefined where it has none. */
export function reasonOf({ reason, particulars }: RunFacts): Finding | undefined {
  if (reason === undefined || !isFindingCode(reason)) return undefined;
  return finding(reason, JSON.parse(particulars ?? '{}') as Finding['particulars']);
}

function isFindingCode(code: string): code is FindingCode {
  return (FINDING_CODES as readonly string[]).includes(code);
}

function shrinking({ source, lastCounts, highestLive }: SourceFacts): Finding | undefined {
  const live = lastCounts?.live;
  if (live === undefined || highestLive === undefined) return undefined;
  const fallen = highestLive - live;
  if (fallen < SHRINKING.records || fallen < highestLive * SHRINKING.share) return undefined;
  return finding('source-shrinking', { source, live, highest: highestLive, days: SHRINKING_DAYS });
}

function rejects({ source, lastCounts }: SourceFacts): Finding | undefined {
  if (lastCounts === undefined) return undefined;
  const { seen, rejected } = lastCounts;
  if (rejected < REJECTS.records || rejected <= seen * REJECTS.share) return undefined;
  return finding('source-rejects', { source, seen, rejected });
}

function withdrawn({ source, withdrawn: count }: SourceFacts): Finding | undefined {
  return count === undefined ? undefined : finding('source-withdrawn', { source, count });
}

/** Sources without their file, beyond so many told as one: somebody harvests from another folder. */
const MOST_GONE = 5;
const NAMES_SHOWN = 3;

/** What is to be told of all sources together: where many are without their file, that is one cause. */
export function gathered(causes: readonly Cause[]): readonly Cause[] {
  const gone = causes.filter((cause) => cause.finding.code === 'source-gone');
  if (gone.length <= MOST_GONE) return causes;
  const names = gone.slice(0, NAMES_SHOWN).map(({ source }) => source);
  const one = finding('sources-gone', { count: gone.length, names: names.join(', ') });
  return [...causes.filter((cause) => !gone.includes(cause)), { source: '*', finding: one }];
}

/** Each batch is a cause of its own: a second one is told although the first still waits. */
function waiting({ source }: SourceFacts, { id, kind, count, limit, openedAt }: HeldFacts): Cause {
  const particulars = { source, batch: id.slice(0, 8), count, limit: limit ?? 0, since: dayAndHour(openedAt) };
  const code = kind === 'deletions' ? 'deletions-waiting' : 'updates-waiting';
  return { source, about: id, finding: finding(code, particulars) };
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** `2026-11-20 03:12`, by the clocks of France. */
export function dayAndHour(instant: Date): string {
  return CLOCK.format(instant);
}
