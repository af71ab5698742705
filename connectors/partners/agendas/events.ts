/**
 * What the agendas of the demonstration hold, as lines of iCalendar. Every event says that it is made up and stands in a commune that the report names;
 * the report's own dates are those of the Journées Européennes du Patrimoine. It gives none for the mills, the week of industry and the Fête de la science: theirs
 * are made up too, in 2030, and each event says so.
 */
import { COMMUNES } from '../demonstration/communes.ts';
import { demonstrationMuseum } from '../pop/notices.ts';
import { seededRandom } from '../webmuseo/random.ts';

export type AgendaName = 'membre' | 'musee' | 'moulins' | 'semaine-industrie' | 'fete-de-la-science';

const MADE_UP = 'Entrée de démonstration\\, engendrée : elle ne décrit rien qui existe.';
const DATE_TOO = `${MADE_UP} Sa date aussi est inventée.`;

export interface Agenda {
  readonly title: string;
  /** The lines of each VEVENT, without BEGIN and END. */
  readonly events: readonly (readonly string[])[];
}

export const AGENDAS: Readonly<Record<AgendaName, () => Agenda>> = {
  membre: () => ({ title: 'Agenda d’un membre (démonstration)', events: member() }),
  musee: () => ({ title: 'Agenda d’un musée (démonstration)', events: ofOneMuseum() }),
  moulins: () => ({
    title: 'Journées du Patrimoine de Pays et des Moulins (démonstration)',
    events: allDay('moulins', 24, 'Visite d’un moulin de démonstration', ['20300112', '20300114'], 'Moulins'),
  }),
  'semaine-industrie': () => ({
    title: 'Semaine de l’industrie (démonstration)',
    events: hours('industrie', 30, 'Visite d’atelier de démonstration', 14, 'Europe/Paris'),
  }),
  'fete-de-la-science': () => ({
    title: 'Fête de la science (démonstration)',
    events: hours('science', 40, 'Atelier scientifique de démonstration', 21, 'Romance Standard Time'),
  }),
};

const uid = (agenda: string, rank: number | string): string => `${agenda}-${rank}@demonstration.example.org`;

function place(seed: string): string {
  const { name } = seededRandom(seed).pick(COMMUNES);
  return `LOCATION:Lieu de démonstration\\, ${name}`;
}

/** What a small museum keeps in its own calendar: openings that repeat, a date that was moved, one that was cancelled, a meeting that is private. */
function member(): readonly (readonly string[])[] {
  const opening = uid('membre', 'ouverture');
  const common = ['CATEGORIES:Visite', place('membre'), 'ORGANIZER;CN=Accueil:mailto:accueil@example.org'];
  const at = (when: string) => `TZID=Europe/Paris:${when}`;
  return [
    [
      `UID:${opening}`,
      'SUMMARY:Ouverture du premier dimanche (démonstration)',
      `DTSTART;${at('20240107T140000')}`,
      `DTEND;${at('20240107T180000')}`,
      'RRULE:FREQ=MONTHLY;BYDAY=1SU;UNTIL=20241231T225959Z',
      `EXDATE;${at('20240804T140000')}`,
      `DESCRIPTION:${MADE_UP}`,
      ...common,
    ],
    [
      `UID:${opening}`,
      `RECURRENCE-ID;${at('20240407T140000')}`,
      'SUMMARY:Ouverture du premier dimanche (démonstration)',
      `DTSTART;${at('20240414T140000')}`,
      `DTEND;${at('20240414T180000')}`,
      `DESCRIPTION:${MADE_UP}`,
      ...common,
    ],
    [
      `UID:${opening}`,
      `RECURRENCE-ID;${at('20240602T140000')}`,
      'STATUS:CANCELLED',
      'SUMMARY:Ouverture du premier dimanche (démonstration)',
      `DTSTART;${at('20240602T140000')}`,
    ],
    [
      `UID:${uid('membre', 'patrimoine')}`,
      'SUMMARY:Journées Européennes du Patrimoine : portes ouvertes (démonstration)',
      'DTSTART;VALUE=DATE:20240921',
      'DTEND;VALUE=DATE:20240923',
      `DESCRIPTION:${MADE_UP}`,
      ...common,
    ],
    [
      `UID:${uid('membre', 'atelier')}`,
      'SUMMARY:Atelier d’été (démonstration)',
      'DTSTART:20240710T080000Z',
      'DURATION:PT2H30M',
      'RRULE:FREQ=WEEKLY;COUNT=6',
      `DESCRIPTION:${MADE_UP}`,
      ...common,
    ],
    [
      `UID:${uid('membre', 'annule')}`,
      'SUMMARY:Conférence (démonstration)',
      `DTSTART;${at('20241005T180000')}`,
      'STATUS:CANCELLED',
      `DESCRIPTION:${MADE_UP}`,
      ...common,
    ],
    [
      `UID:${uid('membre', 'reunion')}`,
      'SUMMARY:Réunion du bureau (démonstration)',
      `DTSTART;${at('20240912T180000')}`,
      'CLASS:PRIVATE',
    ],
  ];
}

/** What a museum announces in its own house. */
function ofOneMuseum(): readonly (readonly string[])[] {
  const { title, town } = demonstrationMuseum(1);
  return ['Visite guidée', 'Démonstration de tissage'].map((what, index) => [
    `UID:${uid('musee', index + 1)}`,
    `SUMMARY:${what} (démonstration)`,
    `DTSTART;TZID=Europe/Paris:203001${13 + index}T140000`,
    `DTEND;TZID=Europe/Paris:203001${13 + index}T160000`,
    `LOCATION:${title}\\, ${town}`,
    `DESCRIPTION:${DATE_TOO}`,
  ]);
}

function allDay(
  agenda: string,
  count: number,
  title: string,
  [begin, end]: readonly [string, string],
  category: string,
): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, index) => [
    `UID:${uid(agenda, index + 1)}`,
    `SUMMARY:${title} n° ${index + 1}`,
    `DTSTART;VALUE=DATE:${begin}`,
    `DTEND;VALUE=DATE:${end}`,
    `CATEGORIES:${category}`,
    place(`${agenda} ${index}`),
    `DESCRIPTION:${DATE_TOO}`,
  ]);
}

/** Events of two hours, spread over a week of January 2030 from a day on. */
function hours(
  agenda: string,
  count: number,
  title: string,
  day: number,
  zone: string,
): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, index) => {
    const date = `203001${String(day + (index % 7)).padStart(2, '0')}`;
    const hour = 9 + (index % 8);
    const at = (when: number) => `TZID=${zone}:${date}T${String(when).padStart(2, '0')}0000`;
    return [
      `UID:${uid(agenda, index + 1)}`,
      `SUMMARY:${title} n° ${index + 1}`,
      `DTSTART;${at(hour)}`,
      `DTEND;${at(hour + 2)}`,
      place(`${agenda} ${index}`),
      `URL:https://example.org/${agenda}/${index + 1}`,
      `DESCRIPTION:${DATE_TOO}`,
      `STATUS:${index % 10 === 9 ? 'TENTATIVE' : 'CONFIRMED'}`,
    ];
  });
}
