import { expect, test } from 'vitest';
import { isHeld } from '../measures.ts';
import { growthRows } from './growth.ts';

const small = { objects: 80_000, figures: { point: 1, page: 2, search: 3, other: 1 } };

test('each figure that both sizes have is judged: points and pages by a third, searches by four', () => {
  const rows = growthRows(small, { objects: 1_000_000, figures: { point: 1.3, page: 2.7, search: 11 } });
  expect(rows.map((row) => [row.value, row.against?.value, isHeld(row)])).toEqual([
    [1.3, 1, true],
    [2.7, 2, false],
    [11, 3, true],
  ]);
});

test('what one of the two has not is left out', () => {
  expect(growthRows(small, { objects: 1_000_000, figures: { page: 2 } })).toHaveLength(1);
});
