/** From which likeness on two descriptions are taken for one thing, and from which they are put before a steward: data (thresholds.csv). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export const COMPARED = ['structures', 'objects', 'events'] as const;
export type Compared = (typeof COMPARED)[number];

export interface IdentityThreshold {
  /** At or above: one structure, one event; of objects, a SAME_AS that is proposed as inferred (they are never merged). */
  readonly linked: number;
  /** At or above, and below `linked`: for a steward to decide. */
  readonly proposed: number;
}

const share = z.coerce.number().min(0).max(1);
const row = z
  .strictObject({ what: z.enum(COMPARED), linked: share, proposed: share })
  .refine(({ linked, proposed }) => proposed <= linked, { message: 'proposed lies above linked' });

/** The text of the table: part of what decides identities. */
export const identityThresholdsText = (): string => readFileSync(new URL('thresholds.csv', import.meta.url), 'utf8');

/** Throws where the table is broken or says nothing of one of them: the program is then badly installed. */
export function readIdentityThresholds(text: string): Readonly<Record<Compared, IdentityThreshold>> {
  const rows = z.array(row).parse(parse(text, { columns: true }));
  const found = new Map(rows.map(({ what, linked, proposed }) => [what, { linked, proposed }]));
  for (const what of COMPARED) if (!found.has(what)) throw new Error(`identity/thresholds.csv says nothing of ${what}`);
  return Object.fromEntries(found) as Record<Compared, IdentityThreshold>;
}
