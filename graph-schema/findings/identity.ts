import type { Words } from './finding.ts';

/** Decisions about who is who. */
export const IDENTITY_FINDINGS = {
  'identity-contradicted': {
    severity: 'warning',
    fr: 'La notice {id} porte le code {code}, qui la joindrait à ce dont un responsable l’a séparée (décision {decision} : {a} et {b} ne sont jamais la même chose). Le code n’est pas suivi.',
    en: 'The record {id} bears the code {code}, which would join it with what a steward told apart (decision {decision}: {a} and {b} are never the same). The code is not followed.',
    remedyFr:
      'Si le code est faux, signalez-le au partenaire. S’il est juste, défaites la décision : `trame identity undo {decision}`.',
    remedyEn:
      'If the code is wrong, tell the partner. If it is right, undo the decision: `trame identity undo {decision}`.',
  },
  'identity-same-record': {
    severity: 'error',
    fr: 'Les deux côtés sont la même notice : {id}.',
    en: 'Both sides are the same record: {id}.',
    remedyFr: 'Donnez deux notices différentes.',
    remedyEn: 'Give two different records.',
  },
  'identity-record-gone': {
    severity: 'error',
    fr: 'La notice {id} n’est pas connue ici, ou elle a été supprimée.',
    en: 'The record {id} is not known here, or has been deleted.',
    remedyFr: '`trame records SOURCE` montre les notices d’une source.',
    remedyEn: '`trame records SOURCE` shows the records of a source.',
  },
  'identity-kinds-differ': {
    severity: 'error',
    fr: '{a} et {b} ne sont pas de la même sorte ({kindA}, {kindB}) : elles ne peuvent être une seule chose.',
    en: '{a} and {b} are not of the same kind ({kindA}, {kindB}): they cannot be one thing.',
    remedyFr: 'Vérifiez les deux notices. Si l’une est mal classée, corrigez sa source.',
    remedyEn: 'Check both records. If one is of the wrong kind, mend its source.',
  },
  'identity-kind-alone': {
    severity: 'error',
    fr: 'De cette sorte ({kind}), chaque notice reste une chose à elle : rien n’est à réunir ni à séparer.',
    en: 'Of this kind ({kind}), each record stays a thing of its own: there is nothing to join or to part.',
    remedyFr: 'Les structures, lieux, événements, offres… se réunissent ; les objets se disent « le même objet ».',
    remedyEn: 'Structures, places, events, offers… can be joined; objects can be said to be the same.',
  },
  'identity-already-decided': {
    severity: 'error',
    fr: '{a} et {b} : c’est déjà décidé ainsi (décision {decision}).',
    en: '{a} and {b}: that is decided already (decision {decision}).',
    remedyFr: 'Rien à faire. Pour revenir dessus : `trame identity undo {decision}`.',
    remedyEn: 'Nothing to do. To take it back: `trame identity undo {decision}`.',
  },
  'identity-decided-otherwise': {
    severity: 'error',
    fr: '{a} et {b} : d’autres décisions disent le contraire : {decisions}.',
    en: '{a} and {b}: other decisions say the opposite: {decisions}.',
    remedyFr:
      'Défaites d’abord celle qui est fausse (`trame identity undo …`), puis décidez de nouveau. Rien n’a changé.',
    remedyEn: 'First undo the one that is wrong (`trame identity undo …`), then decide again. Nothing has changed.',
  },
  'identity-records-count': {
    severity: 'error',
    fr: 'Une décision réunit de deux à {most} notices ; {count} sont données.',
    en: 'A decision joins from two to {most} records; {count} are given.',
    remedyFr: 'Donnez-en au moins deux ; au-delà de {most}, en plusieurs fois.',
    remedyEn: 'Give at least two; more than {most} in several goes.',
  },
  'identity-nothing-joined': {
    severity: 'error',
    fr: 'Aucune décision ne réunit quoi que ce soit en {id}.',
    en: 'No decision joins anything in {id}.',
    remedyFr:
      'Si ce sont des codes qui réunissent ses notices à tort : `trame identity never-same A B`, avec deux d’entre elles.',
    remedyEn: 'Where codes join its records wrongly: `trame identity never-same A B`, with two of them.',
  },
  'identity-decision-unknown': {
    severity: 'error',
    fr: 'Aucune décision d’identité, ou plusieurs, ne commencent par « {decision} » ({count}).',
    en: 'No decision about identity, or several, begin with “{decision}” ({count}).',
    remedyFr: '`trame identity decisions` les montre, avec leur numéro.',
    remedyEn: '`trame identity decisions` shows them, with their numbers.',
  },
  'identity-decision-undone': {
    severity: 'error',
    fr: 'La décision {decision} a déjà été défaite le {at}, par {by}.',
    en: 'The decision {decision} was undone already on {at}, by {by}.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
} as const satisfies Readonly<Record<string, Words>>;
