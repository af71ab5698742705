import { expect, test } from 'vitest';
import { type ComparedStructure, likeness, placesSay } from './structures.ts';
import { identityThresholdsText, readIdentityThresholds } from './thresholds.ts';

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
const { linked: LINKED, proposed: PROPOSED } = readIdentityThresholds(identityThresholdsText()).structures;

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

test('two that say no place may be namesakes: whatever the name, a steward is asked', () => {
  const nowhere = { places: [], towns: [] };
  const score = (name: string) => likeness(structure(name, nowhere), structure(name, nowhere)).score;
  for (const name of ['Brasserie Vandemo', 'Archives municipales']) {
    expect(score(name)).toBeGreaterThanOrEqual(PROPOSED);
    expect(score(name)).toBeLessThan(LINKED);
  }
});

test('two communes may have one name: a generic name is not enough there, and another department says that they are two', () => {
  const at = (name: string, town: string, departments: readonly string[] = []) =>
    structure(name, { places: [], towns: [town], departments });
  const score = (a: ComparedStructure, b: ComparedStructure) => likeness(a, b).score;
  expect(score(at('Archives municipales', 'Exempleville'), at('Archives municipales', 'Exempleville'))).toBeLessThan(
    LINKED,
  );
  const here = at('Musée Vandemo', '59999 Exempleville');
  expect(score(here, at('Musée Vandemo', 'Exempleville', ['59']))).toBeGreaterThanOrEqual(LINKED);
  expect(score(here, at('Musée Vandemo', '02999 Exempleville'))).toBeLessThan(LINKED);
  expect(score(here, at('Musée Vandemo', 'Exempleville', ['02']))).toBeLessThan(LINKED);
});

test.each([
  ['Fosse 9', 'Fosse 9 bis'],
  ['École Vandemo', 'École Vandemo 2'],
  ['École Vandemo A', 'École Vandemo B'],
  ['Moulin Vandemo', 'Moulin Vandemo II'],
  ['Musée de mai', 'Musée de mai 1940'],
  ['Ferme du Mont', 'Moulin du Mont'],
  ['Église Saint-Martin', 'Musée Saint-Martin'],
  ['Université Vandemo', 'Université Vandemo - Bibliothèque'],
  ['Université Vandemo', 'Université Vandemo, département de géologie'],
  ['Palais Vandemo', 'Palais Vandemo, cabinet des dessins'],
  ['Église Saint-Vandemo', 'Trésor de l’église Saint-Vandemo'],
  ['Centre Vandemo', 'Centre Vandemo, centre de ressources documentaires'],
  ['Lycée Vandemo', 'LP Vandemo'],
])('%s and %s may be two: no rule joins them', (a, b) => {
  const { score } = likeness(structure(a), structure(b));
  expect(score).toBeGreaterThanOrEqual(PROPOSED);
  expect(score).toBeLessThan(LINKED);
});

test('a collection of a museum’s name may be a person’s: where both types are not known, no rule joins them', () => {
  const score = (type: string | undefined) =>
    likeness(structure('Musée Vandemo'), structure('Collection Vandemo', { type })).score;
  expect(score('museum')).toBeGreaterThanOrEqual(LINKED);
  expect(score(undefined)).toBeLessThan(LINKED);
});

test('a year is no postcode', () => {
  expect(says('Musée de la bataille de 1914', 'Musée de la bataille de 1940')).toBe('other-name');
  expect(says('Musée Vandemo (7500 Tournai)', 'Musée Vandemo')).toBe('name');
});
