/** What volunteers write in cells, through the format `table`. */
import { describe, expect, test } from 'vitest';
import { codes, fileOf, recordsOf } from '../reading/testing.ts';
import { tableRowOf } from './json-row.ts';
import { tableMap } from './map.ts';
import { mapRow, table } from './table.ts';

function mapOf(map: unknown) {
  const result = tableMap.safeParse(map);
  if (!result.success) throw new Error(JSON.stringify(result.error.issues));
  return result.data;
}

const read = (text: string, map: unknown) => recordsOf(table as never, fileOf(text), mapOf(map));

const EVENTS = { kind: 'Event', id: 'N', fields: { name: 'Nom', occurrences: 'Dates', price: 'Tarif' } };

describe('dates', () => {
  test('as people write them; begin and end follow', async () => {
    const { records, notes } = await read(
      'N;Nom;Dates;Tarif\n1;Salon;du 14 au 16 mai 2024;de 3 à 5 €\n2;Fête;45292;NC\n3;Bal;12/05/24 de 14h à 18h;\n',
      EVENTS,
    );
    expect(records.get('1')?.fields).toEqual({
      name: 'Salon',
      occurrences: [{ begin: '2024-05-14', end: '2024-05-16' }],
      begin: '2024-05-14',
      end: '2024-05-16',
      price: { text: 'de 3 à 5 €', from: 3, to: 5 },
    });
    expect(records.get('2')?.fields).toMatchObject({ begin: '2024-01-01' });
    expect(records.get('2')?.fields).not.toHaveProperty('price');
    expect(records.get('3')?.fields).toMatchObject({ begin: '2024-05-12T14:00:00+02:00' });
    expect(notes).toEqual([]);
  });

  test('without a year: told and left out; the year of the sheet, or of a column, is taken', async () => {
    const sheet = 'N;Nom;Dates;Année\n1;Salon;samedi 11 et dimanche 12 mai;2024\n';
    const without = await read(sheet, { ...EVENTS, fields: { name: 'Nom', occurrences: 'Dates' } });
    expect(codes(without.notes)).toEqual(['table-year-missing']);
    expect(without.records.get('1')?.fields).toEqual({ name: 'Salon' });
    for (const year of [2024, 'Année']) {
      const fields = { name: 'Nom', occurrences: { column: 'Dates', year } };
      const { records } = await read(sheet, { ...EVENTS, fields });
      expect(records.get('1')?.fields).toMatchObject({ begin: '2024-05-11', end: '2024-05-12' });
    }
  });

  test('two columns, begin and end, also as serial numbers', async () => {
    const fields = { name: 'Nom', occurrences: { columns: ['Début', 'Fin'], join: ' au ' } };
    const { records } = await read(
      'N;Nom;Début;Fin\n1;Salon;12/05/2024;14/05/2024\n2;Fête;45292;45293\n3;Bal;12/05/2024;\n4;Foire;12 mai 2024 10h;12 mai 2024 18h\n',
      { ...EVENTS, fields },
    );
    expect([...records.values()].map((record) => record.fields)).toMatchObject([
      { begin: '2024-05-12', end: '2024-05-14' },
      { begin: '2024-01-01', end: '2024-01-02' },
      { begin: '2024-05-12', end: '2024-05-12' },
      { begin: '2024-05-12T10:00:00+02:00', end: '2024-05-12T18:00:00+02:00' },
    ]);
  });

  test('a weekday that is amiss is told', async () => {
    const { notes } = await read('N;Nom;Dates;Tarif\n1;Salon;lundi 12 mai 2024;\n', EVENTS);
    expect(codes(notes)).toEqual(['table-weekday-amiss']);
  });
});

test('codes get back their zero where a place has that code, and it is told', async () => {
  const { records, notes } = await read('Nom;CP;INSEE\na;2100;2691\nb;59000.0;59350\nc;9999;9999\n', {
    kind: 'Structure',
    id: 'Nom',
    fields: { name: 'Nom', postcode: 'CP' },
    relations: { place: { column: 'INSEE', identifier: 'insee' } },
  });
  const said = [...records.values()].map(({ fields, relations }) => [
    (fields as { postcode?: string }).postcode,
    JSON.stringify(relations).match(/\d{4,5}/)?.[0],
  ]);
  expect(said).toEqual([
    ['02100', '02691'],
    ['59000', '59350'],
    ['9999', '9999'],
  ]);
  expect(codes(notes)).toEqual(['table-zero-put-back', 'table-zero-put-back', 'table-zero-put-back']);
});

test('a transcript in a cell becomes cues', async () => {
  const { records } = await read('N;Nom;Texte\n1;Film;"1\n00:00:01,000 --> 00:00:02,500\nBonjour (exemple)\n"\n', {
    kind: 'HeritageObject',
    id: 'N',
    fields: { name: 'Nom', transcript: 'Texte' },
  });
  expect(records.get('1')?.fields).toMatchObject({
    transcript: [{ begin: 1, end: 2.5, text: 'Bonjour (exemple)' }],
  });
});

test('rows of JSON: numbers, booleans, lists, coordinates, parts', () => {
  const row = {
    N: 7,
    Nom: 'Moulin (exemple)',
    fermé: false,
    rien: null,
    thèmes: ['blé', 'eau'],
    lieu: { lat: 50.5, lon: 3.25 },
    geo: { type: 'Point', coordinates: [3.25, 50.5] },
    adresse: { rue: 'Grand-Place', codes: [{ cp: '59000' }, { cp: '59800' }] },
  };
  expect(tableRowOf(row)).toEqual({
    N: '7',
    Nom: 'Moulin (exemple)',
    fermé: 'false',
    thèmes: 'blé ; eau',
    lieu: '50.5, 3.25',
    geo: '50.5, 3.25',
    'adresse.rue': 'Grand-Place',
    'adresse.codes.cp': '59000 ; 59800',
  });
  const map = mapOf({
    kind: 'Structure',
    id: 'N',
    fields: {
      name: 'Nom',
      closed: 'fermé',
      themes: { column: 'thèmes', split: ';' },
      point: { column: 'lieu', order: 'lat-lon', precision: 'site' },
    },
  });
  expect(mapRow(tableRowOf(row), map, { id: '7' })).toMatchObject({
    record: {
      fields: {
        name: 'Moulin (exemple)',
        closed: false,
        themes: ['blé', 'eau'],
        point: { latitude: 50.5, longitude: 3.25 },
      },
    },
  });
});

test('e-mail addresses and telephone numbers do not leave a text; a number of inventory stays', async () => {
  const { records, notes } = await read(
    'N;Nom;Texte;Tarif\n01 02 03 04 05;Moulin (exemple);"Sur réservation, tél. : 01 00 00 00 00 ou a@moulin.example, dès 8 ans";5 € (01.00.00.00.00)\n',
    {
      kind: 'Event',
      id: 'N',
      fields: { name: 'Nom', conditions: 'Texte', price: 'Tarif', eventType: 'N' },
    },
  );
  const [record] = records.values();
  expect(record?.fields).toMatchObject({
    conditions: 'Sur réservation, tél. : ou , dès 8 ans',
    price: { text: '5 €', from: 5, to: 5 },
    eventType: '01 02 03 04 05',
  });
  expect(codes(notes)).toEqual(['table-contact-left-out', 'table-contact-left-out']);
});

test('a SIRET is written without blanks; one whose key is wrong is left out and told', async () => {
  const { records, notes } = await read(
    'N;Nom;SIRET\n1;Forge (exemple);000 000 000 00018\n2;Moulin (exemple);00000000000019\n',
    {
      kind: 'Structure',
      id: 'N',
      fields: { name: 'Nom' },
      identifiers: { siret: 'SIRET' },
    },
  );
  expect([...records.values()].map(({ identifiers }) => identifiers)).toEqual([
    [{ scheme: 'siret', value: '00000000000018' }],
    [],
  ]);
  expect(codes(notes)).toEqual(['siret-check-wrong']);
});

test('codes joined into a text get back their zero too; a year among them is left as it is', async () => {
  const { records, notes } = await read('Nom;CP;Repère\na;2100;2100\n', {
    kind: 'Event',
    id: 'Nom',
    fields: { name: 'Nom', location: { columns: ['CP', 'Repère'], join: ', ' } },
  });
  expect([...records.values()].map(({ fields }) => (fields as { location?: string }).location)).toEqual([
    '02100, 2100',
  ]);
  expect(codes(notes)).toEqual(['table-zero-put-back']);
});

test('a swapped point is mended, and told; one that cannot be read is told', async () => {
  const { records, notes } = await read('Nom;Lat;Lon\na;3,17;50,69\nb;12;5000000\n', {
    kind: 'Structure',
    id: 'Nom',
    fields: { name: 'Nom', point: { latitude: 'Lat', longitude: 'Lon', precision: 'site' } },
  });
  expect(
    [...records.values()].map(({ fields }) => (fields as { point?: { latitude: number } }).point?.latitude),
  ).toEqual([50.69, undefined]);
  expect(codes(notes)).toEqual(['coordinates-swapped', 'format-value-unread']);
});
