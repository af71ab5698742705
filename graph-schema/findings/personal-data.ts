import type { Words } from './finding.ts';

/** Persons: consent, what was forgotten, requests of withdrawal. No particular here ever names a person. */
export const PERSONAL_DATA_FINDINGS = {
  'consent-missing': {
    severity: 'info',
    fr: 'La notice {id} parle d’une personne dont aucun accord ne permet la publication aujourd’hui : elle n’est pas montrée, ou pas son nom.',
    en: 'The record {id} is about a person whose consent does not allow publication today: it is not shown, or not the name.',
    remedyFr:
      'Rien à faire s’il n’y a pas d’accord. S’il y en a un : remplissez les colonnes nommées sous `personal.consent` du fichier de source (docs/personal-data.md).',
    remedyEn:
      'Nothing to do where there is no consent. Where there is: fill the columns named under `personal.consent` of the source file (docs/personal-data.md).',
  },
  'consent-unread': {
    severity: 'warning',
    fr: 'Dans la notice {id}, l’accord ne se lit pas (colonne « {column} ») : elle est traitée comme s’il n’y en avait pas.',
    en: 'In the record {id} the consent cannot be read (column “{column}”): it is treated as if there were none.',
    remedyFr: 'Écrivez « oui » ou « non », et les jours comme 31/12/2027 ou 2027-12-31.',
    remedyEn: 'Write “oui” or “non”, and days as 31/12/2027 or 2027-12-31.',
  },
  'record-suppressed': {
    severity: 'info',
    fr: 'Une notice de « {source} » concerne une personne qui a demandé à être oubliée : elle n’a pas été enregistrée.',
    en: 'A record of “{source}” is about a person who asked to be forgotten: it was not stored.',
    remedyFr: 'Rien à faire ici. Demandez au partenaire de la retirer aussi de son côté.',
    remedyEn: 'Nothing to do here. Ask the partner to take it out too.',
  },
  'suppression-key-missing': {
    severity: 'error',
    fr: 'Ce graphe a une liste de personnes à oublier, et sa clé manque : sans elle, rien ne peut être enregistré.',
    en: 'This graph has a list of persons to forget, and its key is missing: without it nothing can be stored.',
    remedyFr: 'Remettez le fichier {file} (gardé à part des sauvegardes), ou donnez TRAME_SUPPRESSION_KEY.',
    remedyEn: 'Put the file {file} back (it is kept apart from the backups), or give TRAME_SUPPRESSION_KEY.',
  },
  'suppression-key-differs': {
    severity: 'error',
    fr: 'La clé de la liste des personnes à oublier n’est pas celle avec laquelle la liste de ce graphe a été faite.',
    en: 'The key of the list of persons to forget is not the one that this graph’s list was made with.',
    remedyFr: 'Remettez la bonne clé dans {file}, ou dans TRAME_SUPPRESSION_KEY. Rien n’a été enregistré.',
    remedyEn: 'Put the right key into {file}, or into TRAME_SUPPRESSION_KEY. Nothing was stored.',
  },
  'takedown-overdue': {
    severity: 'warning',
    fr: 'La demande de retrait {request} attend une réponse depuis plus longtemps que promis (échéance {deadline}, suivie par {owner}).',
    en: 'The takedown request {request} has waited longer than was promised (deadline {deadline}, owner {owner}).',
    remedyFr: 'Répondez, puis fermez-la : `trame takedown close {request}`.',
    remedyEn: 'Answer, then close it: `trame takedown close {request}`.',
  },
} as const satisfies Readonly<Record<string, Words>>;
