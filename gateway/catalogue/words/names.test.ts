import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KindName } from '#graph-schema/model.ts';
import { SEARCHED } from '../keep.ts';
import { type EntityRow, Store } from '../store.ts';
import { distanceWithin } from './distance.ts';
import { Names } from './names.ts';

const TODAY = '2026-06-15';

function rowOf(id: number, kind: KindName, name: string, more: Partial<EntityRow> = {}): EntityRow {
  return {
    id,
    uid: `u${String(id).padStart(4, '0')}`,
    changed: id,
    created: id,
    published: true,
    kind,
    described: true,
    name,
    sort: name,
    type: undefined,
    scheme: undefined,
    from: undefined,
    to: undefined,
    position: undefined,
    occurrences: [],
    visibleUntil: undefined,
    demonstration: false,
    sources: [],
    licenceLayers: [],
    pictureRights: [],
    relations: [],
    ...more,
  };
}

function namesOf(rows: readonly EntityRow[]): Names {
  const store = new Store();
  const names = new Names(store);
  for (const row of rows) names.put(store.put(row));
  return names;
}

const ROWS = [
  rowOf(1, 'Trade', 'Tisserand'),
  rowOf(2, 'Structure', 'Musée du Tissage'),
  rowOf(3, 'Structure', 'Écomusée du Lin'),
  rowOf(4, 'HeritageObject', 'Métier à tisser'),
  rowOf(5, 'HeritageObject', 'Métier à tisser'),
  rowOf(6, 'HeritageObject', 'Métier à tisser', { visibleUntil: '2026-06-14' }),
  rowOf(7, 'Place', 'Tincques'),
  rowOf(8, 'Trade', 'Tisseur caché', { published: false }),
  rowOf(9, 'HeritageObject', 'Tisonnier secret', { visibleUntil: '2026-06-14' }),
];

describe('suggest', () => {
  const suggest = (typed: string, kinds: readonly KindName[] = SEARCHED) =>
    namesOf(ROWS)
      .suggest(typed, kinds, 10, TODAY)
      .map(({ name, count }) => [name, count]);

  test('names that begin so come first, then by kind; equal names once, with how many may be seen', () => {
    expect(suggest('ti')).toEqual([
      ['Tisserand', 1],
      ['Tincques', 1],
      ['Musée du Tissage', 1],
      ['Métier à tisser', 2],
    ]);
  });

  test('every word begins a word, in any order, whatever the accents', () => {
    expect(suggest('tiss musee')).toEqual([['Musée du Tissage', 1]]);
    expect(suggest('ECOM')).toEqual([['Écomusée du Lin', 1]]);
    expect(suggest('lin tiss')).toEqual([]);
    expect(suggest('  ')).toEqual([]);
  });

  test('only of the kinds asked for', () => {
    expect(suggest('ti', ['HeritageObject'])).toEqual([['Métier à tisser', 2]]);
  });

  test('what may not be seen is not suggested, nor counted', () => {
    expect(suggest('tisseur')).toEqual([]);
    expect(suggest('tisonnier')).toEqual([]);
  });

  test('is, after any changes, what it would be of the last state alone', () => {
    const name = fc.constantFrom('Navette', 'Navette de métier', 'Rouet', 'Métier', 'Nappe');
    const row = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom<KindName>('Trade', 'HeritageObject'), name, fc.boolean())
      .map(([id, kind, said, published]) => rowOf(id, kind, said, { published }));
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        fc.constantFrom('n', 'na', 'nav', 'met', 'de', 'r'),
        (rows, typed) => {
          const last = [...new Map(rows.map((one) => [one.id, one])).values()];
          expect(namesOf(rows).suggest(typed, SEARCHED, 20, TODAY)).toEqual(
            namesOf(last).suggest(typed, SEARCHED, 20, TODAY),
          );
        },
      ),
    );
  });
});

describe('did you mean', () => {
  const mean = (text: string) => namesOf(ROWS).didYouMean(text, TODAY);

  test.each([
    ['tiserand', 'tisserand'],
    ['Tisesrand', 'tisserand'],
    ['le musee du tisage', 'le musee du tissage'],
    ['écomuséee', 'ecomusee'],
  ])('%s: %s', (typed, meant) => expect(mean(typed)).toBe(meant));

  test.each(['tisserand', 'tisserands', 'zzzzzzz', 'lin', '1234'])('%s: nothing', (typed) =>
    expect(mean(typed)).toBeUndefined(),
  );

  test('a hidden word is never meant', () => {
    expect(mean('tissseur')).toBe('tisser');
    expect(mean('tisonier')).toBeUndefined();
    expect(mean('secrett')).toBeUndefined();
  });
});

test('distances: symmetric, nothing for the same word, one for each of the four mistakes', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = distanceWithin(a, b, 9);
      expect(distance).toBe(distanceWithin(b, a, 9));
      expect(distance === 0).toBe(a === b);
      expect(distanceWithin(a, b, 1)).toBe(distance! <= 1 ? distance : undefined);
    }),
  );
  for (const other of ['navete', 'navettes', 'navatte', 'anvette']) expect(distanceWithin('navette', other, 2)).toBe(1);
});
