/** What a search keeps: the input, and how it becomes the catalogue's filters. */
import { LICENCE_LAYERS, type LicenceLayer, layerInWords } from '#graph-schema/licences.ts';
import { KINDS, type KindName } from '#graph-schema/model.ts';
import type { Filters, GeoPosition } from '../catalogue/question.ts';
import { type GivenId, idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import { Refusal } from '../refusal.ts';
import { builder, enumName, words } from './builder.ts';
import { enumOf, KindEnum } from './enums.ts';
import { daysOf, type Period, PeriodEnum } from './search-period.ts';

export const LicenceLayerEnum = builder.enumType('LicenceLayer', {
  description: words({ fr: 'Sorte de licence (docs/licences.md).', en: 'Sort of licence (docs/licences.md).' }),
  values: Object.fromEntries(
    LICENCE_LAYERS.map((layer) => [enumName(layer), { value: layer, description: words(layerInWords(layer)) }]),
  ) as Record<string, { value: LicenceLayer; description: string }>,
});

const KM = 1_000;
const DEFAULT_KM = 20;
const MOST_KM = 500;
const MOST_VALUES = 100;

/** A point, or what stands somewhere. */
export interface AroundArgument {
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly place?: string | null;
  readonly km?: number | null;
}

export const Around = builder.inputType('Around', {
  description: words({
    fr: 'Autour d’un point, ou d’un lieu ou d’une structure (celle d’une école par son UAI : `uai:0590001A`).',
    en: 'Around a point, or around a place or structure (a school by its UAI: `uai:0590001A`).',
  }),
  fields: (t) => ({
    latitude: t.float({
      description: words({ fr: 'Latitude nord, degrés décimaux.', en: 'Latitude north, decimal degrees.' }),
    }),
    longitude: t.float({
      description: words({ fr: 'Longitude est, degrés décimaux.', en: 'Longitude east, decimal degrees.' }),
    }),
    place: t.id({
      description: words({
        fr: 'Au lieu d’un point : un lieu ou une structure, par uid, code INSEE ou code avec son vocabulaire.',
        en: 'Instead of a point: a place or structure, by uid, INSEE code, or code with its scheme.',
      }),
    }),
    km: t.float({
      description: words({
        fr: `À combien de kilomètres au plus, à vol d’oiseau ; ${DEFAULT_KM} sinon, ${MOST_KM} au plus.`,
        en: `Within how many kilometres, as the crow flies; ${DEFAULT_KM} unless told, at most ${MOST_KM}.`,
      }),
    }),
  }),
});

const BoxInput = builder.inputType('Box', {
  description: words({
    fr: 'Un rectangle, WGS 84, degrés décimaux ; à cheval sur le 180ᵉ méridien si `west` dépasse `east`.',
    en: 'A box, WGS 84, decimal degrees; across the 180th meridian where `west` is beyond `east`.',
  }),
  fields: (t) => ({
    south: t.float({ required: true, description: words({ fr: 'Latitude la plus basse.', en: 'Lowest latitude.' }) }),
    west: t.float({
      required: true,
      description: words({ fr: 'Longitude du bord ouest.', en: 'Longitude of the western side.' }),
    }),
    north: t.float({ required: true, description: words({ fr: 'Latitude la plus haute.', en: 'Highest latitude.' }) }),
    east: t.float({
      required: true,
      description: words({ fr: 'Longitude du bord est.', en: 'Longitude of the eastern side.' }),
    }),
  }),
});

/** Filter name → the kind whose ids it takes, and how it is described. */
const BY_ID = {
  structures: [
    'Structure',
    'Ces structures : elles-mêmes, ce qu’elles conservent, organisent, accueillent, proposent ou publient',
    'These structures: themselves, what they hold, organise, host, offer or publish',
  ],
  trades: ['Trade', 'Ce qui concerne ces métiers ou de plus précis', 'What concerns these trades or narrower ones'],
  places: [
    'Place',
    'Ce qui se trouve, est conservé ou a lieu dans ces lieux ou dans ce qu’ils contiennent',
    'What stands, is held or takes place in these places or in what they contain',
  ],
  madeIn: [
    'Place',
    'Ce qui fut fait ou utilisé dans ces lieux ou dans ce qu’ils contiennent',
    'What was made or used in these places or in what they contain',
  ],
  concepts: [
    'Concept',
    'Ces notions (matériau, technique, période, sujet) ou de plus précises ; de plusieurs vocabulaires, toutes',
    'These concepts (material, technique, period, subject) or narrower ones; of several schemes, all',
  ],
  creators: ['Agent', 'De ces auteurs ou fabricants', 'By these creators or makers'],
} as const satisfies Record<string, readonly [KindName, string, string]>;

export const SearchFilter = builder.inputType('SearchFilter', {
  description: words({
    fr: 'Ce qu’une recherche garde : les valeurs d’un filtre sont au choix, les filtres vont ensemble. Un `id` est un uid ou un code avec son vocabulaire (`trame:tisserand`, `insee:59350`).',
    en: 'What a search keeps: values of one filter are alternatives, different filters hold together. An `id` is a uid or a code with its scheme (`trame:tisserand`, `insee:59350`).',
  }),
  fields: (t) => ({
    kinds: t.field({
      type: [KindEnum],
      description: words({
        fr: 'Seulement ces natures de fiches ; sinon toutes, sauf les étapes et volets. Un média se trouve par ce qu’il montre.',
        en: 'Only these kinds; else all but stops and legs. A picture is found by what it shows.',
      }),
    }),
    structureTypes: t.field({
      type: [enumOf('Structure', 'structureType')],
      description: words({ fr: 'Ces sortes de structures.', en: 'These types of structures.' }),
    }),
    objectKinds: t.field({
      type: [enumOf('HeritageObject', 'objectKind')],
      description: words({ fr: 'Ces sortes d’objets.', en: 'These kinds of objects.' }),
    }),
    ...Object.fromEntries(
      Object.entries(BY_ID).map(([name, [, fr, en]]) => [
        name,
        t.idList({ description: words({ fr: `${fr}.`, en: `${en}.` }) }),
      ]),
    ),
    centuries: t.intList({
      description: words({ fr: 'Ces siècles : 19 va de 1801 à 1900.', en: 'These centuries: 19 is 1801 to 1900.' }),
    }),
    from: t.int({
      description: words({
        fr: 'Fait cette année ou après (une période qui la touche compte).',
        en: 'Made in this year or after (a span that touches it counts).',
      }),
    }),
    to: t.int({ description: words({ fr: 'Fait cette année ou avant.', en: 'Made in this year or before.' }) }),
    fromDay: t.field({
      type: 'Day',
      description: words({ fr: 'A lieu ce jour ou après.', en: 'Takes place on this day or after.' }),
    }),
    toDay: t.field({
      type: 'Day',
      description: words({ fr: 'A lieu ce jour ou avant.', en: 'Takes place on this day or before.' }),
    }),
    when: t.field({
      type: PeriodEnum,
      description: words({
        fr: 'A lieu ces jours-là, vus d’aujourd’hui (heure de Paris).',
        en: 'Takes place in these days, seen from today (Paris time).',
      }),
    }),
    hasPicture: t.boolean({ description: words({ fr: 'Avec (ou sans) image.', en: 'With (or without) a picture.' }) }),
    licences: t.field({
      type: [LicenceLayerEnum],
      description: words({ fr: 'Une des licences des textes.', en: 'One of the licences of the texts.' }),
    }),
    pictureRights: t.field({
      type: [LicenceLayerEnum],
      description: words({ fr: 'Une des licences des images.', en: 'One of the licences of the pictures.' }),
    }),
    sources: t.stringList({
      description: words({
        fr: 'Ce que l’une de ces sources décrit (leur nom court).',
        en: 'What one of these sources describes (their short names).',
      }),
    }),
    box: t.field({ type: BoxInput, description: words({ fr: 'Dans ce rectangle.', en: 'In this box.' }) }),
    near: t.field({ type: Around, description: words({ fr: 'Près d’ici.', en: 'Near here.' }) }),
    demonstration: t.boolean({
      description: words({
        fr: 'Seulement les données de démonstration, ou sans elles.',
        en: 'Only demonstration data, or none of it.',
      }),
    }),
  }),
});

export type SearchFilterArgument = Readonly<Record<string, unknown>>;

/** Places and structures stand somewhere. */
const STANDING: readonly KindName[] = ['Place', 'Structure'];

/** The ids in a filter that have to be looked up. */
export function idsIn(filter: SearchFilterArgument, from: AroundArgument | null | undefined): readonly GivenId[] {
  const around = [filter['near'] as AroundArgument | null | undefined, from];
  return [
    ...Object.entries(BY_ID).flatMap(([name, [kind]]) =>
      listOf(filter, name).map((given): GivenId => ({ given: String(given), kinds: [kind] })),
    ),
    ...around.flatMap((one) => (one?.place == null ? [] : [{ given: one.place, kinds: STANDING }])),
  ];
}

/** @throws Refusal where a value can't be: in words that name it */
export function filtersFrom(filter: SearchFilterArgument, ids: ResolvedIds, today: string): Filters {
  const kinds = listOf(filter, 'kinds') as KindName[];
  if (kinds.includes('Media'))
    throw bad(
      'Un média se trouve par ce qu’il montre : cherchez les fiches avec `hasPicture: true`.',
      'A picture is found by what it shows: search for entities with `hasPicture: true`.',
    );
  const near = filter['near'] as AroundArgument | null | undefined;
  const uids = Object.entries(BY_ID).flatMap(([name, [kind]]) =>
    filter[name] == null
      ? []
      : [[name, listOf(filter, name).map((given) => ids.get(idKey(kind, String(given)))?.uid ?? '')] as const],
  );
  return {
    ...(filter['kinds'] == null ? {} : { kinds: KINDS.filter((kind) => kinds.includes(kind)) }),
    ...plain(filter, ['structureTypes', 'objectKinds', 'centuries', 'pictureRights', 'sources'], (name) =>
      listOf(filter, name),
    ),
    ...plain(filter, ['from', 'to', 'hasPicture', 'demonstration'], (name) => filter[name]),
    ...(filter['licences'] == null ? {} : { licenceLayers: listOf(filter, 'licences') as LicenceLayer[] }),
    ...Object.fromEntries(uids),
    ...days(filter, today),
    ...(filter['box'] == null ? {} : { box: boxOf(filter['box'] as Box) }),
    ...(near == null ? {} : { near: { position: positionOf(near, ids), metres: metresOf(near) } }),
  } as Filters;
}

function plain(filter: SearchFilterArgument, names: readonly string[], read: (name: string) => unknown) {
  return Object.fromEntries(names.flatMap((name) => (filter[name] == null ? [] : [[name, read(name)]])));
}

function listOf(filter: SearchFilterArgument, name: string): readonly unknown[] {
  const values = (filter[name] ?? []) as readonly unknown[];
  if (values.length <= MOST_VALUES) return values;
  throw bad(`\`${name}\` prend ${MOST_VALUES} valeurs au plus.`, `\`${name}\` takes ${MOST_VALUES} values at most.`);
}

function days(filter: SearchFilterArgument, today: string): Pick<Filters, 'fromDay' | 'toDay'> {
  const { when, fromDay, toDay } = filter as { when?: Period | null; fromDay?: string | null; toDay?: string | null };
  if (when != null && (fromDay != null || toDay != null))
    throw bad('Donnez soit `when`, soit `fromDay` et `toDay`.', 'Give either `when`, or `fromDay` and `toDay`.');
  if (when != null) return daysOf(when, today);
  if (fromDay != null && toDay != null && fromDay > toDay)
    throw bad('`fromDay` vient après `toDay`.', '`fromDay` is after `toDay`.');
  return { ...(fromDay == null ? {} : { fromDay }), ...(toDay == null ? {} : { toDay }) };
}

interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

function boxOf(box: Box): Box {
  const isOn = isLatitude(box.south) && isLatitude(box.north) && isLongitude(box.west) && isLongitude(box.east);
  if (isOn && box.south <= box.north) return box;
  throw bad(
    '`box` : `south` et `north` vont de -90 à 90 et `south` ne dépasse pas `north` ; `west` et `east` vont de -180 à 180.',
    '`box`: `south` and `north` are -90 to 90, `south` not above `north`; `west` and `east` are -180 to 180.',
  );
}

/** @throws Refusal where it is nowhere */
export function positionOf({ latitude, longitude, place }: AroundArgument, ids: ResolvedIds): GeoPosition {
  if (place != null && latitude == null && longitude == null) {
    const found = STANDING.map((kind) => ids.get(idKey(kind, place))).find((one) => one?.position);
    if (found?.position) return found.position;
    throw bad(
      `« ${place.slice(0, 80)} » n’est pas un lieu ni une structure dont la position soit connue : donnez \`latitude\` et \`longitude\`.`,
      `"${place.slice(0, 80)}" is no place or structure whose position is known: give \`latitude\` and \`longitude\`.`,
    );
  }
  if (place == null && latitude != null && longitude != null && isLatitude(latitude) && isLongitude(longitude))
    return { latitude, longitude };
  throw bad(
    'Donnez soit `latitude` (-90 à 90) et `longitude` (-180 à 180), soit `place`.',
    'Give either `latitude` (-90 to 90) and `longitude` (-180 to 180), or `place`.',
  );
}

function metresOf({ km }: AroundArgument): number {
  const asked = km ?? DEFAULT_KM;
  if (asked > 0 && asked <= MOST_KM) return asked * KM;
  throw bad(`\`km\` va de plus de 0 à ${MOST_KM}.`, `\`km\` is more than 0 and at most ${MOST_KM}.`);
}

function isLatitude(degrees: number): boolean {
  return degrees >= -90 && degrees <= 90;
}

function isLongitude(degrees: number): boolean {
  return degrees >= -180 && degrees <= 180;
}

function bad(fr: string, en: string): Refusal {
  return new Refusal('BAD_ARGUMENT', fr, en);
}
