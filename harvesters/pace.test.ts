import { expect, test } from 'vitest';
import { createPace, type PaceClock, secondsAtPace } from './pace.ts';

function clockThat(): PaceClock & { waited: number[]; at: number } {
  const clock = {
    at: 0,
    waited: [] as number[],
    now: () => clock.at,
    wait: async (ms: number) => {
      clock.waited.push(ms);
      clock.at += ms;
    },
  };
  return clock;
}

test('a minute’s worth goes at once, what is beyond it waits until it is made good', async () => {
  const clock = clockThat();
  const pace = createPace(60, undefined, clock);
  await pace(60);
  expect(clock.waited).toEqual([]);
  await pace(30);
  expect(clock.waited).toEqual([30_000]);
  await pace(1);
  expect(clock.waited).toEqual([30_000, 1_000]);
});

test('time that passes fills the bucket, but no fuller than one minute', async () => {
  const clock = clockThat();
  const pace = createPace(60, undefined, clock);
  await pace(60);
  clock.at += 600_000;
  await pace(60);
  expect(clock.waited).toEqual([]);
  await pace(6);
  expect(clock.waited).toEqual([6_000]);
});

test('never more than the pace over any number of batches', async () => {
  const clock = clockThat();
  const pace = createPace(1_000, undefined, clock);
  for (let batch = 0; batch < 50; batch += 1) await pace(137);
  expect(clock.at / 1_000).toBeCloseTo(secondsAtPace(50 * 137, 1_000), 6);
});

test('nobody waits once it is stopped', async () => {
  const clock = clockThat();
  const stop = new AbortController();
  const pace = createPace(1, stop.signal, clock);
  stop.abort();
  await pace(1_000_000);
  expect(clock.waited).toEqual([]);
});
