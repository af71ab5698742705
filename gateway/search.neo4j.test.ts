/** What the full-text search finds, on a real Neo4j. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { tell, VISIBLE, write } from './testing/graph.ts';

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

async function data(query: string, variables?: Record<string, unknown>) {
  const answer = await gateway.query(query, variables, { catalogue });
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
    ['les tisseurs', ['Tisserand']],
    ['"tisseurs"', []],
    ['museofile AND (', []],
    ['M9901', ['Écomusée du Lin']],
    ['zzz', []],
  ])('%s', async (query, expected) => {
    const { search: found } = await search(query);
    expect(names(found)).toEqual(expected);
    expect(found.totalCount).toBe(expected.length);
  });

  test('stays within the kinds, and can be paged', async () => {
    const { search: found } = await search('tisser', ', filter: { kinds: [HERITAGE_OBJECT] }, first: 100');
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
        'query ($after: String) { search(query: "tisser", filter: { kinds: [HERITAGE_OBJECT] }, first: 4, after: $after) { edges { score node { uid } } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      seen.push(...answer.search.edges.map(({ node }) => node.uid));
      after = answer.search.pageInfo.hasNextPage ? answer.search.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });
});

describe('facets, places, days', () => {
  test('each facet with its arguments, under aliases, with entities where they are asked for', async () => {
    const { search } = await data(
      `{ search(filter: { kinds: [HERITAGE_OBJECT], trades: ["trame:textile"] }) {
           totalCount entityCount asOf
           facets {
             kinds { values { value label labelEn count } }
             top: trades(first: 1) { distinct missing values { label count entity { __typename uid name ... on Trade { sector } } } }
             trades { values { label count } }
             centuries { values { value label count } }
             places(level: DEPARTMENT) { values { label count } }
             communes: places(within: "insee-dep:99") { values { label count } }
             nowhere: places(within: "insee-dep:98") { distinct }
             hasPicture { values { value label count } }
             sources { values { value label count } }
           } } }`,
    );
    expect(search).toMatchObject({
      totalCount: 12,
      entityCount: 12,
      asOf: expect.stringMatching(/^[\w-]{22}$/),
      facets: {
        top: {
          distinct: 2,
          missing: 0,
          values: [{ label: 'Métiers du textile', count: 12, entity: { __typename: 'Trade', sector: 'Textile' } }],
        },
        trades: {
          values: [
            { label: 'Métiers du textile', count: 12 },
            { label: 'Tisserand', count: 12 },
          ],
        },
        centuries: { values: [{ value: '19', label: 'XIXᵉ siècle', count: 12 }] },
        places: { values: [{ label: 'Département d’essai', count: 12 }] },
        communes: {
          values: [
            { label: 'Ablain d’essai', count: 8 },
            { label: 'Ébourg d’essai', count: 4 },
          ],
        },
        nowhere: { distinct: 0 },
        hasPicture: {
          values: [
            { value: 'false', label: 'Sans image', count: 6 },
            { value: 'true', label: 'Avec image', count: 6 },
          ],
        },
        sources: { values: [{ value: 'essai', label: 'essai', count: 12 }] },
      },
    });
    // The museums are told beside the objects: the filter by kind is the facet's own.
    expect(search.facets.kinds.values).toContainEqual({
      value: 'STRUCTURE',
      label: 'Structure',
      labelEn: 'Structure',
      count: 1,
    });
  });

  test('near a commune, by distance; and in a box', async () => {
    const { search } = await data(
      `{ search(filter: { kinds: [STRUCTURE], near: { place: "99001", km: 100 } }, orderBy: DISTANCE) { edges { distance node { name } } } }`,
    );
    expect(search.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual([
      'Écomusée du Lin',
      'Musée de l’Échoppe',
    ]);
    expect(search.edges[0].distance).toBe(0);
    expect(search.edges[1].distance).toBeGreaterThan(30_000);
    const { search: box } = await data(
      '{ search(filter: { kinds: [STRUCTURE], box: { south: 50.2, west: 3.4, north: 50.3, east: 3.6 } }) { nodes { name } } }',
    );
    expect(names(box)).toEqual(['Musée de l’Échoppe']);
  });

  test('events of some days, the next first', async () => {
    const { search } = await data(
      '{ search(filter: { fromDay: "2024-05-05", toDay: "2024-06-01" }, orderBy: BEGIN) { nodes { name } } }',
    );
    expect(names(search).sort()).toEqual(['Atelier de tissage', 'Fête du lin']);
  });

  test('what looks the same is one answer, that says how many', async () => {
    const { search } = await data(
      '{ search(query: "navette", collapse: true) { totalCount entityCount edges { duplicates node { name } } } }',
    );
    expect(
      search.totalCount +
        search.edges.reduce((sum: number, { duplicates }: { duplicates: number }) => sum + duplicates, 0),
    ).toBe(search.entityCount);
  });

  test.each([
    ['filter: { near: { place: "insee:00000" } }', 'BAD_ARGUMENT'],
    ['filter: { near: { latitude: 91, longitude: 0 } }', 'BAD_ARGUMENT'],
    ['filter: { near: { place: "99001", km: 501 } }', 'BAD_ARGUMENT'],
    ['filter: { box: { south: 51, west: 0, north: 50, east: 1 } }', 'BAD_ARGUMENT'],
    ['filter: { when: TODAY, fromDay: "2024-01-01" }', 'BAD_ARGUMENT'],
    ['filter: { fromDay: "2024-02-01", toDay: "2024-01-01" }', 'BAD_ARGUMENT'],
    ['filter: { kinds: [MEDIA] }', 'BAD_ARGUMENT'],
    ['orderBy: DISTANCE', 'BAD_ARGUMENT'],
    ['after: "eA"', 'CURSOR_INVALID'],
    ['first: 101', 'FIRST_TOO_LARGE'],
    [`filter: { trades: [${'"a" '.repeat(101)}] }`, 'BAD_ARGUMENT'],
  ])('%s is refused in words', async (args, code) => {
    const { errors } = await gateway.query(`{ search(${args}) { totalCount nodes { name } } }`, {}, { catalogue });
    expect(errors).toMatchObject([{ code }]);
  });

  test('an id that is nothing keeps nothing', async () => {
    const { search } = await data(
      '{ search(filter: { trades: ["trame:nichts"] }) { totalCount facets { trades { distinct } } } }',
    );
    expect(search.totalCount).toBe(0);
    expect(search.facets.trades.distinct).toBe(2);
  });
});

describe('why it was found', () => {
  test('passages of its texts, accents kept', async () => {
    const { search } = await data(
      '{ search(query: "musee lin") { edges { highlights { field text marks { begin end } } moments { begin } } } }',
    );
    expect(search.edges).toEqual([
      {
        highlights: [
          { field: 'name', text: 'Écomusée du Lin', marks: [{ begin: 12, end: 15 }] },
          {
            field: 'description',
            text: 'Un musée d’essai sur le travail du lin.',
            marks: [
              { begin: 3, end: 8 },
              { begin: 35, end: 38 },
            ],
          },
          { field: 'themes', text: 'lin', marks: [{ begin: 0, end: 3 }] },
        ],
        moments: [],
      },
    ]);
  });

  test('a testimony by what is said, at its second', async () => {
    await write(gateway.database, [
      tell('HeritageObject', 't1', 'Témoignage d’essai', {
        fields: {
          objectKind: 'testimony',
          transcript: [
            { begin: 1, end: 4, text: 'Je suis entré à quatorze ans.' },
            { begin: 62.5, end: 66, text: 'La peigneuse faisait un bruit terrible.' },
          ],
        },
      }),
    ]);
    await catalogue.look();
    const { search } = await data(
      '{ search(query: "bruit peigneuses") { edges { node { name } moments { begin end text marks { begin } } highlights { field } } } }',
    );
    expect(search.edges).toEqual([
      {
        node: { name: 'Témoignage d’essai' },
        moments: [
          {
            begin: 62.5,
            end: 66,
            text: 'La peigneuse faisait un bruit terrible.',
            marks: [{ begin: 3 }, { begin: 24 }],
          },
        ],
        highlights: [],
      },
    ]);
  });
});

describe('while typing, and beside', () => {
  test('suggestions, with their entities where asked for', async () => {
    const { suggest, structures } = await data(
      '{ suggest(typed: "mus") { name kind count entity { __typename ... on Structure { structureType } } } structures: suggest(typed: "l", kinds: [TRADE]) { name } }',
    );
    expect(suggest).toEqual([
      {
        name: 'Musée de l’Échoppe',
        kind: 'STRUCTURE',
        count: 1,
        entity: { __typename: 'Structure', structureType: 'MUSEUM' },
      },
    ]);
    expect(structures).toEqual([]);
    const { suggest: shuttles } = await data('{ suggest(typed: "navet", first: 1) { name kind count } }');
    expect(shuttles).toEqual([{ name: 'Navette', kind: 'HERITAGE_OBJECT', count: 3 }]);
  });

  test('did you mean', async () => {
    const { search } = await data('{ search(query: "tisseront") { totalCount didYouMean } }');
    expect(search).toEqual({ totalCount: 0, didYouMean: 'tisserand' });
    const { search: known } = await data('{ search(query: "tisserand") { didYouMean } }');
    expect(known.didYouMean).toBeNull();
  });

  test('similar objects, and what they share', async () => {
    const { search } = await data('{ search(query: "navette", first: 1, orderBy: NAME) { nodes { uid } } }');
    const { similar } = await data(
      `{ similar(id: "${search.nodes[0].uid}", first: 3) { score entity { name } shared { __typename name } } other: similar(id: "nothing") { score } }`,
    );
    expect(similar).toHaveLength(3);
    expect(similar[0].entity.name).toBe('Navette');
    expect(similar[0].shared.map(({ name }: { name: string }) => name)).toContain('Tisserand');
    expect(similar[0].score).toBeGreaterThanOrEqual(similar[2].score);
  });

  test.each(['{ suggest(typed: "a", first: 21) { name } }', '{ similar(id: "a", first: -1) { score } }'])(
    '%s is refused',
    async (query) => {
      const { errors } = await gateway.query(query, {}, { catalogue });
      expect(errors).toMatchObject([{ code: 'FIRST_TOO_LARGE' }]);
    },
  );
});

describe('a source that is not public, of which something is still there', () => {
  test('is told by no facet and found by no filter', async () => {
    await write(gateway.database, [
      tell('Structure', 'retire', 'Atelier retiré', { source: 'secret', fields: { structureType: 'museum' } }),
    ]);
    await gateway.database.run("CREATE (:Source {name: 'secret', title: 'Source secret', visible: false})");
    await catalogue.look();
    const ask = (filter: string) =>
      data(
        `{ search(query: "atelier retiré" ${filter}) { totalCount entityCount facets { sources(first: 1) { distinct missing values { value label count } } } } }`,
      );
    const nothing = { distinct: 0, missing: 0, values: [] };
    expect((await ask('')).search).toEqual({ totalCount: 1, entityCount: 1, facets: { sources: nothing } });
    expect((await ask(', filter: { sources: ["secret"] }')).search.totalCount).toBe(0);
    expect((await ask(', filter: { sources: ["secret", "essai"] }')).search.totalCount).toBe(0);
  });
});
