import { expect, test } from 'vitest';
import { parisDay } from './days.ts';

test('a day is counted where the events are', () => {
  expect(parisDay('2026-05-01')).toBe('2026-05-01');
  expect(parisDay('2026-05-01T14:00:00+02:00')).toBe('2026-05-01');
  expect(parisDay('2026-05-01T22:30:00Z')).toBe('2026-05-02');
  expect(parisDay('2026-12-31T22:30:00Z')).toBe('2026-12-31');
});
