/** What the full-text search finds, on a real Neo4j. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { VISIBLE, write } from './testing/graph.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, VISIBLE);
});
afterAll(() => gateway.database.close());

async function data(query: string, variables?: Record<string, unknown>) {
  const answer = await gateway.query(query, variables);
  expect(answer.errors).toEqual([]);
  return answer.data;
}

const names = (connection: { nodes: { name: string }[] }) => connection.nodes.map(({ name }) => name);

describe('search', () => {
  const search = (query: string, more = '') =>
    data(`query ($query: String!) { search(query: $query ${more}) { totalCount nodes { __typename name } } }`, {
      query,
    });

  test.each([
    ['musee', ['Musée de l’Échoppe', 'Écomusée du Lin']],
    ['l’échoppe', ['Musée de l’Échoppe']],
    ['ECOMUSEE LINS', ['Écomusée du Lin']],
    ['"fete du lin"', ['Fête du lin']],
    ['"lin fête"', []],
    ['échop*', ['Musée de l’Échoppe']],
    ['musée de l’éch*', ['Musée de l’Échoppe']],
    ['A1973.2.4', ['Navette']],
    ['museofile AND (', []],
    ['M9901', ['Écomusée du Lin']],
    ['zzz', []],
  ])('%s', async (query, expected) => {
    const { search: found } = await search(query);
    expect(names(found)).toEqual(expected);
    expect(found.totalCount).toBe(expected.length);
  });

  test('stays within the kinds, and can be paged', async () => {
    const { search: found } = await search('tisser', ', kinds: [HERITAGE_OBJECT], first: 100');
    expect(found.totalCount).toBe(9);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: {
        search: {
          edges: { score: number; node: { uid: string } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      } = await data(
        'query ($after: String) { search(query: "tisser", kinds: [HERITAGE_OBJECT], first: 4, after: $after) { edges { score node { uid } } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      seen.push(...answer.search.edges.map(({ node }) => node.uid));
      after = answer.search.pageInfo.hasNextPage ? answer.search.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });
});
