import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { type TableMap, tableMap } from './map.ts';
import { table } from './table.ts';

function mapOf(map: unknown): TableMap {
  const result = tableMap.safeParse(map);
  if (!result.success) throw new Error(JSON.stringify(result.error.issues));
  return result.data;
}

const read = (text: string, map: unknown) => recordsOf(table as never, fileOf(text), mapOf(map));

test('columns about persons are not kept with the row, not even of one that is set aside', async () => {
  const map = mapOf({ kind: 'Trade', id: 'Code', fields: { name: 'Nom' }, private: ['Tél', 'Contact'] });
  const text = 'Code;Nom;Tél;Contact\n1;Meunier;0300000000;Personne\n;Charron;0300000000;Personne\n';
  const { cuts } = await cutAll(table as never, fileOf(text), map);
  expect(cuts.map(({ kind }) => kind)).toEqual(['record', 'rejected']);
  for (const cut of cuts) expect('raw' in cut && Buffer.from(cut.raw!).toString()).not.toMatch(/Personne|03000/);
});

describe('fields', () => {
  const map = {
    kind: 'Structure',
    id: 'Code',
    fields: {
      name: 'Nom',
      alternativeNames: { column: 'Autres', split: '|' },
      description: { columns: ['Texte', 'Suite'], join: ' – ' },
      structureType: { column: 'Nature', values: { Musée: 'museum', entreprise: 'firm' } },
      founded: 'Création',
      joined: 'Adhésion',
      page: 'Site',
      point: { column: 'Coordonnées', order: 'lat-lon', precision: 'site' },
      demonstration: { value: true },
    },
    identifiers: { trame: 'Code', siret: 'SIRET' },
  };
  const header = 'Code;Nom;Autres;Texte;Suite;Nature;Création;Adhésion;Site;Coordonnées;SIRET\n';

  test('each by its type; an empty cell is absence', async () => {
    const { records, told } = await read(
      `${header}a;Moulin;Le Vieux | Moulin neuf;Un texte;;musee;vers 1850;31/12/2024;www.example.org;50.69, 3.17;\n`,
      map,
    );
    expect(records.get('a')).toEqual({
      kind: 'Structure',
      visibility: 'public',
      identifiers: [{ scheme: 'trame', value: 'a' }],
      fields: {
        name: 'Moulin',
        alternativeNames: ['Le Vieux', 'Moulin neuf'],
        description: 'Un texte',
        structureType: 'museum',
        founded: expect.objectContaining({ text: 'vers 1850', from: 1845, to: 1855 }),
        joined: '2024-12-31',
        page: 'http://www.example.org',
        point: { latitude: 50.69, longitude: 3.17, precision: 'site' },
        demonstration: true,
      },
      relations: {},
    });
    expect(told).toEqual([]);
  });

  test('what cannot be read is left out with a note; a word outside the list, or no name, rejects the row', async () => {
    const { records, rejected, notes } = await read(
      `${header}a;Moulin;;;;musée;jadis;bientôt;néant;ici;\nb;Ferme;;;;ferme;;;;;\nc;;;;;musée;;;;;\n`,
      map,
    );
    expect([...records.keys()]).toEqual(['a']);
    expect(records.get('a')?.fields).toEqual({
      name: 'Moulin',
      structureType: 'museum',
      founded: { text: 'jadis' },
      demonstration: true,
    });
    expect(codes(notes).toSorted()).toEqual([
      'format-date-unread',
      'format-value-unread',
      'format-value-unread',
      'format-value-unread',
    ]);
    expect(rejected).toEqual([
      {
        code: 'format-value-unlisted',
        particulars: { value: 'ferme', where: 'Nature', expected: 'Musée, entreprise' },
      },
      { code: 'format-no-name', particulars: { id: 'c', columns: 'Nom' } },
    ]);
  });
});

describe('relations', () => {
  const map = {
    kind: 'Structure',
    id: 'Code',
    fields: { name: 'Nom' },
    relations: {
      place: [{ column: 'INSEE', identifier: 'insee' }, { column: 'Lieu' }],
      memberOf: { column: 'Clubs', split: ',', identifier: 'trame', facts: { since: 'Depuis', role: 'Rôle' } },
      trades: { column: 'Métiers', split: ',', how: 'inferred', confidence: 0.5 },
      media: { column: 'Images', split: ',', rights: 'Droits', credit: 'Crédit' },
    },
  };
  const header = 'Code;Nom;INSEE;Lieu;Clubs;Depuis;Rôle;Métiers;Images;Droits;Crédit\n';

  test('identifiers, words, pictures, and facts that go with each', async () => {
    const { records, notes } = await read(
      `${header}a;A;59512;;textile,rural;2023,2024;membre;tisserand, fileur;https://example.org/1.jpg,rien;CC BY 4.0;Le musée\n`,
      map,
    );
    expect(records.get('a')?.relations).toEqual({
      place: [{ identifier: { scheme: 'insee', value: '59512' } }],
      memberOf: [
        { identifier: { scheme: 'trame', value: 'textile' }, facts: { since: '2023', role: 'membre' } },
        { identifier: { scheme: 'trame', value: 'rural' }, facts: { since: '2024', role: 'membre' } },
      ],
      trades: [
        { text: 'tisserand', how: 'inferred', confidence: 0.5 },
        { text: 'fileur', how: 'inferred', confidence: 0.5 },
      ],
      media: [
        {
          media: {
            name: 'A',
            url: 'https://example.org/1.jpg',
            mediaType: 'image',
            rights: 'CC BY 4.0',
            credit: 'Le musée',
            republishable: true,
          },
        },
      ],
    });
    expect(codes(notes)).toEqual(['format-value-unread']);
  });

  test('facts keep to their own target, also where one of them is empty', async () => {
    const { records } = await read(`${header}a;A;;;textile,rural;,2024;;;;;\n`, map);
    expect(records.get('a')?.relations['memberOf']).toEqual([
      { identifier: { scheme: 'trame', value: 'textile' } },
      { identifier: { scheme: 'trame', value: 'rural' }, facts: { since: '2024' } },
    ]);
  });

  test('prefixed cells say their own scheme', async () => {
    const prefixed = {
      kind: 'Trade',
      id: 'Code',
      fields: { name: 'Nom' },
      relations: { matches: { column: 'Voir', split: ';', identifier: 'prefixed', facts: { match: 'Nature' } } },
    };
    const { records, notes } = await read(
      'Code,Nom,Voir,Nature\nt,Tisserand,"rome:B1803 ; NAF: 13.20Z","close;exact"\n',
      prefixed,
    );
    expect(records.get('t')?.relations['matches']).toEqual([
      { identifier: { scheme: 'rome', value: 'B1803' }, facts: { match: 'close' } },
      { identifier: { scheme: 'naf', value: '13.20Z' }, facts: { match: 'exact' } },
    ]);
    expect(notes).toEqual([]);
    const wrong = await read('Code,Nom,Voir,Nature\nt,Tisserand,"B1803;isco:7318;rome:",\n', prefixed);
    expect(wrong.records.get('t')?.relations).toEqual({});
    expect(wrong.notes.map(({ particulars }) => particulars['value'])).toEqual(['B1803', 'isco:7318', 'rome:']);
    expect(wrong.notes[0]?.particulars['expected']).toContain('concept ou rome ou naf');
  });
});

test('an event’s begin and end are worked out from its dates', async () => {
  const map = { kind: 'Event', id: 'Code', fields: { name: 'Nom', occurrences: { column: 'Dates', split: ',' } } };
  const { records, notes } = await read(
    'Code;Nom;Dates\ne;Salon;2024-06-07T09:00/2024-06-07T18:00, 2024-06-05, 2024-06-09/2024-06-08\n',
    map,
  );
  expect(records.get('e')?.fields).toMatchObject({ begin: '2024-06-05', end: '2024-06-07T18:00:00+02:00' });
  expect(codes(notes)).toEqual(['format-value-unread']);
});

describe('rows', () => {
  const map = { kind: 'Trade', id: ['Domaine', 'Métier'], fields: { name: 'Métier', sector: 'Domaine' } };

  test('columns are found whatever their case and accents; an identifier of several keeps the place of an empty one', async () => {
    const { records, told } = await read('DOMAINE;metier \nFil;Fileur\n;Seul\n', map);
    expect([...records.keys()]).toEqual(['Fil/Fileur', '/Seul']);
    expect(told).toEqual([]);
  });

  test('a row that is too short or too long is rejected with its line, its neighbours go on', async () => {
    const { records, rejected } = await read('Domaine;Métier\na;1\nb\nc;2;x\nd;3;;\n', map);
    expect([...records.keys()]).toEqual(['a/1', 'd/3']);
    expect(rejected).toEqual([
      { code: 'table-row-ragged', particulars: { file: 'essai.csv', line: 3, found: 1, expected: 2 } },
      { code: 'table-row-ragged', particulars: { file: 'essai.csv', line: 4, found: 3, expected: 2 } },
    ]);
  });

  test('a missing column: of the identifier it refuses the file, of a field it is told; both name the columns there are', async () => {
    const { cuts } = await cutAll(table as never, fileOf('Domaine;Nom\na;b\n'), mapOf(map));
    expect(cuts).toEqual([
      {
        kind: 'rejected',
        wholeFile: true,
        finding: {
          code: 'table-columns-missing',
          particulars: { file: 'essai.csv', missing: 'Métier', found: 'Domaine, Nom' },
        },
      },
    ]);
    const told = await read('Métier\nb\n', { ...map, id: 'Métier' });
    expect(told.told).toEqual([
      { code: 'table-columns-absent', particulars: { file: 'essai.csv', missing: 'Domaine', found: 'Métier' } },
    ]);
    expect(told.records.size).toBe(1);
  });

  test('repeated and empty column names are told, their values kept', async () => {
    const { cuts, told } = await cutAll(table as never, fileOf('Domaine;Métier;Métier;\na;b;c;d\n'), mapOf(map));
    expect(cuts).toMatchObject([{ row: { Domaine: 'a', Métier: 'b', 'Métier (2)': 'c', 'colonne 4': 'd' } }]);
    expect(codes(told)).toEqual(['table-header-repeated', 'table-header-empty']);
  });

  test('the raw bytes give the row again', async () => {
    const { cuts } = await cutAll(table as never, fileOf('Domaine;Métier;__proto__\nÉté;"a;b";x\n'), mapOf(map));
    const [cut] = cuts;
    if (cut?.kind !== 'record') throw new Error('no record');
    expect(table.row?.(cut.raw, mapOf(map))).toEqual(cut.row);
    expect(JSON.parse(new TextDecoder().decode(cut.raw))['Métier']).toBe('a;b');
  });
});

test('rows of an API whose coordinates are objects crash nothing', () => {
  const place = JSON.parse('{"lat":{"toString":1},"lon":3}') as Json;
  const options = mapOf({ kind: 'Event', id: 'Nom', fields: { name: 'Nom', location: 'p.lon' } });
  const source = { name: 'essai', title: 'Essai', licence: 'démonstration' };
  const mapped = table.map({ Nom: 'a', p: place }, { id: '1', source, options });
  expect(mapped).toMatchObject({ record: { fields: { name: 'a', location: '3' } } });
});

test('a day number without format is read by the count of its workbook', async () => {
  const options = mapOf({ kind: 'Event', id: 'Nom', fields: { name: 'Nom', begin: 'Date' } });
  for (const dateSystem of ['1900', '1904'] as const) {
    const rows = [
      ['Nom', 'Date'],
      ['a', dateSystem === '1900' ? 45_292 : 43_830],
    ];
    const workbook = await writeXlsx({ sheets: [{ name: 'Feuille', rows }], dateSystem });
    const { records } = await recordsOf(table as never, fileOf(workbook, 'a.xlsx', undefined, 4096), options);
    expect(records.get('a')?.fields).toMatchObject({ begin: '2024-01-01' });
  }
});
