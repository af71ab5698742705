/** The second story: a museum that Muséofile, its own sheet, the Pass'Musées and its agenda tell of is one Structure, and two again by one decision. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { standingDecisions } from '#graph-schema/decisions.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { explain } from '#graph-schema/fold/explain.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { describingRecords } from '#graph-schema/fold/records.ts';
import { proposeChanged } from '#graph-schema/identity/propose-changed.ts';
import { undoDecided } from '#graph-schema/identity/steward.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import { run } from '#harvesters/run.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';

const SOURCES = ['demo-museofile', 'demo-fiche-musee', 'demo-pass-musees-sites', 'demo-agenda-musee'];
const NAME = 'Musée de démonstration n° 1';
const resolver = createResolver();

let database: Database;
let partners: RunningPartners;
let sources: readonly Source[];
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  partners = await startPartners({ port: 0 });
  const found = await readSources(sourcesFolder({}), { TRAME_PARTNERS: partners.url });
  sources = SOURCES.map((name) => found.sources.find((source) => source.name === name)!);
}, 60_000);
afterAll(async () => {
  await partners.close();
  await database.close();
});

async function harvest(): Promise<void> {
  for (const source of sources) {
    const report = await run(source, database, (one, tell) => contextFor(one, new AbortController().signal, tell), {
      holder: 'test',
      resolver,
      full: true,
    });
    expect([source.name, report.outcome]).toEqual([source.name, 'complete']);
  }
  await proposeChanged(database, resolver);
}

/** The structures of that name, and the sources whose records describe each. */
async function museums(): Promise<readonly { readonly uid: string; readonly sources: readonly string[] }[]> {
  const { records } = await database.run(
    `MATCH (s:Structure)<-[:DESCRIBES]-(r:SourceRecord) WHERE s.name STARTS WITH $name AND NOT s.name =~ '.*n° 1[0-9].*'
     WITH s, r ORDER BY r.source RETURN s.uid AS uid, collect(r.source) AS sources ORDER BY uid`,
    { name: NAME },
  );
  return records.map((row) => row.toObject() as never);
}

async function hosted(uid: string): Promise<number> {
  const { records } = await database.run(
    'MATCH (:Event)-[:TAKES_PLACE_AT]->(s:Structure {uid: $uid}) RETURN count(*) AS n',
    {
      uid,
    },
  );
  return Number(records[0]?.get('n'));
}

const standing = () => database.read((tx) => standingDecisions(tx, ['same', 'distinct']));
const TELLING = ['demo-fiche-musee', 'demo-museofile', 'demo-pass-musees-sites'];

test('four sources tell of one museum: one Structure, each field from its best source, nothing doubled by the next harvest', async () => {
  await harvest();
  const [museum, ...others] = await museums();
  expect([museum?.sources, others]).toEqual([TELLING, []]);
  expect(await hosted(museum!.uid)).toBe(2);

  const records = await database.read((tx) => describingRecords(tx, [museum!.uid]));
  const from = Object.fromEntries(explain('Structure', records).map(({ field, source }) => [field, source]));
  // Its own sheet is the best source; Muséofile alone knows its themes.
  expect(from).toMatchObject({ openingHours: 'demo-fiche-musee', price: 'demo-fiche-musee', themes: 'demo-museofile' });
  const { records: rows } = await database.run(
    'MATCH (s:Structure {uid: $uid}) RETURN s.openingHours AS hours, s.codes AS codes',
    {
      uid: museum!.uid,
    },
  );
  expect(rows[0]?.get('hours')).toBe('du mercredi au dimanche, de 14 h à 18 h');
  expect(rows[0]?.get('codes')).toEqual(
    expect.arrayContaining(['trame:musee-demonstration-1', 'trame:site-demonstration-1']),
  );

  const [decisions, before] = [await standing(), await digest(database)];
  await harvest();
  expect(await museums()).toEqual([museum]);
  expect((await digest(database)).digest).toBe(before.digest);
  expect(await standing()).toEqual(decisions);
  expect((await rebuild(database, resolver)).changed).toBe(0);
}, 120_000);

test('each of the decisions that made it one is undone by one decision, for ever; the museum keeps its number', async () => {
  const [museum] = await museums();
  const ofIt = (await standing()).filter(({ subject }) => /fiche-musee|site-demonstration-1$/m.test(subject));
  expect(ofIt).toHaveLength(2);
  for (const { id } of ofIt) {
    const before = (await museums()).length;
    await undoDecided({ database, resolver }, id, 'Testeuse');
    expect(await museums()).toHaveLength(before + 1);
  }
  await harvest();
  const apart = await museums();
  expect(apart.flatMap((one) => one.sources).sort()).toEqual(TELLING);
  expect(apart).toHaveLength(3);
  expect(apart.map(({ uid }) => uid)).toContain(museum!.uid);
  expect((await rebuild(database, resolver)).changed).toBe(0);
}, 120_000);
