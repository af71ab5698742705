/** The labelled sets (sets/README.md): what texts mean, by people who did not know the rules that read them. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Reconciled } from '#graph-schema/reconcile/thresholds.ts';

const row = z.strictObject({
  set: z.enum(['dev', 'held-out']),
  text: z.string(),
  /** Codes, ` + ` between several; of a date its EDTF. Empty: nothing may be linked. */
  expected: z.string(),
  from: z.string(),
  to: z.string(),
  why: z.string(),
});
export type Labelled = z.infer<typeof row>;

export function labelledTexts(what: Reconciled): readonly Labelled[] {
  return z
    .array(row)
    .parse(parse(readFileSync(new URL(`sets/${what}.csv`, import.meta.url), 'utf8'), { columns: true }));
}
