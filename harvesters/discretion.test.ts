import { expect, test } from 'vitest';
import type { AnyRecord } from '#graph-schema/record.ts';
import { discreet } from './discretion.ts';

const event = (fields: Record<string, unknown>, relations: AnyRecord['relations'] = {}): AnyRecord => ({
  kind: 'Event',
  identifiers: [],
  visibility: 'public',
  fields: { name: 'Visite', ...fields },
  relations,
});

test('every text of a record is cleaned: names, words that are indexed, prices, lists, words that lead to places, credits of pictures', () => {
  const { record, cleaned } = discreet(
    event(
      {
        name: 'Visite, 03 20 00 00 00',
        eventType: 'atelier 06 12 34 56 78',
        accessibility: ['appeler 0033 6 12 34 56 78'],
        price: { text: '5 €, réserver : une.personne@example.org', from: 5, to: 5 },
        alternativeNames: ['06 12 34 56 78', 'La visite'],
        page: 'https://example.org/0612345678',
      },
      {
        place: [{ text: 'Salle, 03 20 00 00 00' }, { text: '03 20 00 00 00' }],
        media: [{ media: { name: 'Affiche', url: 'https://example.org/a.jpg', credit: 'x@example.org' } }],
      },
    ),
  );
  expect(record.fields).toEqual({
    name: 'Visite,',
    eventType: 'atelier',
    accessibility: ['appeler'],
    price: { text: '5 €, réserver :', from: 5, to: 5 },
    alternativeNames: ['La visite'],
    page: 'https://example.org/0612345678',
  });
  expect(record.relations['place']).toEqual([{ text: 'Salle,' }]);
  expect(record.relations['media']).toEqual([{ media: { name: 'Affiche', url: 'https://example.org/a.jpg' } }]);
  expect(cleaned).toContain('eventType');
});

test('what a witness says is cleaned where it stands, and the passage keeps its place', () => {
  const testimony: AnyRecord = {
    ...event({ inventoryNumber: '03.20.00.00.00' }),
    kind: 'HeritageObject',
  };
  const transcript = [
    { begin: 0, end: 2, text: 'Mon numéro est le 06 12 34 56 78' },
    { begin: 2, end: 3, text: '06 12 34 56 78' },
    { begin: 3, end: 4, text: 'Je tissais.' },
  ];
  const { record } = discreet({ ...testimony, fields: { ...testimony.fields, transcript } });
  expect(record.fields['transcript']).toEqual([
    { begin: 0, end: 2, text: 'Mon numéro est le' },
    { begin: 2, end: 3, text: '–' },
    { begin: 3, end: 4, text: 'Je tissais.' },
  ]);
  expect(record.fields['inventoryNumber']).toBe('03.20.00.00.00');
});

test('a record that has none is passed on as it is', () => {
  const plain = event({ description: 'Le 01/02/2024 à 14 h, 59100 Roubaix' }, { place: [{ text: 'Roubaix' }] });
  expect(discreet(plain).record).toBe(plain);
});
