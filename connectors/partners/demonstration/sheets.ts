/**
 * What the report only counts, and what it keeps to itself, filled with demonstration entries: the sites of the Pass'Musées, the dates of a thematic
 * operation, testimonies, visit offers, members, collectors, audits. Each entry says that it is one; it names no real person, firm or address,
 * and stands in a commune that the report names.
 */
import { demonstrationMuseum } from '../pop/notices.ts';
import { seededRandom } from '../webmuseo/random.ts';
import { COMMUNES, type Commune } from './communes.ts';

/** What every made-up entry says. */
export const MADE_UP = 'Entrée de démonstration, engendrée : elle ne décrit rien qui existe.';

/** A sheet as a volunteer puts it online: its columns, and its rows by column. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ABROAD = ['Belgique, Mouscron', 'Belgique, Tournai', 'Belgique, Comines', 'Belgique, Bernissart'];
const TRADES = ['tisserand', 'mineur', 'meunier', 'brasseur', 'dentellière', 'forgeron', 'agriculteur', 'pêcheur'];

/** The report's figures (pages 3, 14, 21, 39). */
export const COUNTS = {
  sites: 120,
  creditAgricole: 11,
  rewardsForAll: 12,
  operationDates: 65,
  routePoints: 35,
  testimonies: 54,
  /** The channel's feed names the latest of them; the sheet has the others. */
  testimoniesInFeed: 15,
  persons: 117,
  bodies: 119,
} as const;

const count = (total: number): readonly number[] => Array.from({ length: total }, (_, index) => index + 1);
const communeOf = (seed: string, rank: number): Commune => seededRandom(`${seed} ${rank}`).pick(COMMUNES);
const day = (date: Date): string => date.toISOString().slice(0, 10);

export const MUSEUM_ID = 'musee-demonstration-1';
export const siteId = (rank: number): string => `site-demonstration-${rank}`;

function sites(): Sheet {
  const columns = [
    'Identifiant',
    'Nom',
    'Nature',
    'Code INSEE',
    'Lieu sans code INSEE',
    'Horaires',
    'Tarif',
    'Présentation',
  ];
  const museum = demonstrationMuseum(1);
  const rows = count(COUNTS.sites).map((rank) => {
    if (rank === 1) return [siteId(1), museum.title, 'musée', museum.insee, '', '', '3,50 €', MADE_UP];
    const abroad = rank % 20 === 0 ? (ABROAD[(rank / 20) % ABROAD.length] ?? '') : '';
    const commune = communeOf('site', rank);
    const where = abroad === '' ? commune.name : abroad;
    const price = rank % 3 === 0 ? 'gratuit' : rank % 3 === 1 ? '3,50 €' : 'de 3 à 5 €';
    return [
      siteId(rank),
      `Site de démonstration du Pass’Musées n° ${rank} (${where})`,
      'musée',
      abroad === '' ? commune.insee : '',
      abroad,
      'du mardi au dimanche, de 14 h à 18 h',
      price,
      MADE_UP,
    ];
  });
  return { columns, rows };
}

/** The sheet that one museum keeps of itself. Muséofile, the Pass'Musées and its own agenda tell of the same one. */
function museumOfItself(): Sheet {
  const { title, insee, town } = demonstrationMuseum(1);
  return {
    columns: ['Identifiant', 'Nom', 'Commune', 'Code INSEE', 'Horaires', 'Tarif', 'Présentation'],
    rows: [
      [
        MUSEUM_ID,
        `${title} (${town})`,
        town,
        insee,
        'du mercredi au dimanche, de 14 h à 18 h',
        '4 €, réduit 2 €',
        MADE_UP,
      ],
    ],
  };
}

/** The offers are the report's; who takes part is made up, for the report gives numbers alone. */
function participants(): Sheet {
  const first = (total: number): string => count(total).map(siteId).join(',');
  return {
    columns: ['Identifiant', 'Nom', 'Participants'],
    rows: [
      ['offre-pass-musees', 'Pass’Musées', first(COUNTS.sites)],
      [
        'offre-credit-agricole-societaires',
        'Entrées gratuites pour les sociétaires du Crédit Agricole Nord de France',
        first(COUNTS.creditAgricole),
      ],
      ['offre-rewards-for-all', 'Rewards For All', first(COUNTS.rewardsForAll)],
    ],
  };
}

function operationDates(): Sheet {
  const columns = ['N°', 'Intitulé', 'Date', 'Horaires', 'Code INSEE', 'Lieu', 'Tarif', 'Programme', 'Présentation'];
  // From December 2023 to the end of 2024, as the report says.
  const begin = Date.UTC(2023, 10, 26);
  const rows = count(COUNTS.operationDates).map((rank) => {
    const commune = communeOf('operation', rank);
    const [year = '', month = '', date = ''] = day(new Date(begin + rank * 6 * 86_400_000)).split('-');
    return [
      String(rank),
      `Rendez-vous de démonstration n° ${rank} – De l’échoppe à l’e-shop`,
      `${date}/${month}/${year}`,
      'de 14h à 18h',
      commune.insee,
      commune.name,
      rank % 2 === 0 ? 'gratuit' : '3,50 €',
      'programme-echoppe-e-shop',
      MADE_UP,
    ];
  });
  return { columns, rows };
}

/** As many a year as the report says, from the earliest on; its years add up to 57, its total is 54: the latest are three fewer. */
const TESTIMONIES_A_YEAR: readonly (readonly [year: number, count: number])[] = [
  [2019, 13],
  [2020, 6],
  [2021, 4],
  [2022, 3],
  [2023, 9],
  [2024, 19],
];

export function testimonyYears(): readonly number[] {
  return TESTIMONIES_A_YEAR.flatMap(([year, times]) => count(times).map(() => year));
}

/** Every third has its transcript beside the sheet. */
const hasTranscript = (rank: number): boolean => rank % 3 === 1;

const CONSENT_COLUMNS = ['Accord signé le', 'Accord pour', 'Accord jusqu’au'];

/** When, what for, until when; empty where nobody has agreed. Made up, as the persons are. */
function consent(isGiven: boolean): readonly string[] {
  return isGiven ? ['15/01/2026', 'archives ; publication', ''] : ['', '', ''];
}

function testimonies(): Sheet {
  const columns = [
    'N°',
    'Titre',
    'Année',
    'Métier',
    'Code INSEE',
    'Durée',
    'Consentement',
    'Transcription',
    'Présentation',
    ...CONSENT_COLUMNS,
  ];
  const rows = testimonyYears()
    .slice(0, COUNTS.testimonies - COUNTS.testimoniesInFeed)
    .map((year, index) => {
      const rank = index + 1;
      return [
        String(rank),
        `Témoignage de démonstration n° ${rank}`,
        String(year),
        TRADES[rank % TRADES.length] ?? '',
        communeOf('testimony', rank).insee,
        `${8 + (rank % 30)} min`,
        // Two witnesses have not agreed yet: theirs are never shown.
        rank === 5 || rank === 23 ? 'non' : 'oui',
        hasTranscript(rank) ? `temoignage-${rank}.vtt` : '',
        MADE_UP,
        ...consent(rank !== 5 && rank !== 23),
      ];
    });
  return { columns, rows };
}

/** The transcript of a testimony, as WebVTT; undefined where it has none. */
export function transcript(rank: number): string | undefined {
  if (!hasTranscript(rank) || rank > COUNTS.testimonies - COUNTS.testimoniesInFeed) return undefined;
  const trade = TRADES[rank % TRADES.length] ?? '';
  return [
    'WEBVTT',
    '',
    '00:00:01.000 --> 00:00:06.500',
    `Ceci est un témoignage de démonstration sur le métier de ${trade}.`,
    '',
    '00:01:12.000 --> 00:01:18.000',
    'Personne ne parle ici : le texte est engendré.',
    '',
  ].join('\n');
}

function visitOffers(): Sheet {
  const columns = [
    'Référence',
    'Visite',
    'Proposée par',
    'Durée',
    'Tarif',
    'Niveaux',
    'Valable du',
    'Valable jusqu’au',
    'Conditions',
  ];
  const rows = count(8).map((rank) => [
    `visite-demonstration-${rank}`,
    `Visite d’entreprise de démonstration n° ${rank}`,
    siteId(rank * 7),
    `${1 + (rank % 2)} h`,
    rank % 2 === 0 ? '5 € par élève' : 'gratuit',
    '4e, 3e, 2de',
    '01/09/2026',
    '30/06/2027',
    MADE_UP,
  ]);
  return { columns, rows };
}

function academies(): Sheet {
  const columns = ['Référence', 'Titre', 'Nature', 'Niveaux', 'Métiers', 'Présentation'];
  const rows = count(6).map((rank) => [
    `ressource-academie-demonstration-${rank}`,
    `Ressource de démonstration n° ${rank} pour les enseignants`,
    rank % 2 === 0 ? 'fiche pédagogique' : 'dossier',
    rank % 2 === 0 ? 'cycle 4' : '2de, 1re, Tle',
    TRADES[rank % TRADES.length] ?? '',
    MADE_UP,
  ]);
  return { columns, rows };
}

/** Which points make the textile route of ICI-AVANT: the report counts them; they come from that partner's own stand. */
function routePoints(): Sheet {
  const ranks = count(COUNTS.routePoints);
  return {
    columns: ['Identifiant', 'Nom', 'Étapes', 'Rangs'],
    rows: [
      [
        'circuit-ici-avant-textile',
        'ICI-AVANT : parcours Textile',
        ranks.map((rank) => `demo-textile-${rank}`).join(','),
        ranks.join(','),
      ],
    ],
  };
}

/** Private: harvested, and shown to nobody. */
function members(): Sheet {
  const columns = ['N° d’adhérent', 'Adhérent', 'Nature', 'Adhésion', 'Territoire'];
  const territories = ['Aisne', 'Artois', 'Douaisis', 'Littoral', 'Oise'];
  const rows = count(COUNTS.persons + COUNTS.bodies).map((rank) => [
    String(rank),
    `Adhérent de démonstration n° ${rank}`,
    rank <= COUNTS.persons ? 'personne physique' : 'personne morale',
    String(2024 - (rank % 20)),
    territories[rank % territories.length] ?? '',
  ]);
  return { columns, rows };
}

/** Private. */
function collectors(): Sheet {
  return {
    columns: ['Référence', 'Collection', 'Thème', 'Consentement', ...CONSENT_COLUMNS],
    rows: count(4).map((rank) => [
      `collection-demonstration-${rank}`,
      `Collection privée de démonstration n° ${rank}`,
      TRADES[rank] ?? '',
      rank === 1 ? 'oui' : 'non',
      ...consent(rank === 1),
    ]),
  };
}

/** Private to stewards: what an audit found, of sites that do not exist. */
function audits(): Sheet {
  const columns = ['Référence', 'Audit', 'Structure', 'Date', 'Critères examinés', 'Remarques'];
  const rows = count(5).map((rank) => [
    `audit-demonstration-${rank}`,
    `Audit de démonstration n° ${rank}`,
    siteId(rank),
    `${String(rank).padStart(2, '0')}/03/2026`,
    '353',
    MADE_UP,
  ]);
  return { columns, rows };
}

/** By the name under which each is served, without `.csv`. */
export const SHEETS: Readonly<Record<string, () => Sheet>> = {
  'pass-musees-sites': sites,
  'pass-musees-participants': participants,
  'fiche-musee': museumOfItself,
  'operation-dates': operationDates,
  temoignages: testimonies,
  'visites-entreprises': visitOffers,
  'ressources-academies': academies,
  'ici-avant-points': routePoints,
  adherents: members,
  collectionneurs: collectors,
  audits,
};
