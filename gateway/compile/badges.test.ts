import { expect, test } from 'vitest';
import { isStale } from './badges.ts';

test.each([
  ['2024-11', '2026-11-30', false],
  ['2024-11', '2026-12-01', true],
  ['2024-03-19/2024-03-20', '2026-03-20', false],
  ['2024-03-19/2024-03-20', '2026-03-21', true],
  ['2024', '2026-12-31', false],
  ['2024~', '2027-01-01', true],
  ['XXXX', '2026-01-01', null],
  ['2024/..', '2030-01-01', null],
])('a test of %s, on %s, is stale: %s', (edtf, day, expected) => {
  expect(isStale(edtf, day)).toBe(expected);
});
