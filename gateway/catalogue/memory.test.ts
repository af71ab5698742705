import { expect, test } from 'vitest';
import { Memory } from './memory.ts';

test('what is asked least is forgotten first, and all of it when told', () => {
  const memory = new Memory<number>();
  memory.keep('a', 1, 40_000);
  memory.keep('b', 2, 40_000);
  expect(memory.get('a')).toBe(1);
  memory.keep('c', 3, 40_000);
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([1, undefined, 3]);
  memory.keep('a', 4, 1);
  expect(memory.get('a')).toBe(4);
  memory.forget();
  expect([memory.get('a'), memory.get('c')]).toEqual([undefined, undefined]);
});

test('what is larger than all that may be kept is not kept', () => {
  const memory = new Memory<number>();
  memory.keep('large', 1, 1_000_000);
  expect(memory.get('large')).toBeUndefined();
});
