import type { Words } from './finding.ts';

const TRY_AGAIN_FR =
  'Rien n’est perdu : la prochaine moisson reprendra au dernier point de reprise. Si cela se répète, prévenez le partenaire.';
const TRY_AGAIN_EN =
  'Nothing is lost: the next harvest goes on from the last checkpoint. If it happens again, tell the partner.';
const NOTHING_FR = 'Rien à faire pour la moisson ; le signaler au partenaire rendrait service.';
const NOTHING_EN = 'Nothing to do for the harvest; telling the partner would help.';

export const OAI_PMH_FINDINGS = {
  // The source file and the repository do not agree: someone must correct the file.
  'oai-http-status': {
    severity: 'error',
    fr: '{url} répond HTTP {status} au lieu d’OAI-PMH.',
    en: '{url} answers HTTP {status} instead of OAI-PMH.',
    remedyFr:
      'Vérifiez `options.url` : ajoutée de `?verb=Identify`, l’adresse doit s’ouvrir dans un navigateur. Pour 401 ou 403, demandez l’accès au partenaire.',
    remedyEn:
      'Check `options.url`: with `?verb=Identify` added, the address must open in a browser. For 401 or 403, ask the partner for access.',
  },
  'oai-version': {
    severity: 'error',
    fr: '{url} parle OAI-PMH {version} ; seule la version 2.0 est lue.',
    en: '{url} speaks OAI-PMH {version}; only version 2.0 is read.',
    remedyFr: 'Demandez au partenaire l’adresse de son entrepôt OAI-PMH 2.0.',
    remedyEn: 'Ask the partner for the address of an OAI-PMH 2.0 repository.',
  },
  'oai-format-unknown': {
    severity: 'error',
    fr: '{url} ne donne pas le format « {prefix} ». Formats offerts : {offered}.',
    en: '{url} does not give the format “{prefix}”. Formats on offer: {offered}.',
    remedyFr: 'Écrivez l’un d’eux dans `options.metadataPrefix`, et le `format` qui lui correspond.',
    remedyEn: 'Write one of them in `options.metadataPrefix`, and the `format` that goes with it.',
  },
  'oai-no-sets': {
    severity: 'error',
    fr: '{url} n’a pas d’ensembles (sets) ; la source demande « {set} ».',
    en: '{url} has no sets; the source asks for “{set}”.',
    remedyFr: 'Retirez `options.set` du fichier de source.',
    remedyEn: 'Take `options.set` out of the source file.',
  },
  'oai-error': {
    severity: 'error',
    fr: '{url} refuse la demande : {code} – {message}',
    en: '{url} refuses the request: {code} – {message}',
    remedyFr:
      'Vérifiez `options` (set, from, until, granularity) ; si elles sont justes, citez ce message au partenaire.',
    remedyEn: 'Check `options` (set, from, until, granularity); if they are right, quote this message to the partner.',
  },
  // The answer is not a whole OAI-PMH page: nothing of it is taken.
  'oai-empty-body': {
    severity: 'error',
    fr: '{url} a répondu par une page vide.',
    en: '{url} answered with an empty page.',
    remedyFr: TRY_AGAIN_FR,
    remedyEn: TRY_AGAIN_EN,
  },
  'oai-html': {
    severity: 'error',
    fr: '{url} a répondu par une page web (« {title} ») au lieu d’OAI-PMH.',
    en: '{url} answered with a web page (“{title}”) instead of OAI-PMH.',
    remedyFr:
      'Souvent une maintenance ou une demande de connexion : un nouvel essai aura lieu. Si cela dure, vérifiez `options.url`, puis prévenez le partenaire.',
    remedyEn:
      'Often maintenance or a login page: it will be tried again. If it lasts, check `options.url`, then tell the partner.',
  },
  'oai-other-document': {
    severity: 'error',
    fr: '{url} a répondu par autre chose que de l’OAI-PMH : {detail}.',
    en: '{url} answered with something other than OAI-PMH: {detail}.',
    remedyFr: 'Vérifiez `options.url` ; si elle est juste, prévenez le partenaire.',
    remedyEn: 'Check `options.url`; if it is right, tell the partner.',
  },
  'oai-page-malformed': {
    severity: 'error',
    fr: 'La page {url} n’est pas du XML correct (ligne {line}, colonne {column} : {detail}).',
    en: 'The page {url} is not well-formed XML (line {line}, column {column}: {detail}).',
    remedyFr: 'Citez cette adresse et cette ligne au partenaire : une notice y est mal écrite.',
    remedyEn: 'Quote this address and line to the partner: a record there is badly written.',
  },
  'oai-page-cut': {
    severity: 'error',
    fr: 'La page {url} s’arrête avant sa fin ({bytes} octets reçus) ; rien n’en est repris.',
    en: 'The page {url} ends too early ({bytes} bytes came); nothing of it is taken.',
    remedyFr: TRY_AGAIN_FR,
    remedyEn: TRY_AGAIN_EN,
  },
  // The list.
  'oai-token-refused': {
    severity: 'error',
    fr: '{url} refuse de continuer sa liste après {pages} pages, même reprise du début : {message}',
    en: '{url} refuses to go on with its list after {pages} pages, even started anew: {message}',
    remedyFr: TRY_AGAIN_FR,
    remedyEn: TRY_AGAIN_EN,
  },
  'oai-list-restarted': {
    severity: 'warning',
    fr: 'Le jeton de reprise de {url} n’est plus valable après {pages} pages ({message}) ; la liste a été reprise du début.',
    en: 'The resumption token of {url} is no longer valid after {pages} pages ({message}); the list was started anew.',
    remedyFr: 'Rien à faire : les notices inchangées sont reconnues.',
    remedyEn: 'Nothing to do: unchanged records are recognised.',
  },
  'oai-list-short': {
    severity: 'error',
    fr: 'La liste de {url} s’arrête sans dire qu’elle est finie, à {seen} notices sur {expected} annoncées.',
    en: 'The list of {url} stops without saying that it has ended, at {seen} records of {expected} announced.',
    remedyFr: TRY_AGAIN_FR,
    remedyEn: TRY_AGAIN_EN,
  },
  'oai-loop': {
    severity: 'error',
    fr: 'La liste de {url} tourne en rond : la page {page} redonne ce qui a déjà été donné.',
    en: 'The list of {url} runs in circles: page {page} gives again what was given before.',
    remedyFr: 'Prévenez le partenaire : ses jetons de reprise (resumptionToken) ne font pas avancer la liste.',
    remedyEn: 'Tell the partner: the resumption tokens do not move the list on.',
  },
  'oai-nothing-matches': {
    severity: 'warning',
    fr: '{url} n’a aucune notice pour cette demande (format « {prefix} », ensemble « {set} »).',
    en: '{url} has no record for this request (format “{prefix}”, set “{set}”).',
    remedyFr: 'Vérifiez `options.set` et `options.from` : une majuscule ou un préfixe suffit à tout écarter.',
    remedyEn: 'Check `options.set` and `options.from`: a capital letter or a prefix is enough to exclude all.',
  },
  'oai-last-page-empty': {
    severity: 'info',
    fr: '{url} a terminé sa liste par une page sans notice.',
    en: '{url} ended its list with a page without records.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'oai-last-token-missing': {
    severity: 'info',
    fr: 'La dernière page de {url} ne porte pas le jeton vide qui dit la fin de la liste.',
    en: 'The last page of {url} lacks the empty token that says the end of the list.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'oai-count-differs': {
    severity: 'warning',
    fr: '{url} annonçait {expected} notices (completeListSize) et en a donné {seen}.',
    en: '{url} announced {expected} records (completeListSize) and gave {seen}.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'oai-duplicates': {
    severity: 'info',
    fr: '{url} a donné {count} notices plus d’une fois ; la dernière fait foi.',
    en: '{url} gave {count} records more than once; the last one counts.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'oai-granularity-refused': {
    severity: 'warning',
    fr: '{url} annonce des dates à la seconde et les refuse ; la demande a été faite au jour près.',
    en: '{url} announces dates to the second and refuses them; the request was made by days.',
    remedyFr: 'Écrivez `granularity: YYYY-MM-DD` dans les options de la source.',
    remedyEn: 'Write `granularity: YYYY-MM-DD` in the options of the source.',
  },
  'oai-no-response-date': {
    severity: 'warning',
    fr: '{url} ne dit pas l’heure de sa réponse (responseDate : « {value} ») ; la nôtre est prise.',
    en: '{url} does not say when it answered (responseDate: “{value}”); our own clock is used.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'oai-no-deletions': {
    severity: 'info',
    fr: '{url} n’annonce pas ses suppressions (deletedRecord : {policy}).',
    en: '{url} does not announce its deletions (deletedRecord: {policy}).',
    remedyFr: 'Prévoyez de temps à autre une moisson complète (`--full`), qui seule les révèle.',
    remedyEn: 'Plan a full harvest (`--full`) now and then: it alone reveals them.',
  },
  'oai-scope-changed': {
    severity: 'info',
    fr: 'L’adresse, le format ou l’ensemble de {url} a changé depuis la dernière moisson ; la liste est lue en entier.',
    en: 'The address, format or set of {url} has changed since the last harvest; the whole list is read.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  // One record.
  'oai-record-without-identifier': {
    severity: 'error',
    fr: 'Une notice de {url} n’a pas d’identifiant.',
    en: 'A record of {url} has no identifier.',
    remedyFr: 'Citez cette adresse au partenaire : sans identifiant, la notice ne peut pas être suivie.',
    remedyEn: 'Quote this address to the partner: without an identifier the record cannot be followed.',
  },
  'oai-record-without-metadata': {
    severity: 'error',
    fr: 'La notice « {id} » n’a pas de contenu (metadata), et n’est pas marquée comme supprimée.',
    en: 'Record “{id}” has no metadata, and is not marked as deleted.',
    remedyFr: 'Demandez au partenaire d’en revoir l’export dans ce format.',
    remedyEn: 'Ask the partner to look into its export in this format.',
  },
  'oai-record-capped': {
    severity: 'error',
    fr: 'La notice « {id} » dépasse une limite de lecture ({limit}).',
    en: 'Record “{id}” exceeds a limit of reading ({limit}).',
    remedyFr: 'Vérifiez chez le partenaire qu’une image ou un fichier n’a pas été collé dans un champ de texte.',
    remedyEn: 'Check with the partner that no picture or file was pasted into a text field.',
  },
  // Repairs of XML text, of whatever protocol: what was mended, where first, and how often.
  'xml-repaired-bytes': {
    severity: 'warning',
    fr: '{where} : {count} octets qui ne sont pas de l’UTF-8 ont été lus comme windows-1252.',
    en: '{where}: {count} bytes that are not UTF-8 were read as windows-1252.',
    remedyFr: 'Relisez quelques notices accentuées ; demandez au partenaire d’exporter en UTF-8.',
    remedyEn: 'Look at a few records with accents; ask the partner to export in UTF-8.',
  },
  'xml-repaired-characters': {
    severity: 'warning',
    fr: '{where} : {count} caractères interdits en XML ont été remplacés.',
    en: '{where}: {count} characters that XML forbids were replaced.',
    remedyFr: 'Signalez-le au partenaire : ce sont souvent des restes d’un ancien logiciel.',
    remedyEn: 'Tell the partner: they are often left over from an older program.',
  },
  'xml-repaired-ampersands': {
    severity: 'warning',
    fr: '{where} : {count} signes « & » mal écrits ont été lus tels quels.',
    en: '{where}: {count} badly written “&” signs were read as they stand.',
    remedyFr: 'Signalez-le au partenaire : en XML, « & » s’écrit « &amp; ».',
    remedyEn: 'Tell the partner: in XML “&” is written “&amp;”.',
  },
  'xml-repaired-charset': {
    severity: 'warning',
    fr: '{where} : l’encodage annoncé n’est pas le bon ; le texte a été lu en UTF-8.',
    en: '{where}: the charset announced is not the right one; the text was read as UTF-8.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'xml-repaired-leading': {
    severity: 'info',
    fr: '{where} : quelque chose précède le document XML, et a été laissé de côté.',
    en: '{where}: something stands before the XML document, and was left out.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
  'xml-repaired-trailing': {
    severity: 'info',
    fr: '{where} : quelque chose suit le document XML, et a été laissé de côté.',
    en: '{where}: something stands after the XML document, and was left out.',
    remedyFr: NOTHING_FR,
    remedyEn: NOTHING_EN,
  },
} as const satisfies Readonly<Record<string, Words>>;
