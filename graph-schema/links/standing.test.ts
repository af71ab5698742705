import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../record.ts';
import { addressesIn, linkId, shownAddress } from './addresses.ts';
import { readLinkLimits } from './limits.ts';
import { type Answer, type Standing, standingAfter } from './standing.ts';

const LIMITS = readLinkLimits();
const NEW: Standing = { failures: 0, silent: 0, next: '2026-01-01T00:00:00.000Z' };
const WELL: Answer = { kind: 'well', status: 200 };
const GONE: Answer = { kind: 'gone', reason: 'not-found', status: 404 };
const SILENT: Answer = { kind: 'unsure', reason: 'timeout' };
const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 0, day, hour));

/** What is known after these answers, each on its day. */
function knownAfter(...told: readonly (readonly [number, Answer, number?])[]): Standing {
  return told.reduce((known, [day, answer, hour]) => standingAfter(known, answer, at(day, hour), LIMITS), NEW);
}
/** Days until it is asked for again. */
const wait = ({ next, checkedAt }: Standing) => (Date.parse(next) - Date.parse(checkedAt ?? '')) / 86_400_000;

describe('an address', () => {
  test('that answers is alive, and is asked for again in thirty days', () => {
    const known = knownAfter([1, WELL]);
    expect(known).toMatchObject({ state: 'alive', lastAlive: at(1).toISOString(), failures: 0 });
    expect(wait(known)).toBe(30);
  });

  test('is dead after three different days, not after three requests', () => {
    expect(knownAfter([1, GONE, 1], [1, GONE, 12], [1, GONE, 23])).toMatchObject({ state: 'unsure', failures: 1 });
    expect(knownAfter([1, GONE], [4, GONE])).toMatchObject({ state: 'unsure', failures: 2 });
    const dead = knownAfter([1, GONE], [4, GONE], [7, GONE]);
    expect(dead).toMatchObject({ state: 'dead', failures: 3, reason: 'not-found', status: 404 });
    expect([wait(knownAfter([1, GONE])), wait(dead)]).toEqual([3, 30]);
  });

  test('is never dead by silence, which is met more and more rarely', () => {
    const days = [1, 4, 10, 22, 46, 76];
    for (let count = 1; count <= days.length; count += 1) {
      const known = knownAfter(...days.slice(0, count).map((day) => [day, SILENT] as const));
      expect(known).toMatchObject({ state: 'unsure', failures: 0 });
      expect(wait(known)).toBe([3, 6, 12, 24, 30, 30][count - 1]);
    }
  });

  test('that fell silent between two failures has still failed; one that answered has not', () => {
    expect(knownAfter([1, GONE], [4, SILENT], [7, GONE], [10, GONE]).state).toBe('dead');
    expect(knownAfter([1, GONE], [4, GONE], [7, WELL], [37, GONE])).toMatchObject({ state: 'unsure', failures: 1 });
  });

  test('that is dead stays so while its server is silent, and comes back with its first answer', () => {
    const dead = [[1, GONE] as const, [4, GONE] as const, [7, GONE] as const];
    expect(knownAfter(...dead, [37, SILENT]).state).toBe('dead');
    const back = knownAfter(...dead, [37, WELL]);
    expect(back).toMatchObject({ state: 'alive', failures: 0 });
    expect([back.reason, back.failedAt]).toEqual([undefined, undefined]);
  });

  test('whose host asks to wait keeps what is known of it', () => {
    const until = at(3);
    const known = knownAfter([1, WELL], [2, { kind: 'wait', reason: 'busy', until, asked: true, status: 429 }]);
    expect(known).toMatchObject({ state: 'alive', notBefore: until.toISOString(), next: until.toISOString() });
    const put = knownAfter([1, WELL], [2, { kind: 'wait', reason: 'host-resting', until }]);
    expect([put.checkedAt, put.notBefore]).toEqual([at(1).toISOString(), undefined]);
  });

  test('whatever comes: dead only by three days of its own word since it last answered well, and always due later', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let round = 0; round < 60; round += 1) {
      let known = NEW;
      let failed = new Set<number>();
      for (let hour = random(20); hour < 24 * 200; hour += 1 + random(24 * 9)) {
        const answer: Answer = [WELL, GONE, GONE, GONE, SILENT][random(5)]!;
        const now = new Date(Date.UTC(2026, 0, 1, hour));
        known = standingAfter(known, answer, now, LIMITS);
        if (answer === WELL) failed = new Set();
        if (answer === GONE) failed.add(Math.floor(hour / 24));
        expect(known.state === 'dead').toBe(failed.size >= 3);
        expect(known.state === 'alive').toBe(answer === WELL);
        expect(Date.parse(known.next)).toBeGreaterThan(now.getTime());
      }
    }
  });
});

test('limits are read as they are written, and must be whole', () => {
  expect(LIMITS).toEqual({
    ...{ againDays: 30, failedAgainDays: 3, deadAfterFailures: 3, surveyEveryHours: 24, gapSeconds: 2 },
  });
  expect(() => readLinkLimits('what,value\nagain_days,30\n')).toThrow(/failed_again_days/);
  expect(() => readLinkLimits('what,value\nagain_days,0\n')).toThrow();
});

test('the addresses in a record, each once; only what is called an image must be one', () => {
  const media = (url: string, mediaType?: string) => ({
    media: { name: 'v', url, ...(mediaType ? { mediaType } : {}) },
  });
  const record = {
    kind: 'HeritageObject',
    identifiers: [],
    visibility: 'public',
    fields: { name: 'Navette', page: 'https://example.org/p' },
    relations: {
      media: [
        media('https://example.org/1.jpg', 'image'),
        media('https://example.org/film'),
        media('https://example.org/1.jpg', 'image'),
        media('https://example.org/p', 'image'),
      ],
    },
  } as unknown as AnyRecord;
  expect(addressesIn(record)).toEqual([
    { address: 'https://example.org/1.jpg', expected: 'picture' },
    { address: 'https://example.org/film', expected: 'page' },
    { address: 'https://example.org/p', expected: 'page' },
  ]);
});

test('a report shows no parameter, user or password', () => {
  expect(shownAddress('https://u:p@example.org/a/b.jpg?k=SECRET#x')).toBe('https://example.org/a/b.jpg?…');
  expect(shownAddress('no address')).toBe('…');
  expect(linkId('a')).not.toBe(linkId('b'));
});
