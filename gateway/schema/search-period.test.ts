import { expect, test } from 'vitest';
import { daysOf } from './search-period.ts';

// 23 November 2026 is a Monday.
test.each([
  ['today', '2026-11-23', '2026-11-23', '2026-11-23'],
  ['tomorrow', '2026-12-31', '2027-01-01', '2027-01-01'],
  ['this-weekend', '2026-11-23', '2026-11-28', '2026-11-29'],
  ['this-weekend', '2026-11-28', '2026-11-28', '2026-11-29'],
  ['this-weekend', '2026-11-29', '2026-11-29', '2026-11-29'],
  ['next-weekend', '2026-11-23', '2026-12-05', '2026-12-06'],
  ['next-weekend', '2026-11-29', '2026-12-05', '2026-12-06'],
  ['this-week', '2026-11-25', '2026-11-25', '2026-11-29'],
  ['this-week', '2026-11-29', '2026-11-29', '2026-11-29'],
  ['next-7-days', '2026-11-25', '2026-11-25', '2026-12-01'],
  ['this-month', '2028-02-10', '2028-02-10', '2028-02-29'],
  ['next-month', '2026-12-31', '2027-01-01', '2027-01-31'],
  ['next-month', '2027-01-31', '2027-02-01', '2027-02-28'],
] as const)('%s, on %s: from %s to %s', (period, today, fromDay, toDay) => {
  expect(daysOf(period, today)).toEqual({ fromDay, toDay });
});
