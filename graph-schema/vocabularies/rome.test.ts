import { expect, test } from 'vitest';
import { carryOver, romeEntries } from './rome.ts';
import { tableRows, tableText } from './tables.ts';

const trades = tableRows(tableText('trades'));
const concepts = tableRows(tableText('concepts'));
const old = concepts
  .filter((row) => row['rome'] !== '')
  .map((row) => ({ code_rome: row['rome'] ?? '', libelle_rome: row['label'] ?? '' }));
const filler = Array.from({ length: 400 }, (_, n) => ({ code_rome: `Z${1000 + n}`, libelle_rome: `Exemple ${n}` }));

test('a table with the same entries carries every match over as it was', () => {
  const read = romeEntries([...old, ...filler]);
  if ('wrong' in read) throw new Error(read.wrong);
  const { matches, gone } = carryOver(trades, concepts, read.entries);
  expect(gone).toEqual([]);
  const kinds = (values: readonly (string | undefined)[]) => [...values].sort();
  expect(kinds(matches.map(({ match }) => match))).toEqual(
    kinds(trades.filter((row) => row['rome-v347'] !== '').map((row) => row['rome-match'])),
  );
});

test('an entry that is gone is not carried over, and one of another label is at most close', () => {
  const [first, second, ...rest] = old;
  const read = romeEntries([{ ...first!, libelle_rome: 'Tout autre chose' }, ...rest, ...filler]);
  if ('wrong' in read) throw new Error(read.wrong);
  const { matches, gone } = carryOver(trades, concepts, read.entries);
  expect(new Set(gone.map(({ code }) => code))).toEqual(new Set([second!.code_rome]));
  expect(matches.filter(({ code }) => code === first!.code_rome).map(({ match }) => match)).not.toContain('exact');
  expect(matches.some(({ code }) => code === second!.code_rome)).toBe(false);
});

test.each([
  ['another table', [{ nom: 'x' }], 'code_rome'],
  ['a part of it', old.slice(0, 5), 'codes seulement'],
  ['an empty one', [], 'code_rome'],
])('%s is refused in words', (_, rows, said) => {
  const read = romeEntries(rows);
  expect('wrong' in read && read.wrong).toContain(said);
});
