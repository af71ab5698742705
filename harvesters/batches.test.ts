import { expect, test } from 'vitest';
import type { Message } from '#connectors/connector.ts';
import { type Batch, batched } from './batches.ts';

async function* said(...messages: Message<number>[]): AsyncGenerator<Message<number>> {
  yield* messages;
}
const record = (id: number): Message<number> => ({ kind: 'record', id: `${id}`, row: id, raw: new Uint8Array() });
const records = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => record(from + i));
const END: Message<number> = { kind: 'end', coverage: 'snapshot' };

async function all(messages: AsyncIterable<Message<number>>, most: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of batched(messages, most)) batches.push(batch);
  return batches;
}
const shape = (batches: readonly Batch[]) =>
  batches.map(({ messages, checkpoint, end }) => [messages.length, checkpoint?.cursor, end?.coverage]);

test('a batch is bounded, and carries the last checkpoint that vouches for what it holds', async () => {
  const messages = said(
    ...records(1, 3),
    { kind: 'checkpoint', cursor: 3 },
    ...records(4, 6),
    { kind: 'checkpoint', cursor: 6 },
    record(7),
    END,
  );
  expect(shape(await all(messages, 4))).toEqual([
    [4, 3, undefined],
    [3, 6, 'snapshot'],
  ]);
});

test('a checkpoint never vouches for a record of a later batch', async () => {
  const messages = said(...records(1, 4), { kind: 'checkpoint', cursor: 4 }, record(5), END);
  expect(shape(await all(messages, 4))).toEqual([
    [4, 4, undefined],
    [1, undefined, 'snapshot'],
  ]);
});

test('a source that stops without end gives a last batch without one', async () => {
  expect(shape(await all(said(...records(1, 2)), 10))).toEqual([[2, undefined, undefined]]);
});

test('nothing said after the end is taken', async () => {
  expect(shape(await all(said(record(1), END, record(2)), 10))).toEqual([[1, undefined, 'snapshot']]);
});

test('where the source throws, what came is given first', async () => {
  async function* broken(): AsyncGenerator<Message<number>> {
    yield* [record(1), { kind: 'checkpoint', cursor: 1 }, record(2)] as Message<number>[];
    throw new Error('broken off');
  }
  const batches: Batch[] = [];
  const reading = (async () => {
    for await (const batch of batched(broken(), 10)) batches.push(batch);
  })();
  await expect(reading).rejects.toThrow('broken off');
  expect(shape(batches)).toEqual([[2, 1, undefined]]);
});
