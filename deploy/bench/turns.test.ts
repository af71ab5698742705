import { expect, test } from 'vitest';
import { inTurns } from './turns.ts';

test('each contender is asked each question once, and each comes first in turn', async () => {
  const asked: string[] = [];
  const ask = (name: string) => async (turn: number) => asked.push(`${name}${turn}`);
  const times = await inTurns({ a: ask('a'), b: ask('b') }, { warmUp: 1, turns: 2, withinMs: 60_000 });
  expect(asked).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect([times.a.length, times.b.length]).toEqual([2, 2]);
});

test('where time is short one turn is made all the same', async () => {
  const times = await inTurns({ a: async () => undefined }, { warmUp: 5, turns: 100, withinMs: 0 });
  expect(times.a).toHaveLength(1);
});
