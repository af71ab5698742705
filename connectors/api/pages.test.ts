/** How a paged list may end, and how its reading is gone on with: nothing is held to be gone unless the list was seen whole. */
import { describe, expect, test } from 'vitest';
import { all, idsOf } from '#connectors/conformance.ts';
import type { Message } from '../connector.ts';
import type { ApiCursor } from './paged.ts';
import { pagedConnector } from './paged.ts';
import { api, codesOf, cursorsOf, read, rows, serve } from './testing.ts';

const SIZE = 3;
const ids = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => `r${from + index}`);
const endOf = (messages: readonly Message<ApiCursor>[]) => messages.find(({ kind }) => kind === 'end');
const namedBy = (messages: readonly Message<ApiCursor>[]) => [...new Set(idsOf(messages))].toSorted();

/** A page of what `list` holds when it is asked for, by offset, and the end by its count. */
const byOffset =
  (list: () => readonly string[], said: { total?: number; size?: number } = {}) =>
  (at: number): object => {
    const size = said.size ?? SIZE;
    const total = said.total ?? list().length;
    return { rows: rows(...list().slice(at, at + size)), total, next: at + size < total ? at + size : undefined };
  };

describe('a list ends whole', () => {
  test.each([1, SIZE, SIZE + 1, 2 * SIZE, 2 * SIZE + 1])('of %i records, each once', async (count) => {
    const { messages, fault } = await read(byOffset(() => ids(count)));
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toEqual(ids(count));
    expect(endOf(messages)).toEqual({ kind: 'end', coverage: 'snapshot', expected: count });
  });

  test('whose last page is exactly full, and an empty one behind it', async () => {
    const { messages, fault, asked, told } = await read((at) => ({
      rows: at < 2 ? rows(...ids(SIZE, at * SIZE)) : [],
      total: 2 * SIZE,
      next: at < 2 ? at + 1 : undefined,
    }));
    expect(fault).toBeUndefined();
    expect([idsOf(messages).length, asked.length, told]).toEqual([2 * SIZE, 3, []]);
    expect(endOf(messages)).toMatchObject({ coverage: 'snapshot', expected: 2 * SIZE });
  });

  test('that has grown at its head: a last page that holds but what was pushed on', async () => {
    let list = ids(2 * SIZE);
    const { messages, fault } = await read((at) => {
      const page = byOffset(() => list)(at);
      if (at === SIZE && list.length === 2 * SIZE) {
        list = ['new', ...list];
        return { ...page, total: list.length, next: 2 * SIZE };
      }
      return page;
    });
    expect(fault).toBeUndefined();
    expect(namedBy(messages)).toEqual(['new', ...ids(2 * SIZE)].toSorted());
    expect(endOf(messages)).toMatchObject({ expected: 2 * SIZE + 1 });
  });

  test('that has shrunk at its head: what moved up was passed over, and is found by reading again', async () => {
    let list = ids(3 * SIZE);
    const { messages, fault } = await read((at) => {
      if (at === SIZE) list = ids(3 * SIZE).slice(2);
      return byOffset(() => list)(at);
    });
    expect(fault).toBeUndefined();
    expect(namedBy(messages)).toEqual(ids(3 * SIZE).toSorted());
    expect(endOf(messages)).toBeDefined();
  });

  test('though the partner gives smaller pages than it was asked for', async () => {
    const { messages, fault } = await read((at) => ({
      rows: rows(...ids(7).slice(at, at + 2)),
      total: 7,
      next: at + 2 < 7 ? at + 2 : undefined,
    }));
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toEqual(ids(7));
  });
});

describe('a list does not end, and the next reading begins anew', () => {
  const first = ids(SIZE);
  test.each([
    ['where paging is ignored and page 1 comes until the count is reached', (_: number) => first, 2 * SIZE, 'api-loop'],
    ['the same in another order', (at: number) => (at === 0 ? first : first.toReversed()), 2 * SIZE, 'api-loop'],
    [
      'where two pages take turns',
      (at: number) => ids(SIZE, (at / SIZE) % 2 === 0 ? 1 : SIZE + 1),
      4 * SIZE,
      'api-loop',
    ],
    ['where pages are smaller than the positions say', (at: number) => ids(2, at), 4 * SIZE, 'api-count-short'],
    ['where more comes than was announced', (at: number) => ids(SIZE, at), SIZE + 1, 'api-count-exceeded'],
  ])('%s', async (_, page, total, code) => {
    const reply = (at: number) => ({
      rows: rows(...page(at)),
      total,
      next: at + SIZE < total ? at + SIZE : undefined,
    });
    const { messages, fault } = await read(reply);
    expect(fault).toMatchObject({ kind: 'transient', finding: { code } });
    expect(endOf(messages)).toBeUndefined();
    expect(messages.at(-1)).toMatchObject({ kind: 'checkpoint', passEnded: true, cursor: { rows: 0 } });
    expect(cursorsOf(messages).at(-1)).not.toHaveProperty('at');
    // However often it is tried again: never a snapshot.
    const again = await read(reply, cursorsOf(messages).at(-1));
    expect([endOf(again.messages), idsOf(again.messages)]).toEqual([undefined, idsOf(messages)]);
    // Not even where the reading was killed before it saw that.
    for (const cursor of cursorsOf(messages).slice(0, -1))
      expect(endOf((await read(reply, cursor)).messages)).toBeUndefined();
  });

  test('where a token comes again', async () => {
    const { messages, fault } = await read((at) => ({ rows: rows(`r${at}`), next: at === 2 ? 1 : at + 1 }));
    expect(fault).toMatchObject({ finding: { code: 'api-loop' } });
    expect(idsOf(messages)).toEqual(['r0', 'r1']);
  });

  test('where the second reading of a list that moved ends early', async () => {
    let pass = 0;
    const { messages, fault } = await read((at) => {
      if (at === 0) pass += 1;
      if (pass > 1) return { rows: rows('r1'), total: 4 };
      return at === 0 ? { rows: rows('r1', 'r2'), total: 4, next: 1 } : { rows: rows('r2', 'r3'), total: 4 };
    });
    expect(fault).toMatchObject({ finding: { code: 'api-count-short' } });
    expect(endOf(messages)).toBeUndefined();
  });
});

describe('a reading that was killed', () => {
  test.each([0, 1])('goes on from checkpoint %i: nothing is lost, nothing comes twice', async (index) => {
    const whole = await read(byOffset(() => ids(3 * SIZE)));
    const rest = await read(
      byOffset(() => ids(3 * SIZE)),
      cursorsOf(whole.messages)[index],
    );
    const before = idsOf(whole.messages).slice(0, (index + 1) * SIZE);
    expect([...before, ...idsOf(rest.messages)]).toEqual(ids(3 * SIZE));
    expect(codesOf(rest.messages)).toEqual([]);
    expect(endOf(rest.messages)).toMatchObject({ coverage: 'snapshot', expected: 3 * SIZE });
  });

  test('and records went meanwhile from what it had read: those that moved up are not passed over', async () => {
    const whole = await read(byOffset(() => ids(3 * SIZE)));
    const [cursor] = cursorsOf(whole.messages);
    const left = ids(3 * SIZE).slice(2);
    const rest = await read(
      byOffset(() => left),
      cursor,
    );
    expect(rest.fault).toBeUndefined();
    expect(namedBy(rest.messages)).toEqual(left.toSorted());
  });

  test('and the list is empty now: nothing is held to be gone', async () => {
    const whole = await read(byOffset(() => ids(3 * SIZE)));
    const { fault, messages } = await read(
      byOffset(() => []),
      cursorsOf(whole.messages)[0],
    );
    expect(fault).toMatchObject({ finding: { code: 'api-nothing' } });
    expect(endOf(messages)).toBeUndefined();
  });

  test('at a place that the partner refuses now begins anew the next time', async () => {
    const whole = await read(byOffset(() => ids(3 * SIZE)));
    const { fault, messages } = await read(
      () => ({ status: 400, body: '{"message": "token expired"}' }),
      cursorsOf(whole.messages)[0],
    );
    expect(fault).toMatchObject({ finding: { code: 'api-refused' } });
    expect(cursorsOf(messages)).toMatchObject([{ rows: 0 }]);
    expect(cursorsOf(messages)[0]).not.toHaveProperty('at');
  });

  test('by a fault that time mends keeps its place', async () => {
    const whole = await read(byOffset(() => ids(3 * SIZE)));
    const { messages } = await read(() => ({ status: 500, body: '{}' }), cursorsOf(whole.messages)[0]);
    expect(messages).toEqual([]);
  });
});

describe('changes alone', () => {
  const DAY_MS = 86_400_000;
  const changing = pagedConnector({ ...api, changes: { overlapMs: 60_000, wholeEveryMs: DAY_MS } });
  const at = (ms: number) => new Date(Date.UTC(2024, 0, 1) + ms);

  async function readAt(now: Date, from: ApiCursor | undefined, reply: Parameters<typeof serve>[0]) {
    const site = await serve(reply);
    return all(changing.read(site.options, { ...site.context, now: () => now }, from));
  }

  test('are asked for until the last whole reading is a day old', async () => {
    const asked: (string | null)[] = [];
    const coverages: (string | undefined)[] = [];
    let from: ApiCursor | undefined;
    for (const hours of [0, 10, 20, 30, 40]) {
      const { messages } = await readAt(at(hours * 3_600_000), from, (_, since) => {
        asked.push(since);
        return { rows: rows('a'), total: 1 };
      });
      const end = messages.at(-1);
      coverages.push(end?.kind === 'end' ? end.coverage : undefined);
      from = cursorsOf(messages).at(-1);
    }
    expect(coverages).toEqual(['snapshot', 'changes', 'changes', 'snapshot', 'changes']);
    expect(asked).toEqual([
      null,
      '2023-12-31T23:59:00.000Z',
      '2024-01-01T09:59:00.000Z',
      null,
      '2024-01-02T05:59:00.000Z',
    ]);
  });

  test('that were cut short are asked for since the same moment again', async () => {
    const first = await readAt(at(0), undefined, () => ({ rows: rows('a'), total: 1 }));
    const from = cursorsOf(first.messages).at(-1);
    const broken = await readAt(at(3_600_000), from, () => ({ rows: rows('a'), total: 9 }));
    expect(broken.fault).toMatchObject({ finding: { code: 'api-count-short' } });
    const anew = cursorsOf(broken.messages).at(-1);
    expect(anew).toMatchObject({ since: from?.since, whole: from?.whole });
  });

  test('never say that what they do not name is gone', async () => {
    const first = await readAt(at(0), undefined, () => ({ rows: rows('a', 'b'), total: 2 }));
    const then = await readAt(at(1000), cursorsOf(first.messages).at(-1), () => ({
      rows: [{ id: 'b', gone: true }],
      total: 1,
    }));
    expect(then.messages.map(({ kind }) => kind)).toEqual(['deleted', 'checkpoint', 'end']);
    expect(then.messages.at(-1)).toMatchObject({ coverage: 'changes' });
  });
});
