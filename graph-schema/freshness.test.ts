import { describe, expect, test } from 'vitest';
import { type FreshnessFacts, judgeFreshness } from './freshness.ts';

const HOUR_MS = 3_600_000;
const start = new Date('2024-05-01T00:00:00Z');
const at = (hours: number, ms = 0) => new Date(start.getTime() + hours * HOUR_MS + ms);
const daily: FreshnessFacts = {
  promise: 'daily',
  intervalSeconds: 86_400,
  firstRun: start,
  lastComplete: start,
};

describe('a source that promises every day', () => {
  test('is fresh for a day and a quarter, and late one millisecond after', () => {
    expect(judgeFreshness(daily, at(30))).toEqual({
      state: 'fresh',
      ageSeconds: 30 * 3_600,
      dueAt: at(30),
      overdue: false,
    });
    expect(judgeFreshness(daily, at(30, 1))).toMatchObject({ state: 'late', overdue: true });
  });

  test('that was never complete is never fresh, and overdue when its first run is a day old', () => {
    const never = { ...daily, lastComplete: undefined };
    expect(judgeFreshness(never, at(24))).toEqual({
      state: 'never',
      ageSeconds: undefined,
      dueAt: at(24),
      overdue: false,
    });
    expect(judgeFreshness(never, at(24, 1))).toMatchObject({ state: 'never', overdue: true });
  });

  test('that was never run owes nothing yet', () => {
    const untouched = { ...daily, firstRun: undefined, lastComplete: undefined };
    expect(judgeFreshness(untouched, at(1_000))).toEqual({
      state: 'never',
      ageSeconds: undefined,
      dueAt: undefined,
      overdue: false,
    });
  });

  test('by a clock that is behind is of age 0', () => {
    expect(judgeFreshness(daily, at(-1))).toMatchObject({ state: 'fresh', ageSeconds: 0 });
  });
});

test('what is harvested once a year is late by its year, not by its month', () => {
  const yearly: FreshnessFacts = { ...daily, promise: 'monthly', intervalSeconds: 366 * 86_400 };
  expect(judgeFreshness(yearly, at(366 * 24))).toMatchObject({ state: 'fresh' });
  expect(judgeFreshness(yearly, at(366 * 30, 1))).toMatchObject({ state: 'late' });
});

test('a schedule that is slower than the promise does not loosen the promise', () => {
  const hourly: FreshnessFacts = { ...daily, promise: 'hourly' };
  expect(judgeFreshness(hourly, at(2))).toMatchObject({ state: 'late' });
});
