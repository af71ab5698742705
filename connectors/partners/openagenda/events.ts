/**
 * What the agendas of the demonstration hold. Every event says that it is made up, and stands in a commune that the report names, at no address. The days are those
 * that the report gives for the operation; where it gives none they are made up too, in 2030, and the event says so.
 */
import { COMMUNES, type Commune } from '../demonstration/communes.ts';
import { seededRandom } from '../webmuseo/random.ts';

interface Operation {
  readonly agenda: number;
  readonly title: string;
  /** Where the numbers of its events begin. */
  readonly from: number;
  readonly events: number;
  /** Absent where the report gives none. */
  readonly days?: readonly string[];
  /** The codes of the communes where it takes place; absent: any that the report names. */
  readonly communes?: readonly string[];
  /** Another agenda that takes over its last event. */
  readonly sharedWith?: number;
}

const days = (month: string, first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${month}-${String(first + index).padStart(2, '0')}`);

/** No operation has announced anything for then. */
const MADE_UP_DAYS = days('2030-01', 7, 5);
const IN_OISE = COMMUNES.filter(({ insee }) => insee.startsWith('60')).map(({ insee }) => insee);

export const OPERATIONS: readonly Operation[] = [
  {
    agenda: 9001,
    title: 'Journées Européennes du Patrimoine',
    from: 100,
    events: 40,
    days: days('2024-09', 21, 2),
    sharedWith: 9002,
  },
  { agenda: 9002, title: 'Journées Européennes des Métiers d’Art', from: 200, events: 24, days: days('2024-04', 2, 6) },
  { agenda: 9003, title: 'Tourissima', from: 300, events: 12, days: days('2024-01', 26, 3), communes: ['59350'] },
  {
    agenda: 9004,
    title: 'Journées du Patrimoine de Pays et des Moulins',
    from: 400,
    events: 24,
    sharedWith: 9001,
  },
  { agenda: 9005, title: 'Terres en Fête', from: 500, events: 9, days: days('2024-06', 7, 3), communes: ['62817'] },
  { agenda: 9006, title: 'Semaine de l’industrie', from: 600, events: 20 },
  { agenda: 9007, title: 'Fête de la science', from: 700, events: 30, sharedWith: 9006 },
  // One agenda of several operations, as a federation of associations keeps it.
  {
    agenda: 9008,
    title: 'Salon International des Métiers d’Art',
    from: 800,
    events: 9,
    days: days('2024-11', 15, 3),
    communes: ['62498'],
    sharedWith: 9002,
  },
  {
    agenda: 9008,
    title: 'Marché Artisanal de l’Oise',
    from: 820,
    events: 6,
    days: days('2024-04', 6, 2),
    communes: ['60057'],
  },
  {
    agenda: 9008,
    title: 'Rencontres Internationales de Cerfs-Volants',
    from: 840,
    events: 9,
    days: days('2024-04', 20, 9),
    communes: ['62108'],
  },
  {
    agenda: 9008,
    title: 'Mill Fest',
    from: 860,
    events: 3,
    days: ['2024-04-27'],
    communes: ['62361'],
    sharedWith: 9004,
  },
  { agenda: 9008, title: 'Karyole Feest', from: 880, events: 3, days: ['2024-09-01'], communes: ['59309'] },
  {
    agenda: 9008,
    title: 'Village estival de l’Oise',
    from: 890,
    events: 8,
    days: [...days('2024-07', 9, 3), '2024-07-16'],
    communes: IN_OISE,
  },
  { agenda: 9009, title: 'Agenda d’un membre', from: 900, events: 12, sharedWith: 9001 },
];

export const AGENDAS: readonly number[] = [...new Set(OPERATIONS.map(({ agenda }) => agenda))];

export type StandEvent = { readonly [key: string]: unknown } & { readonly uid: number; readonly updatedAt: string };

/** The events of an agenda, published ones and others, its own and those that it took over, by number; undefined for an agenda that is not there. */
export function eventsOf(agenda: number): readonly StandEvent[] | undefined {
  if (!AGENDAS.includes(agenda)) return undefined;
  return OPERATIONS.flatMap((operation) => {
    const own = Array.from({ length: operation.events }, (_, rank) => eventAt(operation, rank));
    if (operation.agenda === agenda) return own;
    return operation.sharedWith === agenda ? own.slice(-1) : [];
  });
}

/** Not given to whom has a public key: the API shows published events alone. */
export function isShown({ state, draft, private: hidden }: StandEvent): boolean {
  return state === 2 && draft !== 1 && hidden !== 1;
}

const MADE_UP = 'Entrée de démonstration, engendrée : elle ne décrit rien qui existe.';

function placeOf({ communes }: Operation, pick: <T>(list: readonly T[]) => T): Commune {
  const named = communes === undefined ? COMMUNES : COMMUNES.filter(({ insee }) => communes.includes(insee));
  return pick(named);
}

/** Winter time until the last Sunday of March and from that of October on. */
function offsetOn(day: string): string {
  return day >= '2024-03-31' && day < '2024-10-27' ? '+02:00' : '+01:00';
}

function eventAt(operation: Operation, rank: number): StandEvent {
  const random = seededRandom(`openagenda ${operation.from} ${rank}`);
  const commune = placeOf(operation, random.pick);
  const day = random.pick(operation.days ?? MADE_UP_DAYS);
  const hour = random.int(9, 16);
  const at = (when: number) => `${day}T${String(when).padStart(2, '0')}:00:00.000${offsetOn(day)}`;
  const uid = operation.from + rank;
  return {
    uid,
    slug: `demonstration-${uid}`,
    title: {
      fr: `${operation.title} : visite de démonstration n° ${rank + 1}`,
      en: `Demonstration visit no. ${rank + 1}`,
    },
    description: { fr: operation.days === undefined ? `${MADE_UP} Sa date aussi est inventée.` : MADE_UP },
    longDescription: { fr: '**Visite** de démonstration.\n\n* une salle\n* un atelier' },
    keywords: { fr: ['démonstration', operation.title] },
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
      { type: 'link', value: `https://example.org/inscription/${uid}` },
    ],
    originAgenda: { uid: operation.agenda, title: `${operation.title} (démonstration)` },
    location: {
      uid: Number(commune.insee.replace(/\D/g, '9')),
      name: 'Lieu de démonstration',
      address: commune.name,
      city: commune.name,
      insee: commune.insee,
      countryCode: 'FR',
      latitude: null,
      longitude: null,
    },
    updatedAt: new Date(Date.UTC(2024, 11, 31, 12) + uid * 1000).toISOString(),
  };
}
