import { describe, expect, test } from 'vitest';
import { fullTextQuestion } from './question.ts';

describe('what a visitor types', () => {
  test.each([
    ['Métiers  d’ART', '+"metiers" +"d\'art"'],
    ['"corps de métier" lin', '+"corps de metier" +"lin"'],
    ['Œuvre', '+"oeuvre"'],
    ['A1973.2.4', '+"a1973.2.4"'],
    ['a AND (b OR "c', '+"a" +"and" +"(b" +"or" +"c"'],
    ['back\\slash', '+"back slash"'],
    ['des sabotiers', '+"des" +"sabotiers"'],
    [
      'vieux mineurs',
      '+"vieux" +((+"mineurs")^3 "ouvrier mineur" "mineur de charbon" "mineur de fond" "gueule noire" "houilleur")',
    ],
    [
      'la gueule noire',
      '+((+"la" +"gueule" +"noire")^3 "mineur" "ouvrier mineur" "mineur de charbon" "mineur de fond" "houilleur")',
    ],
    ['"gueule noire"', '+"gueule noire"'],
  ])('%s', (typed, lucene) => {
    expect(fullTextQuestion(typed)).toEqual({ index: 'search_french', lucene });
  });

  test.each([
    ['tiss*', '+tiss*'],
    ['métier tiss**', '+"metier" +tiss*'],
    ['la d/b:c*', '+d\\/b\\:c*'],
    ['éch*', "+(ech* l'ech* d'ech* qu'ech* s'ech* n'ech*)"],
    ['l’art tiss*', '+("art" "l\'art" "d\'art" "qu\'art" "s\'art" "n\'art") +tiss*'],
  ])('%s asks for beginnings', (typed, lucene) => {
    expect(fullTextQuestion(typed)).toEqual({ index: 'search_words', lucene });
  });

  test.each(['', '   ', '*', '"" +-', 'x'.repeat(201), 'a '.repeat(21)])('%j is refused', (typed) => {
    expect(() => fullTextQuestion(typed)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  });
});
