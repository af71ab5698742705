import { describe, expect, test } from 'vitest';
import { createReconciler } from '../reconcile/reconciler.ts';
import { mendedCharacters } from './characters.ts';
import type { Cell } from './correction.ts';
import { correctionsOf, presentCommunes } from './propose.ts';

const known = { reconciler: createReconciler(), present: presentCommunes() };
const of = (cell: Omit<Cell, 'column'>, more: { denomination?: string; numbered?: number } = {}) =>
  correctionsOf(
    { cells: [{ column: 'C', ...cell }], denomination: '', numbered: 1, elsewhere: [], ...more },
    known,
  ).map(({ form, kind, proposed }) => [form, kind, ...proposed]);

describe('dates', () => {
  test.each([
    ['XXe', '20e siècle'],
    ['XIXème s.', '19e siècle'],
    ['19 ème siècle', '19e siècle'],
  ])('%s', (value, proposed) => expect(of({ value, role: 'date' })).toEqual([['sure', 'date', proposed]]));

  test.each(['20e siècle', 'vers 1853', '1er quart 20e siècle', 's.d.', 'an VII', '', '?'])(
    '%s is left alone',
    (value) => expect(of({ value, role: 'date' })).toEqual([]),
  );

  test('what the museum alone can know is asked, not invented', () => {
    expect(of({ value: '1865 entre 1908 et', role: 'date' })).toEqual([['question', 'date', 'entre 1865 et 1908']]);
    expect(of({ value: 'du temps de la fosse', role: 'date' })).toEqual([['question', 'date']]);
  });

  test('whatever is rewritten means the same', () => {
    for (const figure of ['XV', 'XVI', 'XVII', 'XVIII', 'XIX', 'XX', '18', '19'])
      for (const end of ['e', 'ème', 'e s.', 'e siècle', ' ème siècle'])
        for (const begin of ['', '1er quart ', 'fin ', '2e moitié ']) {
          const value = `${begin}${figure}${end}`;
          const [found] = of({ value, role: 'date' });
          if (found?.[0] !== 'sure') continue;
          const years = (text: string) => known.reconciler.dates(text)[0]?.edtf;
          expect([value, years(found[2]!)]).toEqual([value, years(value)]);
        }
  });
});

describe('places', () => {
  test('are spelled as INSEE has them, where the name is theirs alone', () => {
    expect(of({ value: 'St-Amand-les-Eaux', role: 'place' })).toEqual([['sure', 'place', 'Saint-Amand-les-Eaux']]);
    expect(of({ value: 'BETHUNE ; Roubaix', role: 'place', split: ';' })).toEqual([
      ['sure', 'place', 'Béthune ; Roubaix'],
    ]);
    expect(of({ value: 'Roubaix', role: 'place' })).toEqual([]);
  });

  test('a name of several is a question with its choices; a former commune with its present one', () => {
    const [rivals] = of({ value: 'St-Amand', role: 'place' });
    expect(rivals?.slice(0, 2)).toEqual(['question', 'place']);
    expect(rivals?.length).toBeGreaterThan(3);
    expect(of({ value: 'Lomme', role: 'place' })).toEqual([['question', 'former-commune', 'Lomme (Lille)']]);
    expect(of({ value: 'Lomme (Lille)', role: 'place' })).toEqual([]);
  });
});

describe('trades', () => {
  test('a plural is respelled; a feminine is the museum’s own word', () => {
    expect(of({ value: 'Tisserands', role: 'trade' })).toEqual([['sure', 'trade', 'tisserand']]);
    for (const value of ['tisserand', 'Tisserand', 'dentellière']) expect(of({ value, role: 'trade' })).toEqual([]);
  });

  test('one that is missing is asked by what the thing is called', () => {
    const denomination = 'navette de tisserand';
    expect(of({ value: '', role: 'trade' }, { denomination })).toEqual([['question', 'missing-trade', 'tisserand']]);
    expect(of({ value: 'fileur', role: 'trade' }, { denomination })).toEqual([]);
  });
});

test('a number on several records is a question', () => {
  expect(of({ value: 'D.9', role: 'inventory' }, { numbered: 2 })).toEqual([['question', 'inventory']]);
  expect(of({ value: 'D.9', role: 'inventory' })).toEqual([]);
});

test('characters are mended where they can only be meant so, and once', () => {
  expect(mendedCharacters('MÃ©tier à bras dâ€™Aniche')).toBe('Métier à bras d’Aniche');
  expect(mendedCharacters(' Fer  plat\nusé ')).toBe('Fer plat\nusé');
  for (const text of ['Métier', 'ÂGE', 'SÃO', 'l’œuvre', 'É»', 'MÃ©tier  à bras']) {
    const once = mendedCharacters(text);
    expect(mendedCharacters(once)).toBe(once);
  }
  for (const text of ['Métier', 'ÂGE', 'SÃO', 'l’œuvre', 'É»']) expect(mendedCharacters(text)).toBe(text);
});
