import { expect, test } from 'vitest';
import { type ComparedEvent, likeness } from './events.ts';

const LINKED = 0.85;
const event = (title: string, more: Partial<ComparedEvent> = {}): ComparedEvent => ({
  title,
  venue: 'Musée Fictaert',
  begin: '2025-09-20',
  end: '2025-09-20',
  places: ['insee:59512'],
  towns: ['Roubaix'],
  codes: [],
  ...more,
});
const score = (a: string, b: string, more: Partial<ComparedEvent> = {}) => likeness(event(a), event(b, more)).score;

test.each([
  ['Soufflage de verre', 'Démonstration de soufflage de verre'],
  ['Visite guidée', 'Visite guidée du musée Fictaert'],
  ['Nuit des musées au musée Fictaert', 'Nuit européenne des musées - Musée Fictaert'],
  ['JEP 2025 : la cave du mulquinier', 'La cave du mulquinier (Journées européennes du patrimoine)'],
  ['AG des Amis du moulin', 'Assemblée générale des amis du moulin'],
  ['ANNULÉ - Salon du livre ouvrier', 'Salon du livre ouvrier, 12e édition'],
  ['Stage vannerie (2 jours)', 'Stage de vannerie'],
])('%s and %s at one venue on one day are one', (a, b) => {
  expect(score(a, b)).toBeGreaterThanOrEqual(LINKED);
  expect(score(b, a)).toBeGreaterThanOrEqual(LINKED);
});

test.each([
  ['Visite guidée de la fosse', 'Visite guidée des archives'],
  ['Visite guidée', 'Visite guidée de la fosse'],
  ['Visite guidée', 'Journées européennes du patrimoine'],
  ['Visite de l’usine, 10 h', 'Visite de l’usine, 14 h'],
  ['Visite de l’usine, 10 h', 'Visite de l’usine'],
  ['Atelier dentelle (adultes)', 'Atelier dentelle (enfants)'],
  ['Atelier dentelle (enfants)', 'Atelier dentelle'],
  ['Randonnée des terrils, 10 km', 'Randonnée des terrils, 20 km'],
  ['Concert de carillon', 'Exposition : le carillon'],
  ['Exposition Fils et fibres', 'Vernissage de l’exposition Fils et fibres'],
  ['Assemblée générale', 'Assemblée générale des donneurs de sang'],
  ['JEMA : portes ouvertes', 'JEP : portes ouvertes'],
])('%s and %s are two', (a, b) => {
  expect(score(a, b)).toBeLessThan(LINKED);
  expect(score(b, a)).toBeLessThan(LINKED);
});

test('another day, place or venue is another event; a last day that is not said is no other', () => {
  const why = (more: Partial<ComparedEvent>) => likeness(event('Fête du lin'), event('Fête du lin', more)).why;
  expect(why({ begin: '2025-09-27', end: '2025-09-27' })).toBe('other-day');
  expect(why({ end: '2025-12-31' })).toBe('other-day');
  expect(why({ end: undefined })).toBe('title');
  expect(why({ places: ['insee:59350'], towns: ['Lille'] })).toBe('other-place');
  expect(why({ venue: 'Usine Imaginet' })).toBe('other-venue');
  expect(why({ venue: 'Médiathèque Fictaert' })).toBe('other-venue');
  expect(why({ venue: 'Musée Fictaert de Roubaix' })).toBe('title');
});

test('where the venue is not said, a title that says something is needed', () => {
  expect(score('Fête du lin', 'Fête du lin', { venue: '' })).toBeGreaterThanOrEqual(LINKED);
  expect(score('Visite guidée', 'Visite guidée', { venue: '' })).toBeLessThan(LINKED);
});

test('one code settles it, and two of one agenda do', () => {
  const coded = (title: string, code: string) => event(title, { codes: [code] });
  expect(likeness(coded('Visite', 'openagenda:1'), coded('Concert', 'openagenda:1')).score).toBe(1);
  expect(likeness(coded('Visite', 'openagenda:1'), coded('Visite', 'openagenda:2')).score).toBe(0);
});

test('a hostile title costs no more than its begin', () => {
  const started = performance.now();
  for (const part of ['journee ', 'journees du patrimoine ', '1 h ', '12e ', 'ag ', '(']) {
    const long = part.repeat(100_000 / part.length);
    likeness(event(long), event(long));
  }
  expect(performance.now() - started).toBeLessThan(300);
});
