/** What a source file says of an OAI-PMH repository, and what a checkpoint remembers of reading it. */
import { z } from 'zod';

/** The format that every repository must offer (OAI-PMH 2.0, 3.4). */
export const OAI_DC = 'oai_dc';
export const DAYS = 'YYYY-MM-DD';
export const SECONDS = 'YYYY-MM-DDThh:mm:ssZ';
const granularity = z.enum([DAYS, SECONDS]);
export type Granularity = z.infer<typeof granularity>;

const datestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/, 'une date comme 2024-01-31, ou 2024-01-31T08:00:00Z');

export const optionsSchema = z.strictObject({
  /** The base URL, without a verb. */
  url: z
    .url({ protocol: /^https?$/, error: 'une adresse complète, comme https://partenaire.fr/oai' })
    .refine((url) => !/[?&]verb=/.test(url), 'l’adresse de base, sans `verb=`'),
  /** Where absent: `oai_dc`, by whatever name the repository offers it. */
  metadataPrefix: z.string().min(1).optional(),
  set: z.string().min(1).optional(),
  /** Records changed before are left out. */
  from: datestamp.optional(),
  /** Records changed after are left out; then a list is never taken for the whole. */
  until: datestamp.optional(),
  /** Overrides what the repository says of itself. */
  granularity: granularity.optional(),
  /** `false`: always the whole list, for a repository whose datestamps cannot be trusted. */
  incremental: z.boolean().default(true),
  /** Where the repository does not announce its deletions: so long after all its identifiers were compared, they are compared again. Hours. */
  sweepHours: z
    .number()
    .min(0)
    .max(24 * 366)
    .default(20),
  /** Before a page that failed is asked for once more. ms */
  pauseMs: z.int().min(0).max(600_000).default(1000),
  /** One page, decompressed. Bytes. */
  maxPageBytes: z
    .int()
    .min(1024)
    .max(1024 * 1024 * 1024)
    .default(64 * 1024 * 1024),
});
export type OaiOptions = z.infer<typeof optionsSchema>;

/** Part of a list: the records between two datestamps, both included. */
export const windowSchema = z.strictObject({ from: z.string().optional(), until: z.string().optional() });
export type Window = z.infer<typeof windowSchema>;

/** A list that is being followed. */
export const listSchema = z.strictObject({
  coverage: z.enum(['snapshot', 'changes']),
  /** ListIdentifiers: a sweep, which names what there is. */
  verb: z.enum(['ListRecords', 'ListIdentifiers']).default('ListRecords'),
  /** The metadataPrefix, where it was found out. */
  prefix: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  granularity,
  /** What to ask with next; absent before the first page. */
  token: z.string().optional(),
  tokenExpires: z.string().optional(),
  pages: z.int().nonnegative(),
  /** Records that came, tombstones and unreadable ones included. */
  seen: z.int().nonnegative(),
  /** The repository's own count, where it gives one. */
  expected: z.int().nonnegative().optional(),
  /** The repository's clock at the first page: the next list begins there, less an overlap. */
  began: z.string().optional(),
  restarts: z.int().nonnegative(),
  /** Fingerprints of the latest pages, to see a loop across a restart of ours. */
  recent: z.array(z.string()),
  /** Something was odd: at its end the list is compared with ListIdentifiers. */
  doubtful: z.boolean().default(false),
  /** It is the second reading of a list that left a doubt: there is no third. */
  again: z.boolean().default(false),
  /** Where a list that kept failing is read by windows: those to read after this one. */
  windows: z.array(windowSchema).optional(),
  /** And what the list as a whole selects. */
  whole: windowSchema.optional(),
});
export type ListState = z.infer<typeof listSchema>;

export const cursorSchema = z.strictObject({
  /** Address, prefix and set that it belongs to. */
  scope: z.string(),
  /** Where the next list begins, once one was read to its end. */
  from: z.string().optional(),
  /** When all identifiers were last compared, our clock. */
  sweptAt: z.string().optional(),
  /** The list that was not read to its end. */
  list: listSchema.optional(),
});
export type OaiCursor = z.infer<typeof cursorSchema>;

/** What a cursor is good for: with another address, prefix, set or window it would lead into another list. */
export function scopeOf({ url, metadataPrefix, set, from, until }: OaiOptions): string {
  return JSON.stringify([url, metadataPrefix ?? OAI_DC, set ?? null, from ?? null, until ?? null]);
}
