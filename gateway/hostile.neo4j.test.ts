/** Hostile questions: refused cheaply and with a code, never as a fault of ours, and without a trace in the graph; who asks honestly is answered beside them. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { schema } from './schema/schema.ts';
import { type RunningGateway, startGateway } from './server.ts';
import { everyTextArgument } from './testing/arguments.ts';
import { callerWith, openTestGateway, type TestGateway } from './testing/gateway.ts';
import { VISIBLE, write, writeSources } from './testing/graph.ts';
import { everyList } from './testing/questions.ts';

/** What a client is never told for something that they sent. */
const OURS = ['INTERNAL', 'DATABASE_UNAVAILABLE', 'QUERY_TIMEOUT', 'CATALOGUE_LOADING'];
/** A planner on a busy machine may take too long, once. */
const TRIES = 3;

/** Each breaks out of some language: Cypher's strings and names, Lucene's, JSON's, a path's, or what holds text at all. */
const PAYLOADS = [
  "') MATCH (x) DETACH DELETE x //",
  '`}) DETACH DELETE n //',
  '") OR *:* OR ("',
  'name:[* TO *] AND (a/b~9999 ^ !{ \\',
  '$uid {$x} \\u0027',
  'insee:`',
  '\u0000\u0001',
  '\ud800',
  '𝔘😀'.repeat(20),
  '',
  ' ',
  'x'.repeat(20_000),
  Buffer.from('["n","a"]').toString('base64url'),
];

/** Places whose questions are asked of Neo4j too, and with how many of the texts, in turn: to plan them all takes a minute. */
const ASKED_OF_EACH = 4;
const TEXTS_EACH = 3;

let inside: TestGateway;
let catalogue: LocalCatalogue;
let gateway: RunningGateway;
let before: unknown;
const logged: unknown[] = [];

beforeAll(async () => {
  inside = await openTestGateway();
  await write(inside.database, VISIBLE);
  await writeSources(inside.database);
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (...fault) => logged.push(fault) });
  await catalogue.ready();
  gateway = await startGateway({
    connection: testConnection(),
    port: 0,
    access: { anonymousBudget: 1_000_000_000 },
    log: (...fault) => logged.push(fault),
  });
  before = await traces();
});
afterAll(async () => {
  await gateway.stop();
  await catalogue.close();
  await inside.database.close();
});

/** All that the graph is, bookkeeping counted too. */
async function traces(): Promise<unknown> {
  const { records } = await inside.database.run(
    'MATCH (n) RETURN labels(n)[0] AS label, count(*) AS nodes ORDER BY label',
  );
  return [await digest(inside.database), records.map((row) => row.toObject())];
}

describe('text in every argument', () => {
  const places = everyTextArgument(schema);
  const caller = callerWith('partner', 'builder', 'steward', 'analyst', 'admin');

  test('is never a part of the Cypher', async () => {
    expect(places.length).toBeGreaterThan(100);
    const telling = PAYLOADS.filter((text) => text.trim().length > 1);
    let texts = 0;
    for (const { name, query, variables } of places)
      for (const payload of telling) {
        const sent = await inside.textsOf(query, variables(payload), { caller, catalogue }).catch(() => []);
        texts += sent.length;
        for (const { text } of sent) expect({ name, holds: text.includes(payload) }).toEqual({ name, holds: false });
      }
    expect(texts).toBeGreaterThan(places.length);
  });

  test('is a value and nothing else to Neo4j', { timeout: 120_000 }, async () => {
    const faults: unknown[] = [];
    const left = [...places.entries()].filter(([index]) => index % ASKED_OF_EACH === 0).values();
    const worker = async () => {
      for (const [index, { name, query, variables }] of left) {
        for (let next = 0; next < TEXTS_EACH; next += 1) {
          const text = PAYLOADS[(index * TEXTS_EACH + next) % PAYLOADS.length]!;
          let codes: unknown[] = [];
          for (let tries = 0; tries < TRIES; tries += 1) {
            const { errors } = await inside.query(query, variables(text), { caller, catalogue });
            codes = errors.map(({ code, message }) => (OURS.includes(String(code)) ? `${code}: ${message}` : code));
            if (!codes.some((code) => String(code).startsWith('QUERY_TIMEOUT'))) break;
          }
          if (codes.some((code) => OURS.some((ours) => String(code).startsWith(ours))))
            faults.push({ name, text: text.slice(0, 40), codes });
        }
      }
    };
    await Promise.all([worker(), worker()]);
    expect(faults).toEqual([]);
  });

  test('is no cursor of any list', async () => {
    const lists = [...new Set(everyList(schema).map(({ query }) => query.split('(')[0]!.replace(/[{ ]/g, '')))];
    expect(lists.length).toBeGreaterThan(5);
    for (const list of lists)
      for (const after of ['x', Buffer.from('["b","z","z"]').toString('base64url'), `${'A'.repeat(5_000)}`]) {
        const { errors } = await inside.query(
          'query ($after: String!) { LIST(after: $after) { nodes { uid } } }'.replace('LIST', list),
          {
            after,
          },
        );
        expect({ list, codes: errors.map(({ code }) => code) }).toEqual({ list, codes: ['CURSOR_INVALID'] });
      }
  });
});

interface Refused {
  readonly status: number;
  readonly codes: readonly string[];
}

async function send(query: string, variables: unknown = {}): Promise<Refused> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, codes: errors.map(({ extensions }) => extensions.code) };
}

const nodes = (inner: string) => `{ structures(first: 1) { nodes { ${inner} } } }`;
const SHAPES: readonly (readonly [what: string, query: string, variables?: object])[] = [
  ['a thousand aliases', `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: counts { kind }`).join(' ')} }`],
  ['a thousand levels', nodes(`${'partOf { '.repeat(1_000)}name${' }'.repeat(1_000)}`)],
  ['a hundred thousand brackets', `{ a(x: ${'['.repeat(100_000)}`],
  ['fragments in a circle', `${nodes('...A')} fragment A on Structure { partOf { ...A } }`],
  [
    'fragments that double',
    `${nodes('...F0')} ${Array.from({ length: 12 }, (_, i) => `fragment F${i} on Structure { a: partOf { ...F${i + 1} } b: partOf { ...F${i + 1} } }`).join(' ')} fragment F12 on Structure { name }`,
  ],
  ['a huge page', '{ structures(first: 2147483647) { nodes { uid } } }'],
  ['an integer beyond 32 bits', '{ structures(first: 99999999999999999999) { nodes { uid } } }'],
  ['a page of less than nothing', '{ structures(first: -1) { nodes { uid } } }'],
  ['directives repeated', `{ counts { kind ${'@skip(if: false) '.repeat(500)} } }`],
  ['a directive that is not', '{ counts @evil { kind } }'],
  ['a variable twice', 'query ($a: Int, $a: Int) { structures(first: $a) { nodes { uid } } }'],
  ['a variable of another type', 'query ($a: Int) { structures(first: $a) { nodes { uid } } }', { a: { x: 1 } }],
  [
    'a prototype',
    'query ($f: StructureFilter) { structures(filter: $f) { nodes { uid } } }',
    { f: { constructor: 1 } },
  ],
  ['an introspection bomb', `{ __schema { types { ${'fields { type { '.repeat(8)}name${' } }'.repeat(8)} } } }`],
  ['two operations and no name', 'query A { counts { kind } } query B { counts { kind } }'],
  ['nothing', ''],
];

async function honest(): Promise<void> {
  expect(await send('{ structure(code: "trame:m1") { name } }')).toEqual({ status: 200, codes: [] });
}

describe('shapes and bodies', () => {
  test.each(SHAPES.map(([what, query, variables = {}]) => ({ what, query, variables })))(
    '$what: refused with a code',
    async ({ query, variables }) => {
      const [{ status, codes }] = await Promise.all([send(query, variables), honest()]);
      expect(codes.length).toBeGreaterThan(0);
      expect(codes.filter((code) => OURS.includes(code))).toEqual([]);
      expect([status >= 400, status < 500]).toEqual([true, true]);
    },
  );

  test('a body of 10 MB: 413 or cut off, and the next one is answered', async () => {
    const body = JSON.stringify({ query: `{ counts { kind } } #${'x'.repeat(10 * 1024 * 1024)}` });
    const refused = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).catch(() => undefined);
    expect(refused?.status ?? 413).toBe(413);
    await honest();
  });

  test('a hundred that send a byte now and then are shut out in time, and nobody waits for them', async () => {
    const { hostname, port } = new URL(gateway.url);
    const slow = Array.from({ length: 100 }, () => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.write(
        'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
      );
      const drip = setInterval(() => socket.write(' '), 1_000);
      return new Promise<void>((closed) =>
        socket.on('close', () => {
          clearInterval(drip);
          closed();
        }),
      );
    });
    await honest();
    await Promise.all(slow);
    await honest();
  });
});

test('the graph is what it was, and none of it was a fault of ours', async () => {
  expect(await traces()).toEqual(before);
  expect(logged).toEqual([]);
});
