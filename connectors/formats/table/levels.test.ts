import { expect, test } from 'vitest';
import { levelsIn } from './levels.ts';

test.each([
  ['CM1-CM2', ['CM1', 'CM2']],
  ['CE2 à CM2, 6e', ['CE2', 'CM1', 'CM2', '6e']],
  ['Cycle 2 et 3', ['Cycle 2', 'Cycle 3']],
  ['cycles 2 à 4', ['Cycle 2', 'Cycle 3', 'Cycle 4']],
  ['de la 6ème à la 3ème', ['6e', '5e', '4e', '3e']],
  ['Seconde / Première / Terminale', ['2de', '1re', 'Tle']],
  ['GS, centre de loisirs', ['GS', 'centre de loisirs']],
  ['maternelle et élémentaire', ['maternelle et élémentaire']],
  ['tous niveaux', ['tous niveaux']],
  ['6e et 6e', ['6e']],
  ['CP à musée', ['CP à musée']],
])('%s', (text, levels) => {
  expect(levelsIn(text)).toEqual(levels);
});
