import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { childrenOf } from '#connectors/xml.ts';
import { parseXml } from '#connectors/xml-stream.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { COMMUNES, metadataOf, repositoryOf, TRADES } from './generated-records.ts';

describe('the generated records', () => {
  test('are the same at every run', () => {
    const digest = createHash('sha256');
    for (let rank = 0; rank < 100; rank += 1) digest.update(metadataOf(rank));
    expect(digest.digest('hex').slice(0, 16)).toBe('fdbafbe4b4e11916');
  });
  test('differ from each other', () => {
    expect(new Set(Array.from({ length: 500 }, (_, rank) => metadataOf(rank))).size).toBe(500);
  });
  test('are XML, with what every relation is made from', () => {
    const names = childrenOf(parseXml(metadataOf(3))).map(({ name }) => name);
    expect(new Set(names)).toEqual(
      new Set([
        ...['title', 'creator', 'subject', 'description', 'date', 'type', 'format', 'identifier'],
        ...['language', 'relation', 'coverage', 'rights'],
      ]),
    );
  });
  test('speak of trades and places that the vocabularies know', () => {
    const resolver = createResolver();
    expect(TRADES.filter((word) => resolver.trade(word) === undefined)).toEqual([]);
    expect(COMMUNES.filter((word) => resolver.place(word) === undefined)).toEqual([]);
  });
});

test('the repository gives every record once, under an identifier of its own', () => {
  const repository = repositoryOf(50, 10);
  const records = repository.records();
  expect(new Set(records.map(({ identifier }) => identifier)).size).toBe(50);
  expect(records[4]?.metadata('oai_dc')).toBe(metadataOf(4));
  expect(records[4]?.metadata('lido')).toBeUndefined();
});
