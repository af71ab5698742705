/** A pace: so many changes a minute and no more, so that partners who follow the changes are not flooded. */
import { setTimeout as pause } from 'node:timers/promises';

/** What most hubs send without their partners noticing. */
export const CHANGES_PER_MINUTE = 60_000;

/** Where time comes from; a test sets it. Milliseconds. */
export interface PaceClock {
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const REAL: PaceClock = {
  now: () => performance.now(),
  wait: (ms, signal) => pause(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
};

/**
 * A token bucket that holds one minute's worth. What it gives back takes so many changes out of it; where they were more than it held, it comes
 * back when they have been made good. An aborted signal ends the wait.
 */
export function createPace(
  perMinute: number,
  signal?: AbortSignal,
  clock: PaceClock = REAL,
): (changed: number) => Promise<void> {
  let held = perMinute;
  let at = clock.now();
  return async (changed) => {
    const now = clock.now();
    held = Math.min(perMinute, held + ((now - at) / 60_000) * perMinute) - changed;
    at = now;
    if (held < 0 && !signal?.aborted) await clock.wait((-held / perMinute) * 60_000, signal);
  };
}

/** How long so many changes take at a pace. Seconds. */
export function secondsAtPace(changes: number, perMinute: number): number {
  return Math.max(0, ((changes - perMinute) / perMinute) * 60);
}
