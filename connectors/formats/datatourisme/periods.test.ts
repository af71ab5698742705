import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { codes } from '../reading/testing.ts';
import { readInstant, spanOf } from '../table/values.ts';
import { instantInParis, spanInParis } from './paris.ts';
import { datesOf } from './periods.ts';

const dates = (takesPlaceAt: Json, more: Readonly<Record<string, Json>> = {}) => {
  const notes: Finding[] = [];
  return { ...datesOf({ takesPlaceAt, ...more }, 'x', notes), notes };
};
const days = { startDate: '2025-07-01', endDate: '2025-07-14' };
const hours = { startTime: '10:00:00', endTime: '18:00:00' };
const on = (...names: string[]) => ({ appliesOnDay: names.map((name) => ({ '@id': `schema:${name}` })) });

describe('a period of several days', () => {
  test('keeps its hours, in words', () => {
    const { occurrences, words } = dates([{ ...days, ...hours }]);
    expect(occurrences).toEqual([{ begin: '2025-07-01', end: '2025-07-14' }]);
    expect(words).toEqual(['du 01/07/2025 au 14/07/2025 : 10:00–18:00']);
  });

  test('on certain weekdays becomes these days, each with its hours', () => {
    const { occurrences, words } = dates({ ...days, ...hours, ...on('Saturday') });
    expect(occurrences).toEqual([
      { begin: '2025-07-05T10:00:00+02:00', end: '2025-07-05T18:00:00+02:00' },
      { begin: '2025-07-12T10:00:00+02:00', end: '2025-07-12T18:00:00+02:00' },
    ]);
    expect(words).toEqual([]);
    expect(dates([{ ...days, ...on('Monday', 'Sunday') }]).occurrences).toHaveLength(4);
  });

  test('of certain weeks of the month, of years, or of days that are not known stays whole, and says so', () => {
    for (const more of [
      { weekOfMonth: [1], ...on('Saturday') },
      { endDate: '2030-07-14', ...on('Saturday') },
      { appliesOnDay: [{ 'rdfs:label': { fr: ['Jour férié'] } }] },
    ]) {
      const { occurrences, words } = dates([{ ...days, ...more }]);
      expect(occurrences).toHaveLength(1);
      expect(words.join()).toMatch(/samedi|jour férié/);
    }
  });

  test('with details says them', () => {
    const { words } = dates([{ ...days, openingDetails: { fr: ['Sauf le 14.'] } }]);
    expect(words).toEqual(['du 01/07/2025 au 14/07/2025, Sauf le 14.']);
  });
});

describe('a period of one day', () => {
  const day = { startDate: '2025-01-04', endDate: '2025-01-04' };
  test.each([
    ['with hours', hours, '2025-01-04T10:00:00+01:00', []],
    ['until the small hours', { startTime: '20:00', endTime: '02:00' }, '2025-01-04', ['le 04/01/2025 : 20:00–02:00']],
    ['with an end alone', { endTime: '18:00:00' }, '2025-01-04', ['le 04/01/2025 : jusqu’à 18:00']],
    ['from midnight to midnight', { startTime: '00:00:00', endTime: '23:59:00' }, '2025-01-04', []],
    ['with a wrong hour', { startTime: '25:00:00' }, '2025-01-04', ['le 04/01/2025 : à partir de 25:00']],
  ])('%s', (_, more, begin, said) => {
    const { occurrences, words, notes } = dates([{ ...day, ...more }]);
    expect([occurrences[0]?.begin, words, notes]).toEqual([begin, said, []]);
  });
});

test('what ends before it begins, or cannot be read, is told', () => {
  const wrong = [{ startDate: '2025-05-02', endDate: '2025-05-01' }, { startDate: 'mai' }, {}];
  const { occurrences, notes } = dates([...wrong, { startDate: 'mai', endDate: '2025-05-01' }]);
  expect([occurrences, codes(notes)]).toEqual([[], Array(4).fill('datatourisme-period-amiss')]);
});

test('where there is no period the days of the event are it', () => {
  const event = { 'schema:startDate': ['2025-05-01'], 'schema:endDate': ['2025-05-03'] };
  expect(dates(null, event).occurrences).toEqual([{ begin: '2025-05-01', end: '2025-05-03' }]);
});

test('more dates than a record may hold are cut, and told', () => {
  const many = Array.from({ length: 4_100 }, (_, at) => {
    const day = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
    return { startDate: day, endDate: day };
  });
  const { occurrences, notes } = dates(many);
  expect([occurrences.length, codes(notes)]).toEqual([4_000, ['datatourisme-cut']]);
});

test('hours in Paris are those of the calendar of zones', () => {
  for (const year of [1996, 2007, 2024, 2025, 2031])
    for (const month of ['03', '10'])
      for (let day = 20; day <= 31; day += 1)
        for (const time of ['00:30', '01:59', '03:00', '12:00'])
          expect(instantInParis(`${year}-${month}-${day}`, time)).toBe(readInstant(`${year}-${month}-${day}T${time}`));
  expect(instantInParis('1990-07-01', '10:00')).toBe(readInstant('1990-07-01T10:00'));
  expect(instantInParis('2024-07-01', '24:00')).toBeUndefined();
});

test('the span of intervals is that of the table', () => {
  const intervals = [
    { begin: '2025-07-01T10:00:00+02:00', end: '2025-07-01T18:00:00+02:00' },
    { begin: '2025-07-01', end: '2025-07-01' },
    { begin: '2024-12-31T10:00:00+01:00', end: '2024-12-31T11:00:00+01:00' },
  ];
  expect(spanInParis(intervals)).toEqual(spanOf(intervals));
  expect(spanInParis([])).toBeUndefined();
});
