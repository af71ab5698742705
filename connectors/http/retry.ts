/** When to ask again. */

/** Statuses that a later try may cure (RFC 9110, RFC 6585). */
const WORTH_RETRYING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

export function worthRetrying(status: number): boolean {
  return WORTH_RETRYING.has(status);
}

/** The wait that a Retry-After header asks for, in ms from `now`: seconds or an HTTP date (RFC 9110, 10.2.3). Undefined where there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text), MAX_SECONDS) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** A year: more is a mistake, and a Date cannot hold any number. */
const MAX_SECONDS = 365 * 24 * 3600;

/** The wait before try number `next` (2, 3, …): doubled each time, between half and all of it, so that clients do not come back together. */
export function backOffMs(next: number, baseMs: number, random: () => number = Math.random): number {
  return baseMs * 2 ** (next - 2) * (0.5 + random() / 2);
}
