/** What a source file may say under `options` for the protocol `openagenda`. */
import { z } from 'zod';

const UID = 'le numéro d’un agenda (uid) est attendu';
const uid = z.int(UID).min(1, UID);
const SIZE = 'un nombre entier de 1 à 300 est attendu';

export const openAgendaOptions = z.strictObject({
  /** The address of the API. */
  url: z
    .url({ protocol: /^https?$/, error: 'une adresse complète, comme https://api.openagenda.com' })
    .default('https://api.openagenda.com'),
  /** The agendas, by their numbers; an event that stands in several is read once. */
  agendas: z
    .array(uid, 'une liste de numéros d’agendas est attendue')
    .min(1, 'donnez au moins un agenda')
    .max(100, 'au plus 100 agendas')
    .refine((list) => new Set(list).size === list.length, 'un agenda n’est à nommer qu’une fois'),
  /** The public key of an account: `${OPENAGENDA_KEY}`, from the environment. */
  key: z.string('une clé est attendue').trim().min(1, 'une clé est attendue'),
  /** The API's own filters, as it writes them: `{ "timings[gte]": 2024-01-01 }`. */
  filters: z
    .record(
      z
        .string()
        .regex(
          /^(?!(key|size|after|detailed|removed|sort|updatedAt|uid|state|from|if|includeFields|monolingual)\b)[\w.-]+(\[\w*\])*$/,
          'un filtre de l’API est attendu',
        ),
      z.string('un texte est attendu').max(500, 'au plus 500 caractères'),
    )
    .default({}),
  /** Events a page. */
  size: z.int(SIZE).min(1, SIZE).max(300, SIZE).default(300),
});

export type OpenAgendaOptions = z.infer<typeof openAgendaOptions>;
