/** Messages gathered into bounded batches, each with the last checkpoint that it holds. */
import type { Message } from '#connectors/connector.ts';

export type Spoken = Extract<Message<unknown>, { kind: 'record' | 'deleted' | 'seen' | 'rejected' }>;
export type End = Extract<Message<unknown>, { kind: 'end' }>;

/** A thousand records of the largest size would not fit in memory. */
const MOST_BATCH_BYTES = 16 * 1024 * 1024;

export interface Batch {
  readonly messages: readonly Spoken[];
  readonly checkpoint: { readonly cursor: unknown; readonly passEnded: boolean } | undefined;
  readonly end: End | undefined;
}

/**
 * Batches of at most `most` messages, or about MOST_BATCH_BYTES of raw bytes. A checkpoint vouches for every message before it, so the last one that a batch holds may
 * be saved with it. Ends with the source; a source that stops without `end` gives a last batch without one. Where the source
 * throws, what was gathered is given first: nothing that came is lost.
 */
export async function* batched(messages: AsyncIterable<Message<unknown>>, most: number): AsyncGenerator<Batch> {
  let gathered: Spoken[] = [];
  let checkpoint: Batch['checkpoint'];
  let bytes = 0;
  const batch = (end?: End): Batch => ({ messages: gathered, checkpoint, end });
  try {
    for await (const message of messages) {
      if (message.kind === 'checkpoint') {
        checkpoint = { cursor: message.cursor, passEnded: message.passEnded ?? false };
        continue;
      }
      if (message.kind === 'end') {
        yield batch(message);
        return;
      }
      if (gathered.length >= most || bytes >= MOST_BATCH_BYTES) {
        yield batch();
        gathered = [];
        checkpoint = undefined;
        bytes = 0;
      }
      gathered.push(message);
      if ('raw' in message) bytes += message.raw?.byteLength ?? 0;
    }
  } catch (fault) {
    yield batch();
    throw fault;
  }
  yield batch();
}
