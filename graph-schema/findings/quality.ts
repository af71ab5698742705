/** The words of what a curator can mend in a record: what is missing or not understood, and what to do about it in the museum's own tool. */
import type { Words } from './finding.ts';

const quality = (
  severity: Words['severity'],
  [fr, en]: readonly [string, string],
  [remedyFr, remedyEn]: readonly [string, string],
): Words => ({ severity, fr, en, remedyFr, remedyEn });

export const QUALITY_FINDINGS = {
  'quality-no-date': quality(
    'warning',
    ['{id} : aucune date.', '{id}: no date.'],
    ['Donnez au moins un siècle ou un quart de siècle.', 'Give at least a century, or a quarter of one.'],
  ),
  'quality-date-unread': quality(
    'warning',
    ['{id} : la date « {value} » n’est pas comprise.', '{id}: the date “{value}” is not understood.'],
    [
      'Écrivez « 1853 », « vers 1853 », « 1er quart 20e siècle ».',
      'Write “1853”, “vers 1853”, “1er quart 20e siècle”.',
    ],
  ),
  'quality-no-place': quality(
    'info',
    ['{id} : aucun lieu.', '{id}: no place.'],
    ['Donnez la commune, avec son département.', 'Give the commune, with its department.'],
  ),
  'quality-place-unread': quality(
    'warning',
    ['{id} : le lieu « {value} » n’est pas reconnu.', '{id}: the place “{value}” is not recognised.'],
    [
      'Écrivez le nom officiel et le département : « Saint-Amand-les-Eaux (Nord) ».',
      'Write the official name and the department.',
    ],
  ),
  'quality-no-picture': quality(
    'warning',
    ['{id} : aucune image.', '{id}: no picture.'],
    ['Ajoutez une photographie, même simple : c’est ce qui se regarde d’abord.', 'Add a photograph, however plain.'],
  ),
  'quality-picture-rights': quality(
    'warning',
    ['{id} : les droits de l’image ne sont pas dits.', '{id}: the rights of the picture are not said.'],
    [
      'Dites-les : « Licence Ouverte », « CC BY 4.0 », « tous droits réservés ».',
      'Say them: “CC BY 4.0”, “all rights reserved”.',
    ],
  ),
  'quality-picture-dead': quality(
    'warning',
    [
      '{id} : l’image ou l’enregistrement {value} n’est plus là.',
      '{id}: the picture or recording {value} is not there any more.',
    ],
    [
      'Donnez sa nouvelle adresse, ou déposez-la de nouveau ; elle est redemandée chaque mois.',
      'Give its new address, or upload it again; it is asked for again every month.',
    ],
  ),
  'quality-page-dead': quality(
    'warning',
    ['{id} : la page {value} n’est plus là.', '{id}: the page {value} is not there any more.'],
    [
      'Donnez la nouvelle adresse de la page publique ; elle est redemandée chaque mois.',
      'Give the new address of the public page; it is asked for again every month.',
    ],
  ),
  'quality-no-description': quality(
    'info',
    ['{id} : aucune description.', '{id}: no description.'],
    [
      'Dites en deux phrases ce que c’est et à quoi cela servait.',
      'Say in two sentences what it is and what it was for.',
    ],
  ),
  'quality-description-short': quality(
    'info',
    ['{id} : la description a {count} mots.', '{id}: the description has {count} words.'],
    ['Dix mots au moins : ce que c’est, à quoi cela servait, d’où cela vient.', 'Ten words at least.'],
  ),
  'quality-title-poor': quality(
    'info',
    [
      '{id} : le titre « {value} » n’est que la dénomination ou le numéro.',
      '{id}: the title “{value}” is only the denomination or the number.',
    ],
    ['Donnez un titre qui distingue l’objet de ses semblables.', 'Give a title that tells the object from others.'],
  ),
  'quality-no-inventory-number': quality(
    'warning',
    ['{id} : aucun numéro d’inventaire.', '{id}: no inventory number.'],
    ['Donnez celui du registre.', 'Give the one of the register.'],
  ),
  'quality-inventory-number-twice': quality(
    'warning',
    [
      '{id} : le numéro d’inventaire « {value} » est aussi celui d’une autre notice.',
      '{id}: the inventory number “{value}” is also another record’s.',
    ],
    ['Vérifiez le registre : un numéro est à un seul objet.', 'Check the register: a number belongs to one object.'],
  ),
  'quality-no-trade': quality(
    'info',
    ['{id} : aucun métier n’est dit ni déduit.', '{id}: no trade is said or inferred.'],
    ['Dites à quel métier l’objet servait (utilisation, sujet).', 'Say which trade the object served.'],
  ),
  'quality-words-unread': quality(
    'info',
    ['{id} : « {value} » n’est pas reconnu.', '{id}: “{value}” is not recognised.'],
    [
      'Employez le mot du vocabulaire, ou réglez-le : trame words.',
      'Use the vocabulary’s word, or settle it: trame words.',
    ],
  ),
  'quality-no-type': quality(
    'warning',
    ['{id} : aucune dénomination.', '{id}: no object name.'],
    ['Dites ce que c’est, en un mot.', 'Say what it is, in a word.'],
  ),
  'quality-no-page': quality(
    'info',
    ['{id} : aucune page à lire chez le partenaire.', '{id}: no page to read at the partner’s.'],
    ['Donnez l’adresse de la page publique.', 'Give the address of the public page.'],
  ),
  'quality-no-hours': quality(
    'info',
    ['{id} : aucun horaire d’ouverture.', '{id}: no opening hours.'],
    ['Donnez-les, même « sur rendez-vous ».', 'Give them, were it “by appointment”.'],
  ),
  'quality-no-point': quality(
    'info',
    ['{id} : aucune position.', '{id}: no position.'],
    ['Donnez l’adresse entière, ou les coordonnées.', 'Give the whole address, or the coordinates.'],
  ),
  'quality-licence-unknown': quality(
    'warning',
    ['{id} : la licence « {value} » n’est pas reconnue.', '{id}: the licence “{value}” is not recognised.'],
    [
      'Donnez-en une que trame licences connaît (docs/licences.md).',
      'Give one that trame licences knows (docs/licences.md).',
    ],
  ),
} as const satisfies Readonly<Record<string, Words>>;

export type QualityCode = keyof typeof QUALITY_FINDINGS;
export const QUALITY_CODES = Object.keys(QUALITY_FINDINGS) as readonly QualityCode[];
