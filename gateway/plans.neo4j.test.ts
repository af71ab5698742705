/** Every text that the compiler makes, put through EXPLAIN: nothing reads the whole graph, nothing multiplies rows blindly. */
import type { Plan } from 'neo4j-driver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { EXAMPLES } from './examples.ts';
import { schema } from './schema/schema.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { VISIBLE, write } from './testing/graph.ts';
import { everyFilter, everyList } from './testing/questions.ts';

let gateway: TestGateway;
let catalogue: LocalCatalogue;

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, VISIBLE);
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (_, fault) => console.error(fault) });
  await catalogue.ready();
});
afterAll(async () => {
  await catalogue.close();
  await gateway.database.close();
});

const MORE = [
  '{ node(id: "x") { uid name provenance { field } codes { value } ... on Trade { objects { totalCount nodes { name } } } } }',
  '{ structure(uid: "x") { name } place(code: "insee:99001") { name contains { nodes { name } } } }',
  '{ search(query: "lin") { totalCount edges { cursor score node { uid name } } pageInfo { hasNextPage endCursor } } }',
  '{ events(orderBy: BEGIN) { totalCount nodes { name occurrences { begin end } } pageInfo { endCursor } } }',
  '{ counts { kind count } sources { name lastRun { id } } runs(source: "x") { id } }',
  '{ runs { id } }',
];

test('no AllNodesScan and no CartesianProduct', { timeout: 240_000 }, async () => {
  const questions = [
    ...everyList(schema).map(({ query }) => ({ query, variables: {} })),
    ...everyFilter(schema, '0123456789abcdef'),
    ...everyFilter(schema, 'insee-dep:99').filter(({ name }) => /place|madeIn|heldIn/.test(name)),
    ...EXAMPLES.map(({ query, variables = {} }) => ({ query, variables: { ...variables } })),
    ...MORE.map((query) => ({ query, variables: {} })),
  ];
  const asked = await Promise.all(
    questions.map(({ query, variables }) => gateway.textsOf(query, variables, { catalogue })),
  );
  const texts = [...new Map(asked.flat().map((compiled) => [compiled.text, compiled])).values()];
  expect(texts.length).toBeGreaterThan(100);
  const bad: { text: string; operators: string[] }[] = [];
  const left = texts.values();
  const worker = async () => {
    for (const { text, parameters } of left) {
      const operators = (await explain(text, parameters)).filter((one) => /AllNodesScan|CartesianProduct/.test(one));
      if (operators.length > 0) bad.push({ text, operators });
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(bad).toEqual([]);
});

test('a page of a list is sought in the index of its order, and not sorted', async () => {
  for (const query of [
    '{ heritageObjects { nodes { name } } }',
    '{ heritageObjects(filter: { nameStartsWith: "nav" }) { nodes { name } } }',
    '{ heritageObjects(filter: { objectKind: [OBJECT], hasMedia: true, from: 1800 }) { nodes { name } } }',
  ]) {
    const [compiled] = await gateway.textsOf(query);
    const operators = await explain(compiled!.text, compiled!.parameters);
    expect(operators.join(' ')).toMatch(/NodeIndexSeek/);
    expect(operators.filter((one) => /Sort|Top|LabelScan/.test(one))).toEqual([]);
  }
});

test('a list that begins at another entity begins there', async () => {
  for (const filter of ['trade: "x"', 'holder: "x"', 'madeIn: "x"', 'madeIn: "99001"', 'madeIn: "99001", trade: "x"']) {
    const [compiled] = await gateway.textsOf(
      `{ heritageObjects(filter: { ${filter} }) { totalCount nodes { name } } }`,
    );
    const operators = await explain(compiled!.text, compiled!.parameters);
    expect(operators.join(' ')).toMatch(/NodeUniqueIndexSeek/);
    expect(operators.filter((one) => /LabelScan|^NodeIndexSeek/.test(one))).toEqual([]);
  }
});

async function explain(text: string, parameters: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { summary } = await gateway.database.run(`EXPLAIN ${text}`, { ...parameters });
  return summary.plan ? operatorsOf(summary.plan) : [];
}

function operatorsOf(plan: Plan): string[] {
  return [plan.operatorType.replace(/@.*/, ''), ...plan.children.flatMap(operatorsOf)];
}
