import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinable, membersOf, spanning } from './components.ts';

const pair = (a: string, b: string, score = 1) => ({ a: { uid: a }, b: { uid: b }, score });
const always = () => true;

describe('what may be joined without asking', () => {
  test('pairs that hang together are one group', () => {
    const { sure, doubtful } = joinable([pair('a', 'b'), pair('c', 'd'), pair('b', 'c'), pair('x', 'y')], always);
    expect(
      sure.map((group) =>
        membersOf(group)
          .map(({ uid }) => uid)
          .sort(),
      ),
    ).toEqual([
      ['a', 'b', 'c', 'd'],
      ['x', 'y'],
    ]);
    expect(doubtful).toEqual([]);
  });
  test('where two of a group cannot be one, all its pairs are for a steward, and no other group’s', () => {
    const isM1andM2 = (one: { uid: string }, other: { uid: string }) => [one.uid, other.uid].sort().join() === 'm1,m2';
    const pairs = [pair('m1', 'b'), pair('b', 'm2'), pair('x', 'y')];
    const { sure, doubtful } = joinable(pairs, (one, other) => !isM1andM2(one, other));
    expect(doubtful).toEqual(pairs.slice(0, 2));
    expect(sure).toEqual([[pairs[2]]]);
  });
  test('so is a group of very many', () => {
    const pairs = Array.from({ length: 12 }, (_, at) => pair(`${at}`, `${at + 1}`));
    expect(joinable(pairs, always).doubtful).toHaveLength(12);
    expect(joinable(pairs.slice(1), always).doubtful).toHaveLength(0);
  });
});

const graphs = fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 });
const pairsOf = (edges: readonly (readonly [number, number, number])[]) =>
  edges.filter(([a, b]) => a !== b).map(([a, b, score]) => pair(`${a}`, `${b}`, score));

test('the groups do not depend on the order in which the pairs were found', () => {
  const named = (pairs: readonly ReturnType<typeof pair>[]) =>
    joinable(pairs, always)
      .sure.map((group) =>
        membersOf(group)
          .map(({ uid }) => uid)
          .sort()
          .join(),
      )
      .sort();
  fc.assert(
    fc.property(graphs, (edges) => {
      expect(named(pairsOf(edges).toReversed())).toEqual(named(pairsOf(edges)));
    }),
  );
});

test('a group of n is joined by n − 1 of its pairs', () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      for (const group of joinable(pairsOf(edges), always).sure) {
        const joining = spanning(group);
        expect(joining).toHaveLength(membersOf(group).length - 1);
        expect(membersOf(joining)).toHaveLength(membersOf(group).length);
      }
    }),
  );
});
