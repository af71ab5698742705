import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '#graph-schema/record.ts';
import { consented, type Personal, personalSchema } from './consent.ts';

const TODAY = '2026-11-23';
const personal = (more: Record<string, unknown> = {}): Personal =>
  personalSchema.parse({
    whose: 'témoins',
    purpose: 'mémoire orale',
    basis: 'consentement',
    retention: 'durée de l’accord',
    consent: { given: 'Accord', on: 'Signé le', purposes: 'Pour', until: 'Fin' },
    ...more,
  });
const record = (more: Partial<AnyRecord> = {}): AnyRecord => ({
  kind: 'HeritageObject',
  identifiers: [],
  visibility: 'public',
  fields: { name: 'La filature', description: 'Entretien avec Odilon Exemple.' },
  relations: {},
  ...more,
});
const GIVEN = { Accord: 'Oui', 'Signé le': '01/02/2025', Pour: 'archives ; Publication', Fin: '31/12/2027' };
const shown = (row: Record<string, string>, given = personal()) => consented(record(), row, given, '1', TODAY).record;

describe('a record about a person is shown', () => {
  test('with consent, until its end', () => {
    expect(shown(GIVEN)).toEqual({ ...record(), visibleUntil: '2027-12-31' });
    expect(shown({ ...GIVEN, Fin: '' })).toEqual(record());
  });

  test.each([
    ['not given', { Accord: 'non' }],
    ['nothing said', { Accord: '' }],
    ['without a day', { 'Signé le': '' }],
    ['with a day that is none', { 'Signé le': 'bientôt' }],
    ['for another purpose', { Pour: 'recherche' }],
    ['for no purpose', { Pour: '' }],
    ['over since yesterday', { Fin: '22/11/2026' }],
    ['with an end that cannot be read', { Fin: 'fin 2027' }],
    ['from tomorrow on', { 'Signé le': '24/11/2026' }],
  ])('not when it is %s', (_, more) => {
    expect(shown({ ...GIVEN, ...more }).visibility).toBe('hidden');
  });

  test('on the last day of its consent, and on the first', () => {
    expect(shown({ ...GIVEN, Fin: '23/11/2026' }).visibility).toBe('public');
    expect(shown({ ...GIVEN, 'Signé le': '23/11/2026' }).visibility).toBe('public');
  });

  test('never louder than its source said', () => {
    const hidden = record({ visibility: 'hidden', visibleUntil: '2026-12-01' });
    expect(consented(hidden, GIVEN, personal(), '1', TODAY).record).toEqual(hidden);
  });

  test('not where the source knows of no consent; by the partner’s word for all where it gives one', () => {
    expect(shown(GIVEN, personal({ consent: undefined })).visibility).toBe('hidden');
    const all = { by: 'le musée', on: '2025-01-01', purposes: ['publication'] };
    expect(shown({}, personal({ consent: { all } })).visibility).toBe('public');
    expect(shown({}, personal({ consent: { all: { ...all, until: '2026-11-22' } } })).visibility).toBe('hidden');
    expect(shown({}, personal({ consent: { all: { ...all, purposes: ['archives'] } } })).visibility).toBe('hidden');
  });
});

test('a consent that begins later has the record mapped again until then', () => {
  expect(consented(record(), { ...GIVEN, 'Signé le': '24/11/2026' }, personal(), '1', TODAY).later).toBe(true);
  expect(consented(record(), GIVEN, personal(), '1', TODAY).later).toBe(false);
});

test('a private collector is hidden whatever the source says, unless consent is kept', () => {
  const collector = record({ kind: 'Structure', fields: { name: 'Collection', structureType: 'collector' } });
  expect(consented(collector, GIVEN, undefined, '1', TODAY).record.visibility).toBe('hidden');
  expect(consented(collector, {}, personal({ hides: 'names' }), '1', TODAY).record.visibility).toBe('hidden');
  expect(consented(collector, GIVEN, personal(), '1', TODAY).record.visibility).toBe('public');
});

describe('names in a record', () => {
  const spoken = record({
    relations: {
      creators: [
        { text: 'Odilon Exemple', facts: { role: 'Témoin' } },
        { text: 'Le musée', facts: { role: 'réalisateur' } },
      ],
    },
  });

  test('of a witness are left out in any source, without consent', () => {
    const { record: left } = consented(spoken, {}, undefined, '1', TODAY);
    expect(left.relations['creators']).toEqual([{ text: 'Le musée', facts: { role: 'réalisateur' } }]);
    expect(left.visibility).toBe('public');
  });

  test('of a witness go from the texts too, and nothing does where the witness has no name', () => {
    const named = (text: string, description: string) => {
      const { record: left } = consented(
        record({
          fields: { name: 'Entretien', description },
          relations: { creators: [{ text, facts: { role: 'Témoin' } }] },
        }),
        {},
        undefined,
        '1',
        TODAY,
      );
      return left.fields['description'];
    };
    for (const text of ['Zéphyrine Exemple', 'Exemple, Zéphyrine'])
      for (const said of ['Zéphyrine Exemple', 'ZEPHYRINE EXEMPLE', 'Exemple Zéphyrine', 'Ze\u0301phyrine Exemple'])
        expect(named(text, `Dit par ${said}, fileuse.`), said).toBe('Dit par …, fileuse.');
    expect(named('un mineur', 'Dit par un mineur.')).toBe('Dit par un mineur.');
  });

  test('several in one cell, and in the facts of a link', () => {
    const given = personal({ hides: 'names', names: ['Témoins'] });
    const two = record({
      fields: { name: 'Veillée', description: 'Exemple Odilon parle à Jean-Paul Modèle.' },
      relations: { creators: [{ text: 'Le musée', facts: { role: 'filme Odilon Exemple' } }] },
    });
    const { record: left } = consented(two, { Témoins: 'Odilon Exemple ; MODELE Jean Paul' }, given, '1', TODAY);
    expect(JSON.stringify(left)).not.toMatch(/exemple|mod[èe]le/i);
  });

  test('of the configured columns go from every text, whole words only', () => {
    const given = personal({ hides: 'names', names: ['Témoin'] });
    const long = record({
      fields: { ...spoken.fields, date: { text: 'dit par ODILON EXEMPLE' }, use: 'Odilon Exemplesque' },
    });
    const { record: left } = consented(long, { Témoin: 'Odilon Exemple' }, given, '1', TODAY);
    expect(left.fields).toMatchObject({
      description: 'Entretien avec ….',
      date: { text: 'dit par …' },
      use: 'Odilon Exemplesque',
    });
    expect(consented(long, { ...GIVEN, Témoin: 'Odilon Exemple' }, given, '1', TODAY).record.fields).toEqual(
      long.fields,
    );
  });
});

test('what is told of it names nobody', () => {
  const { notes } = consented(record(), {}, personal(), '1', TODAY);
  expect(notes.map(({ code, particulars }) => [code, particulars])).toEqual([['consent-missing', { id: '1' }]]);
});
