/** Harvests of a small repository on loopback, for the tests of the client. */
import { afterEach, expect } from 'vitest';
import { all, contextForTests, idsOf } from '#connectors/conformance.ts';
import type { Message, SourceError } from '#connectors/connector.ts';
import { createHttpClient } from '#connectors/http/client.ts';
import type { Fault } from '#connectors/partners/oai-provider/faults.ts';
import type { OaiRepository } from '#connectors/partners/oai-provider.ts';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import { oaiPmh } from './connector.ts';
import { cursorSchema, type OaiCursor, optionsSchema } from './options.ts';
import { recordAt, startRepository, type TestRepository } from './repository-for-tests.ts';

export const COUNT = 35;
export const ALL: readonly string[] = Array.from({ length: COUNT }, (_, n) => recordAt(n).identifier);

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** A repository that is stopped after the test. */
export async function repositoryWith(
  faults: Fault[] = [],
  given: Partial<OaiRepository> = {},
  count = COUNT,
): Promise<TestRepository> {
  const repository = await startRepository(count, faults, given);
  open.push(() => repository.stop());
  return repository;
}

/** What a harvest said. */
export interface Harvest {
  readonly messages: readonly Message<OaiCursor>[];
  readonly fault: SourceError | undefined;
  readonly end: Extract<Message<OaiCursor>, { kind: 'end' }> | undefined;
  /** Of the last checkpoint, as it is read back from where it is kept. */
  readonly cursor: OaiCursor | undefined;
  readonly ids: readonly string[];
  readonly told: readonly Finding['code'][];
  kinds(kind: Message<OaiCursor>['kind']): readonly Message<OaiCursor>[];
}

/** A context whose client waits no longer than the tests of slow servers can. */
function contextOf(now?: () => Date) {
  const { context, told, close } = contextForTests(now === undefined ? {} : { now });
  const http = createHttpClient({
    userAgent: 'Trame/test',
    contact: 'test@example.org',
    allowPrivate: true,
    signal: context.signal,
    timeouts: { connectMs: 500, headersMs: 500, bodyIdleMs: 500, totalMs: 3000, slowMs: 700 },
    retries: { attempts: 2, baseMs: 1 },
    now: context.now,
    tell: context.tell,
  });
  open.push(close, () => http.close());
  return { context: { ...context, http }, told };
}

/** One harvest; every finding of it has words without a hole. */
export async function harvest(
  repository: TestRepository,
  more: object = {},
  from?: OaiCursor,
  now?: () => Date,
): Promise<Harvest> {
  const { context, told } = contextOf(now);
  const options = optionsSchema.parse({ url: repository.url, pauseMs: 1, ...more });
  const { messages, fault } = await all(oaiPmh.read(options, context, from));
  if (fault !== undefined && !(fault instanceof Error && 'finding' in fault)) throw fault;
  const reason = fault as SourceError | undefined;
  const checkpoint = messages.findLast((message) => message.kind === 'checkpoint');
  const rejected = messages.flatMap((message) => (message.kind === 'rejected' ? [message.finding] : []));
  for (const finding of [...told, ...rejected, ...(reason === undefined ? [] : [reason.finding])]) {
    for (const language of ['fr', 'en'] as const) {
      const { text, remedy } = words(finding, language);
      expect(text + remedy).not.toMatch(/\{\w+\}|undefined/);
    }
  }
  return {
    messages,
    fault: reason,
    end: messages.find((message) => message.kind === 'end'),
    cursor: checkpoint === undefined ? undefined : cursorSchema.parse(JSON.parse(JSON.stringify(checkpoint.cursor))),
    ids: idsOf(messages),
    told: told.map(({ code }) => code),
    kinds: (kind) => messages.filter((message) => message.kind === kind),
  };
}

export async function check(repository: TestRepository, more: object = {}): Promise<readonly Finding[]> {
  const { context } = contextOf();
  return oaiPmh.check(optionsSchema.parse({ url: repository.url, pauseMs: 1, ...more }), context);
}

/** One record by its id, or the fault. */
export async function one(repository: TestRepository, id: string): Promise<Message<OaiCursor> | SourceError> {
  const { context } = contextOf();
  const options = optionsSchema.parse({ url: repository.url, pauseMs: 1 });
  try {
    return (await oaiPmh.one?.(options, context, id)) as Message<OaiCursor>;
  } catch (fault) {
    return fault as SourceError;
  }
}
