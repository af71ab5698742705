/** What a source file may say under `options` for the protocol `iiif`, and where a reading stands. */
import { z } from 'zod';

const MEGABYTES = 'un nombre entier de 1 à 256 est attendu';

export const iiifOptions = z.strictObject({
  /** The address of a collection, of Presentation 2 or 3. */
  url: z.url({ protocol: /^https?$/, error: 'une adresse complète, comme https://partenaire.fr/iiif/collection.json' }),
  /** The largest manifest. */
  maxMegabytes: z.int(MEGABYTES).min(1, MEGABYTES).max(256, MEGABYTES).default(64),
});

export type IiifOptions = z.infer<typeof iiifOptions>;

/** Of each collection that is open, from the outermost: its address (that of one page of it), and the last of its members that was read. */
export const iiifCursor = z.strictObject({
  open: z.array(z.strictObject({ url: z.string(), after: z.string().optional() })),
  /** Manifests named before it, in this pass. */
  manifests: z.int().min(0),
  /** Collections that could not be read before it. */
  unread: z.array(z.string()).optional(),
  /** Hash of the address of the whole: a place in another collection is none in this one. */
  of: z.number().optional(),
});

export type IiifCursor = z.infer<typeof iiifCursor>;
