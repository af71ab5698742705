import { expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { killRound } from './kill.ts';

const KILLS = 10;

test('a harvester that is killed ten times at random moments, and goes on, leaves what an undisturbed one leaves', async () => {
  const { outcome, met, undisturbed, disturbed, records } = await killRound(testConnection(), KILLS, 'trame 1');
  expect(met).toBeGreaterThanOrEqual(KILLS / 2);
  expect(outcome).toBe('complete');
  expect(records).toBe(2_000);
  expect(disturbed).toBe(undisturbed);
}, 180_000);
