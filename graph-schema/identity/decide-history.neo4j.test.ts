import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { restoreBackup } from '../backup/restore.ts';
import { writeBackup } from '../backup/write.ts';
import { Database } from '../database.ts';
import { rebuild } from '../fold/rebuild.ts';
import { RESOLVER } from '../fold/testing/histories.ts';
import { migrate } from '../migrations/migrate.ts';
import { decideAllSame, partThing } from './decide-group.ts';
import { item, leadingTo, museum, STEWARD, type World, worldOf } from './testing/museums.ts';

/** More runs find more: TRAME_HISTORIES=300. */
const RUNS = Number(process.env['TRAME_HISTORIES'] ?? 3);
const SEED = Number(process.env['TRAME_HISTORY_SEED'] ?? 20_261_123);

let database: Database;
let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-decisions-'));
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  world = worldOf(database);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const RECORDS = ['museofile/1', 'museofile/2', 'sheet/1', 'sheet/2', 'agenda/1'] as const;
const CODES = ['museofile:M1', 'museofile:M2', 'siret:1', 'siret:2'] as const;

type Step =
  | {
      readonly is: 'given';
      readonly record: string;
      readonly codes: readonly string[];
      readonly partOf: readonly string[];
    }
  | { readonly is: 'deleted'; readonly record: string }
  | { readonly is: 'same' | 'distinct'; readonly pair: readonly string[] }
  | { readonly is: 'all'; readonly records: readonly string[] }
  | { readonly is: 'part'; readonly record: string }
  | { readonly is: 'undo'; readonly which: number };

const record = fc.constantFrom(...RECORDS);
const given = fc.record({
  is: fc.constant('given' as const),
  record,
  codes: fc.subarray([...CODES], { maxLength: 2 }),
  partOf: fc.subarray([...CODES], { maxLength: 2 }),
});
const pair = fc.subarray([...RECORDS], { minLength: 2, maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: given },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('deleted' as const), record }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('same' as const), pair }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('distinct' as const), pair }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('undo' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('all' as const), records: fc.subarray([...RECORDS]) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('part' as const), record }) },
);
const histories = fc.array(step, { minLength: 4, maxLength: 16 });

/** Plays the harvests, and the decisions if wanted. Gives the decisions that stand at the end. */
async function play(steps: readonly Step[], deciding: boolean): Promise<string[]> {
  await world.empty();
  await world.write(
    'agenda',
    ...CODES.map((code, n) => item(`o${n}`, { relations: { heldBy: leadingTo(code) } })),
    item('own', { kind: 'Offer', relations: { participants: [{ record: '1' }, ...leadingTo(...CODES)] } }),
  );
  const standing: string[] = [];
  for (const one of steps) {
    if (one.is === 'given' || one.is === 'deleted') {
      const [source, id] = one.record.split('/') as [string, string];
      if (one.is === 'deleted') await world.write(source, { kind: 'deleted', id });
      else
        await world.write(
          source,
          museum(id, one.record, one.codes, { relations: { memberOf: leadingTo(...one.partOf) } }),
        );
    } else if (!deciding) continue;
    else if (one.is === 'all' || one.is === 'part') await decideOnSeveral(one, standing);
    else if (one.is === 'undo') {
      const [decision] = standing.splice(one.which, 1);
      if (decision) expect(await world.undo(decision)).not.toHaveProperty('refused');
    } else {
      const decided = await world[one.is](one.pair[0]!, one.pair[1]!);
      if (!('refused' in decided)) standing.push(decided.decision);
    }
    if (deciding) await check(one);
  }
  return standing;
}

/** `standing` is kept as it is now. */
async function decideOnSeveral(one: Step & { readonly is: 'all' | 'part' }, standing: string[]): Promise<void> {
  if (one.is === 'all') {
    const joined = await decideAllSame(database, RESOLVER, one.records, STEWARD);
    if (!('refused' in joined)) standing.push(...joined.decisions);
    return;
  }
  const [row] = await world.rows<{ uid: string }>('MATCH (r:SourceRecord {key: $key}) RETURN r.uid AS uid', {
    key: one.record,
  });
  const parted = await partThing(database, RESOLVER, row?.uid ?? 'none', 'bob');
  if ('refused' in parted) return;
  for (const id of parted.undone) standing.splice(standing.indexOf(id), 1);
}

/** What holds at every moment: decisions are kept to, every uid that was ever given leads somewhere, and a rebuild finds nothing to do. */
async function check(after: Step): Promise<void> {
  const broken = await world.rows(
    `MATCH (a:Identifier)<-[:DECIDES]-(d:Decision)-[:DECIDES]->(b:Identifier) WHERE d.undoneAt IS NULL AND a.key < b.key
       AND (d.kind = 'same') <> (a.uid = b.uid) RETURN d.kind AS kind, a.key AS a, b.key AS b`,
  );
  const lost = await world.rows(
    `MATCH (i:Identifier) WHERE NOT EXISTS { MATCH (e:Entity {uid: i.uid}) } RETURN i.key AS what
     UNION MATCH (g:Retired) WHERE NOT EXISTS { MATCH (e:Entity {uid: g.by}) } OR EXISTS { MATCH (e:Entity {uid: g.uid}) } RETURN g.uid + ' ' + g.by AS what
     UNION MATCH (r:SourceRecord)-[:DESCRIBES]->(e) WHERE r.uid <> e.uid RETURN r.key AS what`,
  );
  expect({ after, broken, lost }).toEqual({ after, broken: [], lost: [] });
}

async function holds(steps: readonly Step[], name: string): Promise<void> {
  const standing = await play(steps, true);
  const decided = await world.graph();
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);
  expect(await world.graph()).toEqual(decided);
  const file = join(folder, `${name}.ndjson.gz`);
  await writeBackup(database, file, { version: 'test', at: new Date(0) });
  await world.empty();
  await restoreBackup(database, file);
  await rebuild(database, RESOLVER);
  expect(await world.graph()).toEqual(decided);
  for (const decision of standing) expect(await world.undo(decision)).not.toHaveProperty('refused');
  const undone = await world.graph();
  const redirects = new Set((await world.redirects()).map(({ uid }) => JSON.stringify([uid])));
  expect((await rebuild(database, RESOLVER)).changed).toBe(0);
  await play(steps, false);
  // What a record left behind is a tombstone; where a decision held it in force meanwhile, it redirects instead.
  expect(undone).toEqual((await world.graph()).filter((text) => !redirects.has(text)));
}

test('harvests, decisions and their undoing in any order: what stands is what a rebuild and a restore make, and all undone is nothing decided', async () => {
  let count = 0;
  const property = fc.asyncProperty(histories, (steps) => {
    count += 1;
    return holds(steps, `${count}`);
  });
  // Without shrinking: each try takes a second.
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
}, 1_200_000);
