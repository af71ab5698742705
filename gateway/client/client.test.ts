/** The client against a server that behaves as told, over real HTTP. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient, HubError, type TypedDocument } from './client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const QUERY: TypedDocument<{ readonly n: number }, { readonly of?: string }> = {
  id: 'a'.repeat(64),
  kind: 'query',
  text: 'query N($of: String) { n(of: $of) }',
};
const MUTATION: TypedDocument<{ readonly n: number }, object> = {
  ...QUERY,
  kind: 'mutation',
  text: 'mutation N { n }',
};

let server: Server;
let url: string;
let answers: Answer[];
let asked: { method: string | undefined; url: URL; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  answers = [];
  asked = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ method: request.method, url: new URL(request.url!, url), headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(request, response, body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const data =
  (given: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ data: given }));
const refusal =
  (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response
      .writeHead(status, headers)
      .end(JSON.stringify({ errors: [{ message: 'non', extensions: { code, en: 'no' } }] }));

async function faultOf(asking: Promise<unknown>): Promise<HubError> {
  const fault = await asking.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(HubError);
  return fault as HubError;
}

describe('a question', () => {
  test('goes as GET with its text and variables, and its key in a header', async () => {
    answers = [data({ n: 1 })];
    expect(await createClient({ url, key: 'k' }).query(QUERY, { of: 'œ' })).toEqual({ n: 1 });
    expect(asked[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer k' } });
    expect(Object.fromEntries(asked[0]!.url.searchParams)).toEqual({ query: QUERY.text, variables: '{"of":"œ"}' });
  });

  test('goes by its id alone where the hub knows it', async () => {
    answers = [data({ n: 1 })];
    await createClient({ url, persisted: true }).query(QUERY, {});
    const { searchParams } = asked[0]!.url;
    expect(searchParams.get('query')).toBeNull();
    expect(JSON.parse(searchParams.get('extensions')!)).toEqual({
      persistedQuery: { version: 1, sha256Hash: QUERY.id },
    });
  });

  test('goes as POST where it is too long for an address, and where it changes something', async () => {
    answers = [data({ n: 1 })];
    const client = createClient({ url });
    await client.query(QUERY, { of: 'x'.repeat(6_000) });
    await client.query(MUTATION, {});
    expect(asked.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['POST', 'application/json'],
      ['POST', 'application/json'],
    ]);
  });

  test('asked again names what is known, and a 304 gives it: a copy that nobody else can change', async () => {
    answers = [data({ n: [1] }, { etag: 'W/"1"' }), (_, response) => response.writeHead(304).end()];
    const client = createClient({ url });
    const [first, second] = [await client.query(QUERY, {}), await client.query(QUERY, {})];
    (first as unknown as { n: number[] }).n.push(2);
    (second as unknown as { n: number[] }).n.push(3);
    expect(await client.query(QUERY, {})).toEqual({ n: [1] });
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, 'W/"1"', 'W/"1"']);
  });
});

describe('what is refused', () => {
  test('is an error with its code, in both languages, with what was answered none the less', async () => {
    answers = [
      (_, response) =>
        response.end(
          JSON.stringify({
            data: { n: null },
            errors: [{ message: 'trop cher', path: ['n'], extensions: { code: 'COST_TOO_HIGH', en: 'too dear' } }],
          }),
        ),
    ];
    const fault = await faultOf(createClient({ url }).query(QUERY, {}));
    expect(fault).toMatchObject({ code: 'COST_TOO_HIGH', message: 'trop cher', en: 'too dear', status: 200 });
    expect(fault.data).toEqual({ n: null });
    expect(fault.faults).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  test.each([429, 503])('with %i is asked again after the time that the hub says', async (status) => {
    answers = [refusal(status, 'LATER', { 'retry-after': '0' }), data({ n: 2 })];
    expect(await createClient({ url }).query(QUERY, {})).toEqual({ n: 2 });
    expect(asked).toHaveLength(2);
  });

  test('again and again is given up after so many times', async () => {
    answers = [refusal(429, 'BUDGET_SPENT', { 'retry-after': '0' })];
    await faultOf(createClient({ url, retries: 2 }).query(QUERY, {}));
    expect(asked).toHaveLength(3);
  });

  test('for longer than one would wait is told at once, with how long', async () => {
    answers = [refusal(429, 'BUDGET_SPENT', { 'retry-after': '60' })];
    expect(await faultOf(createClient({ url }).query(QUERY, {}))).toMatchObject({ retryAfter: 60, status: 429 });
    answers = [refusal(503, 'X', { 'retry-after': new Date(Date.now() + 90_000).toUTCString() })];
    const { retryAfter } = await faultOf(createClient({ url }).query(QUERY, {}));
    expect(retryAfter).toBeGreaterThan(80);
    expect(retryAfter).toBeLessThanOrEqual(90);
    expect(asked).toHaveLength(2);
  });

  test('a mutation is not sent twice, unless it was not heard', async () => {
    answers = [refusal(503, 'X', { 'retry-after': '0' })];
    await faultOf(createClient({ url }).query(MUTATION, {}));
    expect(asked).toHaveLength(1);
    answers = [refusal(429, 'X', { 'retry-after': '0' }), data({ n: 1 })];
    await createClient({ url }).query(MUTATION, {});
    expect(asked).toHaveLength(3);
  });

  test('a question that took the hub too long is not asked again', async () => {
    answers = [refusal(503, 'QUERY_TIMEOUT')];
    expect((await faultOf(createClient({ url }).query(QUERY, {}))).code).toBe('QUERY_TIMEOUT');
    expect(asked).toHaveLength(1);
  });
});

describe('what goes wrong on the way', () => {
  test('no answer in time', async () => {
    answers = [() => undefined];
    expect((await faultOf(createClient({ url, timeoutMs: 50 }).query(QUERY, {}))).code).toBe('TIMEOUT');
  });

  test('nobody there', async () => {
    server.close();
    const fault = await faultOf(createClient({ url, retries: 0 }).query(QUERY, {}));
    expect(fault).toMatchObject({ code: 'UNREACHABLE', status: undefined });
    expect(fault.cause).toBeInstanceOf(Error);
  });

  test.each(['<html>', '', '[]', '{"data":null}', '{}'])('an answer that is no GraphQL: %j', async (text) => {
    answers = [(_, response) => response.end(text)];
    expect((await faultOf(createClient({ url }).query(QUERY, {}))).code).toBe('NOT_GRAPHQL');
  });

  test('the asker ends it, also while it waits', async () => {
    answers = [refusal(429, 'X', { 'retry-after': '20' })];
    const leaving = new AbortController();
    const asking = createClient({ url }).query(QUERY, {}, { signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('enough')), 50);
    await expect(asking).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });
});

describe('pages', () => {
  interface Numbers {
    readonly list: {
      readonly nodes: readonly number[];
      readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
    } | null;
  }
  const LIST: TypedDocument<Numbers, { readonly after?: string | null }> = {
    id: QUERY.id,
    text: QUERY.text,
    kind: 'query',
  };
  const page = (nodes: number[], endCursor: string | null, hasNextPage = true) =>
    data({ list: { nodes, pageInfo: { hasNextPage, endCursor } } });

  async function all(given: Answer[]): Promise<number[]> {
    answers = given;
    const seen: number[] = [];
    for await (const { nodes } of createClient({ url }).pages(LIST, {}, ({ list }) => list)) seen.push(...nodes);
    return seen;
  }

  test('come one after the other, each when it is wanted', async () => {
    expect(await all([page([1, 2], 'a'), page([3], 'b', false)])).toEqual([1, 2, 3]);
    expect(asked.map(({ url: { searchParams } }) => searchParams.get('variables'))).toEqual([
      '{"after":null}',
      '{"after":"a"}',
    ]);
  });

  test('end where there is no list, and where a cursor leads nowhere', async () => {
    expect(await all([data({ list: null })])).toEqual([]);
    expect(await all([page([1], 'a'), page([1], 'a')])).toEqual([1, 1]);
    expect(await all([page([1], null)])).toEqual([1]);
  });
});
