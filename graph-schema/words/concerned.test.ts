import { describe, expect, test } from 'vitest';
import { anySpelling, canBeFound } from './concerned.ts';

/** Java's and JavaScript's expressions agree on all that stands in these. */
const finds = (words: string, record: string) => new RegExp(anySpelling(words), 'su').test(record);

describe('words are found in a record', () => {
  test.each([
    ['megissiere', '{"text":"Mégissière"}'],
    ['mégissière', '{"text":"MEGISSIERE ; fileuse"}'],
    ['Mégissière', '{"text":"me\u0301gissie\u0300re"}'],
    ['oeuvre', '{"text":"chef d\'œuvre"}'],
    ['chef d’œuvre', '{"text":"Chef d\'Oeuvre"}'],
    ['Béthune', '{"text":"BÉTHUNE"}'],
    ["ouvrière d'usine", '{"text":"ouvrière\\nd’usine"}'],
    ['aide-maçon (homme)', '{"text":"Aide-Maçon (homme)"}'],
    ['c++', '{"text":"C++"}'],
    ['maître d’œuvre', '{"text":"maître\u2009d’œuvre"}'],
    ['dit "le gros" tisserand', JSON.stringify({ text: 'Dit "le Gros" tisserand' })],
    ['tisserand\\fileur', JSON.stringify({ text: 'Tisserand\\Fileur' })],
    ['ткач', '{"text":"ТКАЧ"}'],
  ])('%s in %s', (words, record) => {
    expect(finds(words, record)).toBe(true);
  });

  test.each([
    ['mégissière', '{"text":"mégissier"}'],
    ['a.b', '{"text":"aXb"}'],
  ])('%s is not in %s', (words, record) => {
    expect(finds(words, record)).toBe(false);
  });

  test('but for those that hold next to nothing', () => {
    expect([canBeFound('à'), canBeFound(' ; '), canBeFound('an')]).toEqual([false, false, true]);
  });
});
