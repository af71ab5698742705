import { describe, expect, test } from 'vitest';
import { dueOf, intervalMs, jitterMs, latestDate, NEVER_RUN, nextDate, type Standing } from './due.ts';

const NIGHTLY = '0 3 * * *';
const at = (text: string) => new Date(text);
const due = (standing: Partial<Standing>, now: string, schedule: string | undefined = NIGHTLY) =>
  dueOf({ name: 'essai', schedule }, { ...NEVER_RUN, ...standing }, at(now), { jitter: false });
const shown = (date: Date | undefined) => date?.toISOString();

describe('the dates of a schedule', () => {
  test('are in French time: 3 h is 2 h UTC in winter and 1 h UTC in summer', () => {
    expect(shown(latestDate(NIGHTLY, at('2026-01-15T12:00:00Z')))).toBe('2026-01-15T02:00:00.000Z');
    expect(shown(latestDate(NIGHTLY, at('2026-07-15T12:00:00Z')))).toBe('2026-07-15T01:00:00.000Z');
  });

  test('the date itself counts as reached, and the next is after it', () => {
    expect(shown(latestDate(NIGHTLY, at('2026-01-15T02:00:00Z')))).toBe('2026-01-15T02:00:00.000Z');
    expect(shown(latestDate(NIGHTLY, at('2026-01-15T01:59:59Z')))).toBe('2026-01-14T02:00:00.000Z');
    expect(shown(nextDate(NIGHTLY, at('2026-01-15T02:00:00Z')))).toBe('2026-01-16T02:00:00.000Z');
  });

  test('after midnight in France and before it in UTC the day is that of France', () => {
    expect(shown(latestDate('15 0 * * *', at('2026-07-14T22:20:00Z')))).toBe('2026-07-14T22:15:00.000Z');
  });

  test('what falls into the hour left out in spring comes an hour later, once', () => {
    const halfPastTwo = '30 2 * * *';
    expect(shown(latestDate(halfPastTwo, at('2026-03-29T12:00:00Z')))).toBe('2026-03-29T01:30:00.000Z');
    expect(shown(nextDate(halfPastTwo, at('2026-03-28T12:00:00Z')))).toBe('2026-03-29T01:30:00.000Z');
  });

  test('what falls into the hour that comes twice in autumn comes once', () => {
    const halfPastTwo = '30 2 * * *';
    expect(shown(nextDate(halfPastTwo, at('2026-10-24T12:00:00Z')))).toBe('2026-10-25T00:30:00.000Z');
    expect(shown(nextDate(halfPastTwo, at('2026-10-25T00:30:00Z')))).toBe('2026-10-26T01:30:00.000Z');
  });

  test('an hourly schedule has every real hour of both days', () => {
    const count = (from: string, to: string) => {
      let hours = 0;
      for (let date = at(from); date < at(to); hours += 1) date = nextDate('0 * * * *', date) ?? at(to);
      return hours;
    };
    expect(count('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(23);
    expect(count('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(25);
  });

  test('weekly, monthly, the last day of a month, and 29 February', () => {
    expect(shown(latestDate('0 3 * * 1', at('2026-11-22T12:00:00Z')))).toBe('2026-11-16T02:00:00.000Z');
    expect(shown(latestDate('0 3 1 * *', at('2026-11-22T12:00:00Z')))).toBe('2026-11-01T02:00:00.000Z');
    expect(shown(nextDate('0 3 L * *', at('2026-11-22T12:00:00Z')))).toBe('2026-11-30T02:00:00.000Z');
    expect(shown(nextDate('0 3 29 2 *', at('2026-11-22T12:00:00Z')))).toBe('2028-02-29T02:00:00.000Z');
  });
});

describe('a source is due', () => {
  test('when its last run began before the latest date, and no longer once it began', () => {
    expect(due({ started: at('2026-01-14T02:00:10Z') }, '2026-01-15T02:00:05Z')?.why).toBe('scheduled');
    expect(due({ started: at('2026-01-15T02:00:00Z') }, '2026-01-15T02:00:05Z')).toBeUndefined();
    expect(due({ started: at('2026-01-14T02:00:10Z') }, '2026-01-15T01:59:59Z')).toBeUndefined();
  });

  test('once after a week of sleep, and at once where it never ran', () => {
    const asleep = due({ started: at('2026-01-08T02:00:00Z') }, '2026-01-15T09:00:00Z');
    expect(asleep).toEqual({ why: 'scheduled', since: at('2026-01-15T02:00:00Z') });
    expect(due({ started: at('2026-01-15T09:00:00Z') }, '2026-01-15T09:10:00Z')).toBeUndefined();
    expect(due({}, '2026-01-15T09:00:00Z')?.why).toBe('scheduled');
  });

  test('when a run that was cut short is to go on, with or without a schedule', () => {
    const cut = { started: at('2026-01-15T02:00:00Z'), resumesAt: at('2026-01-15T02:10:00Z') };
    expect(due(cut, '2026-01-15T02:09:59Z')).toBeUndefined();
    expect(due(cut, '2026-01-15T02:10:00Z')).toEqual({ why: 'resumed', since: cut.resumesAt });
    expect(
      dueOf({ name: 'essai', schedule: undefined }, { ...NEVER_RUN, ...cut }, at('2026-01-15T02:10:00Z'), {
        jitter: false,
      })?.why,
    ).toBe('resumed');
  });

  test('never before the time that the partner asked for, nor while it is being harvested', () => {
    const asked = { notBefore: at('2026-01-15T06:00:00Z'), requestedAt: at('2026-01-15T03:00:00Z') };
    expect(due(asked, '2026-01-15T05:59:00Z')).toBeUndefined();
    expect(due(asked, '2026-01-15T06:00:01Z')?.why).toBe('requested');
    expect(due({ running: true }, '2026-01-15T09:00:00Z')).toBeUndefined();
  });

  test('when a steward asks, whenever it ran last', () => {
    const asked = { started: at('2026-01-15T08:00:00Z'), requestedAt: at('2026-01-15T07:59:59Z') };
    expect(due(asked, '2026-01-15T08:00:01Z')?.why).toBe('requested');
  });

  test('five minutes after the process died that harvested it', () => {
    const died = { started: at('2026-01-15T02:00:00Z'), died: true };
    expect(due(died, '2026-01-15T02:04:00Z')).toBeUndefined();
    expect(due(died, '2026-01-15T02:05:00Z')?.why).toBe('resumed');
  });

  test('without a schedule never by itself', () => {
    expect(
      dueOf({ name: 'essai', schedule: undefined }, NEVER_RUN, at('2026-01-15T09:00:00Z'), { jitter: false }),
    ).toBeUndefined();
  });
});

describe('jitter', () => {
  test('is the same for one name, differs between names, and has its bounds', () => {
    expect(jitterMs('a', 86_400_000)).toBe(jitterMs('a', 86_400_000));
    const all = Array.from({ length: 200 }, (_, i) => jitterMs(`source-${i}`, 86_400_000));
    expect(new Set(all).size).toBeGreaterThan(190);
    expect(Math.max(...all)).toBeLessThanOrEqual(300_000);
    expect(Math.max(...all)).toBeGreaterThan(240_000);
    expect(jitterMs('source-3', 600_000)).toBeLessThanOrEqual(60_000);
  });

  test('puts off the date, and a run within it is not repeated', () => {
    const delay = jitterMs('essai', intervalMs(NIGHTLY, at('2026-01-15T02:00:00Z')));
    const source = { name: 'essai', schedule: NIGHTLY };
    const before = { ...NEVER_RUN, started: at('2026-01-14T09:00:00Z') };
    const date = at('2026-01-15T02:00:00Z').getTime();
    const options = { jitter: true };
    expect(dueOf(source, before, new Date(date + delay - 1), options)).toBeUndefined();
    expect(dueOf(source, before, new Date(date + delay), options)?.why).toBe('scheduled');
    expect(dueOf(source, { ...before, started: new Date(date + 1) }, new Date(date + delay), options)).toBeUndefined();
  });
});
