/** What the gateway answers, on a real Neo4j. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { OBJECTS, tell, uidOfRecord, VISIBLE, write, writeSources } from './testing/graph.ts';

let gateway: TestGateway;
let catalogue: LocalCatalogue;
const uids: Record<string, string> = {};

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, VISIBLE);
  await writeSources(gateway.database);
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (_, fault) => console.error(fault) });
  await catalogue.ready();
  for (const id of ['m1', 'm2', 'reseau', 'tisserand', 'textile', 'a', 'dep', 'o01', 'p1']) {
    uids[id] = await uidOfRecord(gateway.database, 'essai', id);
  }
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

describe('one entity', () => {
  test('is found by uid, by id and by code, with its properties and relations in both directions', async () => {
    const query = `query ($uid: ID, $id: ID, $code: String) { structure(uid: $uid, id: $id, code: $code) {
      id uid name structureType themes description demonstration codes { scheme value }
      place { name within { name within { name } } } placeLink { how confidence node { name } }
      memberOf { edges { since how node { name } } } trades { nodes { name } }
      holdings(first: 1) { totalCount } eventsHosted { nodes { name } }
    } }`;
    const expected = {
      id: uids['m1'],
      uid: uids['m1'],
      name: 'Écomusée du Lin',
      structureType: 'MUSEUM',
      themes: ['lin'],
      description: 'Un musée d’essai sur le travail du lin.',
      demonstration: false,
      codes: [
        { scheme: 'museofile', value: 'M9901' },
        { scheme: 'trame', value: 'm1' },
      ],
      place: { name: 'Ablain d’essai', within: { name: 'Département d’essai', within: { name: 'Pays d’essai' } } },
      placeLink: { how: 'STATED', confidence: 1, node: { name: 'Ablain d’essai' } },
      memberOf: { edges: [{ since: '1999', how: 'STATED', node: { name: 'Réseau d’essai' } }] },
      trades: { nodes: [{ name: 'Tisserand' }] },
      holdings: { totalCount: 8 },
      eventsHosted: { nodes: [{ name: 'Fête du lin' }] },
    };
    for (const variables of [{ uid: uids['m1'] }, { id: uids['m1'] }, { code: 'museofile:M9901' }]) {
      expect(await data(query, variables)).toEqual({ structure: expected });
    }
  });

  test('is null where there is none, where it is of another kind, and where a code leads nowhere', async () => {
    const query = 'query ($uid: ID, $code: String) { structure(uid: $uid, code: $code) { name } }';
    expect(await data(query, { uid: 'nothing' })).toEqual({ structure: null });
    expect(await data(query, { uid: uids['tisserand'] })).toEqual({ structure: null });
    expect(await data(query, { code: 'siret:00000000000000' })).toEqual({ structure: null });
  });

  test('a retired uid leads to the one that took over', async () => {
    await gateway.database.run('CREATE (:Retired {uid: $gone, by: $by})', { gone: 'retired-uid', by: uids['m1'] });
    expect(await data('{ node(id: "retired-uid") { uid name } structure(uid: "retired-uid") { name } }')).toEqual({
      node: { uid: uids['m1'], name: 'Écomusée du Lin' },
      structure: { name: 'Écomusée du Lin' },
    });
  });

  test('dates, whole numbers, media and words that were read', async () => {
    const { heritageObject } = await data(
      `query ($uid: ID) { heritageObject(uid: $uid) { objectKind date { text edtf from to confidence }
        trades { edges { how confidence text node { name } } } subjects { nodes { name } } } }`,
      { uid: uids['o01'] },
    );
    expect(heritageObject).toEqual({
      objectKind: 'DOCUMENT',
      date: { text: 'vers 1851', edtf: '1851~', from: 1846, to: 1856, confidence: 0.8 },
      trades: { edges: [{ how: 'LABEL', confidence: 0.9, text: 'tisserands', node: { name: 'Tisserand' } }] },
      subjects: { nodes: [{ name: 'lin' }] },
    });
    const shown = await data(
      '{ heritageObjects(first: 1, filter: { hasMedia: true }) { nodes { media { nodes { url mediaType republishable rights } } } } place(code: "99001") { population } }',
    );
    expect(shown.heritageObjects.nodes[0].media.nodes[0]).toMatchObject({
      mediaType: 'IMAGE',
      republishable: false,
      rights: null,
    });
    expect(shown.place).toEqual({ population: 1200 });
  });

  test('what has no point of its own is shown at its commune’s, and says so', async () => {
    const query = 'query ($uid: ID) { structure(uid: $uid) { point { latitude longitude precision } } }';
    expect(await data(query, { uid: uids['m1'] })).toEqual({
      structure: { point: { latitude: 50.5, longitude: 3.25, precision: 'COMMUNE' } },
    });
    expect(await data(query, { uid: uids['m2'] })).toEqual({
      structure: { point: { latitude: 50.25, longitude: 3.5, precision: 'SITE' } },
    });
    expect(await data(query, { uid: uids['reseau'] })).toEqual({ structure: { point: null } });
  });

  test('provenance, field by field', async () => {
    const { structure } = await data(
      'query ($uid: ID) { structure(uid: $uid) { provenance { field source recordId } } }',
      {
        uid: uids['m2'],
      },
    );
    expect(structure.provenance).toContainEqual({ field: 'name', source: 'essai', recordId: 'm2' });
    expect(structure.provenance.map((one: { field: string }) => one.field).sort()).toEqual([
      'name',
      'point',
      'structureType',
    ]);
  });
});

describe('node(id)', () => {
  const query = `query ($id: ID!) { node(id: $id) { __typename name
    ... on HeritageObject { label: inventoryNumber } ... on Trade { label: sector } ... on Entity { uid } } }`;

  test('gives each kind its own fields, even under one response key', async () => {
    expect(await data(query, { id: uids['o01'] })).toEqual({
      node: { __typename: 'HeritageObject', name: 'Métier à tisser n° 01', label: 'A1973.2.1', uid: uids['o01'] },
    });
    expect(await data(query, { id: uids['textile'] })).toEqual({
      node: { __typename: 'Trade', name: 'Métiers du textile', label: 'Textile', uid: uids['textile'] },
    });
    expect(await data(query, { id: uids['a'] })).toEqual({
      node: { __typename: 'Place', name: 'Ablain d’essai', uid: uids['a'] },
    });
    expect(await data(query, { id: 'x'.repeat(5_000) })).toEqual({ node: null });
  });
});

test('nodes(ids): in the order of the ids, what is not there as null, retired ones followed', async () => {
  await gateway.database.run("MERGE (r:Retired {uid: 'retired-too'}) SET r.by = $by", { by: uids['m2'] });
  const ids = [uids['tisserand'], 'nothing', 'retired-too', uids['tisserand'], uids['m1']];
  const answer = await data('query ($ids: [ID!]!) { nodes(ids: $ids) { name ... on Structure { structureType } } }', {
    ids,
  });
  expect(answer.nodes).toEqual([
    { name: 'Tisserand' },
    null,
    { name: 'Musée de l’Échoppe', structureType: 'MUSEUM' },
    { name: 'Tisserand' },
    { name: 'Écomusée du Lin', structureType: 'MUSEUM' },
  ]);
  const { errors } = await gateway.query(`{ nodes(ids: ${JSON.stringify(Array(101).fill('x'))}) { uid } }`);
  expect(errors).toMatchObject([{ code: 'FIRST_TOO_LARGE' }]);
});

describe('lists', () => {
  test('are ordered by folded name, and pages by cursor join to the whole list', async () => {
    const { structures } = await data('{ structures { nodes { name } } }');
    expect(names(structures)).toEqual(['Écomusée du Lin', 'Lycée d’essai', 'Musée de l’Échoppe', 'Réseau d’essai']);

    const whole = (await data('{ heritageObjects(first: 100) { totalCount nodes { uid } } }')).heritageObjects;
    expect(whole.totalCount).toBe(OBJECTS);
    for (const filter of [{}, { trade: uids['tisserand'] }, { search: 'navette metier' }, { madeIn: uids['dep'] }]) {
      const paged: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 10; page += 1) {
        const answer: {
          heritageObjects: {
            nodes: { uid: string }[];
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
          };
        } = await data(
          'query ($after: String, $filter: HeritageObjectFilter) { heritageObjects(first: 5, after: $after, filter: $filter) { nodes { uid } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
          { after, filter: 'search' in filter ? { search: 'tisser' } : filter },
        );
        const { nodes, pageInfo } = answer.heritageObjects;
        expect(pageInfo.hasPreviousPage).toBe(page > 0);
        paged.push(...nodes.map(({ uid }) => uid));
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
      const expected = 'search' in filter ? 9 : OBJECTS;
      expect(paged).toHaveLength(expected);
      expect(new Set(paged).size).toBe(expected);
      if (expected === OBJECTS) expect(paged).toEqual(whole.nodes.map(({ uid }: { uid: string }) => uid));
    }
  });

  test('pages of a relation go on behind their cursor', async () => {
    const query =
      'query ($uid: ID, $after: String) { structure(uid: $uid) { holdings(first: 3, after: $after) { totalCount edges { cursor node { uid } } pageInfo { hasNextPage } } } }';
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { holdings } = (await data(query, { uid: uids['m1'], after: after ?? null })).structure;
      expect(holdings.totalCount).toBe(8);
      expect(holdings.pageInfo.hasNextPage).toBe(page < 2);
      seen.push(...holdings.edges.map(({ node }: { node: { uid: string } }) => node.uid));
      after = holdings.edges.at(-1).cursor;
    }
    expect(new Set(seen).size).toBe(8);
  });

  const filtered: [string, string, string, string[]][] = [
    [
      'structures',
      'StructureFilter',
      '{"structureType":["MUSEUM","SCHOOL"]}',
      ['Écomusée du Lin', 'Lycée d’essai', 'Musée de l’Échoppe'],
    ],
    ['structures', 'StructureFilter', '{"place":"99001"}', ['Écomusée du Lin']],
    [
      'structures',
      'StructureFilter',
      '{"place":"insee-dep:99"}',
      ['Écomusée du Lin', 'Lycée d’essai', 'Musée de l’Échoppe'],
    ],
    ['structures', 'StructureFilter', '{"place":"insee-dep:99","structureType":["SCHOOL"]}', ['Lycée d’essai']],
    ['structures', 'StructureFilter', '{"nameStartsWith":"ECO"}', ['Écomusée du Lin']],
    ['structures', 'StructureFilter', '{"search":"lins"}', ['Écomusée du Lin']],
    ['structures', 'StructureFilter', '{"search":"l\'echoppe","place":"insee-dep:99"}', ['Musée de l’Échoppe']],
    ['structures', 'StructureFilter', '{"memberOf":"@reseau","place":"insee:99002"}', ['Musée de l’Échoppe']],
    ['places', 'PlaceFilter', '{"place":"insee-dep:99"}', ['Ablain d’essai', 'Ébourg d’essai']],
    ['trades', 'TradeFilter', '{"broader":"@textile"}', ['Tisserand']],
    ['heritageObjects', 'HeritageObjectFilter', '{"heldIn":"99002","to":1855,"from":1865}', ['Métier à tisser n° 10']],
    [
      'heritageObjects',
      'HeritageObjectFilter',
      '{"holder":"@m2","hasMedia":true,"trade":"@tisserand"}',
      ['Métier à tisser n° 10', 'Navette'],
    ],
    ['heritageObjects', 'HeritageObjectFilter', '{"to":1846}', ['Métier à tisser n° 01']],
    ['heritageObjects', 'HeritageObjectFilter', '{"demonstration":true}', []],
    ['events', 'EventFilter', '{"from":"2024-06-02","to":"2024-08-31"}', []],
    ['events', 'EventFilter', '{"from":"2024-09-01","to":"2024-09-01"}', ['Fête du lin']],
    ['events', 'EventFilter', '{"to":"2024-05-04"}', ['Atelier de tissage']],
    ['events', 'EventFilter', '{"from":"2024-05-05"}', ['Atelier de tissage', 'Fête du lin']],
    ['events', 'EventFilter', '{"programme":"@p1","status":["CANCELLED"]}', ['Atelier de tissage']],
  ];
  test.each(filtered)('%s: %s %s', async (field, type, filter, expected) => {
    const variables = { filter: JSON.parse(filter.replaceAll(/@(\w+)/g, (_, id: string) => uids[id] ?? id)) };
    const answer = (
      await data(`query ($filter: ${type}) { ${field}(filter: $filter) { totalCount nodes { name } } }`, variables)
    )[field];
    expect(names(answer)).toEqual(expected);
    expect(answer.totalCount).toBe(expected.length);
  });

  test('events in the order of their dates', async () => {
    const { events } = await data('{ events(orderBy: BEGIN) { totalCount nodes { name } } }');
    expect(events).toEqual({ totalCount: 2, nodes: [{ name: 'Atelier de tissage' }, { name: 'Fête du lin' }] });
    const first = (await data('{ events(orderBy: BEGIN, first: 1) { pageInfo { endCursor } } }')).events.pageInfo
      .endCursor;
    const next = await data('query ($after: String) { events(orderBy: BEGIN, after: $after) { nodes { name } } }', {
      after: first,
    });
    expect(names(next.events)).toEqual(['Fête du lin']);
    const wrong = await gateway.query('query ($after: String) { events(after: $after) { nodes { name } } }', {
      after: first,
    });
    expect(wrong.errors).toMatchObject([{ code: 'CURSOR_INVALID' }]);
  });
});

describe('aliases, fragments and repeated keys', () => {
  test('each alias has its own arguments, nodes and edges their own fields', async () => {
    const { structure } = await data(
      `query ($uid: ID, $yes: Boolean = true) { structure(uid: $uid) {
        two: holdings(first: 2) { nodes { name } } three: holdings(first: 3) { nodes { name } }
        holdings(first: 1) { nodes { name } } holdings(first: 1) { nodes { heldBy { name } } edges { node { objectKind } } ...Total }
        skipped: name @skip(if: $yes) kept: name @include(if: $yes) } }
      fragment Total on HeritageObjectLinkConnection { totalCount }`,
      { uid: uids['m1'] },
    );
    expect(structure.two.nodes).toHaveLength(2);
    expect(structure.three.nodes).toHaveLength(3);
    expect(structure.holdings).toEqual({
      nodes: [{ name: 'Métier à tisser n° 01', heldBy: { name: 'Écomusée du Lin' } }],
      edges: [{ node: { objectKind: 'DOCUMENT' } }],
      totalCount: 8,
    });
    expect(structure).not.toHaveProperty('skipped');
    expect(structure.kept).toBe('Écomusée du Lin');
  });

  test('a list of nothing is empty, not an error', async () => {
    expect(
      await data(
        '{ routes { totalCount nodes { name stops { nodes { name } } } pageInfo { hasNextPage endCursor } } structures(first: 0) { nodes { name } } }',
      ),
    ).toEqual({
      routes: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
      structures: { nodes: [] },
    });
    expect(await data('{ structures { __typename nodes { __typename } } }')).toMatchObject({
      structures: { __typename: 'StructureConnection', nodes: [{ __typename: 'Structure' }, {}, {}, {}] },
    });
  });
});

describe('sources, runs, counts', () => {
  test('say what is public, and why a run is not complete without its addresses', async () => {
    const answer = await data(`{ sources { name title lastComplete lastRun { id outcome } }
      runs { id source outcome seen reason { code fr en } startedAt } counts { kind count } of: runs(source: "secret") { id } }`);
    expect(answer.sources).toEqual([
      {
        name: 'essai',
        title: 'Source d’essai',
        lastComplete: '2024-05-02T10:00:00Z',
        lastRun: { id: 'run-2', outcome: 'PARTIAL' },
      },
    ]);
    expect(answer.runs.map(({ id }: { id: string }) => id)).toEqual(['run-2', 'run-1']);
    expect(answer.runs[0]).toMatchObject({ outcome: 'PARTIAL', seen: 1, reason: { code: 'http-broken-off' } });
    // A run whose source hides records: its figures would tell how many.
    expect(answer.runs[1]).toMatchObject({ outcome: 'COMPLETE', seen: null });
    expect(JSON.stringify(answer)).not.toMatch(/secret/i);
    expect(answer.of).toEqual([]);
    expect(answer.counts).toContainEqual({ kind: 'HERITAGE_OBJECT', count: OBJECTS });
    expect(answer.counts).toContainEqual({ kind: 'MEDIA', count: OBJECTS / 2 });
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['{ structures(first: 101) { nodes { name } } }', 'FIRST_TOO_LARGE'],
    ['{ structures(first: -1) { nodes { name } } }', 'FIRST_TOO_LARGE'],
    ['{ structures(after: "bm9uc2Vuc2U") { nodes { name } } }', 'CURSOR_INVALID'],
    ['{ structures(after: "") { nodes { name } } }', 'CURSOR_INVALID'],
    ['{ structures { nodes { holdings(after: "é") { nodes { name } } } } }', 'CURSOR_INVALID'],
    ['{ structure { name } }', 'BAD_ARGUMENT'],
    ['{ structure(uid: "a", code: "b:c") { name } }', 'BAD_ARGUMENT'],
    ['{ structure(code: "nocolon") { name } }', 'BAD_ARGUMENT'],
    ['{ search(query: "**") { totalCount } }', 'BAD_ARGUMENT'],
  ])('%s is refused: %s', async (query, code) => {
    const { errors } = await gateway.query(query, {}, { catalogue });
    expect(errors).toMatchObject([{ code }]);
  });

  test('Cypher and Lucene in every text argument find nothing and break nothing', async () => {
    const hostile = ['\'"`}) RETURN 1 //', '*) OR (a:b', '$p0', '\\', '\u0000', 'a~ b^2 [c TO d]', '+-!(){}'];
    for (const text of hostile) {
      const { errors } = await gateway.query(
        `query ($t: String!, $id: ID!) { node(id: $id) { uid } structure(code: $t) { uid } of: runs(source: $t) { id }
          structures(filter: { nameStartsWith: $t, place: $id, trade: $id }) { nodes { uid } } }`,
        { t: text, id: text },
      );
      expect(errors.filter(({ code }) => code !== 'BAD_ARGUMENT')).toEqual([]);
      const search = 'query ($t: String!) { search(query: $t) { totalCount } }';
      const found = await gateway.query(search, { t: `${text} zzz` }, { catalogue });
      expect(found).toEqual({ data: { search: { totalCount: 0 } }, errors: [] });
    }
  });
});

test('an object is found by its code, and by none that only looks like it', async () => {
  await write(gateway.database, [
    tell('HeritageObject', 'coded', 'Carde à main', { codes: ['joconde:D-0100/2 "b"'] }),
    tell('HeritageObject', 'hidden-code', 'Carde cachée', { hidden: true, codes: ['joconde:D-0101'] }),
  ]);
  const byCode = (code: string) =>
    data('query ($code: String!) { heritageObject(code: $code) { name } }', { code }).then(
      (found) => found.heritageObject,
    );
  expect(await byCode('joconde:D-0100/2 "b"')).toEqual({ name: 'Carde à main' });
  for (const code of ['joconde:D-0100', 'palissy:D-0100/2 "b"', 'joconde:D-0101', 'joconde:*', 'joconde:"'])
    expect(await byCode(code)).toBeNull();
});
