/** The rules by which relations are inferred, how sure each is, and from where on it is sure enough: data (rules.csv). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export const RULES = [
  'mapping',
  'denomination',
  'tool',
  'use',
  'subject',
  'domain',
  'title',
  'transcript',
  'description',
  'name',
  'theme',
  'naf-exact',
  'naf-close',
  'naf-label',
  'naf-sector',
  'rome-exact',
  'rome-close',
  'training',
  'location',
] as const;
export type InferenceRule = (typeof RULES)[number];

/** What is inferred is never as sure as this. */
export const BELOW_STATED = 0.9;

export interface InferenceRules {
  /** Below it nothing is inferred. */
  readonly least: number;
  readonly confidence: Readonly<Record<InferenceRule, number>>;
}

const share = z.coerce.number().min(0).lt(BELOW_STATED);
const row = z.strictObject({
  rule: z.enum(['least', ...RULES]),
  confidence: share,
  fr: z.string().min(1),
  en: z.string().min(1),
});

/** The text of a table of this folder. */
export function inferenceTable(name: 'rules' | 'words' | 'homographs'): string {
  return readFileSync(new URL(`${name}.csv`, import.meta.url), 'utf8');
}

/** Throws where the table is broken or lacks a rule: the program is then badly installed. */
export function readRules(text: string): InferenceRules {
  const rows = z.array(row).parse(parse(text, { columns: true }));
  const known = new Map(rows.map(({ rule, confidence }) => [rule, confidence]));
  for (const rule of ['least', ...RULES] as const) if (!known.has(rule)) throw new Error(`rules.csv lacks ${rule}`);
  const { least = 0, ...confidence } = Object.fromEntries(known) as Record<InferenceRule | 'least', number>;
  return { least, confidence };
}
