import { expect, test } from 'vitest';
import { sourceFileSchema } from '../source-file.ts';
import type { Source } from '../sources.ts';
import { byUrgency, hostOf, nextOf } from './queue.ts';

/** Only what the queue reads of a source. */
function source(name: string, url?: string, after: readonly string[] = []): Source {
  const options = url === undefined ? { path: `${name}.csv` } : { url };
  const about = sourceFileSchema.parse({
    name,
    title: name,
    licence: 'CC0 1.0',
    contact: 'https://example.org/',
    protocol: 'files',
    options,
    after,
  });
  return { name, about, options } as unknown as Source;
}

const A = 'https://a.example.org/oai';
const B = 'https://b.example.org/oai';

test('the first in the queue goes first, but never two of one host', () => {
  const [first, second, other] = [source('first', A), source('second', A), source('other', B)];
  expect(nextOf([first, second, other], [])?.name).toBe('first');
  expect(nextOf([second, other], [first])?.name).toBe('other');
  expect(nextOf([second], [first, other])).toBeUndefined();
});

test('files of this machine have no host to spare', () => {
  expect(hostOf(source('x'))).toBeUndefined();
  expect(hostOf(source('x', 'http://127.0.0.1:4010/a'))).toBe('127.0.0.1:4010');
  expect(nextOf([source('y')], [source('x')])?.name).toBe('y');
});

test('a source waits while one that it comes after waits or runs, and no longer', () => {
  const [objects, places] = [source('objects', A, ['places']), source('places', B)];
  expect(nextOf([objects, places], [])?.name).toBe('places');
  expect(nextOf([objects], [places])).toBeUndefined();
  expect(nextOf([objects], [])?.name).toBe('objects');
});

test('a ring of `after` holds nobody for ever', () => {
  const ring = [source('a', undefined, ['b']), source('b', undefined, ['a'])];
  const first = nextOf(ring, []);
  expect(first).toBeDefined();
  expect(
    nextOf(
      ring.filter((one) => one !== first),
      [],
    ),
  ).toBeDefined();
});

test('what a steward asks for goes first, then events before collections, then what has waited longest', () => {
  const now = new Date('2026-01-15T09:00:00Z');
  const due = (name: string, schedule: string | undefined, why: 'requested' | 'scheduled', since: string) => {
    const one = source(name);
    return { source: { ...one, about: { ...one.about, schedule } } as Source, due: { why, since: new Date(since) } };
  };
  const queue = [
    due('collection', '0 3 * * *', 'scheduled', '2026-01-15T02:00:00Z'),
    due('collection-late', '0 1 * * *', 'scheduled', '2026-01-15T00:00:00Z'),
    due('events', '0 * * * *', 'scheduled', '2026-01-15T09:00:00Z'),
    due('monthly', '0 3 1 * *', 'scheduled', '2026-01-01T02:00:00Z'),
    due('asked', undefined, 'requested', '2026-01-15T08:59:59Z'),
  ];
  expect(byUrgency(queue, now).map(({ name }) => name)).toEqual([
    'asked',
    'events',
    'collection-late',
    'collection',
    'monthly',
  ]);
});
