import { expect, test } from 'vitest';
import { median } from '../measures.ts';
import { hitsByWord } from './make-searches.ts';
import { readSearches } from './searches.ts';
import { WORDS, wordOf } from './words.ts';

const OBJECTS = 80_000;

test('the mix is what it claims: 500 hits in the middle, one in twenty over 5% of all', () => {
  const searches = readSearches();
  const hits = searches.map((search) => search.hits);
  expect(median(hits)).toBeGreaterThan(450);
  expect(median(hits)).toBeLessThan(550);
  expect(hits.filter((one) => one > 0.05 * OBJECTS).length / searches.length).toBe(1 / 20);
  for (const { box } of searches) expect([box.south < box.north, box.west < box.east]).toEqual([true, true]);
});

test('it is of the words that the objects have', { timeout: 60_000 }, () => {
  const hits = hitsByWord(OBJECTS);
  for (const search of readSearches()) expect([search.text, hits.get(search.text)]).toEqual([search.text, search.hits]);
});

test('every rank has a word of its own', () => {
  expect(new Set(Array.from({ length: WORDS }, (_, at) => wordOf(at + 1))).size).toBe(WORDS);
});
