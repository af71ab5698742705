/**
 * How a text is read as a place. It is cut into pieces (at commas and brackets); every piece must be understood, and exactly one
 * place must agree with all of them: "France, Nord, Roubaix", "Lille (59)", "59100 Roubaix", "Belgique, Comines".
 */
import { fold } from '../text.ts';
import { keyOfFolded, type Place, type PlaceIndex } from './place-index.ts';
import type { Resolved } from './resolver.ts';

/** What one piece can mean: the answer is one of these places, or lies in one of them. */
type Meaning = readonly Place[];

/** The regions before 2016, by the departments they had: they qualify a place, and are none themselves. */
const FORMER_REGIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'nord pas de calais': ['59', '62'],
    picardie: ['02', '60', '80'],
    'haute normandie': ['27', '76'],
    'basse normandie': ['14', '50', '61'],
  }),
);

/** What Belgium and France are called in brackets and before postcodes. */
const COUNTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    b: 'BE',
    be: 'BE',
    f: 'FR',
    fr: 'FR',
    'republique francaise': 'FR',
  }),
);

/** Notes in brackets that say what was done at the place, and nothing about where it is. */
const NOTE =
  /^(?:lieux?|date|origine|provenance|production|creation|fabrication|decouverte|utilisation|execution|conception|edition|collecte|siege|commune|ville|village|departement|region|pays|actuel|actuelle)\b/;

const FOREWORD =
  /^(?:a |(?:la )?ville de |(?:la )?commune d(?:e |')|(?:le )?departement (?:du |de la |de l'|de |d')|(?:la )?region (?:des )?|la (?=somme$)|l'(?=(?:aisne|oise|eure|orne)$)|le (?=(?:nord|pas-de-calais|calvados)$))/;

/** A piece that is not understood after a commune that was placed: "France, Nord, Roubaix, l’Épeule". */
const PART_CONFIDENCE = 0.8;

/** A reader of the places of an index. */
export function placeReader(index: PlaceIndex): (text: string) => Resolved | undefined {
  return (text) => {
    const folded = fold(text);
    const name = index.byName.get(keyOfFolded(folded));
    if (name) return name.length === 1 && name[0] ? resolved(name[0], 0.9, 'name') : undefined;
    const pieces = piecesOf(folded);
    const meanings = pieces.map((piece) => meaningOf(piece, index));
    if (pieces.length === 0) return undefined;
    if (meanings.every((meaning) => meaning !== undefined)) return only(agreeing(meanings), pieces);
    return containing(meanings);
  };
}

function resolved(place: Place, confidence: number, rule: string): Resolved {
  return { identifier: place.identifier, label: place.label, confidence, rule };
}

/** "Bassée (La)" is one piece; a note in brackets is none. */
function piecesOf(folded: string): readonly string[] {
  const inOrder = folded.replace(/^(.+?) \((l[ea]s?|l')\)/, (_, name: string, article: string) =>
    article === "l'" ? `l'${name}` : `${article} ${name}`,
  );
  const notes = [...inOrder.matchAll(/\(([^()]*)\)/g)].map(([, note = '']) => note.trim());
  const outside = inOrder.replace(/\([^()]*\)/g, ',').split(',');
  const inside = notes.filter((note) => !NOTE.test(note)).flatMap((note) => note.split(','));
  return [...outside, ...inside].map((piece) => piece.trim()).filter((piece) => piece !== '' && piece !== 'europe');
}

/** What a piece can mean; undefined where it is not understood. */
function meaningOf(piece: string, index: PlaceIndex): Meaning | undefined {
  return (
    country(piece, index) ??
    department(piece, index) ??
    formerRegion(piece, index) ??
    postal(piece, index) ??
    named(piece, index)
  );
}

function country(piece: string, { byId }: PlaceIndex): Meaning | undefined {
  const code = COUNTRIES.get(piece);
  const place = code === undefined ? undefined : byId.get(`iso-3166:${code}`);
  return place && [place];
}

function department(piece: string, { byId }: PlaceIndex): Meaning | undefined {
  const place = /^\d{2}$/.test(piece) ? byId.get(`insee-dep:${piece}`) : undefined;
  return place && [place];
}

function formerRegion(piece: string, { byId }: PlaceIndex): Meaning | undefined {
  const codes = FORMER_REGIONS.get(keyOfFolded(piece));
  return codes?.map((code) => byId.get(`insee-dep:${code}`)).filter((place) => place !== undefined);
}

/** "59100", "59100 Roubaix", "Lille 59800", "59021 Lille cedex", "F-59100 Roubaix", "7700 Mouscron" (Belgian postcodes have four digits). */
function postal(piece: string, index: PlaceIndex): Meaning | undefined {
  const found =
    /^(?:[fb]-? ?)?(\d{4,5})(?: (.+?))?(?: cedex(?: \d+)?)?$/.exec(piece) ??
    reversed(/^(.+?) (?:[fb]-)?(\d{4,5})(?: cedex(?: \d+)?)?$/.exec(piece));
  const [, postcode = '', name] = found ?? [];
  if (!found) return undefined;
  if (name === undefined) return index.byPostcode.get(postcode);
  const places = named(name, index)?.filter((place) => suits(place, postcode, index));
  return places?.length ? places : undefined;
}

function reversed(found: RegExpExecArray | null): readonly (string | undefined)[] | undefined {
  return found ? [found[0], found[2], found[1]] : undefined;
}

/** Its postcode, or one of its department (businesses have postcodes of their own). */
function suits(place: Place, postcode: string, { byPostcode }: PlaceIndex): boolean {
  if (postcode.length === 4) return place.within.has('iso-3166:BE');
  const owners = byPostcode.get(postcode);
  return owners ? owners.includes(place) : place.within.has(`insee-dep:${postcode.slice(0, 2)}`);
}

function named(piece: string, { byName }: PlaceIndex): Meaning | undefined {
  return byName.get(keyOfFolded(piece)) ?? byName.get(keyOfFolded(piece.replace(FOREWORD, '')));
}

/** The places that every piece means or contains. */
function agreeing(meanings: readonly Meaning[]): readonly Place[] {
  const candidates = new Set(meanings.flat());
  return [...candidates].filter((place) => meanings.every((meaning) => meaning.some(({ id }) => place.within.has(id))));
}

function only(places: readonly Place[], pieces: readonly string[]): Resolved | undefined {
  const [place] = places;
  if (!place || places.length > 1) return undefined;
  if (pieces.every((piece) => /^\d+$/.test(piece)))
    return place.type === 'commune' ? resolved(place, 0.8, 'postcode') : undefined;
  return pieces.length > 1 || /\d/.test(pieces[0] ?? '')
    ? resolved(place, 1, 'qualified name')
    : resolved(place, 0.9, 'name');
}

/** A commune placed by what stands before it, followed by a part of it that no table has. */
function containing(meanings: readonly (Meaning | undefined)[]): Resolved | undefined {
  const known = meanings.slice(0, meanings.indexOf(undefined));
  const [place, other] = agreeing(known.filter((meaning) => meaning !== undefined));
  if (known.length < 2 || !place || other || place.type !== 'commune') return undefined;
  return meanings.slice(known.length).every((meaning) => meaning === undefined)
    ? resolved(place, PART_CONFIDENCE, 'part of')
    : undefined;
}
