/** The HTTP clients of a round: each source's pictures are asked for in its own name, and only where its agreement allows. */
import type { HttpClient } from '#connectors/connector.ts';
import { type ClosableHttpClient, createHttpClient } from '#connectors/http/client.ts';
import { isOutside } from '../agreement.ts';
import type { Source } from '../sources.ts';

/** Shorter than for a harvest: one slow picture must not hold up all others. */
const TIMEOUTS = { connectMs: 10_000, headersMs: 20_000, bodyIdleMs: 20_000, totalMs: 120_000, slowMs: 20_000 };

export class Clients {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #signal: AbortSignal;
  /** By contact and permission, so that sources that ask alike share the pace of their hosts. */
  readonly #open = new Map<string, ClosableHttpClient>();

  constructor(sources: readonly Source[], signal: AbortSignal) {
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    this.#signal = signal;
  }

  /** Undefined where the source is not known here, or is outside its agreement today. */
  for(name: string, now: Date): HttpClient | undefined {
    const about = this.#sources.get(name)?.about;
    if (about === undefined || isOutside(about.agreement, now)) return undefined;
    const { contact, allowPrivate } = about;
    const key = `${allowPrivate} ${contact}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const client = createHttpClient({
      userAgent: 'Trame/0.1',
      contact,
      allowPrivate,
      signal: this.#signal,
      timeouts: TIMEOUTS,
      retries: { attempts: 2, baseMs: 500 },
      maxRetryAfterMs: 5_000,
    });
    this.#open.set(key, client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#open.values()) await client.close();
  }
}
