/**
 * The HTTP of a look at a source: what was fetched once is not fetched again, and nothing is fetched ahead of what the reader waits for. So a check
 * and a preview together cost the partner one page, though a connector asks for the next one while it hands over this.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient, HttpRequest, HttpResponse } from '#connectors/connector.ts';
import { stopped } from '#connectors/http/faults.ts';
import { redacted } from '#connectors/http/url.ts';

/** An answer that was really fetched. */
export interface Answered {
  /** Without secrets. */
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  /** From the question to the head of the answer. */
  readonly afterMs: number;
}

/** A request is held for so long before it is asked whether the reader still waits. */
const HOLD_MS = 50;
/** Bodies kept, all together: beyond it they are fetched again. */
const MOST_KEPT_BYTES = 32 * 1024 * 1024;

type Kept = Omit<HttpResponse, 'body'> & { readonly chunks: readonly Uint8Array[] };

export class GatedHttp implements HttpClient {
  readonly answered: Answered[] = [];
  readonly #inner: HttpClient;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, Kept>();
  #keptBytes = 0;
  /** Counts the reader's waits and their ends: even while it waits. */
  #wait = 1;

  constructor(inner: HttpClient, signal: AbortSignal) {
    this.#inner = inner;
    this.#signal = signal;
  }

  /** While `step` goes on, the reader waits: what it asks for is fetched. */
  async whileWaiting<T>(step: () => Promise<T>): Promise<T> {
    this.#wait += 1;
    try {
      return await step();
    } finally {
      this.#wait += 1;
    }
  }

  async get(url: string, request: HttpRequest = {}): Promise<HttpResponse> {
    const key = JSON.stringify([url, request.accept, request.headers]);
    const kept = this.#kept.get(key);
    if (kept) return { ...kept, body: again(kept.chunks) };
    await this.#turn(url);
    const began = performance.now();
    const response = await this.#inner.get(url, request);
    const { status, headers } = response;
    const mediaType = headers['content-type'] ?? '';
    this.answered.push({ url: redacted(url), status, mediaType, afterMs: Math.round(performance.now() - began) });
    return { ...response, body: this.#keeping(key, response) };
  }

  /** Until the reader waits, and has waited for a moment without being given what it waits for. */
  async #turn(url: string): Promise<void> {
    for (let wait = this.#wait; ; wait = this.#wait) {
      if (this.#signal.aborted) throw stopped(new URL(url));
      await pause(HOLD_MS);
      if (wait % 2 === 0 && wait === this.#wait) return;
    }
  }

  async *#keeping(key: string, { body, ...head }: HttpResponse): AsyncGenerator<Uint8Array> {
    const room = MOST_KEPT_BYTES - this.#keptBytes;
    let chunks: Uint8Array[] | undefined = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > room) chunks = undefined;
      chunks?.push(Uint8Array.from(chunk));
      yield chunk;
    }
    if (chunks === undefined) return;
    this.#keptBytes += bytes;
    this.#kept.set(key, { ...head, chunks });
  }
}

async function* again(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
