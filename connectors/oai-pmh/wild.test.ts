/** What repositories do in the wild, one by one. Every run ends complete and equal to the truth, or partial with a reason; and, mended, equal. */
import { describe, expect, it } from 'vitest';
import { IN_MARKUP } from '#connectors/partners/oai-provider/faults/markup.ts';
import { IN_PROTOCOL } from '#connectors/partners/oai-provider/faults/protocol.ts';
import { ON_THE_WIRE } from '#connectors/partners/oai-provider/faults/wire.ts';
import type { Fault, FaultKind } from '#connectors/partners/oai-provider/faults.ts';
import type { OaiRow } from '#connectors/xml.ts';
import { textsAt } from '#connectors/xml.ts';
import { ALL, type Harvest, harvest, repositoryWith } from './harvest-for-tests.ts';
import type { TestRepository } from './repository-for-tests.ts';

const KINDS = [
  ...Object.keys(IN_PROTOCOL),
  ...Object.keys(IN_MARKUP),
  ...Object.keys(ON_THE_WIRE),
  ...['constant-token', 'same-page', 'same-page-new-tokens', 'cycle', 'refuses-seconds'],
] as FaultKind[];
/** They try the parser's limits, in tests of its own; here they would take minutes. */
const TOO_HEAVY: ReadonlySet<string> = new Set([
  'huge-whitespace',
  'too-much-whitespace',
  'huge-comment',
  'huge-instruction',
  'many-attributes',
  'quadratic-blow-up',
  'never-ends-fast',
  'many-elements',
  'huge-text',
  'huge-attribute',
]);
/** They take something of a record away, which nobody can know: it is rejected, or comes without. */
const LOSES: ReadonlySet<string> = new Set(['skips-a-record-without-size']);
const kinds = KINDS.filter((kind) => !TOO_HEAVY.has(kind) && !LOSES.has(kind));

/** The identifiers that are missing, and the titles that are not as they were. */
function wrongIn(harvests: readonly Harvest[]): string[] {
  const titles = new Map<string, string | undefined>();
  for (const message of harvests.flatMap(({ messages }) => messages)) {
    if (!('id' in message) || message.id === undefined) continue;
    const row = message.kind === 'record' ? (message.row as unknown as OaiRow) : undefined;
    titles.set(message.id, row === undefined ? undefined : textsAt(row.metadata, 'title')[0]);
  }
  return ALL.flatMap((id, n) => {
    if (!titles.has(id)) return [`${id} is missing`];
    const title = titles.get(id);
    const whole = n % 7 === 3 || title === undefined || title === `Métier nº ${n} & navette` || title.includes('nº');
    return whole ? [] : [`${id} is ${title}`];
  });
}

async function plays(repository: TestRepository): Promise<void> {
  const first = await harvest(repository);
  const unnamed = first.kinds('rejected').some((message) => message.kind === 'rejected' && message.id === undefined);
  if (first.end !== undefined) {
    if (!unnamed) expect(wrongIn([first])).toEqual([]);
    return;
  }
  expect(first.fault?.finding.code).toMatch(/^(oai|http)-/);
  repository.faults.length = 0;
  const rest = await harvest(repository, {}, first.cursor);
  expect([rest.fault?.finding, rest.end?.coverage]).toEqual([undefined, 'snapshot']);
  expect(wrongIn([first, rest])).toEqual([]);
}

describe('a fault of the lists of records from the third page on:', () => {
  it.each(kinds)('%s', { timeout: 30_000 }, async (kind) => {
    await plays(await repositoryWith([{ kind, at: 3, times: 99_999 }]));
  });
});

describe('a fault of all verbs but Identify:', () => {
  it.each<FaultKind>([
    'bad-verb',
    'several-errors',
    'error-beside-records',
    'missing-end',
    'crossed-tags',
    'server-error',
    'unavailable',
    'html',
    'empty',
    'breaks-off',
    'no-content',
    'not-modified',
    'forbidden',
    'no-header',
  ])('%s', { timeout: 30_000 }, async (kind) => {
    const fault = (verb: NonNullable<Fault['verb']>): Fault => ({ kind, at: 1, times: 99_999, verb });
    await plays(await repositoryWith([fault('ListRecords'), fault('ListIdentifiers'), fault('GetRecord')]));
  });
});
