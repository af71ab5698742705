import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { fold } from '../text.ts';
import { listed, type Row, tableRows, tableText } from './tables.ts';

const places = tableRows(tableText('places'));
const trades = tableRows(tableText('trades'));
const concepts = tableRows(tableText('concepts'));
const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared');

const tradeById = new Map(trades.map((trade) => [trade['id'], trade]));
const column = (rows: readonly Row[], name: string): string[] =>
  rows.map((row) => row[name] ?? '').filter((cell) => cell !== '');

/** The trades above one, itself first. Throws on a cycle. */
function above(id: string, path: readonly string[] = []): string[] {
  if (path.includes(id)) throw new Error(`a cycle of broader trades: ${[...path, id].join(' < ')}`);
  return [id, ...listed(tradeById.get(id)?.['broader']).flatMap((broader) => above(broader, [...path, id]))];
}

/** The ids of the rows of which something does not hold. */
function wrong(rows: readonly Row[], holds: (row: Row) => boolean): (string | undefined)[] {
  return rows.filter((row) => !holds(row)).map((row) => row['id']);
}

test.each([
  ['places', places],
  ['trades', trades],
  ['concepts', concepts],
] as const)('the ids of %s are unique and never empty', (_, rows) => {
  expect(new Set(column(rows, 'id')).size).toBe(rows.length);
});

describe('trades', () => {
  test('are at least 400 beside the sectors', () => {
    expect(trades.filter((trade) => trade['broader'] !== '').length).toBeGreaterThanOrEqual(400);
  });

  test('have a slug, a label and a sentence that says what they are', () => {
    expect(wrong(trades, ({ id }) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id ?? ''))).toEqual([]);
    expect(wrong(trades, ({ label }) => label !== '')).toEqual([]);
    expect(wrong(trades, ({ definition }) => /^\p{Lu}.*\.$/u.test(definition ?? ''))).toEqual([]);
  });

  test('lead to trades that are there, and never to themselves', () => {
    const others = (trade: Row): readonly string[] => [...listed(trade['broader']), ...listed(trade['related'])];
    expect(wrong(trades, (trade) => others(trade).every((id) => tradeById.has(id) && id !== trade['id']))).toEqual([]);
  });

  test('have their sector above them, without a cycle', () => {
    const sectors = (trade: Row): readonly (string | undefined)[] =>
      above(trade['id'] ?? '')
        .map((id) => tradeById.get(id))
        .filter((ancestor) => ancestor?.['broader'] === '')
        .map((ancestor) => ancestor?.['label']);
    expect(wrong(trades, (trade) => sectors(trade).includes(trade['sector']))).toEqual([]);
  });

  test('no wording names two trades', () => {
    const wordings = trades.flatMap((trade) => [
      ...new Set([trade['label'] ?? '', ...listed(trade['synonyms']), ...listed(trade['activities'])].map(fold)),
    ]);
    expect(wordings.filter((wording, at) => wordings.indexOf(wording) !== at)).toEqual([]);
  });

  test('what is unsure is sure of no other trade, and a Dutch name is of one trade and no French wording', () => {
    const french = new Set(
      trades.flatMap((trade) =>
        [trade['label'] ?? '', ...listed(trade['synonyms']), ...listed(trade['activities'])].map(fold),
      ),
    );
    const dutch = trades.flatMap((trade) => listed(trade['label-nl']).map(fold));
    expect(trades.flatMap((trade) => listed(trade['unsure']).filter((word) => french.has(fold(word))))).toEqual([]);
    expect(dutch.filter((word, at) => french.has(word) || dutch.indexOf(word) !== at)).toEqual([]);
  });
});

const MATCHES = [
  ['rome-v347', 'rome-match', 'rome'],
  ['naf-rev2', 'naf-match', 'naf'],
  ['crafts-2003', 'crafts-match', 'concept'],
] as const;

describe('matches', () => {
  test.each(MATCHES)('%s: each has a kind and its concept, and each concept is matched', (codes, kinds, scheme) => {
    const known = column(concepts, scheme);
    const kindOf = (trade: Row): RegExp => (trade[codes] ? /^(exact|close|broad)$/ : /^$/);
    expect(wrong(trades, (trade) => kindOf(trade).test(trade[kinds] ?? ''))).toEqual([]);
    expect(new Set(column(trades, codes))).toEqual(new Set(known));
  });
});

describe.runIf(existsSync(join(SHARED, 'samples')))('every code and label stands in its table', () => {
  const sample = (...path: string[]): string => readFileSync(join(SHARED, 'samples', ...path), 'utf8');
  const labels = (scheme: string): Map<string, string> =>
    new Map(concepts.filter((row) => row[scheme]).map((row) => [row[scheme] ?? '', row['label'] ?? '']));

  test('ROME v347', () => {
    const rows = parse<Row>(sample('rome', 'unix_referentiel_code_rome_v347_utf8.csv'), { columns: true });
    const table = new Map(rows.map((row) => [row['code_rome'], row['libelle_rome']?.replaceAll("''", "'")]));
    for (const [code, label] of labels('rome')) expect(table.get(code), code).toBe(label);
  });

  test('NAF rév. 2', () => {
    const table = JSON.parse(sample('entreprises', 'codes-NAF.json')) as Record<string, string>;
    const tidy = (label = ''): string => label.replace(/ ?, ?/g, ', ').trim();
    for (const [code, label] of labels('naf')) expect(tidy(table[code]), code).toBe(tidy(label));
  });

  test('the crafts list of 2003', () => {
    const rows = parse<Row>(sample('metiers', 'arrete-2003-12-12-metiers-artisanat-art.csv'), {
      columns: true,
      delimiter: ';',
    });
    const names = new Set(rows.flatMap((row) => [row['metier'], row['specialite']]));
    for (const label of labels('concept').values()) expect(names).toContain(label);
  });

  test('NIS codes of Belgian municipalities', () => {
    const rows = JSON.parse(sample('geo', 'belgian-municipalities-2020.hainaut-wvl.json')) as Record<string, unknown>[];
    const table = new Map(rows.map((row) => [String(row['NIS_code']), row['municipality_FR']]));
    // The table writes "Beloeil", the commune itself "Belœil".
    for (const place of places.filter(({ nis }) => nis))
      expect(fold(String(table.get(place['nis'] ?? '')))).toBe(fold(place['name'] ?? ''));
  });
});
