import { expect, test } from 'vitest';
import { type ComparedStructure, likeness, placesSay } from './structures.ts';

const structure = (name: string, more: Partial<ComparedStructure> = {}): ComparedStructure => ({
  name,
  type: 'museum',
  places: ['insee:59512'],
  towns: ['Roubaix'],
  codes: [],
  ...more,
});
const says = (a: string, b: string, more: Partial<ComparedStructure> = {}) =>
  likeness(structure(a, more), structure(b, more)).why;
const LINKED = 0.85;

test('a code in common settles it, and so do two codes of one scheme', () => {
  const [a, b] = [
    structure('Musée Vandemo', { codes: ['museofile:M1'] }),
    structure('Autre', { codes: ['museofile:M1'] }),
  ];
  expect(likeness(a, b)).toEqual({ score: 1, why: 'code' });
  expect(likeness(a, { ...a, codes: ['museofile:M2'] })).toEqual({ score: 0, why: 'other-code' });
  expect(likeness(a, { ...a, codes: ['siret:1'] }).why).toBe('name');
});

test.each([
  ['Musée des Outils Vandemo', 'La maison des outils Vandemo', 'name'],
  ['Choco Rêve', 'Chocorêve', 'name'],
  ['Archives municipales', 'Archives municipales de Roubaix', 'name'],
  ['Familistère', 'Familistère Fictaert', 'longer-name'],
  ['Musée du Fil Fictaert', 'Musée du Film Fictaert', 'other-name'],
  ['Musée Vandemo', 'Musée Fictaert', 'other-name'],
  ['Musée Vandemo', 'Réserves du musée Vandemo', 'other-sort'],
  ['Musée Vandemo', 'Boutique du musée Vandemo', 'other-sort'],
  ['Musée Vandemo', 'Les amis du musée Vandemo', 'other-sort'],
  ['Collège Vandemo', 'Lycée Vandemo', 'other-sort'],
  ['Archives municipales Vandemo', 'Archives départementales Vandemo', 'other-sort'],
  ['Lycée général Vandemo', 'Lycée professionnel Vandemo', 'other-sort'],
  ['Lycée Vandemo', 'LP Vandemo', 'doubtful-sort'],
  ['École Vandemo', 'École maternelle Vandemo', 'doubtful-sort'],
  ['Musée Vandemo', 'Fondation Vandemo', 'other-sort'],
  ['Musée Vandemo', 'Ancien musée Vandemo', 'doubtful-sort'],
  ['GRETA Vandemo', 'Lycée Vandemo', 'other-sort'],
  ['SARL Vandemo', 'Vandemo', 'name'],
  ['Musée Jean Vandemo', 'Musée J. Vandemo', 'longer-name'],
  ['Musée Vandemo I', 'Musée Vandemo II', 'other-name'],
  ["Musée d'histoire naturelle", "Muséum d'histoire naturelle", 'name'],
  ['Médiathèque Vandemo', 'Bibliothèque Vandemo', 'name'],
])('%s and %s: %s', (a, b, why) => {
  expect(says(a, b)).toBe(why);
  expect(says(b, a)).toBe(why);
});

test('a broad subject with one more word may be another museum', () => {
  const score = (a: string, b: string) => likeness(structure(a), structure(b)).score;
  expect(score('Musée d’histoire', 'Musée d’histoire naturelle')).toBeLessThan(LINKED);
  expect(score('Musée de la nacre', 'Musée de la nacre et de la tabletterie')).toBeGreaterThanOrEqual(LINKED);
});

test('an association of one name is the same where both are said to be one, and a doubt where that is not said', () => {
  const [a, b] = ['Vandemo en Weppes', 'Association Vandemo en Weppes'];
  expect(says(a, b, { type: 'association' })).toBe('name');
  expect(says(a, b, { type: undefined })).toBe('doubtful-sort');
});

test('of two types, or of two places, it is another', () => {
  expect(likeness(structure('Vandemo'), structure('Vandemo', { type: 'firm' })).why).toBe('other-type');
  expect(likeness(structure('Vandemo'), structure('Vandemo', { places: ['insee:59350'] })).why).toBe('other-place');
});

test('a part of a town is in it; two parts of it are two places', () => {
  const [lille, hellemmes, lomme] = [
    { places: ['insee:59350'], towns: ['Lille'] },
    { places: ['insee:59298', 'insee:59350'], towns: ['Hellemmes'] },
    { places: ['insee:59355', 'insee:59350'], towns: ['Lomme'] },
  ];
  expect([placesSay(lille, hellemmes), placesSay(lomme, lille), placesSay(lomme, hellemmes)]).toEqual([1, 1, 0]);
});

test('without a code of its place the name of the town may do, an unknown or another one does not', () => {
  const score = (more: Partial<ComparedStructure>) =>
    likeness(structure('Musée de l’Outil Vandemo'), structure('Musée de l’Outil Vandemo', more)).score;
  expect(score({ places: [], towns: ['59100 ROUBAIX'] })).toBeGreaterThanOrEqual(LINKED);
  expect(score({ places: [], towns: [] })).toBeLessThan(LINKED);
  expect(score({ places: [], towns: ['Ailleurs-sur-Lys'] })).toBeLessThan(LINKED);
});

test('without any place a name that says something may do, a generic one does not', () => {
  const nowhere = { places: [], towns: [] };
  const score = (name: string) => likeness(structure(name, nowhere), structure(name, nowhere)).score;
  expect(score('Brasserie Vandemo')).toBeGreaterThanOrEqual(LINKED);
  expect(score('Archives municipales')).toBeLessThan(LINKED);
});
