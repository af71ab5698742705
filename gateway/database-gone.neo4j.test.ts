/** Neo4j gone, slow and back again, seen from a client: an error with a code, /readyz tells, and the gateway recovers by itself. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FailingWay } from '#deploy/faults/proxy.ts';
import { testConnection } from '#deploy/setup/test-database.ts';
import { type RunningGateway, startGateway } from './server.ts';
import { openTestGateway } from './testing/gateway.ts';
import { VISIBLE, write } from './testing/graph.ts';

/** Longer than a reader tries again (ask.ts) and than /readyz waits for an answer. */
const GONE_MS = 4_000;
const BACK_WITHIN = { timeout: 15_000, interval: 200 };

let way: FailingWay;
let gateway: RunningGateway;

beforeAll(async () => {
  const { database } = await openTestGateway();
  await write(database, VISIBLE);
  await database.close();
  way = await FailingWay.start(testConnection());
  gateway = await startGateway({
    connection: { ...testConnection(), uri: way.address.uri },
    port: 0,
    access: { anonymousBudget: 1_000_000 },
    log: () => undefined,
  });
  await vi.waitFor(async () => expect(await readiness()).toBe(200), BACK_WITHIN);
});
afterAll(async () => {
  await gateway.stop();
  await way.stop();
});

async function readiness(): Promise<number> {
  return (await fetch(`${gateway.url}/readyz`)).status;
}

async function ask(query = '{ structure(code: "trame:m1") { name } }') {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string; en: string } }[];
  };
  return { status: response.status, data, error: errors?.[0], text: JSON.stringify(errors ?? []) };
}

const ANSWER = { structure: { name: 'Écomusée du Lin' } };

test('gone: 503 with a code and words, /readyz tells; the process lives; back: answered, without a restart', async () => {
  expect((await ask()).data).toEqual(ANSWER);
  way.goneFor(GONE_MS);
  const { status, error, text } = await ask();
  expect({ status, code: error?.extensions.code }).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' });
  expect(error?.message).toMatch(/base de données/);
  expect(text).not.toMatch(/127\.0\.0\.1|bolt|ECONN|Neo4jError/);
  expect(await readiness()).toBe(503);
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  await expect.poll(async () => (await ask()).data, BACK_WITHIN).toEqual(ANSWER);
  await expect.poll(readiness, BACK_WITHIN).toBe(200);
});

test('a connection that broke between two questions is nobody’s error: it is tried again', async () => {
  expect((await ask()).data).toEqual(ANSWER);
  way.goneFor(300);
  expect((await ask()).data).toEqual(ANSWER);
});

test('slow: /readyz tells within its time, and what was held up is answered or refused in words', async () => {
  expect((await ask()).data).toEqual(ANSWER);
  way.holdFor(GONE_MS);
  const asked = ask();
  await expect.poll(readiness, BACK_WITHIN).toBe(503);
  const { data, error } = await asked;
  if (error) expect(['DATABASE_UNAVAILABLE', 'QUERY_TIMEOUT']).toContain(error.extensions.code);
  else expect(data).toEqual(ANSWER);
  await expect.poll(readiness, BACK_WITHIN).toBe(200);
  expect((await ask()).data).toEqual(ANSWER);
});

test('search and its catalogue are back with it', async () => {
  const search = '{ search(query: "lin") { totalCount } }';
  const before = await ask(search);
  expect(before.error).toBeUndefined();
  way.goneFor(1_500);
  await expect.poll(async () => (await ask(search)).data, BACK_WITHIN).toEqual(before.data);
});
