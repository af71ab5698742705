/** From which confidence on a reading becomes a relation, and from which it is put before a steward: data (thresholds.csv). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export const RECONCILED = ['places', 'trades', 'dates'] as const;
export type Reconciled = (typeof RECONCILED)[number];

export interface Threshold {
  /** Linked at or above. */
  readonly linked: number;
  /** Proposed at or above, and below `linked`. What is less sure stays text. */
  readonly proposed: number;
}

const share = z.coerce.number().min(0).max(1);
const row = z
  .strictObject({ what: z.enum(RECONCILED), linked: share, proposed: share })
  .refine(({ linked, proposed }) => proposed <= linked, { message: 'proposed lies above linked' });

/** The text of the table: part of the reconciler's version. */
export const thresholdsText = (): string => readFileSync(new URL('thresholds.csv', import.meta.url), 'utf8');

/** Throws where the table is broken or says nothing of one of them: the program is then badly installed. */
export function readThresholds(text: string): Readonly<Record<Reconciled, Threshold>> {
  const rows = z.array(row).parse(parse(text, { columns: true }));
  const found = new Map(rows.map(({ what, linked, proposed }) => [what, { linked, proposed }]));
  for (const what of RECONCILED) if (!found.has(what)) throw new Error(`thresholds.csv says nothing of ${what}`);
  return Object.fromEntries(found) as Record<Reconciled, Threshold>;
}
