/**
 * Demonstration notices of the ministry's bases, in the shape of POP's own JSON. None of these things exists. References bear a hyphen, which POP's never do
 * (letters, digits and underscore only), and the codes of museums a letter after the M, where Muséofile's have four digits: neither can be real.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { COMMUNES } from '../demonstration/communes.ts';
import { seededRandom } from '../webmuseo/random.ts';

export type Value = string | readonly string[] | { readonly lat: number; readonly lon: number };
export type Notice = Readonly<Record<string, Value>>;

export const BASES = ['joconde', 'merimee', 'palissy', 'memoire', 'museofile'] as const;
export type BaseName = (typeof BASES)[number];

const COUNTS: Readonly<Record<BaseName, number>> = {
  joconde: 130,
  merimee: 20,
  palissy: 30,
  memoire: 25,
  museofile: 6,
};
const MADE_UP = 'Notice engendrée pour la démonstration : rien de ce qu’elle décrit n’existe.';
const MODIFIED = '2024-11-20';

const TOOLS = [
  ['navette', 'tissage', 'bois ; fer'],
  ['peigne', 'peignage', 'acier ; bois'],
  ['métier à tisser', 'tissage', 'bois ; fonte'],
  ['fer à repasser', 'blanchisserie', 'fonte'],
  ['rabot', 'menuiserie', 'bois ; acier'],
  ['marteau', 'forge', 'acier ; bois'],
] as const;
const BUILDINGS = [
  ['filature', 'textile', 'brique', 'ardoise'],
  ['moulin à vent', 'meunerie', 'bois', 'bardeau'],
  ['brasserie', 'boisson', 'brique', 'tuile mécanique'],
  ['sucrerie', 'agro-alimentaire', 'brique ; métal', 'tuile mécanique'],
] as const;
const FURNISHINGS = ['statue', 'bannière de procession', 'métier à broder', 'tableau', 'cloche'] as const;
const CENTURIES = ['18e siècle', '1ère moitié 19e siècle', '2e moitié 19e siècle', '1er quart 20e siècle'] as const;

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** The communes' own points: a demonstration notice has no spot of its own. */
const POINTS: ReadonlyMap<string, Point> = new Map(
  parse<Record<string, string>>(
    readFileSync(new URL('../../../graph-schema/vocabularies/places.csv', import.meta.url), 'utf8'),
    { columns: true },
  ).flatMap((row) => {
    const [insee = '', latitude = '', longitude = ''] = [row['insee'], row['latitude'], row['longitude']];
    return insee === '' || latitude === '' ? [] : [[insee, { lat: Number(latitude), lon: Number(longitude) }] as const];
  }),
);

const MAKERS: Readonly<Record<BaseName, (rank: number) => Notice>> = {
  joconde: jocondeAt,
  merimee: merimeeAt,
  palissy: palissyAt,
  memoire: memoireAt,
  museofile: museumAt,
};

const made = new Map<BaseName, readonly Notice[]>();

/** All notices of a base, always the same. */
export function noticesOf(base: BaseName): readonly Notice[] {
  const known = made.get(base) ?? Array.from({ length: COUNTS[base] }, (_, index) => MAKERS[base](index + 1));
  made.set(base, known);
  return known;
}

/** `DEMO-JOC-0001`. */
function reference(base: string, rank: number): string {
  return `DEMO-${base}-${String(rank).padStart(4, '0')}`;
}

const museumCode = (rank: number): string => `MD${String(rank).padStart(3, '0')}`;

function communeAt(base: string, rank: number) {
  return seededRandom(`pop-${base}-${rank}`).pick(COMMUNES);
}

function jocondeAt(rank: number): Notice {
  const chance = seededRandom(`joconde-${rank}`);
  const [tool, use, materials] = chance.pick(TOOLS);
  return {
    REF: reference('JOC', rank),
    DENO: [tool],
    TITR: `${tool} de démonstration n° ${rank}`,
    DOMN: ['ethnologie', 'métiers', use],
    TECH: materials.split(' ; '),
    DIMS: `L. ${chance.int(8, 90)} ; l. ${chance.int(3, 40)}`,
    INV: `DEMO.${rank}`,
    EPOQ: [],
    PERI: [chance.pick(CENTURIES)],
    UTIL: [use],
    REPR: [tool, use],
    DESC: MADE_UP,
    LIEUX: ['Nord'],
    MUSEO: museumCode(1 + (rank % COUNTS.museofile)),
    STAT: ['propriété de la commune', 'don'],
    WWW: ['www.example.org/notice'],
    CONTACT: 'contact@example.org',
    DMAJ: MODIFIED,
  };
}

function merimeeAt(rank: number): Notice {
  const chance = seededRandom(`merimee-${rank}`);
  const [kind, domain, walls, roof] = chance.pick(BUILDINGS);
  const { insee, name } = communeAt('merimee', rank);
  const point = POINTS.get(insee);
  return {
    REF: reference('MER', rank),
    TICO: `${kind} de démonstration n° ${rank}`,
    DENO: [kind],
    DOMN: [`architecture industrielle`, domain],
    COM: [name],
    INSEE: [insee],
    SCLE: [chance.pick(CENTURIES)],
    HIST: `${MADE_UP}£Second alinéa de l’historique.`,
    MURS: walls.split(' ; '),
    TOIT: [roof],
    PROT: [''],
    STAT: 'propriété privée',
    CONTACT: 'contact@example.org',
    IMG: [`memoire/${reference('MEM', rank)}/vue.jpg`],
    DMAJ: MODIFIED,
    ...(point === undefined ? {} : { POP_COORDONNEES: point }),
  };
}

function palissyAt(rank: number): Notice {
  const chance = seededRandom(`palissy-${rank}`);
  const kind = chance.pick(FURNISHINGS);
  const { insee, name } = communeAt('palissy', rank);
  return {
    REF: reference('PAL', rank),
    TICO: `${kind} de démonstration n° ${rank}`,
    DENO: [`${kind} (${chance.int(1, 3)})`],
    CATE: [chance.pick(['sculpture', 'broderie', 'fonderie', 'peinture'])],
    MATR: [chance.pick(['bois : taillé', 'soie : brodé', 'bronze'])],
    SCLE: [chance.pick(CENTURIES)],
    DIMS: `h = ${chance.int(20, 200)} ; la = ${chance.int(10, 90)}`,
    COM: [name],
    INSEE: [insee],
    EDIF: 'Édifice de démonstration',
    DESC: MADE_UP,
    INSC: [''],
    CONTACT: 'contact@example.org',
    DMAJ: MODIFIED,
  };
}

function memoireAt(rank: number): Notice {
  const chance = seededRandom(`memoire-${rank}`);
  const { insee, name } = communeAt('memoire', rank);
  const [kind] = chance.pick(BUILDINGS);
  return {
    REF: reference('MEM', rank),
    LEG: `Vue de démonstration n° ${rank}`,
    SUJET: `${kind} ; vue générale`,
    TYPDOC: 'phototype argentique',
    TECHN: 'Négatif noir et blanc ; Support verre',
    DATPV: `${chance.int(1890, 1970)}.05.12`,
    COM: [name],
    INSEE: [insee],
    COPY: '© démonstration',
    DIFF: 'reproduction soumise à autorisation du titulaire des droits d’exploitation',
    IMG: `memoire/${reference('MEM', rank)}/vue.jpg`,
    OBS: MADE_UP,
    AUTOEU: [''],
    DMAJ: MODIFIED,
  };
}

/** A museum of the demonstration, as whoever else tells of it names it too. */
export function demonstrationMuseum(rank: number): {
  readonly title: string;
  readonly insee: string;
  readonly town: string;
} {
  const { insee, name } = communeAt('museofile', rank);
  return { title: `Musée de démonstration n° ${rank}`, insee, town: name };
}

function museumAt(rank: number): Notice {
  const { title, insee, town: name } = demonstrationMuseum(rank);
  const point = POINTS.get(insee);
  return {
    REF: museumCode(rank),
    NOMOFF: title,
    VILLE_M: name,
    DOMPAL: ['Technique et industrie', 'Ethnologie'],
    THEMES: ['Métiers', 'Textile'],
    ACCES: rank === COUNTS.museofile ? 'Non' : 'Oui',
    HIST: MADE_UP,
    DMAJ: MODIFIED,
    ...(point === undefined ? {} : { POP_COORDONNEES: point }),
  };
}
