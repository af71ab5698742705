/**
 * The textile route of ICI-AVANT: 35 points, as the network's report counts them. Every one is made up and says so; each stands at its commune's own point.
 *
 *     /ici-avant/points.geojson              the points
 *     /ici-avant/photos/{n}-{avant|apres}.jpg  a drawing of then, and of now
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { type Answer, file, NOT_FOUND } from '../answer.ts';

/** What may go wrong at a real partner's. */
export type IciAvantFault =
  /** Latitude before longitude. */
  | 'swapped'
  /** The file breaks off in the middle. */
  | 'cut-off'
  /** No identifiers. */
  | 'no-ids';

const POINTS = 35;
/** Communes that the report names for the route, by their INSEE codes in places.csv. */
const COMMUNES = ['Lille', 'Roubaix', 'Tourcoing', 'Hem', 'Croix', 'Bondues'];
const MADE_UP = 'Point engendré pour la démonstration : ni le lieu ni les images n’existent.';

interface Commune {
  readonly name: string;
  readonly insee: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The communes of the department of the Nord that are wanted, with the point that the table gives them. */
function communes(): readonly Commune[] {
  const table = readFileSync(new URL('../../../graph-schema/vocabularies/places.csv', import.meta.url), 'utf8');
  const [header = '', ...lines] = table.split('\n');
  const columns = header.split(',');
  const found = new Map<string, Commune>();
  for (const line of lines) {
    const cells = line.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    if (cells.length !== columns.length || !COMMUNES.includes(cell('name')) || !cell('insee').startsWith('59'))
      continue;
    if (cell('placeType') !== 'commune') continue;
    const [latitude, longitude] = [Number(cell('latitude')), Number(cell('longitude'))];
    found.set(cell('name'), { name: cell('name'), insee: cell('insee'), latitude, longitude });
  }
  return COMMUNES.flatMap((name) => found.get(name) ?? []);
}

/** Answers what stands under `/ici-avant`; undefined for other addresses. */
export function iciAvantStand(base: () => string, faults: ReadonlySet<IciAvantFault> = new Set()) {
  return async (url: URL): Promise<Answer | undefined> => {
    const [first, second, third = ''] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'ici-avant') return undefined;
    if (second === 'points.geojson') {
      const whole = JSON.stringify({ type: 'FeatureCollection', features: featuresOf(base(), faults) });
      const body = faults.has('cut-off') ? whole.slice(0, whole.length / 2) : whole;
      return file('application/geo+json', Buffer.from(body, 'utf8'));
    }
    const named = second === 'photos' ? /^(\d{1,2})-(avant|apres)\.jpg$/.exec(third) : null;
    const rank = Number(named?.[1] ?? 0);
    if (!named || rank < 1 || rank > POINTS) return NOT_FOUND;
    return file('image/jpeg', await drawing(rank, named[2] === 'avant'));
  };
}

function featuresOf(base: string, faults: ReadonlySet<IciAvantFault>): readonly unknown[] {
  const there = communes();
  return Array.from({ length: POINTS }, (_, index) => {
    const rank = index + 1;
    const { name, insee, latitude, longitude } = there[index % there.length] as Commune;
    const photo = (when: string) => `${base}/ici-avant/photos/${rank}-${when}.jpg`;
    return {
      type: 'Feature',
      ...(faults.has('no-ids') ? {} : { id: `demo-textile-${rank}` }),
      geometry: { type: 'Point', coordinates: faults.has('swapped') ? [latitude, longitude] : [longitude, latitude] },
      properties: {
        nom: `Point textile de démonstration n° ${rank} (${name})`,
        description: MADE_UP,
        annee: 1860 + rank * 3,
        ordre: rank,
        commune: name,
        insee,
        photo_avant: photo('avant'),
        photo_apres: photo('apres'),
        photos_droits: 'CC0 1.0',
        photos_credit: 'Dessin engendré pour la démonstration',
        demonstration: true,
      },
    };
  });
}

/** A mill with its chimney then, without it now: a JPEG, as partners have them. The number of its windows tells one point from another. */
function drawing(rank: number, then: boolean): Promise<Buffer> {
  const chimney = then ? '<rect x="500" y="80" width="48" height="320" fill="#844"/>' : '';
  const windows = Array.from(
    { length: rank },
    (_, at) =>
      `<rect x="${96 + 32 * (at % 10)}" y="${270 + 32 * Math.floor(at / 10)}" width="18" height="22" fill="#fe9"/>`,
  );
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 480" width="960" height="640">',
    `<rect width="720" height="480" fill="${then ? '#e8dcc0' : '#dce8f0'}"/>`,
    `<path d="M80 400V240l80-60v60l80-60v60l80-60v60l80-60v220z" fill="#a65"/>${chimney}${windows.join('')}</svg>`,
  ].join('');
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
