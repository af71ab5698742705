/**
 * What the fixed graph holds: the communes and trades of the packaged vocabularies, museums, and as many objects as are wanted. The same at every run
 * and on every machine; object `n` does not depend on how many there are. The museums and objects describe nothing that exists.
 */
import { seededRandom } from '#connectors/partners/webmuseo/random.ts';
import { OBJECT_KINDS } from '#graph-schema/model.ts';
import type { AnyRecord, Identifier, Link } from '#graph-schema/record.ts';
import { listed, type Row, tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { MATERIALS, THINGS } from '../generated-records.ts';
import { someWords } from './words.ts';

/** Raise it when a record changes: graphs that were filled before are filled again. */
export const FIXED_VERSION = 1;

export interface FixedRecord {
  readonly source: string;
  readonly id: string;
  readonly record: AnyRecord;
}

const MUSEUMS = 40;
const COMMUNES = 400;
const AGENTS = 400;
const TECHNIQUES = [
  ...MATERIALS,
  ...MATERIALS.flatMap((material) =>
    ['tourné', 'forgé', 'tressé', 'gravé', 'moulé'].map((way) => `${material} ${way}`),
  ),
] as const;
const SOURCES = 12;
const LICENCES = ['Licence Ouverte 2.0', 'CC BY 4.0', 'CC BY-SA 4.0', 'CC0 1.0'] as const;
const PICTURE_RIGHTS = ['CC BY 4.0', 'CC BY-NC-ND 4.0', 'Tous droits réservés', 'CC0 1.0'] as const;
const DESCRIPTION_WORDS = 18;
const WITH_PICTURE = 0.6;
const WITH_POINT = 0.3;

const [places, trades] = [tableRows(tableText('places')), tableRows(tableText('trades'))];
const communes = places
  .filter((row) => row['insee'] && row['latitude'] && row['placeType'] === 'commune')
  .sort((a, b) => Number(b['population']) - Number(a['population']) || (a['insee']! < b['insee']! ? -1 : 1))
  .slice(0, COMMUNES);

/** What the objects lead to: few enough for the writer itself. */
export function landmarks(): readonly FixedRecord[] {
  const larger = places.filter(({ placeType }) => placeType !== 'commune' && placeType !== 'former-commune');
  return [
    ...[...larger, ...communes].map(placeOf),
    ...trades.map(tradeOf),
    ...Array.from({ length: MUSEUMS }, (_, at) => museumAt(at)),
  ];
}

const PLACE_SCHEMES = ['insee', 'insee-dep', 'insee-reg', 'iso-3166', 'nis'] as const;

function placeOf(row: Row): FixedRecord {
  const identifiers = PLACE_SCHEMES.flatMap((scheme) => (row[scheme] ? [{ scheme, value: row[scheme] }] : []));
  const within = PLACE_SCHEMES.flatMap((scheme) => {
    const value = row[`within-${scheme}`];
    return value ? [{ identifier: { scheme, value } }] : [];
  });
  return {
    source: 'banc-lieux',
    id: row['id']!,
    record: {
      kind: 'Place',
      identifiers,
      visibility: 'public',
      fields: {
        name: row['name'],
        placeType: row['placeType'],
        country: row['country'],
        ...(row['latitude'] ? { point: pointOf(row, 'commune') } : {}),
      },
      relations: within.length > 0 ? { within } : {},
    },
  };
}

function pointOf(row: Row, precision: 'commune' | 'site') {
  return { latitude: Number(row['latitude']), longitude: Number(row['longitude']), precision };
}

function tradeOf(row: Row): FixedRecord {
  const broader = listed(row['broader']).map((value) => ({ identifier: { scheme: 'trame', value } }));
  return {
    source: 'banc-metiers',
    id: row['id']!,
    record: {
      kind: 'Trade',
      identifiers: [{ scheme: 'trame', value: row['id']! }],
      visibility: 'public',
      fields: { name: row['label'], ...(row['sector'] ? { sector: row['sector'] } : {}) },
      relations: broader.length > 0 ? { broader } : {},
    },
  };
}

const museumCode = (at: number): Identifier => ({ scheme: 'trame', value: `musee-du-banc-${at}` });

function museumAt(at: number): FixedRecord {
  const commune = communes[at * 7]!;
  return {
    source: 'banc-musees',
    id: `${at}`,
    record: {
      kind: 'Structure',
      identifiers: [museumCode(at)],
      visibility: 'public',
      fields: {
        name: `Musée du banc no ${at + 1}`,
        structureType: 'museum',
        point: pointOf(commune, 'site'),
        demonstration: true,
      },
      relations: { place: [{ identifier: { scheme: 'insee', value: commune['insee']! } }] },
    },
  };
}

/** The words of object `rank` by which it is searched: what the mix of searches is counted from. */
export function wordsOf(rank: number): string {
  const { name, description } = objectAt(rank).record.fields;
  return `${name} ${description}`;
}

export function objectAt(rank: number): FixedRecord {
  const random = seededRandom(`objet ${rank}`);
  const number = String(rank).padStart(7, '0');
  const thing = random.pick(THINGS);
  const museum = Math.min(random.int(0, MUSEUMS - 1), random.int(0, MUSEUMS - 1));
  const year = random.int(1650, 1960);
  const source = `banc-inventaire-${museum % SOURCES}`;
  return {
    source,
    id: number,
    record: {
      kind: 'HeritageObject',
      identifiers: [],
      visibility: 'public',
      fields: {
        name: `${thing} ${someWords(random, 2)} no ${number}`,
        description: someWords(random, DESCRIPTION_WORDS),
        objectKind: random.pick(OBJECT_KINDS),
        objectTypes: [thing],
        inventoryNumber: `BANC.${number}`,
        date: dateAround(year, random.int(0, 3) * 15),
        dimensions: `H. ${random.int(4, 180)} cm`,
        licence: random.pick(LICENCES),
        page: `https://banc.example/notices/${number}`,
        demonstration: true,
        ...(random.chance(WITH_POINT) ? { point: pointOf(random.pick(communes), 'commune') } : {}),
      },
      relations: {
        heldBy: [{ identifier: museumCode(museum) }],
        madeIn: [{ identifier: { scheme: 'insee', value: random.pick(communes)['insee']! } }],
        trades: distinct([random.pick(trades)['id']!, random.pick(trades)['id']!]).map((value) => ({
          identifier: { scheme: 'trame', value },
        })),
        types: [{ text: thing }],
        techniques: distinct([random.pick(TECHNIQUES), random.pick(TECHNIQUES)]).map((text) => ({ text })),
        creators: [{ text: `Atelier de banc no ${random.int(1, AGENTS)}` }],
        ...(random.chance(WITH_PICTURE) ? { media: [pictureOf(number, random.pick(PICTURE_RIGHTS))] } : {}),
      },
    },
  };
}

/** A year, or the years around it where it is not known exactly. */
function dateAround(year: number, spread: number) {
  const [from, to] = [year - spread, year + spread];
  return spread === 0
    ? { text: String(year), edtf: String(year), from, to, confidence: 1 }
    : { text: `vers ${year}`, edtf: `${from}/${to}`, from, to, confidence: 0.8 };
}

function pictureOf(number: string, rights: string): Link {
  return {
    media: {
      name: `Vue de BANC.${number}`,
      url: `https://banc.example/images/${number}.jpg`,
      mediaType: 'image',
      rights,
    },
  };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
