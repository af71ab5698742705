/** What a question for candidates weighs, before anything is asked of the database. */
import { type GraphQLObjectType, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { costOf } from '../compile/cost.ts';
import { selectionOf } from '../compile/selection.ts';
import { schema } from '../schema/schema.ts';

function weigh(first: number, candidates: string): number {
  const text = `{ pathwayCandidates(trade: "x", near: {}, first: ${first}) { legs { candidates { ${candidates} } } } }`;
  const [operation] = parse(text).definitions as [OperationDefinitionNode];
  const query = schema.getQueryType() as GraphQLObjectType;
  return costOf(selectionOf({ schema, fragments: {}, variableValues: {} }, query, [operation.selectionSet]));
}

test('the search itself, then three legs of so many candidates', () => {
  expect(weigh(10, 'score metres evidence { kind }')).toBe(300 + 3 * 10);
  expect(weigh(10, 'structure { name }')).toBe(300 + 3 * 10 * 2);
});

test('lists that have no `first` weigh as many items as they can have', () => {
  expect(weigh(10, 'offers { name }')).toBe(300 + 3 * 10 * (1 + 10));
  expect(weigh(2, 'pathways { legs(first: 3) { nodes { name } } }')).toBe(300 + 3 * 2 * (1 + 10 * (1 + 3)));
});
