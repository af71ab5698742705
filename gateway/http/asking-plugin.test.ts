/** What ends or bounds an answer, on a small schema that misbehaves: too slow, too large, broken. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Budgets } from '../access/budget.ts';
import { anonymous } from '../access/caller.ts';
import { present } from '../errors.ts';
import { LIMITS, limitPlugins } from '../limits.ts';
import type { Asking } from './asking.ts';
import { askings, type Served } from './asking-plugin.ts';

const field = (resolve: () => unknown) => ({ type: GraphQLString, resolve });
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      quick: field(() => 'oui'),
      never: field(() => new Promise(() => undefined)),
      large: field(() => 'x'.repeat(LIMITS.answerLength)),
      broken: field(() => {
        throw new Error('a secret of ours');
      }),
    },
  }),
});

const logged: string[] = [];
const answered: Asking[] = [];
const log = (message: string) => logged.push(message);
const { plugin, pay } = askings({
  budgets: new Budgets(),
  anonymousBudget: 1_000_000,
  proxies: 0,
  identify: async (_request, address) => anonymous(address),
  answered: (asking) => answered.push(asking),
  log,
});
const server = createServer(
  createYoga<Served>({
    schema,
    maskedErrors: { maskError: (fault) => present(fault, log) },
    plugins: [plugin, ...limitPlugins(pay, { answerMs: 100 })],
    logging: false,
  }),
);
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => server.close());

async function ask(query: string) {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { accept: 'application/graphql-response+json' },
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by their path in the tests
  return { status: response.status, text, body: JSON.parse(text) as any, headers: response.headers };
}

test('what never ends is ended, and says so', async () => {
  const { status, body, headers } = await ask('{ quick never }');
  expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 503, code: 'REQUEST_TIMEOUT' });
  expect(headers.get('retry-after')).toBe('5');
  expect(body.extensions.cost.limit).toBe(1_000_000);
});

test('what is too large is not sent', async () => {
  const { status, body, text } = await ask('{ large }');
  expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code: 'ANSWER_TOO_LARGE' });
  expect(text.length).toBeLessThan(1_000);
});

test('what is broken tells nothing of itself, is logged, and leaves its neighbours', async () => {
  const { body, text, headers } = await ask('{ quick broken }');
  expect(body).toMatchObject({ data: { quick: 'oui', broken: null }, errors: [{ extensions: { code: 'INTERNAL' } }] });
  expect(text).not.toContain('secret');
  expect(logged).toEqual(['a bug in the gateway']);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('etag')).toBeNull();
});

test('too many questions at once are refused, however they are wrapped', async () => {
  const many = Array.from({ length: LIMITS.roots + 1 }, (_, index) => `a${index}: quick`).join(' ');
  expect((await ask(`{ ...A } fragment A on Query { ${many} }`)).body.errors[0].extensions.code).toBe('QUERY_TOO_WIDE');
});

test('each request is told once, with its cost', async () => {
  answered.length = 0;
  await ask('{ quick }');
  expect(answered.map(({ cost, isRefused }) => ({ cost, isRefused }))).toEqual([{ cost: 1, isRefused: false }]);
});
