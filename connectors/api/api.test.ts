/** What every paged API is promised, tried over HTTP with one that misbehaves. */
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { all, contextForTests, idsOf } from '#connectors/conformance.ts';
import type { Json } from '../connector.ts';
import { serveLoopback } from '../http/loopback.ts';
import { getJson } from './json.ts';
import { type ApiCursor, type ApiPage, type PagedApi, pagedConnector } from './paged.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

type Reply = { readonly status?: number; readonly body: string };
interface Options {
  readonly url: string;
}

/** Serves what `reply` says to each question; `at` is the page that is asked for, from 0. */
async function serve(reply: (at: number, since: string | null) => Reply | object) {
  const asked: string[] = [];
  const site = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    asked.push(url.search);
    const said = reply(Number(url.searchParams.get('at') ?? 0), url.searchParams.get('since'));
    const { status = 200, body } = 'body' in said ? (said as Reply) : { body: JSON.stringify(said) };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  open.push(site);
  const { context, told, close } = contextForTests();
  open.push({ stop: close });
  return { options: { url: site.origin }, context, told, asked };
}

const api: PagedApi<Options> = {
  name: 'essai',
  options: z.object({ url: z.string() }),
  async page({ url }, context, { at, since }) {
    const question = new URLSearchParams({ ...(at === undefined ? {} : { at: String(at) }), ...(since && { since }) });
    return (await getJson(context, `${url}/?${question}`)).json as unknown as ApiPage;
  },
  identify(row) {
    const { id, gone } = row as { id?: string; gone?: boolean };
    return id === undefined ? undefined : { id, ...(gone ? { deleted: true } : {}) };
  },
};
const connector = pagedConnector(api);
const rows = (...ids: readonly string[]): readonly Json[] => ids.map((id) => ({ id }));

async function read(reply: Parameters<typeof serve>[0], from?: ApiCursor, with_ = connector) {
  const site = await serve(reply);
  return { ...(await all(with_.read(site.options, site.context, from))), ...site };
}
const codesOf = (messages: Awaited<ReturnType<typeof read>>['messages']) =>
  messages.flatMap((message) => (message.kind === 'rejected' ? [message.finding.code] : []));

describe('a list', () => {
  test('with tombstones and nameless rows', async () => {
    const { messages } = await read(() => ({ rows: [{ id: 'a' }, { id: 'b', gone: true }, {}], total: 3 }));
    expect(messages.map(({ kind }) => kind)).toEqual(['record', 'deleted', 'rejected', 'checkpoint', 'end']);
    expect(codesOf(messages)).toEqual(['api-row-nameless']);
  });

  test('that goes in a circle', async () => {
    const { fault, messages } = await read((at) => ({ rows: rows(`r${at}`), next: at === 0 ? 1 : 1 }));
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'api-loop' } });
    expect(messages.some(({ kind }) => kind === 'end')).toBe(false);
  });

  test.each([1, undefined])(
    'with an empty last page though more was announced (next %s) is asked once more',
    async (next) => {
      let empties = 0;
      const { fault, messages, told } = await read((at) => {
        if (at === 0) return { rows: rows('a'), total: 2, next: 1 };
        empties += 1;
        return empties === 1 ? { rows: [], total: 2, next: next && 2 } : { rows: rows('b'), total: 2 };
      });
      expect(fault).toBeUndefined();
      expect(idsOf(messages)).toEqual(['a', 'b']);
      expect(told.map(({ code }) => code)).toEqual(['api-page-again']);
    },
  );

  test('whose middle page stays empty is asked for it twice, and no more', async () => {
    const { fault, asked } = await read((at) => ({
      rows: at === 1 ? [] : rows(`r${at}`),
      total: 3,
      next: at < 2 ? at + 1 : undefined,
    }));
    expect(fault).toMatchObject({ finding: { code: 'api-page-empty', particulars: { found: 1, expected: 3 } } });
    expect(asked.filter((question) => question === '?at=1')).toHaveLength(2);
  });

  test('the partner’s own duplicates do not make it incomplete', async () => {
    const { fault, messages } = await read(() => ({ rows: rows('a', 'b', 'a'), total: 3 }));
    expect(fault).toBeUndefined();
    expect(codesOf(messages)).toEqual(['api-row-repeated']);
    expect(messages.at(-1)?.kind).toBe('end');
  });

  test('that moves: what was passed over is found by reading again', async () => {
    let pass = 0;
    const { messages } = await read((at) => {
      if (at === 0) pass += 1;
      const second = pass === 1 ? rows('b', 'c') : rows('c', 'd');
      return at === 0 ? { rows: rows('a', 'b'), total: 4, next: 1 } : { rows: second, total: 4 };
    });
    expect(new Set(idsOf(messages))).toEqual(new Set(['a', 'b', 'c', 'd']));
    expect(messages.at(-1)?.kind).toBe('end');
  });

  test('that never settles', async () => {
    let question = 0;
    const { fault } = await read(() => {
      question += 1;
      return { rows: rows('a', 'a', `new ${question}`), total: 3 };
    });
    expect(fault).toMatchObject({ finding: { code: 'api-unstable' } });
  });

  test('of changes alone', async () => {
    const changing = pagedConnector({ ...api, changes: { overlapMs: 60_000 } });
    const first = await read(() => ({ rows: rows('a') }), undefined, changing);
    const cursor = first.messages.find((message) => message.kind === 'checkpoint')?.cursor as ApiCursor;
    expect(Date.parse(cursor.started) - Date.parse(cursor.since ?? '')).toBe(60_000);
    const then = await read(
      (_, since) => ({ rows: since === cursor.since ? [] : rows('wrong'), total: 0 }),
      cursor,
      changing,
    );
    expect(then.fault).toBeUndefined();
    expect(then.messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'changes' });
    expect(idsOf(then.messages)).toEqual([]);
  });
});

describe('several lists', () => {
  const two = (total: number) => (at: number) =>
    at === 0
      ? { rows: rows('a', 'b'), total, next: 1, list: 'x', listEnds: true }
      : { rows: rows('b', 'c', 'c'), total: 3, list: 'y', listEnds: true };

  test('a record of both is given once; one that its own list repeats is told', async () => {
    const { messages, fault } = await read(two(2));
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toEqual(['a', 'b', 'c']);
    expect(codesOf(messages)).toEqual(['api-row-repeated']);
  });

  test('each must reach its own count', async () => {
    const { fault } = await read(two(5));
    expect(fault).toMatchObject({ finding: { code: 'api-count-short', particulars: { found: 2, expected: 5 } } });
  });

  test('an empty one does not stop the others', async () => {
    const { messages, fault } = await read((at) =>
      at === 0
        ? { rows: [], total: 0, next: 1, list: 'x', listEnds: true }
        : { rows: rows('a'), total: 1, list: 'y', listEnds: true },
    );
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toEqual(['a']);
  });
});

describe('an answer', () => {
  test.each([
    [401, '{"message":"non"}', 'config', 'api-key-refused'],
    [403, '{"error":"non"}', 'config', 'api-key-refused'],
    [404, 'absent', 'config', 'api-refused'],
    [400, '{"errors":["non"]}', 'config', 'api-refused'],
    [200, '<!doctype html>', 'transient', 'api-not-json'],
    [200, '{"rows": [', 'transient', 'api-not-json'],
  ])('%i %s: %s, %s', async (status, body, kind, code) => {
    const { fault, messages } = await read(() => ({ status, body }));
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages).toEqual([]);
  });

  test.each([500, 503])('%i is transient', async (status) => {
    const { fault } = await read(() => ({ status, body: '{}' }));
    expect(fault).toMatchObject({ kind: 'transient' });
  });
});
