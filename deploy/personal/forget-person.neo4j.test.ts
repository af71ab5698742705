// The promise of the whole: forgotten, harvested again, rebuilt, restored from an old backup, and then the name is in no file of the home.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureJars } from '#deploy/neo4j/jars.ts';
import { openNeo4j, type RunningNeo4j } from '#deploy/neo4j/open.ts';
import { homeForTests } from '#deploy/setup/neo4j-for-tests.ts';
import { restoreBackup } from '#graph-schema/backup/restore.ts';
import { writeBackup } from '#graph-schema/backup/write.ts';
import { Database } from '#graph-schema/database.ts';
import { keepDecision } from '#graph-schema/decisions.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { decideSame } from '#graph-schema/identity/decide.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { SuppressionRefused } from '#graph-schema/suppression/list.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { takeLease, withLease } from '#harvesters/lease.ts';
import type { Source } from '#harvesters/sources.ts';
import { END, harvestInto, sourceThat } from '#harvesters/testing/scripted.ts';
import { ForgetRefused, type Forgetter, forgetRecords, forgottenBefore, looked } from './forget-person.ts';
import { bringListFile, keepListFile, readListFile } from './list-file.ts';
import { lastWritten } from './rewrite.ts';
import { searchFiles } from './search.ts';

const NAME = 'Zéphyrine Quatremarre';
const WORDS = [NAME, 'Quatremarre', 'quatremarre-z'];
const resolver = createResolver();
const KEPT = ['TRAME_HOME', 'NEO4J_URI', 'DOCKER_HOST', 'TRAME_SUPPRESSION_KEY'] as const;
const before = KEPT.map((name) => process.env[name]);
let home: string;
let elsewhere: string;
let neo4j: RunningNeo4j;
let database: Database;

beforeAll(async () => {
  const jars = join(homeForTests(), 'neo4j-lib');
  await ensureJars(homeForTests(), () => undefined);
  home = mkdtempSync(join(tmpdir(), 'trame-forget-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'trame-forget-old-'));
  symlinkSync(jars, join(home, 'neo4j-lib'));
  for (const name of KEPT) delete process.env[name];
  process.env['TRAME_HOME'] = home;
  process.env['DOCKER_HOST'] = 'unix:///nowhere/docker.sock';
  await open();
}, 300_000);

afterAll(async () => {
  await close();
  KEPT.forEach((name, index) => {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  });
  for (const folder of [home, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  neo4j = await openNeo4j({ home, purpose: 'data', shortLived: true });
  database = new Database(neo4j.connection);
  await migrate(database);
}

async function close(): Promise<void> {
  await database.close();
  await neo4j.stop();
}

/** A partner that gives a collector by name, an object that the collector alone made, a third thing, and a record that cannot be read. */
function partner(): Source {
  const rows = [
    { id: 'quatremarre-z', kind: 'Structure', name: NAME, raw: NAME },
    { id: 'voix', kind: 'HeritageObject', name: 'Une voix', creator: NAME },
    { id: 'navette', kind: 'HeritageObject', name: 'Navette' },
    { id: 'illisible-7', kind: 'rejected', name: NAME },
  ];
  const source = sourceThat(
    async function* (_from, context) {
      context.tell(finding('record-invalid', { id: 'quatremarre-z', path: 'name', message: NAME }));
      for (const row of rows)
        yield { kind: 'record', id: row.id, row: row as never, raw: Buffer.from(JSON.stringify(row)) };
      yield END;
    },
    {
      name: 'personnes',
      personal: {
        whose: 'collectionneurs',
        purpose: 'essai',
        basis: 'consentement',
        retention: 'un jour',
        consent: { all: { by: 'essai', on: '2020-01-01', purposes: ['publication'] } },
      },
    },
  );
  return {
    ...source,
    format: {
      ...source.format,
      map: (row, { id }) => {
        const { kind, name, creator } = row as { kind: string; name: string; creator?: string };
        if (kind === 'rejected') return { rejected: finding('record-invalid', { id, path: 'name', message: name }) };
        const fields = kind === 'Structure' ? { name, structureType: 'collector' } : { name };
        const relations = creator ? { creators: [{ text: creator, facts: { role: 'auteur' } }] } : {};
        return { record: { kind, identifiers: [], fields, relations } as never };
      },
    },
  };
}

const count = async (query: string): Promise<number> =>
  Number((await database.run(`${query} RETURN count(*) AS n`)).records[0]?.get('n'));
const held = () => searchFiles(home, WORDS, { skip: ['neo4j-lib'] });
const quoting = `MATCH (n) WHERE any(name IN keys(n) WHERE valueType(n[name]) =~ '(LIST<)?STRING.*'
  AND any(text IN CASE WHEN valueType(n[name]) STARTS WITH 'LIST' THEN n[name] ELSE [n[name]] END WHERE toLower(text) CONTAINS 'quatremarre'))`;

function forgetter(): Forgetter {
  return {
    home,
    neo4j,
    database,
    resolver,
    holder: 'essai',
    version: '0',
    deep: true,
    shortLived: true,
    tell: () => undefined,
  };
}

test('forgotten, harvested again, rebuilt, restored: the name is in no file of the home', {
  timeout: 300_000,
}, async () => {
  const source = partner();
  await harvestInto(database, source);
  await database.write((tx) =>
    keepDecision(tx, { kind: 'word', subject: 'trades\nfileuse', by: 'essai', note: 'dit par la Quatremarre' }),
  );
  const pair = ['personnes/voix', 'personnes/navette'] as const;
  expect(await decideSame(database, resolver, pair, { by: 'essai' })).toHaveProperty('decision');
  await database.run(
    "CREATE (:Proposal {id: 'p', a: 'personnes/navette', b: 'personnes/voix', state: 'waiting'}), (:Correction {id: 'c', record: 'personnes/voix', source: 'personnes', state: 'open'})",
  );
  expect(await count(`MATCH (n:Published) WHERE n.name = '${NAME}'`)).toBe(2);
  const old = join(elsewhere, 'old.ndjson.gz');
  await writeBackup(database, join(home, 'old.ndjson.gz'), { version: '0', at: new Date() });
  copyFileSync(join(home, 'old.ndjson.gz'), old);
  mkdirSync(join(home, 'rapports', 'personnes'), { recursive: true });
  writeFileSync(join(home, 'rapports', 'personnes', 'questions.csv'), `voix;${NAME}\n`);
  expect((await held()).length, 'the search must be able to find it').toBeGreaterThan(1);

  const targets = ['personnes/quatremarre-z', 'personnes/voix', 'personnes/illisible-7'];
  const plans = await looked(database, targets, WORDS);
  expect(plans.map(({ record }) => record.id)).toEqual(['quatremarre-z', 'voix', 'illisible-7']);
  expect(plans[0]?.quoting.map(({ label }) => label).sort()).toEqual(['Decision', 'Finding']);
  const busy = await takeLease(database, 'personnes', 'une moisson');
  await expect(
    forgetRecords(
      plans.map(({ record }) => record),
      WORDS,
      forgetter(),
    ),
  ).rejects.toThrow(ForgetRefused);
  expect(await forgottenBefore(database, targets)).toEqual([]);
  if ('lease' in busy) await withLease(database, busy.lease, async () => undefined);

  // Somebody starts the old store while the new one is being filled.
  const settings = join(home, 'neo4j', 'conf', 'neo4j.conf');
  const stop = async () => {
    await neo4j.stop();
    setTimeout(() => utimesSync(settings, new Date(), new Date()), 1_000);
  };
  await expect(
    forgetRecords(
      plans.map(({ record }) => record),
      WORDS,
      { ...forgetter(), neo4j: { how: 'embedded', stop } },
    ),
  ).rejects.toThrow(/rien n’est perdu/);
  await open();
  const last = await lastWritten(home);
  await database.run('MATCH (n) RETURN count(n)');
  expect(await lastWritten(home)).toBe(last);
  await database.run('MERGE (:Decision {id: $id})', { id: 'meanwhile' });
  expect(await lastWritten(home)).toBeGreaterThan(last);

  // What a call left that was killed while it made the backup anew.
  writeFileSync(join(home, 'old.ndjson.gz.renewed'), 'half');
  const done = await forgetRecords(
    plans.map(({ record }) => record),
    WORDS,
    forgetter(),
  );
  expect(done).toMatchObject({ records: 3, rewritten: true, backups: [join(home, 'old.ndjson.gz')], left: [] });
  expect(statSync(join(home, 'suppression.key')).mode & 0o777).toBe(0o600);
  for (const name of ['rewriting', 'old.ndjson.gz.renewed']) expect(existsSync(join(home, name))).toBe(false);

  await open();
  expect(await count(quoting)).toBe(0);
  expect(await count('MATCH (n) WHERE n:Proposal OR n:Correction')).toBe(0);
  // What a first call left undone, as a backup that came back, a second one finishes.
  expect(await forgottenBefore(database, [...targets, 'personnes/navette'])).toEqual(targets);
  copyFileSync(old, join(home, 'back.ndjson.gz'));
  const finished = await forgetRecords([], WORDS, { ...forgetter(), deep: false });
  expect(finished).toMatchObject({ records: 0, left: [] });
  expect(finished.backups).toContain(join(home, 'back.ndjson.gz'));
  const again = await harvestInto(database, source);
  expect(again).toMatchObject({ outcome: 'complete', suppressed: 3, figures: { seen: 4, created: 0, rejected: 0 } });
  expect(JSON.stringify(again)).not.toContain('uatremarre');
  const standing = await digest(database);
  await rebuild(database, resolver);
  expect(await digest(database)).toEqual(standing);
  expect(await count('MATCH (r:SourceRecord {forgotten: true})')).toBe(3);

  const listed = join(elsewhere, 'listed.ndjson.gz');
  await writeBackup(database, listed, { version: '0', at: new Date() });
  await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
  process.env['TRAME_SUPPRESSION_KEY'] = 'la clé d’une autre maison';
  await expect(restoreBackup(database, listed)).rejects.toThrow(SuppressionRefused);
  expect(await count('MATCH (n) WHERE NOT n:Migration')).toBe(0);
  // A graph begun anew knows whom it is not to take back, with the key or without.
  await bringListFile(database, home);
  expect(await harvestInto(database, source)).toMatchObject({
    outcome: 'failed',
    reason: { code: 'suppression-key-differs' },
  });
  delete process.env['TRAME_SUPPRESSION_KEY'];
  expect(await count('MATCH (n:SourceRecord)')).toBe(0);
  await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
  await bringListFile(database, home);
  const suppression = await readListFile(home);
  await restoreBackup(database, old, { suppression: suppression!, names: WORDS });
  await keepListFile(database, home);
  await rebuild(database, resolver);
  expect(await digest(database)).toEqual(standing);
  expect(await harvestInto(database, source)).toMatchObject({ outcome: 'complete', suppressed: 3 });
  expect(await count(quoting)).toBe(0);
  expect(await count('MATCH (n:HeritageObject:Published {name: "Navette"})')).toBe(1);
  await close();
  expect(await held()).toEqual([]);

  writeFileSync(join(home, 'trace.gz'), gzipSync(Buffer.from(NAME, 'utf16le')));
  expect(await held(), 'even zipped, in another encoding').toEqual([join(home, 'trace.gz')]);
});
