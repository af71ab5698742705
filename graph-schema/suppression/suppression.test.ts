import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureSuppressionKey, readSuppressionKey, suppressionKeyFile, suppressionKeyFrom } from './key.ts';
import { quotesOf, withoutQuotes } from './quotes.ts';
import { tombstoneOf } from './tombstone.ts';

test('the hash is of source and id apart, and of this key alone', () => {
  const key = suppressionKeyFrom('a key of the test');
  expect(key.hashOf('a', 'b/c')).not.toBe(key.hashOf('a/b', 'c'));
  expect(key.hashOf('a', 'b')).toBe(suppressionKeyFrom('a key of the test').hashOf('a', 'b'));
  expect(key.hashOf('a', 'b')).not.toBe(suppressionKeyFrom('another key of the test').hashOf('a', 'b'));
  expect(JSON.stringify(tombstoneOf('src', key.hashOf('src', 'dupont')))).not.toContain('dupont');
});

test('the key is made once, for its owner alone; the environment comes first', () => {
  const home = mkdtempSync(join(tmpdir(), 'trame-key-'));
  try {
    const environment = { TRAME_HOME: home };
    expect(readSuppressionKey(environment)).toBeUndefined();
    const made = ensureSuppressionKey(environment);
    expect(ensureSuppressionKey(environment).fingerprint).toBe(made.fingerprint);
    expect(statSync(suppressionKeyFile(environment)).mode & 0o777).toBe(0o600);
    const given = { ...environment, TRAME_SUPPRESSION_KEY: 'given by the environment' };
    expect(readSuppressionKey(given)?.fingerprint).not.toBe(made.fingerprint);
    expect(() => readSuppressionKey({ TRAME_SUPPRESSION_KEY: 'short' })).toThrow(/16/);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('whole words are quoted, in any case, also in JSON; nothing that only begins so', () => {
  const quotes = quotesOf(['src/1', 'Ève "Li" Exemple', 'ab']);
  for (const text of ['src/1', 'vu src/1.', JSON.stringify({ by: 'ÈVE "li" exemple' }), 'e\u0300ve "Li" Exemple'])
    expect(quotes.in(text), text).toBe(true);
  for (const text of ['src/12', 'src/1-b', 'xsrc/1', 'ab']) expect(quotes.in(text), text).toBe(false);
  expect(JSON.parse(quotes.without(JSON.stringify({ a: 'Ève "Li" Exemple dit' })))).toEqual({ a: '… dit' });
  expect(quotesOf([]).in('anything')).toBe(false);
});

test('a decision’s words and a finding’s example go whole, the key stays', () => {
  const quotes = quotesOf(['Ève Exemple']);
  expect(
    withoutQuotes('Decision', 'id', { id: 'x', note: 'Ève Exemple le veut', subject: 'a\nÈve Exemple' }, quotes),
  ).toEqual({
    note: null,
    subject: 'a\n…',
  });
  expect(
    withoutQuotes('Finding', 'id', { id: 'Ève Exemple', examples: ['{"v":"Ève Exemple"}', '{}'] }, quotes),
  ).toEqual({
    examples: ['{}'],
  });
  expect(withoutQuotes('Finding', 'id', { id: 'x', examples: [] }, quotes)).toBeUndefined();
});
