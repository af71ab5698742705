import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDate } from './dates.ts';

/** Text, EDTF, first and last year (undefined: open), confidence. */
type Row = readonly [string, string, number | undefined, number | undefined, number];

const READ: Readonly<Record<string, readonly Row[]>> = {
  days: [
    ['1985-06-12', '1985-06-12', 1985, 1985, 1],
    ['12 juin 1985', '1985-06-12', 1985, 1985, 1],
    ['le 1er août 1914', '1914-08-01', 1914, 1914, 1],
    ['12/06/1985', '1985-06-12', 1985, 1985, 1],
    ['juin 1985', '1985-06', 1985, 1985, 1],
    ['1985 juin', '1985-06', 1985, 1985, 1],
    ['06/1985', '1985-06', 1985, 1985, 1],
    ['3 févr. 1921', '1921-02-03', 1921, 1921, 1],
    ['7 8bre 1811', '1811-10-07', 1811, 1811, 1],
    ['12 Xbre 1853', '1853-12-12', 1853, 1853, 1],
    ['29 février 1904', '1904-02-29', 1904, 1904, 1],
    ['21 et 22 septembre 2024', '2024-09-21/2024-09-22', 2024, 2024, 0.9],
    ['du 28 décembre 2023 au 3 janvier 2024', '2023-12-28/2024-01-03', 2023, 2024, 0.95],
    ['12/05/1897 - 15/05/1897', '1897-05-12/1897-05-15', 1897, 1897, 0.95],
    ['mai-juin 1936', '1936-05/1936-06', 1936, 1936, 0.95],
    ['samedi 12 mai 2024 à 14 h 30', '2024-05-12', 2024, 2024, 1],
    ['avant le 12 mai 1897', '../1897-05-12', undefined, 1897, 0.8],
    ['1985-06', '1985-06', 1985, 1985, 1],
    ['été 1936', '1936-22', 1936, 1936, 1],
    ['2024-01-26/2024-01-28', '2024-01-26/2024-01-28', 2024, 2024, 0.95],
  ],
  years: [
    ['1853', '1853', 1853, 1853, 1],
    [' 1853 ', '1853', 1853, 1853, 1],
    ['en 1912', '1912', 1912, 1912, 1],
    ['fabriqué en 1926', '1926', 1926, 1926, 1],
    ['1897, daté et signé', '1897', 1897, 1897, 1],
    ["l'an 1853", '1853', 1853, 1853, 1],
    ['an 2000', '2000', 2000, 2000, 1],
    ['« 1897 »', '1897', 1897, 1897, 1],
    ['(1897)', '1897', 1897, 1897, 1],
    ['18[97]', '1897', 1897, 1897, 0.9],
    ['MDCCCLIII', '1853', 1853, 1853, 0.95],
    ['fin 1918', '1918', 1918, 1918, 0.8],
    ['1912 (daté)', '1912', 1912, 1912, 1],
    ['850', '0850', 850, 850, 0.3],
    ['100 ap. J.-C.', '0100', 100, 100, 1],
    ['18XX', '18XX', 1800, 1899, 1],
    ['185?', '185X', 1850, 1859, 1],
    ['18??', '18XX', 1800, 1899, 1],
    ['18..', '18XX', 1800, 1899, 1],
    ['189-', '189X', 1890, 1899, 1],
  ],
  'before Christ': [
    ['50 av. J.-C.', '-0049', -49, -49, 1],
    ['-50', '-0049', -49, -49, 1],
    ['-0049', '-0049', -49, -49, 1],
    ['200 av. J.-C. - 50 av. J.-C.', '-0199/-0049', -199, -49, 0.95],
    ['1er siècle av. J.-C.', '-0099/0000', -99, 0, 0.9],
    ['IIe siècle avant J.-C.', '-0199/-0100', -199, -100, 0.9],
    ['52 avant notre ère', '-0051', -51, -51, 1],
    ['100 v. Chr.', '-0099', -99, -99, 1],
    ['entre 500 et 300 av. J.-C.', '-0499/-0299', -499, -299, 0.95],
    ['IIIe-Ier siècle av. J.-C.', '-0299/0000', -299, 0, 0.9],
    ['5e millénaire av JC', '-4999/-4000', -4999, -4000, 0.9],
  ],
  'Republican calendar': [
    ['an VII', '1798-09-22/1799-09-22', 1798, 1799, 1],
    ["l'an 7 de la République", '1798-09-22/1799-09-22', 1798, 1799, 1],
    ['an XIV', '1805-09-23/1805-12-31', 1805, 1805, 1],
    ['germinal an II', '1794-03-21/1794-04-19', 1794, 1794, 1],
    ['18 brumaire an VIII', '1799-11-09', 1799, 1799, 1],
    ['10 nivôse an XIV', '1805-12-31', 1805, 1805, 1],
    ['6e jour complémentaire an VII', '1799-09-22', 1799, 1799, 1],
    ['ans II-III', '1793-09-22/1795-09-22', 1793, 1795, 0.95],
    ['du 1er au 10 germinal an II', '1794-03-21/1794-03-30', 1794, 1794, 0.95],
  ],
  'about a year': [
    ['vers 1853', '1853~', 1848, 1858, 0.7],
    ['1853 vers', '1853~', 1848, 1858, 0.7],
    ['ca 1900', '1900~', 1895, 1905, 0.7],
    ['c. 1900', '1900~', 1895, 1905, 0.7],
    ['± 1900', '1900~', 1895, 1905, 0.7],
    ['rond 1900', '1900~', 1895, 1905, 0.7],
    ['1914 - vers 1920', '1914/1920~', 1914, 1920, 0.7],
    ['1853~', '1853~', 1848, 1858, 0.7],
    ['vers 1920-1930', '1920~/1930~', 1920, 1930, 0.66],
  ],
  doubt: [
    ['1853 ?', '1853?', 1853, 1853, 0.6],
    ['peut-être 1853', '1853?', 1853, 1853, 0.6],
    ['[ca 1853?]', '1853%', 1848, 1858, 0.42],
    ['vers 1853 (?)', '1853%', 1848, 1858, 0.42],
    ['[1853]', '1853', 1853, 1853, 0.9],
    ['avant 1914 (?)', '../1914?', undefined, 1914, 0.48],
  ],
  intervals: [
    ['1865 entre,1908 et', '1865/1908', 1865, 1908, 0.95],
    ['1865 entre 1908 et', '1865/1908', 1865, 1908, 0.95],
    ['1865 entre ; 1908 et', '1865/1908', 1865, 1908, 0.95],
    ['entre 1865 et 1908', '1865/1908', 1865, 1908, 0.95],
    ['de 1850 à 1870', '1850/1870', 1850, 1870, 0.95],
    ['1920-1930', '1920/1930', 1920, 1930, 0.95],
    ['1920 – 1930', '1920/1930', 1920, 1930, 0.95],
    ['1914-18', '1914/1918', 1914, 1918, 0.95],
    ['1904-05', '1904/1905', 1904, 1905, 0.3],
    ['1912 ou 1913', '1912/1913', 1912, 1913, 0.95],
    ['entre le 19e siècle et 1920', '1801/1920', 1801, 1920, 0.9],
  ],
  'open ends': [
    ['avant 1900', '../1900', undefined, 1900, 0.8],
    ['1900 avant', '../1900', undefined, 1900, 0.8],
    ['1914,avant', '../1914', undefined, 1914, 0.8],
    ['voor 1914', '../1914', undefined, 1914, 0.8],
    ['antérieur à 1914', '../1914', undefined, 1914, 0.8],
    ['1865 après ; 1908 avant', '1865/1908', 1865, 1908, 0.72],
    ['de 1950 à nos jours', '1950/..', 1950, undefined, 0.8],
    ['avant le 19e siècle', '../1800', undefined, 1800, 0.3],
    ['av. 1900', '../1900', undefined, 1900, 0.8],
    ['après 1945', '1945/..', 1945, undefined, 0.8],
    ['à partir de 1950', '1950/..', 1950, undefined, 0.8],
    ['1945/..', '1945/..', 1945, undefined, 0.8],
  ],
  centuries: [
    ['19e siècle', '1801/1900', 1801, 1900, 0.9],
    ['XIXe siècle', '1801/1900', 1801, 1900, 0.9],
    ['XIXème s.', '1801/1900', 1801, 1900, 0.9],
    ['XIXᵉ siècle', '1801/1900', 1801, 1900, 0.9],
    ['XIX° siècle', '1801/1900', 1801, 1900, 0.9],
    ['dix-neuvième siècle', '1801/1900', 1801, 1900, 0.9],
    ['19de eeuw', '1801/1900', 1801, 1900, 0.9],
    ['late 19th century', '1867~/1900', 1867, 1900, 0.7],
    ['XXe', '1901/2000', 1901, 2000, 0.7],
    ['1er quart 20e', '1901/1925', 1901, 1925, 0.9],
    ['2e et 3e quart du 19e siècle', '1826/1875', 1826, 1875, 0.81],
    ['limite 19e-20e', '1891~/1910~', 1891, 1910, 0.7],
    ['12e ; 18e (fin)', '1101/1800', 1101, 1800, 0.63],
    ['courant 19e siècle', '1801/1900', 1801, 1900, 0.9],
    ['1er quart 20e siècle', '1901/1925', 1901, 1925, 0.9],
    ['dernier quart du XVIIIe siècle', '1776/1800', 1776, 1800, 0.9],
    ['1er tiers 19e siècle', '1801/1833', 1801, 1833, 0.9],
    ['2e moitié 19e siècle', '1851/1900', 1851, 1900, 0.9],
    ['seconde moitié du 19ème siècle', '1851/1900', 1851, 1900, 0.9],
    ['19e siècle (2e moitié)', '1851/1900', 1851, 1900, 0.9],
    ['début 20e siècle', '1901/1933~', 1901, 1933, 0.7],
    ['milieu XVIIIe siècle', '1734~/1766~', 1734, 1766, 0.7],
    ['fin du 19e siècle', '1867~/1900', 1867, 1900, 0.7],
    ['19e-20e siècles', '1801/2000', 1801, 2000, 0.9],
    ['fin XIXe - début XXe siècle', '1867~/1933~', 1867, 1933, 0.7],
    ['limite 19e siècle 20e siècle', '1891~/1910~', 1891, 1910, 0.7],
  ],
  decades: [
    ['années 1930', '193X', 1930, 1939, 0.95],
    ['années 30', '193X', 1930, 1939, 0.6],
    ['les années soixante', '196X', 1960, 1969, 0.6],
    ['early 1930s', '1930/1932~', 1930, 1932, 0.7],
    ['1re moitié des années 1930', '1930/1934', 1930, 1934, 0.95],
    ['années 1930-1940', '1930/1949', 1930, 1949, 0.95],
    ['années 1920 et 1930', '1920/1939', 1920, 1939, 0.95],
    ['début des années 1950', '1950/1952~', 1950, 1952, 0.7],
    ['fin des années 1960', '1966~/1969', 1966, 1969, 0.7],
  ],
  lists: [
    ['19e siècle ; 20e siècle', '1801/2000', 1801, 2000, 0.81],
    ['19e siècle, 4e quart ; 20e siècle, 1er quart', '1876/1925', 1876, 1925, 0.81],
    ['1907, 1912 ; 1915', '1907/1915', 1907, 1915, 0.81],
    ['4e quart 19e siècle (1897)', '1897', 1897, 1897, 1],
    ['an VII (1798-1799)', '1798-09-22/1799-09-22', 1798, 1799, 1],
    ['2e quart 19e siècle, 3e quart 19e siècle', '1826/1875', 1826, 1875, 0.81],
    ['20e siècle ; 1912', '1912', 1912, 1912, 1],
    ['1907 ; 1912 ; 1915', '1907/1915', 1907, 1915, 0.9],
  ],
  epochs: [
    ['Second Empire', '1852/1870', 1852, 1870, 0.8],
    ['IIIe République', '1870/1940', 1870, 1940, 0.8],
    ['Première Guerre mondiale', '1914/1918', 1914, 1918, 0.8],
    ['IVe République', '1946/1958', 1946, 1958, 0.8],
    ['époque Louis XV', '1715/1774', 1715, 1774, 0.8],
    ['Louis XIII (règne)', '1610/1643', 1610, 1643, 0.8],
    ['guerre de 14-18', '1914/1918', 1914, 1918, 0.8],
    ['avant la Révolution', '../1789', undefined, 1789, 0.64],
  ],
};

describe.each(Object.entries(READ))('%s', (_, rows) => {
  test.each(rows)('%s is %s', (text, edtf, from, to, confidence) => {
    const expected = { text: text.trim(), edtf, confidence };
    expect(readDate(text)).toEqual({
      ...expected,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
  });
});

describe('what is not understood whole stays text', () => {
  test.each([
    's.d.',
    '0000',
    'sans date',
    'Louis XV',
    'style Louis XV',
    'Louis XV (chaise)',
    'XX',
    'gallo-romain',
    'époque contemporaine',
    'Moyen Âge',
    'après-guerre',
    'début du siècle',
    'inconnue',
    'an XV',
    'an 7000',
    '11 nivôse an XIV',
    '6e jour complémentaire an VI',
    '1973.2.1',
    '2008-12-345',
    'inv. 1957',
    '1853 mm',
    'H 1950 mm',
    'loi de 1901',
    '12 mai',
    '12/05/97',
    '1897 (1912)',
    'acquis en 1957',
    '29 février 1900',
    '1912 (acquisition)',
    '19e siècle, ébauche',
    '1930-1920',
    '12',
    '9999',
    '31 février 1900',
    '2024-13',
    '6e quart 19e siècle',
    '35e millénaire av JC',
    '0 av. J.-C.',
    'constructor',
    'constructor 1900',
    '__proto__',
  ])('%s', (text) => {
    expect(readDate(text)).toEqual({ text });
  });

  test('a text longer than any date', () => {
    const text = '1853 ; '.repeat(1000).trim();
    expect(readDate(text)).toEqual({ text });
  });
});

const PART = String.raw`(?:-?\d{4}(?:-\d\d(?:-\d\d)?)?|\d{3}X|\d{2}XX)[~?%]?`;
const EDTF = new RegExp(`^(?:${PART}|(?:${PART}|\\.\\.)/(?:${PART}|\\.\\.))$`);

test('any text is read without an error, in order and within bounds, and again the same', () => {
  const words = fc.constantFrom(
    '1853',
    'vers',
    '19e',
    'siècle',
    'entre',
    'et',
    '-',
    ';',
    ',',
    'av. J.-C.',
    '?',
    'fin',
    'années',
    '1930',
    '(',
    ')',
    'an VII',
    'brumaire',
    '12',
    'mai',
    'avant',
    'après',
    '2e quart',
    '[',
    ']',
    '~',
    '/',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const when = readDate(text);
      expect(when.text).toBe(text.trim());
      if (when.from !== undefined && when.to !== undefined) expect(when.from).toBeLessThanOrEqual(when.to);
      if (when.edtf !== undefined) {
        expect(when.confidence).toBeGreaterThan(0);
        expect(when.edtf).toMatch(EDTF);
      }
      expect(readDate(text)).toEqual(when);
    }),
    { numRuns: 2000 },
  );
});
