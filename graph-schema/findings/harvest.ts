import type { Words } from './finding.ts';

export const HARVEST_FINDINGS = {
  'run-cut-short': {
    severity: 'error',
    fr: 'La lecture de « {source} » s’est arrêtée sans que la source ait dit qu’elle était finie.',
    en: 'Reading “{source}” stopped before the source said that it had ended.',
    remedyFr:
      'Rien n’est perdu : la prochaine moisson reprendra au dernier point de reprise. Si cela se répète, prévenez le partenaire.',
    remedyEn:
      'Nothing is lost: the next harvest goes on from the last checkpoint. If it happens again, tell the partner.',
  },
  'process-ended': {
    severity: 'error',
    fr: 'Le processus qui moissonnait « {source} » a disparu avant la fin.',
    en: 'The process that harvested “{source}” was gone before the end.',
    remedyFr:
      'Rien n’est perdu : la moisson suivante a repris au dernier point de reprise. Si cela se répète, regardez la mémoire de la machine.',
    remedyEn:
      'Nothing is lost: the next harvest went on from the last checkpoint. If it happens again, look at the machine’s memory.',
  },
  'run-stopped': {
    severity: 'warning',
    fr: 'La moisson de « {source} » a été arrêtée à la demande de quelqu’un.',
    en: 'The harvest of “{source}” was stopped on request.',
    remedyFr: 'Relancez-la quand vous voulez : elle reprendra au dernier point de reprise.',
    remedyEn: 'Start it again whenever you like: it goes on from the last checkpoint.',
  },
  'run-empty': {
    severity: 'error',
    fr: '« {source} » n’a donné aucune notice, alors que toute la collection était demandée.',
    en: '“{source}” gave no record at all, though the whole collection was asked for.',
    remedyFr: 'Vérifiez l’adresse, l’ensemble (set) et le filtre `match` du fichier de source.',
    remedyEn: 'Check the address, the set and the `match` filter of the source file.',
  },
  'run-all-rejected': {
    severity: 'error',
    fr: 'Aucune des {rejected} notices de « {source} » n’a pu être reprise.',
    en: 'None of the {rejected} records of “{source}” could be taken in.',
    remedyFr:
      'Les raisons sont dans `trame records {source} --state rejected` ; vérifiez d’abord `format` ou `map` dans le fichier de source.',
    remedyEn:
      'The reasons are in `trame records {source} --state rejected`; check `format` or `map` in the source file first.',
  },
  'run-not-before': {
    severity: 'warning',
    fr: 'Le partenaire de « {source} » a demandé de ne pas revenir avant {until}.',
    en: 'The partner of “{source}” asked us not to come back before {until}.',
    remedyFr: 'Attendez cette date : la moisson reprendra d’elle-même. S’il a changé d’avis, `--full` passe outre.',
    remedyEn:
      'Wait until then: the harvest goes on by itself. If the partner changed their mind, `--full` overrides it.',
  },
  'mapping-changed': {
    severity: 'info',
    fr: 'La lecture de « {source} » a changé (fichier de source, format ou vocabulaires) : toute la source est relue, et jusqu’à {count} changements partiront vers les partenaires, au plus {pace} par minute.',
    en: 'The mapping of “{source}” has changed (source file, format or vocabularies): the whole source is read again, and up to {count} changes will be sent to partners, at most {pace} a minute.',
    remedyFr: 'Rien à faire. `trame replay {source} --dry-run`, avant la moisson, montre ce qui changerait.',
    remedyEn: 'Nothing to do. `trame replay {source} --dry-run`, before a harvest, shows what would change.',
  },
  'graph-was-away': {
    severity: 'info',
    fr: 'Neo4j a disparu pendant la moisson de « {source} » ({detail}) ; la moisson a attendu.',
    en: 'Neo4j went away during the harvest of “{source}” ({detail}); the harvest waited.',
    remedyFr: 'Rien à faire si la moisson est complète. Si cela se répète, regardez la mémoire et le disque de Neo4j.',
    remedyEn: 'Nothing to do where the run is complete. If it happens again, look at the memory and the disk of Neo4j.',
  },
  'run-lacks-records': {
    severity: 'error',
    fr: 'Le partenaire de « {source} » cite {count} notices qu’il ne nous a jamais données.',
    en: 'The partner of “{source}” names {count} records that it never gave us.',
    remedyFr: 'Rien à faire : la prochaine moisson relit toute la source.',
    remedyEn: 'Nothing to do: the next harvest reads the whole source again.',
  },
  'snapshot-blind': {
    severity: 'warning',
    fr: 'Une notice illisible de « {source} » n’a pas d’identifiant : on ne sait pas laquelle c’est, donc rien n’est supprimé cette fois.',
    en: 'An unreadable record of “{source}” has no identifier: nobody knows which it is, so nothing is deleted this time.',
    remedyFr: 'Voyez `trame records {source} --state rejected` et faites corriger la notice chez le partenaire.',
    remedyEn: 'See `trame records {source} --state rejected` and have the record corrected at the partner’s.',
  },
  'deletions-held': {
    severity: 'warning',
    fr: '{count} des {live} notices de « {source} » ont disparu, plus que la limite de {limit} : rien n’est supprimé avant votre décision.',
    en: '{count} of the {live} records of “{source}” are gone, more than the limit of {limit}: nothing is deleted before you decide.',
    remedyFr:
      'Regardez-les avec `trame inbox show {batch}`, puis `trame inbox approve {batch}` ou `trame inbox refuse {batch}`.',
    remedyEn:
      'Look at them with `trame inbox show {batch}`, then `trame inbox approve {batch}` or `trame inbox refuse {batch}`.',
  },
  'updates-held': {
    severity: 'warning',
    fr: '{count} mises à jour de « {source} » videraient la moitié ou plus de : {fields}. Elles attendent votre décision.',
    en: '{count} updates of “{source}” would empty half or more of: {fields}. They wait for your decision.',
    remedyFr:
      'Regardez-les avec `trame inbox show {batch}`, puis `trame inbox approve {batch}` ou `trame inbox refuse {batch}`.',
    remedyEn:
      'Look at them with `trame inbox show {batch}`, then `trame inbox approve {batch}` or `trame inbox refuse {batch}`.',
  },
  'mass-withdrawn': {
    severity: 'warning',
    fr: '{count} notices de « {source} » ont été rendues invisibles d’un coup, plus que la limite de {limit}. C’est appliqué.',
    en: '{count} records of “{source}” were made invisible at once, more than the limit of {limit}. It is in force.',
    remedyFr: 'Si ce n’est pas voulu, voyez avec le partenaire, et `visibility` dans le fichier de source.',
    remedyEn: 'If that is not meant, ask the partner, and see `visibility` in the source file.',
  },
  'record-checked': {
    severity: 'info',
    fr: 'La notice « {id} » de « {source} » a été revue chez le partenaire : {result}.',
    en: 'Record “{id}” of “{source}” was looked at again at the partner’s: {result}.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'record-gone': {
    severity: 'warning',
    fr: 'Le partenaire de « {source} » dit que la notice « {id} » n’existe plus.',
    en: 'The partner of “{source}” says that record “{id}” is gone.',
    remedyFr: 'Elle sera supprimée à la fin de la prochaine moisson complète, sauf si le partenaire la cite à nouveau.',
    remedyEn: 'It will be deleted at the end of the next complete harvest, unless the partner names it again.',
  },
  'record-not-asked': {
    severity: 'error',
    fr: 'Le protocole de « {source} » ne permet pas de demander une seule notice.',
    en: 'The protocol of “{source}” cannot ask for a single record.',
    remedyFr: 'Moissonnez toute la source : `trame harvest {source} --full`.',
    remedyEn: 'Harvest the whole source: `trame harvest {source} --full`.',
  },
  'batch-unknown': {
    severity: 'error',
    fr: 'Aucun lot en attente, ou plusieurs, ne commencent par « {batch} » ({count}).',
    en: 'No held batch, or several, begin with “{batch}” ({count}).',
    remedyFr: '`trame inbox` les montre tous, avec leur numéro.',
    remedyEn: '`trame inbox` shows them all, with their numbers.',
  },
  'batch-decided': {
    severity: 'error',
    fr: 'Cela ne se peut pas, ou plus, pour le lot « {batch} » : {state}{by}.',
    en: 'That is not possible, or no longer, for batch “{batch}”: {state}{by}.',
    remedyFr:
      'Un lot en attente se décide ; des suppressions approuvées ou refusées se défont avec `trame inbox undo`. Des mises à jour approuvées ou refusées ne se défont pas : faites corriger chez le partenaire.',
    remedyEn:
      'A waiting batch can be decided; deletions that were approved or refused can be undone by `trame inbox undo`. Updates cannot: have the partner correct them.',
  },
  'identifiers-changed': {
    severity: 'warning',
    fr: '« {source} » ne cite plus {missing} notices et en donne {created} nouvelles : ses identifiants ont sans doute changé.',
    en: '“{source}” no longer names {missing} records and gives {created} new ones: its identifiers have most likely changed.',
    remedyFr: 'Demandez au partenaire ; les anciennes notices restent publiées jusqu’à votre décision (`trame inbox`).',
    remedyEn: 'Ask the partner; the old records stay published until you decide (`trame inbox`).',
  },
  'id-too-long': {
    severity: 'error',
    fr: 'Un identifiant de {length} caractères, qui commence par « {start} », dépasse la limite de {limit}.',
    en: 'An identifier of {length} characters, which begins with “{start}”, is over the limit of {limit}.',
    remedyFr: 'Vérifiez chez le partenaire, ou la colonne `id` du fichier de source.',
    remedyEn: 'Check with the partner, or the `id` column of the source file.',
  },
  'nothing-visible': {
    severity: 'warning',
    fr: 'Aucune des {count} notices de « {source} » ne sera visible (visibility : {rule}).',
    en: 'None of the {count} records of “{source}” will be visible (visibility: {rule}).',
    remedyFr:
      'Si ce n’est pas voulu, vérifiez `visibility` dans le fichier de source : le nom exact de la colonne ou de l’ensemble, et ses valeurs.',
    remedyEn:
      'If that is not meant, check `visibility` in the source file: the exact name of the column or set, and its values.',
  },
  'lease-held': {
    severity: 'warning',
    fr: '« {source} » est déjà en cours de moisson par {holder}, au plus tard jusqu’à {expires}.',
    en: '“{source}” is being harvested by {holder} already, until {expires} at the latest.',
    remedyFr: 'Attendez la fin de cette moisson, puis relancez.',
    remedyEn: 'Wait until that harvest ends, then start again.',
  },
  'lease-lost': {
    severity: 'error',
    fr: 'La moisson de « {source} » a été reprise par un autre processus pendant celle-ci ; ce qui restait à écrire a été refusé.',
    en: 'The harvest of “{source}” was taken over by another process meanwhile; what was still to be written was refused.',
    remedyFr:
      'Rien à faire : l’autre processus continue. Si cela se répète, vérifiez qu’un seul `trame work` tourne par machine et que les horloges sont justes.',
    remedyEn:
      'Nothing to do: the other process goes on. If it happens again, check that no machine is starved of time.',
  },
  'graph-unreachable': {
    severity: 'error',
    fr: 'Neo4j n’a pas répondu pendant la moisson de « {source} » ({detail}).',
    en: 'Neo4j did not answer during the harvest of “{source}” ({detail}).',
    remedyFr:
      'Vérifiez Neo4j (`trame db status`), puis relancez la moisson : elle reprendra au dernier point de reprise.',
    remedyEn: 'Check Neo4j (`trame db status`), then start the harvest again: it goes on from the last checkpoint.',
  },
  'cursor-outdated': {
    severity: 'warning',
    fr: 'Le point de reprise de « {source} » n’est plus lisible ({detail}) ; la moisson recommence au début.',
    en: 'The checkpoint of “{source}” can no longer be read ({detail}); the harvest starts again from the beginning.',
    remedyFr: 'Rien à faire : les notices inchangées sont reconnues.',
    remedyEn: 'Nothing to do: unchanged records are recognised.',
  },
  'record-invalid': {
    severity: 'error',
    fr: 'La notice « {id} » ne peut pas être reprise : {path} – {message}.',
    en: 'Record “{id}” cannot be taken in: {path} – {message}.',
    remedyFr: 'Corrigez cette valeur chez le partenaire, ou la correspondance (`map`, `format`) du fichier de source.',
    remedyEn: 'Correct this value at the partner’s, or the mapping (`map`, `format`) in the source file.',
  },
  'record-too-large': {
    severity: 'error',
    fr: 'La notice « {id} » pèse {bytes} octets, plus que la limite de {limit}.',
    en: 'Record “{id}” is {bytes} bytes, more than the limit of {limit}.',
    remedyFr: 'Vérifiez chez le partenaire qu’une image ou un fichier n’a pas été collé dans un champ de texte.',
    remedyEn: 'Check with the partner that no picture or file was pasted into a text field.',
  },
} as const satisfies Readonly<Record<string, Words>>;
