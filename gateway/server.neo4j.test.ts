/** The gateway over HTTP: statuses, limits, errors in words, GraphiQL without a CDN. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { EXAMPLES } from './examples.ts';
import { LIMITS } from './limits.ts';
import { type RunningGateway, startGateway } from './server.ts';
import { openTestGateway } from './testing/gateway.ts';
import { VISIBLE, write, writeSources } from './testing/graph.ts';

let gateway: RunningGateway;
const logged: string[] = [];
const log = (message: string) => logged.push(message);

beforeAll(async () => {
  const { database } = await openTestGateway();
  await write(database, VISIBLE);
  await writeSources(database);
  await database.close();
  // All of these tests ask from one address.
  gateway = await startGateway({ connection: testConnection(), port: 0, log, access: { anonymousBudget: 1_000_000 } });
  await vi.waitFor(async () => expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200), { timeout: 30_000 });
});
afterAll(() => gateway.stop());

interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by their path in the tests
  readonly body: any;
}

async function post(query: unknown, variables?: unknown, to = gateway): Promise<Answered> {
  const response = await fetch(`${to.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
}

describe('answers', () => {
  test('by POST and by GET, to any origin, without credentials', async () => {
    const query = '{ structures(filter: { nameStartsWith: "eco" }) { nodes { name } } }';
    const expected = { data: { structures: { nodes: [{ name: 'Écomusée du Lin' }] } } };
    expect(await post(query)).toMatchObject({ status: 200, body: expected });
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { origin: 'https://portal.example' },
    });
    expect(await response.json()).toMatchObject(expected);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each(EXAMPLES)('the example « $title »', async ({ query, variables: demonstrated = {} }) => {
    // The small graph has communes of its own.
    const variables = JSON.parse(JSON.stringify(demonstrated).replaceAll('insee:59350', 'insee:99001'));
    // A large text is planned when it is first asked: on a machine that is busy elsewhere that alone may take too long, once.
    for (
      let left = 2;
      left > 0 && JSON.stringify((await post(query, variables)).body).includes('QUERY_TIMEOUT');
      left -= 1
    );
    const { status, body } = await post(query, variables);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
  });

  test('introspection, as GraphiQL and other tools ask for it', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { status, body } = await post(
      getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }),
    );
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
  });

  test('GraphiQL to a browser, all of it from here, with the examples', async () => {
    const response = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    expect(page).not.toMatch(/unpkg\.com|jsdelivr|cdnjs/);
    for (const { query } of EXAMPLES) expect(page).toContain(JSON.stringify(query.split('\n')[0]).slice(1, -1));
  });

  test('/ leads to GraphiQL; what is not there is 404', async () => {
    const root = await fetch(gateway.url, { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphql']);
    expect((await fetch(`${gateway.url}/elsewhere`)).status).toBe(404);
  });
});

describe('refusals', () => {
  const nested = (levels: number) =>
    `{ structures(first: 1) { nodes { ${'partOf { '.repeat(levels)} name ${'} '.repeat(levels)} } } }`;
  const loop =
    '{ structures(first: 1) { nodes { ...A } } } fragment A on Structure { partOf { ...B } } fragment B on Structure { partOf { ...A } }';
  const wide = `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: counts { kind }`).join(' ')} }`;
  const directives = `{ counts { kind ${'@include(if: true) '.repeat(31)} } }`;

  test.each([
    ['not GraphQL', '{ structures(', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an argument of the wrong type', '{ structures(first: "x") { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a mutation', 'mutation { x }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too deep', nested(20), 'QUERY_TOO_DEEP'],
    ['fragments in a circle', loop, 'GRAPHQL_VALIDATION_FAILED'],
    ['too many aliases', wide, 'TOO_MANY_ALIASES'],
    ['too many directives', directives, 'TOO_MANY_DIRECTIVES'],
    ['too many tokens', `{ counts { ${'kind '.repeat(2_100)} } }`, 'QUERY_TOO_LONG'],
    [
      'too dear',
      '{ structures(first: 100) { nodes { holdings(first: 100) { nodes { trades(first: 2) { nodes { name } } } } } } }',
      'COST_TOO_HIGH',
    ],
    [
      'too many relations',
      `{ structures(first: 1) { nodes { ${Array.from({ length: 17 }, (_, index) => `parts(first: 1) { nodes { partOf { name } } } p${index}: partOf { place { within { name } } }`).join(' ')} } } }`,
      'QUERY_TOO_WIDE',
    ],
    ['too large a page', '{ structures(first: 1000) { totalCount } }', 'FIRST_TOO_LARGE'],
  ])('%s: 400 and words', async (_what, query, code) => {
    const { status, body } = await post(query);
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code });
    expect(body.data ?? null).toBeNull();
    for (const error of body.errors) {
      expect(error.message).not.toBe(error.extensions.en);
      expect(Object.keys(error.extensions).sort()).toEqual(['code', 'en']);
    }
  });

  test('a forged cursor is the question’s fault, and its neighbours are answered', async () => {
    const { status, body } = await post(
      '{ structure(uid: "none") { name } other: structure(code: "nocolon") { name } }',
    );
    expect(body.data).toEqual({ structure: null, other: null });
    expect(status).toBeLessThan(500);
    expect(body.errors).toMatchObject([{ path: ['other'], extensions: { code: 'BAD_ARGUMENT' } }]);
  });

  test('a variable of the wrong kind, a bad body, a large body, another method', async () => {
    const wrong = await post('query ($day: Day) { events(filter: { from: $day }) { totalCount } }', {
      day: '2024-13-45',
    });
    expect(wrong.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const send = (body: string, method = 'POST') =>
      fetch(`${gateway.url}/graphql`, { method, headers: { 'content-type': 'application/json' }, body });
    expect((await send('{nope')).status).toBe(400);
    expect((await send(JSON.stringify({ query: `{ counts { kind } } #${'x'.repeat(LIMITS.bodyBytes)}` }))).status).toBe(
      413,
    );
    expect((await send('{}', 'PUT')).status).toBe(405);
    expect(await (await send('[]')).text()).toContain('BAD_REQUEST');
  });

  test('a body that claims to be small, and is not, is cut off', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(' '.repeat(64 * 1024)));
        },
      }),
      duplex: 'half',
    } as RequestInit).catch(() => undefined);
    expect(response?.status ?? 413).toBe(413);
  });

  test('nothing of it was logged as a fault of ours', () => expect(logged).toEqual([]));
});

describe('Neo4j', () => {
  test('answers: /healthz is 200, and so is /readyz, the catalogue being loaded', async () => {
    const response = await fetch(`${gateway.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${gateway.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', neo4j: true, catalogue: true }]);
  });

  test('does not answer: 503 in words, without its address', async () => {
    const lines: string[] = [];
    const lost = await startGateway({
      connection: { ...testConnection(), uri: 'bolt://127.0.0.1:9' },
      port: 0,
      log: (message) => lines.push(message),
    });
    try {
      expect((await fetch(`${lost.url}/healthz`)).status).toBe(200);
      const ready = await fetch(`${lost.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ neo4j: false, fr: expect.stringContaining('Neo4j ne répond pas') });
      const { status, body } = await post('{ counts { kind } }', undefined, lost);
      expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|bolt|:9\b|stack|\\n/);
      expect(lines.length).toBeGreaterThan(0);
    } finally {
      await lost.stop();
    }
  });

  test('a port that is taken is told', async () => {
    const { port } = new URL(gateway.url);
    await expect(startGateway({ connection: testConnection(), port: Number(port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
