/** What an answer of a paged API may be instead of a page, and what one row of it may be instead of a record. */
import { createGzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { all, idsOf } from '#connectors/conformance.ts';
import { words } from '#graph-schema/findings/finding.ts';
import { type Json, SourceError } from '../connector.ts';
import { apiClient } from './client.ts';
import { checkedAnswer } from './envelope.ts';
import { getJson, isTooDeep, MOST_DEPTH, messageIn } from './json.ts';
import { pagedConnector } from './paged.ts';
import { api, codesOf, connector, cursorsOf, read, rows, serve, unhurried } from './testing.ts';

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** So many megabytes of spaces, compressed. */
async function spaces(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const chunk = Buffer.alloc(1_048_576, ' ');
  for (let index = 0; index < megabytes; index += 1) gzip.write(chunk);
  gzip.end();
  const parts: Buffer[] = [];
  for await (const part of gzip) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('an answer', () => {
  test.each([
    [401, '{"message":"non"}', 'config', 'api-key-refused'],
    [403, '{"error":"non"}', 'config', 'api-key-refused'],
    [404, 'absent', 'config', 'api-refused'],
    [400, '{"errors":["non"]}', 'config', 'api-refused'],
    [400, `{"errors":${deep(50_000)}}`, 'config', 'api-refused'],
    [200, '<!doctype html><title>Maintenance</title>', 'transient', 'api-not-json'],
    [200, '{"rows": [', 'transient', 'api-not-json'],
  ])('%i %.60s: %s, %s', async (status, body, kind, code) => {
    const { fault, messages } = await read(() => ({ status, body }));
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages).toEqual([]);
  });

  test.each([500, 503])('%i is transient', async (status) => {
    const { fault } = await read(() => ({ status, body: '{}' }));
    expect(fault).toMatchObject({ kind: 'transient' });
  });

  test('of more than 64 MB is refused, with what to do', async () => {
    const body = await spaces(65);
    const { fault } = await read(() => ({ body, headers: { 'content-encoding': 'gzip' } }));
    expect(fault).toMatchObject({
      kind: 'config',
      finding: { code: 'api-page-too-large', particulars: { limit: 64 } },
    });
    expect((fault as SourceError).remedy).toContain('size');
  });

  test.each([
    ['no charset', 'application/json', 'windows-1252'],
    ['its charset', 'application/json; charset=ISO-8859-1', 'ISO-8859-1'],
    ['a charset that lies', 'application/json; charset=utf-8', 'windows-1252'],
    ['a charset that nobody knows', 'application/json; charset=maison', 'windows-1252'],
  ])('that is not UTF-8, with %s, is read all the same, and told', async (_, type, encoding) => {
    const body = Buffer.from(JSON.stringify({ rows: rows('métier'), total: 1 }), 'latin1');
    const { messages, told } = await read(() => ({ body, headers: { 'content-type': type } }));
    expect(idsOf(messages)).toEqual(['métier']);
    expect(told).toMatchObject([{ code: 'api-not-utf8', particulars: { encoding } }]);
  });

  test('in UTF-8 is read as that, whatever its charset says', async () => {
    const body = `\u{feff}${JSON.stringify({ rows: rows('métier'), total: 1 })}`;
    const { messages, told } = await read(() => ({
      body,
      headers: { 'content-type': 'application/json; charset=latin1' },
    }));
    expect([idsOf(messages), told]).toEqual([['métier'], []]);
  });

  test('that stops in the middle: what came before stands, and is gone on with from its checkpoint', async () => {
    const page = (at: number) => ({ rows: rows(`r${at}`), total: 2, next: at === 0 ? 1 : undefined });
    const { fault, messages } = await read((at) =>
      at === 0 ? page(0) : { body: JSON.stringify(page(1)), stopsAfter: 12 },
    );
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'http-broken-off' } });
    expect(messages.map(({ kind }) => kind)).toEqual(['record', 'checkpoint']);
    const rest = await read(page, cursorsOf(messages)[0]);
    expect(idsOf(rest.messages)).toEqual(['r1']);
    expect(rest.messages.at(-1)).toMatchObject({ kind: 'end', expected: 2 });
  });
});

describe('asked too often (429)', () => {
  const NOW = new Date('2024-05-01T10:00:00Z');
  const DATES = { date: 'Wed, 01 May 2024 10:00:00 GMT' };

  test.each([
    ['seconds', '7'],
    ['a date', 'Wed, 01 May 2024 10:00:07 GMT'],
  ])('Retry-After in %s is waited for', async (_, retryAfter) => {
    let refusals = 1;
    const site = await serve(() => {
      refusals -= 1;
      const headers = { ...DATES, 'retry-after': retryAfter };
      return refusals >= 0 ? { status: 429, body: '{}', headers } : { rows: rows('a'), total: 1 };
    });
    const { context, waitedMs } = unhurried(NOW);
    const { messages, fault } = await all(connector.read(site.options, context));
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toEqual(['a']);
    expect(waitedMs).toContain(7000);
  });

  test.each([
    ['seconds', '7200'],
    ['a date', 'Wed, 01 May 2024 12:00:00 GMT'],
  ])('a long one in %s ends the run until then, and keeps the place', async (_, retryAfter) => {
    const headers = { ...DATES, 'retry-after': retryAfter };
    const site = await serve((at) =>
      at === 0 ? { rows: rows('a'), total: 2, next: 1 } : { status: 429, body: '{}', headers },
    );
    const { context, waitedMs } = unhurried(NOW);
    const { messages, fault } = await all(connector.read(site.options, context));
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'http-busy' } });
    expect((fault as SourceError).notBefore).toEqual(new Date('2024-05-01T12:00:00Z'));
    expect(cursorsOf(messages)).toMatchObject([{ at: 1, rows: 1 }]);
    expect(waitedMs).toEqual([]);
  });
});

describe('the shape of a page', () => {
  const shape = z.object({ total: z.int(), results: z.array(z.record(z.string(), z.unknown())) });
  const fault = (answer: unknown): unknown => {
    try {
      return checkedAnswer(shape, answer, 'https://example.org/liste?key=secret');
    } catch (thrown) {
      return thrown;
    }
  };

  test.each([
    [{ errors: [{ message: 'filtre inconnu' }] }, 'config', 'api-refused', 'filtre inconnu'],
    [{ success: false, message: 'quota' }, 'config', 'api-refused', 'quota'],
    [{ total: '3', results: [] }, 'transient', 'api-answer-unexpected', 'total'],
    [{ total: 1, results: { 0: {} } }, 'transient', 'api-answer-unexpected', 'results'],
    [{ total: 1, results: ['r1'] }, 'transient', 'api-answer-unexpected', 'results.0'],
    [[], 'transient', 'api-answer-unexpected', '/'],
  ])('200 with %j: %s, %s', (answer, kind, code, said) => {
    const thrown = fault(answer) as SourceError;
    expect(thrown).toBeInstanceOf(SourceError);
    expect(thrown).toMatchObject({ kind, finding: { code } });
    expect(JSON.stringify(thrown.finding.particulars)).toContain(said);
    expect(thrown.message).not.toContain('secret');
  });
});

describe('a row', () => {
  test('nested beyond measure is set aside with its reason, and its neighbours go on', async () => {
    const body = `{"rows": [{"id":"a"},{"id":"b","more":${deep(100_000)}},{"more":${deep(100_000)}},{"id":"c"}], "total": 4}`;
    const { messages, fault } = await read(() => ({ body }));
    expect(fault).toBeUndefined();
    expect(messages.map(({ kind }) => kind)).toEqual(['record', 'rejected', 'rejected', 'record', 'checkpoint', 'end']);
    expect(messages[1]).toMatchObject({ id: 'b', finding: { code: 'api-row-too-deep' } });
    expect(codesOf(messages)).toEqual(['api-row-too-deep', 'api-row-nameless']);
    for (const message of messages) if (message.kind === 'rejected') expect(words(message.finding).remedy).not.toBe('');
  });

  test.each([
    [MOST_DEPTH, false],
    [MOST_DEPTH + 1, true],
    [500_000, true],
  ])('of %i levels is too deep: %s', (depth, isIt) => {
    expect(isTooDeep(JSON.parse(deep(depth)) as Json)).toBe(isIt);
  });

  test('whose identifier changes its type overnight is set aside, and its neighbours go on', async () => {
    const { messages } = await read(() => ({ rows: [{ id: 'a' }, { wrong: { id: 'b' } }, { id: 'c' }], total: 3 }));
    expect(idsOf(messages)).toEqual(['a', 'c']);
    expect(codesOf(messages)).toEqual(['api-row-nameless']);
  });
});

test('the typed client gives what the partner sent, parsed once', async () => {
  const site = await serve((at) => (at === 0 ? { rows: rows('a'), total: 1 } : { status: 204, body: '' }));
  const given = await getJson(site.context, `${site.options.url}/`);
  let parsings = 0;
  const parse = JSON.parse;
  JSON.parse = (...asked: Parameters<typeof parse>) => {
    parsings += 1;
    return parse(...asked) as unknown;
  };
  try {
    const client = apiClient<{ '/': { get: { responses: { 200: { content: { 'application/json': Json } } } } } }>(
      site.options.url,
      site.context,
    );
    const { data, response } = await client.GET('/');
    expect(data).toEqual(given.json);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(parsings).toBe(1);
  } finally {
    JSON.parse = parse;
  }
});

test.each([
  [null, undefined],
  [['errors'], undefined],
  [{ title: 'x' }, 'x'],
  [{ error: { code: 4 } }, '{"code":4}'],
])('what is said to be wrong in %j: %s', (json, said) => {
  expect(messageIn(json)).toBe(said);
});

test('one record asked for: another that comes in its place is refused', async () => {
  const asking = pagedConnector({ ...api, one: async (_options, _context, id) => ({ id: id === 'b' ? 'a' : id }) });
  const { options, context } = await serve(() => ({ rows: [] }));
  expect(await asking.one!(options, context, 'a')).toMatchObject({ kind: 'record', id: 'a' });
  await expect(asking.one!(options, context, 'b')).rejects.toMatchObject({ finding: { code: 'api-other-record' } });
});
