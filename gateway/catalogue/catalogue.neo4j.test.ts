/** The catalogue on a real graph: what it reads, how it keeps in step, and that nothing hidden makes a difference. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { today } from '../compile/audience.ts';
import { empty, openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { BESIDE, HIDDEN, OBJECTS, tell, to, uidOfRecord, VISIBLE, write } from '../testing/graph.ts';
import { LocalCatalogue } from './local.ts';
import { openCatalogue } from './open.ts';
import { type Catalogue, FACETS, type Filters, type SearchQuestion } from './question.ts';

let gateway: TestGateway;
const open: Catalogue[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(async () => {
  await Promise.all(open.splice(0).map((catalogue) => catalogue.close()));
  await empty(gateway.database);
});
afterAll(async () => {
  await Promise.all(open.splice(0).map((catalogue) => catalogue.close()));
  await gateway.database.close();
  expect(failures).toEqual([]);
});

const log = (message: string, fault: unknown) => void failures.push([message, fault]);

async function loaded(): Promise<LocalCatalogue> {
  const catalogue = new LocalCatalogue({ connection: testConnection(), log });
  open.push(catalogue);
  await catalogue.ready();
  return catalogue;
}

function question(text: string | undefined, filters: Filters = {}): SearchQuestion {
  return {
    ...(text === undefined ? {} : { text }),
    filters,
    order: 'name',
    first: 100,
    facets: FACETS.map((name) => ({ name, first: 100 })),
    collapse: false,
    today: today(),
  };
}

const QUESTIONS: readonly SearchQuestion[] = [
  question(undefined),
  question('lin'),
  question('tisserand'),
  question('navett*'),
  question('secret'),
  question(undefined, { kinds: ['Concept', 'Agent', 'Trade', 'Place'] }),
  question(undefined, { kinds: ['HeritageObject'], from: 1850, to: 1856 }),
  question(undefined, { hasPicture: true }),
  question(undefined, { fromDay: '2024-06-01', toDay: '2024-06-02' }),
  question(undefined, { near: { position: { latitude: 50.5, longitude: 3.25 }, metres: 1_000 } }),
];

/** All answers, without what may differ between two graphs that say the same: a score rests on all that is indexed. */
async function answers(catalogue: Catalogue): Promise<unknown[]> {
  const all = await Promise.all(QUESTIONS.map((one) => catalogue.search(one)));
  return all.map(({ asOf, rows, ...rest }) => ({ ...rest, rows: rows.map(({ score, ...row }) => row) }));
}

test('it finds what the lists of GraphQL have, and counts the same', async () => {
  await write(gateway.database, VISIBLE);
  const catalogue = await loaded();
  const trade = await uidOfRecord(gateway.database, 'essai', 'textile');
  const museum = await uidOfRecord(gateway.database, 'essai', 'm1');
  const { data } = await gateway.query(
    `{ heritageObjects { totalCount } held: heritageObjects(filter: { holder: "${museum}" }) { totalCount }
       pictures: heritageObjects(filter: { hasMedia: true }) { totalCount } dated: heritageObjects(filter: { from: 1850, to: 1851 }) { totalCount }
       here: structures(filter: { place: "insee-dep:99" }) { totalCount } words: heritageObjects(filter: { search: "navettes" }) { totalCount } }`,
  );
  const count = async (filters: Filters, text?: string) => (await catalogue.search(question(text, filters))).total;
  const kinds = ['HeritageObject'] as const;
  expect(await count({ kinds })).toBe(OBJECTS);
  expect(await count({ kinds })).toBe(data.heritageObjects.totalCount);
  expect(await count({ kinds, structures: [museum] })).toBe(data.held.totalCount);
  expect(await count({ kinds, hasPicture: true })).toBe(data.pictures.totalCount);
  expect(await count({ kinds, from: 1850, to: 1851 })).toBe(data.dated.totalCount);
  expect(await count({ kinds }, 'navettes')).toBe(data.words.totalCount);
  const department = await uidOfRecord(gateway.database, 'essai', 'dep');
  expect(await count({ kinds: ['Structure'], places: [department] })).toBe(data.here.totalCount);
  // What concerns the weaver concerns the textile trades; the two trades answer for themselves.
  const { facets } = await catalogue.search(question(undefined, { kinds }));
  const trades = facets.find(({ name }) => name === 'trade')!.values;
  expect(trades).toContainEqual({ value: trade, label: 'Métiers du textile', count: OBJECTS });
  expect(facets.find(({ name }) => name === 'source')!.values).toEqual([{ value: 'essai', count: OBJECTS }]);
});

test('hidden, expired and half hidden things make no difference to any answer', async () => {
  await write(gateway.database, [...VISIBLE, ...BESIDE, ...HIDDEN]);
  const withHidden = await answers(await loaded());
  await empty(gateway.database);
  await write(gateway.database, [...VISIBLE, ...BESIDE]);
  const without = await answers(await loaded());
  expect(withHidden).toEqual(without);
  expect(JSON.stringify(withHidden)).not.toMatch(/secret/i);
  expect(JSON.stringify(withHidden)).toContain('rouet orphelin');
});

test('what is kept in step is what is read anew, after any change', async () => {
  await write(gateway.database, VISIBLE.slice(0, 12));
  const kept = await loaded();
  const steps = [
    [...VISIBLE.slice(12), ...BESIDE],
    HIDDEN,
    // A museum moves, an object loses its trade and its picture, a trade is hidden, a new thing comes.
    [tell('Structure', 'm1', 'Écomusée du Lin', { codes: ['trame:m1'], relations: { place: [to('insee:99002')] } })],
    [
      tell('HeritageObject', 'o04', 'Navette', {
        relations: { heldBy: [to('trame:m2')], subjects: [{ text: 'Lin' }] },
      }),
    ],
    [tell('Trade', 'tisserand', 'Tisserand', { codes: ['trame:tisserand'], hidden: true })],
    [tell('HeritageObject', 'o99', 'Navette neuve', { relations: { heldBy: [to('trame:m1')] } })],
    [tell('HeritageObject', 'o02', 'Métier caché', { hidden: true })],
  ];
  for (const [step, told] of steps.entries()) {
    await write(gateway.database, told);
    await kept.look();
    const anew = await loaded();
    expect({ step, answers: await answers(kept) }).toEqual({ step, answers: await answers(anew) });
    expect(kept.state().asOf).toBe(anew.state().asOf);
  }
});

test('a graph that was emptied and filled again is read again', async () => {
  await write(gateway.database, VISIBLE);
  const catalogue = await loaded();
  await empty(gateway.database);
  await gateway.database.run("MATCH (s:Sequence {name: 'change'}) SET s.value = 0");
  await write(gateway.database, VISIBLE.slice(0, 4));
  await expect
    .poll(async () => (await catalogue.search(question(undefined)).catch(() => ({ total: -1 }))).total, {
      timeout: 10_000,
    })
    .toBe(4);
});

test('in its own thread: refused while it reads, then answers, sees a commit by itself, and passes refusals on', async () => {
  await write(gateway.database, VISIBLE);
  const catalogue = openCatalogue(testConnection(), log);
  open.push(catalogue);
  await expect(catalogue.search(question('lin'))).rejects.toMatchObject({ code: 'CATALOGUE_LOADING' });
  await expect.poll(() => catalogue.state().ready, { timeout: 10_000 }).toBe(true);
  const before = await catalogue.search(question('rouet'));
  expect(before.total).toBe(0);
  await write(gateway.database, BESIDE);
  await expect.poll(async () => (await catalogue.search(question('rouet'))).total, { timeout: 10_000 }).toBe(1);
  expect(catalogue.state().asOf).toBeGreaterThan(before.asOf);
  await expect(catalogue.search(question('x'.repeat(500)))).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});
