/** What one piece of a text means: places, something that only tells where, a part of a place, a note, or nothing that is understood. */
import { fold } from '../text.ts';
import { isCommune, keyOfFolded, liesIn, type Place, type PlaceIndex } from '../vocabularies/place-index.ts';
import type { Likeness } from './places-likeness.ts';
import type { Piece } from './places-pieces.ts';

/** `read`: how the piece gave its places. */
export type Read =
  | 'name'
  | 'whole'
  | 'postcode'
  | 'long name'
  | 'old part'
  | 'part of'
  | 'sounds alike'
  | 'misspelt'
  | 'short name';

export interface Meaning {
  readonly piece: Piece;
  readonly kind: 'place' | 'qualifier' | 'part' | 'note' | 'unknown';
  readonly read: Read;
  /** The name that was looked up. */
  readonly key: string;
  readonly places: readonly Place[];
  /** Where something else tells that none of `places` is meant. */
  readonly instead: readonly Place[];
  /** Whether the piece says of this place where it is. */
  readonly holds: (place: Place) => boolean;
  readonly doubted: boolean;
}

/** The regions before 2016 and the provinces of the border: they tell where a place is, and are none themselves. By the codes of what lies in them. */
const LANDS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    'nord pas de calais': /^insee-dep:(?:59|62)$/,
    picardie: /^insee-dep:(?:02|60|80)$/,
    'haute normandie': /^insee-dep:(?:27|76)$/,
    'basse normandie': /^insee-dep:(?:14|50|61)$/,
    'champagne ardenne': /^insee-dep:(?:08|10|51|52)$/,
    lorraine: /^insee-dep:(?:54|55|57|88)$/,
    alsace: /^insee-dep:6[78]$/,
    limousin: /^insee-dep:(?:19|23|87)$/,
    auvergne: /^insee-dep:(?:03|15|43|63)$/,
    'rhone alpes': /^insee-dep:(?:01|07|26|38|42|69|73|74)$/,
    bourgogne: /^insee-dep:(?:21|58|71|89)$/,
    'franche comte': /^insee-dep:(?:25|39|70|90)$/,
    'midi pyrenees': /^insee-dep:(?:09|12|31|32|46|65|81|82)$/,
    'languedoc roussillon': /^insee-dep:(?:11|30|34|48|66)$/,
    aquitaine: /^insee-dep:(?:24|33|40|47|64)$/,
    'poitou charentes': /^insee-dep:(?:16|17|79|86)$/,
    centre: /^insee-reg:24$/,
    artois: /^insee-dep:62$/,
    flandre: /^(?:insee-dep:59|nis:3\d{4})$/,
    hainaut: /^(?:insee-dep:59|nis:5\d{4})$/,
    'flandre occidentale': /^nis:3\d{4}$/,
    'west vlaanderen': /^nis:3\d{4}$/,
    wallonie: /^nis:5\d{4}$/,
    vlaanderen: /^nis:3\d{4}$/,
    'seine et oise': /^insee-dep:(?:78|91|95)$/,
    seine: /^insee-dep:(?:75|92|93|94)$/,
    europe: /^iso-3166:/,
  }),
);

const COUNTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    b: 'BE',
    be: 'BE',
    bel: 'BE',
    f: 'FR',
    fr: 'FR',
    fra: 'FR',
    nl: 'NL',
    'republique francaise': 'FR',
  }),
);

/** Notes that say what was done at the place, or what kind of place it is, and nothing about where. */
const NOTE =
  /^(?:lieux?|date|origine|provenance|production|creation|fabrication|decouverte|utilisation|execution|conception|edition|collecte|siege|commune|ville|village|departement|region|pays|actuel|actuelle|royaume|republique|province|ne|nee|naissance|deces|domicile|frontiere|vente|achat|don|depot|expedition|destination)\b/;

const FOREWORD =
  /^(?:a |(?:fabrique|realise|produit|edite|imprime|trouve|decouvert|utilise|achete|ne|mort|decede)(?:e|s|es)? a |(?:partout |dans toute l[ae']s?|toute la )?en (?=hauts|normandie|france|belgique|seine)|(?:la )?ville de |(?:la )?commune d(?:e |')|(?:le )?departement (?:du |de la |de l'|de |d')|(?:la )?region (?:des )?|la (?=somme$|manche$|seine)|l'(?=(?:aisne|oise|eure|orne)$)|le (?=(?:nord|pas-de-calais|calvados)$))/;

/** A street, a quarter, a site: a part of a place that other pieces name. What it is named after is not where it is. */
const PART =
  /^(?:\d{1,4} ?(?:bis|ter|quater)? )?(?:rue|r\.|avenue|av\.?|boulevard|bd|bld|place|quai|chemin|route|impasse|allees?|square|faubourg|fbg|cours|passage|ruelle|sentier|rond point|chaussee|voie|quartier|cite|coron|corons|hameau|lieu dit|lieudit|ferme|fosse|puits|terril|residence|parvis|esplanade|grand place|zone|zi|za|zac|parc|secteur|section|canal|pont|porte|rez|tour)\b/;

/** Buildings stand in the town that they are named after: "Familistère de Guise". */
const BUILDING =
  /^(?:familistere|gare|mairie|hotel de ville|beffroi|eglise|cathedrale|collegiale|musee|mediatheque|bibliotheque|theatre|opera|port|halles?|citadelle|hopital|lycee|college|universite|cimetiere|usine|filature|tissage|fonderie|brasserie|sucrerie|verrerie|faiencerie|manufacture|mines?|marche|stade|prison|caserne|archives|office de tourisme)\b/;

/** These are named after places, persons and saints alike. */
const SITE =
  /^(?:abbaye|chateau|chapelle|prieure|couvent|basilique|moulin|maison|salle|centre|site|jardin|ecole|atelier|boutique|magasin|teinturerie|distillerie|forges?|ateliers|espace|hangar|quai|batiment)\b/;

const NAMED_AFTER = / (?:d|de|a|du|au) ((?!d |de |a |du |au )[a-z ]+)$/;

const ARRONDISSEMENT =
  /^(paris|lyon|marseille) (?:0?\d{1,2}|[ivx]{1,5})(?:er|e|eme|ieme)?(?: arr(?:ondissement)?\.?)?$/;

/** "12 rue de Lille 59100 Roubaix" */
const ADDRESS = /^(\D.{2,80}|\d{1,4} .{2,80}?) ((?:[FB]-)?\d{5} \D{2,60})$/;

/** "Roubaix - 59", "59 - Roubaix" */
const NUMBER_LAST = /^(\D{2,60}?)(?: ?- ?| )(\d\d)$/;
const NUMBER_FIRST = /^(\d\d) ?- ?(\D{2,60})$/;

const JOINED = / ?(?: - | – | et | en | & |\/|\+) ?/;

export interface PieceReader {
  /** One meaning, or those of what the piece joins: "Tourcoing - Mouscron". */
  read(piece: Piece): readonly Meaning[];
}

const NOTHING: readonly Place[] = [];
const never = (): boolean => false;

/** Reads pieces against the places of an index. */
export function pieceReader(index: PlaceIndex, likeness: Likeness): PieceReader {
  return { read: (piece) => readPiece(piece, index, likeness) };
}

function readPiece(piece: Piece, index: PlaceIndex, likeness: Likeness): readonly Meaning[] {
  const said = fold(piece.raw);
  const folded = said.replace(/^(?:["'«*.-]+ ?|et )|[ ?!."'»*]+$/g, '').trim();
  const doubted = said.includes('?');
  const make = (
    kind: Meaning['kind'],
    read: Read,
    key: string,
    places: readonly Place[],
    holds?: Meaning['holds'],
  ): Meaning => ({
    piece,
    kind,
    read,
    key,
    places,
    instead: kind === 'place' && read === 'name' ? insteadOf(key, index) : NOTHING,
    holds: holds ?? (kind === 'place' ? (place) => places.some((one) => liesIn(place, one)) : never),
    doubted,
  });
  if (folded === '') return [make('note', 'name', '', NOTHING)];
  const holds = numberHolds(folded, index);
  if (holds === 'note') return [make('note', 'name', folded, NOTHING)];
  if (typeof holds === 'function') return [make('qualifier', 'name', folded, NOTHING, holds)];
  if (holds) return [make('place', 'postcode', folded, holds)];
  const key = keyOfFolded(folded);
  const named = byNames(folded, key, index);
  if (named) return [make('place', named.read, named.key, named.places)];
  const land = LANDS.get(key);
  if (land) return [make('qualifier', 'name', key, NOTHING, (place) => within(place, land))];
  if (NOTE.test(folded)) return [make('note', 'name', key, NOTHING)];
  const building = buildingOf(key, index);
  if (building) return [make('place', 'part of', building.key, building.places)];
  const [, street, town] = (/\d\d/.test(said) && splitAtNumber(piece.raw)) || [];
  if (street && town) return [street, town].flatMap((raw) => readPiece({ ...piece, raw }, index, likeness));
  if (PART.test(key) || BUILDING.test(key) || SITE.test(key)) return [make('part', 'name', key, NOTHING)];
  return joined(piece, said, index, likeness) ?? [guessed(key, index, likeness, make)];
}

function splitAtNumber(raw: string): readonly string[] | null {
  return ADDRESS.exec(raw) ?? NUMBER_LAST.exec(raw) ?? NUMBER_FIRST.exec(raw);
}

function insteadOf(key: string, { byShortName, byPart }: PlaceIndex): readonly Place[] {
  const [longer, whole] = [byShortName.get(key), byPart.get(key)];
  return longer && whole ? [...longer, ...whole] : (longer ?? whole ?? NOTHING);
}

function within(place: Place, land: RegExp): boolean {
  for (let at: Place | undefined = place; at; at = at.within) if (land.test(at.id)) return true;
  return false;
}

/** A department's number and an unknown postcode tell where; a known postcode is places; a year is a note. */
function numberHolds(
  folded: string,
  { byPostcode }: PlaceIndex,
): readonly Place[] | ((place: Place) => boolean) | 'note' | undefined {
  if (!/^[\d a-z-]{2,7}$/.test(folded) || !/\d/.test(folded)) return undefined;
  const number = folded.replace(/^f-/, '');
  if (/^(?:\d\d|2[ab]|9[78]\d)$/.test(number)) return (place) => inDepartment(place, number.toUpperCase());
  if (/^\d{5}$/.test(folded))
    return byPostcode.get(folded) ?? ((place) => departmentsOf(folded).some((code) => inDepartment(place, code)));
  return /^\d{3,4}$/.test(folded) ? 'note' : undefined;
}

function inDepartment(place: Place, code: string): boolean {
  for (let at: Place | undefined = place; at; at = at.within) if (at.id === `insee-dep:${code}`) return true;
  return false;
}

function departmentsOf(postcode: string): readonly string[] {
  const head = postcode.slice(0, 2);
  return head === '20' ? ['2A', '2B'] : [/^9[78]/.test(head) ? postcode.slice(0, 3) : head];
}

interface Named {
  readonly read: Read;
  readonly key: string;
  readonly places: readonly Place[];
}

function byNames(folded: string, key: string, index: PlaceIndex): Named | undefined {
  const { byName, byId, byPart } = index;
  const exact = byName.get(key);
  if (exact) return { read: 'name', key, places: exact };
  const country = byId.get(`iso-3166:${COUNTRIES.get(key)}`);
  if (country) return { read: 'whole', key, places: [country] };
  const bare = keyOfFolded(folded.replace(FOREWORD, '').replace(/ cedex(?: \d{1,2})?$/, ''));
  const known = byName.get(bare);
  if (known) return { read: 'name', key: bare, places: known };
  const part = byPart.get(bare);
  if (part) return { read: 'old part', key: bare, places: part };
  const [, city] = ARRONDISSEMENT.exec(key) ?? [];
  if (city)
    return {
      read: 'whole',
      key: city,
      places: (byName.get(city) ?? NOTHING).filter((one) => one.population > 100_000),
    };
  return postal(folded, index) ?? longName(key, index);
}

/** "59100 Roubaix", "Lille 59800", "59021 Lille cedex", "F-59100 Roubaix", "7700 Mouscron" (Belgian postcodes have four digits). */
function postal(folded: string, index: PlaceIndex): Named | undefined {
  if (!/\d{4}/.test(folded)) return undefined;
  const found = /^(?:[fb]-? ?)?(\d{4,5}) (\D+?)(?: cedex(?: \d{1,2})?)?$/.exec(folded);
  const turned = found ? undefined : /^(\D+?) (?:[fb]-)?(\d{4,5})(?: cedex(?: \d{1,2})?)?$/.exec(folded);
  const postcode = found?.[1] ?? turned?.[2];
  const key = keyOfFolded(found?.[2] ?? turned?.[1] ?? '');
  if (postcode === undefined) return undefined;
  const named = index.byName.get(key) ?? index.byPart.get(key) ?? NOTHING;
  const places = named.filter((place) => isCommune(place) && suits(place, postcode, index));
  return places.length > 0 ? { read: 'whole', key, places } : undefined;
}

/** Its postcode, or one of its department that is nobody's (businesses have postcodes of their own). */
function suits(place: Place, postcode: string, { byPostcode }: PlaceIndex): boolean {
  if (postcode.length === 4) return place.country === 'BE';
  const owners = byPostcode.get(postcode);
  return owners
    ? owners.some((owner) => liesIn(place, owner))
    : departmentsOf(postcode).some((code) => inDepartment(place, code));
}

/** "Loos-lez-Lille": the table has Loos, and Lille is of the same department. */
function longName(key: string, { byName }: PlaceIndex): Named | undefined {
  const at = key.indexOf(' les ');
  if (at < 3) return undefined;
  const near = byName.get(key.slice(at + 5))?.filter(isCommune) ?? NOTHING;
  const places = (byName.get(key.slice(0, at)) ?? NOTHING).filter(
    (place) => place.ours && place.type === 'commune' && near.some((one) => one.within === place.within),
  );
  return places.length === 1 ? { read: 'long name', key, places } : undefined;
}

function buildingOf(key: string, { byName, byPart, homonyms }: PlaceIndex): Named | undefined {
  if (!BUILDING.test(key)) return undefined;
  const [phrase, name = ''] = NAMED_AFTER.exec(key) ?? [];
  const full = phrase && /^ (?:du|au) /.test(phrase) ? `le ${name}` : name;
  if (full.length < 4 || homonyms.has(full)) return undefined;
  const places = (byName.get(full) ?? byPart.get(full) ?? NOTHING).filter(isCommune);
  return places.length > 0 ? { read: 'part of', key: full, places } : undefined;
}

/** All of what is joined must be names of places: "Somme et Oise", "Lille-Roubaix-Tourcoing". */
function joined(piece: Piece, said: string, index: PlaceIndex, likeness: Likeness): readonly Meaning[] | undefined {
  for (const joint of [JOINED, /-/]) {
    if (!joint.test(said)) continue;
    const parts = piece.raw.split(joint).filter((part) => part.trim() !== '');
    if (parts.length < 2 || parts.length > 8) continue;
    if (!parts.every((part) => isName(part, index))) continue;
    return parts.flatMap((raw) => readPiece({ ...piece, raw: raw.trim() }, index, likeness));
  }
  return undefined;
}

function isName(part: string, { byName, byPart }: PlaceIndex): boolean {
  const key = keyOfFolded(fold(part));
  return key.length > 3 && (byName.has(key) || byPart.has(key));
}

type Make = (kind: Meaning['kind'], read: Read, key: string, places: readonly Place[]) => Meaning;

/** No table has the name: another spelling of one, or the beginning of one. */
function guessed(key: string, index: PlaceIndex, likeness: Likeness, make: Make): Meaning {
  const short = index.byShortName.get(key);
  if (short) return make('place', 'short name', key, short);
  const alike = likeness.soundsLike(key);
  if (alike.length > 0) return make('place', 'sounds alike', key, alike);
  const close = likeness.oneLetterOff(key);
  return close.length > 0 ? make('place', 'misspelt', key, close) : make('unknown', 'name', key, NOTHING);
}
