import { describe, expect, test } from 'vitest';
import { codes } from '../reading/testing.ts';
import { calendar, event, read } from './testing.ts';
import { namedZone, offsetZone } from './zones.ts';

/** A zone that a calendar describes itself: that of France, by these rules. */
function zone(summer: readonly string[], winter: readonly string[]): string {
  return [
    'BEGIN:VTIMEZONE',
    'TZID:Maison',
    'BEGIN:DAYLIGHT',
    'DTSTART:19810329T020000',
    ...summer,
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:19961027T030000',
    ...winter,
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
}

const HOURS = ['20240330T120000', '20240331T120000', '20241027T013000', '20241027T120000', '20250101T000000'];
const OFFSETS = ['+01:00', '+02:00', '+02:00', '+01:00', '+01:00'];

async function offsetsIn(described: string, hours: readonly string[] = HOURS) {
  const events = hours.map((hour, index) => event(`UID:${index}`, 'SUMMARY:x', `DTSTART;TZID=Maison:${hour}`));
  const { records, notes } = await read(calendar(...events, described));
  return { offsets: [...records.values()].map(({ fields }) => String(fields['begin']).slice(-6)), notes: codes(notes) };
}

describe('a described zone has its summers and winters, however its rules are written', () => {
  const days = 'BYMONTHDAY=25,26,27,28,29,30,31';
  test.each([
    ['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'],
    [`RRULE:FREQ=YEARLY;BYMONTH=3;${days};BYDAY=SU`, `RRULE:FREQ=YEARLY;BYMONTH=10;${days};BYDAY=SU`],
    ['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYSETPOS=-1', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYSETPOS=-1'],
    ['RRULE:FREQ=MONTHLY;BYMONTH=3;BYDAY=-1SU', 'RRULE:FREQ=MONTHLY;BYMONTH=10;BYDAY=-1SU'],
    ['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20240331T010000Z', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'],
    ['RDATE:20240331T020000', 'RDATE:20231029T030000,20241027T030000'],
  ])('%s', async (summer, winter) => {
    expect(await offsetsIn(zone([summer], [winter]))).toEqual({ offsets: OFFSETS, notes: [] });
  });

  test('what has ended stays in force until something else begins', async () => {
    const rule = (month: number, year: number) =>
      `RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=-1SU;UNTIL=${year}1231T000000Z`;
    const found = await offsetsIn(zone([rule(3, 2001)], [rule(10, 2000)]), ['20010115T120000', '20240115T120000']);
    expect(found).toEqual({ offsets: ['+01:00', '+02:00'], notes: [] });
  });
});

test.each([
  ['RRULE:FREQ=JAMAIS'],
  ['RRULE:FREQ=DAILY'],
  ['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=bientôt'],
  ['RDATE:bientôt'],
  ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE'],
  Array(60).fill('RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
])('%.80s is not understood: the zone is told to be unknown', async (...lines) => {
  const { notes } = await offsetsIn(zone(lines, ['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10']), ['20240701T120000']);
  expect(notes).toEqual(['event-zone-unknown']);
});

test('a text that is too long is no name of a zone, and is not searched for one', () => {
  expect(namedZone(`${'x'.repeat(187)}/Europe/Paris`)?.name).toBe('Europe/Paris');
  expect(namedZone(`${'x'.repeat(188)}/Europe/Paris`)).toBeUndefined();
  expect(offsetZone(`UTC-05:00 ${'x'.repeat(200)}`)).toBeUndefined();
});
