/**
 * How much each caller may still ask: a bucket of units (compile/cost.ts) that refills evenly and is full again after a minute. Kept in
 * memory, one gateway by itself: with several side by side a caller has a budget at each.
 */
import { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

/** Units a minute. Two of the dearest requests there are, or some hundred searches. */
export const ANONYMOUS_BUDGET = 20_000;
/** Of a key or of somebody signed in, unless the key says another. */
export const KNOWN_BUDGET = 200_000;
/** Of keys that are not known, from one address: each is a look-up. */
export const GUESS_BUDGET = 60;
export const WINDOW_S = 60;

const MOST_BUCKETS = 50_000;

export interface BudgetState {
  /** Units of a full bucket: what can be asked at once, and in each minute. */
  readonly limit: number;
  /** Whole units that are left. */
  readonly remaining: number;
  /** Whole seconds until it is full again. */
  readonly resetSeconds: number;
}

interface Bucket {
  level: number;
  at: number;
}

export class Budgets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;
  readonly #most: number;

  constructor(now: () => number = Date.now, most = MOST_BUCKETS) {
    this.#now = now;
    this.#most = most;
  }

  /** How many are kept in memory. */
  get size(): number {
    return this.#buckets.size;
  }

  /** What is left, without taking. */
  state(id: string, limit: number): BudgetState {
    const bucket = this.#buckets.get(id);
    return stateOf(bucket === undefined ? limit : this.#levelOf(bucket, limit), limit);
  }

  /**
   * Takes `units`; where more is asked than is left nothing is taken, and it throws. What is dearer than a full bucket is given to a full one,
   * which is then in debt. @throws Refusal BUDGET_SPENT
   */
  take(id: string, limit: number, units: number): void {
    const bucket = this.#bucket(id, limit);
    const needed = Math.min(units, limit);
    if (bucket.level < needed) throw spent(Math.ceil(((needed - bucket.level) / limit) * WINDOW_S), limit);
    bucket.level -= units;
  }

  /** Takes what is left of `units`: of what was done already. */
  charge(id: string, limit: number, units: number): void {
    const bucket = this.#bucket(id, limit);
    bucket.level = Math.min(bucket.level, Math.max(0, bucket.level - units));
  }

  /** Refilled until now, and the last to be forgotten. */
  #bucket(id: string, limit: number): Bucket {
    const known = this.#buckets.get(id);
    this.#buckets.delete(id);
    const bucket = { level: known === undefined ? limit : this.#levelOf(known, limit), at: this.#now() };
    this.#buckets.set(id, bucket);
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= this.#most) break;
      this.#buckets.delete(oldest);
    }
    return bucket;
  }

  #levelOf({ level, at }: Bucket, limit: number): number {
    const seconds = Math.max(0, this.#now() - at) / 1_000;
    return Math.min(limit, level + (seconds * limit) / WINDOW_S);
  }
}

function stateOf(level: number, limit: number): BudgetState {
  return {
    limit,
    remaining: Math.max(0, Math.floor(level)),
    resetSeconds: Math.ceil(((limit - level) / limit) * WINDOW_S),
  };
}

function spent(seconds: number, limit: number): Refusal {
  return new Refusal(
    'BUDGET_SPENT',
    `Votre budget de ${limit} unités par minute est épuisé : réessayez dans ${seconds} s, demandez moins à la fois, ou venez avec une clé.`,
    `Your budget of ${limit} units a minute is spent: try again in ${seconds} s, ask for less at a time, or come with a key.`,
    { 'retry-after': String(Math.max(1, seconds)) },
  );
}

/** Units a minute that a caller has. */
export function budgetOf({ budget, name }: Caller, ofAnonymous: number): number {
  return budget ?? (name === undefined ? ofAnonymous : KNOWN_BUDGET);
}
