import { expect, test } from 'vitest';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { tradeIndex } from '../vocabularies/trade-words.ts';
import { readHomographs, readPhrases } from './lexicon.ts';
import { proseReader } from './prose.ts';
import { inferenceTable } from './rules.ts';

const read = proseReader(
  tradeIndex(tableRows(tableText('trades'))),
  readHomographs(inferenceTable('homographs')),
  readPhrases(inferenceTable('words')).object,
);
const tradesOf = (...given: Parameters<typeof read>) => read(...given).map(({ trade }) => trade);

test.each([
  ['un tisserand, puis la dentellière', ['tisserand', 'dentellier']],
  ['Tisserand·e·s au travail', ['tisserand']],
  ['les métiers à tisser battaient', ['tisserand']],
  ['LES MINEURS DE FOND', ['mineur']],
  ['« Les mineurs » : un film', ['mineur']],
  ['teillage et rouissage', ['teilleur-de-lin', 'rouisseur']],
])('%s', (text, expected) => {
  expect(tradesOf(text, 'title')).toEqual(expected);
});

test.each([
  'la moissonneuse-batteuse',
  'M. Tisserand, maire',
  'place des tanneurs',
  'rue du vieux meunier',
  'LE TOURNEUR',
  'Cordier & fils',
  'la boulangerie du coin',
  'gratuit pour les mineurs',
  'comment boucher un trou',
  'la navette part à 9 h',
  'don de mme boulanger',
  'fonds charpentier, famille boulanger',
  'un oiseau tisserand et une araignée tisserande',
  'la garde du chien de berger sous l’étoile du berger',
  'l’adoration des bergers',
  'le palais du facteur Cheval',
])('%s: nothing', (text) => {
  expect(tradesOf(text, 'description')).toEqual([]);
});

test('the words stand with a few round them, and a trade is told once', () => {
  expect(
    read('Dans la cave humide, un vieux tisserand travaillait seul ; un autre tisserand dormait.', 'description'),
  ).toEqual([{ trade: 'tisserand', text: 'un vieux tisserand travaillait seul', words: 'tisserand' }]);
});

test('a text that names more trades than one can be about tells none', () => {
  const list =
    'meunier boulanger tonnelier vannier potier forgeron sabotier cordier tanneur drapier brasseur horloger relieur vitrier';
  expect(read(list.replaceAll(' ', ', un '), 'description')).toEqual([]);
});
