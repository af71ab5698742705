/** How fresh every source is: what it promises (said in its file, else read off its schedule), and how it stands to that. */
import { createTask, parse } from 'node-cron';
import type { Database } from '#graph-schema/database.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { DEFAULT_FRESHNESS, FRESHNESS, FRESHNESS_HOURS, type Freshness } from '#graph-schema/freshness.ts';
import { tellAgreement } from './agreement.ts';
import { type Cause, judgeSource, reasonOf, SOURCE_STATES, type SourceState } from './causes.ts';
import { nextDate } from './due.ts';
import { readHistories, type SourceHistory } from './history.ts';
import type { SourceFile } from './source-file.ts';
import type { Source } from './sources.ts';

/** The promise of a source: `freshness` of its file, else the next that its schedule can keep, else weekly. */
export function promiseOf(
  { freshness, schedule }: Pick<SourceFile, 'freshness' | 'schedule'>,
  now: Date = new Date(),
): Freshness {
  if (freshness !== undefined) return freshness;
  const interval = intervalSecondsOf(schedule, now);
  if (interval === undefined) return DEFAULT_FRESHNESS;
  return FRESHNESS.find((promise) => interval <= FRESHNESS_HOURS[promise] * 3_600) ?? 'monthly';
}

const DAY_SECONDS = 86_400;
/** The days of every week, month and year are met within so many; */
const DAYS_LOOKED_AT = 400;
/** a 29 February is not: it comes every four years, once every eight. */
const MOST_DAYS = 8 * 366;

/**
 * The longest wait between two dates of a schedule, in seconds, looking ahead from `now`: that of a night and of a week-end where
 * it rests then. By the calendar and not by the clock, as the two days of the year that have 23 or 25 hours make no promise.
 * @returns undefined without a schedule
 */
export function intervalSecondsOf(schedule: string | undefined, now: Date = new Date()): number | undefined {
  if (schedule === undefined) return undefined;
  const times = timesOfDay(schedule);
  const days = daysOf(schedule, times[0]!, now);
  if (days.length < 2) return undefined;
  const waitsInDay = times.slice(1).map((time, index) => time - times[index]!);
  const overnight = times[0]! - times.at(-1)!;
  const waitsOverDays = days.slice(1).map((day, index) => (day - days[index]!) * DAY_SECONDS + overnight);
  return Math.max(...waitsInDay, ...waitsOverDays);
}

/** In seconds after midnight, ascending. */
function timesOfDay(schedule: string): readonly number[] {
  const { hour, minute } = parse(schedule);
  return hour.flatMap((h) => minute.map((m) => h * 3_600 + m * 60)).sort((a, b) => a - b);
}

/** The days that the schedule names, counted from now; the library says which (the last of a month, the second Friday). */
function daysOf(schedule: string, time: number, now: Date): readonly number[] {
  const task = createTask(schedule, () => {}, { timezone: 'UTC' });
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const days: number[] = [];
  for (let day = 0; day < MOST_DAYS && (day < DAYS_LOOKED_AT || days.length < 2); day += 1) {
    if (task.match(new Date(midnight + (day * DAY_SECONDS + time) * 1000))) days.push(day);
  }
  void task.destroy();
  return days;
}

/** One source, as a steward sees it. */
export interface FreshnessRow {
  readonly source: string;
  readonly promise: Freshness;
  readonly state: SourceState;
  /** Since when it is in that state, where that is known. */
  readonly since: Date | undefined;
  readonly lastComplete: Date | undefined;
  readonly ageSeconds: number | undefined;
  /** Records that were there at the end of the last complete run. */
  readonly records: number | undefined;
  /** When it is harvested next, where it has a schedule or goes on after a run that was cut short. */
  readonly next: Date | undefined;
  /** What a steward should look at, the worst first. */
  readonly causes: readonly Cause[];
  /** Why the latest run was not complete, where it was not. */
  readonly reason: Finding | undefined;
}

/**
 * How every source stands at `now`, the worst first, then by name.
 * @param sources all that have a file in the folder: one of the graph that is not among them is told as gone
 */
export async function freshnessOf(
  database: Database,
  sources: readonly Source[],
  now: Date,
): Promise<readonly FreshnessRow[]> {
  const stored = new Map((await readHistories(database, now)).map((history) => [history.source, history]));
  const files = new Map(sources.map(({ name, about }) => [name, about]));
  const names = [...new Set([...files.keys(), ...stored.keys()])].sort();
  return names
    .map((name) => rowOf(files.get(name), stored.get(name) ?? neverRun(name), now))
    .sort((a, b) => SOURCE_STATES.indexOf(a.state) - SOURCE_STATES.indexOf(b.state));
}

function rowOf(about: SourceFile | undefined, history: SourceHistory, now: Date): FreshnessRow {
  const promise = promiseOf(about ?? {}, now);
  const { state, since, causes, freshness } = judgeSource(
    {
      ...history,
      promise,
      intervalSeconds: intervalSecondsOf(about?.schedule, now),
      trial: about?.trial === true && !history.published,
      hasFile: about !== undefined,
      agreement: tellAgreement(history.source, about?.agreement, now),
    },
    now,
  );
  const [latest] = history.runs;
  return {
    source: history.source,
    promise,
    state,
    since,
    lastComplete: history.lastComplete,
    ageSeconds: freshness.ageSeconds,
    records: history.lastCounts?.live,
    next: about && nextHarvest(about, history, now),
    causes,
    reason: latest && reasonOf(latest),
  };
}

/** A run that was cut short goes on, or the schedule's next date; never while the partner asked us to stay away. */
function nextHarvest({ schedule }: SourceFile, { resumesAt, notBefore }: SourceHistory, now: Date): Date | undefined {
  const scheduled = schedule === undefined ? undefined : nextDate(schedule, now);
  const dates = [resumesAt, scheduled].flatMap((date) => (date ? [date.getTime()] : []));
  if (dates.length === 0) return undefined;
  return new Date(Math.max(Math.min(...dates), notBefore?.getTime() ?? 0));
}

function neverRun(source: string): SourceHistory {
  return {
    source,
    published: false,
    firstRun: undefined,
    lastComplete: undefined,
    resumesAt: undefined,
    notBefore: undefined,
    runs: [],
    lastCounts: undefined,
    highestLive: undefined,
    withdrawn: undefined,
    held: [],
  };
}
