/**
 * Makes searches.csv anew: `node deploy/bench/fixed/make-searches.ts`. A word, how many of the first 80,000 objects have it, and a box. The words are drawn as
 * people ask, the more frequent the more often (Zipf), around the rank that 500 objects have; one in twenty is in more than 5% of all.
 */
import { writeFileSync } from 'node:fs';
import { seededRandom } from '#connectors/partners/webmuseo/random.ts';
import { wordsOf } from './records.ts';
import { WORDS, wordOf } from './words.ts';

const SEARCHES = 200;
const ONE_IN = 20;
const OBJECTS = 80_000;
const FREQUENT = 0.05 * OBJECTS;
/** Ranks at the two ends, and so 500 hits in the middle of the logarithms. */
const HITS = { most: 2_500, middle: 500, least: 100 };
/** Where the communes are, in degrees. */
const REGION = { south: 49.0, west: 1.6, north: 51.0, east: 4.1 };

/** How many objects have each word. */
export function hitsByWord(objects: number): ReadonlyMap<string, number> {
  const hits = new Map<string, number>();
  for (let rank = 0; rank < objects; rank += 1)
    for (const word of new Set(wordsOf(rank).toLowerCase().split(' '))) hits.set(word, (hits.get(word) ?? 0) + 1);
  return hits;
}

function searches(): readonly string[] {
  const hits = hitsByWord(OBJECTS);
  const words = Array.from({ length: WORDS }, (_, at) => wordOf(at + 1));
  const hitsOf = (word: string): number => hits.get(word) ?? 0;
  const frequent = words.filter((word) => hitsOf(word) > FREQUENT);
  const random = seededRandom('recherches');
  return Array.from({ length: SEARCHES }, (_, at) => {
    const word = at % ONE_IN === 0 ? random.pick(frequent) : nearest(words, wantedHits(random.next()), hitsOf);
    return [word, hitsOf(word), ...box(random)].join(',');
  });
}

/** Even in the logarithm on each side of the middle, as often above it as below. */
function wantedHits(chance: number): number {
  const { most, middle, least } = HITS;
  return chance < 0.5 ? least * (middle / least) ** (2 * chance) : middle * (most / middle) ** (2 * chance - 1);
}

function nearest(words: readonly string[], wanted: number, hitsOf: (word: string) => number): string {
  return words.reduce((best, word) =>
    Math.abs(hitsOf(word) - wanted) < Math.abs(hitsOf(best) - wanted) ? word : best,
  );
}

/** South, west, north, east: from a canton to most of the region. */
function box(random: ReturnType<typeof seededRandom>): readonly string[] {
  const height = 0.3 + random.next() * (REGION.north - REGION.south - 0.3);
  const width = 0.4 + random.next() * (REGION.east - REGION.west - 0.4);
  const south = REGION.south + random.next() * (REGION.north - REGION.south - height);
  const west = REGION.west + random.next() * (REGION.east - REGION.west - width);
  return [south, west, south + height, west + width].map((degrees) => degrees.toFixed(3));
}

if (import.meta.main)
  writeFileSync(
    new URL('searches.csv', import.meta.url),
    `${['text,hits,south,west,north,east', ...searches()].join('\n')}\n`,
  );
