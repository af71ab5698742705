/** A paged API on loopback that answers as each test has it, and the connector that reads it. */
import { afterEach } from 'vitest';
import { z } from 'zod';
import { all, contextForTests } from '#connectors/conformance.ts';
import type { Context, Json, Message } from '../connector.ts';
import { createHttpClient } from '../http/client.ts';
import { serveLoopback } from '../http/loopback.ts';
import { getJson } from './json.ts';
import { type ApiCursor, type ApiPage, type PagedApi, pagedConnector } from './paged.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

/** What is sent: `stopsAfter` bytes of the body, of which the whole is announced. */
export interface Reply {
  readonly status?: number;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly stopsAfter?: number;
}
/** Says what is answered to each question; `at` is the page that is asked for, from 0. */
type Replies = (at: number, since: string | null) => Reply | object;
interface Options {
  readonly url: string;
}

/** Serves what `reply` says. */
export async function serve(reply: Replies) {
  const asked: string[] = [];
  const site = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    asked.push(url.search);
    const said = reply(Number(url.searchParams.get('at') ?? 0), url.searchParams.get('since'));
    const {
      status = 200,
      body,
      headers = {},
      stopsAfter,
    } = 'body' in said ? (said as Reply) : { body: JSON.stringify(said) };
    const bytes = Buffer.from(body);
    const length = { 'content-length': String(bytes.length) };
    response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers });
    if (stopsAfter === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, stopsAfter), () => response.destroy());
  });
  open.push(site);
  const { context, told, close } = contextForTests();
  open.push({ stop: close });
  return { options: { url: site.origin }, context, told, asked };
}

/** A context whose waits are noted and not waited for. `now` stands still. */
export function unhurried(now: Date): { readonly context: Context; readonly waitedMs: number[] } {
  const waitedMs: number[] = [];
  const { context } = contextForTests({ now: () => now });
  const http = createHttpClient({
    userAgent: 'Trame/test',
    contact: 'test@example.org',
    allowPrivate: true,
    signal: context.signal,
    retries: { attempts: 3, baseMs: 1 },
    now: () => now,
    sleep: (ms) => {
      waitedMs.push(ms);
      return Promise.resolve();
    },
  });
  open.push({ stop: () => http.close() });
  return { context: { ...context, http }, waitedMs };
}

export const api: PagedApi<Options> = {
  name: 'essai',
  options: z.object({ url: z.string() }),
  position: z.unknown(),
  async page({ url }, context, { at, since }) {
    const question = new URLSearchParams({ ...(at === undefined ? {} : { at: String(at) }), ...(since && { since }) });
    return (await getJson(context, `${url}/?${question}`)).json as unknown as ApiPage;
  },
  identify(row) {
    const { id, gone } = row as { id?: string; gone?: boolean };
    return id === undefined ? undefined : { id, ...(gone ? { deleted: true } : {}) };
  },
};
export const connector = pagedConnector(api);

export const rows = (...ids: readonly (string | number)[]): readonly Json[] => ids.map((id) => ({ id: String(id) }));

/** Everything that is said from the beginning, or from a checkpoint, on. */
export async function read(reply: Replies, from?: ApiCursor, with_ = connector) {
  const site = await serve(reply);
  return { ...(await all(with_.read(site.options, site.context, from))), ...site };
}

export const codesOf = (messages: readonly Message<unknown>[]): readonly string[] =>
  messages.flatMap((message) => (message.kind === 'rejected' ? [message.finding.code] : []));

/** The cursors of all checkpoints, as they come back from where they are kept. */
export const cursorsOf = (messages: readonly Message<unknown>[]): readonly ApiCursor[] =>
  messages.flatMap((message) =>
    message.kind === 'checkpoint' ? [JSON.parse(JSON.stringify(message.cursor)) as ApiCursor] : [],
  );
