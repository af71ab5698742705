import { expect, test } from 'vitest';
import { coordinatesOf, projectionUnsure } from './coordinates.ts';

test.each([
  ['degrees', '50.63', '3.05', [50.63, 3.05], undefined],
  ['a comma', '50,63', '3,05', [50.63, 3.05], undefined],
  ['minutes', "50°30'N", "3°15'E", [50.5, 3.25], undefined],
  ['west', '48.79', '-1.47', [48.79, -1.47], undefined],
  ['swapped', 3.05, 50.63, [50.63, 3.05], 'coordinates-swapped'],
  ['the origin of Lambert 93', 700_000, 6_600_000, [46.5, 3], 'coordinates-projected'],
  ['the same, y first', '6600000', '700000', [46.5, 3], 'coordinates-projected'],
  ['the origin of CC50', 1_700_000, 9_200_000, [50, 3], 'coordinates-projected'],
  ['the origin of CC42', 1_700_000, 1_200_000, [42, 3], 'coordinates-projected'],
] as const)('%s', (_, a, b, [latitude, longitude], code) => {
  const read = coordinatesOf(a, b, 'site');
  expect(read?.point.latitude).toBeCloseTo(latitude, 5);
  expect(read?.point.longitude).toBeCloseTo(longitude, 5);
  expect(read?.note?.code).toBe(code);
});

test.each([
  [0, 0],
  ['', '3'],
  ['abc', '3'],
  [95, 181],
  [5_000_000, 5_000_000],
  [Number.NaN, 1],
])('%s, %s is no position', (a, b) => {
  expect(coordinatesOf(a, b, 'site')).toBeUndefined();
});

test.each([
  ['a place of the region in Web Mercator', 340_640, 6_556_000],
  ['the same, y first', 6_556_000, 340_640],
])('%s is refused, for it may be Lambert 93 too, unless the partner says which', (_, a, b) => {
  expect(coordinatesOf(a, b, 'site')).toBeUndefined();
  expect(projectionUnsure(a, b)?.code).toBe('coordinates-projection-unsure');
  expect(coordinatesOf(a, b, 'site', 'lambert-93')?.note?.code).toBe('coordinates-projected');
});

test('the region in Lambert 93 is sure', () => {
  expect(coordinatesOf(704_000, 7_059_000, 'site')?.point.latitude).toBeCloseTo(50.63, 1);
  expect(projectionUnsure(704_000, 7_059_000)).toBeUndefined();
  expect(projectionUnsure(50.63, 3.05)).toBeUndefined();
});
