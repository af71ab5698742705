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
  'words-too-long': {
    severity: 'error',
    fr: '« {start}… » est trop long : {limit} caractères au plus.',
    en: '“{start}…” is too long: at most {limit} characters.',
    remedyFr: 'Réglez chaque mot pour lui-même, tel qu’il se trouve dans la liste.',
    remedyEn: 'Settle each word by itself, as it stands in the list.',
  },
  'words-settled': {
    severity: 'error',
    fr: '« {words} » est déjà réglé par {by}, le {day} : {means}.',
    en: '“{words}” was settled already by {by}, on {day}: {means}.',
    remedyFr: 'Pour en décider autrement : trame words undo {id}, puis réglez-le de nouveau.',
    remedyEn: 'To decide otherwise: trame words undo {id}, then settle it again.',
  },
  'trade-not-there': {
    severity: 'error',
    fr: '« {name} » ne mène pas au métier « {trade} ».',
    en: '“{name}” does not lead to the trade “{trade}”.',
    remedyFr: 'trame words why donne les métiers d’une chose, et d’où ils viennent.',
    remedyEn: 'trame words why lists the trades of a thing, and where they come from.',
  },
  'trade-stated': {
    severity: 'error',
    fr: 'C’est la source elle-même qui dit que « {name} » mène au métier « {trade} ».',
    en: 'It is the source itself that says that “{name}” leads to the trade “{trade}”.',
    remedyFr: 'Faites-le corriger à la source : trame report.',
    remedyEn: 'Have it mended at the source: trame report.',
  },
  'trade-denied': {
    severity: 'error',
    fr: 'Il est déjà décidé ({id}, par {by}) que « {name} » n’a rien à voir avec le métier « {trade} ».',
    en: 'It is decided already ({id}, by {by}) that “{name}” has nothing to do with the trade “{trade}”.',
    remedyFr: 'Pour défaire : trame words undo {id}.',
    remedyEn: 'To undo: trame words undo {id}.',
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
