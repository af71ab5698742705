import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { createPlaceReader } from './places.ts';
import { isOneLetterOff, soundOf } from './places-likeness.ts';
import { piecesOf } from './places-pieces.ts';
import { readThresholds, thresholdsText } from './thresholds.ts';

const read = createPlaceReader();
const { linked, proposed } = readThresholds(thresholdsText()).places;
const codes = (text: string, from: number, below = Number.POSITIVE_INFINITY): string =>
  read(text)
    .filter(({ confidence }) => confidence >= from && confidence < below)
    .map(({ identifier }) => identifier?.value)
    .join(' ');

describe('linked', () => {
  test.each([
    ['Roubaix, rue du Curoir', '59512'],
    ['rue du Curoir, Roubaix (59)', '59512'],
    ['12 rue de Lille 59100 Roubaix', '59512'],
    ['Roubaix ; Tourcoing', '59512 59599'],
    ['Lille, Roubaix', '59350 59512'],
    ['Lille, Roubaix (Nord)', '59350 59512'],
    ['Hautmont / Maubeuge', '59291 59392'],
    ['France ; Nord ; Roubaix', '59512'],
    ['Lomme (Lille)', '59355'],
    ['Comines (B)', 'comines-belgique'],
    ['Comines (Nord)', '59152'],
    ['Comines (Belgique) ; Denain', 'comines-belgique 59172'],
    ['Mouscron (Belgique) ; Comines (Nord)', '57096 59152'],
    ['Cateau-Cambrésis (Le)', '59136'],
    ['ST AMAND LES EAUX', '59526'],
    ['St-Amand (59)', '59526'],
    ['Loos-lez-Lille', '59360'],
    ['59021 Lille Cedex', '59350'],
    ['Courtrai', '34022'],
    ['Kortrijk (België)', '34022'],
    ['Annappes', '59009'],
    ['Roubaix (?)', '59512'],
    ['Roubais', '59512'],
    ['Roubaxi (Nord)', '59512'],
    ['Familistère de Guise', '02361'],
    ['Limoges', '87085'],
    ['Paris 12e', '75056'],
    ['75012 Paris', '75056'],
    ['Nantes (Loire-Inférieure)', '44109'],
    ['Y (Somme)', '80829'],
    ['Croix ; Wasquehal', '59646 59163'],
    ['Templeuve (Belgique)', '57081'],
    ['Filain (Aisne)', '02311'],
    ['Nord ; Pas-de-Calais', '59 62'],
    ['Picardie, Somme', '80'],
    ['Suisse', 'CH'],
    ['Béthune, Lens', '62119 62498'],
    ['59 - Roubaix', '59512'],
    ['ROUBAIX-59', '59512'],
    ['Lille (Nord) et Roubaix (Nord)', '59350 59512'],
    ['fabriqué à Caudry', '59139'],
    ['« Amiens »', '80021'],
    ['Arc-et-Senans', '25021'],
    ['Petit Quevilly', '76498'],
    ['Lille (fabrication), Paris (vente)', '59350 75056'],
    ['Pays-Bas', 'NL'],
  ])('%s is %s', (text, expected) => {
    expect(codes(text, linked)).toBe(expected);
  });
});

describe('proposed, and not linked', () => {
  test.each([
    ['Brie', '02122 80141'],
    ['COMINES', '59152 comines-belgique'],
    ['Croix', '59163'],
    ['Eu', '76255'],
    ['Le Tourneur', '14704'],
    ['Lens', '62498 53046'],
    ['Templeuve', '59586'],
    ['Loos, Delexemple', '59360'],
    ['Y', '80829'],
    ['Lens (Pierre)', '62498 53046'],
    ['Roubaxi', '59512'],
    ['Lille (Somme)', '59350 80'],
    ['Cambrai (toile)', '59122'],
    ['Marne', '51'],
  ])('%s may be %s', (text, expected) => {
    expect(codes(text, linked)).toBe('');
    expect(codes(text, proposed).split(' ').sort()).toEqual(expected.split(' ').sort());
  });
});

test.each([
  '',
  '?',
  's.l.',
  'Picardie',
  'Flandre',
  'rue d’Arras',
  'au nord de Lille',
  'dentelle de Bailleul',
  '62',
  '1853',
  '59100 Lille',
  '__proto__',
])('%s is nothing', (text) => {
  expect(read(text)).toEqual([]);
});

test('every place of the tables is found by its name and what it lies in', () => {
  const all = tableRows(tableText('places'));
  const byId = new Map(all.map((row) => [row['id'], row]));
  const containers = ['insee', 'insee-dep', 'insee-reg', 'iso-3166', 'nis'];
  const lost = all.flatMap((row) => {
    const scheme = containers.find((one) => row[`within-${one}`]);
    const within = scheme && byId.get(`${scheme}:${row[`within-${scheme}`]}`)?.['name'];
    const text = within ? `${row['name']} (${within})` : (row['name'] ?? '');
    const found = read(text).filter(({ confidence }) => confidence >= linked);
    const right = found.length === 1 && `${found[0]?.identifier?.scheme}:${found[0]?.identifier?.value}` === row['id'];
    return right ? [] : [text];
  });
  // A town of the department's name, the city of Paris, and islands that share a name with towns.
  expect(lost).toEqual([
    'Mayenne (Pays de la Loire)',
    'Paris (Île-de-France)',
    'Saint-Barthélemy (France)',
    'Saint-Martin (France)',
  ]);
});

test('every commune elsewhere is found by its name and department number', () => {
  const communes = tableRows(tableText('places-elsewhere')).filter(({ within }) => within === '');
  const lost = communes.filter(({ name, insee = '' }) => {
    const department = insee.slice(0, /^9[78]/.test(insee) ? 3 : 2);
    return codes(`${name} (${department})`, linked) !== insee;
  });
  expect(lost.length).toBeLessThan(communes.length / 200);
});

test('a candidate says what part of the text said it, and which rule', () => {
  expect(read('Roubaix (Nord) ; Tourcoing')).toEqual([
    {
      identifier: { scheme: 'insee', value: '59512' },
      label: 'Roubaix',
      confidence: 1,
      rule: 'qualified name',
      text: 'Roubaix',
    },
    {
      identifier: { scheme: 'insee', value: '59599' },
      label: 'Tourcoing',
      confidence: 0.9,
      rule: 'name',
      text: 'Tourcoing',
    },
  ]);
});

test('pieces and segments', () => {
  expect(piecesOf('Bassée (La) ; Comines (Nord, France)').map(({ raw, segment }) => `${segment} ${raw}`)).toEqual([
    '0 La Bassée',
    '1 Comines',
    '1 Nord',
    '1 France',
  ]);
  expect(piecesOf('a,'.repeat(100))).toEqual([]);
});

test('one letter off is one more, one less, another one, or two that changed places', () => {
  for (const other of ['roubai', 'roubaixx', 'roubaax', 'roubaxi', 'oubaix', 'orubaix'])
    expect([other, isOneLetterOff(other, 'roubaix')]).toEqual([other, true]);
  for (const other of ['roubaix', 'rouba', 'ruobaxi', 'tourcoing', ''])
    expect([other, isOneLetterOff(other, 'roubaix')]).toEqual([other, false]);
  expect(soundOf('caudri')).toBe(soundOf('caudry'));
  expect(soundOf('dunkerke')).toBe(soundOf('dunkerque'));
  expect(soundOf('lille')).not.toBe(soundOf('lillers'));
});

test('any text is answered, again the same, surest first, within bounds', () => {
  const words = fc.constantFrom(
    'Roubaix',
    'Nord',
    '59100',
    ',',
    ' (',
    ')',
    ';',
    'France',
    'lieu',
    '/',
    "l'",
    'rue de',
    ' - ',
    'Cedex',
    'St',
    'Lomme',
    '?',
    'Comines',
    'Belgique',
    '-',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const found = read(text);
      expect(read(text)).toEqual(found);
      expect(found.map(({ confidence }) => confidence)).toEqual(
        found.map(({ confidence }) => confidence).sort((a, b) => b - a),
      );
      for (const { confidence } of found) expect(confidence > 0 && confidence <= 1).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['(', 'a'],
  ['Lille ', ', '],
  ['a-', 'b '],
  ['saint ', 'les '],
  ['1 rue ', 'de '],
  ["d'", 'a'],
  ['é', 'œ'],
])('a hostile text of %j and %j takes no time', (one, other) => {
  for (const length of [390, 100_000]) {
    const text = (one + other).repeat(length).slice(0, length);
    const begun = performance.now();
    read(text);
    expect(performance.now() - begun).toBeLessThan(50);
  }
});
