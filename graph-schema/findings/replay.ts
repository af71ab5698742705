import type { Words } from './finding.ts';

/** Replay, rebuild, backup and restore. */
export const REPLAY_FINDINGS = {
  'replay-row-unreadable': {
    severity: 'error',
    fr: 'Les octets conservés de la notice {id} ne se lisent plus : {detail}',
    en: 'The stored bytes of the record {id} can no longer be read: {detail}',
    remedyFr:
      'Sa dernière bonne version reste en place. Relisez la source (`trame harvest … --full`) ; si cela demeure, c’est un défaut de Trame à signaler.',
    remedyEn:
      'Its last good version stays. Read the source again (`trame harvest … --full`); if it remains, it is a fault of Trame to report.',
  },
  'replay-without-bytes': {
    severity: 'warning',
    fr: '{count} notices rejetées de « {source} » n’ont pas d’octets conservés : elles n’ont pas pu être rejouées.',
    en: '{count} rejected records of “{source}” have no stored bytes: they could not be replayed.',
    remedyFr: 'La prochaine moisson relira toute la source. Rien d’autre à faire.',
    remedyEn: 'The next harvest reads the whole source again. Nothing else to do.',
  },
  'replay-stopped': {
    severity: 'warning',
    fr: 'Le rejeu de « {source} » a été arrêté à la demande de quelqu’un : ce qui était fait reste fait.',
    en: 'The replay of “{source}” was stopped on request: what was done stays done.',
    remedyFr: 'Relancez `trame replay {source}` : il passe vite sur ce qui est déjà fait.',
    remedyEn: 'Run `trame replay {source}` again: it passes quickly over what is done already.',
  },
  'replay-graph-unreachable': {
    severity: 'error',
    fr: 'Le rejeu de « {source} » s’est arrêté : Neo4j ne répond plus ({detail}). Ce qui était fait reste fait.',
    en: 'The replay of “{source}” stopped: Neo4j no longer answers ({detail}). What was done stays done.',
    remedyFr: 'Vérifiez Neo4j (`trame doctor`), puis relancez `trame replay {source}`.',
    remedyEn: 'Check Neo4j (`trame doctor`), then run `trame replay {source}` again.',
  },
  'replay-never-harvested': {
    severity: 'error',
    fr: '« {source} » n’a jamais été moissonnée ici : il n’y a rien à rejouer.',
    en: '“{source}” was never harvested here: there is nothing to replay.',
    remedyFr: 'Moissonnez-la d’abord : `trame harvest {source}`.',
    remedyEn: 'Harvest it first: `trame harvest {source}`.',
  },
  'backup-sources-busy': {
    severity: 'error',
    fr: 'Des sources sont en cours de moisson ou de rejeu : {sources}. Rien n’a été sauvegardé.',
    en: 'Sources are being harvested or replayed: {sources}. Nothing was backed up.',
    remedyFr: 'Attendez leur fin, ou donnez plus de temps : `trame backup FICHIER --wait 600`.',
    remedyEn: 'Wait until they end, or give more time: `trame backup FILE --wait 600`.',
  },
  'backup-lease-lost': {
    severity: 'error',
    fr: 'Une moisson de « {source} » a commencé pendant la sauvegarde : elle ne serait pas cohérente et n’a pas été gardée.',
    en: 'A harvest of “{source}” began during the backup: it would not be consistent and was not kept.',
    remedyFr: 'Relancez la sauvegarde.',
    remedyEn: 'Run the backup again.',
  },
  'backup-file-exists': {
    severity: 'error',
    fr: 'Le fichier {file} existe déjà.',
    en: 'The file {file} exists already.',
    remedyFr: 'Donnez un autre nom : une sauvegarde n’en écrase pas une autre.',
    remedyEn: 'Give another name: a backup does not overwrite another.',
  },
  'backup-unwritable': {
    severity: 'error',
    fr: 'La sauvegarde n’a pas pu être écrite dans {file} : {detail}',
    en: 'The backup could not be written to {file}: {detail}',
    remedyFr: 'Vérifiez le dossier, ses droits et la place qui reste, puis recommencez.',
    remedyEn: 'Check the folder, its rights and the space that is left, then try again.',
  },
  'backup-unreadable': {
    severity: 'error',
    fr: 'Le fichier {file} ne peut pas être lu : {detail}',
    en: 'The file {file} cannot be read: {detail}',
    remedyFr: 'Vérifiez le chemin et les droits.',
    remedyEn: 'Check the path and the rights.',
  },
  'backup-foreign': {
    severity: 'error',
    fr: '{file} n’est pas une sauvegarde de Trame.',
    en: '{file} is not a backup of Trame.',
    remedyFr: 'Donnez un fichier écrit par `trame backup`.',
    remedyEn: 'Give a file that `trame backup` wrote.',
  },
  'backup-newer': {
    severity: 'error',
    fr: '{file} a été écrit par Trame {version}, sous une forme ({format}) que cette version ne connaît pas.',
    en: '{file} was written by Trame {version}, in a form ({format}) that this version does not know.',
    remedyFr: 'Installez au moins cette version de Trame, puis recommencez. Rien n’a été restauré.',
    remedyEn: 'Install that version of Trame or a later one, then try again. Nothing was restored.',
  },
  'backup-damaged': {
    severity: 'error',
    fr: '{file} est abîmé ou incomplet : {detail}',
    en: '{file} is damaged or cut short: {detail}',
    remedyFr: 'Prenez une autre copie ou une autre sauvegarde. Rien n’a été restauré.',
    remedyEn: 'Take another copy, or another backup. Nothing was restored.',
  },
  'restore-not-empty': {
    severity: 'error',
    fr: 'Ce graphe n’est pas vide ({count} nœuds) : une sauvegarde ne se restaure que dans un graphe vide.',
    en: 'This graph is not empty ({count} nodes): a backup is restored into an empty graph only.',
    remedyFr:
      'Donnez un autre dossier de données (TRAME_HOME=…). Si une restauration a été interrompue ici, effacez d’abord ce dossier.',
    remedyEn: 'Give another data folder (TRAME_HOME=…). If a restore was interrupted here, delete that folder first.',
  },
} as const satisfies Readonly<Record<string, Words>>;
