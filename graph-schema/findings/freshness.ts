import type { Words } from './finding.ts';

/** What a steward is alerted to: of a source, or of what waits for them. A cause is told once, and once more when it is over. */
export const FRESHNESS_FINDINGS = {
  'source-late': {
    severity: 'warning',
    fr: '« {source} » n’a pas eu de moisson complète depuis le {since} (promesse : {promiseFr}).',
    en: '“{source}” has had no complete harvest since {since} (promise: {promiseEn}).',
    remedyFr:
      'Voyez `trame status` : si aucune moisson n’a commencé depuis, vérifiez que `trame work` tourne ; sinon la raison de la dernière y est dite. Une promesse trop courte se change par `freshness` dans le fichier de source.',
    remedyEn:
      'See `trame status`: if no harvest has begun since, check that `trame work` is running; else it tells the reason of the latest. A promise that is too short is changed by `freshness` in the source file.',
  },
  'source-never-complete': {
    severity: 'warning',
    fr: '« {source} » est moissonnée depuis le {since}, et aucune moisson n’a encore été complète (promesse : {promiseFr}).',
    en: '“{source}” has been harvested since {since}, and no harvest has been complete yet (promise: {promiseEn}).',
    remedyFr:
      'Lancez `trame source check {source}`, puis `trame harvest {source}` : chacune dit ce qui manque et quoi faire.',
    remedyEn:
      'Run `trame source check {source}`, then `trame harvest {source}`: each says what is wrong and what to do.',
  },
  'source-partial': {
    severity: 'warning',
    fr: 'Les {count} dernières moissons de « {source} » sont restées incomplètes. La dernière raison : {reasonFr}',
    en: 'The latest {count} harvests of “{source}” stayed incomplete. The latest reason: {reasonEn}',
    remedyFr:
      'Rien n’est perdu, chacune reprend où l’autre s’est arrêtée. Si cela dure, prévenez le partenaire : `trame status` dit la raison en entier.',
    remedyEn:
      'Nothing is lost, each goes on from where the one before stopped. If it lasts, tell the partner: `trame status` gives the whole reason.',
  },
  'source-failing': {
    severity: 'error',
    fr: 'Les {count} dernières moissons de « {source} » ont échoué. La dernière raison : {reasonFr}',
    en: 'The latest {count} harvests of “{source}” failed. The latest reason: {reasonEn}',
    remedyFr: 'Lancez `trame source check {source}` : il dit ce que le partenaire répond et quoi faire.',
    remedyEn: 'Run `trame source check {source}`: it says what the partner answers and what to do.',
  },
  'source-shrinking': {
    severity: 'warning',
    fr: '« {source} » n’a plus que {live} notices ; elle en avait {highest} dans les {days} derniers jours.',
    en: '“{source}” is down to {live} records; it had {highest} within the last {days} days.',
    remedyFr:
      'Demandez au partenaire si ce retrait est voulu. `trame records {source} --state deleted` dit lesquelles sont parties.',
    remedyEn: 'Ask the partner whether that is meant. `trame records {source} --state deleted` says which are gone.',
  },
  'source-rejects': {
    severity: 'warning',
    fr: '{rejected} des {seen} notices de la dernière moisson complète de « {source} » n’ont pas pu être reprises.',
    en: '{rejected} of the {seen} records of the latest complete harvest of “{source}” could not be taken in.',
    remedyFr: 'Les raisons sont dans `trame records {source} --state rejected`.',
    remedyEn: 'The reasons are in `trame records {source} --state rejected`.',
  },
  'agreement-ended': {
    severity: 'error',
    fr: 'L’accord du partenaire de « {source} » est échu depuis le {end} : ses notices sont retirées.',
    en: 'The agreement of the partner of “{source}” ended on {end}: its records are withdrawn.',
    remedyFr:
      'Renouvelez l’accord avec le partenaire et écrivez la nouvelle date sous « agreement » : la moisson suivante les montre de nouveau. Sinon retirez le fichier de source.',
    remedyEn:
      'Renew the agreement with the partner and write the new date under “agreement”: the next harvest shows them again. Else take the source file away.',
  },
  'agreement-ending': {
    severity: 'warning',
    fr: 'L’accord du partenaire de « {source} » s’achève le {end}.',
    en: 'The agreement of the partner of “{source}” ends on {end}.',
    remedyFr: 'Renouvelez-le : passé ce jour, ses notices sont retirées.',
    remedyEn: 'Renew it: after that day its records are withdrawn.',
  },
  'agreement-not-begun': {
    severity: 'error',
    fr: 'L’accord du partenaire de « {source} » ne commence que le {date} : rien n’est lu ni montré avant.',
    en: 'The agreement of the partner of “{source}” begins on {date} only: nothing is read or shown before.',
    remedyFr: 'Attendez ce jour, ou corrigez « agreement.date » si l’accord vaut déjà.',
    remedyEn: 'Wait for that day, or correct “agreement.date” if it holds already.',
  },
  'agreement-withdrawn': {
    severity: 'error',
    fr: 'L’accord du partenaire de « {source} » est échu depuis le {end} : il n’a pas été interrogé, et {count} notices ont été cachées.',
    en: 'The agreement of the partner of “{source}” ended on {end}: it was not asked, and {count} records were hidden.',
    remedyFr: 'Renouvelez l’accord et écrivez la nouvelle date sous « agreement », puis moissonnez. Rien n’est perdu.',
    remedyEn: 'Renew the agreement and write the new date under “agreement”, then harvest. Nothing is lost.',
  },
  'deletions-waiting': {
    severity: 'warning',
    fr: '{count} retraits de « {source} » attendent votre décision depuis le {since} (lot {batch} ; sa limite est de {limit}).',
    en: '{count} deletions of “{source}” have been waiting for your decision since {since} (batch {batch}; its limit is {limit}).',
    remedyFr: 'Ouvrez `trame inbox` : un échantillon y est montré, à approuver ou à refuser.',
    remedyEn: 'Open `trame inbox`: it shows a sample, to approve or to refuse.',
  },
  'updates-waiting': {
    severity: 'warning',
    fr: '{count} mises à jour de « {source} » attendent votre décision depuis le {since} (lot {batch}) : un champ bien rempli s’est vidé.',
    en: '{count} updates of “{source}” have been waiting for your decision since {since} (batch {batch}): a well-filled field has emptied.',
    remedyFr: 'Ouvrez `trame inbox` : la différence y est montrée, à approuver ou à refuser.',
    remedyEn: 'Open `trame inbox`: it shows the difference, to approve or to refuse.',
  },
  'source-withdrawn': {
    severity: 'warning',
    fr: '{count} notices de « {source} » ont été retirées d’un coup de la vue du public, lors d’une seule moisson.',
    en: '{count} records of “{source}” were taken out of the public’s sight at once, by a single harvest.',
    remedyFr:
      'C’est fait, comme le partenaire le demande. Vérifiez avec lui que c’est voulu, et `visibility` dans le fichier de source.',
    remedyEn: 'It is done, as the partner asks. Check with them that it is meant, and `visibility` in the source file.',
  },
  'sources-gone': {
    severity: 'warning',
    fr: '{count} sources du graphe ({names}…) n’ont pas de fichier dans le dossier des sources.',
    en: '{count} sources of the graph ({names}…) have no file in the folder of sources.',
    remedyFr:
      'Si vous moissonnez depuis un autre dossier, donnez-le par TRAME_SOURCES. Sinon remettez les fichiers : sans eux, ces sources ne sont plus moissonnées.',
    remedyEn:
      'If you harvest from another folder, give it in TRAME_SOURCES. Else put the files back: without them these sources are harvested no more.',
  },
  'source-gone': {
    severity: 'info',
    fr: '« {source} » a été moissonnée, mais son fichier n’est pas (ou plus lisible) dans le dossier des sources : plus rien ne la met à jour.',
    en: '“{source}” was harvested, but its file is not (or no longer readable) in the folder of the sources: nothing keeps it up to date.',
    remedyFr:
      'Mettez-y son fichier (TRAME_SOURCES dit quel dossier c’est), ou corrigez-le : `trame source list` dit ce qui ne peut pas être lu.',
    remedyEn:
      'Put its file there (TRAME_SOURCES says which folder that is), or correct it: `trame source list` says what cannot be read.',
  },
  'alert-setting-wrong': {
    severity: 'error',
    fr: 'Les alertes ne partent pas par ce moyen : le réglage {variable} manque ou n’est pas correct.',
    en: 'Alerts do not go out by this way: the setting {variable} is missing or not right.',
    remedyFr: 'À écrire : {example} ; puis essayez par `trame alerts --test`.',
    remedyEn: 'Write: {example}; then try it by `trame alerts --test`.',
  },
  'alert-mail-failed': {
    severity: 'error',
    fr: 'Le courriel d’alerte n’est pas parti : {detailFr}.',
    en: 'The alert mail was not sent: {detailEn}.',
    remedyFr:
      'Il repartira à la prochaine vérification. Vérifiez TRAME_SMTP_URL, puis essayez par `trame alerts --test`.',
    remedyEn: 'It is sent again at the next check. Check TRAME_SMTP_URL, then try it by `trame alerts --test`.',
  },
  'alert-webhook-failed': {
    severity: 'error',
    fr: 'Le webhook d’alerte n’a pas pris le message : {detailFr}.',
    en: 'The alert webhook did not take the message: {detailEn}.',
    remedyFr:
      'Il repartira à la prochaine vérification. Vérifiez TRAME_ALERT_WEBHOOK, puis essayez par `trame alerts --test`.',
    remedyEn: 'It is sent again at the next check. Check TRAME_ALERT_WEBHOOK, then try it by `trame alerts --test`.',
  },
} as const satisfies Readonly<Record<string, Words>>;
