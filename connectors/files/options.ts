/** What a source file may say under `options` for the protocol `files`, and where a reading stands. */
import { z } from 'zod';
import { isEncoding } from '../formats/reading/text.ts';

const text = z.string({ error: 'un texte est attendu' }).trim().min(1, 'un texte est attendu');
const DELIMITER = 'un séparateur d’un à trois caractères est attendu';
const SHEET = 'le nom d’une feuille, ou son rang à partir de 1, est attendu';
const ATTACH = 'une liste de une à dix colonnes est attendue';
const MEGABYTES = 'un nombre entier de 1 à 16384 est attendu';
/** The keys are told by name: the issue itself has no path to them. */
const unknownKeys = (issue: z.core.$ZodRawIssue): string | undefined =>
  issue.code === 'unrecognized_keys'
    ? `« ${issue.keys.join(', ')} » n’est pas une option de files ; possibles : path, url, match, encoding, delimiter, sheet, maxMegabytes, latestOnly, attach`
    : undefined;

export const filesOptions = z
  .strictObject(
    {
      /** A file, a folder or a zip. Relative to the folder of the source file. */
      path: text.optional(),
      /** The address of a file or a zip. */
      url: z
        .string()
        .regex(/^https?:\/\/[^\s/]+/i, 'une adresse en http:// ou https:// est attendue')
        .optional(),
      /** Which files of a folder or zip: a glob, `*.csv`. */
      match: text.optional(),
      encoding: z
        .string()
        .refine(isEncoding, 'codage inconnu : utf-8, windows-1252, iso-8859-15 ou macintosh, par exemple')
        .optional(),
      delimiter: z.string().min(1, DELIMITER).max(3, DELIMITER).optional(),
      sheet: z.union([z.string(), z.int().min(1, SHEET)], SHEET).optional(),
      /** The largest file, and all files of a zip together. */
      maxMegabytes: z.int(MEGABYTES).min(1, MEGABYTES).max(16_384, MEGABYTES).default(1_024),
      /** The file names only the partner's latest records: what it no longer names is not gone. Feeds are so without being told. */
      latestOnly: z.boolean({ error: '« true » ou « false » est attendu' }).optional(),
      /** Columns of a sheet whose cells name a text file beside it (a transcript): its text is read in the place of its name. With a folder or zip, `match` then names the sheets. */
      attach: z.array(text, { error: ATTACH }).min(1, ATTACH).max(10, ATTACH).optional(),
    },
    { error: unknownKeys },
  )
  .refine(({ path, url }) => (path === undefined) !== (url === undefined), {
    message: 'donnez « path » ou « url », et un seul des deux',
    path: ['path'],
  });

export type FilesOptions = z.infer<typeof filesOptions>;

/**
 * `file` is the last file that was read to its end, in the order of names; without it, a reading begins from the start. `of` says which files were
 * read: a place in another folder would pass over what stands before it there.
 */
export const filesCursor = z.strictObject({
  file: z.string().optional(),
  rows: z.int().min(0),
  of: z.number().optional(),
});

export type FilesCursor = z.infer<typeof filesCursor>;
