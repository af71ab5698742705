import { expect, test } from 'vitest';
import { createDateReader } from './dates.ts';

const read = createDateReader();

test.each([
  ['1853', '1853', '1853', '1853', 'year'],
  ['vers 1853', '1853~', '1853', '1853', 'circa'],
  ['XXe', '1901/2000', '1901', '2000', 'century'],
  ['fin XIXe - début XXe', '1867~/1933~', '1867', '1933', 'interval'],
  ['limite 19e-20e', '1891~/1910~', '1891', '1910', 'turn'],
  ['1er quart 20e siècle', '1901/1925', '1901', '1925', 'quarter'],
  ['mai 1904', '1904-05', '1904-05-01', '1904-05-31', 'month'],
  ['février 1904', '1904-02', '1904-02-01', '1904-02-29', 'month'],
  ['été 1953', '1953-22', '1953', '1953', 'season'],
  ['189-', '189X', '1890', '1899', 'open-digits'],
  ['an VII', '1798-09-22/1799-09-22', '1798-09-22', '1799-09-22', 'republican'],
  ['1 av. J.-C.', '0000', '0000', '0000', 'year'],
  ['1er siècle av. J.-C.', '-0099/0000', '-0099', '0000', 'century'],
  ['règne de Louis XV', '1715/1774', '1715', '1774', 'reign'],
])('%s is %s: from %s to %s, by %s', (text, edtf, from, to, rule) => {
  expect(read(text)).toEqual([expect.objectContaining({ text, edtf, from, to, rule })]);
});

test('an open end has no bound', () => {
  expect(read('1914,avant')).toEqual([
    { text: '1914,avant', label: '../1914', edtf: '../1914', to: '1914', confidence: 0.8, rule: 'before' },
  ]);
  expect(read('depuis mai 2024')[0]).toEqual(expect.objectContaining({ from: '2024-05-01', rule: 'after' }));
  expect(read('depuis mai 2024')[0]).not.toHaveProperty('to');
});

test.each(['Louis XV', 'XX', '203', '1904-05', '2077', '-1900'])('%s may be another thing: hardly sure', (text) => {
  expect(read(text)[0]?.confidence).toBeLessThan(0.4);
});

test.each(['', ' ', 's.d.', 'Moyen Âge', '31 février 1900', '1908-1865', 'style Empire'])('%j is no date', (text) => {
  expect(read(text)).toEqual([]);
});

test('hostile texts take no time', () => {
  const long = 100_000;
  const texts = ['1', 'i', ' ', '(', 'date ', '1853-', '19e siecle ; ', 'fin ', 'an II ', 'avant ', 'ﷺ'].flatMap(
    (piece) => [
      piece.repeat(long / piece.length),
      piece.repeat(200 / piece.length),
      `1853 ${piece.repeat(190 / piece.length)}`,
    ],
  );
  const begin = performance.now();
  for (const text of texts) read(text);
  expect(performance.now() - begin).toBeLessThan(50 * texts.length);
});
