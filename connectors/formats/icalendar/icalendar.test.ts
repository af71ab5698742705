import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf } from '../reading/testing.ts';
import { icalendar } from './icalendar.ts';
import { calendar, datesOf, event, optionsOf, read } from './testing.ts';

describe('an event', () => {
  test('whole: folded, escaped, with what is public of it and nothing of persons', async () => {
    const { only, records, notes, told } = await read(
      calendar(
        'X-WR-CALNAME:Agenda de démonstration',
        event(
          'UID:demo-1@example.org',
          'DTSTAMP:20240101T000000Z',
          'SUMMARY:Démonstration de tissage\\, salle de l’at',
          ' elier',
          'DESCRIPTION:Ligne un\\nLigne deux \\; suite. Écrire à quelqu.un@example.org ou au 03 20 00 00 00.',
          'DTSTART;TZID="Europe/Paris":20240607T090000',
          'DURATION:PT1H30M',
          'LOCATION:Atelier\\, 1 rue de la Démonstration\\, 59100 Roubaix\\, France',
          'GEO:50.69;3.17',
          'URL:https://example.org/evenement/1',
          'CATEGORIES:Visite,Tissage\\, filature',
          'STATUS:CONFIRMED',
          'ORGANIZER;CN="Une Personne":mailto:personne@example.org',
          'ATTENDEE;CN=Invitée:mailto:invitee@example.org',
          'CONTACT:Une Personne',
          'ATTACH;FMTTYPE=image/jpeg:https://example.org/affiche',
          'ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY:AAAA',
          'LAST-MODIFIED:20240301T080000Z',
          'BEGIN:VALARM',
          'SUMMARY:Rappel',
          'END:VALARM',
        ),
      ),
      { organiser: 'proscitec', programme: 'programme-demo' },
    );
    expect(only).toEqual({
      kind: 'Event',
      visibility: 'public',
      identifiers: [],
      fields: {
        name: 'Démonstration de tissage, salle de l’atelier',
        description: 'Ligne un\nLigne deux ; suite. Écrire à ou au .',
        page: 'https://example.org/evenement/1',
        eventType: 'Visite',
        status: 'scheduled',
        occurrences: [{ begin: '2024-06-07T09:00:00+02:00', end: '2024-06-07T10:30:00+02:00' }],
        begin: '2024-06-07T09:00:00+02:00',
        end: '2024-06-07T10:30:00+02:00',
        location: 'Atelier, 1 rue de la Démonstration, 59100 Roubaix, France',
        point: { latitude: 50.69, longitude: 3.17, precision: 'site' },
      },
      relations: {
        place: [{ text: '59100 Roubaix', how: 'inferred' }],
        trades: [
          { text: 'Visite', how: 'inferred' },
          { text: 'Tissage, filature', how: 'inferred' },
        ],
        media: [{ media: { name: expect.any(String), url: 'https://example.org/affiche', mediaType: 'image' } }],
        organisers: [{ identifier: { scheme: 'trame', value: 'proscitec' } }],
        programme: [{ identifier: { scheme: 'trame', value: 'programme-demo' } }],
      },
    });
    expect([...records.keys()]).toEqual(['demo-1@example.org']);
    expect([notes, told]).toEqual([[], []]);
  });

  test('its raw bytes are whole by themselves, hold no person, and do not change with the time of the export', async () => {
    const text = (stamp: string) =>
      calendar(
        event(
          'UID:1',
          `DTSTAMP:${stamp}`,
          'SUMMARY:x',
          'DTSTART;TZID=Fuseau maison:20240607T090000',
          'ATTENDEE:mailto:a@b.fr',
        ),
        'BEGIN:VTIMEZONE\r\nTZID:Fuseau maison\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE',
      );
    const [a, b] = await Promise.all(
      ['20240101T000000Z', '20240202T000000Z'].map((stamp) => cutAll(icalendar as never, fileOf(text(stamp), 'a.ics'))),
    );
    const [first, second] = [a?.cuts[0], b?.cuts[0]];
    if (first?.kind !== 'record' || second?.kind !== 'record') throw new Error('no record');
    expect(Buffer.from(first.raw).toString()).toBe(Buffer.from(second.raw).toString());
    expect(Buffer.from(first.raw).toString()).not.toMatch(/mailto|DTSTAMP/);
    expect(icalendar.row?.(first.raw, optionsOf(undefined))).toEqual(first.row);
    expect((await read(text('20240101T000000Z'))).only?.fields['begin']).toBe('2024-06-07T09:00:00+03:00');
  });

  test('HTML in the description, a title that says cancelled, hints in the last part of the place', async () => {
    const { records } = await read(
      calendar(
        event(
          'UID:1',
          'SUMMARY:[ANNULÉ] Visite',
          'DTSTART:20240607',
          'DESCRIPTION:<p>Un&nbsp;<b>deux</b></p><script>x</script>',
        ),
        event('UID:2', 'SUMMARY:COMPLET – Visite', 'DTSTART:20240607', 'X-ALT-DESC;FMTTYPE=text/html:<p>Seul</p>'),
        event(
          'UID:3',
          'SUMMARY:Complètement neuf',
          'DTSTART:20240607',
          'STATUS:TENTATIVE',
          'LOCATION:Salle\\, Roubaix',
        ),
        event(
          'UID:4',
          'SUMMARY:Reportée : visite',
          'DTSTART:20240607',
          'LOCATION:Grand-Place\\, 7700 Mouscron\\, Belgique',
        ),
      ),
    );
    expect(records.get('1')?.fields).toMatchObject({ status: 'cancelled', description: 'Un deux' });
    expect(records.get('2')?.fields).toMatchObject({ status: 'full', description: 'Seul' });
    expect(records.get('3')?.fields).not.toHaveProperty('status');
    expect(records.get('3')?.relations['place']).toEqual([{ text: 'Roubaix', how: 'inferred' }]);
    expect(records.get('4')?.fields['status']).toBe('postponed');
    expect(records.get('4')?.relations['place']).toEqual([{ text: '7700 Mouscron', how: 'inferred' }]);
  });
});

describe('days and hours', () => {
  test.each([
    [['DTSTART;VALUE=DATE:20240501'], '2024-05-01', '2024-05-01', []],
    [['DTSTART;VALUE=DATE:20240501', 'DTEND;VALUE=DATE:20240504'], '2024-05-01', '2024-05-03', []],
    [['DTSTART;VALUE=DATE:20240501', 'DTEND;VALUE=DATE:20240501'], '2024-05-01', '2024-05-01', ['event-same-day-end']],
    [
      ['DTSTART;VALUE=DATE:20240501', 'DTEND;VALUE=DATE:20240401'],
      '2024-05-01',
      '2024-05-01',
      ['event-ends-before-start'],
    ],
    [['DTSTART:20240501', 'DURATION:P2D'], '2024-05-01', '2024-05-02', []],
    [['DTSTART:20240607T070000Z'], '2024-06-07T07:00:00Z', '2024-06-07T07:00:00Z', []],
    [
      ['DTSTART:20240607T090000', 'DTEND:20240607T080000'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      ['event-ends-before-start'],
    ],
    [
      ['DTSTART:20240607T090000', 'DURATION:-PT1H'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      ['format-value-unread'],
    ],
    [
      ['DTSTART:20240607T090000', 'DTEND:20240631T120000'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      ['format-value-unread'],
    ],
    [
      ['DTSTART:20240607T090000', 'DTEND:midi', 'DURATION:PT1H'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T10:00:00+02:00',
      ['format-value-unread'],
    ],
    [
      ['DTSTART;TZID=Romance Standard Time:20240107T0900', 'DURATION:P1W'],
      '2024-01-07T09:00:00+01:00',
      '2024-01-14T09:00:00+01:00',
      [],
    ],
    [
      ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/London:20240607T090000'],
      '2024-06-07T09:00:00+01:00',
      '2024-06-07T09:00:00+01:00',
      [],
    ],
    [
      ['DTSTART;TZID="(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris":20240607T090000'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      [],
    ],
    [
      ['DTSTART;TZID=Lune:20240607T090000'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      ['event-zone-unknown'],
    ],
    [
      ['DTSTART;TZID="(UTC-05:00) Eastern Time":20240607T090000'],
      '2024-06-07T09:00:00-05:00',
      '2024-06-07T09:00:00-05:00',
      ['event-zone-unknown'],
    ],
    [
      ['DTSTART;TZID=UTC+01:20240607T090000'],
      '2024-06-07T09:00:00+02:00',
      '2024-06-07T09:00:00+02:00',
      ['event-zone-unknown'],
    ],
    // The hour that is left out, and the one that comes twice.
    [
      ['DTSTART;TZID=Europe/Paris:20240331T023000', 'DURATION:PT1H'],
      '2024-03-31T02:30:00+01:00',
      '2024-03-31T04:30:00+02:00',
      [],
    ],
    [
      ['DTSTART;TZID=Europe/Paris:20241027T023000', 'DURATION:PT1H'],
      '2024-10-27T02:30:00+02:00',
      '2024-10-27T02:30:00+02:00',
      [],
    ],
    [['DTSTART:2024-06-07T09:00:00Z', 'DTEND;VALUE=DATE:20240607'], '2024-06-07T09:00:00Z', '2024-06-08T00:00:00Z', []],
  ] as const)('%j', async (lines, begin, end, noted) => {
    const { dates, notes } = await datesOf(...lines);
    expect(dates[0]?.begin).toBe(begin);
    expect(notes).toEqual(noted);
    if (!lines[0].includes('20241027')) expect(dates[0]?.end).toBe(end);
  });

  test('a calendar may have a zone of its own, and the source another', async () => {
    const text = calendar('X-WR-TIMEZONE:America/New_York', event('UID:1', 'SUMMARY:x', 'DTSTART:20240607T090000'));
    expect((await read(text)).only?.fields['begin']).toBe('2024-06-07T09:00:00-04:00');
    expect((await read(text, { zone: 'Europe/Paris' })).only?.fields['begin']).toBe('2024-06-07T09:00:00+02:00');
  });

  test.each(['', 'demain', '20240231', '20240607T250000', '99999999'])('no date in %j', async (value) => {
    const { rejected } = await read(calendar(event('UID:1', 'SUMMARY:x', `DTSTART:${value}`)));
    expect(codes(rejected)).toEqual(['event-no-start']);
  });
});

describe('a file', () => {
  test('folds that cut a character, old line ends, a byte order mark, small letters', async () => {
    const folded = Buffer.from(calendar(event('UID:1', 'SUMMARY:Été à l’œuvre', 'DTSTART:20240601')));
    const at = folded.indexOf('É') + 1;
    const cut = Buffer.concat([
      Buffer.from('\ufeff'),
      folded.subarray(0, at),
      Buffer.from('\r\n '),
      folded.subarray(at),
    ]);
    for (const pieceBytes of [1, 2, 3, 64, 4096]) {
      const { only, told } = await read(cut, undefined, pieceBytes);
      expect(only?.fields['name']).toBe('Été à l’œuvre');
      expect(told).toEqual([]);
    }
    const mac = await read(
      calendar(event('UID:1', 'SUMMARY:Un', ' deux', 'DTSTART:20240601')).replaceAll('\r\n', '\r'),
    );
    expect(mac.only?.fields['name']).toBe('Undeux');
    const small = await read(calendar('begin:vevent\nuid:1\nsummary:x\ndtstart:20240601\nend:vevent'));
    expect(small.records.size).toBe(1);
    const wide = await read(
      Buffer.from(`\ufeff${calendar(event('UID:1', 'SUMMARY:É', 'DTSTART:20240601'))}`, 'utf16le'),
    );
    expect(wide.only?.fields['name']).toBe('É');
    const latin = await read(Buffer.from(calendar(event('UID:1', 'SUMMARY:\xc9t\xe9', 'DTSTART:20240601')), 'latin1'));
    expect(latin.only?.fields['name']).toBe('Été');
    expect(codes(latin.told)).toEqual(['file-encoding-guessed']);
  });

  test('lines that were not folded are joined and told; events without UID have one made', async () => {
    const { records, told } = await read(
      calendar(
        event(
          'SUMMARY:Un',
          'DTSTART:20240601',
          'DESCRIPTION:première\r\nhttp://example.org/suite\r\nnoire',
          'ORGANIZER="mailto:une.personne@example.org"',
        ),
        event('SUMMARY:Deux', 'DTSTART:20240601'),
      ),
    );
    const [[id, first] = []] = records;
    expect(id).toMatch(/^sans-uid-[0-9a-f]{20}$/);
    expect(first?.fields['description']).toBe('première\nhttp://example.org/suite\nnoire');
    expect(records.size).toBe(2);
    expect(told).toMatchObject([
      { code: 'calendar-lines-mended', particulars: { count: 2, example: 'http://example.org/suite' } },
      { code: 'calendar-uid-missing', particulars: { count: 2 } },
    ]);
  });

  test('one that breaks off gives what came before, and is refused: nothing is held to be gone', async () => {
    const whole = calendar(
      event('UID:1', 'SUMMARY:x', 'DTSTART:20240601'),
      event('UID:2', 'SUMMARY:y', 'DTSTART:20240601'),
    );
    for (const [end, ids] of [
      [whole.indexOf('SUMMARY:y'), ['1']],
      [whole.indexOf('END:VCALENDAR'), ['1', '2']],
    ] as const) {
      const { cuts } = await cutAll(icalendar as never, fileOf(whole.slice(0, end), 'a.ics'));
      expect(cuts.flatMap((cut) => (cut.kind === 'record' ? [cut.id] : []))).toEqual(ids);
      expect(cuts.at(-1)).toMatchObject({ wholeFile: true, finding: { code: 'calendar-cut-off' } });
    }
  });

  test.each([
    ['<html><body>Connexion</body></html>', 'file-web-page'],
    ['Titre;Date\nx;y\n', 'calendar-none'],
    ['', 'file-empty'],
  ])('%j is refused', async (content, code) => {
    const { cuts } = await cutAll(icalendar as never, fileOf(content, 'a.ics'));
    expect(cuts).toMatchObject([{ wholeFile: true, finding: { code } }]);
  });

  test('several calendars; other things in them; an event that is too large; one within another', async () => {
    const { records, rejected } = await read(
      [
        calendar('X-WR-TIMEZONE:America/New_York', event('UID:1', 'SUMMARY:x', 'DTSTART:20240601T090000')),
        calendar(
          'BEGIN:VTODO\r\nUID:t\r\nSUMMARY:tâche\r\nEND:VTODO',
          event('UID:2', 'SUMMARY:y', 'DTSTART:20240601T090000'),
          event('UID:gros', 'SUMMARY:z', 'DTSTART:20240601', `DESCRIPTION:${'x'.repeat(1_100_000)}`),
          'BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:ouvert\r\nDTSTART:20240601',
          event('UID:4', 'SUMMARY:w', 'DTSTART:20240601'),
        ),
      ].join(''),
      undefined,
      65_536,
    );
    expect([...records].map(([id, { fields }]) => [id, fields['begin']])).toEqual([
      ['1', '2024-06-01T09:00:00-04:00'],
      ['2', '2024-06-01T09:00:00+02:00'],
      ['3', '2024-06-01'],
      ['4', '2024-06-01'],
    ]);
    expect(codes(rejected)).toEqual(['calendar-event-too-large']);
  });

  test('no title: rejected by name', async () => {
    expect(codes((await read(calendar(event('UID:1', 'DTSTART:20240601')))).rejected)).toEqual(['format-no-name']);
  });
});

test('options are checked, each with its path', () => {
  for (const [given, path] of [
    [{ zone: 'Lune/Mer' }, 'zone'],
    [{ until: '31/12/2024' }, 'until'],
    [{ horizonMonths: 0 }, 'horizonMonths'],
    [{ fuseau: 'x' }, ''],
  ] as const) {
    const parsed = icalendar.options?.safeParse(given);
    expect(parsed?.success === false && parsed.error.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  }
});
