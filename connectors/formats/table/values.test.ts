import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import {
  pairOf,
  readBoolean,
  readDay,
  readInstant,
  readInteger,
  readInterval,
  readPoint,
  readUri,
  spanOf,
} from './values.ts';

test.each([
  ['2024-12-31', '2024-12-31'],
  ['31/12/2024', '2024-12-31'],
  ['1.2.2024', '2024-02-01'],
  ['2024-12-31T00:00:00', '2024-12-31'],
  ['31/02/2024', undefined],
  ['2024-13-01', undefined],
  ['décembre 2024', undefined],
  ['31/12/24', undefined],
])('readDay %j', (text, expected) => expect(readDay(text)).toBe(expected));

test.each([
  ['2024-06-07T09:00', '2024-06-07T09:00:00+02:00'],
  ['2024-01-07T09:00', '2024-01-07T09:00:00+01:00'],
  ['2024-06-07T09:00:00Z', '2024-06-07T09:00:00Z'],
  ['2024-06-07 09:00+0200', '2024-06-07T09:00:00+02:00'],
  ['07/06/2024 à 9h30', '2024-06-07T09:30:00+02:00'],
  ['07/06/2024 9h', '2024-06-07T09:00:00+02:00'],
  ['2024-06-07', '2024-06-07'],
  ['2024-06-07T25:00', undefined],
  ['demain', undefined],
])('readInstant %j', (text, expected) => expect(readInstant(text)).toBe(expected));

test('the hours at which the clock is put forward and back', () => {
  expect(readInstant('2024-03-31T01:59')).toBe('2024-03-31T01:59:00+01:00');
  expect(readInstant('2024-03-31T03:00')).toBe('2024-03-31T03:00:00+02:00');
  expect(readInstant('2024-10-27T02:30')).toBe('2024-10-27T02:30:00+02:00');
  expect(readInstant('2024-10-27T03:00')).toBe('2024-10-27T03:00:00+01:00');
});

test.each([
  ['2024-01-26/2024-01-28', { begin: '2024-01-26', end: '2024-01-28' }],
  ['26/01/2024/28/01/2024', { begin: '2024-01-26', end: '2024-01-28' }],
  ['2024-06-07T09:00/2024-06-07T18:00', { begin: '2024-06-07T09:00:00+02:00', end: '2024-06-07T18:00:00+02:00' }],
  ['26/01/2024', { begin: '2024-01-26', end: '2024-01-26' }],
  ['2024-06-07T09:00/2024-06-07', { begin: '2024-06-07T09:00:00+02:00', end: '2024-06-07' }],
  ['2024-01-28/2024-01-26', undefined],
  ['tout l’été', undefined],
])('readInterval %j', (text, expected) => expect(readInterval(text)).toEqual(expected));

test('spanOf compares moments and not texts', () => {
  const span = spanOf([
    { begin: '2024-06-07T09:00:00+02:00', end: '2024-06-07T18:00:00+02:00' },
    { begin: '2024-06-07T06:30:00Z', end: '2024-06-07T15:00:00Z' },
    { begin: '2024-06-07T10:00:00+02:00', end: '2024-06-07' },
  ]);
  expect(span).toEqual({ begin: '2024-06-07T06:30:00Z', end: '2024-06-07' });
  expect(spanOf([])).toBeUndefined();
});

describe('small readings', () => {
  test('booleans', () => {
    expect(['Oui', 'VRAI', 'x', '1'].map(readBoolean)).toEqual([true, true, true, true]);
    expect(['non', 'Faux', '0'].map(readBoolean)).toEqual([false, false, false]);
    expect(readBoolean('peut-être')).toBeUndefined();
  });

  test('integers', () => {
    expect(['1 234', '12.0', '-3', '1,5', 'douze'].map(readInteger)).toEqual([1234, 12, -3, undefined, undefined]);
  });

  test('addresses', () => {
    expect(readUri('www.example.org/a')).toBe('http://www.example.org/a');
    expect(readUri('https://example.org/?vc=123')).toBeUndefined();
    expect(readUri('contact@example.org')).toBeUndefined();
    expect(readUri('voir le site')).toBeUndefined();
  });

  test('points', () => {
    expect(readPoint('50,69', '3.17', 'site', [])).toEqual({ latitude: 50.69, longitude: 3.17, precision: 'site' });
    expect(readPoint('0', '0', 'site', [])).toBeUndefined();
    expect(['50.69,3.17', '50,69 ; 3,17', '50.69 3.17', '50,69, 3,17'].map(pairOf)).toEqual([
      ['50.69', '3.17'],
      ['50,69', '3,17'],
      ['50.69', '3.17'],
      undefined,
    ]);
  });

  test('points swapped, in Lambert 93 or in minutes are mended, and what was mended is told', () => {
    const read = (pair: string) => {
      const notes: Finding[] = [];
      const [a, b] = pairOf(pair) ?? ['', ''];
      const point = readPoint(a, b, 'site', notes);
      return [point?.latitude.toFixed(1), point?.longitude.toFixed(1), ...notes.map(({ code }) => code)];
    };
    expect(read('3.17, 50.69')).toEqual(['50.7', '3.2', 'coordinates-swapped']);
    expect(read('700000 ; 6600000')).toEqual(['46.5', '3.0', 'coordinates-projected']);
    expect(read('50°41\'24"N 3°10\'12"E')).toEqual(['50.7', '3.2']);
    expect(read('50° 41\' 24" N, 3° 10\' 12" E')).toEqual(['50.7', '3.2']);
    expect(read('12 ; 5000000')).toEqual([undefined, undefined]);
  });
});
