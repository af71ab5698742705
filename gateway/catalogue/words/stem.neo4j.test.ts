/** Two words are one to us exactly where they are one to the index: asked of it, for the labels of the packaged trades. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { FULL_TEXT } from '#graph-schema/derive/constraints.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { fold } from '#graph-schema/text.ts';
import { tableText } from '#graph-schema/vocabularies/tables.ts';
import { stemOf, tokensOf } from './stem.ts';

let database: Database;
const MORE =
  'chevaux travaux journaux châteaux bijoux tissage tisser tisserands fileuse filateur brodeuse brodeuses dentellière dentellières ouvrière ouvriers mécanique mécaniques fabrication fabricants navigation installation électricienne électricien maîtresse vitrification organisation organisateur actrice lectrice lecteur jardinage lainage professionnelle professionnel active actif établissement blanchissant vivement folle molle année années mm bb fille famille';
const words = () =>
  [
    ...new Set(
      [...MORE.split(' '), ...tableText('trades').split(/[^\p{L}]+/u)]
        .map(fold)
        .filter((word) => /^[a-z]{3,}$/.test(word)),
    ),
  ].filter((_, index) => index < 60 || index % 3 === 0);

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());

test('the stems of the index', { timeout: 60_000 }, async () => {
  const all = words();
  expect(all.length).toBeGreaterThan(400);
  await database.run('UNWIND $words AS word CREATE (:Published:Entity {uid: word, search: word})', { words: all });
  await database.run('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()');
  const { records } = await database.run(
    "UNWIND $words AS word CALL (word) { CALL db.index.fulltext.queryNodes($index, '\"' + word + '\"') YIELD node RETURN collect(node.search) AS found } RETURN word, found",
    { words: all, index: FULL_TEXT.french },
  );
  const answers = records.map((row) => ({
    word: row.get('word') as string,
    found: (row.get('found') as string[]).sort(),
  }));
  // Stop words of the analyzer find nothing, and are found by nothing.
  const telling = answers.filter(({ found }) => found.length > 0);
  expect(telling.length).toBeGreaterThan(400);
  const wrong: unknown[] = [];
  for (const { word, found } of telling) {
    const ours = telling.flatMap((other) => (stemOf(other.word) === stemOf(word) ? [other.word] : [])).sort();
    if (JSON.stringify(ours) !== JSON.stringify(found)) wrong.push({ word, found, ours });
  }
  expect(wrong).toEqual([]);
});

test('elided words stand by themselves', () => {
  const text = 'L’Échoppe qu’on aperçoit aujourd’hui';
  expect(tokensOf(text).map(({ begin, end, stem }) => [text.slice(begin, end), stem])).toEqual([
    ['Échoppe', stemOf('echoppe')],
    ['on', 'on'],
    ['aperçoit', stemOf('apercoit')],
    ['aujourd’hui', "aujourd'hui"],
  ]);
});
