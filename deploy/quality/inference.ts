/** How well trades and places are inferred: each labelled text in a record of its own, inferred from as the fold does. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { DescribingRecord } from '#graph-schema/fold/describing.ts';
import type { Inferrer } from '#graph-schema/infer/inferrer.ts';
import type { KindName } from '#graph-schema/model.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import type { Miss, Score } from './measure.ts';

type Made = Pick<AnyRecord, 'kind' | 'fields' | 'relations'>;
const object = (fields: AnyRecord['fields'], relations: AnyRecord['relations'] = {}): Made => ({
  kind: 'HeritageObject',
  fields: { name: '–', ...fields },
  relations,
});
const structure = (
  structureType: string,
  fields: AnyRecord['fields'],
  relations: AnyRecord['relations'] = {},
): Made => ({
  kind: 'Structure',
  fields: { name: '–', structureType, ...fields },
  relations,
});
const event = (fields: AnyRecord['fields']): Made => ({
  kind: 'Event',
  fields: { name: '–', ...fields },
  relations: {},
});

/** The record in which a text of each field stands. */
const RECORDS = {
  denomination: (text: string) => object({ objectTypes: [text] }),
  use: (use: string) => object({ use }),
  subject: (text: string) => object({}, { subjects: [{ text }] }),
  domain: (text: string) => object({ domains: [text] }),
  title: (name: string) => object({ name, objectKind: 'testimony' }),
  description: (description: string) => event({ description }),
  cue: (text: string) => object({ objectKind: 'testimony', transcript: [{ begin: 1, end: 2, text }] }),
  museum: (name: string) => structure('museum', { name }),
  firm: (name: string) => structure('firm', { name }),
  theme: (text: string) => structure('museum', { themes: [text] }),
  naf: (value: string) => structure('firm', {}, { activities: [{ identifier: { scheme: 'naf', value } }] }),
  training: (text: string) => structure('school', {}, { trainings: [{ text }] }),
  location: (location: string) => event({ location }),
} as const satisfies Record<string, (text: string) => Made>;
export type InferenceField = keyof typeof RECORDS;

const row = z.strictObject({
  set: z.enum(['dev', 'held-out']),
  field: z.enum(Object.keys(RECORDS) as [InferenceField, ...InferenceField[]]),
  text: z.string().min(1),
  /** Ids of trades.csv (of a location: of places.csv), ` + ` between several. Empty: nothing may be inferred. */
  expected: z.string(),
  why: z.string().min(1),
});
export type LabelledInference = z.infer<typeof row>;

/** The labelled set, both halves. Throws where it is broken. */
export function labelledInferences(): readonly LabelledInference[] {
  return z
    .array(row)
    .parse(parse(readFileSync(new URL('sets/inference.csv', import.meta.url), 'utf8'), { columns: true }));
}

/** Scores the rules on labelled texts: what is inferred of each, against what may be. */
export function scoreInference(rows: readonly LabelledInference[], inferrer: Inferrer, resolver: Resolver): Score {
  let [expected, linked, right] = [0, 0, 0];
  const misses: Miss[] = [];
  for (const { field, text, expected: label, why } of rows) {
    const wanted = label === '' ? [] : label.split(' + ');
    const made = RECORDS[field](text);
    const inferred = inferrer.infer(made.kind as KindName, [describing(made)], resolver);
    const found = new Set(
      inferred.map(({ identifier: { scheme, value } }) => (scheme === 'trame' ? value : `${scheme}:${value}`)),
    );
    const hits = wanted.filter((one) => found.has(one)).length;
    expected += wanted.length;
    linked += found.size;
    right += hits;
    if (hits !== wanted.length || hits !== found.size)
      misses.push({ text: `${field} : ${text}`, why, expected: wanted, linked: [...found], proposed: [] });
  }
  const share = (of: number) => (of === 0 ? 1 : right / of);
  return { texts: rows.length, expected, linked, right, precision: share(linked), recall: share(expected), misses };
}

function describing(made: Made): DescribingRecord {
  return { source: 'essai', id: '1', rank: 50, record: { ...made, identifiers: [], visibility: 'public' } };
}
