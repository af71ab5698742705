/** What every paged API is promised, tried over HTTP with one that misbehaves. */
import { describe, expect, test } from 'vitest';
import { idsOf } from '#connectors/conformance.ts';
import { type ApiCursor, pagedConnector } from './paged.ts';
import { api, codesOf, read, rows } from './testing.ts';

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
