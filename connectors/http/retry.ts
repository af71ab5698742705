/** When to ask again. */

/** Statuses that a later try may cure (RFC 9110, RFC 6585). */
const WORTH_RETRYING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

export function worthRetrying(status: number): boolean {
  return WORTH_RETRYING.has(status);
}

/**
 * The wait that a Retry-After header asks for, in ms: seconds or an HTTP date (RFC 9110, 10.2.3), and what is written instead (`120s`, `2 min`, an ISO date,
 * several values: then the longest). A date is held against the server's own clock (`date`, the Date header) where it tells it, else against
 * `now`. Undefined where nothing can be read.
 */
export function retryAfterMs(header: string | undefined, now: Date, date?: string): number | undefined {
  const text = header?.trim() ?? '';
  const clockMs = dateMs(date ?? '') ?? now.getTime();
  const waits = valuesIn(text).flatMap((value) => {
    const waitMs = spanMs(value) ?? untilMs(value, clockMs);
    return waitMs === undefined ? [] : [Math.min(Math.max(0, waitMs), MAX_WAIT_MS)];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** A year: more is a mistake, and a Date cannot hold any number. */
const MAX_WAIT_MS = 365 * 24 * 3600 * 1000;
const UNIT_MS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 };

/** The values of a header that was given more than once; the comma of an HTTP date separates nothing. */
function valuesIn(text: string): readonly string[] {
  return text.split(/,(?!\s*\d{1,2}[ -][A-Za-z]{3})/).map((value) => value.trim());
}

function spanMs(value: string): number | undefined {
  const found = /^"?([+-]?\d+(?:\.\d+)?)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?)?"?$/i.exec(value);
  if (found === null) return undefined;
  return Number(found[1]) * (UNIT_MS[(found[2] ?? '').slice(0, 1).toLowerCase()] as number);
}

function untilMs(value: string, clockMs: number): number | undefined {
  const ms = dateMs(value);
  return ms === undefined ? undefined : ms - clockMs;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date in any of the three forms of HTTP (RFC 9110, 5.6.7), or in that of ISO 8601: all of them UTC unless they say otherwise. */
function dateMs(text: string): number | undefined {
  const asctime = /^[a-z]{3,9} ([a-z]{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/i.exec(text.trim());
  const other =
    /^(?:[a-z]{3,9},? +)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{2}|\d{4}) +(\d\d:\d\d(?::\d\d)?)(?: *(?:GMT|UTC|Z|[+-]0000))?$/i.exec(
      text.trim(),
    );
  if (asctime !== null) return momentMs(asctime[4], asctime[1], asctime[2], asctime[3]);
  if (other !== null) return momentMs(other[3], other[2], other[1], other[4]);
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const iso = text.trim().replace(' ', 'T');
  const ms = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function momentMs(year = '', month = '', day = '', time = ''): number | undefined {
  const index = MONTHS.indexOf(month.toLowerCase());
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  // Two figures: of the century that they are likelier to mean; no server sends one of 1970 or before.
  const full = Number(year) + (year.length > 2 ? 0 : Number(year) < 70 ? 2000 : 1900);
  return index < 0 ? undefined : Date.UTC(full, index, Number(day), hours, minutes, seconds);
}

/** The wait before try number `next` (2, 3, …): doubled each time, between half and all of it, so that clients do not come back together. */
export function backOffMs(next: number, baseMs: number, random: () => number = Math.random): number {
  return baseMs * 2 ** (next - 2) * (0.5 + random() / 2);
}
