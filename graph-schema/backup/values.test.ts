import neo4j from 'neo4j-driver';
import { expect, test } from 'vitest';
import { decode, encode } from './values.ts';

const through = (properties: Record<string, unknown>, integers: string[] = []) =>
  decode(JSON.parse(JSON.stringify(encode(properties))), integers);

test('instants keep their nanoseconds, offset and zone', () => {
  const at = (offset: number, zone?: string) =>
    new neo4j.types.DateTime(2026, 11, 22, 18, 57, 23, 399_000_001, offset, zone);
  for (const instant of [at(0), at(3_600), at(-34_200), at(7_200, 'Europe/Paris')]) {
    expect(String(through({ at: instant })['at'])).toBe(String(instant));
  }
});

test('bytes, texts, lists and numbers come back as what they were', () => {
  const back = through({ raw: new Int8Array([-128, 0, 127]), count: 3, share: 3, names: ['a', 'b'], yes: true }, [
    'count',
  ]);
  expect(back).toMatchObject({ raw: new Int8Array([-128, 0, 127]), share: 3, names: ['a', 'b'], yes: true });
  expect(neo4j.isInt(back['count'])).toBe(true);
});

test('a type that is not held is a bug', () => {
  expect(() => encode({ where: new neo4j.types.Point(4326, 1, 2) })).toThrow(/where/);
});
