/**
 * When a source is due. Pure: what the graph knows of it, its schedule and a clock go in. Hours are those of France, whatever the machine's own;
 * the schedule's days, minutes and hours are read by node-cron.
 */
import { createHash } from 'node:crypto';
import { createTask, parse, type ScheduledTask } from 'node-cron';

/** What the graph knows of a source that bears on when it is due. */
export interface Standing {
  /** When its last run began, whatever became of it. */
  readonly started: Date | undefined;
  /** Somebody holds its lease. */
  readonly running: boolean;
  /** Its last run neither goes on nor was ended: its process died. */
  readonly died: boolean;
  /** When a run that was cut short goes on. */
  readonly resumesAt: Date | undefined;
  /** The partner asked us to stay away until then. */
  readonly notBefore: Date | undefined;
  /** A steward asked for a run now, and none has begun since. */
  readonly requestedAt: Date | undefined;
}

export const NEVER_RUN: Standing = {
  started: undefined,
  running: false,
  died: false,
  resumesAt: undefined,
  notBefore: undefined,
  requestedAt: undefined,
};

export interface Timetable {
  readonly name: string;
  /** Cron, five fields. Without it a source runs only when a steward asks, or to go on with what was cut short. */
  readonly schedule: string | undefined;
  /** From then on its records are to be withdrawn: the first run after it does so. */
  readonly endsAt?: Date | undefined;
}

export type Why = 'requested' | 'resumed' | 'scheduled' | 'ended';

/** Why a source is due, and since when. */
export interface Due {
  readonly why: Why;
  readonly since: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A process that died in a run is not followed by the next at once: what ended it may end that one too. */
const AFTER_DEATH_MS = 5 * MINUTE_MS;
const MOST_JITTER_MS = 5 * MINUTE_MS;

/**
 * Whether a source is to be harvested at `now`. However many dates of its schedule were missed (sleep, downtime), it is due once.
 * `jitter`: its dates are put off by its own share of five minutes, so that partners and workers are not all met on the hour.
 */
export function dueOf(
  source: Timetable,
  standing: Standing,
  now: Date,
  { jitter }: { jitter: boolean },
): Due | undefined {
  if (standing.running) return undefined;
  if (
    source.endsAt !== undefined &&
    source.endsAt <= now &&
    standing.started !== undefined &&
    standing.started < source.endsAt
  )
    return { why: 'ended', since: source.endsAt };
  if (standing.notBefore !== undefined && standing.notBefore > now) return undefined;
  const { started, requestedAt, resumesAt } = standing;
  if (requestedAt !== undefined) return { why: 'requested', since: requestedAt };
  if (resumesAt !== undefined && resumesAt <= now) return { why: 'resumed', since: resumesAt };
  if (standing.died && started !== undefined && now.getTime() - started.getTime() >= AFTER_DEATH_MS)
    return { why: 'resumed', since: started };
  if (source.schedule === undefined) return undefined;
  const delayMs = jitter ? jitterMs(source.name, intervalMs(source.schedule, now)) : 0;
  const date = latestDate(source.schedule, new Date(now.getTime() - delayMs));
  return date !== undefined && isBefore(started, date) ? { why: 'scheduled', since: date } : undefined;
}

function isBefore(started: Date | undefined, date: Date): boolean {
  return started === undefined || started < date;
}

/** Put off by so much: always the same for one name, up to a tenth of the interval and five minutes. */
export function jitterMs(name: string, intervalMs: number): number {
  const share = createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(share * Math.min(intervalMs / 10, MOST_JITTER_MS));
}

/** From the schedule's latest date to its next; a week where there is none. */
export function intervalMs(schedule: string, now: Date): number {
  const latest = latestDate(schedule, now);
  const next = nextDate(schedule, now);
  return latest && next ? next.getTime() - latest.getTime() : 7 * DAY_MS;
}

/** The latest date of a schedule at or before `at`; none where there was none in eight years. */
export function latestDate(schedule: string, at: Date): Date | undefined {
  for (const dates of days(schedule, at, -1)) {
    const found = dates.findLast((date) => date <= at.getTime());
    if (found !== undefined) return new Date(found);
  }
  return undefined;
}

/** The first date of a schedule after `at`. */
export function nextDate(schedule: string, at: Date): Date | undefined {
  for (const dates of days(schedule, at, 1)) {
    const found = dates.find((date) => date > at.getTime());
    if (found !== undefined) return new Date(found);
  }
  return undefined;
}

/** A 29 February is at most eight years away. */
const MOST_DAYS = 8 * 366;

/** The dates of each day on which the schedule has any, from the day of `at` on, forwards or backwards. */
function* days(schedule: string, at: Date, step: 1 | -1): Generator<readonly number[]> {
  const plan = planOf(schedule);
  const first = Math.floor((at.getTime() + offsetMs(at.getTime())) / DAY_MS) * DAY_MS;
  for (let count = 0; count < MOST_DAYS; count += 1) {
    const day = first + step * count * DAY_MS;
    if (plan.day.match(new Date(day + DAY_MS / 2))) yield datesOn(plan, day);
  }
}

interface Plan {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Matches the days, whatever the hour. */
  readonly day: ScheduledTask;
}

/** There are as many as there are schedules in the source files. */
const plans = new Map<string, Plan>();

function planOf(schedule: string): Plan {
  let plan = plans.get(schedule);
  if (plan === undefined) {
    const { minute, hour } = parse(schedule);
    const daysOnly = ['*', '*', ...schedule.trim().split(/\s+/).slice(2)].join(' ');
    plan = { minutes: minute, hours: hour, day: createTask(daysOnly, () => undefined, { timezone: 'UTC' }) };
    plans.set(schedule, plan);
  }
  return plan;
}

/**
 * The dates of one day (its midnight, as if in UTC), in order. On the two days a year that change the hour: what falls into the
 * hour that is left out comes an hour later; what falls into the hour that comes twice comes once, unless the schedule has every hour.
 */
function datesOn({ minutes, hours }: Plan, day: number): readonly number[] {
  const before = offsetMs(day - DAY_MS / 2);
  const after = offsetMs(day + 1.5 * DAY_MS);
  const everyHour = hours.length === 24;
  const dates = new Set<number>();
  for (const hour of hours) {
    for (const minute of minutes) {
      const wall = day + hour * HOUR_MS + minute * MINUTE_MS;
      const real =
        before === after ? [] : [wall - before, wall - after].filter((date) => date + offsetMs(date) === wall);
      if (everyHour) for (const date of real) dates.add(date);
      dates.add(real.length > 0 ? Math.min(...real) : wall - before);
    }
  }
  return [...dates].sort((a, b) => a - b);
}

const PARTS = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** How far the clocks of France are ahead of UTC. */
function offsetMs(instant: number): number {
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  const parts = Object.fromEntries(PARTS.formatToParts(minute).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(
    parts['year'] ?? 0,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
  );
  return wall - minute;
}
