/** Story: a steward settles a word once, and every record that says it is linked, today's and next year's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { remake } from '#graph-schema/fold/remake.ts';
import { uidOf } from '#graph-schema/fold/uid.ts';
import { writeBatch } from '#graph-schema/fold/write.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import type { DecidedWords } from '#graph-schema/reconcile/decided.ts';
import { createResolver, type Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { applyMissed, hearing } from '#graph-schema/words/apply.ts';
import { concernedBy } from '#graph-schema/words/concerned.ts';
import { previewWords, settleWords, undoWords } from '#graph-schema/words/decide.ts';
import { hubResolver } from '#graph-schema/words/decided.ts';
import { waitingWords } from '#graph-schema/words/queue.ts';

const base = createResolver();
const TODAY = 214;
let database: Database;

function object(id: string, said: string): RecordItem {
  return {
    kind: 'record',
    id,
    raw: new Uint8Array([1]),
    hash: `${id} ${said}`,
    mapping: 'essai',
    notes: [],
    record: {
      kind: 'HeritageObject',
      identifiers: [],
      visibility: 'public',
      fields: { name: `Objet d’exemple ${id}` },
      relations: { trades: [{ text: said }] },
    },
  };
}

async function write(items: readonly RecordItem[], resolver: Resolver): Promise<void> {
  const pass = { source: { name: 'musee', rank: 50 }, run: 'essai', snapshot: undefined };
  await database.write((tx) => writeBatch(tx, pass, items, resolver));
}

const uidsOf = (...ids: readonly string[]) => ids.map((id) => uidOf('musee', id));

const trade = (value: string, label: string): RecordItem => ({
  ...object(`trade-${value}`, ''),
  record: {
    kind: 'Trade',
    identifiers: [{ scheme: 'trame', value }],
    visibility: 'public',
    fields: { name: label },
    relations: {},
  },
});

async function linked(value: string): Promise<number> {
  const { records } = await database.run(
    'MATCH (o:HeritageObject:Published)-[r:CONCERNS]->(t:Trade {uid: $uid}) WHERE r.rule = $rule RETURN count(o) AS n',
    { uid: await uidOfTrade(value), rule: 'decided' },
  );
  return Number(records[0]?.get('n'));
}

async function uidOfTrade(value: string): Promise<string> {
  const { records } = await database.run('MATCH (i:Identifier {key: $key}) RETURN i.uid AS uid', {
    key: `Trade/trame:${value}`,
  });
  return records[0]?.get('uid') as string;
}

const BOBBINS: DecidedWords = {
  what: 'trades',
  words: 'Bobineuse',
  means: [{ identifier: { scheme: 'trame', value: 'bobineur' }, label: 'bobineur' }],
};
const steward = { by: 'une responsable' };

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  await write([trade('bobineur', 'bobineur'), trade('tisserand', 'tisserand')], base);
  const spellings = ['bobineuse', 'Bobineuse', 'tisserand ; bobineuse', 'bobineuse.'];
  await write(
    Array.from({ length: TODAY }, (_, at) => object(`o${at}`, spellings[at % spellings.length]!)),
    base,
  );
  await write([object('other', 'tisserand')], base);
});
afterAll(() => database.close());

describe('a word that may mean a machine or a person', () => {
  let before: string;
  let decision: string;

  test('waits, with how many records say it and what it may mean', async () => {
    expect(await waitingWords(database)).toMatchObject([{ what: 'trades', entities: TODAY, visible: TODAY }]);
    expect(await previewWords(database, BOBBINS)).toEqual({ HeritageObject: TODAY });
    expect(await linked('bobineur')).toBe(0);
    before = (await digest(database)).digest;
  });

  test('is settled once, and every record that says it is linked', async () => {
    const done = await settleWords({ database, base }, BOBBINS, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    expect([done.concerned, done.changed]).toEqual([TODAY, TODAY]);
    expect(await linked('bobineur')).toBe(TODAY);
    expect(await waitingWords(database)).toEqual([]);
    decision = done.decision;
  });

  test('so are next year’s, and a rebuild changes nothing', async () => {
    const { resolver } = await hubResolver(database, base);
    await write([object('next-year', 'BOBINEUSE')], resolver);
    expect(await linked('bobineur')).toBe(TODAY + 1);
    const now = (await digest(database)).digest;
    expect(await rebuild(database, resolver)).toMatchObject({ changed: 0 });
    expect((await digest(database)).digest).toBe(now);
  });

  test('cannot be settled twice, in whatever spelling', async () => {
    const again = await settleWords({ database, base }, { ...BOBBINS, words: ' bobineuse ' }, steward);
    expect(again).toMatchObject({ refused: { code: 'words-settled', particulars: { by: 'une responsable' } } });
  });

  test('is undone, and all is as it was', async () => {
    await database.write((tx) => tx.run("MATCH (r:SourceRecord {id: 'next-year'})--(e:Entity) DETACH DELETE r, e"));
    const done = await undoWords({ database, base }, decision.slice(0, 8), 'une autre');
    expect(done).toMatchObject({ changed: TODAY });
    expect((await digest(database)).digest).toBe(before);
    expect(await undoWords({ database, base }, decision.slice(0, 8), 'une autre')).toMatchObject({
      refused: { code: 'words-decision-unknown' },
    });
  });

  test('what was decided while a run went on is caught up with', async () => {
    const known = await hubResolver(database, base);
    const done = await settleWords({ database, base }, BOBBINS, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    await write([object('late', 'bobineuse')], known.resolver);
    expect(await linked('bobineur')).toBe(TODAY);
    expect(await applyMissed(database, base, known)).toBe(1);
    expect(await linked('bobineur')).toBe(TODAY + 1);
    expect(await applyMissed(database, base, await hubResolver(database, base))).toBe(0);
  });

  test('with accents is found however it is spelled, also when it is undone', async () => {
    const before = (await digest(database)).digest;
    const items = ['mégissière', 'Mégissière', 'MEGISSIERE', 'megissie\u0300re'].map((said, at) =>
      object(`m${at}`, `${said} d’exemple`),
    );
    await write(items, base);
    const plain = (await digest(database)).digest;
    const words = { ...BOBBINS, words: 'Megissière d’exemple' };
    const done = await settleWords({ database, base }, words, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    expect(done).toMatchObject({ concerned: 4, changed: 4 });
    expect(await rebuild(database, (await hubResolver(database, base)).resolver)).toMatchObject({ changed: 0 });
    await undoWords({ database, base }, done.decision, 'une autre');
    expect((await digest(database)).digest).toBe(plain);
    expect(plain).not.toBe(before);
  });

  test('that was settled by someone who was cut off is seen through by the next run', async () => {
    const known = await hubResolver(database, base);
    const done = await settleWords({ database, base }, { ...BOBBINS, words: 'mégissière d’exemple' }, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    await database.run('MATCH (d:Decision {id: $id}) SET d.applied = null', { id: done.decision });
    await database.write((tx) => remake(tx, uidsOf('m0'), base));
    expect(await applyMissed(database, base, await hubResolver(database, base))).toBe(1);
    expect(await applyMissed(database, base, await hubResolver(database, base))).toBe(0);
    await undoWords({ database, base }, done.decision, 'une autre');
    expect(known.decisions.some(({ id }) => id === done.decision)).toBe(false);
  });

  test('that was settled while a run wrote that was then killed is seen through by the next run', async () => {
    const known = await hubResolver(database, base);
    await database.run(
      "CREATE (:Lease {source: 'musee', token: 1, since: datetime(), expires: datetime() + duration({minutes: 5})})",
    );
    const done = await settleWords({ database, base }, { ...BOBBINS, words: 'bobineuse d’exemple' }, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    await write([object('killed', 'bobineuse d’exemple')], known.resolver);
    const decided = async () => applyMissed(database, base, await hubResolver(database, base));
    expect(await decided()).toBe(1);
    await write([object('killed', 'bobineuse d’exemple.')], known.resolver);
    await database.run("MATCH (l:Lease {source: 'musee'}) DELETE l");
    expect([await decided(), await decided()]).toEqual([1, 0]);
    await undoWords({ database, base }, done.decision, 'une autre');
  });

  test('is not heard any more where a person’s name was emptied out of the decision; nothing falls over', async () => {
    await write([object('emptied', 'bobinier d’exemple')], base);
    const before = (await digest(database)).digest;
    const done = await settleWords({ database, base }, { ...BOBBINS, words: 'bobinier d’exemple' }, steward);
    if ('refused' in done) throw new Error(done.refused.code);
    await hearing(database, () =>
      database.run('MATCH (d:Decision {id: $id}) SET d.data = null', { id: done.decision }),
    );
    expect((await digest(database)).digest).toBe(before);
    await undoWords({ database, base }, done.decision, 'une autre');
  });

  test('too long to be read is refused', async () => {
    const refused = await settleWords({ database, base }, { ...BOBBINS, words: 'a'.repeat(10_000) }, steward);
    expect(refused).toMatchObject({ refused: { code: 'words-too-long' } });
  });

  test('is found by Neo4j within many blanks, quotes and thin spaces, and what is hostile does not stop it', async () => {
    const hostile = `ouvrier${' '.repeat(1_500)}x e${'\u0301'.repeat(400)}`;
    const said = ['ouvrier\u2009dit   "le gros"', 'OUVRIER dit\u00a0"Le Gros"', hostile];
    await write(
      said.map((one, at) => object(`q${at}`, one)),
      base,
    );
    const words = { ...BOBBINS, words: 'ouvrier dit "le gros" ' };
    expect(await previewWords(database, { what: 'trades', words: 'ouvrier x' })).toEqual({});
    const many = Array.from({ length: 101 }, (_, n) => ({ what: 'trades' as const, words: `mot${n}` }));
    const sought = async (some: typeof many) => (await Array.fromAsync(concernedBy(database, some))).flat().length;
    expect([await sought(many.slice(1)), (await sought(many)) > TODAY]).toEqual([0, true]);
    const done = await settleWords({ database, base }, words, steward);
    expect(done).toMatchObject({ concerned: 2, changed: 2 });
  });

  test('of a list is asked about alone', async () => {
    await write([object('list', 'tisserand ; zinzolinier')], base);
    expect((await waitingWords(database)).map(({ words }) => words)).toContain('zinzolinier');
  });

  test('may name nothing: it is not asked about again', async () => {
    const known = await waitingWords(database);
    await write([object('odd', 'haricotier')], base);
    const names = async () => (await waitingWords(database)).map(({ words }) => words).sort();
    expect(await names()).toEqual([...known.map(({ words }) => words), 'haricotier'].sort());
    await settleWords({ database, base }, { what: 'trades', words: 'haricotier', means: [] }, steward);
    expect((await waitingWords(database)).map(({ words }) => words)).not.toContain('haricotier');
  });
});
