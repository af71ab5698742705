/** Cells of 100 kB that were made to keep a reader busy: each is read, or left out, at once. */
import { expect, test } from 'vitest';
import { cellSaid, isAside } from '../reading/asides.ts';
import { nameOf } from '../reading/header.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { datesIn, serialDate } from './dates.ts';
import { levelsIn } from './levels.ts';
import { mapRow } from './table.ts';
import { pairOf, readBoolean, readDay, readInstant, readInteger, readInterval, readUri } from './values.ts';

const LENGTH = 100_000;
const LONGEST_MS = 400;
const PIECES = [
  '/',
  ' ',
  '\n',
  '1',
  '1 ',
  '1.',
  ',',
  ' au ',
  'a',
  '12/05/2024 ',
  '12h ',
  '-',
  ' - ',
  '°',
  '1°',
  'tel ',
  '(',
  '@',
  'a@',
  'a@a.',
  '€',
  '5 € ',
  ':',
  'a:',
  '06 ',
  'cycle 2 et ',
  '=',
  '="',
  '#',
  'à ',
];

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  readInterval,
  readInstant,
  readDay,
  readInteger,
  readBoolean,
  readUri,
  pairOf,
  serialDate,
  levelsIn,
  cellSaid,
  nameOf,
  datesIn: (text) => datesIn(text, { where: 'Date' }, []),
  isAside: (text) => isAside([text], 5, false),
  coordinatesOf: (text) => coordinatesOf(text, text, 'site'),
  ...Object.fromEntries(
    [
      ['occurrences', { kind: 'Event', fields: { occurrences: { column: 'X', split: '|' } } }],
      ['price', { kind: 'Event', fields: { price: { column: 'X' } } }],
      ['description', { kind: 'Event', fields: { description: { column: 'X' } } }],
      ['period', { kind: 'Exhibition', fields: { period: { column: 'X' } } }],
      ['levels', { kind: 'Offer', fields: { levels: { column: 'X', split: ',' } } }],
      ['point', { kind: 'Stop', fields: { point: { column: 'X', order: 'lat-lon' } } }],
      ['trades', { kind: 'Event', fields: {}, relations: { trades: [{ column: 'X', identifier: 'prefixed' }] } }],
    ].map(([name, map]) => {
      const { fields, ...rest } = map as { fields: object };
      const whole = { id: ['Nom'], fields: { name: { column: 'Nom' }, ...fields }, ...rest };
      return [`map ${name}`, (text: string) => mapRow({ Nom: 'a', X: text }, whole as never, { id: '1' })];
    }),
  ),
};

test.each(Object.keys(READERS))('%s', (name) => {
  const slow: string[] = [];
  for (const piece of PIECES)
    for (const end of ['', 'x', '!']) {
      const text = piece.repeat(LENGTH / piece.length) + end;
      const begun = performance.now();
      READERS[name]?.(text);
      if (performance.now() - begun > LONGEST_MS) slow.push(`${JSON.stringify(piece)}…${end}`);
    }
  expect(slow).toEqual([]);
});
