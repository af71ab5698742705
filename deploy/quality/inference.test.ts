import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createInferrer } from '#graph-schema/infer/inferrer.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { labelledInferences, scoreInference } from './inference.ts';

const TARGETS = { precision: 0.97, recall: 0.85 } as const;
const rows = labelledInferences();
const [inferrer, resolver] = [createInferrer(), createResolver()];

test('the half to develop on is inferred from as well as is asked', () => {
  const dev = rows.filter(({ set }) => set === 'dev');
  const { precision, recall, misses } = scoreInference(dev, inferrer, resolver);
  expect(precision, JSON.stringify(misses)).toBeGreaterThanOrEqual(TARGETS.precision);
  expect(recall, JSON.stringify(misses)).toBeGreaterThanOrEqual(TARGETS.recall);
});

test('a reader that infers nothing, or too much, is measured as such', () => {
  const silent = scoreInference(rows, { mapping: 0, infer: () => [] }, resolver);
  expect(silent).toMatchObject({ texts: rows.length, linked: 0, right: 0, precision: 1, recall: 0 });
  const loud = scoreInference(
    rows,
    {
      mapping: 0,
      infer: () => [
        {
          relation: 'trades',
          identifier: { scheme: 'trame', value: 'galibot' },
          rule: 'title',
          confidence: 0.7,
          text: '',
        },
      ],
    },
    resolver,
  );
  expect(loud.precision).toBeLessThan(0.05);
});

test('the set: none twice, split by hash, each code in its table, at least a third with nothing to infer', () => {
  const keys = rows.map(({ field, text }) => `${field} | ${text}`);
  expect(new Set(keys).size).toBe(rows.length);
  const half = (key: string) => Number.parseInt(createHash('sha256').update(key).digest('hex').charAt(0), 16) % 2;
  expect(rows.filter(({ set }, at) => set !== (half(keys[at] ?? '') === 0 ? 'dev' : 'held-out'))).toEqual([]);
  const known = new Set(
    (['trades', 'places'] as const).flatMap((name) => tableRows(tableText(name)).map((row) => row['id'])),
  );
  const codes = rows.flatMap(({ expected }) => (expected === '' ? [] : expected.split(' + ')));
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
  expect(rows.filter(({ why }) => !/^[a-z]+(-[a-z]+)*$/.test(why))).toEqual([]);
  expect(rows.filter(({ expected }) => expected === '').length).toBeGreaterThan(rows.length / 3);
});
