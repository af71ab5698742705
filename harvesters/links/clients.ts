/** The HTTP clients of the link checks: each address is asked for in the name of a source that gave it, and only where its agreement allows. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient } from '#connectors/connector.ts';
import { isLoopbackHost } from '#connectors/http/address-guard.ts';
import { type ClosableHttpClient, createHttpClient } from '#connectors/http/client.ts';
import { Hosts } from '#connectors/http/hosts.ts';
import { isOutside } from '../agreement.ts';
import type { Source } from '../sources.ts';

/** Short: what takes longer is not there for a reader either. */
const TIMEOUTS = { connectMs: 10_000, headersMs: 20_000, bodyIdleMs: 10_000, totalMs: 20_000, slowMs: 20_000 };

export class LinkClients {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #signal: AbortSignal;
  readonly #gapMs: number;
  readonly #now: () => Date;
  /** One for all clients: a host is met at one pace, whoever asks. */
  readonly #hosts: Hosts;
  readonly #open = new Map<string, ClosableHttpClient>();

  constructor(sources: readonly Source[], signal: AbortSignal, gapMs: number, now: () => Date) {
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    this.#signal = signal;
    this.#gapMs = gapMs;
    this.#now = now;
    this.#hosts = new Hosts((ms) => pause(ms, undefined, { signal }));
  }

  /** To ask for an address in the name of the first of these sources that is known here and within its agreement; undefined where none is. */
  for(names: readonly string[], address: string): HttpClient | undefined {
    const now = this.#now();
    const about = names
      .map((name) => this.#sources.get(name)?.about)
      .find((one) => one !== undefined && !isOutside(one.agreement, now));
    if (about === undefined) return undefined;
    const { contact, allowPrivate } = about;
    // The stand-ins on this machine need no rest.
    const minGapMs = isLoopbackHost(URL.parse(address)?.hostname ?? '') ? 0 : this.#gapMs;
    const key = `${allowPrivate} ${minGapMs} ${contact}`;
    const client =
      this.#open.get(key) ??
      createHttpClient({
        ...{ userAgent: 'Trame/0.1', contact, allowPrivate, signal: this.#signal },
        ...{ timeouts: TIMEOUTS, minGapMs, hosts: this.#hosts, now: this.#now },
        // It is asked for again some days later, and whoever wants us to wait is left alone.
        retries: { attempts: 1, baseMs: 1_000 },
        maxRetryAfterMs: 0,
      });
    this.#open.set(key, client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#open.values()) await client.close();
  }
}
