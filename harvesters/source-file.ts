/** What a source file may say. The guide is docs/sources.md. */
import { validate } from 'node-cron';
import { z } from 'zod';
import { visibilityRule } from '#connectors/visibility.ts';
import { FRESHNESS } from '#graph-schema/freshness.ts';
import { agreementSchema } from './agreement.ts';
import { personalSchema } from './consent.ts';

const identifier = z.strictObject({ scheme: z.string(), value: z.string() });

export const sourceFileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'des minuscules, des chiffres et des tirets seulement'),
  title: z.string().min(1),
  owner: z.string().optional(),
  protocol: z.string(),
  options: z.record(z.string(), z.unknown()),
  format: z.string().optional(),
  map: z.unknown().optional(),
  schedule: z.string().refine(isCron, 'une expression cron de cinq champs').optional(),
  licence: z.string().min(1),
  contact: z.string().min(1),
  /** What the partner agreed to; past its end the records are withdrawn. */
  agreement: agreementSchema.optional(),
  /** Its records are about persons; without their consent they are not public. */
  personal: personalSchema.optional(),
  allowPrivate: z.boolean().default(false),
  /** What is not said to be visible is not. */
  visibility: visibilityRule.default('nothing'),
  rank: z.int().min(1).max(99).default(50),
  defaults: z
    .strictObject({
      fields: z.record(z.string(), z.unknown()).default({}),
      relations: z.record(z.string(), z.array(z.unknown())).default({}),
      identifiers: z.array(identifier).default([]),
    })
    .prefault({}),
  after: z.array(z.string()).default([]),
  /** Harvested, and shown to nobody until a steward publishes it (`trame source publish`). */
  trial: z.boolean().default(false),
  /** How old its last complete run may grow before that is told. */
  freshness: z.enum(FRESHNESS).optional(),
  deletions: z
    .strictObject({
      /** So many records may always go at once, of a source that has three times as many. */
      floor: z.int().min(0).default(5),
      /** The largest share of a source that may ever go without a steward. */
      ceiling: z.number().min(0).max(1).default(0.1),
      /** A batch that no steward decided on lapses after so many days. */
      expireDays: z.int().min(1).max(365).default(30),
    })
    .prefault({}),
});

export type SourceFile = z.infer<typeof sourceFileSchema>;

/** What to write for each key: shown when it is wrong or missing. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'name: musee-de-la-dentelle',
  title: 'title: "Inventaire du musée de la Dentelle"',
  owner: 'owner: Musée de la Dentelle',
  protocol: 'protocol: oai-pmh   # ou : files',
  options: 'options: { url: https://exemple.org/oai, metadataPrefix: oai_dc }',
  format: 'format: oai-dc',
  map: 'map: { kind: Structure, id: Code, fields: { name: Nom } }',
  schedule: 'schedule: "0 3 * * *"   # chaque nuit à 3 h',
  licence: 'licence: Licence Ouverte 2.0',
  contact: 'contact: https://exemple.org/contact',
  agreement: 'agreement: { date: 2026-01-15, scope: notices et vignettes, end: 2028-12-31 }   # end : facultatif',
  personal:
    'personal: { whose: témoins, purpose: publication, basis: consentement, retention: durée de l’accord, consent: { given: Accord, on: Signé le } }',
  allowPrivate: 'allowPrivate: true   # seulement pour une adresse locale',
  visibility: 'visibility: everything   # ou : nothing, { set: online }, { field: EN_LIGNE, values: [oui] }',
  rank: 'rank: 50   # de 1 (la meilleure source) à 99',
  defaults: 'defaults: { fields: { demonstration: true } }',
  after: 'after: [lieux, metiers]',
  trial: 'trial: true   # moissonnée, mais montrée à personne avant `trame source publish`',
  freshness: 'freshness: daily   # ou : hourly, weekly, monthly',
  deletions: 'deletions: { floor: 5, ceiling: 0.1, expireDays: 30 }',
};

function isCron(text: string): boolean {
  return text.trim().split(/\s+/).length === 5 && validate(text);
}
