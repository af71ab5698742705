/** What a partner agreed to. Past its end nothing is read any more, and what was published is withdrawn: kept, hidden, and told. */
import { z } from 'zod';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { hideRecords } from './hide.ts';
import type { Writer } from './writer.ts';

const DAY = 'un jour (AAAA-MM-JJ) est attendu';

/** `agreement` of a source file: since when, to what, and the last day on which it holds (absent: without end). */
export const agreementSchema = z
  .strictObject({
    date: z.iso.date({ error: DAY }),
    scope: z.string({ error: 'dites ce à quoi le partenaire a consenti' }).trim().min(1),
    end: z.iso.date({ error: DAY }).optional(),
  })
  .refine(({ date, end }) => end === undefined || end >= date, {
    message: 'la fin ne peut pas venir avant la date de l’accord',
    path: ['end'],
  });

export type Agreement = z.infer<typeof agreementSchema>;

const WARN_DAYS = 30;
const DAY_MS = 86_400_000;
const PARIS_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The day (YYYY-MM-DD) by the clocks of France. */
export function dayInFrance(now: Date): string {
  return PARIS_DAY.format(now);
}

/** The last day of the agreement is over (by the clocks of France). */
export function hasEnded(agreement: { readonly end?: string | undefined } | undefined, now: Date): boolean {
  return agreement?.end !== undefined && PARIS_DAY.format(now) > agreement.end;
}

function isToCome(agreement: Agreement | undefined, now: Date): boolean {
  return agreement !== undefined && PARIS_DAY.format(now) < agreement.date;
}

/** Nothing may be read or shown today: the agreement is over, or begins on a later day. A source that names none has no such bound. */
export function isOutside(agreement: Agreement | undefined, now: Date): boolean {
  return hasEnded(agreement, now) || isToCome(agreement, now);
}

/** The first hour at which it has ended, at any time of the year. Undefined where it has no end. */
export function endsAt(agreement: Agreement | undefined): Date | undefined {
  return agreement?.end === undefined ? undefined : new Date(`${agreement.end}T23:00:00Z`);
}

/** What is to be told of an agreement: that it has ended, ends within a month, or is yet to begin. */
export function tellAgreement(source: string, agreement: Agreement | undefined, now: Date): Finding | undefined {
  const { date, end } = agreement ?? {};
  if (date !== undefined && isToCome(agreement, now)) return finding('agreement-not-begun', { source, date });
  if (end === undefined) return undefined;
  if (hasEnded(agreement, now)) return finding('agreement-ended', { source, end });
  const soon = PARIS_DAY.format(new Date(now.getTime() + WARN_DAYS * DAY_MS)) >= end;
  return soon ? finding('agreement-ending', { source, end }) : undefined;
}

/** Hides what is still to be seen of a source outside its agreement, and says so. A later end, or none, brings it back at the next harvest. */
export async function withdraw(
  database: Database,
  writer: Writer,
  source: string,
  { date, end }: Agreement,
  now: Date,
): Promise<Finding> {
  const count = await hideRecords(database, writer, source);
  if (end !== undefined && hasEnded({ end }, now)) return finding('agreement-withdrawn', { source, end, count });
  return finding('agreement-not-begun', { source, date });
}
