/** What a column seems to be, by its heading and its values; what the rows of a sheet describe. */
import { type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import { fold } from '#graph-schema/text.ts';
import { type Evidence, LOOKS, type Look } from './evidence.ts';
import type { Heading, Target } from './headings.ts';

export interface Guess {
  readonly target: Target;
  readonly confidence: number;
  readonly why: string;
}

/** Looks that tell by themselves what a column is. */
const BY_LOOK: { readonly [L in Look]?: readonly [Target, number] } = {
  email: ['private', 0.95],
  phone: ['private', 0.9],
  siret: ['siret', 0.9],
  uai: ['uai', 0.85],
  museofile: ['museofile', 0.85],
  postcode: ['postcode', 0.5],
  picture: ['media', 0.7],
  url: ['page', 0.6],
  price: ['price', 0.6],
  coordinates: ['point', 0.7],
  date: ['dates', 0.5],
  yearless: ['dates', 0.5],
  prose: ['description', 0.5],
};

/** Looks that a column of a target must have, else its heading is doubted. */
const NEEDED: Readonly<Record<Target, readonly Look[]>> = {
  siret: ['siret'],
  uai: ['uai'],
  museofile: ['museofile'],
  'place:insee': ['postcode'],
  postcode: ['postcode', 'number'],
  page: ['url', 'picture'],
  registration: ['url'],
  latitude: ['number'],
  longitude: ['number'],
  point: ['coordinates'],
  dates: ['date', 'yearless'],
  begin: ['date', 'yearless'],
  end: ['date', 'yearless'],
  beginHour: ['hours', 'number'],
  endHour: ['hours', 'number'],
};

/** Codes that lead to something else when they are wrong: no heading makes up for their values. */
const CODES: ReadonlySet<Target> = new Set([
  'siret',
  'uai',
  'museofile',
  'place:insee',
  'latitude',
  'longitude',
  'point',
]);

/** What a column seems to be, and why. */
export function guessOf(heading: Heading | undefined, { look, share, filled }: Evidence): Guess {
  const seen = LOOKS[look];
  if (filled === 0)
    return {
      target: heading?.target ?? '-',
      confidence: 0.5,
      why: heading ? 'd’après son nom ; vide / by its name; empty' : 'vide / empty',
    };
  if (look === 'email' || look === 'phone')
    return { target: 'private', confidence: 0.95, why: `privé / private : ${seen}` };
  if (heading?.target === 'private')
    return { target: 'private', confidence: 0.9, why: 'privé, d’après son nom / private, by its name' };
  const byLook = BY_LOOK[look];
  if (heading) {
    const needed = NEEDED[heading.target];
    if (needed?.includes(look))
      return {
        ...heading,
        confidence: Math.min(1, heading.confidence + 0.04),
        why: `nom et valeurs / name and values : ${seen}`,
      };
    if (!needed)
      return { target: heading.target, confidence: heading.confidence, why: 'd’après son nom / by its name' };
    if (!byLook && !CODES.has(heading.target))
      return {
        target: heading.target,
        confidence: 0.4,
        why: `d’après son nom, mais ses valeurs sont / by its name, but its values are : ${seen}`,
      };
  }
  if (!byLook) return { target: '-', confidence: 0.3, why: 'non reconnue / not recognised' };
  return { target: byLook[0], confidence: byLook[1] * share, why: `d’après ses valeurs / by its values : ${seen}` };
}

/** Some words mean one thing of a museum and another of an event. */
export function fitted(guess: Guess, kind: KindName): Guess {
  const properties = propertiesOf(kind);
  const instead = (target: Target): Guess => ({ ...guess, target });
  if (guess.target === 'type') {
    const own = TYPES[kind];
    return own === undefined ? instead('-') : instead(own);
  }
  if (guess.target === 'shownAt:siret' && kind === 'Structure') return instead('siret');
  if (guess.target === 'openingHours' && kind === 'Event') return instead('hours');
  // An exhibition has no place but the structure that shows it: the words are kept where they can be read.
  if (kind === 'Exhibition' && ['location', 'address', 'place'].includes(guess.target)) return instead('description');
  if (guess.target === 'status' && !('status' in properties)) return instead('-');
  if (guess.target === 'location' && kind !== 'Event')
    return instead('place' in kindOf(kind).relations ? 'place' : '-');
  if (guess.target === 'price' && !('price' in properties) && 'conditions' in properties) return instead('conditions');
  if (guess.target === 'domains' && !('domains' in properties)) return instead('themes' in properties ? 'themes' : '-');
  if (guess.target === 'themes' && !('themes' in properties)) return instead('domains' in properties ? 'domains' : '-');
  if (guess.target === 'name' || !(guess.target in { organisers: 1 })) return guess;
  return kind === 'Offer' ? instead('offeredBy') : guess;
}

const TYPES: { readonly [K in KindName]?: Target } = {
  Structure: 'structureType',
  Event: 'eventType',
  Exhibition: 'exhibitionType',
  Offer: 'offerType',
  Resource: 'resourceType',
  Programme: 'programmeType',
  Route: 'routeType',
};

/** What most columns speak of; the title above the sheet and the name of the file have a word too. */
export function kindOfSheet(
  headings: readonly (Heading | undefined)[],
  title: string,
): { kind: KindName; confidence: number } {
  const votes = new Map<KindName, number>();
  const vote = (kind: KindName, weight: number) => votes.set(kind, (votes.get(kind) ?? 0) + weight);
  for (const heading of headings) {
    if (!heading) continue;
    if (heading.kind) vote(heading.kind, heading.target === 'name' ? 3 : 1);
    if (['begin', 'dates', 'beginHour'].includes(heading.target)) vote('Event', 1);
    if (['postcode', 'address', 'openingHours'].includes(heading.target)) vote('Structure', 0.6);
  }
  const folded = fold(title);
  for (const [pattern, kind] of TITLES) if (pattern.test(folded)) vote(kind, 1.5);
  const [first, second] = [...votes].sort((a, b) => b[1] - a[1]);
  if (!first) return { kind: 'Structure', confidence: 0.2 };
  return { kind: first[0], confidence: Math.round((100 * first[1]) / (first[1] + (second?.[1] ?? 0) + 0.5)) / 100 };
}

const TITLES: readonly (readonly [RegExp, KindName])[] = [
  [/agenda|evenements?|manifestations?|programme|calendrier/, 'Event'],
  [/expositions?|expos\b/, 'Exhibition'],
  [/ressources?|bibliographie|publications?/, 'Resource'],
  [/inventaire|collections?|objets?/, 'HeritageObject'],
  [/offres?|visites?|ateliers?|pass\b/, 'Offer'],
  [/musees?|structures?|adherents?|membres?|annuaire|entreprises?|lieux/, 'Structure'],
];

/** What may be the name where no heading says so, the better first. */
const NAMES: readonly Target[] = ['objectTypes', 'trades', 'themes', 'inventoryNumber', 'id'];

/** Something must be the name: a column of text that no row leaves empty, the first of those that are filled the most. */
export function nameOne(guesses: Map<string, Guess>, evidence: ReadonlyMap<string, Evidence>): void {
  if ([...guesses.values()].some(({ target }) => target === 'name')) return;
  const filled = (column: string) => evidence.get(column)?.filled ?? 0;
  const most = Math.max(0, ...[...guesses.keys()].map(filled));
  const full = [...guesses].filter(([column]) => filled(column) === most);
  const free = full.find(
    ([column, { target, confidence }]) =>
      evidence.get(column)?.look === 'text' && confidence < 0.7 && target !== 'private' && !target.startsWith('place'),
  );
  const other = NAMES.map((target) => full.find(([, guess]) => guess.target === target)).find(
    (one) => one !== undefined,
  );
  const chosen = free ?? other ?? full.find(([, { target }]) => target !== 'private');
  if (chosen)
    guesses.set(chosen[0], {
      target: 'name',
      confidence: 0.4,
      why: 'aucune ne s’appelle nom ou titre / none is called name or title',
    });
}
