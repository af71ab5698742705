/** What a source file may say under `options` for the protocol `recherche-entreprises`. Searching by a person's name is not offered. */
import { z } from 'zod';

/** The most results of one page. */
export const MOST_PER_PAGE = 25;
/** No page reaches beyond this result, and `total_results` says no more. */
export const MOST_PAGED = 10_000;

const TEXT = 'un texte est attendu';
const text = z.string({ error: TEXT }).trim().min(1, TEXT);

/** One code or several, each of this form. */
function codes(form: RegExp, expected: string) {
  const code = z.string({ error: expected }).regex(form, expected);
  return z.union([code, z.array(code).min(1, expected).max(100, expected)], { error: expected });
}

const naf = codes(/^\d{2}\.\d{2}[A-Z]$/, 'un code NAF est attendu, comme 13.20Z');
const section = codes(/^[A-U]$/, 'une lettre de A à U est attendue');
const departement = codes(/^(\d{2}|2[AB]|97[1-6])$/, 'un code de département est attendu, entre guillemets : "59"');
const flag = z.boolean({ error: 'true ou false est attendu' }).optional();

const searchFilters = z
  .strictObject({
    /** Words of a name or an address; or one SIREN or SIRET, and then the API passes over all other filters. */
    q: text.optional(),
    activite_principale: naf.optional(),
    section_activite_principale: section.optional(),
    categorie_entreprise: codes(/^(PME|ETI|GE)$/, 'PME, ETI ou GE est attendu').optional(),
    nature_juridique: codes(/^\d{4}$/, 'une catégorie juridique à quatre chiffres est attendue').optional(),
    tranche_effectif_salarie: codes(/^(NN|\d{2})$/, 'une tranche est attendue, comme "11"').optional(),
    code_collectivite_territoriale: text.optional(),
    code_postal: codes(/^\d{5}$/, 'un code postal à cinq chiffres est attendu, entre guillemets').optional(),
    code_commune: codes(/^(\d{5}|2[AB]\d{3})$/, 'un code INSEE est attendu, entre guillemets').optional(),
    departement: departement.optional(),
    region: codes(/^\d{2}$/, 'un code de région est attendu, entre guillemets : "32"').optional(),
    epci: codes(/^\d{9}$/, 'le SIREN d’un EPCI est attendu').optional(),
    etat_administratif: z.enum(['A', 'C'], { error: 'A (active) ou C (cessée) est attendu' }).optional(),
    est_association: flag,
    est_entrepreneur_individuel: flag,
    est_ess: flag,
    est_organisme_formation: flag,
    est_patrimoine_vivant: flag,
    est_qualiopi: flag,
    est_societe_mission: flag,
    est_uai: flag,
  })
  .refine((filters) => Object.values(filters).some((value) => value !== undefined), 'au moins un filtre est attendu');

const nearFilters = z.strictObject({
  /** Degrees, WGS 84. */
  lat: z.number({ error: 'une latitude est attendue' }).min(-90).max(90),
  long: z.number({ error: 'une longitude est attendue' }).min(-180).max(180),
  /** Kilometres. */
  radius: z.number().positive().max(50, { error: '50 km au plus' }).default(5),
  activite_principale: naf.optional(),
  section_activite_principale: section.optional(),
});

const shared = {
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/i, 'une adresse en http:// ou https:// est attendue, sans paramètres')
    .default('https://recherche-entreprises.api.gouv.fr'),
  /** Results a page. */
  size: z
    .int({ error: `un nombre entier de 1 à ${MOST_PER_PAGE} est attendu` })
    .min(1)
    .max(MOST_PER_PAGE, `${MOST_PER_PAGE} au plus`)
    .default(MOST_PER_PAGE),
};

export const rechercheOptions = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('search'), filters: searchFilters, ...shared }),
    z.strictObject({ mode: z.literal('near_point'), filters: nearFilters, ...shared }),
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? 'mode : search ou near_point est attendu' : undefined) },
);

export type RechercheOptions = z.infer<typeof rechercheOptions>;
