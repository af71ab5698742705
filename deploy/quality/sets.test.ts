import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

type Row = Record<string, string>;

const read = (...path: string[]): Row[] =>
  parse(readFileSync(join(import.meta.dirname, ...path), 'utf8'), { columns: true });
const set = (name: string): Row[] => read('sets', `${name}.csv`);
const idsOf = (table: string): Set<string> =>
  new Set(read('..', '..', 'graph-schema', 'vocabularies', `${table}.csv`).map((row) => row['id'] ?? ''));
const codesOf = (row: Row): string[] => (row['expected'] ?? '').split(' + ').filter((code) => code !== '');

/** Places that a text surely means and that places.csv may not have yet: other regions, associated communes, Belgium. */
const BEYOND_THE_TABLE = new Set(
  [
    'insee:02300 insee:08105 insee:08409 insee:10387 insee:13055 insee:17037 insee:18197 insee:23008 insee:33075',
    'insee:42218 insee:44109 insee:49099 insee:51454 insee:54039 insee:54329 insee:58194 insee:59248 insee:59380',
    'insee:59540 insee:62110 insee:62482 insee:63113 insee:63430 insee:65447 insee:67482 insee:68224 insee:69123',
    'insee:71153 insee:75056 insee:81004 insee:87085 insee:88160 insee:92012 insee:92072 insee:93048 insee:95313',
    'insee:95625 iso-3166:CH iso-3166:DE iso-3166:ES iso-3166:GB iso-3166:IT iso-3166:JP iso-3166:NL iso-3166:PL',
    'nis:31005 nis:33011 nis:33021 nis:33029 nis:34022 nis:34027 nis:35013 nis:36015 nis:38025 nis:51004 nis:51069',
    'nis:52011 nis:53046 nis:53053 nis:53068 nis:55040 nis:56005 nis:56016 nis:57003 nis:57064 nis:58001 nis:58002',
  ].flatMap((line) => line.split(' ')),
);

const YEAR = '-?\\d{4}';
const EDTF_DATE = new RegExp(`^(${YEAR}|\\d{4}-\\d\\d(-\\d\\d)?|\\d{2}XX|\\d{3}X)[?~%]?$`);
const BOUND = new RegExp(`^(${YEAR}|\\d{4}-\\d\\d-\\d\\d)$`);

function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** Level 0 or 1 of EDTF, as far as the set uses it: dates, seasons, unspecified digits, qualifiers, open intervals. */
function isEdtf(text: string): boolean {
  const ends = text.split('/');
  return ends.length <= 2 && ends.every((end) => isEnd(end, ends.length === 2)) && text !== '../..';
}

function isEnd(text: string, inInterval: boolean): boolean {
  if (text === '..') return inInterval;
  if (!EDTF_DATE.test(text)) return false;
  const bare = text.replace(/[?~%]$/, '');
  const month = /^\d{4}-(\d\d)$/.exec(bare)?.[1];
  if (month !== undefined) return (month >= '01' && month <= '12') || (month >= '21' && month <= '24');
  return bare.length !== 10 || isDay(bare);
}

/** A bound as a number that sorts: its year and, where it has one, its day within. */
function order(bound: string, end: 'from' | 'to'): number {
  if (bound.length === 10) return Date.parse(`${bound}T00:00:00Z`);
  const date = new Date(0);
  date.setUTCFullYear(Number(bound), end === 'from' ? 0 : 11, end === 'from' ? 1 : 31);
  return date.getTime();
}

/** Which half a text belongs to: the first hex digit of its SHA-256, even for dev. */
function halfOf(text: string): string {
  const digit = createHash('sha256').update(text).digest('hex').charAt(0);
  return Number.parseInt(digit, 16) % 2 === 0 ? 'dev' : 'held-out';
}

function expectTwoHalves(rows: readonly Row[]): void {
  const share = rows.filter((row) => row['set'] === 'held-out').length / rows.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
}

describe.each(['places', 'trades', 'dates'])('the set of %s', (name) => {
  const rows = set(name);

  test('has at least 400 texts, none twice, a fifth of them with nothing to link', () => {
    expect(rows.length).toBeGreaterThanOrEqual(400);
    expect(new Set(rows.map((row) => row['text'])).size).toBe(rows.length);
    expect(rows.filter((row) => row['expected'] === '').length).toBeGreaterThan(rows.length / 5);
  });

  test('is split in two halves by the hash of the text', () => {
    expect(rows.filter((row) => row['set'] !== halfOf(row['text'] ?? ''))).toEqual([]);
    expectTwoHalves(rows);
  });

  test('names the difficulty of every row, and no code twice in one', () => {
    expect(rows.filter((row) => !/^[a-z]+(-[a-z]+)*$/.test(row['why'] ?? ''))).toEqual([]);
    expect(rows.filter((row) => new Set(codesOf(row)).size !== codesOf(row).length)).toEqual([]);
  });
});

test('every place expected is in the table, or is one of the few named here', () => {
  const known = idsOf('places');
  const strange = set('places')
    .flatMap(codesOf)
    .filter((code) => !known.has(code) && !BEYOND_THE_TABLE.has(code));
  expect(strange).toEqual([]);
});

test('every trade expected is in the table, or is said to be missing', () => {
  const known = idsOf('trades');
  const strange = set('trades')
    .flatMap(codesOf)
    .filter((code) => !known.has(code) && !/^missing:\S/.test(code));
  expect(strange).toEqual([]);
});

test('every date expected is EDTF, and its bounds are years or days in order', () => {
  const wrong = set('dates').filter((row) => {
    const { expected = '', from = '', to = '' } = row;
    if (expected === '') return from !== '' || to !== '';
    if (!isEdtf(expected) || (from === '' && to === '')) return true;
    if ([from, to].some((bound) => bound !== '' && !(BOUND.test(bound) && (bound.length !== 10 || isDay(bound)))))
      return true;
    if ((from === '') !== expected.startsWith('..') || (to === '') !== expected.endsWith('..')) return true;
    return from !== '' && to !== '' && order(from, 'from') > order(to, 'to');
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['structure-pairs', 300, 120],
  ['object-pairs', 200, 70],
  ['event-pairs', 120, 40],
])('%s has at least %i pairs, %i of them the same, none twice', (name, pairs, same) => {
  const rows = set(name);
  const sides = rows.map((row) => {
    const cells = Object.entries(row);
    const side = (suffix: string) =>
      cells.flatMap(([column, cell]) => (column.endsWith(suffix) ? [cell] : [])).join(' | ');
    return { row, a: side('-a'), b: side('-b') };
  });
  expect(rows.length).toBeGreaterThanOrEqual(pairs);
  expect(rows.filter((row) => row['same'] === 'yes').length).toBeGreaterThanOrEqual(same);
  expect(rows.filter((row) => !['yes', 'no'].includes(row['same'] ?? ''))).toEqual([]);
  expect(new Set(sides.map(({ a, b }) => [a, b].sort().join(' @ '))).size).toBe(rows.length);
  expect(sides.filter(({ row, a, b }) => row['set'] !== halfOf(`${a} | ${b}`))).toEqual([]);
  expectTwoHalves(rows);
});
