/** Who may ask what, and how much, over HTTP: keys, roles, budgets, figures, what may be kept, registered operations. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import type { Database } from '#graph-schema/database.ts';
import { type RunningGateway, startGateway } from '../server.ts';
import { openTestGateway } from '../testing/gateway.ts';
import { VISIBLE, write } from '../testing/graph.ts';
import { makeKeyText } from './key-text.ts';
import { readKeyUse } from './key-use.ts';
import { addKey, listKeys, revokeKey } from './keys.ts';

const QUERY = '{ structures(first: 3) { nodes { name } } }';
const BUDGET = 2_000;

let database: Database;
let folder: string;
let gateway: RunningGateway;
let id: string;
const logged: string[] = [];
const log = (message: string, fault: unknown) => logged.push(`${message}: ${String(fault)}`);

beforeAll(async () => {
  ({ database } = await openTestGateway());
  await write(database, VISIBLE);
  folder = await mkdtemp(join(tmpdir(), 'trame-access-'));
  const operations = join(folder, 'operations.json');
  id = createHash('sha256').update(QUERY).digest('hex');
  await writeFile(operations, JSON.stringify({ [id]: QUERY }));
  gateway = await startGateway({
    connection: testConnection(),
    port: 0,
    log,
    access: { anonymousBudget: BUDGET, operations, proxies: 1 },
  });
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
  await rm(folder, { recursive: true });
});

interface Asked {
  readonly key?: string;
  /** As a trusted proxy tells it: everyone has a budget of their own. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly to?: RunningGateway;
}

const headersOf = ({ key, from = '192.0.2.1', headers = {} }: Asked) => ({
  accept: 'application/graphql-response+json',
  'x-forwarded-for': from,
  ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  ...headers,
});

const get = (parameters: Readonly<Record<string, string>>, asked: Asked = {}, method = 'GET') =>
  fetch(`${(asked.to ?? gateway).url}/graphql?${new URLSearchParams(parameters)}`, {
    method,
    headers: headersOf(asked),
  });

async function post(query: string, asked: Asked = {}) {
  const response = await fetch(`${(asked.to ?? gateway).url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(asked) },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by their path in the tests
  return { response, status: response.status, body: (await response.json()) as any };
}

async function newKey(name: string, ...roles: ('steward' | 'admin')[]) {
  const made = await addKey(database, { name, roles, by: 'essai' });
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

describe('a key', () => {
  test('says who asks; roles open what they open, and nothing else', async () => {
    const [steward, admin] = [await newKey('Musée', 'steward'), await newKey('Hub', 'admin')];
    const me = '{ me { name roles budget { limit } } }';
    expect((await post(me)).body.data.me).toEqual({ name: null, roles: [], budget: { limit: BUDGET } });
    expect((await post(me, { key: steward.text })).body.data.me).toEqual({
      name: 'Musée',
      roles: ['STEWARD'],
      budget: { limit: 200_000 },
    });
    const keys = '{ apiKeys { id name roles today { requests } } }';
    const code = async (asked: Asked) => (await post(keys, asked)).body.errors[0].extensions.code;
    expect([await code({}), await code({ key: steward.text })]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN']);
    const names = (await post(keys, { key: admin.text })).body.data.apiKeys.map((key: { name: string }) => key.name);
    expect(names).toEqual(['Hub', 'Musée']);
  });

  test('of which nothing is kept that would open anything', async () => {
    const { text } = await newKey('Secret');
    const { records } = await database.run('MATCH (n) RETURN collect(properties(n)) AS all');
    expect(JSON.stringify(records[0]!.get('all'))).not.toContain(text.split('_')[2]!.slice(0, 20));
    expect(JSON.stringify(await listKeys(database))).not.toMatch(/hash|[0-9a-f]{60}/);
  });

  test('that is not known is 401, with what to bring; in an address 400', async () => {
    const { status, body, response } = await post(QUERY, { key: makeKeyText().text });
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(body.data).toBeUndefined();
    const inAddress = await get({ query: QUERY, key: makeKeyText().text });
    expect(inAddress.status).toBe(400);
  });

  test('that is revoked stops opening everywhere, by itself', async () => {
    const { key, text } = await newKey('Éphémère');
    expect((await post(QUERY, { key: text })).status).toBe(200);
    await revokeKey(database, key.id, 'essai');
    await expect
      .poll(async () => (await post(QUERY, { key: text })).status, { timeout: 10_000, interval: 500 })
      .toBe(401);
  });

  test('has its figures, by day, without what was asked', async () => {
    const { key, text } = await newKey('Chiffres');
    const other = await startGateway({ connection: testConnection(), port: 0, log });
    const asked = await post(QUERY, { key: text, to: other });
    await post('{ nothing }', { key: text, to: other });
    await other.stop();
    const use = (await readKeyUse(database)).get(key.id);
    expect(use?.today).toEqual(use?.month);
    expect(use?.today).toMatchObject({ requests: 2, refusals: 1 });
    expect(use!.today.cost).toBeGreaterThan(asked.body.extensions.cost.requested);
    expect((await listKeys(database)).find((one) => one.id === key.id)?.lastUsedAt).not.toBeNull();
  });
});

describe('a budget', () => {
  test('is told with every answer, and is 429 when it is spent; others have theirs', async () => {
    const dear = '{ structures(first: 100) { nodes { name parts(first: 7) { nodes { name } } } } }';
    const asked = { from: '198.51.100.1' };
    const first = await post(dear, asked);
    const { cost } = first.body.extensions;
    expect(cost).toMatchObject({ requested: expect.any(Number), limit: BUDGET, remaining: expect.any(Number) });
    expect(cost.requested).toBeGreaterThan(500);
    expect(first.response.headers.get('ratelimit-policy')).toBe(`"units";q=${BUDGET};w=60`);
    expect(first.response.headers.get('ratelimit')).toMatch(/^"units";r=\d+;t=\d+$/);
    let last = first;
    for (let left = 10; left > 0 && last.status === 200; left -= 1) last = await post(dear, asked);
    expect({ status: last.status, code: last.body.errors[0].extensions.code }).toEqual({
      status: 429,
      code: 'BUDGET_SPENT',
    });
    expect(Number(last.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.body.extensions.cost.limit).toBe(BUDGET);
    expect((await post(QUERY, { from: '198.51.100.2' })).status).toBe(200);
    expect((await post(dear, { ...asked, key: (await newKey('Large')).text })).status).toBe(200);
  });

  test('pays for what is refused, too', async () => {
    const asked = { from: '198.51.100.3' };
    const cost = async (query: string) => (await post(query, asked)).body.extensions.cost.requested;
    expect(await cost('{ nothing }')).toBeGreaterThan(await cost('{ __typename }'));
    expect(await cost('{ __schema { types { name } } }')).toBeGreaterThan(100);
  });
});

describe('an answer', () => {
  test('may be kept and compared: ETag, 304, HEAD', async () => {
    const response = await get({ query: QUERY });
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(response.headers.get('vary')).toContain('Authorization');
    const etag = response.headers.get('etag')!;
    const again = await get({ query: QUERY }, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const head = await get({ query: QUERY }, {}, 'HEAD');
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
    const other = await get({ query: '{ structures(first: 1) { nodes { name } } }' });
    expect(other.headers.get('etag')).not.toBe(etag);
  });

  test('to a key is its own; errors, oneself and POST are kept by nobody', async () => {
    const { text } = await newKey('Privé');
    expect((await get({ query: QUERY }, { key: text })).headers.get('cache-control')).toBe('private, no-cache');
    for (const query of ['{ nothing }', '{ me { name } }', '{ structure(code: "nocolon") { name } }'])
      expect((await get({ query })).headers.get('cache-control'), query).toBe('no-store');
    expect((await post(QUERY)).response.headers.get('cache-control')).toBe('no-store');
  });

  test('can be read from any page, with the headers that it needs, and without credentials', async () => {
    const headers = { origin: 'https://portal.example' };
    const response = await get({ query: QUERY }, { headers });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('access-control-expose-headers')).toMatch(/etag.*ratelimit.*retry-after/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const asked = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        ...headers,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
    'is not given to what a page can send unasked: %s',
    async (type) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: type === undefined ? {} : { 'content-type': type },
        body: new TextEncoder().encode(JSON.stringify({ query: QUERY })),
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] });
    },
  );
});

describe('a registered operation', () => {
  const named = (hash: string) => ({
    extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }),
  });

  test('is asked for by its hash, and can be kept', async () => {
    const response = await get(named(id));
    expect(await response.json()).toMatchObject({ data: { structures: { nodes: expect.any(Array) } } });
    expect(response.headers.get('etag')).toBe((await get({ query: QUERY })).headers.get('etag'));
  });

  test('that is not known is told so', async () => {
    const response = await get(named('0'.repeat(64)));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_UNKNOWN' } }] });
    expect(await (await get({})).json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('is all that some gateways answer', async () => {
    const access = { operations: join(folder, 'operations.json'), isOnlyPersisted: true };
    const only = await startGateway({ connection: testConnection(), port: 0, log, access });
    try {
      expect((await get(named(id), { to: only })).status).toBe(200);
      expect((await post(QUERY, { to: only })).body.errors[0].extensions.code).toBe('OPERATION_REQUIRED');
    } finally {
      await only.stop();
    }
    const wrong = join(folder, 'wrong.json');
    await writeFile(wrong, JSON.stringify({ [id]: '{ counts { kind } }' }));
    const start = startGateway({ connection: testConnection(), port: 0, log, access: { operations: wrong } });
    await expect(start).rejects.toThrow('TRAME_OPERATIONS');
  });
});

test('no key, and nothing of ours, went into the log', () => expect(logged).toEqual([]));
