/** What a source file may say under `options` for the protocol `onisep`. */
import { z } from 'zod';

/** The most records of one page. */
export const MOST_PER_PAGE = 100;

const TEXT = 'un texte est attendu';
const text = z.string({ error: TEXT }).trim().min(1, TEXT);
const SIZE = `un nombre entier de 1 à ${MOST_PER_PAGE} est attendu`;

export const onisepOptions = z
  .strictObject({
    url: z
      .string()
      .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/i, 'une adresse en http:// ou https:// est attendue, sans paramètres')
      .default('https://api.opendata.onisep.fr/api/1.0'),
    /** The data set's identifier, as in the addresses of opendata.onisep.fr. */
    dataset: z
      .string({ error: 'l’identifiant du jeu de données est attendu' })
      .regex(/^[\da-f]{13}$/, 'un identifiant de jeu de données est attendu, comme 5fa5816ac6a6e'),
    /** Words that are searched in all fields. */
    q: text.optional(),
    /** Values that a field must have, in the API's own JSON: `{ region: [Hauts-de-France] }`. */
    filters: z.record(z.string(), z.array(text, { error: 'une liste de textes est attendue' }).min(1)).optional(),
    /** Of an account at Onisep: the token, and the application's identifier. */
    token: text.optional(),
    application: text.optional(),
    /** Records a page. */
    size: z.int({ error: SIZE }).min(1, SIZE).max(MOST_PER_PAGE, SIZE).default(MOST_PER_PAGE),
  })
  .refine(({ token, application }) => token === undefined || application !== undefined, {
    path: ['application'],
    error: 'l’identifiant de l’application va avec le jeton',
  });

export type OnisepOptions = z.infer<typeof onisepOptions>;
