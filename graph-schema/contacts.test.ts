import { expect, test } from 'vitest';
import { withoutWaysToReach } from './contacts.ts';

const NUMBERS = [
  '03 20 00 00 00',
  '03.20.00.00.00',
  '03/20/00/00/00',
  '03-20-00-00-00',
  '03_20_00_00_00',
  '03\u00a020\u00a000\u00a000\u00a000',
  '03\u202f20\u202f00\u202f00\u202f00',
  '0320000000',
  '0320 000 000',
  '03 20 000 000',
  '0800 00 00 00',
  '+33 3 20 00 00 00',
  '+33320000000',
  '+33 (0)3.20.00.00.00',
  '(+33) 3 20 00 00 00',
  '0033 3 20 00 00 00',
  '00 33 3 20 00 00 00',
  '+32 56 00 00 00',
  '+32.56.00.00.00',
  '+32 470 00 00 00',
  '056 00 00 00',
  '056/00.00.00',
  '0470/00.00.00',
  '0470 00 00 00',
  '02 123 45 67',
];

test.each(NUMBERS)('the telephone number %s leaves a text, wherever it stands', (number) => {
  expect(withoutWaysToReach(`Rens. ${number}`)).toBe('Rens. ');
  expect(withoutWaysToReach(`Visite (${number}), tous les jours`)).toBe('Visite , tous les jours');
  expect(withoutWaysToReach(number)).toBe('');
});

test.each([
  'personne@example.org',
  'mailto:une.personne@example.org',
  'une.personne [at] example.org',
  'une.personne(at)example.org',
  'une.personne (a) example (point) org',
  'une.personne AT example DOT org',
  'personne @ example.org',
])('the address %s leaves a text', (address) => {
  expect(withoutWaysToReach(`Écrire à ${address}.`)).toBe('Écrire à .');
});

test.each([
  'Inventaire 2019.3.1, 45 x 30 cm',
  'le 01/02/2024 à 14 h 30',
  'du 01/02/2024 au 05/02/2024',
  '01/02/2024 14:30-16:00',
  '2024-01-02 10:00, 2024-01-03 10:00',
  'H. 12,5 ; L. 045 ; P. 03 cm',
  '1914-1918, 1939-1945',
  'RF 2051, recto ; 59100 Roubaix ; SIRET 732 829 320 00074',
  'Moulin (à eau) de 1803',
  'AT Roubaix',
  '978-2-07-036024-5',
])('%s is left alone', (text) => {
  expect(withoutWaysToReach(text)).toBe(text);
});

test('ten figures in a row are an inventory number where it is said so, but after "tél."', () => {
  expect(withoutWaysToReach('n° 0102030405', { bareFigures: false })).toBe('n° 0102030405');
  expect(withoutWaysToReach('tél. 0320000000', { bareFigures: false })).toBe('tél. ');
});

test('a hostile text of 200,000 characters is read in its length', () => {
  const started = performance.now();
  for (const hostile of ['.', '0', '03 ', 'a@', ' (a) ', '+33 ', '(', 'a.b '])
    withoutWaysToReach(`${hostile.repeat(200_000 / hostile.length)} @`);
  // Quadratic, one alone took ten seconds.
  expect(performance.now() - started).toBeLessThan(5_000);
});
