import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Reading } from './file.ts';
import { cutTable } from './rows.ts';
import { fileOf } from './testing.ts';

const ROWS = [
  ['Code', 'Nom', 'Date', 'Quand', 'Nombre', 'Oui', ''],
  [null, null, null, null, null, null, null],
  ['a', 'Été', new Date(Date.UTC(2024, 0, 26)), new Date(Date.UTC(2024, 5, 7, 9, 30)), 0.1, true, 'sans nom'],
  ['b', 'Hiver', null, null, 40847786700035, false, null],
];
const NEEDS = { wanted: ['nom'], required: [], id: ['Code'] };

const WRITERS = {
  xlsx: () =>
    writeXlsx({
      sheets: [
        { name: 'Feuille', rows: ROWS },
        { name: 'Autre', rows: [['Code'], ['z']] },
      ],
    }),
  ods: () =>
    writeOds({
      sheets: [
        { name: 'Feuille', rows: ROWS },
        { name: 'Autre', rows: [['Code'], ['z']] },
      ],
    }),
};

async function cut(content: Uint8Array, reading?: Reading, name = 'classeur') {
  const told: string[] = [];
  const cuts = await Array.fromAsync(
    cutTable(fileOf(content, name, reading, 4096), NEEDS, (found) => told.push(found.code)),
  );
  return { cuts, told };
}

describe.each(Object.entries(WRITERS))('%s', (kind, write) => {
  test('dates become ISO days, numbers keep their text, the line is the sheet’s', async () => {
    const { cuts, told } = await cut(await write());
    expect(cuts).toMatchObject([
      {
        kind: 'record',
        id: 'a',
        line: 3,
        row: {
          Code: 'a',
          nom: 'Été',
          Date: '2024-01-26',
          Quand: '2024-06-07T09:30',
          Nombre: '0.1',
          Oui: 'true',
          'colonne 7': 'sans nom',
        },
      },
      { kind: 'record', id: 'b', line: 4, row: { Code: 'b', nom: 'Hiver', Nombre: '40847786700035', Oui: 'false' } },
    ]);
    expect(told).toEqual(['table-sheets-unread', 'table-header-empty']);
  });

  test('a sheet by its name or its position', async () => {
    expect((await cut(await write(), { sheet: 'Autre' })).cuts).toMatchObject([{ id: 'z' }]);
    expect((await cut(await write(), { sheet: 2 })).cuts).toMatchObject([{ id: 'z' }]);
    expect((await cut(await write(), { sheet: 'Rien' })).cuts).toMatchObject([
      { wholeFile: true, finding: { code: 'table-sheet-missing', particulars: { sheets: 'Feuille, Autre' } } },
    ]);
  });

  test(`a ${kind} that breaks off is refused in words`, async () => {
    const whole = await write();
    expect((await cut(whole.subarray(0, whole.length - 200))).cuts).toMatchObject([
      { wholeFile: true, finding: { code: 'table-workbook-broken' } },
    ]);
  });
});
