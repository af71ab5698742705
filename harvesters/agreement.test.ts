import { expect, test } from 'vitest';
import { agreementSchema, endsAt, hasEnded, isOutside, tellAgreement } from './agreement.ts';
import { dueOf, NEVER_RUN } from './due.ts';

const agreement = { date: '2025-01-01', scope: 'notices', end: '2026-03-31' };

test('holds to the end of its last day in France', () => {
  expect(hasEnded(agreement, new Date('2026-03-31T21:59:00Z'))).toBe(false);
  expect(hasEnded(agreement, new Date('2026-03-31T22:00:00Z'))).toBe(true);
  expect(hasEnded({}, new Date('2099-01-01'))).toBe(false);
  expect(hasEnded(undefined, new Date('2099-01-01'))).toBe(false);
});

test('is told a month before its end', () => {
  const told = (at: string) => tellAgreement('essai', agreement, new Date(at))?.code;
  expect(told('2026-02-28T12:00:00Z')).toBeUndefined();
  expect(told('2026-03-01T12:00:00Z')).toBe('agreement-ending');
  expect(told('2026-04-01T12:00:00Z')).toBe('agreement-ended');
});

test('begins with its first day in France, and is told until then', () => {
  expect(isOutside(agreement, new Date('2024-12-31T22:59:00Z'))).toBe(true);
  expect(tellAgreement('essai', agreement, new Date('2024-12-31T22:59:00Z'))?.code).toBe('agreement-not-begun');
  expect(isOutside(agreement, new Date('2024-12-31T23:00:00Z'))).toBe(false);
  expect(isOutside(undefined, new Date('2024-12-31'))).toBe(false);
});

test('a source whose agreement has ended is due once, whatever its schedule', () => {
  const source = { name: 'essai', schedule: '0 3 1 1 *', endsAt: endsAt(agreement) };
  const due = (started: string) =>
    dueOf(source, { ...NEVER_RUN, started: new Date(started) }, new Date('2026-04-01T00:00:00Z'), { jitter: false });
  expect(due('2026-03-30T03:00:00Z')).toMatchObject({ why: 'ended' });
  expect(due('2026-03-31T23:30:00Z')).toBeUndefined();
});

test('an end before the date, a day that is none or a missing scope is refused', () => {
  for (const given of [{ ...agreement, end: '2024-12-31' }, { ...agreement, date: 'hier' }, { date: '2025-01-01' }])
    expect(agreementSchema.safeParse(given).success).toBe(false);
  expect(agreementSchema.safeParse(agreement).success).toBe(true);
});
