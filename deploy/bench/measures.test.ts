import { describe, expect, test } from 'vitest';
import { isHeld, jsonOf, type Measure, markdownOf, median, percentile, ratioOf, rowOf } from './measures.ts';

const speed: Measure = {
  section: 'bout en bout',
  what: 'première moisson',
  value: 1500,
  unit: 'notices/s',
  against: { what: 'écriture seule', value: 2500 },
  target: { least: 0.5 },
};

describe('the median', () => {
  test('is the middle, whatever the order, and the mean of two middles', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(median([40, 10, 20, 30])).toBe(25);
    expect(median([7])).toBe(7);
  });
  test('of nothing is a bug', () => {
    expect(() => median([])).toThrow('median');
  });
  test('leaves its values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

test('a percentile is the value that so many of a hundred do not pass', () => {
  const values = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect([50, 95, 99, 100].map((percent) => percentile(values, percent))).toEqual([100, 190, 198, 200]);
  expect(percentile([7], 99)).toBe(7);
  expect(() => percentile([], 50)).toThrow('percentile');
});

describe('a target', () => {
  test('is judged on the ratio where there is one', () => {
    expect(ratioOf(speed)).toBe(0.6);
    expect(isHeld(speed)).toBe(true);
    expect(isHeld({ ...speed, value: 1200 })).toBe(false);
    expect(isHeld({ ...speed, target: { most: 0.5 } })).toBe(false);
  });
  test('else on the value itself', () => {
    const memory: Measure = { section: 's', what: 'm', value: 280, unit: 'Mo', target: { most: 300 } };
    expect(isHeld(memory)).toBe(true);
    expect(isHeld({ ...memory, value: 301 })).toBe(false);
  });
  test('may be absent', () => {
    expect(isHeld({ section: 's', what: 'm', value: 1, unit: 'ms' })).toBeUndefined();
  });
});

describe('a row', () => {
  const plain = (cells: string[]) => cells.map((cell) => cell.replace(/\s/g, ' '));
  test('tells figure, comparison, ratio, target and verdict', () => {
    expect(plain(rowOf(speed))).toEqual([
      'bout en bout',
      'première moisson',
      '1 500 notices/s',
      'écriture seule : 2 500 notices/s',
      '0,6',
      '≥ 0,5',
      'tient',
    ]);
    expect(rowOf({ ...speed, value: 100 }).at(-1)).toBe('manque');
  });
  test('gives a target on a value its unit', () => {
    expect(plain(rowOf({ section: 's', what: 'm', value: 212.4, unit: 'Mo', target: { most: 300 } }))).toEqual([
      's',
      'm',
      '212 Mo',
      '',
      '',
      '≤ 300 Mo',
      'tient',
    ]);
  });
  test('says why something was skipped', () => {
    expect(rowOf({ section: 's', what: 'sickle', skipped: 'python3 est absent' })).toEqual([
      's',
      'sickle',
      '—',
      'python3 est absent',
      '',
      '',
      'passée',
    ]);
  });
});

test('the JSON has ratio and verdict beside the figures', () => {
  expect(jsonOf(speed)).toMatchObject({ value: 1500, ratio: 0.6, held: true });
  expect(jsonOf({ section: 's', what: 'm', value: 1, unit: 'ms' })).toMatchObject({ ratio: null, held: null });
});

test('the Markdown table has a row for each, whatever its words', () => {
  const lines = markdownOf([speed, { section: 's', what: 'a|b', skipped: 'absent' }]).split('\n');
  expect(lines.map((line) => line.split(/(?<!\\)\|/).length)).toEqual([9, 9, 9, 9]);
  expect(lines[3]).toContain('a\\|b');
});
