/**
 * The protocol `recherche-entreprises`: the State's search of firms (https://recherche-entreprises.api.gouv.fr/docs/), by filters or around a point. Its limits:
 * 25 results a page, 10,000 in all, 7 requests a second (the HTTP client's own gap of 200 ms keeps to that). Where a search by several departments has more, each
 * department is walked by itself.
 */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { apiClient } from '../api/client.ts';
import { checkedAnswer } from '../api/envelope.ts';
import { type ApiCursor, type ApiPage, type PagedApi, pagedConnector } from '../api/paged.ts';
import { type Connector, type Context, type Json, SourceError } from '../connector.ts';
import { modifiedOf, sirenOf, withoutPersons } from '../formats/entreprise/result.ts';
import type { paths } from './api.generated.ts';
import { MOST_PAGED, type RechercheOptions, rechercheOptions } from './options.ts';
import { firstWalkOf } from './walks.ts';

const NAME = 'recherche-entreprises';
/** Names of those who lead a firm are not asked for. */
const WITHOUT_PERSONS = { minimal: true, include: 'siege,complements' };

const answer = z.object({
  results: z.array(z.record(z.string(), z.unknown())),
  total_results: z.int().min(0),
  total_pages: z.int().min(0),
});
type Answer = z.infer<typeof answer>;

/** `walk`: the department that is walked, by its place in the list; absent where all is asked for at once. `page` counts from 1. */
const position = z.object({ walk: z.int().min(0).optional(), page: z.int().min(1) });
type Position = z.infer<typeof position>;

const api: PagedApi<RechercheOptions> = {
  name: NAME,
  options: rechercheOptions,
  position,
  async page(options, context, { at }) {
    if (at !== undefined) return pageAt(options, context, position.parse(at));
    const whole = await ask(options, context, { page: 1 });
    if (whole.total_results < MOST_PAGED) return pageOf(options, whole, { page: 1 });
    if (departments(options).length < 2) throw tooMany(whole);
    return pageAt(options, context, { walk: 0, page: 1 });
  },
  identify(row) {
    const id = sirenOf(row);
    return id === undefined ? undefined : { id, modified: modifiedOf(row) };
  },
  async one(options, context, id) {
    const found = await search(options.url, context, { q: id, page: 1, per_page: 1, ...WITHOUT_PERSONS });
    const row = found.results.find((result) => result['siren'] === id);
    return row === undefined ? undefined : withoutPersons(row as Json);
  },
};

export const rechercheEntreprises: Connector<RechercheOptions, ApiCursor> = pagedConnector(api);

function departments({ filters }: RechercheOptions): readonly string[] {
  return 'departement' in filters ? [filters.departement ?? []].flat() : [];
}

async function pageAt(options: RechercheOptions, context: Context, at: Position): Promise<ApiPage> {
  const found = await ask(options, context, at);
  if (at.walk === undefined) return pageOf(options, found, at);
  if (found.total_results >= MOST_PAGED) throw tooMany(found);
  checkPage(options, found, at.page);
  const walks = departments(options).length;
  const next =
    at.page < found.total_pages
      ? { walk: at.walk, page: at.page + 1 }
      : at.walk + 1 < walks
        ? { walk: at.walk + 1, page: 1 }
        : undefined;
  const rows = rowsOf(found, context, at.walk);
  // A page of a department can be empty: it has no such firm, or those of earlier ones alone.
  if (rows.length === 0 && next !== undefined) return pageAt(options, context, next);
  return { rows, next };
}

function pageOf({ size }: RechercheOptions, found: Answer, { page }: Position): ApiPage {
  const { results, total_results: total } = found;
  const rows = results.map((row) => withoutPersons(row as Json));
  return { rows, total, next: page * size < total ? { page: page + 1 } : undefined };
}

/** Throws where a page in the middle of a department is not full: its count is known there only. */
function checkPage({ size }: RechercheOptions, found: Answer, page: number): void {
  const expected = Math.min(size, found.total_results - (page - 1) * size);
  if (found.results.length >= expected) return;
  const particulars = { api: NAME, found: (page - 1) * size + found.results.length, expected: found.total_results };
  throw new SourceError('transient', finding('api-page-empty', particulars));
}

/** A firm with establishments in several departments is named in each: it is given in the first one. */
function rowsOf({ results }: Answer, context: Context, walk: number): readonly Json[] {
  const known = firstWalkOf(context);
  return results.flatMap((result) => {
    const id = sirenOf(result as Json);
    return id !== undefined && known(id, walk) < walk ? [] : [withoutPersons(result as Json)];
  });
}

function tooMany({ total_results: total }: Answer): SourceError {
  return new SourceError('config', finding('api-too-many', { api: NAME, total, limit: MOST_PAGED - 1 }));
}

async function ask(options: RechercheOptions, context: Context, { walk, page }: Position): Promise<Answer> {
  const paging = { page, per_page: options.size, ...WITHOUT_PERSONS };
  if (options.mode === 'near_point') {
    const client = apiClient<paths>(options.url, context);
    const query = { ...joined(options.filters), ...paging, lat: options.filters.lat, long: options.filters.long };
    const { data } = await client.GET('/near_point', { params: { query } });
    return checkedAnswer(answer, data, `${options.url}/near_point?page=${page}`);
  }
  const department = walk === undefined ? undefined : departments(options)[walk];
  const only = department === undefined ? {} : { departement: department };
  return search(options.url, context, { ...joined({ ...options.filters, ...only }), ...paging });
}

type SearchQuery = NonNullable<paths['/search']['get']['parameters']['query']>;

async function search(url: string, context: Pick<Context, 'http'>, query: SearchQuery): Promise<Answer> {
  const { data } = await apiClient<paths>(url, context).GET('/search', { params: { query } });
  return checkedAnswer(answer, data, `${url}/search?page=${query.page ?? 1}`);
}

/** Lists as the API takes them: joined by commas. */
function joined(filters: Readonly<Record<string, unknown>>): Readonly<Record<string, string | number | boolean>> {
  const said = Object.entries(filters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    said.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value as string | number | boolean)]),
  );
}
