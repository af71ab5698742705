/**
 * `/onisep/api/1.0/dataset/{id}/search`, `/onisep/downloads/{id}/{id}.json` and `.csv`, as https://api.opendata.onisep.fr answers: the schools
 * (5fa5816ac6a6e, Idéo-Structures d'enseignement secondaire) and the trainings that they give (605340ddc19a9, Idéo-Actions de formation initiale, univers lycée).
 */
import { type Answer, file, NOT_FOUND, text } from '../answer.ts';
import { actionAt, type Row, schoolAt } from './schools.ts';

const MOST_PER_PAGE = 100;
const DATASETS: Readonly<Record<string, { readonly rowAt: (rank: number) => Row; readonly count: number }>> = {
  '5fa5816ac6a6e': { rowAt: schoolAt, count: 30 },
  '605340ddc19a9': { rowAt: actionAt, count: 40 },
};

/**
 * `token`: refused without `Authorization: Bearer demonstration` and `Application-ID`. `error`: a message with status 400. `empty-page`: empty after the first page.
 * `type-changed`: `results` is an object. `too-often`: every fourth request gets 429.
 */
export type Fault = 'token' | 'error' | 'empty-page' | 'type-changed' | 'too-often';

export interface Settings {
  readonly faults?: ReadonlySet<string>;
}

interface Asking {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Answers what stands under these addresses; undefined for others. */
export function onisepStand(_base: () => string, { faults = new Set<string>() }: Settings = {}) {
  let asked = 0;
  return (url: URL, request: Asking): Answer | undefined => {
    const [first, ...path] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'onisep') return undefined;
    if (path[0] === 'downloads' && path.length === 3) return download(path[1] ?? '', path[2] ?? '');
    if (path.slice(0, 3).join('/') !== 'api/1.0/dataset' || path[4] !== 'search') return NOT_FOUND;
    asked += 1;
    if (faults.has('too-often') && asked % 4 === 0)
      return { ...json(429, { message: 'Too Many Requests' }), headers: { 'retry-after': '1' } };
    if (faults.has('token') && !isKnown(request)) return json(401, { message: 'Unauthorized' });
    if (faults.has('error')) return json(400, { message: 'Bad request (démonstration)' });
    return search(path[3] ?? '', url, faults);
  };
}

function search(id: string, url: URL, faults: ReadonlySet<string>): Answer {
  const rows = rowsOf(id);
  if (!rows) return json(404, { message: 'Dataset not found' });
  const size = Math.min(Number(url.searchParams.get('size') ?? 10), MOST_PER_PAGE);
  const from = Number(url.searchParams.get('from') ?? 0);
  const words = (url.searchParams.get('q') ?? '').toLowerCase();
  const filters = Object.entries(JSON.parse(url.searchParams.get('filters') ?? '{}') as Record<string, string[]>);
  const found = rows.filter(
    (row) =>
      JSON.stringify(row).toLowerCase().includes(words) &&
      filters.every(([name, values]) => values.includes(String(row[name]))),
  );
  const shown = faults.has('empty-page') && from > 0 ? [] : found.slice(from, from + size);
  const results = faults.has('type-changed') ? Object.fromEntries(shown.entries()) : shown;
  return json(200, { total: found.length, size, from, results });
}

function download(id: string, name: string): Answer {
  const rows = rowsOf(id);
  if (rows && name === `${id}.json`) return file('application/json', Buffer.from(JSON.stringify(rows)));
  if (rows && name === `${id}.csv`) return file('text/csv; charset=utf-8', Buffer.from(csvOf(rows)));
  return NOT_FOUND;
}

/** Onisep's tables have French names where the API has keys. */
const LABELS: Readonly<Record<string, string>> = {
  code_uai: 'code UAI',
  n_siret: 'n° SIRET',
  type_detablissement: "type d'établissement",
  cp: 'CP',
  commune_cog: 'commune (COG)',
  departement: 'département',
  academie: 'académie',
  region: 'région',
  region_cog: 'région (COG)',
  longitude_x: 'longitude (X)',
  latitude_y: 'latitude (Y)',
  url_et_id_onisep: 'URL et ID Onisep',
  action_de_formation_af_identifiant_onisep: 'Action de formation (AF) identifiant Onisep',
  formation_for_libelle: 'Formation (FOR) libellé',
  lieu_denseignement_ens_libelle: "Lieu d'enseignement (ENS) libellé",
  ens_code_uai: 'ENS code UAI',
  date_de_modification: 'date de modification',
};

function csvOf(rows: readonly Row[]): string {
  const keys = Object.keys(rows[0] ?? {});
  const header = keys.map((key) => LABELS[key] ?? key.replaceAll('_', ' '));
  const lines = [header, ...rows.map((row) => keys.map((key) => String(row[key] ?? '')))];
  return `\ufeff${lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n')}\r\n`;
}

function rowsOf(id: string): readonly Row[] | undefined {
  const dataset = Object.hasOwn(DATASETS, id) ? DATASETS[id] : undefined;
  return dataset && Array.from({ length: dataset.count }, (_, rank) => dataset.rowAt(rank));
}

function isKnown({ headers }: Asking): boolean {
  return headers['authorization'] === 'Bearer demonstration' && headers['application-id'] !== undefined;
}

function json(status: number, body: unknown): Answer {
  return text(status, 'application/json; charset=utf-8', JSON.stringify(body));
}
