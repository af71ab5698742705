/** What a source file may say under `options` for the protocol `omeka-s`. */
import { z } from 'zod';

const NUMBER = 'un nombre entier à partir de 1 est attendu';
const rank = z.int(NUMBER).min(1, NUMBER);

export const omekaOptions = z.strictObject({
  /** The address of the API: `https://partenaire.fr/api`. */
  url: z
    .url({ protocol: /^https?$/, error: 'une adresse complète, comme https://partenaire.fr/api' })
    .refine((url) => !/[?#]|\/(items|media)\/?$/.test(url), 'l’adresse de l’API, sans `/items` ni paramètres'),
  /** Only the items of this item set. */
  itemSet: rank.optional(),
  /** Only the items of this site. */
  site: rank.optional(),
  /** Only the items of this class, by its label: `Letter`. */
  resourceClass: z.string({ error: 'un texte est attendu' }).min(1, 'un texte est attendu').optional(),
  resourceTemplate: rank.optional(),
  /** `true`: the media of each item too, with their rights; one request more an item. */
  media: z.boolean({ error: '« true » ou « false » est attendu' }).default(false),
  /** Items a page. The site may give fewer. */
  size: z.int(NUMBER).min(1, NUMBER).max(500, 'au plus 500').default(50),
});

export type OmekaOptions = z.infer<typeof omekaOptions>;
