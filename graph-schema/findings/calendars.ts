/** The words of what can be found in calendars, feeds and transcripts, and about the files that a sheet names. */
import type { Words } from './finding.ts';

const INCOMPLETE_FR =
  'Le fichier est sans doute incomplet : demandez-le à nouveau. Ce qui a été lu avant est gardé, et rien n’est tenu pour disparu.';
const INCOMPLETE_EN =
  'The file is probably incomplete: ask for it again. What was read before is kept, and nothing is held to be gone.';

const CALENDARS = {
  'calendar-none': {
    severity: 'error',
    fr: '{file} n’est pas un agenda iCalendar : BEGIN:VCALENDAR n’y est pas.',
    en: '{file} is no iCalendar: BEGIN:VCALENDAR is not in it.',
    remedyFr: 'Corrigez l’adresse (elle finit souvent par « .ics »), ou « format » dans la source.',
    remedyEn: 'Correct the address (it often ends in “.ics”), or “format” in the source.',
  },
  'calendar-cut-off': {
    severity: 'error',
    fr: '{file} s’arrête au milieu : {missing} manque.',
    en: '{file} breaks off in the middle: {missing} is missing.',
    remedyFr: INCOMPLETE_FR,
    remedyEn: INCOMPLETE_EN,
  },
  'calendar-lines-mended': {
    severity: 'warning',
    fr: '{file} : {count} lignes ne commencent par aucune propriété ; elles sont jointes à celle d’avant (par exemple « {example} »).',
    en: '{file}: {count} lines begin with no property; they are joined to the one before (for example “{example}”).',
    remedyFr: 'Signalez-le au partenaire : son logiciel ne replie pas les longues lignes comme le veut la RFC 5545.',
    remedyEn: 'Tell the partner: its software does not fold long lines as RFC 5545 wants.',
  },
  'calendar-uid-missing': {
    severity: 'warning',
    fr: '{file} : {count} événements n’ont pas de UID ; leur titre et leur début en tiennent lieu.',
    en: '{file}: {count} events have no UID; their title and begin stand for it.',
    remedyFr: 'Un titre ou un horaire changé fera un autre événement : demandez au partenaire de remplir UID.',
    remedyEn: 'A changed title or hour will make another event: ask the partner to fill in UID.',
  },
  'calendar-event-too-large': {
    severity: 'error',
    fr: '{file}, événement {line} : il dépasse {limit} Mo et est écarté.',
    en: '{file}, event {line}: it exceeds {limit} MB and is set aside.',
    remedyFr: 'Une image y est peut-être incluse : demandez au partenaire de la retirer.',
    remedyEn: 'A picture may be embedded in it: ask the partner to take it out.',
  },
  'calendar-uids-unwatched': {
    severity: 'warning',
    fr: '{file} : au-delà de {limit} événements, les exceptions ne sont plus réunies à leur série.',
    en: '{file}: beyond {limit} events, exceptions are no longer brought together with their series.',
    remedyFr: 'Répartissez l’agenda en plusieurs fichiers, par année par exemple.',
    remedyEn: 'Spread the calendar over several files, by year for example.',
  },
  'event-private': {
    severity: 'info',
    fr: 'L’événement {id} est marqué « {class} » par son agenda ; il n’est pas publié, et rien n’en est gardé.',
    en: 'The event {id} is marked “{class}” by its calendar; it is not published, and nothing of it is kept.',
    remedyFr: 'S’il doit être public, changez sa visibilité dans l’agenda.',
    remedyEn: 'If it should be public, change its visibility in the calendar.',
  },
  'event-no-start': {
    severity: 'error',
    fr: 'L’événement {id} n’a pas de début lisible (DTSTART : « {value} »).',
    en: 'The event {id} has no readable begin (DTSTART: “{value}”).',
    remedyFr: 'Donnez-lui une date chez le partenaire.',
    remedyEn: 'Give it a date at the partner’s.',
  },
  'event-ends-before-start': {
    severity: 'warning',
    fr: 'L’événement {id} finit ({end}) avant de commencer ({begin}) ; seul son début est gardé.',
    en: 'The event {id} ends ({end}) before it begins ({begin}); only its begin is kept.',
    remedyFr: 'Corrigez sa fin chez le partenaire.',
    remedyEn: 'Correct its end at the partner’s.',
  },
  'event-same-day-end': {
    severity: 'info',
    fr: 'L’événement {id}, d’une journée entière, finit le jour où il commence ; il est lu comme durant ce jour.',
    en: 'The event {id}, of a whole day, ends on the day it begins; it is read as lasting that day.',
    remedyFr: 'Rien à faire : dans iCalendar, la fin est le lendemain du dernier jour.',
    remedyEn: 'Nothing to do: in iCalendar the end is the day after the last.',
  },
  'event-recurrence-cut': {
    severity: 'warning',
    fr: 'L’événement {id} se répète sans fin, ou trop souvent : ses {count} premières dates sont gardées, du {from} au {until}.',
    en: 'The event {id} repeats without end, or too often: its first {count} dates are kept, from {from} to {until}.',
    remedyFr: 'Donnez une fin à la répétition chez le partenaire, ou « from » et « until » dans les options du format.',
    remedyEn: 'Give the repetition an end at the partner’s, or “from” and “until” in the format’s options.',
  },
  'event-recurrence-unread': {
    severity: 'warning',
    fr: 'L’événement {id} : la règle de répétition « {value} » n’a pas été comprise ; seules les dates écrites sont gardées.',
    en: 'The event {id}: the repetition rule “{value}” was not understood; only the dates written out are kept.',
    remedyFr: 'Corrigez la répétition chez le partenaire, ou écrivez-y les dates une à une.',
    remedyEn: 'Correct the repetition at the partner’s, or write the dates out there.',
  },
  'event-occurrences-differ': {
    severity: 'info',
    fr: 'L’événement {id} : {count} de ses dates ont un autre titre, lieu, texte ou lien ; elles sont gardées sous ceux de la série.',
    en: 'The event {id}: {count} of its dates have another title, place, text or link; they are kept under those of the series.',
    remedyFr: 'Si la différence compte, demandez au partenaire d’en faire un événement à part.',
    remedyEn: 'If the difference matters, ask the partner to make it an event of its own.',
  },
  'event-occurrences-private': {
    severity: 'info',
    fr: 'L’événement {id} : {count} de ses dates ne sont pas marquées publiques ; elles ne paraissent pas.',
    en: 'The event {id}: {count} of its dates are not marked as public; they do not appear.',
    remedyFr: 'Si elles doivent être publiques, changez leur visibilité dans l’agenda.',
    remedyEn: 'If they should be public, change their visibility in the calendar.',
  },
  'event-date-unread': {
    severity: 'warning',
    fr: 'L’événement {id} : {count} dates ajoutées (RDATE) n’ont pas été lues et manquent (par exemple « {value} »).',
    en: 'The event {id}: {count} added dates (RDATE) were not read and are missing (for example “{value}”).',
    remedyFr: 'Corrigez ces dates chez le partenaire : 20241231T180000.',
    remedyEn: 'Correct those dates at the partner’s: 20241231T180000.',
  },
  'event-exception-unread': {
    severity: 'warning',
    fr: 'L’événement {id} : {count} exceptions ({property}) n’ont pas été lues (par exemple « {value} ») : des dates gardées n’auront peut-être pas lieu.',
    en: 'The event {id}: {count} exceptions ({property}) were not read (for example “{value}”): dates that are kept may not take place.',
    remedyFr: 'Vérifiez ses dates ; corrigez ces exceptions chez le partenaire : 20241231T180000.',
    remedyEn: 'Check its dates; correct those exceptions at the partner’s: 20241231T180000.',
  },
  'event-override-unread': {
    severity: 'warning',
    fr: 'L’événement {id} : on ne sait quelle date de la série un changement remplace (RECURRENCE-ID : « {value} ») ; il est laissé de côté.',
    en: 'The event {id}: it is not known which date of the series a change replaces (RECURRENCE-ID: “{value}”); it is left out.',
    remedyFr: 'Vérifiez ses dates ; refaites ce changement dans l’agenda du partenaire.',
    remedyEn: 'Check its dates; make that change again in the partner’s calendar.',
  },
  'event-property-again': {
    severity: 'warning',
    fr: 'L’événement {id} dit {property} plusieurs fois ; le premier est gardé, « {value} » est laissé de côté.',
    en: 'The event {id} says {property} several times; the first is kept, “{value}” is left out.',
    remedyFr: 'Vérifiez l’événement ; demandez au partenaire de ne l’écrire qu’une fois.',
    remedyEn: 'Check the event; ask the partner to write it once only.',
  },
  'event-attachment-left': {
    severity: 'info',
    fr: 'L’événement {id} : {count} pièces jointes ne sont ni image, ni son, ni film, ni PDF à une adresse publique, ou sont trop nombreuses ; elles sont laissées de côté (par exemple « {value} »).',
    en: 'The event {id}: {count} attachments are no picture, sound, film or PDF at a public address, or too many; they are left out (for example “{value}”).',
    remedyFr: 'Rien à faire, ou donnez-en l’adresse dans la description.',
    remedyEn: 'Nothing to do, or give its address in the description.',
  },
  'event-text-cut': {
    severity: 'warning',
    fr: 'L’événement {id} : son texte a {count} caractères ; les {limit} premiers sont gardés.',
    en: 'The event {id}: its text has {count} characters; the first {limit} are kept.',
    remedyFr: 'Raccourcissez-le chez le partenaire.',
    remedyEn: 'Shorten it at the partner’s.',
  },
  'event-repeated': {
    severity: 'warning',
    fr: 'L’événement {id} se trouve {count} fois dans l’agenda ; la version la plus récente est gardée.',
    en: 'The event {id} stands {count} times in the calendar; the latest version is kept.',
    remedyFr: 'Demandez au partenaire un UID pour chaque événement.',
    remedyEn: 'Ask the partner for one UID an event.',
  },
  'event-zone-unknown': {
    severity: 'warning',
    fr: 'L’événement {id} : le fuseau « {zone} » n’est ni connu ni décrit ; l’heure est lue comme celle de {used}.',
    en: 'The event {id}: the time zone “{zone}” is neither known nor described; the hour is read as that of {used}.',
    remedyFr: 'Vérifiez l’heure ; demandez au partenaire d’écrire Europe/Paris.',
    remedyEn: 'Check the hour; ask the partner to write Europe/Paris.',
  },
} as const satisfies Readonly<Record<string, Words>>;

const FEEDS = {
  'feed-none': {
    severity: 'error',
    fr: '{file} n’est ni un flux RSS ni un flux Atom (racine : {root}).',
    en: '{file} is neither an RSS nor an Atom feed (root: {root}).',
    remedyFr: 'Demandez au partenaire l’adresse de son flux : ce n’est pas celle de la page.',
    remedyEn: 'Ask the partner for the address of its feed: it is not that of the page.',
  },
  'feed-broken': {
    severity: 'error',
    fr: '{file} n’est pas un XML bien formé : {reason}.',
    en: '{file} is not well-formed XML: {reason}.',
    remedyFr: INCOMPLETE_FR,
    remedyEn: INCOMPLETE_EN,
  },
  'feed-repaired': {
    severity: 'warning',
    fr: '{file} : {count} réparations ont été faites dans le XML ({kind}).',
    en: '{file}: {count} repairs were made in the XML ({kind}).',
    remedyFr: 'Signalez-le au partenaire.',
    remedyEn: 'Tell the partner.',
  },
  'feed-entry-empty': {
    severity: 'error',
    fr: '{file}, entrée {line} : elle n’a ni identifiant, ni lien, ni titre, ni texte.',
    en: '{file}, entry {line}: it has neither an identifier, a link, a title nor a text.',
    remedyFr: 'Demandez au partenaire de remplir guid (RSS) ou id (Atom).',
    remedyEn: 'Ask the partner to fill in guid (RSS) or id (Atom).',
  },
  'feed-ids-missing': {
    severity: 'warning',
    fr: '{file} : {count} entrées n’ont ni identifiant ni lien ; leur titre et leur date en tiennent lieu.',
    en: '{file}: {count} entries have neither an identifier nor a link; their title and date stand for it.',
    remedyFr: 'Un titre changé fera une autre entrée : demandez au partenaire de remplir guid (RSS) ou id (Atom).',
    remedyEn: 'A changed title will make another entry: ask the partner to fill in guid (RSS) or id (Atom).',
  },
  'feed-event-undated': {
    severity: 'info',
    fr: 'L’entrée {id} ne dit pas à part quand l’événement a lieu ; il est gardé sans date.',
    en: 'The entry {id} does not say apart when the event takes place; it is kept without a date.',
    remedyFr: 'Préférez l’agenda du partenaire (iCalendar, OpenAgenda), ou lisez ce flux comme des ressources.',
    remedyEn: 'Prefer the partner’s calendar (iCalendar, OpenAgenda), or read this feed as resources.',
  },
  'feed-entry-too-large': {
    severity: 'error',
    fr: '{file}, entrée {line} : elle dépasse une limite ({reason}) et est écartée.',
    en: '{file}, entry {line}: it exceeds a limit ({reason}) and is set aside.',
    remedyFr: 'Une image y est peut-être incluse : demandez au partenaire un lien à la place.',
    remedyEn: 'A picture may be embedded in it: ask the partner for a link instead.',
  },
} as const satisfies Readonly<Record<string, Words>>;

const TRANSCRIPTS = {
  'cues-none': {
    severity: 'error',
    fr: '{file} n’est pas une transcription WebVTT ou SRT : aucun passage minuté n’y est lisible.',
    en: '{file} is no WebVTT or SRT transcript: no timed passage can be read in it.',
    remedyFr: 'Exportez les sous-titres en .vtt ou .srt ; un texte sans minutage va dans une description.',
    remedyEn: 'Export the subtitles as .vtt or .srt; a text without times belongs in a description.',
  },
  'cues-times-unread': {
    severity: 'warning',
    fr: '{count} passages ont un minutage illisible et sont laissés de côté (par exemple « {example} »).',
    en: '{count} passages have unreadable times and are left out (for example “{example}”).',
    remedyFr: 'Corrigez ces lignes : 00:01:02.500 --> 00:01:05.000.',
    remedyEn: 'Correct those lines: 00:01:02.500 --> 00:01:05.000.',
  },
  'cues-end-before-begin': {
    severity: 'warning',
    fr: '{count} passages finissent avant de commencer (par exemple « {example} ») ; leur fin est mise à leur début.',
    en: '{count} passages end before they begin (for example “{example}”); their end is set to their begin.',
    remedyFr: 'Corrigez leur minutage chez le partenaire.',
    remedyEn: 'Correct their times at the partner’s.',
  },
  'cues-speakers-left-out': {
    severity: 'info',
    fr: 'Les noms des personnes qui parlent ({count} mentions) ne sont pas repris.',
    en: 'The names of the persons who speak ({count} mentions) are not taken over.',
    remedyFr: 'Rien à faire : un nom de personne ne paraît qu’avec son accord.',
    remedyEn: 'Nothing to do: a person’s name appears only with consent.',
  },
  'cues-too-many': {
    severity: 'warning',
    fr: 'La transcription a plus de {limit} passages ; les suivants ({count}) sont laissés de côté.',
    en: 'The transcript has more than {limit} passages; those after them ({count}) are left out.',
    remedyFr: 'Partagez l’enregistrement et sa transcription en plusieurs parties.',
    remedyEn: 'Split the recording and its transcript into several parts.',
  },
} as const satisfies Readonly<Record<string, Words>>;

const ATTACHMENTS = {
  'attachment-missing': {
    severity: 'warning',
    fr: '{file}, ligne {line} : le fichier « {name} » (colonne {column}) ne se trouve pas ; la notice est gardée sans lui.',
    en: '{file}, line {line}: the file “{name}” (column {column}) is not found; the record is kept without it.',
    remedyFr: 'Déposez-le à côté de la feuille, sous ce nom exact, ou corrigez la cellule.',
    remedyEn: 'Put it beside the sheet, under exactly that name, or correct the cell.',
  },
  'attachment-outside': {
    severity: 'warning',
    fr: '{file}, ligne {line} : « {name} » (colonne {column}) mène hors du dossier, de l’archive ou du site de la feuille ; il n’est pas lu.',
    en: '{file}, line {line}: “{name}” (column {column}) leads outside the folder, archive or site of the sheet; it is not read.',
    remedyFr: 'Déposez le fichier à côté de la feuille, et n’écrivez que son nom.',
    remedyEn: 'Put the file beside the sheet, and write its name only.',
  },
  'attachment-too-large': {
    severity: 'warning',
    fr: '{file}, ligne {line} : « {name} » (colonne {column}) dépasse {limit} Mo ; la notice est gardée sans lui.',
    en: '{file}, line {line}: “{name}” (column {column}) exceeds {limit} MB; the record is kept without it.',
    remedyFr: 'Un texte est attendu (transcription) ; partagez-le s’il est si long.',
    remedyEn: 'A text is expected (a transcript); split it if it is that long.',
  },
  'attachment-unread': {
    severity: 'warning',
    fr: '{file}, ligne {line} : « {name} » (colonne {column}) n’est pas un texte lisible ({reason}) ; la notice est gardée sans lui.',
    en: '{file}, line {line}: “{name}” (column {column}) is no readable text ({reason}); the record is kept without it.',
    remedyFr: 'Déposez la transcription en texte : .vtt ou .srt.',
    remedyEn: 'Put the transcript there as text: .vtt or .srt.',
  },
  'attachment-column-absent': {
    severity: 'warning',
    fr: 'Aucune ligne de {where} ne remplit la colonne « {column} », que « options.attach » nomme.',
    en: 'No row of {where} fills the column “{column}”, which “options.attach” names.',
    remedyFr: 'Corrigez le nom de la colonne dans « options.attach ».',
    remedyEn: 'Correct the name of the column in “options.attach”.',
  },
  'attachment-not-a-table': {
    severity: 'error',
    fr: '« options.attach » ne vaut que pour des feuilles ; le format « {format} » n’a pas de colonnes.',
    en: '“options.attach” is for sheets only; the format “{format}” has no columns.',
    remedyFr: 'Retirez « options.attach », ou prenez le format table.',
    remedyEn: 'Remove “options.attach”, or use the format table.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const CALENDAR_FINDINGS = {
  ...CALENDARS,
  ...FEEDS,
  ...TRANSCRIPTS,
  ...ATTACHMENTS,
} as const satisfies Readonly<Record<string, Words>>;
