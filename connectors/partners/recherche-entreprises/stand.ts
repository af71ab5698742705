/**
 * `/recherche-entreprises/search` and `/recherche-entreprises/near_point`, as https://recherche-entreprises.api.gouv.fr answers: 25 a page, 10,000 results at most,
 * `{erreur}` with status 400, 429 with Retry-After to who asks too often. Non-diffusible firms are among the answers on purpose, though the partner says that it leaves
 * them out.
 */
import { type Answer, text } from '../answer.ts';
import { type Firm, firmAt } from './firms.ts';
import { resultOf } from './result.ts';

const PREFIX = '/recherche-entreprises';
const MOST_PAGED = 10_000;
const KM_A_DEGREE = 111;
const PAGING: readonly string[] = ['page', 'per_page', 'minimal', 'include'];

/**
 * `too-often`: every third request is refused with 429 and Retry-After. `error`: 400 and `{erreur}`. `empty-page`: the second page is empty, always. `empty-once`: the first
 * time it is asked for. `type-changed`: a field of each result has another type. `total-changed`: total_results is a text. `errors-in-200`: `{erreur}` with status 200.
 */
export type Fault =
  | 'too-often'
  | 'error'
  | 'empty-page'
  | 'empty-once'
  | 'type-changed'
  | 'total-changed'
  | 'errors-in-200';

export interface Settings {
  readonly faults?: ReadonlySet<string>;
  /** How many firms there are. */
  readonly firms?: number;
}

interface Query {
  readonly url: URL;
  readonly page: number;
  readonly size: number;
}

/** Answers what stands under these addresses; undefined for others. */
export function rechercheEntreprisesStand(_base: () => string, settings: Settings = {}) {
  const { faults = new Set<string>(), firms = 60 } = settings;
  const select = selection(firms);
  let asked = 0;
  let emptied = false;
  return (url: URL): Answer | undefined => {
    if (url.pathname !== `${PREFIX}/search` && url.pathname !== `${PREFIX}/near_point`) return undefined;
    asked += 1;
    if (faults.has('too-often') && asked % 3 === 0) return tooOften();
    if (faults.has('error')) return refused('Le serveur ne comprend pas la requête (démonstration).');
    if (faults.has('errors-in-200')) return json(200, { erreur: 'Panne de démonstration.' });
    const query = {
      url,
      page: Number(url.searchParams.get('page') ?? 1),
      size: Number(url.searchParams.get('per_page') ?? 10),
    };
    const wrong = wrongIn(query);
    if (wrong !== undefined) return refused(wrong);
    const empties = query.page === 2 && (faults.has('empty-page') || (faults.has('empty-once') && !emptied));
    if (empties) emptied = true;
    return pageOf(query, select(url), faults, empties);
  };
}

/** The firms that a request selects, the last selection being kept for its next pages. */
function selection(firms: number): (url: URL) => readonly Firm[] {
  let all: readonly Firm[] | undefined;
  let last: { readonly key: string; readonly found: readonly Firm[] } | undefined;
  return (url) => {
    const filters = [...url.searchParams].filter(([name]) => !PAGING.includes(name));
    const key = JSON.stringify([url.pathname, filters]);
    if (last?.key === key) return last.found;
    all ??= Array.from({ length: firms }, (_, rank) => firmAt(rank));
    last = { key, found: all.filter(wantedBy(url)).slice(0, MOST_PAGED) };
    return last.found;
  };
}

function pageOf(
  { url, page, size }: Query,
  found: readonly Firm[],
  faults: ReadonlySet<string>,
  empties: boolean,
): Answer {
  const include = url.searchParams.get('include')?.split(',') ?? [];
  const parts = /^true$/i.test(url.searchParams.get('minimal') ?? '') ? include : undefined;
  const shown = empties ? [] : found.slice((page - 1) * size, page * size);
  const results = shown.map((firm) => resultOf(firm, { parts, changed: faults.has('type-changed') }));
  const total = faults.has('total-changed') ? String(found.length) : found.length;
  return json(200, {
    results,
    total_results: total,
    page,
    per_page: size,
    total_pages: Math.ceil(found.length / size),
  });
}

/** What the partner would refuse; undefined where nothing is wrong. */
function wrongIn({ url, page, size }: Query): string | undefined {
  if (!Number.isInteger(size) || size < 1 || size > 25)
    return 'Veuillez indiquer un paramètre `per_page` entre `1` et `25`.';
  if (!Number.isInteger(page) || page < 1) return 'Veuillez indiquer un paramètre `page` entier.';
  if (page * size > MOST_PAGED) return 'Le nombre total de résultats est restreint à 10 000.';
  const given = [...url.searchParams.keys()].filter((key) => !PAGING.includes(key));
  if (url.pathname.endsWith('/search'))
    return given.length === 0 ? 'Veuillez indiquer au moins un paramètre de recherche.' : undefined;
  const [lat, long, radius] = ['lat', 'long', 'radius'].map((key) => Number(url.searchParams.get(key) ?? Number.NaN));
  if (Number.isNaN(lat) || Number.isNaN(long)) return 'Veuillez indiquer une latitude et une longitude.';
  return (radius ?? 0) > 50 ? 'Le rayon est limité à 50 km.' : undefined;
}

/** The filters that this stand knows; a value that nothing has gives zero results, and no error. */
function wantedBy({ pathname, searchParams }: URL): (firm: Firm) => boolean {
  const list = (name: string) => searchParams.get(name)?.split(',');
  const [activities, departments, communes] = [list('activite_principale'), list('departement'), list('code_commune')];
  const [q, heritage, state] = ['q', 'est_patrimoine_vivant', 'etat_administratif'].map((name) =>
    searchParams.get(name),
  );
  const [lat, long] = [Number(searchParams.get('lat')), Number(searchParams.get('long'))];
  const degrees = Number(searchParams.get('radius') ?? 5) / KM_A_DEGREE;
  const isNear = ({ seat }: Firm) =>
    Math.hypot(Number(seat.latitude) - lat, (Number(seat.longitude) - long) * Math.cos((lat * Math.PI) / 180)) <=
    degrees;
  return (firm) =>
    (activities?.includes(firm.activity) ?? true) &&
    (departments === undefined || firm.departments.some((one) => departments.includes(one))) &&
    (communes?.includes(firm.seat.insee) ?? true) &&
    (q == null || firm.siren === q || firm.siret === q || firm.name.toLowerCase().includes(q.toLowerCase())) &&
    (heritage == null || (heritage === 'true') === (firm.special === 'heritage')) &&
    (state == null || (state === 'C') === (firm.special === 'ceased')) &&
    (pathname.endsWith('/search') || isNear(firm));
}

function json(status: number, body: unknown): Answer {
  return text(status, 'application/json', JSON.stringify(body));
}

function refused(erreur: string): Answer {
  return json(400, { erreur });
}

function tooOften(): Answer {
  const answer = json(429, { erreur: 'Trop de requêtes.' });
  return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
}
