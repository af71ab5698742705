import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BenchState } from './state.ts';

const result = { told: [], figures: { page: 2.5 } };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trame-bench-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('a bench that was stopped finds what it had done, and nothing else', () => {
  new BenchState(home, '1').add({ objects: 80_000, section: 'page', result });
  const again = new BenchState(home, '1');
  expect(again.done).toEqual([{ objects: 80_000, section: 'page', result }]);
  expect([again.has(80_000, 'page'), again.has(80_000, 'search'), again.has(1_000_000, 'page')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what was measured of something else is forgotten', () => {
  new BenchState(home, '1').add({ objects: 80_000, section: 'page', result });
  expect(new BenchState(home, '2').done).toEqual([]);
});

test('one that is through begins anew', () => {
  const state = new BenchState(home, '1');
  state.add({ objects: 80_000, section: 'page', result });
  state.clear();
  expect(new BenchState(home, '1').done).toEqual([]);
});
