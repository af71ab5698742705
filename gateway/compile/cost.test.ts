/** What a request weighs before it is asked: what the graph must visit is paid for, also where few rows come back. */
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../schema/schema.ts';
import { costOfRequest, MOST_ROWS } from './cost.ts';
import { selectionOf } from './selection.ts';

function cost(text: string): number {
  const document = parse(text);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const roots = selectionOf({ schema, fragments: {}, variableValues: {} }, schema.getQueryType()!, [
    operation.selectionSet,
  ]);
  return costOfRequest(roots);
}

test('rows within rows are multiplied', () => {
  const page = (first: number) =>
    cost(`{ heritageObjects(first: ${first}) { nodes { name trades(first: 5) { nodes { name } } } } }`);
  expect(page(20)).toBe(20 * (1 + 5));
  expect(page(100)).toBe(5 * page(20));
});

test('what visits the whole graph is dear, however little it answers', () => {
  expect(cost('{ counts { kind count } }')).toBeGreaterThanOrEqual(500);
  expect(cost('{ heritageObjects(first: 0) { totalCount } }')).toBeGreaterThanOrEqual(100);
  expect(cost('{ search(query: "lin", first: 0) { totalCount } }')).toBeGreaterThanOrEqual(20);
  const most = Array.from({ length: 20 }, (_, index) => `a${index}: counts { kind }`).join(' ');
  expect(cost(`{ ${most} }`)).toBeGreaterThanOrEqual(MOST_ROWS);
});

test('who asks costs nothing, and one thing costs itself', () => {
  expect(cost('{ me { name budget { remaining } } }')).toBe(0);
  expect(cost('{ structure(uid: "x") { name } }')).toBe(1);
});
