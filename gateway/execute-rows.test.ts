import {
  type ExecutionArgs,
  execute,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { executeRows } from './execute-rows.ts';
import { byKey } from './schema/builder.ts';

const column = (type: GraphQLOutputType) => ({ type, resolve: byKey });
const Sort = new GraphQLEnumType({ name: 'Sort', values: { TOOL: { value: 'tool' } } });
const Thing: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Thing',
  resolveType: (row: { readonly kind: string }) => row.kind,
  fields: () => ({ name: column(GraphQLString) }),
});
const Piece: GraphQLObjectType = new GraphQLObjectType({
  name: 'Piece',
  interfaces: [Thing],
  fields: () => ({
    name: column(GraphQLString),
    sort: column(Sort),
    weight: column(new GraphQLNonNull(GraphQLFloat)),
    parts: column(new GraphQLList(Piece)),
    worked: { type: GraphQLInt, resolve: ({ weight }: { readonly weight: number }) => weight * 2 },
  }),
});
const Place = new GraphQLObjectType({
  name: 'Place',
  interfaces: [Thing],
  fields: { name: column(GraphQLString), size: column(GraphQLInt) },
});

const ROWS = [
  {
    kind: 'Piece',
    name: 'navette',
    nom: 'navette',
    sort: 'tool',
    weight: 1.5,
    parts: [{ kind: 'Piece', name: 'pointe', weight: 1 }, null],
  },
  { kind: 'Place', name: 'Roubaix', nom: 'Roubaix', size: 3 },
  { kind: 'Piece', name: null, weight: 2, parts: null },
];
const schema = new GraphQLSchema({
  types: [Piece, Place],
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      things: {
        type: new GraphQLList(Thing),
        args: { first: { type: GraphQLInt } },
        resolve: async (_root, { first }) => ROWS.slice(0, first ?? 3),
      },
      pieces: {
        type: new GraphQLNonNull(new GraphQLList(Piece)),
        resolve: () => ROWS.filter(({ kind }) => kind === 'Piece'),
      },
      broken: { type: new GraphQLList(Piece), resolve: () => [{ kind: 'Piece', name: 'sans poids' }] },
      failing: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('no');
        },
      },
      lost: {
        type: new GraphQLNonNull(GraphQLString),
        resolve: () => {
          throw new Error('no');
        },
      },
    },
  }),
});

async function both(source: string, variableValues: Record<string, unknown> = {}) {
  let usual = 0;
  const args: ExecutionArgs = { schema, document: parse(source), variableValues };
  const rows = executeRows((given) => {
    usual += 1;
    return execute(given);
  });
  const quick = JSON.parse(JSON.stringify(await rows(args)));
  expect(quick).toEqual(JSON.parse(JSON.stringify(await execute(args))));
  return usual;
}

describe('answers as the usual executor does, by itself', () => {
  test.each([
    '{ things { name } }',
    '{ things { __typename ... on Piece { weight sort parts { name weight } } ... on Place { size } } }',
    '{ a: things(first: 1) { nom: name } b: pieces { name weight } }',
    'query ($n: Int = 2) { things(first: $n) { ...T ...T } } fragment T on Thing { name ... on Piece { parts { name } } }',
    '{ pieces { parts { name } } pieces { parts { weight } name } }',
    '{ pieces { name } failing }',
    '{ pieces { name } lost }',
  ])('%s', async (source) => {
    expect(await both(source)).toBe(0);
  });
});

describe('leaves the others to it', () => {
  test.each([
    ['directives', '{ things { name @skip(if: true) } }'],
    ['fields that are worked out', '{ pieces { worked } }'],
    ['a column that is missing', '{ broken { name weight } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a variable that is wrong', 'query ($n: Int!) { things(first: $n) { name } }'],
  ])('%s', async (_why, source) => {
    expect(await both(source)).toBe(1);
  });
});
