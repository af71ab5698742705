/** The gate: what partners build on does not break unless the changelog says so. gateway/decisions/0006 has why. */
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { PUBLISHED_FILE } from '../print-schema.ts';
import { breakingChanges, namedAsBreaking, undatedDeprecations } from './published.ts';
import { schema } from './schema.ts';

const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

test('nothing of the published schema breaks but what CHANGELOG.md names in a line "- Breaking: `Type.field`: …"', async () => {
  const breaking = await breakingChanges(buildSchema(readFileSync(PUBLISHED_FILE, 'utf8')), schema);
  const named = namedAsBreaking(changelog);
  expect(breaking.filter(({ path }) => !named.has(path))).toEqual([]);
});

test('a deprecation says from which day on the thing may go', () => {
  expect(undatedDeprecations(schema)).toEqual([]);
});

describe('the gate itself', () => {
  const before = buildSchema('type Query { name(short: Boolean): String, kind: Kind } enum Kind { A B }');
  const pathsOf = async (after: string) => (await breakingChanges(before, buildSchema(after))).map(({ path }) => path);

  test.each([
    ['a rename', 'type Query { title(short: Boolean): String, kind: Kind } enum Kind { A B }', 'Query.name'],
    ['an argument gone', 'type Query { name: String, kind: Kind } enum Kind { A B }', 'Query.name.short'],
    [
      'a new mandatory argument',
      'type Query { name(short: Boolean, in: Int!): String, kind: Kind } enum Kind { A B }',
      'Query.name',
    ],
    ['another type', 'type Query { name(short: Boolean): Int, kind: Kind } enum Kind { A B }', 'Query.name'],
    ['a value gone', 'type Query { name(short: Boolean): String, kind: Kind } enum Kind { A }', 'Kind.B'],
  ])('sees %s', async (_what, after, path) => {
    expect((await pathsOf(after)).some((one) => one.startsWith(path))).toBe(true);
  });

  test('lets pass what only adds', async () => {
    const more = 'type Query { name(short: Boolean, long: Boolean): String, kind: Kind, more: Int } enum Kind { A B }';
    expect(await pathsOf(more)).toEqual([]);
  });

  test('reads the unreleased part of the changelog only, and only lines of the fixed form', () => {
    const text =
      '# Changelog\n\n## 2.0 — unreleased\n\n- Breaking: `A.b`, `A.c.d`: gone.\n- GraphQL: `A.e`.\n\n## 1.0\n\n- Breaking: `A.f`\n';
    expect([...namedAsBreaking(text)]).toEqual(['A.b', 'A.c.d']);
  });

  test('knows a day from a promise', () => {
    const dated = (reason: string) => buildSchema(`type Query { name: String @deprecated(reason: "${reason}") }`);
    expect(undatedDeprecations(dated('2027-06-30: use title'))).toEqual([]);
    expect(undatedDeprecations(dated('2027-02-31: use title'))).toEqual(['Query.name']);
    expect(undatedDeprecations(dated('soon'))).toEqual(['Query.name']);
  });
});
