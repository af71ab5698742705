/** What an event's title says: its programme, its kind, and the words that tell it from what else goes on at that venue. */
import { fold } from '../text.ts';
import { stem } from './names.ts';
import { stemsOf } from './titles.ts';

export interface ComparedSubject {
  readonly telling: ReadonlySet<string>;
  /** visit, workshop, exhibition … */
  readonly kinds: ReadonlySet<string>;
  /** National or regional days that it is part of. */
  readonly programmes: ReadonlySet<string>;
}

const LONGEST_TITLE = 400;

/** Programmes under all their names, which are taken out of a title before its words are read. */
const PROGRAMMES: readonly (readonly [string, RegExp])[] = [
  ['metiers-art', /\bjema\b|\bjournees? europeennes? des metiers d'art\b/g],
  [
    'moulins',
    /\bjournees? (?:du patrimoine de pays(?: et des moulins)?|(?:(?:nationales?|europeennes?) )?des moulins)\b|\bjppm\b/g,
  ],
  ['patrimoine', /\bjep\b|\bjournees? (?:europeennes? )?du patrimoine\b/g],
  ['musees', /\bnuit (?:europeenne )?des musees\b|\bndm\b/g],
  ['science', /\bfete de la science\b|\bfds\b/g],
  ['industrie', /\bsemaine (?:nationale )?de l'industrie\b/g],
  ['archeologie', /\bjournees? (?:nationales?|europeennes?) de l'archeologie\b|\bjea\b|\bjna\b/g],
  ['jardins', /\brendez-vous aux jardins\b/g],
  ['architecture', /\bjournees? nationales? de l'architecture\b/g],
  ['musique', /\bfete de la musique\b/g],
  ['lecture', /\bnuits? de la lecture\b/g],
];

/** Words of one line are one kind. */
const KINDS: ReadonlyMap<string, string> = new Map(
  [
    'visite decouverte',
    'atelier stage initiation',
    'demonstration',
    'exposition expo',
    'vernissage',
    'conference causerie rencontre',
    'colloque symposium',
    'concert recital',
    'spectacle theatre',
    'projection cine film',
    'balade randonnee promenade',
    'salon foire brocante bourse',
    'marche',
    'fete ducasse kermesse',
    'assemblee',
    'portes',
    'journee',
    'animation',
    'stand',
    'inauguration',
  ].flatMap((line) => {
    const [kind = '', ...others] = line.split(' ');
    return [kind, ...others].map((word): [string, string] => [stem(word), kind]);
  }),
);

/** Moments of something that lasts longer: never the whole of it. */
export const MOMENTS: ReadonlySet<string> = new Set(['vernissage', 'inauguration']);

/** Kinds that say so little that they contradict none. */
const VAGUE = new Set(['journee', 'animation']);

/** Words that any title may have more. */
const WEAK = new Set(
  stemsOf(
    'guidee guide guides commentee europeenne national entreprise ouvertes general public edition grand grande annule annulee reporte complet',
  ),
);

/** For whom: said by one alone, they may tell one of several. */
export const AUDIENCES: ReadonlySet<string> = new Set(
  stemsOf('enfants adultes familles scolaires seniors adolescents ados groupes individuels debutants confirmes'),
);

/** "AG", "14h30", "(2 jours)", "2025", "20e édition": opened, left out, or brought to one form. */
function normalised(folded: string): string {
  return folded
    .replace(/\bag\b/g, 'assemblee generale')
    .replace(
      /\b(\d{1,2}) ?(?:h|heures?)(?: ?([0-5]\d))?\b/g,
      (_, hour: string, minute = '00') => ` ${Number(hour)}h${minute} `,
    )
    .replace(/^\d{1,3}(?:e|er|ere|eme)\b|\b\d{1,3}(?:e|er|ere|eme) edition\b/g, ' ')
    .replace(/\b\d{1,2} ?(?:jours?|min|minutes)\b|\b(?:19|20)\d\d\b/g, ' ');
}

/** Reads a title. `around`: names of its venue and town, whose words tell nothing of what goes on there. */
export function subjectOf(title: string, around: readonly string[]): ComparedSubject {
  let rest = normalised(fold(title.slice(0, LONGEST_TITLE)));
  const programmes = new Set<string>();
  for (const [programme, pattern] of PROGRAMMES)
    rest = rest.replace(pattern, () => {
      programmes.add(programme);
      return ' ';
    });
  const surroundings = new Set(around.flatMap((one) => stemsOf(fold(one.slice(0, LONGEST_TITLE)))));
  const words = stemsOf(rest).filter((word) => !WEAK.has(word));
  const kinds = words.flatMap((word) => KINDS.get(word) ?? []).filter((kind) => !VAGUE.has(kind));
  return {
    telling: new Set(words.filter((word) => !KINDS.has(word) && !surroundings.has(word))),
    kinds: new Set(kinds),
    programmes,
  };
}
