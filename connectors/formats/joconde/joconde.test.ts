import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { jocondeCsv } from './csv.ts';
import { jocondeText } from './text.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const text = (name: string) => fileOf(fixture(name), name);
const read = (content: string) => recordsOf(jocondeText as never, fileOf(content, 'essai.txt'));

describe('joconde-text', () => {
  test('a whole notice', async () => {
    const { records } = await recordsOf(jocondeText as never, text('joconde.txt'));
    expect(records.get('T0000000001')).toEqual({
      kind: 'HeritageObject',
      visibility: 'public',
      identifiers: [{ scheme: 'joconde', value: 'T0000000001' }],
      fields: {
        name: 'Navette de métier à bras Dite « du grand-père »',
        description: 'Navette à roulettes, usée. Un œil manque.\nTrouvée dans un grenier.',
        page: 'http://www.example.org/notice/1',
        objectKind: 'object',
        objectTypes: ['navette', 'bobine'],
        domains: ['ethnologie', 'textile'],
        inventoryNumber: 'A1973.2.1 ; RF 2051, recto',
        date: expect.objectContaining({ text: '1853 vers', from: 1848, to: 1858 }),
        dimensions: 'Longueur en cm 31 ; Largeur en cm 4',
        inscriptions: 'marque\nsur le côté : A.D.N.',
        use: 'tissage ; tisserand',
        legalStatus: 'propriété de la commune ; don ; manquant',
        credit: '© musée de démonstration,',
      },
      relations: {
        heldBy: [{ identifier: { scheme: 'museofile', value: 'M0017' } }],
        madeIn: [
          { text: 'France, Nord, Roubaix (lieu de création)' },
          { text: "Belgique, Tournai (lieu d'utilisation)" },
        ],
        trades: ['tissage', 'tisserand', 'ornement', 'M0017'].map((word) => ({ text: word, how: 'inferred' })),
        techniques: [{ text: 'bois' }, { text: 'métal' }, { text: 'fer forgé' }],
        periods: [{ text: '3e quart 19e siècle' }],
        subjects: [{ text: 'ornement' }, { text: 'M0017' }],
        creators: [{ text: 'ATELIER DU NORD', facts: { role: 'fabricant, attribué à' } }],
        media: [
          {
            media: {
              name: expect.stringContaining('Navette'),
              url: 'https://example.org/images/1.jpg',
              mediaType: 'image',
            },
          },
        ],
      },
    });
  });

  test('what is wrong in a notice is told with its line, and its neighbours go on', async () => {
    const { records, rejected, notes, told } = await recordsOf(jocondeText as never, text('joconde.txt'));
    expect([...records.keys()]).toEqual(['T0000000001', 'T0000000002', 'T0000000004']);
    expect(records.get('T0000000002')?.fields['name']).toBe('lampe (2)');
    expect(codes(rejected)).toEqual(['joconde-ref-missing', 'format-no-name']);
    expect(rejected[0]?.particulars).toEqual({ file: 'joconde.txt', line: 59 });
    expect(notes).toEqual([]);
    expect(told).toEqual([
      { code: 'joconde-tag-unknown', particulars: { file: 'joconde.txt', line: 71, tag: 'ATELIERS' } },
      { code: 'joconde-end-missing', particulars: { file: 'joconde.txt', id: 'T0000000004' } },
    ]);
  });

  test('a tag of the partner’s own, once the source names it', async () => {
    const { cuts, told } = await cutAll(jocondeText as never, text('joconde.txt'), { tags: ['ATELIERS'] });
    expect(codes(told)).toEqual(['joconde-end-missing']);
    expect(cuts.at(-1)).toMatchObject({ row: { ATELIERS: 'texte derrière une étiquette inconnue' } });
  });

  test('ISO-8859-1', async () => {
    const { records, told } = await recordsOf(jocondeText as never, text('joconde-latin1.txt'));
    expect(records.get('T0000000010')?.fields).toMatchObject({
      name: 'métier à tisser',
      description: "Métier à l'échelle réduite : démonstration",
      date: { from: 1901, to: 1925 },
    });
    expect(codes(told)).toEqual(['file-encoding-guessed']);
  });

  test('a value that looks like a tag is a value; one that goes on after ` -` is never a tag', async () => {
    const { records } = await read('REF\nA1\nDENO\nbobine -\nREF\nINV\nM0017\n//\n');
    expect(records.get('A1')?.fields).toMatchObject({ name: 'bobine REF (M0017)', inventoryNumber: 'M0017' });
  });

  test('the raw bytes of every notice give its row again', async () => {
    const { cuts } = await cutAll(jocondeText as never, text('joconde.txt'));
    const rows = cuts.filter((cut) => cut.kind === 'record');
    expect(rows).toHaveLength(4);
    for (const cut of rows) expect(jocondeText.row?.(cut.raw, undefined)).toEqual(cut.row);
  });

  test('a code that is no museum’s is told, not taken', async () => {
    const { records, notes } = await read('REF\nA1\nDENO\nbobine\nMUSEO\nMusée\n//\n');
    expect(records.get('A1')?.relations).toEqual({});
    expect(notes).toMatchObject([{ code: 'format-value-unread', particulars: { where: 'MUSEO' } }]);
  });

  test('a file of another kind is refused; text before the first tag is told', async () => {
    const { cuts } = await cutAll(jocondeText as never, fileOf('Reference|Titre\n1|x\n', 'a.txt'));
    expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'joconde-not-tagged' } }]);
    const cut = await read('suite coupée\nREF\nA1\nDENO\nx\n//\nREF\nA2\nDENO\ny\n//\n');
    expect([...cut.records.keys()]).toEqual(['A2']);
    expect(codes(cut.rejected)).toEqual(['joconde-stray-text']);
  });

  test('a notice beyond all measure is set aside, and those after it are read', async () => {
    const endless = `${'texte long '.repeat(10)}\n`.repeat(25_000);
    const { records, rejected } = await recordsOf(
      jocondeText as never,
      fileOf(`REF\nA1\nDESC\n${endless}//\nREF\nA2\nDENO\nx\n//\n`, 'grand.txt', undefined, 65_536),
    );
    expect([...records.keys()]).toEqual(['A2']);
    expect(codes(rejected)).toEqual(['joconde-record-too-long']);
  });
});

describe('joconde-csv', () => {
  test('columns, quotes, extra columns, and rows that are wrong', async () => {
    const { records, rejected } = await recordsOf(jocondeCsv, text('joconde.csv'));
    expect([...records.keys()]).toEqual(['T1', 'T2', 'T4']);
    expect(records.get('T4')?.fields).toMatchObject({ name: '"Le Roi" de Rome' });
    expect(rejected).toMatchObject([{ code: 'table-row-ragged', particulars: { line: 4 } }]);
  });

  test('the same notice as from tagged text', async () => {
    const { cuts } = await cutAll(jocondeCsv, text('joconde.csv'));
    const [first] = cuts;
    if (first?.kind !== 'record') throw new Error('no record');
    expect(first).toMatchObject({ id: 'T1', modified: '2024-03-01', row: { EN_LIGNE: 'oui' } });
    const mapped = jocondeCsv.map(first.row, {
      id: 'T1',
      source: { name: '', title: '', licence: '' },
      options: undefined,
    });
    expect(mapped).toMatchObject({
      record: {
        fields: {
          name: 'Le tisserand',
          objectKind: 'document',
          description: 'Texte | avec séparateur, et "guillemets"',
          date: { from: 1851, to: 1900 },
        },
        relations: {
          heldBy: [{ identifier: { scheme: 'museofile', value: 'M0017' } }],
          techniques: [{ text: 'papier' }, { text: 'lithographie' }],
          trades: [
            { text: 'tisserand', how: 'inferred' },
            { text: 'métier à tisser', how: 'inferred' },
          ],
        },
      },
    });
    expect(mapped).not.toHaveProperty('record.relations.creators');
  });
});

test('of the published table, a column that is none of it is told; a title too long for a name stands whole in the description', async () => {
  const title = 'Le tisserand '.repeat(60).trim();
  const content = `Reference|Titre|Atelier_inconnu\nT1|${title}|x\n`;
  const { records, notes } = await recordsOf(jocondeCsv, fileOf(content));
  expect(notes).toEqual([
    { code: 'pop-code-unknown', particulars: { id: 'T1', base: 'joconde', codes: 'Atelier_inconnu' } },
  ]);
  expect(records.get('T1')?.fields['description']).toBe(title);
});
