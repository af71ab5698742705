/** Several faults at once, chosen by a seeded die: whatever they are, a run ends complete and equal to the truth, or partial; and mended, equal. */
import { describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '#connectors/partners/oai-provider/faults.ts';
import { type Harvest, harvest, repositoryWith } from './harvest-for-tests.ts';
import type { OaiCursor } from './options.ts';
import { recordAt } from './repository-for-tests.ts';

const ROUNDS = 60;
const MOST_REQUESTS = 1500;
const KINDS: readonly FaultKind[] = [
  'crossed-tags',
  'missing-end',
  'truncated-xml',
  'breaks-off',
  'empty',
  'html',
  'server-error',
  'no-content',
  'not-found',
  'bad-verb',
  'bad-argument',
  'refused-token',
  'last-page-without-records',
  'no-last-token',
  'no-size',
  'wrong-size',
  'size-zero',
  'repeats-a-record',
  'same-record-twice',
  'wrong-namespace',
  'error-beside-records',
  'uri-too-long',
  'constant-token',
  'refuses-seconds',
];
const VERBS = ['ListRecords', 'ListRecords', 'ListRecords', 'ListIdentifiers', 'GetRecord', 'Identify'] as const;

/** Numbers below one from a seed (mulberry32, public domain). */
function die(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

function anyFault(roll: (sides: number) => number, count: number): Fault {
  const kind = KINDS[roll(KINDS.length)] as FaultKind;
  const verb = VERBS[roll(VERBS.length)] ?? 'ListRecords';
  const times = [1, 2, 99_999][roll(3)] ?? 1;
  const fault = { kind, at: 1 + roll(8), times, verb };
  return roll(3) === 0 ? { ...fault, record: recordAt(roll(count)).identifier } : fault;
}

/** What was said last of each record. */
function known(harvests: readonly Harvest[]): Map<string, string> {
  const said = new Map<string, string>();
  for (const message of harvests.flatMap(({ messages }) => messages)) {
    if ('id' in message && message.id !== undefined) said.set(message.id, message.kind);
  }
  return said;
}

describe('several faults at once', () => {
  it.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))('round %i', { timeout: 60_000 }, async (seed) => {
    const roll = die(seed);
    const count = [12, 35, 70, 130][roll(4)] ?? 35;
    const records = Array.from({ length: count }, (_, n) =>
      roll(4) === 0 ? recordAt(n, '2024-03-05T08:00:00Z') : recordAt(n),
    );
    const faults = Array.from({ length: 1 + roll(3) }, () => anyFault(roll, count));
    const told = JSON.stringify({ count, faults });
    const repository = await repositoryWith(faults, {}, 0);
    repository.records = records;
    const harvests: Harvest[] = [await harvest(repository)];
    let cursor: OaiCursor | undefined = harvests[0]?.cursor;
    if (harvests[0]?.end === undefined) {
      expect(harvests[0]?.fault, told).toBeDefined();
      repository.faults.length = 0;
      for (let run = 0; run < 2 && harvests.at(-1)?.end === undefined; run++) {
        harvests.push(await harvest(repository, {}, cursor));
        cursor = harvests.at(-1)?.cursor ?? cursor;
      }
      expect([harvests.at(-1)?.fault?.finding, harvests.at(-1)?.end?.coverage], told).toEqual([undefined, 'snapshot']);
    }
    const said = known(harvests);
    const wrong = records.filter(({ identifier, deleted }) => {
      const kind = said.get(identifier);
      return kind !== (deleted === true ? 'deleted' : 'record') && kind !== 'rejected';
    });
    expect(repository.asked.length, told).toBeLessThan(MOST_REQUESTS);
    expect(
      wrong.map(({ identifier }) => identifier),
      told,
    ).toEqual([]);
  });
});

/** What a hub would know: what lives, and of which date; what a whole pass did not name is gone. */
class Hub {
  readonly live = new Map<string, string>();
  readonly unknown: string[] = [];
  #pass = new Set<string>();

  take({ messages }: Harvest): void {
    for (const message of messages) {
      if (message.kind === 'end' && message.coverage === 'snapshot') {
        for (const id of this.live.keys()) if (!this.#pass.has(id)) this.live.delete(id);
      }
      if (message.kind === 'end') this.#pass = new Set();
      if (!('id' in message) || message.id === undefined) continue;
      this.#pass.add(message.id);
      if (message.kind === 'record') this.live.set(message.id, message.modified ?? '');
      if (message.kind === 'deleted') this.live.delete(message.id);
      if (message.kind === 'seen' && !this.live.has(message.id)) this.unknown.push(message.id);
    }
  }
}

const DAY = (day: number) => () => new Date(Date.UTC(2024, 5, day, 12, 0, 30));

describe('several faults while a repository that forgets its deletions changes', () => {
  it.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))('round %i', { timeout: 60_000 }, async (seed) => {
    const roll = die(seed * 7919);
    const count = [12, 35, 70][roll(3)] ?? 35;
    const repository = await repositoryWith([], { deletedRecord: 'no', now: () => new Date(now) }, 0);
    let now = '2024-06-01T12:00:00Z';
    repository.records = Array.from({ length: count }, (_, n) => ({ ...recordAt(n), deleted: false }));
    const hub = new Hub();
    const first = await harvest(repository, {}, undefined, DAY(1));
    hub.take(first);
    now = '2024-06-02T12:00:00Z';
    const touched = () => `2024-06-0${1 + roll(2)}T${String(13 + roll(10))}:00:00Z`.replace('02T', '01T');
    repository.records = [
      ...repository.records.filter(() => roll(10) > 0),
      ...Array.from({ length: roll(5) }, (_, n) => ({ ...recordAt(500 + n, touched()), deleted: false })),
    ].map((record) => (roll(6) === 0 ? { ...record, datestamp: touched() } : record));
    repository.faults.push(...Array.from({ length: 1 + roll(3) }, () => anyFault(roll, count)));
    const told = JSON.stringify({ count, faults: repository.faults });
    let cursor = first.cursor;
    const rejected = new Set<string>();
    for (let day = 2; day < 6; day++) {
      const result = await harvest(repository, {}, cursor, DAY(day));
      hub.take(result);
      for (const message of result.kinds('rejected')) if ('id' in message) rejected.add(message.id ?? '');
      cursor = result.cursor ?? cursor;
      if (result.end !== undefined && day > 2) break;
      expect(result.end ?? result.fault, told).toBeDefined();
      repository.faults.length = 0;
    }
    // What a sweep names and nobody knows: the whole list is read.
    if (hub.unknown.some((id) => !rejected.has(id))) hub.take(await harvest(repository, {}, undefined, DAY(6)));
    const truth = repository.records.map(({ identifier, datestamp }) => [identifier, datestamp] as const);
    const wrong = truth.filter(([id, date]) => hub.live.get(id) !== date && !rejected.has(id));
    const ghosts = [...hub.live.keys()].filter((id) => !truth.some(([known]) => known === id));
    expect([wrong, ghosts], told).toEqual([[], []]);
  });
});
