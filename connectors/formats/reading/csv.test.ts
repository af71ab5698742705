import { describe, expect, test } from 'vitest';
import { type CsvItem, csvRows } from './csv.ts';
import { delimiterOf } from './delimiter.ts';

async function read(text: string, delimiter = ';', pieceLength = 5): Promise<CsvItem[]> {
  const pieces = async function* () {
    for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
  };
  return Array.fromAsync(csvRows(pieces(), delimiter));
}

const cells = (items: readonly CsvItem[]) =>
  items.map((item) => (item.kind === 'row' ? item.cells : [item.kind, item.line]));

describe('csvRows', () => {
  test('quoted cells, separators and line ends within them, doubled quotes', async () => {
    const items = await read('a;b\n"x;y";"dit ""le vieux"""\n\n"deux\nlignes";2\n3;4');
    expect(cells(items)).toEqual([
      ['a', 'b'],
      ['x;y', 'dit "le vieux"'],
      ['deux\nlignes', '2'],
      ['3', '4'],
    ]);
    expect(items.map(({ line }) => line)).toEqual([1, 2, 4, 6]);
  });

  test('quotes that are part of the text', async () => {
    expect(cells(await read('"Le Roi" de Rome;2\n1;lampe de 5" de haut\n'))).toEqual([
      ['"Le Roi" de Rome', '2'],
      ['1', 'lampe de 5" de haut'],
    ]);
  });

  test('a quote that never closes costs its own line, and its neighbours go on', async () => {
    expect(cells(await read('a;b\n1;"ouvert\n2;x\n3;y\n'))).toEqual([
      ['a', 'b'],
      ['broken', 2],
      ['2', 'x'],
      ['3', 'y'],
    ]);
  });

  test('a quote that seems to close at another line’s opening one costs its own line', async () => {
    expect(cells(await read('a;b\n1;"ouvert\n2;"entre guillemets"\n3;y\n'))).toEqual([
      ['a', 'b'],
      ['broken', 2],
      ['2', 'entre guillemets'],
      ['3', 'y'],
    ]);
  });

  test('gives up after a hundred broken lines, and says where', async () => {
    const items = await read(`${'1;"x\n'.repeat(150)}`, ';', 1000);
    expect(items.at(-1)).toEqual({ kind: 'given-up', line: 101, limit: 100 });
  });

  test('keeps the lines of more rows than one batch', async () => {
    const text = Array.from({ length: 1000 }, (_, index) => `${index};"v${index}"`).join('\n');
    const items = await read(text, ';', 4096);
    expect(items).toHaveLength(1000);
    expect(items[777]).toEqual({ kind: 'row', line: 778, cells: ['777', 'v777'] });
  });
});

describe('delimiterOf', () => {
  test.each([
    ['a;b;c\n1,5;2;3\n', ';'],
    ['a,b,c\n1,"x;y;z",3\n', ','],
    ['a\tb\n1, 2\t3\n', '\t'],
    ['Reference|Titre|Domaine\n1|Un ; deux ; trois|x\n', '|'],
    ['seule\nligne, sans suite\n', ';'],
    ['a;b\n1;"quote ouvert\n2;3\n', ';'],
  ])('%j', (sample, expected) => {
    expect(delimiterOf(sample)).toBe(expected);
  });
});
