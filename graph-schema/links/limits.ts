/** How often a link is asked for, and when it is taken for dead: data (limits.csv). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const WHAT = ['again_days', 'failed_again_days', 'dead_after_failures', 'survey_every_hours', 'gap_seconds'] as const;

export interface LinkLimits {
  /** From one request that was answered to the next. */
  readonly againDays: number;
  /** After one that was not; of a server that keeps silent it doubles each time, up to `againDays`. */
  readonly failedAgainDays: number;
  /** On so many different days. */
  readonly deadAfterFailures: number;
  /** From one look for the addresses in use to the next. */
  readonly surveyEveryHours: number;
  /** From one request to the next at one host. */
  readonly gapSeconds: number;
}

const row = z.strictObject({ what: z.enum(WHAT), value: z.coerce.number().min(1).max(3650) });

/** Throws where the table is broken or says nothing of one of them: the program is then badly installed. */
export function readLinkLimits(text = readFileSync(new URL('limits.csv', import.meta.url), 'utf8')): LinkLimits {
  const found = new Map(
    z
      .array(row)
      .parse(parse(text, { columns: true }))
      .map(({ what, value }) => [what, value]),
  );
  const value = (what: (typeof WHAT)[number]): number => {
    const given = found.get(what);
    if (given === undefined) throw new Error(`links/limits.csv says nothing of ${what}`);
    return given;
  };
  return {
    againDays: value('again_days'),
    failedAgainDays: value('failed_again_days'),
    deadAfterFailures: value('dead_after_failures'),
    surveyEveryHours: value('survey_every_hours'),
    gapSeconds: value('gap_seconds'),
  };
}
