import { describe, expect, test } from 'vitest';
import type { Interval } from '#graph-schema/property.ts';
import { codes } from '../reading/testing.ts';
import { calendar, event, read } from './testing.ts';

/** The dates of a series of these lines, and of what is said of them apart. */
async function seriesOf(series: readonly string[], ...overrides: (readonly string[])[]) {
  const parts = [series, ...overrides].map((lines) => event('UID:1', 'SUMMARY:x', ...lines));
  const { only, notes } = await read(calendar(...parts), undefined, 65_536);
  const dates = (only?.fields['occurrences'] ?? []) as readonly Interval[];
  return { dates, begins: dates.map(({ begin }) => begin), notes };
}

describe('dates that are said apart', () => {
  test('a date moved, one cancelled, one with another title, one private: one record, wherever they stand', async () => {
    const one = (...lines: string[]) => event('UID:s', ...lines);
    const { records, notes } = await read(
      calendar(
        one(
          'RECURRENCE-ID:20240602T070000Z',
          'SUMMARY:Visite',
          'DTSTART;TZID=Europe/Paris:20240602T140000',
          'DURATION:PT2H',
        ),
        event('UID:autre', 'SUMMARY:Autre', 'DTSTART:20240101'),
        one('SUMMARY:Visite', 'DTSTART;TZID=Europe/Paris:20240601T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=5'),
        one('RECURRENCE-ID;TZID=Europe/Paris:20240603T090000', 'STATUS:CANCELLED', 'SUMMARY:Visite'),
        one(
          'RECURRENCE-ID;TZID=Europe/Paris:20240604T090000',
          'SUMMARY:Visite spéciale',
          'DTSTART;TZID=Europe/Paris:20240604T090000',
        ),
        one(
          'RECURRENCE-ID;TZID=Europe/Paris:20240605T090000',
          'CLASS:PRIVATE',
          'SUMMARY:x',
          'DTSTART;TZID=Europe/Paris:20240605T090000',
        ),
      ),
    );
    expect([...records.keys()].toSorted()).toEqual(['autre', 's']);
    expect(records.get('s')?.fields).toMatchObject({
      name: 'Visite',
      occurrences: [
        { begin: '2024-06-01T09:00:00+02:00', end: '2024-06-01T10:00:00+02:00' },
        { begin: '2024-06-02T14:00:00+02:00', end: '2024-06-02T16:00:00+02:00' },
        { begin: '2024-06-04T09:00:00+02:00', end: '2024-06-04T10:00:00+02:00' },
      ],
    });
    expect(notes).toEqual([
      { code: 'event-occurrences-differ', particulars: { id: 's', count: 1 } },
      { code: 'event-occurrences-private', particulars: { id: 's', count: 1 } },
    ]);
  });

  test('a date that is moved to where another was, which is moved too', async () => {
    const at = (day: string, to: string) =>
      event('UID:1', `RECURRENCE-ID:${day}T080000Z`, 'SUMMARY:x', `DTSTART:${to}T080000Z`);
    const { only } = await read(
      calendar(
        event('UID:1', 'SUMMARY:x', 'DTSTART:20240601T080000Z', 'RRULE:FREQ=DAILY;COUNT=2'),
        at('20240601', '20240602'),
        at('20240602', '20240605'),
      ),
    );
    expect(((only?.fields['occurrences'] ?? []) as Interval[]).map(({ begin }) => begin)).toEqual([
      '2024-06-02T08:00:00Z',
      '2024-06-05T08:00:00Z',
    ]);
  });

  test('this and all that follow; a series that is cancelled whole', async () => {
    const series = event('UID:1', 'SUMMARY:x', 'DTSTART:20240601T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4');
    const from = 'RECURRENCE-ID;RANGE=THISANDFUTURE:20240603T080000Z';
    const moved = await read(
      calendar(series, event('UID:1', from, 'SUMMARY:x', 'DTSTART:20240603T100000Z', 'DURATION:PT2H')),
    );
    expect(moved.only?.fields['occurrences']).toEqual([
      { begin: '2024-06-01T08:00:00Z', end: '2024-06-01T09:00:00Z' },
      { begin: '2024-06-02T08:00:00Z', end: '2024-06-02T09:00:00Z' },
      { begin: '2024-06-03T10:00:00Z', end: '2024-06-03T12:00:00Z' },
      { begin: '2024-06-04T10:00:00Z', end: '2024-06-04T12:00:00Z' },
    ]);
    const ended = await read(calendar(series, event('UID:1', from, 'STATUS:CANCELLED', 'DTSTART:20240603T080000Z')));
    expect(ended.only?.fields['end']).toBe('2024-06-02T09:00:00Z');
    const cancelled = await read(calendar('METHOD:CANCEL', series));
    expect(cancelled.only?.fields).toMatchObject({ status: 'cancelled', begin: '2024-06-01T08:00:00Z' });
    const none = await read(calendar(event('UID:1', 'SUMMARY:x', 'DTSTART:20240601', 'EXDATE;VALUE=DATE:20240601')));
    expect(none.only?.fields).toEqual({ name: 'x', status: 'cancelled' });
  });

  test('what names its date in another zone, or by the day only, moves the rest by the same', async () => {
    const series = ['DTSTART;TZID=Europe/Paris:20240601T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'];
    for (const from of [':20240602T080000Z', ';VALUE=DATE:20240602', ';TZID=Europe/London:20240602T090000']) {
      const { dates } = await seriesOf(series, [
        `RECURRENCE-ID;RANGE=THISANDFUTURE${from}`,
        'DTSTART;TZID=Europe/Paris:20240602T140000',
      ]);
      // Without an end of its own, it lasts as long as the series.
      expect(dates).toEqual([
        { begin: '2024-06-01T10:00:00+02:00', end: '2024-06-01T11:00:00+02:00' },
        { begin: '2024-06-02T14:00:00+02:00', end: '2024-06-02T15:00:00+02:00' },
        { begin: '2024-06-03T14:00:00+02:00', end: '2024-06-03T15:00:00+02:00' },
      ]);
    }
  });

  test('one change for all that follow ends where the next begins; single dates are named as the series has them', async () => {
    const { begins, notes } = await seriesOf(
      ['DTSTART:20240601T080000Z', 'RRULE:FREQ=DAILY;COUNT=6'],
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20240602T080000Z', 'DTSTART:20240602T100000Z'],
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20240604T080000Z', 'DTSTART:20240604T110000Z'],
      ['RECURRENCE-ID:20240605T080000Z', 'STATUS:CANCELLED'],
      ['RECURRENCE-ID:20240606T110000Z', 'STATUS:ANNULÉ'],
    );
    expect(begins).toEqual([
      '2024-06-01T08:00:00Z',
      '2024-06-02T10:00:00Z',
      '2024-06-03T10:00:00Z',
      '2024-06-04T11:00:00Z',
    ]);
    expect(notes).toEqual([]);
  });

  test('all that follow become whole days', async () => {
    const { dates } = await seriesOf(
      ['DTSTART:20240601T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2'],
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20240602T080000Z', 'DTSTART;VALUE=DATE:20240603'],
    );
    expect(dates[1]).toEqual({ begin: '2024-06-03', end: '2024-06-03' });
  });

  test.each([
    [['RECURRENCE-ID:2024063', 'DTSTART:20240609T080000Z'], ['event-override-unread'], '2024-06-02T08:00:00Z'],
    [['RECURRENCE-ID:20240602T080000Z', 'DTSTART:bientôt'], ['format-value-unread'], '2024-06-02T08:00:00Z'],
    [['RECURRENCE-ID:20240602T080000Z', 'DTSTART;TZID=Europe/Paris:20240602T1130'], [], '2024-06-02T11:30:00+02:00'],
    [
      ['RECURRENCE-ID:20240602T080000Z', 'DTSTART:20240602T090000Z', 'RRULE:FREQ=DAILY;COUNT=2'],
      ['event-recurrence-unread'],
      '2024-06-02T09:00:00Z',
    ],
    ...['DESCRIPTION:Entrée par la cour', 'URL:https://example.org/x', 'LOCATION:Cour', 'SUMMARY:y', 'GEO:50;3'].map(
      (line) =>
        [[line, 'RECURRENCE-ID:20240602T080000Z'], ['event-occurrences-differ'], '2024-06-02T08:00:00Z'] as const,
    ),
  ] as const)('%j', async (lines, noted, second) => {
    const series = event('UID:1', 'SUMMARY:x', 'DTSTART:20240601T080000Z', 'RRULE:FREQ=DAILY;COUNT=3');
    const { only, notes } = await read(calendar(series, event('UID:1', ...lines)));
    const begins = ((only?.fields['occurrences'] ?? []) as Interval[]).map(({ begin }) => begin);
    expect([codes(notes), begins]).toEqual([noted, ['2024-06-01T08:00:00Z', second, '2024-06-03T08:00:00Z']]);
  });
});

describe('dates added and taken out', () => {
  const series = ['DTSTART:20240601T100000Z', 'RRULE:FREQ=DAILY;COUNT=4'];

  test('a rule of exceptions takes its dates out', async () => {
    const { begins, notes } = await seriesOf([...series, 'EXRULE:FREQ=DAILY;INTERVAL=2']);
    expect(begins).toEqual(['2024-06-02T10:00:00Z', '2024-06-04T10:00:00Z']);
    expect(notes).toEqual([]);
  });

  test.each([
    ['EXRULE:FREQ=JAMAIS', { code: 'event-exception-unread', property: 'EXRULE', count: 1, value: 'FREQ=JAMAIS' }],
    [
      'EXDATE:20240632T100000Z,20240602T100000Z,demain',
      { code: 'event-exception-unread', property: 'EXDATE', count: 2, value: '20240632T100000Z' },
    ],
    ['RDATE:20240632T100000Z,20240701T100000Z', { code: 'event-date-unread', count: 1, value: '20240632T100000Z' }],
    ['RRULE:FREQ=DAILY;UNTIL=demain', { code: 'event-recurrence-unread', value: 'FREQ=DAILY;UNTIL=demain' }],
  ])('%s is told', async (line, { code, ...particulars }) => {
    const { begins, notes } = await seriesOf([...series, line]);
    expect(notes).toEqual([{ code, particulars: { id: '1', ...particulars } }]);
    expect(begins).toHaveLength(4 + (line.startsWith('RDATE') ? 1 : 0) - (line.startsWith('EXDATE') ? 1 : 0));
  });

  test('more dates than are read, and more rules', async () => {
    const day = (index: number) =>
      new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10).replaceAll('-', '');
    const list = Array.from({ length: 20_003 }, (_, index) => `${day(index)}T100000Z`).join(',');
    const { notes } = await seriesOf([
      series[0] as string,
      `EXDATE:${list}`,
      ...Array(12).fill('RRULE:FREQ=DAILY;COUNT=1'),
    ]);
    expect(notes).toMatchObject([
      { code: 'event-recurrence-unread', particulars: { value: 'RRULE × 2' } },
      { code: 'event-exception-unread', particulars: { count: 3 } },
    ]);
  });
});
