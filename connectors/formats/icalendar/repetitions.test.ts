import { describe, expect, test } from 'vitest';
import type { Interval } from '#graph-schema/property.ts';
import { codes } from '../reading/testing.ts';
import { calendar, datesOf, event, read } from './testing.ts';

describe('repetitions', () => {
  test('keep the hour of the clock over the change of time; UNTIL in UTC is its own last date', async () => {
    const { begins } = await datesOf(
      'DTSTART;TZID=Europe/Paris:20240324T090000',
      'RRULE:FREQ=WEEKLY;UNTIL=20240407T070000Z',
    );
    expect(begins).toEqual(['2024-03-24T09:00:00+01:00', '2024-03-31T09:00:00+02:00', '2024-04-07T09:00:00+02:00']);
  });

  test.each([
    ['DTSTART:20240607', 'RRULE:FREQ=DAILY;UNTIL=20240609', ['2024-06-07', '2024-06-08', '2024-06-09']],
    ['DTSTART:20240607T090000Z', 'RRULE:FREQ=DAILY;UNTIL=20240608', ['2024-06-07T09:00:00Z', '2024-06-08T09:00:00Z']],
    [
      'DTSTART:20240607',
      'RRULE:FREQ=MONTHLY;BYDAY=1SA,-1SU;COUNT=4',
      ['2024-06-07', '2024-06-30', '2024-07-06', '2024-07-28', '2024-08-03'],
    ],
    ['DTSTART:20240607', 'rrule:freq=daily;interval=0;count=2', ['2024-06-07', '2024-06-08']],
    ['DTSTART:20240607', 'RDATE;VALUE=DATE:20240601,20240701', ['2024-06-01', '2024-06-07', '2024-07-01']],
    ['DTSTART:20240229', 'RRULE:FREQ=YEARLY;COUNT=2', ['2024-02-29', '2028-02-29']],
    [
      'DTSTART:20240101',
      'RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=TH;COUNT=3',
      ['2024-01-01', '2024-01-04', '2025-01-02', '2026-01-01'],
    ],
    ['DTSTART:20240831', 'RRULE:FREQ=YEARLY;BYMONTH=6,8;BYMONTHDAY=31;COUNT=2', ['2024-08-31', '2025-08-31']],
    ['DTSTART:20240605', 'RRULE:FREQ=DAILY;BYDAY=FR;COUNT=2', ['2024-06-05', '2024-06-07', '2024-06-14']],
    ['DTSTART:20240530', 'RRULE:FREQ=YEARLY;BYDAY=20SU;COUNT=1', ['2024-05-30', '2025-05-18']],
    ['DTSTART:20240131', 'RRULE:FREQ=MONTHLY;COUNT=3', ['2024-01-31', '2024-03-31', '2024-05-31']],
  ])('%s %s', async (start, rule, expected) => expect((await datesOf(start, rule)).begins).toEqual(expected));

  test('without exceptions, whether they are hours in a zone, in UTC, or days', async () => {
    const { begins } = await datesOf(
      'DTSTART;TZID=Europe/Paris:20240601T090000',
      'RRULE:FREQ=DAILY;COUNT=6',
      'EXDATE;TZID=Europe/Paris:20240601T090000,20240602T090000',
      'EXDATE:20240603T070000Z',
      'EXDATE;VALUE=DATE:20240604',
      'EXDATE:20240605T090000',
    );
    expect(begins).toEqual(['2024-06-06T09:00:00+02:00']);
  });

  test('thousands of exceptions and moved dates take no time to speak of', async () => {
    const begun = performance.now();
    const day = (index: number) =>
      new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10).replaceAll('-', '');
    const moved = Array.from({ length: 3000 }, (_, index) =>
      event('UID:1', `RECURRENCE-ID;VALUE=DATE:${day(index)}`, 'SUMMARY:x', `DTSTART:${day(index)}T100000Z`),
    );
    const text = calendar(
      event(
        'UID:1',
        'SUMMARY:x',
        'DTSTART:20240101T080000Z',
        'RRULE:FREQ=DAILY;COUNT=5000',
        `EXDATE:${Array.from({ length: 4000 }, (_, index) => `${day(index + 1000)}T080000Z`).join(',')}`,
      ),
      ...moved,
    );
    const { only } = await read(text, undefined, 65_536);
    expect(only?.fields['occurrences']).toHaveLength(3000);
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  test('the same UID twice is its latest version; dates without their series stand alone', async () => {
    const twice = await read(
      calendar(
        event('UID:1', 'SEQUENCE:3', 'SUMMARY:neuf', 'DTSTART:20240602'),
        event('UID:1', 'SEQUENCE:2', 'SUMMARY:vieux', 'DTSTART:20240601'),
      ),
    );
    expect(twice.only?.fields['name']).toBe('neuf');
    expect(codes(twice.notes)).toEqual(['event-repeated']);
    const orphans = await read(
      calendar(
        event('UID:1', 'RECURRENCE-ID:20240601', 'SUMMARY:x', 'DTSTART:20240602'),
        event('UID:1', 'RECURRENCE-ID:20240608', 'SUMMARY:x', 'DTSTART:20240609'),
      ),
    );
    expect(orphans.only?.fields['occurrences']).toEqual([
      { begin: '2024-06-02', end: '2024-06-02' },
      { begin: '2024-06-09', end: '2024-06-09' },
    ]);
  });
});

describe('bounds', () => {
  test('10,000 dates: the first 5,000, from when to when, and told', async () => {
    const begun = performance.now();
    const { only, notes } = await read(
      calendar(event('UID:1', 'SUMMARY:x', 'DTSTART:20240601T080000', 'RRULE:FREQ=DAILY;COUNT=10000')),
    );
    expect(only?.fields['occurrences']).toHaveLength(5000);
    expect(notes).toEqual([
      { code: 'event-recurrence-cut', particulars: { id: '1', count: 5000, from: '2024-06-01', until: '2038-02-07' } },
    ]);
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  test('without end: ten years from its start or latest change, or as the source says', async () => {
    const lines = ['DTSTART:20140105', 'RRULE:FREQ=WEEKLY'];
    const plain = await datesOf(...lines);
    expect(plain.begins.at(-1)).toBe('2023-12-31');
    expect(plain.notes).toEqual(['event-recurrence-cut']);
    expect((await datesOf(...lines, 'LAST-MODIFIED:20200101T000000Z')).begins.at(-1)?.slice(0, 4)).toBe('2029');
    const text = calendar(event('UID:1', 'SUMMARY:x', ...lines));
    const { only, notes } = await read(text, { from: '2024-01-01', until: '2024-01-31' });
    expect(((only?.fields['occurrences'] ?? []) as Interval[]).map(({ begin }) => begin)).toEqual([
      '2024-01-07',
      '2024-01-14',
      '2024-01-21',
      '2024-01-28',
    ]);
    expect(notes).toEqual([]);
    const past = await read(calendar(event('UID:1', 'SUMMARY:x', 'DTSTART:20100101')), { from: '2024-01-01' });
    expect(past.only?.fields).toMatchObject({ begin: '2010-01-01', status: 'scheduled' });
  });

  test.each([
    'FREQ=SECONDLY',
    'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MINUTELY;BYDAY=MO',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=HOURLY;INTERVAL=24;BYHOUR=5',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=15',
    'FREQ=YEARLY;INTERVAL=999999999;COUNT=99999999',
    'FREQ=DAILY;COUNT=999999999;INTERVAL=1',
    'FREQ=WEEKLY;BYSETPOS=9;BYDAY=MO',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,TU',
    'FREQ',
    'FREQ=JAMAIS',
    'COUNT=3',
    'UNTIL=demain;FREQ=DAILY',
    '',
    'FREQ=DAILY;BYDAY=XX',
    'FREQ=MONTHLY;BYDAY=6MO',
  ])('%j neither hangs nor throws', async (rule) => {
    const begun = performance.now();
    const { begins } = await datesOf('DTSTART:20240603T090000', `RRULE:${rule}`);
    expect(begins[0]).toBe('2024-06-03T09:00:00+02:00');
    expect(begins.length).toBeLessThanOrEqual(5000);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
