import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf } from '../reading/testing.ts';
import { icalendar } from './icalendar.ts';
import { calendar, event, optionsOf, read } from './testing.ts';

const START = 'DTSTART:20240607T100000';

/** What becomes of an event of these lines. */
async function eventOf(...lines: string[]) {
  const named = lines.some((line) => line.startsWith('SUMMARY')) ? lines : ['SUMMARY:Essai', ...lines];
  const { only, notes, rejected } = await read(calendar(event('UID:1', START, ...named)), undefined, 65_536);
  return { fields: only?.fields ?? {}, relations: only?.relations ?? {}, notes, codes: codes([...notes, ...rejected]) };
}

describe('what is not for everyone', () => {
  test.each(['PRIVATE', 'CONFIDENTIAL', 'X-PERSONNEL', 'PRIVÉ', 'private', 'DEFAULT'])(
    'CLASS:%s leaves nothing behind, and hides what was public before',
    async (word) => {
      const file = calendar(event('UID:1', `CLASS:${word}`, 'SUMMARY:Secret', START, 'LOCATION:Chez soi'));
      const [cut] = (await cutAll(icalendar as never, fileOf(file, 'a.ics'))).cuts;
      if (cut?.kind !== 'record') throw new Error('no record');
      expect(Buffer.from(cut.raw).toString()).not.toMatch(/Secret|Chez/);
      const source = { name: '', title: '', licence: '' };
      expect(icalendar.map(cut.row, { id: '1', source, options: optionsOf({}) })).toEqual({
        rejected: { code: 'event-private', particulars: { id: '1', class: word } },
        hides: true,
      });
    },
  );

  test.each(['CLASS:PUBLIC', 'CLASS:Public', 'CLASS:', 'CLASS;X-A=b:PUBLIC'])('%s is', async (line) => {
    expect((await eventOf(line)).fields).toMatchObject({ name: 'Essai' });
  });

  test('one word of several is enough', async () => {
    expect((await eventOf('CLASS:PUBLIC', 'CLASS:PRIVATE')).codes).toEqual(['event-private']);
  });

  test('telephone numbers and addresses stand in no title, word or place, and make no place', async () => {
    const { fields, relations } = await eventOf(
      'SUMMARY:Visite\\, 06 00 00 00 00 essai@example.org',
      'CATEGORIES:Atelier 03 20 00 00 00,essai@example.org',
      'LOCATION:Salle des fêtes\\, Roubaix\\, tél. : 03 20 00 00 00',
    );
    expect(fields).toMatchObject({
      name: 'Visite',
      eventType: 'Atelier',
      location: 'Salle des fêtes, Roubaix',
    });
    expect(relations).toEqual({
      place: [{ text: 'Roubaix', how: 'inferred' }],
      trades: [{ text: 'Atelier', how: 'inferred' }],
    });
    expect((await eventOf('LOCATION:03 20 00 00 00')).relations).toEqual({});
    expect((await eventOf('LOCATION:https://example.org/reunion')).relations).toEqual({});
    expect((await eventOf('SUMMARY:06 00 00 00 00')).codes).toEqual(['format-no-name']);
  });
});

describe('nothing is lost untold', () => {
  test('a title that is too long stands whole in the description', async () => {
    const title = 'mot '.repeat(300).trim();
    const { fields } = await eventOf(`SUMMARY:${title}`, 'DESCRIPTION:Suite');
    expect(String(fields['name'])).toMatch(/^(mot )+mo?t?…$/);
    expect(String(fields['name']).length).toBeLessThanOrEqual(500);
    expect(fields['description']).toBe(`${title}\nSuite`);
  });

  test.each([
    ['URL:musee.museum/agenda', 'format-value-unread'],
    [`URL:https://example.org/${'x'.repeat(3_000)}`, 'format-value-unread'],
    ['ATTACH:https://example.org/ouvrir?id=3', 'event-attachment-left'],
    ['ATTACH:CID:partie1', 'event-attachment-left'],
    ['STATUS:PEUT-ÊTRE', 'format-value-unread'],
    [`CATEGORIES:${'x'.repeat(300)}`, 'format-value-unread'],
    [`CATEGORIES:${Array.from({ length: 600 }, (_, index) => `mot${index}`).join(',')}`, 'format-value-unread'],
    [`DESCRIPTION:${'x '.repeat(150_000)}`, 'event-text-cut'],
    ['DTSTART:20250101T100000', 'event-property-again'],
    ['GEO:ici', 'format-value-unread'],
    ['GEO:50.6;3;1', 'format-value-unread'],
    ['GEO:50,6,3,06', 'format-value-unread'],
  ])('%.40s', async (line, code) => expect((await eventOf(line)).codes).toEqual([code]));

  test('a programme as PDF, a film and a picture are kept', async () => {
    const { relations, notes } = await eventOf(
      'ATTACH;FMTTYPE=application/pdf:https://example.org/programme.pdf',
      'ATTACH;FMTTYPE=application/pdf:https://example.org/telecharger/3',
      'ATTACH:https://example.org/film.mp4',
      'IMAGE;VALUE=URI:https://example.org/affiche.png',
    );
    expect(relations['media']?.map((link) => ('media' in link ? link.media['mediaType'] : '')).toSorted()).toEqual([
      'document',
      'document',
      'image',
      'video',
    ]);
    expect(notes).toEqual([]);
  });

  test.each([
    ['GEO:50.63;3.06', []],
    ['GEO:50,63;3,06', []],
    ['GEO:geo:50.63,3.06', []],
    ['GEO:3.06;50.63', ['coordinates-swapped']],
  ])('%s is a point', async (line, noted) => {
    const { fields, codes: found } = await eventOf(line);
    expect(fields['point']).toEqual({ latitude: 50.63, longitude: 3.06, precision: 'site' });
    expect(found).toEqual(noted);
  });

  test('an empty position says nothing', async () => {
    expect((await eventOf('GEO:0;0')).codes).toEqual([]);
  });

  test('cancelled, in American and in French', async () => {
    for (const word of ['CANCELLED', 'CANCELED', 'Annulé'])
      expect((await eventOf(`STATUS:${word}`)).fields['status']).toBe('cancelled');
  });
});

test('a hostile text costs no more than its length', async () => {
  const filled = [
    ' ',
    'T',
    '-',
    '.',
    '1',
    ',',
    ';',
    ':',
    '"',
    '\\',
    '(',
    'Aa/',
    '<p ',
    '\\n',
    '03 ',
    '1234 a ',
    'UTC+',
  ];
  const properties = [
    'SUMMARY',
    'LOCATION',
    'GEO',
    'URL',
    'CATEGORIES',
    'RRULE',
    'DURATION',
    'RDATE',
    'DTSTART;TZID=x',
  ];
  const begun = performance.now();
  for (const property of properties) {
    const events = filled.map((part, index) => {
      const text = `${part.repeat(50_000 / part.length)}x`;
      const line = property.endsWith('=x')
        ? `DTSTART;TZID="${text.replaceAll('"', '')}":20240607T100000`
        : `${property}:1${text}`;
      return event(`UID:${index}`, 'SUMMARY:x', line.startsWith('DTSTART') ? line : START, line);
    });
    await read(calendar(...events), undefined, 65_536);
  }
  // Some tenths of a second; where the cost grew with the square of the length, minutes.
  expect(performance.now() - begun).toBeLessThan(10_000);
});
