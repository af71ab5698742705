/** How sure each rule of the reader of places is, and the figures it decides by: data (places-rules.csv). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export const PLACE_RULES = [
  'qualified name',
  'name',
  'name with namesakes',
  'town elsewhere',
  'listed',
  'unmistakable name',
  'postcode',
  'part of',
  'old part',
  'long name',
  'sounds alike',
  'short name qualified',
  'misspelt qualified',
  'with unknown words',
  'word or name',
  'namesake',
  'area elsewhere',
  'misspelt',
  'short name',
  'conflict',
  'rival',
  'elsewhere',
] as const;
export type PlaceRule = (typeof PLACE_RULES)[number];

const FIGURES = [
  'doubted',
  'dominance',
  'dominance over longer names',
  'town',
  'unmistakable words',
  'great city',
  'settled',
  'most rivals',
] as const;

/** By rule its confidence, by figure its value. */
export type PlaceRules = Readonly<Record<PlaceRule | (typeof FIGURES)[number], number>>;

const row = z.strictObject({
  rule: z.enum([...PLACE_RULES, ...FIGURES]),
  value: z.coerce.number().nonnegative(),
  why: z.string(),
});

/** The text of the table: part of the version of what texts are read as. */
export const placeRulesText = (): string => readFileSync(new URL('places-rules.csv', import.meta.url), 'utf8');

/** Throws where the table is broken or lacks a rule: the program is then badly installed. */
export function readPlaceRules(text: string): PlaceRules {
  const found = new Map(
    z
      .array(row)
      .parse(parse(text, { columns: true }))
      .map(({ rule, value }) => [rule, value]),
  );
  for (const rule of [...PLACE_RULES, ...FIGURES])
    if (!found.has(rule)) throw new Error(`places-rules.csv says nothing of "${rule}"`);
  return Object.fromEntries(found) as PlaceRules;
}
