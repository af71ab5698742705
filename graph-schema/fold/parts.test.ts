import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Group, type Member, part, type Ruling } from './parts.ts';

/** Records a, b, c…, each with its base and the codes that it states; a code has the base of those who state it. */
function group(
  records: Readonly<Record<string, readonly [string, readonly string[]]>>,
  rulings: readonly Ruling[],
): Group {
  const bases = new Map<string, string>();
  for (const [own, [base, states]] of Object.entries(records)) for (const key of [own, ...states]) bases.set(key, base);
  const members = Object.entries(records).map(([own, [, states]]): Member => ({ own, states }));
  const ages = new Map([...new Set(bases.values())].sort().map((base, n) => [base, n]));
  return { members, bases, uids: bases, ages, rulings };
}
const same = (a: string, b: string): Ruling => ({ id: `${a}=${b}`, kind: 'same', pair: [a, b] });
const distinct = (a: string, b: string): Ruling => ({ id: `${a}≠${b}`, kind: 'distinct', pair: [a, b] });
const uidsOf = (one: Group) => Object.fromEntries(part(one).uids);

describe('a group', () => {
  test('without decisions is as codes alone say', () => {
    const one = group({ a: ['A', ['x']], b: ['A', []], c: ['C', ['z']] }, []);
    expect(uidsOf(one)).toEqual({ a: 'A', x: 'A', b: 'A', c: 'C', z: 'C' });
    expect(part(one).ruled.size).toBe(0);
  });

  test('joined by a decision has the uid of the oldest; the others are led there', () => {
    const { uids, uidOfBase, ruled } = part(group({ a: ['B', []], b: ['A', ['x']], c: ['C', []] }, [same('a', 'b')]));
    expect(Object.fromEntries(uids)).toEqual({ a: 'A', b: 'A', x: 'A', c: 'C' });
    expect(uidOfBase.get('B')).toBe('A');
    expect([...ruled].sort()).toEqual(['A', 'B']);
  });

  test('told apart: the better source keeps the uid and the code that both state; the other claim is told', () => {
    const one = group({ a: ['A', ['x']], b: ['A', ['x', 'y']] }, [distinct('a', 'b')]);
    const { uids, overruled } = part(one);
    expect([uids.get('a'), uids.get('x')]).toEqual(['A', 'A']);
    expect(uids.get('b')).not.toBe('A');
    expect(uids.get('y')).toBe(uids.get('b'));
    expect(overruled).toEqual([{ own: 'b', code: 'x', ruling: distinct('a', 'b') }]);
  });

  test('told apart: what is joined to one side only goes with it, what is joined to neither stays', () => {
    const one = group({ a: ['A', ['x']], b: ['A', ['x', 'y']], c: ['A', ['y']], d: ['A', []] }, [distinct('a', 'b')]);
    const { uids } = part(one);
    expect(uids.get('c')).toBe(uids.get('b'));
    expect(uids.get('d')).toBe('A');
  });
});

const OWNS = ['a', 'b', 'c', 'd', 'e'];
const groups = fc
  .record({
    bases: fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 5, maxLength: 5 }),
    states: fc.array(fc.subarray(['x', 'y', 'z']), { minLength: 5, maxLength: 5 }),
    rulings: fc.array(
      fc.record({
        kind: fc.constantFrom('same' as const, 'distinct' as const),
        pair: fc.subarray(OWNS, { minLength: 2, maxLength: 2 }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ bases, states, rulings }) => {
    const records = OWNS.map((own, n) => [own, [bases[n]!, states[n]!.map((code) => `${code}${bases[n]}`)]] as const);
    const standing: Ruling[] = [];
    for (const { kind, pair } of rulings) {
      const ruling = kind === 'same' ? same(pair[0]!, pair[1]!) : distinct(pair[0]!, pair[1]!);
      if (isConsistent([...standing, ruling])) standing.push(ruling);
    }
    return group(Object.fromEntries(records), standing);
  });

function isConsistent(rulings: readonly Ruling[]): boolean {
  const apart = group(Object.fromEntries(OWNS.map((own) => [own, [own, []] as const])), rulings);
  return keeps(apart);
}

function keeps(one: Group): boolean {
  const { uids } = part(one);
  return one.rulings.every(({ kind, pair: [a, b] }) => (kind === 'same') === (uids.get(a) === uids.get(b)));
}

test('every decision is kept to, every identifier and base has a uid, and no uid is given to strangers', () => {
  fc.assert(
    fc.property(groups, (one) => {
      const { uids, uidOfBase, ruled } = part(one);
      expect(keeps(one)).toBe(true);
      expect([...uids.keys()].sort()).toEqual([...one.bases.keys()].sort());
      for (const [key, base] of one.bases) {
        expect(uids.get(key)).toBeDefined();
        if (!ruled.has(base)) expect(uids.get(key)).toBe(base);
        expect([...uids.values()]).toContain(uidOfBase.get(base));
      }
    }),
    { numRuns: 300 },
  );
});
