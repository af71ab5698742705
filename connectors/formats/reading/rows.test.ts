/** Sheets as volunteers make them: what stands around a table, and what comes out. */
import { writeOds } from 'hucre/ods';
import { type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { type StoredFile, storedZip } from '../../files/stored-zip.ts';
import { cutTable, type TableNeeds } from './rows.ts';
import { fileOf } from './testing.ts';
import { openZip } from './zip.ts';

type Rows = NonNullable<WriteSheet['rows']>;

const NEEDS: TableNeeds = { wanted: ['Nom', 'Ville', 'Tarif'], required: [], id: ['Nom'] };

async function cut(content: string | Uint8Array, needs: TableNeeds = NEEDS) {
  const told: string[] = [];
  const cuts = await Array.fromAsync(
    cutTable(fileOf(content, 'feuille', undefined, 4096), needs, (found) => told.push(found.code)),
  );
  const rows = cuts.map((one) => (one.kind === 'record' ? one.row : 'finding' in one ? one.finding.code : ''));
  return { rows, told };
}

const WRITERS: Readonly<Record<string, (rows: Rows) => Promise<string | Uint8Array>>> = {
  csv: async (rows) => rows.map((row) => row.map((cell) => String(cell ?? '')).join(';')).join('\r\n'),
  xlsx: (rows) => writeXlsx({ sheets: [{ name: 'Feuille', rows }] }),
  ods: (rows) => writeOds({ sheets: [{ name: 'Feuille', rows }] }),
};

describe.each(Object.entries(WRITERS))('%s', (_, write) => {
  test('a title above the header, empty lines and columns, a total and a note at the foot', async () => {
    const { rows, told } = await cut(
      await write([
        ['Programme 2024 du musée (exemple)', '', '', '', ''],
        ['', '', '', '', ''],
        ['Nom', '', 'Ville', 'Tarif', 'Visiteurs'],
        ['Moulin (exemple)', '', 'Lille', 'gratuit', 12],
        ['', '', '', '', ''],
        ['Ferme (exemple)', '', 'Roubaix', '3 €', 30],
        ['TOTAL', '', '', '', 42],
        ['Nombre de visiteurs : 1 234', '', '', '', ''],
        ['* sous réserve de modifications', '', '', '', ''],
      ]),
    );
    expect(rows).toEqual([
      { Nom: 'Moulin (exemple)', Ville: 'Lille', Tarif: 'gratuit', Visiteurs: '12' },
      { Nom: 'Ferme (exemple)', Ville: 'Roubaix', Tarif: '3 €', Visiteurs: '30' },
    ]);
    expect(told).toEqual(['table-lines-above', 'table-line-passed', 'table-line-passed', 'table-line-passed']);
  });

  test('a header of two lines: merged cells above', async () => {
    const needs: TableNeeds = { wanted: ['Contact Nom', 'Adresse Ville', 'Tarif'], required: [], id: ['N°'] };
    const { rows, told } = await cut(
      await write([
        ['N°', 'Contact', '', 'Adresse', '', 'Tarif'],
        ['', 'Nom', 'Site', 'Rue', 'Ville', ''],
        ['1', 'Moulin (exemple)', 'https://moulin.example', 'Grand-Place', 'Lille', '2 €'],
      ]),
      needs,
    );
    expect(rows).toEqual([
      {
        'N°': '1',
        'Contact Nom': 'Moulin (exemple)',
        'Contact Site': 'https://moulin.example',
        'Adresse Rue': 'Grand-Place',
        'Adresse Ville': 'Lille',
        Tarif: '2 €',
      },
    ]);
    expect(told).toEqual(['table-header-two-lines']);
  });

  test('errors and formulas without value are empty cells, told once a column', async () => {
    const { rows, told } = await cut(
      await write([
        ['Nom', 'Ville', 'Tarif'],
        ['a', '#REF!', '#N/A'],
        ['b', 'Lille', '#VALEUR!'],
      ]),
    );
    expect(rows).toEqual([{ Nom: 'a' }, { Nom: 'b', Ville: 'Lille' }]);
    expect(told).toEqual(['table-cell-error', 'table-cell-error']);
  });

  test('a firm called Total, and a row of one cell that names something, are records', async () => {
    const { rows } = await cut(
      await write([
        ['Nom', 'Ville', 'Tarif'],
        ['Total (exemple)', 'Lille', '2 €'],
        ['Moulin (exemple)', '', ''],
      ]),
    );
    expect(rows).toEqual([{ Nom: 'Total (exemple)', Ville: 'Lille', Tarif: '2 €' }, { Nom: 'Moulin (exemple)' }]);
  });
});

test('CSV: a title without separators does not mislead the search for the separator', async () => {
  const { rows } = await cut('Programme, du musée\n\nNom;Ville;Tarif\na;Lille;2,50 €\nb;Arras;3,50 €\n');
  expect(rows).toEqual([
    { Nom: 'a', Ville: 'Lille', Tarif: '2,50 €' },
    { Nom: 'b', Ville: 'Arras', Tarif: '3,50 €' },
  ]);
});

test('CSV: a cell that begins with = is no value, but ="02100" keeps its zero', async () => {
  const { rows, told } = await cut('Nom;Ville;Tarif\na;="02100";=A1+B1\n');
  expect(rows).toEqual([{ Nom: 'a', Ville: '02100' }]);
  expect(told).toEqual(['table-cell-error']);
});

test('a name of the header that runs over two lines is one name; a source may write it either way', async () => {
  const text = '"Nom\r\ndu lieu";"Ville \n\n(code)"\nMoulin (exemple);Lille\n';
  const read = (name: string) => cut(text, { wanted: ['Ville (code)'], required: [], id: [name] });
  expect((await read('Nom du lieu')).rows).toEqual([{ 'Nom du lieu': 'Moulin (exemple)', 'Ville (code)': 'Lille' }]);
  expect((await read('Nom\ndu lieu')).rows).toMatchObject([{ 'Ville (code)': 'Lille' }]);
});

test('CSV: a quote of the header that never closes costs that line, not the file', async () => {
  const { rows } = await cut('"Nom;Ville;Tarif\nNom;Ville;Tarif\na;Lille;"2 €"\n');
  expect(rows).toEqual(['table-quote-open', { Nom: 'a', Ville: 'Lille', Tarif: '2 €' }]);
});

test('without any of the columns, the file is refused with those of its first line', async () => {
  const { rows } = await cut('Titre;Commune\na;Lille\n');
  expect(rows).toEqual(['table-columns-missing']);
});

test('hidden sheets are not read unless named; hours, and dates of both counts', async () => {
  const rows: Rows = [
    ['Nom', 'Ville', 'Tarif'],
    ['a', new Date(Date.UTC(1899, 11, 31, 14, 0)), new Date(Date.UTC(2024, 0, 1))],
  ];
  const sheets = [
    { name: 'Brouillon', hidden: true, rows: [['Nom'], ['caché']] },
    { name: 'Feuille', rows },
  ];
  for (const dateSystem of ['1900', '1904'] as const) {
    const read = await cut(await writeXlsx({ sheets, dateSystem }));
    expect(read.rows).toMatchObject([{ Nom: 'a', Tarif: '2024-01-01' }]);
    if (dateSystem === '1900') expect(read.rows).toMatchObject([{ Ville: '14:00' }]);
    expect(read.told).toContain('table-sheets-unread');
  }
});

describe('what is no sheet is told, each with what to do', () => {
  const compound = (name: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(name, 'utf16le')]);
  test.each([
    ['an old Excel workbook', compound('Workbook'), 'table-old-excel'],
    ['one under a password', compound('EncryptedPackage'), 'table-password'],
    ['a Word document', compound('WordDocument'), 'table-document'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'table-pdf'],
  ])('%s', async (_, content, code) => {
    expect((await cut(content)).rows).toEqual([code]);
  });
});

test('a workbook with macros is read, and they are told; a Numbers document is refused', async () => {
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'Feuille',
        rows: [
          ['Nom', 'Ville', 'Tarif'],
          ['a', 'Lille', '2 €'],
        ],
      },
    ],
  });
  const zip = await openZip(workbook, 10_000_000);
  const files: StoredFile[] = [{ name: 'xl/vbaProject.bin', content: 'Sub AutoOpen()' }];
  for (const entry of zip.entries)
    files.push({ name: entry.name, content: Buffer.concat(await Array.fromAsync(entry.bytes())) });
  zip.close();
  const read = await cut(storedZip(files));
  expect(read.rows).toEqual([{ Nom: 'a', Ville: 'Lille', Tarif: '2 €' }]);
  expect(read.told).toEqual(['table-macros']);
  expect((await cut(storedZip([{ name: 'Index/Document.iwa', content: 'x' }]))).rows).toEqual(['table-numbers']);
});

test('the value of a formula is read; a formula that is broken is an empty cell, told', async () => {
  const cells = new Map([
    ['1,1', { value: 3, formula: 'A1+2', formulaResult: 3 }],
    ['1,2', { value: '#REF!', type: 'error' as const, formula: 'X!A1', formulaResult: '#REF!' }],
  ]);
  const rows: Rows = [
    ['Nom', 'Ville', 'Tarif'],
    ['a', null, null],
  ];
  const read = await cut(await writeXlsx({ sheets: [{ name: 'Feuille', rows, cells }] }));
  expect(read).toEqual({ rows: [{ Nom: 'a', Ville: '3' }], told: ['table-cell-error'] });
});

test('a row of which only the name is left is rejected, not taken for a note; the words of a row are no header', async () => {
  const needs: TableNeeds = { wanted: ['Nom', 'Musée'], required: [], id: ['N°'] };
  expect((await cut('N°;Nom;Ville\n;Moulin (exemple);\nAISNE;;\n', needs)).rows).toEqual([
    'table-id-missing',
    { 'N°': 'AISNE' },
  ]);
  const foreign = await cut('Code;Titre;Nature\n1;Moulin (exemple);Musée\n', needs);
  expect(foreign.rows).toEqual(['table-columns-missing']);
});

test('a zip that swells is not opened', async () => {
  const { deflateRawSync, crc32 } = await import('node:zlib');
  const inner = Buffer.alloc(40 * 1024 * 1024, 0x20);
  const packed = deflateRawSync(inner, { level: 9 });
  const name = Buffer.from('xl/workbook.xml');
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(inner), 0);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(inner.length, 8);
  const fixed = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    fixed,
    sizes,
    Buffer.from([name.length, 0, 0, 0]),
    name,
    packed,
  ]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    Buffer.from([20, 0]),
    fixed,
    sizes,
    Buffer.from([name.length, 0]),
    Buffer.alloc(16),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  const bomb = Buffer.concat([local, entry, end]);
  await expect(openZip(bomb, 1024 * 1024 * 1024)).rejects.toMatchObject({ kind: 'large' });
  expect((await cut(bomb)).rows).toEqual(['table-workbook-large']);
});
