import type { Words } from './finding.ts';

export const SOURCE_FINDINGS = {
  'source-not-found': {
    severity: 'error',
    fr: 'Il n’y a pas de source « {source} ».',
    en: 'There is no source “{source}”.',
    remedyFr: 'Sources connues : {known}. On peut aussi donner le chemin d’un fichier .yaml.',
    remedyEn: 'Known sources: {known}. The path of a .yaml file may be given as well.',
  },
  'source-unreadable': {
    severity: 'error',
    fr: 'Le fichier de source {file} ne peut pas être lu : {detail}.',
    en: 'The source file {file} cannot be read: {detail}.',
    remedyFr: 'Vérifiez le chemin et les droits du fichier.',
    remedyEn: 'Check the path and the permissions of the file.',
  },
  'source-not-yaml': {
    severity: 'error',
    fr: '{file}, ligne {line} : ce n’est pas du YAML ({detail}).',
    en: '{file}, line {line}: this is not YAML ({detail}).',
    remedyFr: 'Souvent un alinéa mal aligné, ou un « : » dans un texte sans guillemets.',
    remedyEn: 'Often a badly aligned indent, or a “:” inside an unquoted text.',
  },
  'source-invalid': {
    severity: 'error',
    fr: '{file}, ligne {line}, « {path} » : {detail}.',
    en: '{file}, line {line}, “{path}”: {detail}.',
    remedyFr: 'À écrire : {instead}',
    remedyEn: 'Write instead: {instead}',
  },
  'source-variable-missing': {
    severity: 'error',
    fr: '{file}, ligne {line} : la variable d’environnement {variable} n’est pas définie.',
    en: '{file}, line {line}: the environment variable {variable} is not set.',
    remedyFr:
      'Définissez {variable} avant de lancer la commande, ou donnez-lui une valeur par défaut dans le fichier (« :- » après son nom).',
    remedyEn:
      'Set {variable} before starting the command, or give it a default value in the file (“:-” after its name).',
  },
  'source-name-twice': {
    severity: 'error',
    fr: 'Deux fichiers portent la source « {source} » : {first} et {second}.',
    en: 'Two files carry the source “{source}”: {first} and {second}.',
    remedyFr: 'Donnez un autre `name` à l’une des deux.',
    remedyEn: 'Give one of them another `name`.',
  },
} as const satisfies Readonly<Record<string, Words>>;
