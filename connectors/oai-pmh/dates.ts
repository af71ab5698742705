/** Dates as repositories write them, and as they are to be asked. */
import { DAYS, type Granularity } from './options.ts';

export const UNIT_MS = { [DAYS]: 24 * 3600 * 1000, 'YYYY-MM-DDThh:mm:ssZ': 1000 } as const satisfies Record<
  Granularity,
  number
>;

/** ms since 1970 of a date, with or without a time, fractions, an offset; UTC where it has none (OAI-PMH 2.0, 3.3). NaN where it is no date. */
export function msOf(date: string | undefined): number {
  const text = (date ?? '').trim().replace(' ', 'T');
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return Number.NaN;
  return Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`);
}

/** A moment as a repository of this granularity wants it; what is finer is cut off. */
export function datestampOf(ms: number, granularity: Granularity): string {
  const iso = new Date(ms).toISOString();
  return granularity === DAYS ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}

/** A date of a source file as this repository wants it: `time` completes a day. */
export function inGranularity(date: string, granularity: Granularity, time: string): string {
  if (granularity === DAYS) return date.slice(0, 10);
  return date.length === 10 ? date + time : date;
}
