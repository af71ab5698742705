/** The tables of this folder: whole, and true to the trades. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { resolverOf } from '../vocabularies/resolver.ts';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { tradeCodes } from './codes.ts';
import { readHomographs, readPhrases } from './lexicon.ts';
import { BELOW_STATED, inferenceTable, RULES, readRules } from './rules.ts';

const trades = tableRows(tableText('trades'));

test('every rule has a confidence below what is stated and above the threshold, and stands in the docs', () => {
  const { least, confidence } = readRules(inferenceTable('rules'));
  const docs = readFileSync(new URL('../../docs/inference.md', import.meta.url), 'utf8');
  for (const rule of RULES) {
    expect(confidence[rule], rule).toBeGreaterThanOrEqual(least);
    expect(confidence[rule], rule).toBeLessThan(BELOW_STATED);
    expect(docs, rule).toContain(`| \`${rule}\` | ${confidence[rule]} |`);
  }
});

test('a table that lacks a rule, or is as sure as what is stated, is refused', () => {
  const text = inferenceTable('rules');
  expect(() => readRules(text.replace(/^title,.*\n/m, ''))).toThrow('title');
  expect(() => readRules(text.replace(/^title,0\.7/m, 'title,0.9'))).toThrow();
});

test('words.csv names trades that are there, each word once in its place', () => {
  const ids = new Set(trades.map((row) => row['id']));
  const rows = parse<Record<string, string>>(inferenceTable('words'), { columns: true });
  expect(rows.filter(({ trade }) => !ids.has(trade))).toEqual([]);
  expect(new Set(rows.map(({ where, words }) => `${where} ${words}`)).size).toBe(rows.length);
  expect(() => readPhrases(inferenceTable('words'))).not.toThrow();
  expect(() => readPhrases('where,words,trade\nnowhere,rouet,fileur\n')).toThrow();
  expect(readHomographs(inferenceTable('homographs')).size).toBeGreaterThan(50);
});

test('a code: exact before close, then what its label names, then the sector that all its trades share', () => {
  const row = (id: string, broader: string, naf: string, match: string) => ({
    id,
    broader,
    'naf-rev2': naf,
    'naf-match': match,
    'rome-v347': naf === 'A' ? 'X1' : '',
    'rome-match': match,
  });
  const codes = tradeCodes(
    [
      row('s', '', '', ''),
      row('other', '', '', ''),
      row('a', 's', 'A', 'close'),
      row('b', 's', 'A', 'exact'),
      ...['c', 'd', 'e'].map((id) => row(id, 's', 'B', 'broad')),
      row('f', 'other', 'C', 'broad'),
      row('g', 's', 'C', 'broad'),
      row('h', 's', 'C', 'broad'),
      row('i', 's', 'D', 'broad'),
    ],
    [{ naf: 'C', label: 'fabrication, g' }],
  );
  const named = (text: string) =>
    text === 'g' ? [{ identifier: { scheme: 'trame', value: 'g' }, label: 'g', confidence: 1, rule: 'label' }] : [];
  const resolver = resolverOf('test', { trades: named, places: () => [] });
  const mute = resolverOf('test', { trades: () => [], places: () => [] });
  expect(codes.naf('A', mute).trades).toEqual([{ trade: 'b', rule: 'naf-exact' }]);
  expect(codes.naf('B', mute).trades).toEqual([{ trade: 's', rule: 'naf-sector' }]);
  expect(codes.naf('C', resolver).trades).toEqual([{ trade: 'g', rule: 'naf-label' }]);
  expect(codes.naf('C', mute).trades).toEqual([]);
  expect(codes.naf('D', mute).trades).toEqual([]);
  expect(codes.naf('?', mute).trades).toEqual([]);
  expect(codes.rome('X1')).toEqual([{ trade: 'b', rule: 'rome-exact' }]);
});
