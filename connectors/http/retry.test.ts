import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;

describe('Retry-After', () => {
  it.each<[string | undefined, number | undefined]>([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1500],
    ['+5', 5000],
    ['-5', 0],
    ['120s', 120_000],
    ['120 seconds', 120_000],
    ['2 min', 120_000],
    ['1h', 3_600_000],
    ['"30"', 30_000],
    ['Mon, 23 Nov 2026 12:00:00 GMT', DAY_MS],
    ['Monday, 23-Nov-26 12:00:00 GMT', DAY_MS],
    ['Mon Nov 23 12:00:00 2026', DAY_MS],
    ['Tue Dec  1 12:00:00 2026', 9 * DAY_MS],
    ['23 Nov 2026 12:00:00 +0000', DAY_MS],
    ['2026-11-23T12:00:00Z', DAY_MS],
    ['2026-11-23T13:00:00+01:00', DAY_MS],
    ['2026-11-23 12:00:00', DAY_MS],
    ['2026-11-23', DAY_MS / 2],
    ['Sat, 21 Nov 2026 12:00:00 GMT', 0],
    ['60, 120', 120_000],
    ['60, Sun, 22 Nov 2026 12:05:00 GMT', 300_000],
    ['Sun, 22 Nov 2026 12:05:00 GMT, 60', 300_000],
    ['soon, 60', 60_000],
    ['999999999999999', 365 * DAY_MS],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
    ['Mon, 23 Foo 2026 12:00:00 GMT', undefined],
  ])('%s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it('a date is held against the clock of the server that gave it', () => {
    const ahead = 'Sun, 22 Nov 2026 15:00:00 GMT';
    expect(retryAfterMs('Sun, 22 Nov 2026 15:01:00 GMT', NOW, ahead)).toBe(60_000);
    expect(retryAfterMs('60', NOW, ahead)).toBe(60_000);
    expect(retryAfterMs('Sun, 22 Nov 2026 12:01:00 GMT', NOW, 'now')).toBe(60_000);
  });
});
