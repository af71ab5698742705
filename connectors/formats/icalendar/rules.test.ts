import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expanded } from './rules.ts';

const YEAR = 366 * 86_400_000;
const FIRST = 12;

/** Rules with their first dates as python-dateutil gives them: fixtures/rules.py says how they were made. */
const TABLE = JSON.parse(readFileSync(resolve(import.meta.dirname, 'fixtures/rules.json'), 'utf8')) as [
  rule: string,
  start: string,
  dates: string[],
][];

const wallOf = (text: string) => Date.parse(`${text}Z`);
const textOf = (wall: number) => new Date(wall).toISOString().slice(0, 19);

function untilOf(rule: string): number | undefined {
  const parts = /UNTIL=(....)(..)(..)T(..)(..)(..)/.exec(rule)?.slice(1);
  return parts && wallOf(`${parts.slice(0, 3).join('-')}T${parts.slice(3).join(':')}`);
}

test('rules have the dates that another program gives them, none lost and none invented', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(200);
  for (const [rule, begin, dates] of TABLE) {
    const start = wallOf(begin);
    const horizon = start + 40 * YEAR - 1000;
    const found = expanded(rule, untilOf(rule), { start, from: start, horizon, to: horizon, most: FIRST });
    expect({ rule, begin, dates: found?.walls.map(textOf) }).toEqual({ rule, begin, dates });
  }
});

test('what lies before what is wanted is passed over, and gives the same dates', () => {
  for (const [rule, begin] of TABLE) {
    const start = wallOf(begin);
    const bounds = { start, from: start, horizon: start + 6 * YEAR, to: start + 6 * YEAR, most: 3_000 };
    const all = expanded(rule, untilOf(rule), bounds);
    if (all?.cut !== undefined) continue;
    const from = start + 2 * YEAR + 12_345_000;
    const later = expanded(rule, untilOf(rule), { ...bounds, from })?.walls;
    expect({ rule, later }).toEqual({ rule, later: all?.walls.filter((wall) => wall >= from) });
  }
});

describe('a rule that is half understood is not understood', () => {
  test.each([
    '',
    'FREQ=JAMAIS',
    'COUNT=3',
    'FREQ=DAILY;BYDAY=XX',
    'FREQ=DAILY;BYDAY=',
    'FREQ=DAILY;BYDAY=,',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO',
    'FREQ=MONTHLY;BYDAY=0MO',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=YEARLY;BYMONTH=-1',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=trois',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;BYEASTER=1',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=YEARLY;RSCALE=HEBREW',
    'FREQ=MONTHLY;SKIP=FORWARD',
    `FREQ=DAILY;BYHOUR=${'1,'.repeat(3_000)}`,
  ])('%s', (rule) => expect(expanded(rule, undefined, boundsFrom('2024-01-01T10:00:00'))).toBeUndefined());

  test.each([
    ' freq = daily ; interval=0 ;; COUNT=1 ; X-SOFTWARE=2; RSCALE=gregorian;SKIP=OMIT; ',
    'FREQ=DAILY;COUNT=1;BYHOUR=10,,',
  ])('but %s is', (rule) => {
    expect(expanded(rule, undefined, boundsFrom('2024-01-01T10:00:00'))?.walls.map(textOf)).toEqual([
      '2024-01-01T10:00:00',
    ]);
  });

  test('hours say nothing of an event of days, and it has none', () => {
    const days = { ...boundsFrom('2024-01-01T00:00:00'), wholeDays: true };
    expect(expanded('FREQ=DAILY;BYHOUR=10,14;COUNT=2', undefined, days)?.walls.map(textOf)).toEqual([
      '2024-01-01T00:00:00',
      '2024-01-02T00:00:00',
    ]);
    expect(expanded('FREQ=HOURLY', undefined, days)).toBeUndefined();
  });
});

/** All whole numbers up to one. */
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, index) => index).join(',');
const EVERY_SECOND = `BYHOUR=${upTo(23)};BYMINUTE=${upTo(59)};BYSECOND=${upTo(59)}`;

describe('bounds: every end that is not the rule’s own is said', () => {
  test.each([
    ['FREQ=DAILY', undefined, 100, 'bound'],
    ['FREQ=MONTHLY', undefined, 60, 'endless'],
    ['FREQ=MONTHLY;COUNT=60', undefined, 60, undefined],
    ['FREQ=DAILY', '2024-01-31T10:00:00', 31, undefined],
    // What stands for "no end" in some programs.
    ['FREQ=MONTHLY', '4500-01-01T00:00:00', 60, 'endless'],
    ['FREQ=YEARLY;INTERVAL=50;COUNT=10', undefined, 5, 'bound'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', undefined, 0, undefined],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3', undefined, 0, undefined],
    ['FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', undefined, 0, undefined],
    ['FREQ=SECONDLY;BYHOUR=23;BYMINUTE=59;BYSECOND=59;COUNT=90', undefined, 90, undefined],
    [`FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;${EVERY_SECOND}`, undefined, 100, 'bound'],
    [`FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;${EVERY_SECOND};BYSETPOS=-1`, undefined, 4, 'endless'],
    ['FREQ=SECONDLY;COUNT=999999999', '2030-01-01T00:00:00', 100, 'bound'],
  ] as const)('%.60s until %s', (rule, until, count, cut) => {
    const found = expanded(rule, until && wallOf(until), boundsFrom('2024-01-01T10:00:00'));
    expect([found?.walls.length, found?.cut]).toEqual([count, cut]);
  });

  test('a rule that repeats every second for twenty years before what is wanted', () => {
    const from = wallOf('2024-01-01T10:00:00');
    const bounds = { ...boundsFrom('2004-01-01T10:00:00'), from, horizon: from + YEAR };
    expect(expanded('FREQ=SECONDLY', undefined, bounds)?.walls[0]).toBe(from);
    // What counts every second cannot be passed over: nothing is found in time, and that is said.
    expect(expanded('FREQ=SECONDLY;COUNT=999999999', undefined, bounds)).toEqual({ walls: [], cut: 'bound' });
  });
});

function boundsFrom(begin: string) {
  const start = wallOf(begin);
  return { start, from: start, horizon: start + 5 * YEAR - 30 * 86_400_000, most: 100 };
}
