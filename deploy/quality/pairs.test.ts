import { expect, test } from 'vitest';
import { type Block, candidatePairs } from '#graph-schema/identity/candidates.ts';
import { eventBlocks, objectBlocks, structureBlocks } from '#graph-schema/identity/candidates-blocks.ts';
import {
  COMPARED,
  type Compared,
  identityThresholdsText,
  readIdentityThresholds,
} from '#graph-schema/identity/thresholds.ts';
import { eventOf, type LabelledPair, labelledPairs, objectOf, scorePairs, structureOf } from './pairs.ts';

const TARGETS = { precision: 0.99, recall: 0.8 } as const;
const THRESHOLDS = readIdentityThresholds(identityThresholdsText());
const dev = <W extends Compared>(what: W): readonly LabelledPair<W>[] =>
  labelledPairs(what).filter(({ set }) => set === 'dev');

test.each(COMPARED)('%s: the half to develop on is judged as well as is asked', (what) => {
  const { precision, recall, misses } = scorePairs(what, dev(what), THRESHOLDS[what].linked);
  expect(precision, JSON.stringify(misses)).toBeGreaterThanOrEqual(TARGETS.precision);
  expect(recall, JSON.stringify(misses)).toBeGreaterThanOrEqual(TARGETS.recall);
});

test('what is counted: found, right and missed, at a threshold', () => {
  const rows = dev('events');
  const [yes, no] = [rows.filter(({ same }) => same).length, rows.filter(({ same }) => !same).length];
  const all = scorePairs('events', rows, 0);
  expect(all).toMatchObject({ pairs: rows.length, yes, found: rows.length, right: yes, recall: 1 });
  expect(all.precision).toBeCloseTo(yes / rows.length);
  expect(all.misses).toHaveLength(no);
  const none = scorePairs('events', rows, 2);
  expect(none).toMatchObject({ found: 0, right: 0, precision: 1, recall: 0 });
  expect(none.misses).toHaveLength(yes);
});

test.each(COMPARED)('%s: judged the same whichever side comes first', (what) => {
  const swapped = dev(what).map(({ a, b, ...rest }) => ({ ...rest, a: b, b: a }));
  const { misses: _, ...turned } = scorePairs(what, swapped, THRESHOLDS[what].linked);
  expect(scorePairs(what, dev(what), THRESHOLDS[what].linked)).toMatchObject(turned);
});

test('structures: blocking loses no pair that is one', async () => {
  expect(await lost(dev('structures'), (side) => structureBlocks(structureOf(side)))).toEqual([]);
});

test('objects: blocking loses no pair that is one', async () => {
  expect(await lost(dev('objects'), (side) => objectBlocks(objectOf(side)))).toEqual([]);
});

test('events: blocking loses no pair that is one', async () => {
  expect(await lost(dev('events'), (side) => eventBlocks(eventOf(side)))).toEqual([]);
});

/** Pairs labelled as one that do not meet in any block, all descriptions of the set being there. */
async function lost<W extends Compared>(
  rows: readonly LabelledPair<W>[],
  blocksOf: (side: LabelledPair<W>['a']) => readonly Block[],
): Promise<readonly LabelledPair<W>[]> {
  const sides = rows.flatMap((row) => [
    { row, side: row.a },
    { row, side: row.b },
  ]);
  const met = new Set<LabelledPair<W>>();
  for await (const [one, other] of candidatePairs({ open: () => sides, blocksOf: ({ side }) => blocksOf(side) }))
    if (one.row === other.row) met.add(one.row);
  return rows.filter((row) => row.same && !met.has(row));
}
