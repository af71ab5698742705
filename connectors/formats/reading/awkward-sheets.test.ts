/** Workbooks that hold more than their cells say: hidden rows, merged cells, formulas without value, days from 1904, columns without end. */
import { writeOds } from 'hucre/ods';
import { type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type StoredFile, storedZip } from '../../files/stored-zip.ts';
import { cutTable, DAY_COUNT } from './rows.ts';
import { sheetRows } from './spreadsheet.ts';
import { fileOf } from './testing.ts';
import { openZip } from './zip.ts';

type Rows = NonNullable<WriteSheet['rows']>;

async function cut(content: Uint8Array) {
  const told: Finding[] = [];
  const needs = { wanted: ['Nom', 'Ville'], required: [], id: ['N°'] };
  const cuts = await Array.fromAsync(
    cutTable(fileOf(content, 'feuille', undefined, 4096), needs, (one) => told.push(one)),
  );
  const rows = cuts.map((one) => (one.kind === 'record' ? one.row : 'finding' in one ? one.finding.code : ''));
  return {
    rows,
    told: told.map(({ code, particulars: { line, position } }) => [code, line, position].filter(Boolean)),
  };
}

/** A workbook of which a part is written otherwise. */
async function changed(workbook: Uint8Array, name: string, change: (xml: string) => string): Promise<Uint8Array> {
  const zip = await openZip(workbook, 10_000_000);
  const files: StoredFile[] = [];
  for (const entry of zip.entries) {
    const content = Buffer.concat(await Array.fromAsync(entry.bytes()));
    files.push({ name: entry.name, content: entry.name === name ? change(content.toString()) : content });
  }
  zip.close();
  return storedZip(files);
}

const SHEET = 'xl/worksheets/sheet1.xml';
const ROWS: Rows = [
  ['N°', 'Nom', 'Ville'],
  ['1', 'a', 'Lille'],
  ['2', 'b', null],
  ['3', 'c', 'Arras'],
];
const merges = [{ startRow: 1, endRow: 2, startCol: 2, endCol: 2 }];

test.each([
  ['xlsx', () => writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS, merges }] })],
  ['ods', () => writeOds({ sheets: [{ name: 'Feuille', rows: ROWS, merges }] })],
])('%s: a cell that is merged downwards holds for its lines', async (_, write) => {
  expect(await cut(await write())).toEqual({
    rows: [
      { 'N°': '1', Nom: 'a', Ville: 'Lille' },
      { 'N°': '2', Nom: 'b', Ville: 'Lille' },
      { 'N°': '3', Nom: 'c', Ville: 'Arras' },
    ],
    told: [['table-merged-filled', 3]],
  });
});

test('an identifier that is merged over two lines is that of the first', async () => {
  const rows: Rows = [
    ['N°', 'Nom'],
    ['1', 'a'],
    [null, 'b'],
  ];
  const workbook = await writeXlsx({
    sheets: [{ name: 'Feuille', rows, merges: [{ startRow: 1, endRow: 2, startCol: 0, endCol: 0 }] }],
  });
  expect((await cut(workbook)).rows).toEqual([{ 'N°': '1', Nom: 'a' }, 'table-id-missing']);
});

test('hidden rows are read, and told', async () => {
  const workbook = await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS }] });
  const hidden = await changed(workbook, SHEET, (xml) => xml.replaceAll(/<row r="(3|4)"/g, '<row r="$1" hidden="1"'));
  expect(hidden.length).toBeGreaterThan(0);
  const read = await cut(hidden);
  expect(read.rows).toHaveLength(3);
  expect(read.told).toEqual([['table-rows-hidden', 3]]);
  const ods = await writeOds({ sheets: [{ name: 'Feuille', rows: ROWS }] });
  let at = 0;
  const hiding = await changed(ods, 'content.xml', (xml) =>
    xml.replaceAll('<table:table-row', (tag) => (at++ === 2 ? `${tag} table:visibility="filter"` : tag)),
  );
  expect((await cut(hiding)).told).toEqual([['table-rows-hidden', 3]]);
});

test('a formula that was never worked out is told, once a column; one that gives an empty text is not', async () => {
  const workbook = await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS.slice(0, 1) }] });
  const formulas = await changed(workbook, SHEET, (xml) =>
    xml.replace(
      '</sheetData>',
      [2, 3]
        .map(
          (line) =>
            `<row r="${line}"><c r="A${line}"><v>${line}</v></c><c r="B${line}"><f>A1&amp;"x"</f></c><c r="C${line}" t="str"><f>""</f><v></v></c></row>`,
        )
        .join('')
        .concat('</sheetData>'),
    ),
  );
  expect(await cut(formulas)).toEqual({
    rows: [{ 'N°': '2' }, { 'N°': '3' }],
    told: [['table-formula-empty', 2, 2]],
  });
});

test('the rows of a workbook that counts from 1904 say so', async () => {
  const workbook = await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS.slice(0, 2) }], dateSystem: '1904' });
  const { rows, told } = await cut(workbook);
  expect(rows).toEqual([{ 'N°': '1', Nom: 'a', Ville: 'Lille', [DAY_COUNT]: 'oui' }]);
  expect(told).toEqual([['table-days-1904']]);
});

test('cells far to the right are left out and told, soon', async () => {
  const workbook = await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS.slice(0, 1) }] });
  const lines = Array.from({ length: 1_000 }, (_, at) => at + 2);
  const wide = await changed(workbook, SHEET, (xml) =>
    xml.replace(
      '</sheetData>',
      `${lines.map((line) => `<row r="${line}"><c r="A${line}"><v>${line}</v></c><c r="XFD${line}"><v>1</v></c></row>`).join('')}</sheetData>`,
    ),
  );
  const begun = performance.now();
  const { rows, told } = await cut(wide);
  expect(performance.now() - begun).toBeLessThan(4_000);
  expect(rows).toHaveLength(1_000);
  expect(rows[0]).toEqual({ 'N°': '2' });
  expect(told).toEqual([['table-columns-too-many', 2]]);
});

test('a workbook over the limits is refused, packed or unpacked, with what to do', async () => {
  const limits = {
    packedBytes: 100_000,
    xlsxBytes: 100_000,
    textBytes: 100_000,
    odsBytes: 100_000,
    columns: 10,
    cellsBeyond: 100,
  };
  const [xlsx, ods] = [
    await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS }] }),
    await writeOds({ sheets: [{ name: 'Feuille', rows: ROWS }] }),
  ];
  const codes = async (content: Uint8Array, less: Partial<typeof limits>) => {
    const items = await Array.fromAsync(
      sheetRows(fileOf(content, 'feuille', undefined, 512), () => {}, { ...limits, ...less }),
    );
    return items.flatMap((item) => ('finding' in item ? [item.finding.code] : []));
  };
  expect(await codes(xlsx, {})).toEqual([]);
  expect(await codes(xlsx, { packedBytes: 1_000 })).toEqual(['table-workbook-large']);
  expect(await codes(xlsx, { xlsxBytes: 1_000 })).toEqual(['table-workbook-large']);
  expect(await codes(xlsx, { textBytes: 10 })).toEqual(['table-workbook-large']);
  expect(await codes(ods, { odsBytes: 100 })).toEqual(['table-workbook-large']);
  expect(await codes(xlsx, { columns: 2, cellsBeyond: 2 })).toEqual(['table-too-wide']);
});

test('an archive that holds more than it declares is broken, and never unpacked whole', async () => {
  const workbook = Buffer.from(
    await changed(await writeXlsx({ sheets: [{ name: 'Feuille', rows: ROWS }] }), SHEET, (xml) => xml),
  );
  const central = workbook.lastIndexOf(Buffer.from(SHEET)) - 46;
  workbook.writeUInt32LE(10, central + 24);
  expect((await cut(workbook)).rows).toEqual(['table-workbook-broken']);
});
