/**
 * What is hidden leaks through no field, count, total, search, code or error: whatever is asked, the answer is, to the byte, what it
 * is where the hidden things do not exist.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { schema } from './schema/schema.ts';
import { empty, openTestGateway, type TestGateway } from './testing/gateway.ts';
import { BESIDE, HIDDEN, type Told, uidOfRecord, VISIBLE, write, writeSources } from './testing/graph.ts';
import { everyFilter, everyList } from './testing/questions.ts';

interface Question {
  readonly name: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

let gateway: TestGateway;
let catalogue: LocalCatalogue | undefined;
let questions: readonly Question[];
let withHidden: Record<string, unknown>;
let without: Record<string, unknown>;

beforeAll(async () => {
  gateway = await openTestGateway();
  const { database } = gateway;
  await fill([...VISIBLE, ...BESIDE, ...HIDDEN]);
  const hiddenUids = await Promise.all(HIDDEN.map(({ source, id }) => uidOfRecord(database, source, id)));
  const mentioned = await mentionsOfHidden();
  const seen = await uidOfRecord(database, 'essai', 'm1');
  questions = makeQuestions(
    [...hiddenUids, ...mentioned].filter((uid) => uid !== seen),
    seen,
  );
  withHidden = await askAll();
  await fill([...VISIBLE, ...BESIDE]);
  without = await askAll();
}, 240_000);
afterAll(async () => {
  await catalogue?.close();
  await gateway.database.close();
});

async function fill(told: readonly Told[]): Promise<void> {
  await empty(gateway.database);
  await write(gateway.database, told);
  await writeSources(gateway.database);
  await catalogue?.close();
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (_, fault) => console.error(fault) });
  await catalogue.ready();
}

/** Pictures, subjects and makers that only hidden or expired records mention. */
async function mentionsOfHidden(): Promise<string[]> {
  const { records } = await gateway.database.run(
    "MATCH (m:Entity) WHERE (m:Media OR m:Concept OR m:Agent) AND toLower(m.name) CONTAINS 'secret' RETURN m.uid AS uid ORDER BY uid LIMIT 4",
  );
  return records.map((row) => row.get('uid') as string);
}

function makeQuestions(hiddenUids: readonly string[], seen: string): Question[] {
  const searches = ['secret', 'secr*', 'navette', 'lin', 'musee', 'expiree', '99999999900002', 'M9901'];
  const codes = ['trame:secret', 'siret:99999999900001', 'siret:99999999900002', 'trame:m1', 'trame:canton-secret'];
  return [
    ...everyList(schema),
    ...everyFilter(schema, seen).filter(({ name }) => / (all|hasMedia|demonstration)$/.test(name)),
    ...everyFilter(schema, 'insee-dep:99').filter(({ name }) => /place|madeIn|heldIn/.test(name)),
    ...hiddenUids.flatMap((uid) => [
      { name: `node ${uid}`, query: `{ node(id: "${uid}") { __typename uid name provenance { field } } }` },
      {
        name: `structure ${uid}`,
        query: `{ structure(uid: "${uid}") { name } heritageObject(uid: "${uid}") { name } concept(uid: "${uid}") { name } }`,
      },
      ...everyFilter(schema, uid).filter(({ name }) =>
        /trade|holder|subject|creator|place|organiser|broader|memberOf|partOf/.test(name),
      ),
    ]),
    ...codes.map((code) => ({
      name: `code ${code}`,
      query: `{ structure(code: "${code}") { uid name codes { scheme value } } place(code: "${code}") { uid } }`,
    })),
    ...searches.map((query) => ({
      name: `search ${query}`,
      query:
        'query ($query: String!) { search(query: $query, first: 100, orderBy: NAME) { totalCount entityCount didYouMean nodes { uid name } edges { cursor duplicates highlights { field text marks { begin end } } moments { text } } facets { kinds { values { value count } } trades { distinct missing values { value label count } } places { distinct missing values { label count } } subjects { values { label count } } creators { values { label } } sources { distinct values { value } } } } structures(filter: { search: $query }) { totalCount } heritageObjects(filter: { search: $query }) { totalCount nodes { uid } } }',
      variables: { query },
    })),
    ...['sec', 'nav', 'exp', 'fete', 'aut', 'tis', 'can'].map((typed) => ({
      name: `suggest ${typed}`,
      query: 'query ($typed: String!) { suggest(typed: $typed, first: 20) { uid kind name count entity { name } } }',
      variables: { typed },
    })),
    ...['secrte', 'navete', 'expire', 'canto'].map((query) => ({
      name: `did you mean ${query}`,
      query: 'query ($query: String!) { search(query: $query) { totalCount didYouMean } }',
      variables: { query },
    })),
    ...[...hiddenUids, seen, 'trame:secret', 'trame:tisserand'].map((id) => ({
      name: `similar ${id}`,
      query: 'query ($id: ID!) { similar(id: $id, first: 20) { score entity { uid name } shared { uid name } } }',
      variables: { id },
    })),
    { name: 'counts', query: '{ counts { kind count } }' },
    {
      name: 'sources',
      query:
        '{ sources { name title lastRun { id } } runs { id reason { fr en } } other: runs(source: "secret") { id } }',
    },
  ];
}

async function askAll(): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  const left = questions.entries();
  const worker = async () => {
    for (const [index, { name, query, variables }] of left) {
      answers[`${index} ${name} ${JSON.stringify(variables ?? {})}`] = sorted(await patiently(query, variables));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return answers;
}

/** A new text is planned when it is first asked; on a machine that is busy elsewhere that alone may take too long, once. */
async function patiently(...asked: Parameters<TestGateway['query']>): ReturnType<TestGateway['query']> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await gateway.query(asked[0], asked[1], catalogue ? { catalogue } : {});
    if (attempt === 3 || !JSON.stringify(answer).includes('QUERY_TIMEOUT')) return answer;
  }
}

/** Order by score rests on all that is indexed; that of lists does not, and is kept. */
function sorted(answer: Awaited<ReturnType<TestGateway['query']>>): unknown {
  const nodes = answer.data?.search?.nodes as { uid: string }[] | undefined;
  nodes?.sort((a, b) => (a.uid < b.uid ? -1 : 1));
  return answer;
}

test('the hidden things are there, or this would prove nothing', async () => {
  await fill([...VISIBLE, ...BESIDE, ...HIDDEN]);
  const { records } = await gateway.database.run(
    "MATCH (n:Entity) WHERE toLower(n.name) CONTAINS 'secret' RETURN labels(n) AS labels",
  );
  expect(records.length).toBeGreaterThanOrEqual(12);
  expect(records.some((row) => (row.get('labels') as string[]).includes('Published'))).toBe(true);
});

test('every question is answered the same as if they did not exist', () => {
  expect(Object.keys(withHidden).length).toBeGreaterThan(200);
  for (const [name, answer] of Object.entries(without))
    expect({ name, answer: withHidden[name] }).toEqual({ name, answer });
});

test('no answer has a hidden word in it, and none is an error of ours', () => {
  for (const [name, answer] of Object.entries(withHidden)) {
    expect(`${name} ${JSON.stringify(answer)}`.replace(name, '')).not.toMatch(/secret|99999999900/i);
    const { errors } = answer as { errors: { code: string }[] };
    expect({ name, errors: errors.filter(({ code }) => code !== 'BAD_ARGUMENT') }).toEqual({ name, errors: [] });
  }
});

test('visible things were answered, so that silence is no proof', () => {
  const text = JSON.stringify(withHidden);
  for (const name of ['Écomusée du Lin', 'Rouet orphelin', 'Musée du Canton', 'Navette', 'Tisserand'])
    expect(text).toContain(name);
});
