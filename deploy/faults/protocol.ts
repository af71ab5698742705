/** The protocol, badly spoken; and spoken rightly, but in ways that trip readers up. */
import type { Fault } from './fault.ts';
import { onPages } from './rows.ts';

const IDENTIFY = { verb: 'Identify', at: 1 } as const;
const LAST = { at: 5 } as const;
const FIRST = { at: 1 } as const;

export const PROTOCOL_FAULTS: readonly Fault[] = [
  ...onPages('protocol', [
    ['no-last-token', 'La dernière page n’a pas de jeton vide', 'The last page has no empty token', LAST],
    ['last-page-without-records', 'La dernière page est « noRecordsMatch »', 'The last page is noRecordsMatch', LAST],
    [
      'last-page-without-records',
      '« noRecordsMatch » au milieu',
      'noRecordsMatch in mid-list',
      { name: 'no-records-midway', at: 3 },
    ],
    ['bad-argument', 'badArgument au milieu', 'badArgument in mid-list'],
    ['bad-verb', 'badVerb au milieu', 'badVerb in mid-list'],
    ['unknown-error', 'Une erreur que le protocole ne connaît pas', 'An error that the protocol does not know'],
    ['several-errors', 'Plusieurs erreurs à la fois', 'Several errors at once'],
    ['error-beside-records', 'Une erreur à côté des notices', 'An error beside the records'],
    ['wrong-size', 'completeListSize trop grand', 'completeListSize too large', FIRST],
    ['size-too-small', 'completeListSize trop petit', 'completeListSize too small', FIRST],
    ['size-zero', 'completeListSize nul', 'completeListSize zero', FIRST],
    ['size-negative', 'completeListSize négatif', 'completeListSize negative', FIRST],
    ['size-in-words', 'completeListSize en lettres', 'completeListSize in words', FIRST],
    ['no-size', 'Pas de completeListSize', 'No completeListSize', FIRST],
    [
      'skips-a-record',
      'Une notice par page est sautée ; le total est juste',
      'A record a page is skipped; the size is honest',
    ],
    ['repeats-a-record', 'Une notice vient deux fois, sa voisine jamais', 'A record comes twice, its neighbour never'],
    ['same-record-twice', 'La même notice deux fois par page', 'The same record twice on a page'],
    ['no-datestamp', 'Les en-têtes sans date', 'Headers without a datestamp'],
    ['datestamp-with-fractions', 'Dates avec des fractions de seconde', 'Datestamps with fractions of a second'],
    ['datestamp-with-offset', 'Dates avec un décalage horaire', 'Datestamps with an offset'],
    [
      'datestamp-in-days',
      'Dates en jours là où des secondes sont annoncées',
      'Datestamps in days where seconds are announced',
    ],
    ['datestamp-in-words', 'Dates en lettres', 'Datestamps in words'],
    ['no-sets-in-headers', 'Pas de setSpec', 'No setSpec'],
    ['deleted-with-metadata', 'Des suppressions avec des métadonnées', 'Tombstones with metadata'],
    ['with-about', 'Des notices avec « about »', 'Records with about'],
    ['other-verb', 'La réponse à une autre demande', 'The answer to another request'],
    ['wrong-namespace', 'Un autre espace de noms', 'Another namespace'],
    ['no-namespace', 'Sans espace de noms', 'Without a namespace'],
    ['no-request', 'Sans élément request', 'Without a request element'],
    ['no-response-date', 'Sans date de réponse', 'Without a response date', FIRST],
    ['response-date-in-words', 'Date de réponse en lettres', 'A response date in words', FIRST],
  ]),
  ...onPages('protocol', [
    [
      'html',
      'Identify est une page web, les listes vont',
      'Identify is a web page, lists work',
      { ...IDENTIFY, name: 'identify-html' },
    ],
    [
      'server-error',
      'Identify échoue, les listes vont',
      'Identify fails, lists work',
      { ...IDENTIFY, name: 'identify-fails' },
    ],
    [
      'identify-in-days',
      'Identify dit « jours », les dates sont en secondes',
      'Identify says days, datestamps are in seconds',
      IDENTIFY,
    ],
    ['identify-without-granularity', 'Identify sans granularité', 'Identify without a granularity', IDENTIFY],
    ['identify-without-policy', 'Identify sans règle de suppression', 'Identify without a deletion policy', IDENTIFY],
    ['identify-version-1', 'Identify annonce la version 1.1', 'Identify announces version 1.1', IDENTIFY],
    ['earliest-in-the-future', 'earliestDatestamp dans l’avenir', 'earliestDatestamp in the future', IDENTIFY],
    ['earliest-in-words', 'earliestDatestamp en lettres', 'earliestDatestamp in words', IDENTIFY],
    ['no-earliest', 'Sans earliestDatestamp', 'Without earliestDatestamp', IDENTIFY],
  ]),
];
