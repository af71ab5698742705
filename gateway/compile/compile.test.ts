/** The compiler alone: selections become texts, without a database. */
import { type GraphQLObjectType, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../schema/schema.ts';
import { costOf, partsOf } from './cost.ts';
import { cypher, query as numbered, value } from './cypher.ts';
import { type Compiled, compileList, compileNode, compileOne } from './roots.ts';
import { type Selected, selectionOf } from './selection.ts';

function select(source: string, variableValues: Record<string, unknown> = {}): readonly Selected[] {
  const document = parse(source);
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operation = document.definitions.find(
    (one) => one.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return selectionOf({ schema, fragments, variableValues }, schema.getQueryType() as GraphQLObjectType, [
    operation.selectionSet,
  ]);
}

function objects(selection: string, variables?: Record<string, unknown>): Compiled {
  const [field] = select(`query ($v: Int, $yes: Boolean) { heritageObjects ${selection} }`, variables);
  return compileList('HeritageObject', field!, 'public');
}

/** One row as Neo4j would give it: the columns filled by what their text says. */
function rowOf({ text }: Compiled, cells: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const list = /RETURN collect\((\[.*\])\) AS items/.exec(text)?.[1] ?? '[]';
  return {
    items: [
      list
        .slice(1, -1)
        .split(', ')
        .map((cell) => cells[cell] ?? null),
    ],
  };
}

describe('the text', () => {
  test('is the same whatever the order, the aliases and the values', () => {
    const one = objects(
      '(first: 5) { nodes { uid name heldBy { name uid } trades(first: 3) { nodes { name } } } totalCount }',
    );
    const other = objects(
      '(first: 50) { count: totalCount rows: nodes { metiers: trades(first: 9) { nodes { nom: name } } musee: heldBy { uid name } name id } }',
    );
    expect(other.text).toBe(one.text);
    expect(Object.keys(other.parameters)).toEqual(Object.keys(one.parameters));
  });

  test('is the same for every page and every limit', () => {
    const after = Buffer.from(JSON.stringify(['n', 'navette', 'u1'])).toString('base64url');
    const first = objects('{ nodes { name } }');
    const next = objects(`(first: 3, after: "${after}") { nodes { name } }`);
    expect(next.text).toBe(first.text);
    expect(next.parameters).toMatchObject({ p0: 'navette', p1: 'navette', p2: 'u1' });
  });

  test('holds no value: what a client sends is a parameter', () => {
    const sent = `'}) DETACH DELETE n //`;
    const filter = `(filter: { nameStartsWith: "${sent}", trade: "${sent}", madeIn: "${sent}", search: "${sent}" })`;
    const list = objects(`${filter} { nodes { name } totalCount }`);
    const [node, one] = select(`{ node(id: "${sent}") { uid } structure(code: "a:${sent}") { uid } }`);
    const texts = [list, compileNode(node!, 'public'), compileOne('Structure', one!, 'public')];
    for (const { text } of texts) expect(text).not.toMatch(/DETACH|DELETE/i);
    expect(() => cypher`MATCH (n:${'Structure) DETACH DELETE (m'})`).toThrow('not a name');
  });

  test('numbers its parameters in the order of the text', () => {
    const { text, parameters } = numbered(cypher`A ${value('x')} ${cypher`(${value('y')})`} ${value('x')}`, {
      today: 'd',
    });
    expect(text).toBe('A $p0 ($p1) $p2');
    expect(parameters).toEqual({ today: 'd', p0: 'x', p1: 'y', p2: 'x' });
  });

  test('counts only where a total is selected, and fetches one row more only where it must be known', () => {
    expect(objects('{ nodes { name } }').text).not.toMatch(/count/i);
    expect(objects('{ nodes { name } }').count).toBeUndefined();
    const { text, count } = objects('{ totalCount }');
    expect(text).toMatch(
      /^RETURN \[\] AS items, head\(COLLECT \{ MATCH \(latest:Sequence [^()]*\) [^{}]*\}\) AS asOf$/,
    );
    expect(count?.text).toMatch(/ RETURN asOf, COUNT \{ MATCH [^{}]* RETURN n0 \} AS total$/);
    expect(objects('(first: 7) { nodes { name } }').parameters['p3']).toMatchObject({ low: 7 });
    expect(objects('(first: 7) { nodes { name } pageInfo { hasNextPage } }').parameters['p3']).toMatchObject({
      low: 8,
    });
  });

  test('steps only to what the audience may see', () => {
    const compiled = objects(
      '{ totalCount nodes { heldBy { place { name } } trades { totalCount nodes { structures { nodes { name } } } } point: madeIn { nodes { point { latitude } } } } }',
    );
    const text = `${compiled.text} ${compiled.count?.text}`;
    const matches = text.match(/MATCH (?!\(latest:Sequence )/g)!.length;
    const seen = text.match(/:Published AND coalesce\(\w+\.visibleUntil, \$today\) >= \$today/g)!.length;
    expect(seen).toBe(matches);
  });

  test('an edge of one relation read from both ends has both directions', () => {
    const [place] = select('{ place(uid: "x") { within { name } contains { nodes { name } } } }');
    const { text } = compileOne('Place', place!, 'public');
    expect(text).toContain('(n0)-[r1:WITHIN]->(n1:Place)');
    expect(text).toContain('(n0)<-[r1:WITHIN]-(n1:Place)');
  });
});

describe('what comes back', () => {
  test('is keyed by response key, one column serving all who ask for it', () => {
    const compiled = objects(
      '{ nodes { a: name b: name } edges { cursor node { name id } } pageInfo { endCursor hasNextPage } totalCount }',
    );
    expect(compiled.text.match(/n0\.name/g)).toHaveLength(1);
    const answer = compiled.read(rowOf(compiled, { 'n0.name': 'Navette', 'n0.uid': 'u1', 'n0.sort': 'navette' }), 7);
    const cursor = Buffer.from('["n","navette","u1"]').toString('base64url');
    expect(answer).toEqual({
      nodes: [{ a: 'Navette', b: 'Navette' }],
      edges: [{ cursor, node: { name: 'Navette', id: 'u1' } }],
      pageInfo: { endCursor: cursor, hasNextPage: false },
      totalCount: 7,
    });
  });

  test('is nothing where no row came', () => {
    const [node] = select('{ node(id: "x") { name } }');
    expect(compileNode(node!, 'public').read(undefined)).toBeNull();
  });
});

describe('the selection', () => {
  const keys = (fields: readonly Selected[]) => fields.map(({ key }) => key);

  test('obeys @skip and @include, with variables', () => {
    const source =
      'query ($yes: Boolean!) { counts @include(if: $yes) { kind } sources @skip(if: $yes) { name } ...F @skip(if: true) } fragment F on Query { runs { id } }';
    expect(keys(select(source, { yes: true }))).toEqual(['counts']);
    expect(keys(select(source, { yes: false }))).toEqual(['sources']);
  });

  test('merges repeated keys and opens fragments on interfaces for each type', () => {
    const [node] =
      select(`{ node(id: "x") { ...E ... on Trade { sector objects { nodes { uid } } objects { totalCount } } } node(id: "x") { uid } }
      fragment E on Entity { name ... on Structure { address } ... on Event { begin } }`);
    expect(keys(node!.of.get('Trade')!)).toEqual(['name', 'sector', 'objects', 'uid']);
    expect(keys(node!.of.get('Structure')!)).toEqual(['name', 'address', 'uid']);
    expect(keys(node!.of.get('Media')!)).toEqual(['name', 'uid']);
    expect(keys([...node!.of.get('Trade')![2]!.of.values()].flat())).toEqual(['nodes', 'totalCount']);
  });

  test('has its defaults, and the same field under nodes and edges apart', () => {
    const [field] = select(
      '{ trades { nodes { structures(first: 1) { totalCount } } edges { node { structures(first: 2) { totalCount } } } } }',
    );
    expect(field!.args).toEqual({ first: 20 });
    const { text } = compileList('Trade', field!, 'public');
    expect(text.match(/count\(\*\)/g)).toHaveLength(1);
  });

  test('does not open into more fields than can be meant', () => {
    const levels = Array.from(
      { length: 7 },
      (_, level) =>
        `fragment F${level} on Structure { ${['members', 'parts', 'memberOf']
          .map(
            (name) =>
              `${name}(first: 0) { nodes { ${level === 6 ? 'name' : `...F${level + 1}`} } edges { node { ${level === 6 ? 'uid' : `...F${level + 1}`} } } }`,
          )
          .join(' ')} }`,
    );
    expect(() => select(`{ structure(uid: "x") { ...F0 } } ${levels.join(' ')}`)).toThrow(/4000/);
  });
});

describe('the cost', () => {
  const cost = (source: string) => costOf(select(source));

  test('multiplies lists by what is asked of their rows', () => {
    expect(cost('{ structure(uid: "x") { name } }')).toBe(1);
    expect(cost('{ structures(first: 10) { nodes { name } } }')).toBe(10);
    expect(cost('{ structures(first: 10) { nodes { place { name } trades(first: 5) { nodes { name } } } } }')).toBe(
      10 * (1 + 1 + 5),
    );
    expect(cost('{ structures(first: 10) { totalCount nodes { holdings(first: 0) { totalCount } } } }')).toBe(
      10 * (1 + 10) + 10,
    );
    expect(cost('{ a: structures(first: 10) { nodes { name } } b: structures(first: 10) { nodes { name } } }')).toBe(
      20,
    );
  });

  test('counts the subqueries, for every kind that a field can be', () => {
    const parts = (source: string) => partsOf(select(source));
    expect(parts('{ structures { nodes { name point { latitude } codes { value } } pageInfo { endCursor } } }')).toBe(
      1,
    );
    expect(parts('{ structures { totalCount nodes { place { name } trades { totalCount nodes { name } } } } }')).toBe(
      5,
    );
    const search =
      '{ search(query: "x") { nodes { ... on Structure { place { name } } ... on Event { place { name } } } } }';
    expect(parts(search)).toBe(3);
  });
});
