/** What a source file may say under `options` for the protocol `opendatasoft`. */
import { z } from 'zod';

/** The most records of one page (Explore API v2.1, `limit`). */
export const MOST_PER_PAGE = 100;
/** No page reaches beyond this record (`offset + limit`). */
export const MOST_PAGED = 10_000;

const TEXT = 'un texte est attendu';
const FIELD = 'un nom de champ de l’API est attendu, comme identifiant_de_l_etablissement';
const FIELDS = 'un nom de champ, ou une liste de un à cinq, est attendu';
const SIZE = `un nombre entier de 1 à ${MOST_PER_PAGE} est attendu`;
const text = z.string({ error: TEXT }).trim().min(1, TEXT);
const field = z.string({ error: FIELD }).regex(/^[a-z]\w*$/i, FIELD);
const value = z.union([text, z.number(), z.boolean()], { error: TEXT });

/** The keys are told by name: the issue itself has no path to them. */
const unknownKeys = (issue: z.core.$ZodRawIssue): string | undefined =>
  issue.code === 'unrecognized_keys'
    ? `« ${issue.keys.join(', ')} » n’est pas une option d’opendatasoft ; possibles : url, dataset, where, refine, id, modified, select, key, size`
    : undefined;

export const opendatasoftOptions = z.strictObject(
  {
    /** The portal: `https://data.education.gouv.fr`. */
    url: z
      .string({ error: 'l’adresse du portail est attendue' })
      .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/i, 'une adresse en http:// ou https:// est attendue, sans paramètres'),
    dataset: z
      .string({ error: 'l’identifiant du jeu de données est attendu' })
      .regex(/^[\w.@-]+$/, 'un identifiant de jeu de données est attendu, comme fr-en-annuaire-education'),
    /** A filter in ODSQL: `code_departement in ("059", "062")`. */
    where: text.optional(),
    /** Values of facets: `{ libelle_region: Hauts-de-France }`. */
    refine: z.record(field, z.union([value, z.array(value).min(1, TEXT)], { error: TEXT })).optional(),
    /** The fields that make a record's identifier; the list is sorted by them, so that its order is stable. */
    id: z
      .union([field, z.array(field).min(1, FIELDS).max(5, FIELDS)], { error: FIELDS })
      .transform((names) => (typeof names === 'string' ? [names] : names)),
    /** The field that says when a record was changed. */
    modified: field.optional(),
    /** The only fields to ask for, where not all are wanted. Those of `id` and `modified` come along. */
    select: z.array(field, { error: FIELDS }).min(1, FIELDS).max(200, FIELDS).optional(),
    /** Of a portal that is not open to all. */
    key: text.optional(),
    /** Records a page. */
    size: z.int(SIZE).min(1, SIZE).max(MOST_PER_PAGE, SIZE).default(MOST_PER_PAGE),
  },
  { error: unknownKeys },
);

export type OpendatasoftOptions = z.infer<typeof opendatasoftOptions>;
