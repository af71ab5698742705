import { expect, test } from 'vitest';
import { inventoryNumbers } from './inventory.ts';
import { type ComparedObject, likeness } from './objects.ts';

const LINKED = 0.85;
const holder = { name: 'Musée Imaginet', codes: [], places: ['insee:59512'], towns: ['Roubaix'] };
const elsewhere = { name: 'Musée Imaginet', codes: [], places: ['insee:59350'], towns: ['Lille'] };
const object = (title: string, inventoryNumber?: string, more: Partial<ComparedObject> = {}): ComparedObject => ({
  title,
  types: [],
  inventoryNumber,
  holder,
  materials: [],
  codes: [],
  ...more,
});
const keys = (text: string) => inventoryNumbers(text).map(({ key }) => key);

test.each([
  ['inv. 1962.05.01', '1962-5-1'],
  ['T 12', 't12'],
  ['N° 45', '45'],
  ['MX-1984-0012', 'MX.1984.12'],
  ['974.3.3', '1974.3.3'],
  ['2011.9.1-24', '2011.9.1 à 24'],
  ['1991.4.7 ; 235 (ancien numéro)', '1991.4.7'],
  ['1965.2.40 (dépôt)', '1965.2.40'],
])('%s and %s are one number', (a, b) => {
  expect(keys(a)).toEqual(keys(b));
  expect(keys(a)).toHaveLength(1);
});

test.each([
  ['1.23', '12.3'],
  ['1984.12.13', '1984.12.31'],
  ['2009.5.5', '2009.5.5.2'],
  ['2011.9.1-24', '2011.9.1.24'],
  ['1877.3.2', '1977.3.2'],
  ['974.3', '9743'],
  ['12 a', '12 b'],
])('%s and %s are two', (a, b) => {
  expect(keys(a)).not.toEqual(keys(b));
});

test.each(['', 's.n.', 'sans numéro', 'non inventorié', 'Inv.'])('"%s" is no number', (text) => {
  expect(keys(text)).toEqual([]);
});

test('recto and verso of one sheet are two things; unsaid, it may be either', () => {
  const say = (a: string, b: string) => likeness(object('Étude de mains', a), object('Étude de mains', b)).why;
  expect(say('P.88, recto', 'P.88')).toBe('number-and-words');
  expect(say('P.88, recto', 'P 88 recto')).toBe('number-and-words');
  expect(say('P.88, recto', 'P.88 verso')).toBe('other-number');
});

test('an inventory number alone never suffices', () => {
  const lamp = object('Lampe de mineur', '45', { types: ['lampe'], materials: ['laiton'] });
  expect(likeness(lamp, object('Lampe de mineur', '45', { holder: elsewhere })).why).toBe('other-holder');
  expect(likeness(lamp, object('Lampe de mineur', '45', { holder: undefined })).why).toBe('other-holder');
  const other = likeness(lamp, object('Registre de paie', '45', { types: ['registre'], materials: ['papier'] }));
  expect(other.why).toBe('number-alone');
  expect(other.score).toBeLessThan(LINKED);
});

test('one word in common is not enough where sort, material and date all disagree', () => {
  const lamp = object('Lampe de mineur', '45', { types: ['lampe'], materials: ['laiton'], from: 1901, to: 1950 });
  const portrait = object('Portrait de mineur', '45', {
    types: ['tableau'],
    materials: ['huile'],
    from: 1880,
    to: 1880,
  });
  expect(likeness(lamp, portrait).score).toBeLessThan(LINKED);
});

test('other words for one thing, with its holder and number', () => {
  expect(likeness(object('Moule à gaufres', '45'), object('Gaufrier', '45')).score).toBeGreaterThanOrEqual(LINKED);
});

test('without a number: the same title, holder and date, and a title that says something', () => {
  const film = { types: ['film'], from: 1926, to: 1926 };
  const score = (title: string, more: Partial<ComparedObject> = {}) =>
    likeness(object('Film : Sortie de la filature', undefined, film), object(title, undefined, { ...film, ...more }))
      .score;
  expect(score('Sortie de la filature (1926)')).toBeGreaterThanOrEqual(LINKED);
  expect(score('Sortie de la filature', { from: 1961, to: 1961 })).toBeLessThan(LINKED);
  expect(score('Sortie de la filature', { from: undefined, to: undefined })).toBeLessThan(LINKED);
  expect(score('Entrée de la filature')).toBeLessThan(LINKED);
  expect(score('Sortie de la filature', { inventoryNumber: 'F 12' })).toBeLessThan(LINKED);
  expect(likeness(object('Film', undefined, film), object('Film', undefined, film)).score).toBeLessThan(LINKED);
});

test('a date as wide as a century tells nothing; nor is an object surely one where its holder is not', () => {
  const wide = { types: ['photographie'], from: 1901, to: 2000 };
  const view = object('Vue de la filature Vandemo', undefined, wide);
  expect(likeness(view, view).score).toBeLessThan(LINKED);
  const museum = { name: 'Musée Vandemo', type: 'museum', places: [], towns: ['Exempleville'], codes: [] };
  const score = (towns: readonly string[]) =>
    likeness(object('Rouet', '12', { holder: museum }), object('Rouet', '12', { holder: { ...museum, towns } })).score;
  expect(score(['Exempleville'])).toBeGreaterThanOrEqual(LINKED);
  expect(score([])).toBeLessThan(LINKED);
  expect(score([])).toBeGreaterThanOrEqual(0.55);
});

test('one code in common, two codes of one catalogue, two rows of one source', () => {
  const coded = (code: string, source: string) => object('Rouet', '1', { codes: [code], source });
  expect(likeness(coded('joconde:1', 'a'), coded('joconde:1', 'b')).score).toBe(1);
  expect(likeness(coded('joconde:1', 'a'), coded('joconde:2', 'b')).score).toBe(0);
  expect(likeness(coded('joconde:1', 'a'), coded('webmuseo:2', 'a'))).toEqual({ score: 0, why: 'one-source' });
});

test('a hostile number or title costs no more than its begin', () => {
  const started = performance.now();
  for (const part of ['1.', '1-', 'inv ', '(a', 'n°', '1 a ']) {
    const long = part.repeat(100_000 / part.length);
    likeness(object(long, long), object(long, long));
  }
  expect(performance.now() - started).toBeLessThan(300);
});
