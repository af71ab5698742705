/** Freshness promises, and the one judgement of whether a source keeps its own: the harvesters alert by it, the gateway publishes it. */

/** How many hours each promise is. */
export const FRESHNESS_HOURS = { hourly: 1, daily: 24, weekly: 168, monthly: 744 } as const;
export type Freshness = keyof typeof FRESHNESS_HOURS;
export const FRESHNESS = Object.keys(FRESHNESS_HOURS) as readonly Freshness[];

/** Each promise, for people. */
export const PROMISES: Readonly<Record<Freshness, { readonly fr: string; readonly en: string }>> = {
  hourly: { fr: 'chaque heure', en: 'hourly' },
  daily: { fr: 'chaque jour', en: 'daily' },
  weekly: { fr: 'chaque semaine', en: 'weekly' },
  monthly: { fr: 'chaque mois', en: 'monthly' },
};

/** What is promised for a source of which nothing is said, and that has no schedule. */
export const DEFAULT_FRESHNESS: Freshness = 'weekly';

/** A harvest takes time, and a night may fail: late is what is older than the promise by a quarter. */
const GRACE = 1.25;

/** `never`: no run of it was complete yet. */
export type FreshnessState = 'fresh' | 'late' | 'never';

/** What is known of a source's runs. Dates are instants; `intervalSeconds` is the longest wait between two dates of its schedule. */
export interface FreshnessFacts {
  readonly promise: Freshness;
  readonly intervalSeconds: number | undefined;
  readonly firstRun: Date | undefined;
  readonly lastComplete: Date | undefined;
}

export interface Judged {
  readonly state: FreshnessState;
  /** Since its last complete run. */
  readonly ageSeconds: number | undefined;
  /** From then on it is late: by its last complete run, else by its first. */
  readonly dueAt: Date | undefined;
  /** The promise is broken: older than promised with its grace, or as long without a single complete run. */
  readonly overdue: boolean;
}

/** Judges a source at `now`. Pure. */
export function judgeFreshness(facts: FreshnessFacts, now: Date): Judged {
  const { firstRun, lastComplete } = facts;
  const ageSeconds = lastComplete && Math.max(0, Math.floor((now.getTime() - lastComplete.getTime()) / 1000));
  const since = lastComplete ?? firstRun;
  // A first complete run is owed within the promise itself: nothing came before it on which a grace could rest.
  const graceSeconds = promisedSeconds(facts) * (lastComplete ? GRACE : 1);
  const dueAt = since && new Date(since.getTime() + graceSeconds * 1000);
  const overdue = dueAt !== undefined && now > dueAt;
  return { state: lastComplete === undefined ? 'never' : overdue ? 'late' : 'fresh', ageSeconds, dueAt, overdue };
}

/** What is harvested more rarely than every month cannot be fresher than its schedule. */
function promisedSeconds({ promise, intervalSeconds = 0 }: FreshnessFacts): number {
  const promised = FRESHNESS_HOURS[promise] * 3_600;
  return promise === 'monthly' ? Math.max(promised, intervalSeconds) : promised;
}
