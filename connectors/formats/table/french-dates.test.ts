import { describe, expect, test } from 'vitest';
import { readFrenchDates } from './french-dates.ts';

const days = (text: string, year?: number): string => {
  const read = readFrenchDates(text, year);
  if ('unread' in read) return read.unread;
  return read.intervals.map(({ begin, end }) => (begin === end ? begin : `${begin}/${end}`)).join(' ');
};

describe('days', () => {
  test.each([
    ['12/05/2024', '2024-05-12'],
    ['12/05/24', '2024-05-12'],
    ['12.05.2024', '2024-05-12'],
    ['1er mai 2024', '2024-05-01'],
    ['mai 2024', '2024-05-01/2024-05-31'],
    ['dimanche 12 mai 2024', '2024-05-12'],
    ['Samedi 11 et dimanche 12 mai 2024', '2024-05-11 2024-05-12'],
    ['du 14 au 30 mai 2024', '2024-05-14/2024-05-30'],
    ['Du 14/05/2024 au 30/05/2024', '2024-05-14/2024-05-30'],
    ['14-16 juin 2024', '2024-06-14/2024-06-16'],
    ['du 15 décembre au 7 janvier 2025', '2024-12-15/2025-01-07'],
    ['du 15 décembre 2024 au 7 janvier', '2024-12-15/2025-01-07'],
    ['les 3, 4 et 10 juin 2024', '2024-06-03 2024-06-04 2024-06-10'],
    ['30 juin et 1er juillet 2024', '2024-06-30 2024-07-01'],
    ['tous les dimanches de juillet 2024', '2024-07-07 2024-07-14 2024-07-21 2024-07-28'],
    ['les samedis et dimanches du 1er au 9 juin 2024', '2024-06-01 2024-06-02 2024-06-08 2024-06-09'],
    ['de mai à septembre 2024', '2024-05-01/2024-09-30'],
    ['3 juin 2024 ; 5 juin 2024', '2024-06-03 2024-06-05'],
    ['3 juin 2024\n5 juin 2024', '2024-06-03 2024-06-05'],
    ['31 juin 2024', 'words'],
    ['du 30 au 14 mai 2024', 'words'],
    ['sur rendez-vous', 'words'],
    ['tous les dimanches', 'words'],
    ['Sam. 11 & dim. 12 mai 2024', '2024-05-11 2024-05-12'],
    ['du ven. 10 au dim. 12 mai 2024', '2024-05-10/2024-05-12'],
    ['mai-juin 2024', '2024-05-01/2024-06-30'],
    ["tous les dimanches d'avril 2024", '2024-04-07 2024-04-14 2024-04-21 2024-04-28'],
    ['11,12 et 13 mai 2024', '2024-05-11 2024-05-12 2024-05-13'],
    ['(samedi 11 mai 2024)', '2024-05-11'],
    ['week-end du 11 et 12 mai 2024', '2024-05-11 2024-05-12'],
    ['tous les week-ends de mai 2024', 'words'],
    ['toute l’année 2024', 'words'],
    ['15/16 juin 2024', 'words'],
    ['samedi 12 et dimanche 13 mai', 'year'],
    ['du 14/05 au 30/05', 'year'],
  ])('%s: %s', (text, expected) => expect(days(text)).toBe(expected));

  test('the year of the sheet is for those that say none', () => {
    expect(days('samedi 11 et dimanche 12 mai', 2024)).toBe('2024-05-11 2024-05-12');
    expect(days('du 15 décembre au 7 janvier', 2024)).toBe('2024-12-15/2025-01-07');
    expect(days('12 mai 2023', 2024)).toBe('2023-05-12');
  });

  test('a weekday that is not that of the day is told, and the day stands', () => {
    expect(readFrenchDates('lundi 12 mai 2024')).toEqual({
      intervals: [{ begin: '2024-05-12', end: '2024-05-12' }],
      amiss: 'lundi 2024-05-12',
    });
  });
});

describe('hours', () => {
  test.each([
    ['12 mai 2024 de 14h à 18h', '2024-05-12T14:00:00+02:00/2024-05-12T18:00:00+02:00'],
    ['dimanche 12 mai 2024, 14h30-18h', '2024-05-12T14:30:00+02:00/2024-05-12T18:00:00+02:00'],
    ['12/05/2024 14:00 18:00', '2024-05-12T14:00:00+02:00/2024-05-12T18:00:00+02:00'],
    ['12/05/2024 à 20h30', '2024-05-12T20:30:00+02:00'],
    ['12 mai 2024 entre 14h et 18h', '2024-05-12T14:00:00+02:00/2024-05-12T18:00:00+02:00'],
    [
      '12 janvier 2024 de 9h à 12h et de 14h à 18h',
      '2024-01-12T09:00:00+01:00/2024-01-12T12:00:00+01:00 2024-01-12T14:00:00+01:00/2024-01-12T18:00:00+01:00',
    ],
    [
      '11 et 12 mai 2024 ; de 14h à 18h',
      '2024-05-11T14:00:00+02:00/2024-05-11T18:00:00+02:00 2024-05-12T14:00:00+02:00/2024-05-12T18:00:00+02:00',
    ],
    ['du 14 mai 2024 à 9h au 16 mai 2024 à 18h', '2024-05-14T09:00:00+02:00/2024-05-16T18:00:00+02:00'],
    ['12 mai 2024 de 14 h 30 à 18 h', '2024-05-12T14:30:00+02:00/2024-05-12T18:00:00+02:00'],
    [
      '12 mai 2024, 9h-12h/14h-18h',
      '2024-05-12T09:00:00+02:00/2024-05-12T12:00:00+02:00 2024-05-12T14:00:00+02:00/2024-05-12T18:00:00+02:00',
    ],
    ['tous les jours du 12 au 12 mai 2024, 10h-12h', '2024-05-12T10:00:00+02:00/2024-05-12T12:00:00+02:00'],
    ['12 mai 2024 à 25h', 'words'],
  ])('%s: %s', (text, expected) => expect(days(text)).toBe(expected));

  test('of each day of a stretch, up to a year of them', () => {
    expect(days('du 14 au 15 mai 2024 de 14h à 18h').split(' ')).toHaveLength(2);
    expect(days('du 1er janvier 2020 au 31 décembre 2024 de 14h à 18h')).toBe('many');
  });
});
