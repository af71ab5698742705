/** The words of what can be found about files: where they lie, how they are written, how their tables are cut. */
import type { Words } from './finding.ts';
import { TABLE_FINDINGS } from './tables.ts';

export const FILE_FINDINGS = {
  'file-one-page': {
    severity: 'warning',
    fr: '{file} n’est qu’une page d’une liste plus longue : ses {rows} notices sont reprises, et ce qu’elle ne nomme pas n’est pas tenu pour disparu.',
    en: '{file} is only one page of a longer list: its {rows} records are taken in, and what it does not name is not held to be gone.',
    remedyFr:
      'Pour la collection entière, moissonnez l’API elle-même, ou enregistrez toutes les pages dans un dossier.',
    remedyEn: 'For the whole collection harvest the API itself, or save all the pages in a folder.',
  },
  ...TABLE_FINDINGS,
  'file-not-found': {
    severity: 'error',
    fr: 'Rien ne se trouve à l’emplacement {path}.',
    en: 'Nothing is found at {path}.',
    remedyFr:
      'Vérifiez « options.path » dans le fichier de la source : un chemin relatif part du dossier de ce fichier.',
    remedyEn: 'Check “options.path” in the source file: a relative path starts from the folder of that file.',
  },
  'file-unreadable': {
    severity: 'error',
    fr: 'Le fichier {path} ne peut pas être lu : {reason}.',
    en: 'The file {path} cannot be read: {reason}.',
    remedyFr: 'Vérifiez les droits de lecture du fichier ou du dossier.',
    remedyEn: 'Check the read permissions of the file or folder.',
  },
  'file-folder-empty': {
    severity: 'error',
    fr: '{path} ne contient aucun fichier.',
    en: '{path} holds no file.',
    remedyFr: 'Déposez-y les fichiers du partenaire, ou corrigez « options.path ».',
    remedyEn: 'Put the partner’s files there, or correct “options.path”.',
  },
  'file-none-matches': {
    severity: 'error',
    fr: 'Aucun des {count} fichiers de {path} ne répond à « {match} » (par exemple : {names}).',
    en: 'None of the {count} files of {path} matches “{match}” (for example: {names}).',
    remedyFr: 'Corrigez « options.match » : « **/*.csv » prend tous les CSV, sous-dossiers compris.',
    remedyEn: 'Correct “options.match”: “**/*.csv” takes every CSV, subfolders included.',
  },
  'file-outside-match': {
    severity: 'info',
    fr: '{count} fichiers ne répondent pas à « {match} » et n’ont pas été lus (par exemple : {names}).',
    en: '{count} files do not match “{match}” and were not read (for example: {names}).',
    remedyFr: 'S’ils devaient l’être, élargissez « options.match ».',
    remedyEn: 'If they should have been, widen “options.match”.',
  },
  'file-http-status': {
    severity: 'error',
    fr: 'Le partenaire a répondu {status} au lieu du fichier, à l’adresse {url}.',
    en: 'The partner answered {status} instead of the file, at {url}.',
    remedyFr: 'Ouvrez l’adresse dans un navigateur ; si le fichier a changé de place, corrigez « options.url ».',
    remedyEn: 'Open the address in a browser; if the file has moved, correct “options.url”.',
  },
  'file-web-page': {
    severity: 'error',
    fr: '{file} est une page web, et non des données.',
    en: '{file} is a web page, not data.',
    remedyFr:
      'L’adresse mène sans doute à une page de connexion ou d’erreur : demandez au partenaire l’adresse directe.',
    remedyEn: 'The address probably leads to a login or error page: ask the partner for the direct address.',
  },
  'file-binary': {
    severity: 'error',
    fr: '{file} n’est pas un fichier de texte.',
    en: '{file} is not a text file.',
    remedyFr: 'Demandez un export en texte (CSV, UTF-8), ou excluez ce fichier par « options.match ».',
    remedyEn: 'Ask for a text export (CSV, UTF-8), or leave this file out by “options.match”.',
  },
  'file-empty': {
    severity: 'error',
    fr: '{file} est vide.',
    en: '{file} is empty.',
    remedyFr: 'L’export a sans doute échoué chez le partenaire : demandez-le à nouveau.',
    remedyEn: 'The export has probably failed at the partner’s: ask for it again.',
  },
  'file-changed': {
    severity: 'error',
    fr: '« {where} » a été modifié pendant qu’on le lisait.',
    en: '“{where}” was changed while it was being read.',
    remedyFr:
      'Rien n’est perdu : la prochaine moisson le relit depuis le début. Déposez de préférence un fichier terminé, en le renommant.',
    remedyEn:
      'Nothing is lost: the next harvest reads it again from the start. Better put a finished file there, by renaming it.',
  },
  'file-no-rows': {
    severity: 'error',
    fr: '{where} ne contient aucune notice.',
    en: '{where} holds no record.',
    remedyFr:
      'Une réponse vide n’est jamais prise pour un succès : ce qui est déjà moissonné reste. Vérifiez l’export, ou le filtre dans l’adresse.',
    remedyEn:
      'An empty answer is never taken for a success: what is harvested stays. Check the export, or the filter in the address.',
  },
  'file-too-large': {
    severity: 'error',
    fr: '{file} dépasse la taille permise ({limit} Mo).',
    en: '{file} exceeds the size allowed ({limit} MB).',
    remedyFr: 'Demandez un export en plusieurs fichiers, ou relevez « options.maxMegabytes ».',
    remedyEn: 'Ask for an export in several files, or raise “options.maxMegabytes”.',
  },
  'file-too-many': {
    severity: 'error',
    fr: '{path} contient plus de {limit} fichiers.',
    en: '{path} holds more than {limit} files.',
    remedyFr: 'Répartissez-les en plusieurs sources.',
    remedyEn: 'Spread them over several sources.',
  },
  'file-zip-broken': {
    severity: 'error',
    fr: 'L’archive {file} ne peut pas être ouverte : {reason}.',
    en: 'The archive {file} cannot be opened: {reason}.',
    remedyFr: 'L’archive est sans doute incomplète : demandez-la à nouveau.',
    remedyEn: 'The archive is probably incomplete: ask for it again.',
  },
  'file-zip-unsafe': {
    severity: 'warning',
    fr: '{count} noms de l’archive {file} sortent de l’archive et n’ont pas été lus (par exemple : {names}).',
    en: '{count} names in the archive {file} lead outside it and were not read (for example: {names}).',
    remedyFr: 'Demandez au partenaire une archive aux noms ordinaires.',
    remedyEn: 'Ask the partner for an archive with ordinary names.',
  },
  'file-incomplete': {
    severity: 'warning',
    fr: '{count} fichiers n’ont pas pu être lus en entier (par exemple : {names}).',
    en: '{count} files could not be read to their end (for example: {names}).',
    remedyFr: 'Ce qui en avait été moissonné auparavant reste : rien n’est tenu pour disparu après une telle lecture.',
    remedyEn: 'What was harvested from them before stays: nothing is held to be gone after such a reading.',
  },
  'file-duplicate-id': {
    severity: 'error',
    fr: 'L’identifiant « {id} » se trouve deux fois : {firstFile} ligne {firstLine}, puis {file} ligne {line}. La seconde notice est écartée.',
    en: 'The identifier “{id}” stands twice: {firstFile} line {firstLine}, then {file} line {line}. The second record is set aside.',
    remedyFr: 'Donnez à chaque ligne un identifiant propre, ou ajoutez une colonne à « id » dans la source.',
    remedyEn: 'Give each line an identifier of its own, or add a column to “id” in the source.',
  },
  'file-duplicates-unwatched': {
    severity: 'warning',
    fr: 'Au-delà de {limit} notices, les identifiants répétés ne sont plus recherchés.',
    en: 'Beyond {limit} records, repeated identifiers are no longer looked for.',
    remedyFr: 'Répartissez les fichiers en plusieurs sources.',
    remedyEn: 'Spread the files over several sources.',
  },
  'file-encoding-guessed': {
    severity: 'info',
    fr: '{file} n’est pas en UTF-8 ; il est lu comme {encoding}.',
    en: '{file} is not UTF-8; it is read as {encoding}.',
    remedyFr: 'Si des accents sont faux, écrivez le bon codage dans « options.encoding » (par exemple macintosh).',
    remedyEn: 'If accents come out wrong, write the right encoding in “options.encoding” (for example macintosh).',
  },
  'file-encoding-wrong': {
    severity: 'error',
    fr: '{file} n’est pas en {encoding}, comme le dit la source.',
    en: '{file} is not in {encoding}, as the source says.',
    remedyFr: 'Retirez « options.encoding » : le codage sera trouvé.',
    remedyEn: 'Remove “options.encoding”: the encoding will be found out.',
  },
  'file-mojibake': {
    severity: 'warning',
    fr: '{count} passages de {file} ont été convertis deux fois par leur auteur (« {example} »).',
    en: '{count} passages of {file} were converted twice by their author (“{example}”).',
    remedyFr: 'Ils sont gardés tels quels. Demandez un nouvel export en UTF-8, sans passer par un tableur.',
    remedyEn: 'They are kept as they are. Ask for a new export in UTF-8, without a spreadsheet in between.',
  },
  'file-format-has-none': {
    severity: 'error',
    fr: 'Le format « {format} » ne se lit pas dans des fichiers.',
    en: 'The format “{format}” is not read from files.',
    remedyFr: 'Prenez le protocole oai-pmh, ou l’un de ces formats : {known}.',
    remedyEn: 'Use the protocol oai-pmh, or one of these formats: {known}.',
  },
  'file-stopped': {
    severity: 'warning',
    fr: 'La lecture de {where} a été arrêtée avant sa fin.',
    en: 'The reading of {where} was stopped before its end.',
    remedyFr: 'Relancez la moisson : elle reprend là où elle en était.',
    remedyEn: 'Start the harvest again: it goes on from where it was.',
  },
} as const satisfies Readonly<Record<string, Words>>;
