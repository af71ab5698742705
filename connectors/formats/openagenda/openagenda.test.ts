import { describe, expect, test } from 'vitest';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { cutAll, fileOf } from '../reading/testing.ts';
import { textOfMarkdown } from './markdown.ts';
import { openAgenda } from './openagenda.ts';

const EVENT = {
  uid: 12,
  title: { fr: 'Visite d’exemple', en: 'Sample visit' },
  description: { fr: 'Une visite.' },
  longDescription: { fr: '## Programme\n\n**Une** [page](https://example.org), demo@example.org' },
  keywords: { fr: ['tissage'] },
  timings: [
    { begin: '2024-09-22T10:00:00.000+02:00', end: '2024-09-22T12:00:00.000+02:00' },
    { begin: '2024-09-21T10:00:00.000+02:00', end: '2024-09-21T09:00:00.000+02:00' },
  ],
  status: 6,
  state: 2,
  draft: 0,
  private: 0,
  conditions: { fr: 'Plein 6 €, réduit 4 €' },
  accessibility: { hi: true, mi: false },
  registration: [
    { type: 'phone', value: '0300000000' },
    { type: 'link', value: 'https://example.org/inscription' },
  ],
  location: {
    name: 'Lieu d’exemple',
    city: 'Roubaix',
    insee: '59512',
    latitude: 10.5,
    longitude: 20.25,
    countryCode: 'FR',
  },
  image: { base: 'https://example.org/', filename: 'a.jpg' },
  imageCredits: 'Studio d’exemple',
  member: { name: 'Personne d’exemple', email: 'demo@example.org' },
} as const;

const map = (row: Json) =>
  openAgenda.map(row, { id: '12', source: { name: 's', title: 'S', licence: '' }, options: undefined });

function record(row: Json): { record: AnyRecord; notes: readonly string[] } {
  const mapped = map(row);
  if ('rejected' in mapped) throw new Error(mapped.rejected.code);
  const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return { record: parsed.record, notes: (mapped.notes ?? []).map(({ code }) => code) };
}

describe('an event', () => {
  test('becomes a record of what it says in public', () => {
    const { record: made, notes } = record(EVENT);
    expect(notes).toEqual(['event-ends-before-start']);
    expect(made).toMatchObject({
      kind: 'Event',
      identifiers: [{ scheme: 'openagenda', value: '12' }],
      fields: {
        name: 'Visite d’exemple',
        alternativeNames: ['Sample visit'],
        description: 'Une visite.\nProgramme\nUne page,\nMots-clés : tissage',
        status: 'cancelled',
        begin: '2024-09-21T10:00:00+02:00',
        end: '2024-09-22T12:00:00+02:00',
        location: 'Lieu d’exemple',
        price: { from: 4, to: 6 },
        accessibility: ['handicap auditif'],
        registration: 'https://example.org/inscription',
        point: { latitude: 10.5, longitude: 20.25, precision: 'site' },
      },
      relations: {
        place: [{ identifier: { scheme: 'insee', value: '59512' } }],
        media: [{ media: { url: 'https://example.org/a.jpg', credit: 'Studio d’exemple' } }],
      },
    });
    expect(made.relations['media']?.[0]).not.toHaveProperty('media.republishable');
    expect(JSON.stringify(made)).not.toMatch(/Personne|demo@|0300000000/);
  });

  test('of one language, with its first and last dates alone, and no place', () => {
    const { timings: _, location: __, ...rest } = EVENT;
    const { record: made } = record({
      ...rest,
      title: 'Visite',
      firstTiming: EVENT.timings[0],
      lastTiming: EVENT.timings[0],
    });
    expect(made.fields).toMatchObject({ name: 'Visite', begin: '2024-09-22T10:00:00+02:00' });
    expect(made.fields['occurrences']).toHaveLength(1);
  });

  test.each([
    ...[{ state: 1 }, { draft: 1 }, { private: true }, { removed: 1 }],
    // Of a type that nobody foresaw.
    ...[
      { private: 'true' },
      { private: 2 },
      { draft: {} },
      { removed: 'yes' },
      { state: {} },
      { state: [0] },
      { state: null },
    ],
  ])('%o is hidden', (more: object) => {
    expect(map({ ...EVENT, ...more })).toMatchObject({ hides: true, rejected: { code: 'openagenda-not-published' } });
  });

  test.each<[string, Json]>([
    ['an agenda', { uid: 1, title: 'Agenda', slug: 'a', settings: {} }],
    ['a place', { uid: 1, name: 'Lieu' }],
    ['a text', 'rien'],
  ])('%s is none', (_, row) => {
    expect(map(row)).toMatchObject({ rejected: { code: 'format-row-foreign' } });
  });
});

test.each([
  ['one event', JSON.stringify(EVENT, null, 1)],
  ['a page', JSON.stringify({ total: 1, events: [EVENT], after: null })],
  ['a list', JSON.stringify([EVENT])],
  ['an event a line', `${JSON.stringify(EVENT)}\n`],
])('%s is cut', async (_, content) => {
  const { cuts } = await cutAll(openAgenda, fileOf(content, 'evenements.json', undefined, 64));
  expect(cuts).toMatchObject([{ kind: 'record', id: '12' }]);
});

test('the settings of an agenda are no events', async () => {
  const { cuts } = await cutAll(openAgenda, fileOf('{"uid": 1, "title": "Agenda", "settings": {}}', 'agenda.json'));
  expect(cuts).toMatchObject([{ kind: 'rejected' }]);
});

test('Markdown becomes plain text', () => {
  expect(textOfMarkdown('# Titre\n\n* un\n* *deux*\n\n![image](https://example.org/a.jpg)<b>gras</b> 3 * 4')).toBe(
    'Titre\n- un\n- deux\nimagegras 3 * 4',
  );
});
