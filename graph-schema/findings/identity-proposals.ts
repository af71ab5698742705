import type { Words } from './finding.ts';

export const IDENTITY_PROPOSAL_FINDINGS = {
  'proposal-unknown': {
    severity: 'error',
    fr: 'Aucune proposition, ou plusieurs, ne commencent par « {proposal} » ({count}).',
    en: 'No proposal, or several, begin with “{proposal}” ({count}).',
    remedyFr:
      '`trame identity list` les montre toutes, avec leur numéro ; `--all` montre aussi celles qui sont closes.',
    remedyEn: '`trame identity list` shows them all, with their numbers; `--all` shows the closed ones too.',
  },
  'proposal-closed': {
    severity: 'error',
    fr: 'La proposition {proposal} n’attend plus de décision : {state}.',
    en: 'The proposal {proposal} no longer waits for a decision: {state}.',
    remedyFr:
      'Pour décider autrement : `trame identity undo` défait la décision, `trame identity same` et `never-same` en prennent une autre.',
    remedyEn:
      'To decide otherwise: `trame identity undo` undoes the decision, `trame identity same` and `never-same` take another.',
  },
  'identity-record-unknown': {
    severity: 'error',
    fr: '« {id} » n’est ni une notice (source/identifiant) ni le numéro (uid) d’une chose qu’une notice décrit.',
    en: '“{id}” is neither a record (source/identifier) nor the number (uid) of a thing that a record describes.',
    remedyFr:
      '`trame records SOURCE` montre les notices d’une source ; le numéro d’une chose est le dernier mot de son adresse.',
    remedyEn: '`trame records SOURCE` shows the records of a source; a thing’s number is the last word of its address.',
  },
} as const satisfies Readonly<Record<string, Words>>;
