import { expect, test } from 'vitest';
import { comparedNames, isOneLetterAway, stem } from './names.ts';

const telling = (name: string, ...towns: string[]) =>
  comparedNames(name, towns).map((one) => [...one.telling].join(' '));

test.each([
  ['Batellerie', 'Batelerie'],
  ['régionale'.normalize('NFD').replace(/\p{M}/gu, ''), 'regional'],
  ['moulins', 'moulin'],
])('%s and %s have one stem', (one, other) => {
  expect(stem(one.toLowerCase())).toBe(stem(other.toLowerCase()));
});

test.each([
  ['laine', 'aine'],
  ['fil', 'film'],
  ['fer', 'verre'],
  ['photographie', 'phonographie'],
])('%s and %s have two', (one, other) => {
  expect(stem(one)).not.toBe(stem(other));
});

test('the town and generic words tell nothing; a family in brackets does, an acronym and a department do not', () => {
  expect(telling('Musée du Cidre VANDEMO (Doullens)', 'Doullens')).toEqual(['cidr vandemo']);
  expect(telling('Musée Gadzarts de Liencourt (60)', 'Liancourt')).toEqual(['gadzart']);
  expect(telling('Musée de la bière (Delexemple)')).toEqual(['bier delexempl']);
  expect(telling('Centre de la Mine (CMCF)')).toEqual(['min']);
});

test('a town before the name, as POP writes it, and a former name behind it', () => {
  expect(telling('Lille ; musée Delexemple')).toEqual(['delexempl']);
  expect(telling('Musée Delexemple (ex-Halle aux draps)')).toEqual(['delexempl', 'hal drap']);
});

test('a number tells, a postcode does not', () => {
  expect(telling('Fosse 9')).not.toEqual(telling('Fosse 2'));
  expect(telling('Musée du Rail 62500')).toEqual(['rail']);
});

test('a name of nothing but its town keeps it', () => {
  expect(telling('Roubaix', 'Roubaix')).toEqual(['roubai']);
});

test.each([
  ['roubaix', 'roubaix', true],
  ['liancourt', 'liencourt', true],
  ['arras', 'arra', true],
  ['lens', 'lille', false],
])('%s and %s: one letter away is %s', (a, b, expected) => {
  expect(isOneLetterAway(a, b)).toBe(expected);
});

test('a hostile name costs no more than its begin', () => {
  const started = performance.now();
  for (const part of ['(', '(ex ', 'a(', 'eco-musee', ' ', 'aa'])
    comparedNames(part.repeat(100_000 / part.length), ['Lille']);
  expect(performance.now() - started).toBeLessThan(300);
});
