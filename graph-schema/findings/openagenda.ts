/** The words of what can be found in the events of OpenAgenda. */
import type { Words } from './finding.ts';

export const OPENAGENDA_FINDINGS = {
  'openagenda-not-published': {
    severity: 'info',
    fr: 'L’événement {id} n’est pas publié par son agenda ({reason}) ; il n’est pas montré.',
    en: 'The event {id} is not published by its agenda ({reason}); it is not shown.',
    remedyFr: 'S’il doit être public, publiez-le dans OpenAgenda.',
    remedyEn: 'If it should be public, publish it in OpenAgenda.',
  },
  'openagenda-timings-many': {
    severity: 'warning',
    fr: 'L’événement {id} a {count} dates ; les {limit} premières sont gardées.',
    en: 'The event {id} has {count} dates; the first {limit} are kept.',
    remedyFr: 'Demandez au partenaire d’en faire plusieurs événements.',
    remedyEn: 'Ask the partner to make several events of it.',
  },
} as const satisfies Readonly<Record<string, Words>>;
