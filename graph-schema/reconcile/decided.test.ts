import { describe, expect, test } from 'vitest';
import { createResolver } from '../vocabularies/resolver.ts';
import { type DecidedWords, decidableParts, withDecided, wordsKey } from './decided.ts';

const base = createResolver();
const means = (value: string) => [{ identifier: { scheme: 'trame', value }, label: value }];
const decided: readonly DecidedWords[] = [
  { what: 'trades', words: 'Pilote', means: means('pilote') },
  { what: 'trades', words: 'haricotier', means: [] },
  { what: 'trades', words: 'tisserand', means: means('tisseur-de-demonstration') },
  { what: 'places', words: 'la Cité', means: [{ identifier: { scheme: 'insee', value: '59350' }, label: 'Lille' }] },
];
const resolver = withDecided(base, decided);
const codes = (text: string) =>
  resolver.trades(text).map(({ identifier, rule }) => [identifier.value, rule === 'decided']);

describe('what a steward decided', () => {
  test.each([
    ['pilote', [['pilote', true]]],
    ['PILOTE.', [['pilote', true]]],
    [
      'pilote ; fileuse (femme)',
      [
        ['pilote', true],
        ['fileur', false],
      ],
    ],
    ['haricotier', []],
    ['haricotier, boulanger', [['boulanger', false]]],
    ['tisserand', [['tisseur-de-demonstration', true]]],
    ['tisserand ; tisserand', [['tisseur-de-demonstration', true]]],
    ['fileur', [['fileur', false]]],
  ])('is heard before any rule: %s', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test('is of one vocabulary: words of a place are none of a trade', () => {
    expect(resolver.places('La Cité').map(({ label }) => label)).toEqual(['Lille']);
    expect(resolver.trades('la cité')).toEqual([]);
    expect(resolver.places('pilote')).toEqual(base.places('pilote'));
  });

  test.each([
    ['France, Nord, la Cité', ['Lille']],
    ['Roubaix ; la Cité, Nord', ['Roubaix', 'Lille']],
    ['Roubaix, Nord', ['Roubaix']],
  ])('of a part of a place says what that is: %s', (text, expected) => {
    expect(resolver.places(text).map(({ label }) => label)).toEqual(expected);
  });

  test('is not looked for in what is no text of a record', () => {
    const before = performance.now();
    for (const long of [`a${' '.repeat(200_000)}b`, `a${'.'.repeat(200_000)}b`]) {
      expect([resolver.settled?.('trades', long), resolver.trades(long), decidableParts(long)]).toEqual([
        false,
        [],
        [long],
      ]);
    }
    expect(performance.now() - before).toBeLessThan(200);
  });

  test('leaves nothing of it to be asked, and the rest as it was', () => {
    expect(base.unsure('trades', 'pilote ; bobineuse')).toEqual(['pilote', 'bobineuse']);
    expect(resolver.unsure('trades', 'pilote ; bobineuse')).toEqual(['bobineuse']);
    expect(resolver.settled?.('trades', 'haricotier')).toBe(true);
    expect(resolver.settled?.('trades', 'haricotier ; zinzolinier')).toBe(false);
    expect(resolver.version).toBe(base.version);
    expect(resolver.inferrer).toBe(base.inferrer);
  });
});

test('words are compared without case, accents and what stands around them', () => {
  expect(wordsKey(' « Dentellière ». ')).toBe('dentelliere');
  expect(wordsKey('ouvrière  d’usine')).toBe("ouvriere d'usine");
});
