import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { restoreBackup } from '../backup/restore.ts';
import { writeBackup } from '../backup/write.ts';
import { Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import type { KindName } from '../model.ts';
import type { AnyRecord, Link } from '../record.ts';
import { digest, digestedEntities } from './digest.ts';
import { rebuild } from './rebuild.ts';
import { histories, RESOLVER, type Step, written } from './testing/histories.ts';
import { writeBatch } from './write.ts';

/** More runs find more: TRAME_HISTORIES=300. */
const RUNS = Number(process.env['TRAME_HISTORIES'] ?? 8);
const SEED = Number(process.env['TRAME_HISTORY_SEED'] ?? 20_261_122);

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-histories-'));
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const empty = async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence AND NOT n:Seal DETACH DELETE n');
  await database.run('MATCH (s:Sequence) SET s.value = 0');
};
async function play(steps: readonly Step[]): Promise<void> {
  await empty();
  for (const { pass, items } of written(steps)) await database.write((tx) => writeBatch(tx, pass, items, RESOLVER));
}
/** What every entity says, so that a difference shows where it is. */
async function graph(): Promise<string[]> {
  const entities: string[] = [];
  for await (const { text } of digestedEntities(database)) entities.push(text);
  return entities;
}
async function numbers(): Promise<unknown[]> {
  const { records } = await database.run(
    `MATCH (e:Entity) WHERE e.changed IS NOT NULL
     RETURN e.uid AS uid, e.created AS created, e.changed AS changed, e:Withdrawn AS withdrawn, e:Tombstone AS tombstone ORDER BY uid`,
  );
  return records.map((row) => row.toObject());
}

/** Plays a history, then rebuilds in place, then into an empty home: one graph, and the change numbers stay. */
async function holds(steps: readonly Step[], name: string): Promise<void> {
  await play(steps);
  const [byHistory, numbered, before] = [await graph(), await numbers(), await digest(database)];
  const inPlace = await rebuild(database, RESOLVER);
  expect(await graph()).toEqual(byHistory);
  expect(inPlace.changed).toBe(0);
  const file = join(folder, `${name}.ndjson.gz`);
  await writeBackup(database, file, { version: 'test', at: new Date(0) });
  await empty();
  await restoreBackup(database, file);
  await rebuild(database, RESOLVER);
  expect(await graph()).toEqual(byHistory);
  expect(await numbers()).toEqual(numbered);
  expect(await digest(database)).toEqual(before);
}

test('any order of create, change, delete, reappear and replay ends in the graph that a rebuild makes, in place and in an empty home', async () => {
  let count = 0;
  const property = fc.asyncProperty(histories, (steps) => {
    count += 1;
    return holds(steps, `${count}`);
  });
  // Without shrinking: each try takes most of a second.
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
}, 1_200_000);

const code = (said: string) => ({ scheme: said.split(':')[0]!, value: said.split(':')[1]! });
const to = (...codes: string[]): Link[] => codes.map((one) => ({ identifier: code(one) }));
const given = (id: string, kind: KindName, codes: string[], relations: AnyRecord['relations'] = {}): Step => ({
  source: id.startsWith('b') ? 'b' : 'a',
  said: [
    {
      is: 'given',
      id,
      record: { kind, identifiers: codes.map(code), visibility: 'public', fields: { name: 'Un' }, relations },
    },
  ],
});
const deleted = (id: string): Step => ({ source: id.startsWith('b') ? 'b' : 'a', said: [{ is: 'deleted', id }] });
const BOIS: AnyRecord['relations'] = { techniques: [{ text: 'Bois' }] };

/** Histories that once ended otherwise. */
const AWKWARD: Readonly<Record<string, readonly Step[]>> = {
  'two identifiers of one museum become those of two': [
    given('1', 'Structure', ['museofile:M2', 'siret:1']),
    given('3', 'Structure', [], { memberOf: to('museofile:M2', 'siret:1') }),
    given('1', 'Structure', []),
  ],
  'two museums become one, and two again': [
    given('1', 'Structure', ['museofile:M1']),
    given('2', 'Structure', ['siret:1']),
    given('b1', 'Offer', [], { participants: to('museofile:M1', 'siret:1') }),
    given('b2', 'Structure', ['museofile:M1', 'siret:1']),
    given('b2', 'Structure', ['museofile:M1']),
    given('2', 'Structure', []),
  ],
  'a concept is named by its identifier first, by its word later': [
    given('1', 'HeritageObject', [], { techniques: to('concept:technique/bois') }),
    given('b2', 'HeritageObject', [], BOIS),
  ],
  'a concept of which only a code is known': [given('1', 'Trade', ['trame:tisserand'], { matches: to('rome:B1804') })],
  'what nothing led to any more is led to again': [
    given('1', 'HeritageObject', [], { heldBy: to('museofile:M1') }),
    deleted('1'),
    given('b2', 'HeritageObject', [], { heldBy: to('museofile:M1') }),
  ],
  'a word that was described is only a word again': [
    given('1', 'Concept', ['concept:technique/bois']),
    given('b2', 'HeritageObject', [], BOIS),
    given('1', 'Concept', []),
  ],
};
test.each(Object.entries(AWKWARD))('so does this: %s', (name, steps) => holds(steps, name.slice(0, 20)));
