import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { decideSame, undoIdentity } from '#graph-schema/identity/decide.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { suppressionKeyFrom } from '#graph-schema/suppression/key.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { forget, forgettable } from './forget.ts';
import { takeLease } from './lease.ts';
import type { Source } from './sources.ts';
import { END, harvestInto, record, sourceThat } from './testing/scripted.ts';

const resolver = createResolver();
let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

/** Structures by number and name. */
function museums(...names: readonly string[]): Source {
  const source = sourceThat(async function* () {
    yield* [...names.map((name, at) => record(at + 1, name)), END];
  });
  return {
    ...source,
    format: {
      ...source.format,
      map: (row) => ({ record: { kind: 'Structure', identifiers: [], fields: { name: row }, relations: {} } }) as never,
    },
  };
}

async function forgotten(id: string, words: readonly string[] = []): Promise<void> {
  const [target] = await forgettable(database, `essai/${id}`);
  const taken = await takeLease(database, 'essai', 'essai');
  if (!('lease' in taken)) throw new Error('the lease is free in this test');
  const key = suppressionKeyFrom('the key of this test alone');
  await forget(database, target!, { lease: taken.lease, key, resolver, words });
}

const quoting = async (text: string) =>
  (
    await database.run(
      `MATCH (n) WHERE any(name IN keys(n) WHERE valueType(n[name]) STARTS WITH 'STRING' AND toLower(n[name]) CONTAINS $text)
       RETURN labels(n) AS labels, properties(n) AS properties`,
      { text },
    )
  ).records.map((row) => row.toObject());

test('who was one with another goes alone: the other is as a rebuild makes it', { timeout: 60_000 }, async () => {
  await harvestInto(database, museums('Zéphyrine Quatremarre', 'Fonds Exemple', 'Musée Modèle'));
  for (const pair of [
    ['essai/1', 'essai/2'],
    ['essai/1', 'essai/3'],
  ] as const)
    expect(await decideSame(database, resolver, pair, { by: 'essai' })).toHaveProperty('decision');
  await forgotten('1');
  expect(await quoting('quatremarre')).toEqual([]);
  const { records } = await database.run('MATCH (e:Structure:Published) RETURN e.name AS name ORDER BY name');
  expect(records.map((row) => row.get('name'))).toEqual(['Fonds Exemple', 'Musée Modèle']);
  const standing = await digest(database);
  await rebuild(database, resolver);
  expect(await digest(database)).toEqual(standing);
  const decided = await database.run(
    "MATCH (d:Decision {kind: 'same'}) RETURN d.id AS id, d.undoneAt IS NULL AS holds",
  );
  expect(decided.records.map((row) => row.get('holds'))).toEqual([false, false]);
  const id = decided.records[0]!.get('id') as string;
  expect(await undoIdentity(database, resolver, id, 'essai')).toHaveProperty('refused');
});

test('what it says by the time that its source is free is emptied, too', async () => {
  await harvestInto(database, museums('Zéphyrine Quatremarre', 'Fonds Exemple'));
  const [planned] = await forgettable(database, 'essai/1');
  await harvestInto(database, museums('Dame Quatremarre', 'Fonds Exemple'));
  await database.run(
    "CREATE (:Decision {id: 'd', kind: 'word', subject: 'trades\nfileuse', note: 'dit Dame Quatremarre'})",
  );
  const taken = await takeLease(database, 'essai', 'essai');
  if (!('lease' in taken)) throw new Error('the lease is free in this test');
  const key = suppressionKeyFrom('the key of this test alone');
  await forget(database, planned!, { lease: taken.lease, key, resolver, words: [] });
  expect(await quoting('quatremarre')).toEqual([]);
});
