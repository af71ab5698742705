/** Random selections: what is asked in one text at any depth is what each field answers when it is asked alone; and neither order nor aliases change the text. */
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from './schema/schema.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { VISIBLE, write } from './testing/graph.ts';

/** Levels of entities below the root list. */
const DEEPEST = 2;
const RUNS = 20;
/** Of the runs, so that each build asks the same. */
const SEED = 7;

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, VISIBLE);
});
afterAll(() => gateway.database.close());

interface Chosen {
  readonly name: string;
  /** How many of a list; undefined for a value and for one entity. */
  readonly first: number | undefined;
  readonly via: 'nodes' | 'edges';
  readonly type: GraphQLObjectType | undefined;
  readonly inner: readonly Chosen[];
}

type Field = GraphQLField<unknown, unknown>;

function isEntity(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Entity');
}

/** The type of what a list of entities holds. */
function nodeOf(field: Field): GraphQLObjectType | undefined {
  const connection = getNamedType(field.type);
  const nodes = isObjectType(connection) ? connection.getFields()['nodes'] : undefined;
  const node = nodes && getNamedType(nodes.type);
  return isEntity(node) ? node : undefined;
}

/** The fields of an entity that can be asked as they are: values, one entity, lists of entities. */
function fieldsOf(type: GraphQLObjectType, isLast: boolean): Field[] {
  return Object.values(type.getFields()).filter((field) => {
    if (field.args.some(isRequiredArgument) || field.name === 'uid') return false;
    const named = getNamedType(field.type);
    return isLeafType(named) || (!isLast && (isEntity(named) || nodeOf(field) !== undefined));
  });
}

type Draw = fc.GeneratorValue;

function choose(draw: Draw, type: GraphQLObjectType, level = 0): Chosen[] {
  const fields = fieldsOf(type, level === DEEPEST).map(({ name }) => name);
  return draw(fc.subarray, fields, { minLength: 1, maxLength: 4 }).map((name) => {
    const field = type.getFields()[name]!;
    const named = getNamedType(field.type);
    const node = nodeOf(field);
    const entity = isEntity(named) ? named : node;
    return {
      name,
      first: node && draw(fc.integer, { min: 1, max: 5 }),
      via: draw(fc.boolean) ? 'nodes' : 'edges',
      type: entity,
      inner: entity ? choose(draw, entity, level + 1) : [],
    };
  });
}

/** `other`: the same, in another order and under other names. */
function print(chosen: readonly Chosen[], other = false): string {
  const parts = chosen.map(({ name, first, via, type, inner }, index) => {
    const key = `${other ? 'z' : 'a'}${index}: ${name}`;
    if (type === undefined) return key;
    const rows = `{ ${print(inner, other)} }`;
    if (first === undefined) return `${key} ${rows}`;
    return `${key}(first: ${first}) { ${via === 'nodes' ? `nodes ${rows}` : `edges { node ${rows} }`} }`;
  });
  return (other ? [...parts.reverse(), 'uid'] : ['uid', ...parts]).join(' ');
}

type Row = Readonly<Record<string, unknown>> & { readonly uid: string };
const alone = new Map<string, Promise<unknown>>();

/** One field of one entity, asked by itself: a value, a uid, or the uids of a list. */
function askAlone(uid: string, type: GraphQLObjectType, { name, first, type: inner }: Chosen): Promise<unknown> {
  const rows = first === undefined ? (inner ? '{ uid }' : '') : `(first: ${first}) { nodes { uid } }`;
  const query = `query ($uid: ID!) { node(id: $uid) { ... on ${type.name} { value: ${name}${rows} } } }`;
  const key = `${uid} ${query}`;
  const known =
    alone.get(key) ??
    gateway.query(query, { uid }).then(({ data, errors }) => {
      expect(errors).toEqual([]);
      return data.node.value;
    });
  alone.set(key, known);
  return known;
}

async function check(row: Row, type: GraphQLObjectType, chosen: readonly Chosen[]): Promise<void> {
  for (const [index, each] of chosen.entries()) {
    const got = row[`a${index}`];
    const expected = await askAlone(row.uid, type, each);
    const at = `${type.name}.${each.name} of ${row.uid}`;
    if (each.type === undefined) {
      expect({ at, value: got }).toEqual({ at, value: expected });
      continue;
    }
    const below = rowsOf(got, each);
    expect({ at, uids: below.map(({ uid }) => uid) }).toEqual({
      at,
      uids: rowsOf(expected, { ...each, via: 'nodes' }).map(({ uid }) => uid),
    });
    for (const one of below) await check(one, each.type, each.inner);
  }
}

function rowsOf(value: unknown, { first, via }: Pick<Chosen, 'first' | 'via'>): readonly Row[] {
  if (first === undefined) return value === null ? [] : [value as Row];
  const list = value as { nodes?: readonly Row[]; edges?: readonly { readonly node: Row }[] };
  return via === 'nodes' ? list.nodes! : list.edges!.map(({ node }) => node);
}

const LISTS = Object.values(schema.getQueryType()!.getFields()).filter(
  (field) => nodeOf(field) !== undefined && !field.args.some(isRequiredArgument),
);

const asked = fc.gen().map((draw) => {
  const root = LISTS[draw(fc.nat, { max: LISTS.length - 1 })]!;
  const type = nodeOf(root)!;
  return { root: root.name, type, chosen: choose(draw, type) };
});

test('in one text as each alone, and one text however it is written', { timeout: 60_000 }, async () => {
  expect(LISTS.length).toBeGreaterThan(5);
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ root, type, chosen }) => {
      const ask = (inner: string) => `{ ${root}(first: 6) { nodes { ${inner} } } }`;
      const texts = async (query: string) => (await gateway.textsOf(query)).map(({ text }) => text);
      expect(await texts(ask(print(chosen, true)))).toEqual(await texts(ask(print(chosen))));
      const { data, errors } = await gateway.query(ask(print(chosen)));
      expect(errors).toEqual([]);
      for (const row of data[root].nodes as Row[]) {
        rows += 1;
        await check(row, type, chosen);
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(rows).toBeGreaterThan(RUNS);
});
