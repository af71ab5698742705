/** The suite that every connector passes: what `connector.ts` promises, tried on a real source of the connector's own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import { type Connector, type Context, type Message, SourceError } from './connector.ts';
import { type ClosableHttpClient, createHttpClient } from './http/client.ts';

/** A source on this machine, started for one test. */
export interface SampleSource<Options> {
  readonly options: Options;
  /** From now on the source breaks off in the middle. */
  breakOff(): void | Promise<void>;
  /** How many pages (or files) it was asked for. */
  asked(): number;
  stop(): Promise<void>;
}

export interface Conformance<Options, Cursor> {
  readonly connector: Connector<Options, Cursor>;
  /** Starts a source of at least three pages, and at least two records on each. */
  start(): Promise<SampleSource<Options>>;
  /** Identifiers of all records, tombstones and rejected ones included. */
  readonly identifiers: readonly string[];
  /** Options that no source file may have, and the name of what is wrong in each. */
  readonly nonsense: readonly { readonly options: unknown; readonly path: string }[];
}

/** A context with a real HTTP client for loopback, impatient as tests are. */
export function contextForTests(
  given: { readonly signal?: AbortSignal; readonly folder?: string; readonly now?: () => Date } = {},
) {
  const told: Finding[] = [];
  const signal = given.signal ?? new AbortController().signal;
  const now = given.now ?? (() => new Date());
  const http = createHttpClient({
    userAgent: 'Trame/test',
    contact: 'test@example.org',
    allowPrivate: true,
    signal,
    timeouts: { connectMs: 1000, headersMs: 2000, bodyIdleMs: 1000, totalMs: 10_000 },
    retries: { attempts: 2, baseMs: 1 },
    now,
    tell: (finding) => told.push(finding),
  });
  const context: Context = {
    source: { name: 'test', contact: 'test@example.org' },
    http,
    signal,
    now,
    tell: (finding) => told.push(finding),
    folder: given.folder ?? import.meta.dirname,
  };
  return { context, told, close: () => (http as ClosableHttpClient).close() };
}

/** Declares the suite for one connector. */
export function describeConnector<Options, Cursor>(name: string, conformance: Conformance<Options, Cursor>): void {
  const { connector, identifiers } = conformance;
  describe(`${name} keeps the contract of a connector:`, () => {
    let source: SampleSource<Options>;
    const open: { close(): Promise<void> }[] = [];
    const context = (given: Parameters<typeof contextForTests>[0] = {}) => {
      const made = contextForTests(given);
      open.push(made);
      return made.context;
    };

    beforeEach(async () => {
      source = await conformance.start();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((one) => one.close()));
      await source.stop();
    });

    it('names every record, and ends last and once', async () => {
      const { messages } = await all(connector.read(source.options, context()));
      expect(idsOf(messages).toSorted()).toEqual([...identifiers].toSorted());
      expect(messages.filter(({ kind }) => kind === 'end')).toHaveLength(1);
      expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot' });
      expect(messages.at(-2)?.kind).toBe('checkpoint');
    });

    it('gives the same row again from its stored bytes', async () => {
      const { messages } = await all(connector.read(source.options, context()));
      const records = messages.filter((message) => message.kind === 'record');
      expect(records.length).toBeGreaterThan(0);
      for (const { raw, row } of records) {
        expect(connector.row(Uint8Array.from(raw), source.options)).toEqual(row);
        expect(JSON.parse(JSON.stringify(row))).toEqual(row);
      }
    });

    it('goes on from any checkpoint without a loss', async () => {
      const { messages } = await all(connector.read(source.options, context()));
      const checkpoints = messages.flatMap((message, index) =>
        message.kind === 'checkpoint' ? [{ index, message }] : [],
      );
      expect(checkpoints.length).toBeGreaterThanOrEqual(3);
      for (const { index, message } of checkpoints.slice(0, -1)) {
        const cursor = await valid(connector.cursor, JSON.parse(JSON.stringify(message.cursor)));
        const rest = await all(connector.read(source.options, context(), cursor));
        expect(rest.messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot' });
        expect(idsOf(rest.messages)).toEqual(expect.arrayContaining(idsOf(messages.slice(index))));
        expect(rest.messages.length).toBeLessThan(messages.length);
      }
      // After the last one there is nothing that must come again, but it must be good for another run.
      const last = await valid(connector.cursor, JSON.parse(JSON.stringify(checkpoints.at(-1)?.message.cursor)));
      expect((await all(connector.read(source.options, context(), last))).messages.at(-1)?.kind).toBe('end');
    });

    it('says of a source that breaks off that it did: one SourceError, no end, and the checkpoint lost nothing', async () => {
      await source.breakOff();
      const { messages, fault } = await all(connector.read(source.options, context()));
      expect(fault).toBeInstanceOf(SourceError);
      expect(words((fault as SourceError).finding).text).not.toMatch(/\{\w+\}/);
      expect((fault as SourceError).remedy).not.toBe('');
      expect(messages.some(({ kind }) => kind === 'end')).toBe(false);
    });

    it('stops when it is told to', async () => {
      const controller = new AbortController();
      const { messages, fault } = await all(
        connector.read(source.options, context({ signal: controller.signal })),
        () => controller.abort(),
      );
      expect(fault).toBeInstanceOf(SourceError);
      expect(idsOf(messages)).toHaveLength(1);
    });

    it('reads ahead one page at most, and can be left', async () => {
      for await (const message of connector.read(source.options, context())) {
        if (message.kind === 'checkpoint') continue;
        await settled();
        expect(source.asked()).toBeLessThanOrEqual(2);
        break;
      }
    });

    it('finds nothing wrong with a sound source', async () => {
      const found = await connector.check(source.options, context());
      expect(found.filter((finding) => words(finding).severity === 'error')).toEqual([]);
      await settled();
      expect(source.asked()).toBeLessThanOrEqual(1);
    });

    it('tells what is wrong with one that breaks off', async () => {
      await source.stop();
      const found = await connector.check(source.options, context());
      expect(found.some((finding) => words(finding).severity === 'error')).toBe(true);
    });

    it.each(conformance.nonsense)('refuses $options, and says where', async ({ options, path }) => {
      const { issues } = await connector.options['~standard'].validate(options);
      expect(issues?.map((issue) => [...(issue.path ?? [])].join('.') || issue.message).join(' ')).toContain(path);
    });

    it('takes its own options as they are', async () => {
      expect(await valid(connector.options, JSON.parse(JSON.stringify(source.options)))).toEqual(source.options);
    });
  });
}

/** Time enough for a request that should not have been made to arrive. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}

/** Every message until the end or the fault. `eachRecord` is called after each record. */
export async function all<Cursor>(messages: AsyncIterable<Message<Cursor>>, eachRecord: () => void = () => undefined) {
  const taken: Message<Cursor>[] = [];
  let fault: unknown;
  try {
    for await (const message of messages) {
      taken.push(message);
      if (message.kind === 'record') eachRecord();
    }
  } catch (thrown) {
    fault = thrown;
  }
  return { messages: taken, fault };
}

/** The identifiers that were named, in order. */
export function idsOf(messages: readonly Message<unknown>[]): string[] {
  return messages.flatMap((message) => ('id' in message && message.id !== undefined ? [message.id] : []));
}

async function valid<Output>(schema: Connector<Output>['options'], value: unknown): Promise<Output> {
  const result = await schema['~standard'].validate(value);
  if (result.issues) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
