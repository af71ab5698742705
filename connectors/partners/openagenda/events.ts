/**
 * What the agendas of the demonstration hold. Every event says that it is made up, and stands in a commune that the report names, at no address; the dates
 * are those that the report gives for the operation.
 */
import { COMMUNES } from '../demonstration/communes.ts';
import { seededRandom } from '../webmuseo/random.ts';

interface Operation {
  readonly agenda: number;
  readonly title: string;
  /** Where the numbers of its events begin. */
  readonly from: number;
  readonly events: number;
  readonly days: readonly string[];
}

const days = (month: string, first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${month}-${String(first + index).padStart(2, '0')}`);

export const OPERATIONS: readonly Operation[] = [
  { agenda: 9001, title: 'Journées Européennes du Patrimoine', from: 100, events: 40, days: days('2024-09', 21, 2) },
  { agenda: 9002, title: 'Journées Européennes des Métiers d’Art', from: 200, events: 24, days: days('2024-04', 2, 6) },
  { agenda: 9003, title: 'Tourissima', from: 300, events: 12, days: days('2024-01', 26, 3) },
];

export type StandEvent = { readonly [key: string]: unknown } & { readonly uid: number };

/** The events of an agenda, published ones and others; undefined for an agenda that is not there. The last of the first agenda stands in the second too. */
export function eventsOf(agenda: number): readonly StandEvent[] | undefined {
  const operation = OPERATIONS.find((one) => one.agenda === agenda);
  if (!operation) return undefined;
  const own = Array.from({ length: operation.events }, (_, rank) => eventAt(operation, rank));
  const [first] = OPERATIONS;
  return first && agenda === OPERATIONS[1]?.agenda ? [...own, eventAt(first, first.events - 1)] : own;
}

/** Not given to whom has a public key: the API shows published events alone. */
export function isShown({ state, draft, private: hidden }: StandEvent): boolean {
  return state === 2 && draft !== 1 && hidden !== 1;
}

function eventAt(operation: Operation, rank: number): StandEvent {
  const random = seededRandom(`openagenda ${operation.agenda} ${rank}`);
  const commune = random.pick(COMMUNES);
  const day = random.pick(operation.days);
  // Winter time until the last Sunday of March, summer time after it.
  const offset = operation.days[0]?.startsWith('2024-01') ? '+01:00' : '+02:00';
  const hour = random.int(9, 16);
  const at = (when: number) => `${day}T${String(when).padStart(2, '0')}:00:00.000${offset}`;
  return {
    uid: operation.from + rank,
    slug: `demonstration-${operation.from + rank}`,
    title: {
      fr: `${operation.title} : visite de démonstration n° ${rank + 1}`,
      en: `Demonstration visit no. ${rank + 1}`,
    },
    description: { fr: 'Entrée de démonstration, engendrée : elle ne décrit rien qui existe.' },
    longDescription: { fr: '**Visite** de démonstration.\n\n* une salle\n* un atelier' },
    keywords: { fr: ['démonstration'] },
    timings: [{ begin: at(hour), end: at(hour + 2) }],
    timezone: 'Europe/Paris',
    status: rank % 10 === 9 ? 6 : 1,
    state: rank === 3 ? 1 : 2,
    draft: rank === 4 ? 1 : 0,
    private: rank === 5 ? 1 : 0,
    attendanceMode: 1,
    accessibility: { ii: false, hi: rank % 3 === 0, vi: false, pi: false, mi: rank % 2 === 0 },
    registration: [
      { type: 'email', value: 'demonstration@example.org' },
      { type: 'link', value: `https://example.org/inscription/${operation.from + rank}` },
    ],
    location: {
      uid: operation.agenda,
      name: 'Lieu de démonstration',
      address: commune.name,
      city: commune.name,
      insee: commune.insee,
      countryCode: 'FR',
      latitude: null,
      longitude: null,
    },
    updatedAt: '2024-12-31T12:00:00.000Z',
  };
}
