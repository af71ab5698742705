/** The words of what can be found when a steward settles words. */
import type { Words } from './finding.ts';

export const WORD_FINDINGS = {
  'words-too-short': {
    severity: 'error',
    fr: '« {words} » est trop court pour être retrouvé dans les notices.',
    en: '“{words}” is too short to be found in the records.',
    remedyFr: 'Donnez les mots entiers, tels que les notices les écrivent.',
    remedyEn: 'Give the whole words, as the records write them.',
  },
  'words-settled': {
    severity: 'error',
    fr: '« {words} » est déjà réglé par {by}, le {day} : {means}.',
    en: '“{words}” was settled already by {by}, on {day}: {means}.',
    remedyFr: 'Pour en décider autrement : trame words undo {id}, puis réglez-le de nouveau.',
    remedyEn: 'To decide otherwise: trame words undo {id}, then settle it again.',
  },
  'words-decision-unknown': {
    severity: 'error',
    fr: 'Aucune décision sur des mots ne commence par « {id} », ou plusieurs ({count}).',
    en: 'No decision about words begins with “{id}”, or several do ({count}).',
    remedyFr: 'trame words decisions les donne toutes.',
    remedyEn: 'trame words decisions lists them all.',
  },
  'words-code-unknown': {
    severity: 'error',
    fr: '« {code} » n’est pas dans le vocabulaire. Les plus proches : {nearest}.',
    en: '“{code}” is not in the vocabulary. The nearest: {nearest}.',
    remedyFr: 'Donnez l’un de ces codes, ou --none si les mots ne désignent rien du vocabulaire.',
    remedyEn: 'Give one of these codes, or --none where the words name nothing of the vocabulary.',
  },
} as const satisfies Readonly<Record<string, Words>>;
