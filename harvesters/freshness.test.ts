import { describe, expect, test } from 'vitest';
import { intervalSecondsOf, promiseOf } from './freshness.ts';

const HOUR = 3_600;
const now = new Date('2024-10-26T12:00:00Z');

describe('the longest wait of a schedule', () => {
  test.each([
    ['0 * * * *', 1],
    ['0 3 * * *', 24],
    ['*/15 8-18 * * 1-5', 61.25],
    ['0 8,20 * * 1-5', 60],
    ['10 2 1 * *', 31 * 24],
    ['0 3 L * *', 31 * 24],
    ['0 3 * * 5', 168],
    ['0 3 1 1 *', 365 * 24],
  ])('%s: %d hours, also over the night that has an hour more', (schedule, hours) => {
    expect(intervalSecondsOf(schedule, now)).toBe(hours * HOUR);
  });

  test('a 29 February comes every four years', () => {
    expect(intervalSecondsOf('0 3 29 2 *', now)).toBe(4 * 365.25 * 24 * HOUR);
  });

  test('there is none without a schedule', () => {
    expect(intervalSecondsOf(undefined, now)).toBeUndefined();
  });
});

describe('the promise of a source', () => {
  test.each([
    [undefined, 'weekly'],
    ['0 * * * *', 'hourly'],
    ['0 */2 * * *', 'daily'],
    ['30 2 * * *', 'daily'],
    ['0 3 * * 1-5', 'weekly'],
    ['0 3 * * 5', 'weekly'],
    ['0 3 1,15 * *', 'monthly'],
    ['0 3 1 1 *', 'monthly'],
  ] as const)('where the file is silent, is the next that %s can keep: %s', (schedule, promise) => {
    expect(promiseOf(schedule === undefined ? {} : { schedule }, now)).toBe(promise);
  });

  test('is what its file says', () => {
    expect(promiseOf({ freshness: 'hourly', schedule: '0 3 * * *' }, now)).toBe('hourly');
  });
});
