import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { readThresholds, thresholdsText } from './thresholds.ts';
import { createTradeReader, type TradeField } from './trades.ts';

const read = createTradeReader();
const { linked, proposed } = readThresholds(thresholdsText()).trades;
const idsOf = (text: string, least: number, most = 1.1, field: TradeField = 'trade') =>
  read(text, { field })
    .filter(({ confidence }) => confidence >= least && confidence < most)
    .map(({ identifier }) => identifier?.value)
    .sort();
const linkedIn = (text: string, field?: TradeField) => idsOf(text, linked, 1.1, field);
const proposedIn = (text: string, field?: TradeField) => idsOf(text, proposed, linked, field);

describe('linked', () => {
  test.each([
    // Lists, and what stands once for both.
    ['peigneur de lin ; fileuse (femme)', 'fileur', 'peigneur-de-lin'],
    ['tisserand, brodeuse et couturière', 'brodeur', 'couturier', 'tisserand'],
    ['TISSERAND ; FILEUSE', 'fileur', 'tisserand'],
    ['Forgeron, Mineur', 'forgeron', 'mineur'],
    ['rouisseurs et teilleurs de lin', 'rouisseur', 'teilleur-de-lin'],
    ['laboureur, puis aubergiste', 'agriculteur', 'aubergiste'],
    ['bobineuse puis ourdisseuse', 'bobineur', 'ourdisseur'],
    ['horloger-bijoutier', 'bijoutier', 'horloger'],
    ['boulanger pâtissier', 'boulanger', 'patissier'],
    ['Outillage du tonnelier et du charron', 'charron', 'tonnelier'],
    // Both genders, numbers, spellings, languages.
    ['tisserand·e·s', 'tisserand'],
    ['tisserand(e)s', 'tisserand'],
    ['fileur/euse', 'fileur'],
    ['Souffleur / Souffleuse de verre', 'souffleur-de-verre'],
    ['Mécanicien / Mécanicienne de locomotive', 'mecanicien-de-locomotive'],
    ['tonelier', 'tonnelier'],
    ['boullanger', 'boulanger'],
    ['klompenmaker', 'sabotier'],
    ['bakker (boulanger)', 'boulanger'],
    // Activities and sectors.
    ['dentelle au fuseau', 'dentellier'],
    ['tissage à domicile', 'tisserand'],
    ['métier de bonneterie', 'bonnetier'],
    ['ouvriers du textile', 'textile'],
    ['dentelle et broderie', 'dentelle-broderie'],
    // What stands round.
    ['ancien mineur', 'mineur'],
    ['apprenti boulanger', 'boulanger'],
    ['métier de tisserand', 'tisserand'],
    ['mineurs de Courrières', 'mineur'],
    ['sabotier (Thiérache)', 'sabotier'],
    ['chauffeur (locomotive)', 'chauffeur-de-locomotive'],
    ['menuisier (1850)', 'menuisier'],
    ['mousse (jeune marin)', 'mousse'],
    ['Outil de sabotier', 'sabotier'],
    ['atelier du charron', 'charron'],
    ['lampe de mineur', 'mineur'],
    ['boîte à outils du maréchal-ferrant', 'marechal-ferrant'],
    ['Témoignage : Mme Meunier, fileuse à Roubaix', 'fileur'],
    ['Dupont (Jean), tonnelier', 'tonnelier'],
    ['cuisinière (femme)', 'cuisinier'],
    ['Une journée avec le sabotier', 'sabotier'],
    ['sténo-dactylo', 'employe-de-bureau'],
    ['brasseux', 'brasseur'],
  ])('%s', (text, ...trades) => {
    expect(linkedIn(text)).toEqual(trades);
  });
});

describe('proposed, not linked', () => {
  test.each([
    ['tisserand ou fileur', 'fileur', 'tisserand'],
    ['pilote', 'pilote', 'pilote-maritime'],
    ['bobineuse', 'bobineur'],
    ['jardinière', 'jardinier'],
    ['charpantier', 'charpentier'],
    ['cordonneir', 'cordonnier'],
    ['femme de mineur', 'mineur'],
    ['portrait de Boulanger', 'boulanger'],
    ['Brasseur, Zozime', 'brasseur'],
    ['pêcheur de rêves', 'pecheur'],
    ['mineur (musique)', 'mineur'],
    ['Cordier & fils', 'cordier'],
    ['Dimanche avec le sabotier', 'sabotier'],
  ])('%s', (text, ...trades) => {
    expect(linkedIn(text)).toEqual([]);
    expect(proposedIn(text)).toEqual(trades);
  });
});

describe('no trade', () => {
  test.each([
    ['Meunier (nom)', 'a surname'],
    ['Charron, Jean', 'a surname and a first name'],
    ['Jean Charron', 'a person'],
    ['Boucher (Marie)', 'a person'],
    ['Le Tourneur', 'a surname'],
    ['Mme Fileur', 'a surname'],
    ['De Brouwer', 'a surname'],
    ['Aux Tisserands réunis', 'a firm'],
    ['rue des Tanneurs', 'a street'],
    ['Portrait de M. Boulanger', 'a person'],
    ['moissonneuse-batteuse', 'a machine'],
    ['brodeuse mécanique Delexemple', 'a machine'],
    ['métier à tisser', 'a machine'],
    ['Moulin', 'a place'],
    ['meunier (poisson)', 'a fish'],
    ['charbon', 'a thing, not a misspelt charron'],
    ['boulangerie Delexemple', 'a firm'],
    ['Imprimerie Delexemple', 'a firm'],
    ['artisan', 'any trade'],
    ['', 'nothing'],
    ['?', 'nothing'],
    ['(', 'nothing'],
  ])('%s: %s', (text) => {
    expect(idsOf(text, proposed)).toEqual([]);
  });
});

test('the field decides whether a word is a trade or a surname', () => {
  for (const text of ['Meunier', 'Le meunier']) {
    expect(linkedIn(text)).toEqual(['meunier']);
    expect([linkedIn(text, 'subject'), proposedIn(text, 'subject')]).toEqual([[], ['meunier']]);
  }
  expect(linkedIn('Broderie', 'subject')).toEqual(['brodeur']);
  expect(linkedIn('Atelier du sabotier, Felleries', 'subject')).toEqual(['sabotier']);
});

test('the surest stands first, each trade once, with the part that said it', () => {
  const found = read('fileuse ; tisserand ; tisserande ; tissage');
  expect(found.map(({ label, confidence, rule, text }) => [label, confidence, rule, text])).toEqual([
    ['tisserand', 1, 'label', 'tisserand'],
    ['fileur', 0.9, 'feminine', 'fileuse'],
  ]);
});

test('every name of the table is read as its own trade, and every Dutch one', () => {
  const wrong = tableRows(tableText('trades')).flatMap((row) =>
    [row['label'] ?? '', ...(row['synonyms'] ?? '').split(';'), ...(row['label-nl'] ?? '').split(';')]
      .filter((name) => name !== '' && !linkedIn(name).includes(row['id'] ?? ''))
      .map((name) => `${row['id']}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('any text is answered soon, without an error, and again the same', () => {
  const words = fc.constantFrom(
    'tisserand',
    'Meunier',
    'de',
    'du',
    '(',
    ')',
    '/',
    ',',
    ';',
    'et',
    'ou',
    '·e',
    '(e)',
    '-',
    'lin',
    'X',
    "l'",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 40 }).map((list) => list.join(' ')),
  );
  const again = createTradeReader();
  fc.assert(
    fc.property(texts, fc.constantFrom<TradeField>('trade', 'subject'), (text, field) => {
      expect(again(text, { field })).toEqual(read(text, { field }));
    }),
    { numRuns: 500 },
  );
});

test.each(['(', '()', 'a', 'aaa/', 'mineur;', 'mineur-', 'mineur et ', 'fils de ', 'tis·e', ', ', ' '])(
  '100,000 characters of "%s", and a thousand, take under 50 ms',
  (piece) => {
    for (const length of [100_000, 1000]) {
      const text = piece.repeat(length / piece.length);
      const before = performance.now();
      read(text);
      expect(performance.now() - before).toBeLessThan(50);
    }
  },
);
