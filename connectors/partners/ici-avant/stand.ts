/**
 * The textile route of ICI-AVANT: 35 points, as the network's report counts them. Every one is made up and says so; each stands at its commune's own point.
 *
 *     /ici-avant/points.geojson              the points
 *     /ici-avant/photos/{n}-{avant|apres}.svg  a drawing of then, and of now
 */
import { readFileSync } from 'node:fs';
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
  return (url: URL): Answer | undefined => {
    const [first, second, third = ''] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'ici-avant') return undefined;
    if (second === 'points.geojson') {
      const whole = JSON.stringify({ type: 'FeatureCollection', features: featuresOf(base(), faults) });
      const body = faults.has('cut-off') ? whole.slice(0, whole.length / 2) : whole;
      return file('application/geo+json', Buffer.from(body, 'utf8'));
    }
    const named = second === 'photos' ? /^(\d{1,2})-(avant|apres)\.svg$/.exec(third) : null;
    const rank = Number(named?.[1] ?? 0);
    if (!named || rank < 1 || rank > POINTS) return NOT_FOUND;
    return file('image/svg+xml; charset=utf-8', Buffer.from(drawing(rank, named[2] === 'avant'), 'utf8'));
  };
}

function featuresOf(base: string, faults: ReadonlySet<IciAvantFault>): readonly unknown[] {
  const there = communes();
  return Array.from({ length: POINTS }, (_, index) => {
    const rank = index + 1;
    const { name, insee, latitude, longitude } = there[index % there.length] as Commune;
    const photo = (when: string) => `${base}/ici-avant/photos/${rank}-${when}.svg`;
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
        demonstration: true,
      },
    };
  });
}

/** A mill with its chimney then, without it now. */
function drawing(rank: number, then: boolean): string {
  const chimney = then ? '<rect x="250" y="40" width="24" height="160" fill="#844"/>' : '';
  const title = `Point de démonstration n° ${rank}, ${then ? 'avant' : 'après'} (dessin)`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240" role="img">',
    `<title>${title}</title><rect width="360" height="240" fill="${then ? '#e8dcc0' : '#dce8f0'}"/>`,
    `<path d="M40 200V120l40-30v30l40-30v30l40-30v30l40-30v110z" fill="#a65"/>${chimney}`,
    `<text x="180" y="225" text-anchor="middle" font-size="14">${title}</text></svg>`,
  ].join('');
}
