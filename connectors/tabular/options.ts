/** What a source file may say under `options` for the protocol `tabular`. */
import { z } from 'zod';

/** The most rows of one page. */
export const MOST_PER_PAGE = 200;

const TEXT = 'un texte est attendu';
const COLUMN = 'un nom de colonne est attendu, tel qu’il est écrit dans le fichier';
const COLUMNS = 'un nom de colonne, ou une liste de un à cinq, est attendu';
const SIZE = `un nombre entier de 1 à ${MOST_PER_PAGE} est attendu`;
/** The service takes a query apart at every `&` and `=` after it was decoded (datagouv/api-tabular, build_sql_query_string). */
const UNREADABLE = 'sans « & » ni « = » : le service ne sait pas les lire';
const column = z
  .string({ error: COLUMN })
  .min(1, COLUMN)
  .regex(/^[^&=]*$/, UNREADABLE);
const value = z.union(
  [
    z
      .string()
      .min(1, TEXT)
      .regex(/^[^&=]*$/, UNREADABLE),
    z.number(),
    z.boolean(),
  ],
  {
    error: `${TEXT}, ${UNREADABLE}`,
  },
);

/** The keys are told by name: the issue itself has no path to them. */
const unknownKeys = (issue: z.core.$ZodRawIssue): string | undefined =>
  issue.code === 'unrecognized_keys'
    ? `« ${issue.keys.join(', ')} » n’est pas une option de tabular ; possibles : url, resource, filters, id, modified, size`
    : undefined;

export const tabularOptions = z.strictObject(
  {
    url: z
      .string({ error: 'l’adresse du service est attendue' })
      .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/i, 'une adresse en http:// ou https:// est attendue, sans paramètres')
      .default('https://tabular-api.data.gouv.fr'),
    /** The identifier of the resource (the file), not of the dataset: it stands in the tab « Métadonnées » of the file. */
    resource: z
      .string({ error: 'l’identifiant de la ressource est attendu' })
      .regex(/^[\w-]+$/, 'l’identifiant d’une ressource de data.gouv.fr est attendu'),
    /** Only the rows where the column holds exactly this: `{ Région: Hauts-de-France }`. */
    filters: z.record(column, value).optional(),
    /** The columns that make a row's identifier. */
    id: z
      .union([column, z.array(column).min(1, COLUMNS).max(5, COLUMNS)], { error: COLUMNS })
      .transform((names) => (typeof names === 'string' ? [names] : names)),
    /** The column that says when a row was changed. */
    modified: column.optional(),
    /** Rows a page. */
    size: z.int(SIZE).min(1, SIZE).max(MOST_PER_PAGE, SIZE).default(MOST_PER_PAGE),
  },
  { error: unknownKeys },
);

export type TabularOptions = z.infer<typeof tabularOptions>;
