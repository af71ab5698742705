/** The constraints and indexes that the declarations call for, as Cypher. Pure: a golden file shows every change. */
import { BOOKKEEPING, BOOKKEEPING_INDEXES } from '../bookkeeping.ts';
import { KINDS, kindOf } from '../model.ts';
import type { Property } from '../property.ts';

/** Every statement is idempotent (IF NOT EXISTS), so that each start may run them all. */
export function constraintStatements(): string[] {
  return [...uniqueKeys(), ...entityIndexes(), ...kindIndexes(), ...bookkeepingIndexes(), ...fullTextIndexes()];
}

/** The names of the full-text indexes: `french` stems, `words` keeps words whole, for prefixes. */
export const FULL_TEXT = { french: 'search_french', words: 'search_words' } as const;

function uniqueKeys(): string[] {
  const keys = [['Entity', 'uid'] as const, ...Object.entries(BOOKKEEPING)];
  return keys.map(
    ([label, key]) =>
      `CREATE CONSTRAINT ${label.toLowerCase()}_${key.toLowerCase()} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${key} IS UNIQUE`,
  );
}

function rangeIndex(label: string, properties: readonly string[], kind: 'RANGE' | 'POINT' = 'RANGE'): string {
  const name = [label, ...properties].join('_').toLowerCase();
  return `CREATE ${kind} INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (${properties.map((one) => `n.${one}`).join(', ')})`;
}

function entityIndexes(): string[] {
  return [rangeIndex('Entity', ['changed'])];
}

/** `sort, uid` is the order of every list; the declared ones serve filters. */
function kindIndexes(): string[] {
  return KINDS.flatMap((kind) => [
    rangeIndex(kind, ['sort', 'uid']),
    ...Object.entries(kindOf(kind).properties)
      .filter(([, property]) => property.index)
      .map(([name, property]) => propertyIndex(kind, name, property)),
  ]);
}

function propertyIndex(kind: string, name: string, property: Property): string {
  if (property.type === 'point') return rangeIndex(kind, [name], 'POINT');
  return rangeIndex(kind, [property.type === 'when' ? `${name}From` : name]);
}

function bookkeepingIndexes(): string[] {
  return BOOKKEEPING_INDEXES.map(({ label, properties }) => rangeIndex(label, properties));
}

/** The indexed text is folded already (text.ts), and so must be the question: the analyzer stems but does not fold. */
function fullTextIndexes(): string[] {
  const index = (name: string, properties: string, analyzer: string) =>
    `CREATE FULLTEXT INDEX ${name} IF NOT EXISTS FOR (n:Published) ON EACH [${properties}] ` +
    `OPTIONS {indexConfig: {\`fulltext.analyzer\`: '${analyzer}', \`fulltext.eventually_consistent\`: false}}`;
  // Neo4j keeps one full-text index for each set of properties, whatever its name: the second also takes the sort key.
  return [
    index(FULL_TEXT.french, 'n.search', 'french'),
    index(FULL_TEXT.words, 'n.search, n.sort', 'standard-no-stop-words'),
  ];
}
