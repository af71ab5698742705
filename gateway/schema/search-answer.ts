/** A search answered: ids looked up, the catalogue asked, the page and the facets' entities read. */
import { SEARCHED } from '../catalogue/keep.ts';
import type { FacetAnswer, SearchAnswer, SearchOrder, SearchQuestion } from '../catalogue/question.ts';
import { today } from '../compile/audience.ts';
import { cypher } from '../compile/cypher.ts';
import { type CompiledEntities, compileEntities, readingAny } from '../compile/entities.ts';
import type { Row } from '../compile/entity.ts';
import { compileResolveIds, type ResolvedIds } from '../compile/resolve-ids.ts';
import { compiled } from '../compile/roots.ts';
import { planSearchPage } from '../compile/search.ts';
import type { Selected } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import type { GatewayContext } from './builder.ts';
import { entityFieldsOf, facetsOf, placesIn, type SelectedFacet, type Titles, writeFacet } from './search-facets.ts';
import { type AroundArgument, filtersFrom, idsIn, positionOf, type SearchFilterArgument } from './search-filter.ts';
import { readingHighlights } from './search-highlights.ts';

/** Asks the catalogue once and the graph once, and gives the connection by response key. @throws Refusal where the question can't be */
export async function search(field: Selected, { ask, audience, catalogue, seal }: GatewayContext): Promise<Row> {
  const fields = [...field.of.values()].flat();
  const args = field.args as unknown as Arguments;
  const facetFields = fields.filter(({ name }) => name === 'facets');
  const filter = args.filter ?? {};
  const given = [
    ...idsIn(filter, args.from),
    ...placesIn(facetFields).map((place) => ({ given: place, kinds: ['Place' as const] })),
  ];
  const [ids, titles] = await Promise.all([
    given.length === 0 ? new Map() : (ask(compileResolveIds(given, audience)) as Promise<ResolvedIds>),
    wantsTitles(filter, facetFields) ? (ask(compileTitles()) as Promise<Titles>) : new Map(),
  ]);
  const question = questionOf(args, ofPublicSources(filter, titles), ids);
  const facets = facetsOf(facetFields, ids);
  const kinds = question.filters.kinds ?? SEARCHED;
  const page = planSearchPage(field, question.order, kinds, audience, readingHighlights(question.text));
  const answer = await catalogue.search({
    ...question,
    first: page.first,
    ...(page.after ? { after: page.after } : {}),
    facets: facets.map((one) => one.question),
    didYouMean: fields.some(({ name }) => name === 'didYouMean'),
  });
  const compiledPage = page.compile(answer.rows.map(({ uid }) => uid));
  const [entities, writtenFacets] = await Promise.all([
    compiledPage ? (ask(compiledPage) as Promise<ReturnType<typeof compiledPage.read>>) : new Map(),
    writeFacets(facets, answer.facets, titles, { ask, audience }),
  ]);
  const row: Row = page.read(answer, entities);
  for (const one of fields) {
    if (one.name === 'facets') row[one.key] = facetsUnder(one, writtenFacets);
    else if (one.name === 'asOf') row[one.key] = await seal(answer.asOf);
    else if (!(one.key in row)) row[one.key] = counted(one.name, answer);
  }
  return row;
}

interface Arguments {
  readonly query?: string | null;
  readonly filter?: SearchFilterArgument | null;
  readonly orderBy: SearchOrder;
  readonly from?: AroundArgument | null;
  readonly collapse: boolean;
}

function questionOf(
  { query, orderBy, from, collapse }: Arguments,
  filter: SearchFilterArgument,
  ids: ResolvedIds,
): Omit<SearchQuestion, 'first' | 'after' | 'facets' | 'didYouMean'> {
  const day = today();
  const filters = filtersFrom(filter, ids, day);
  const position = from == null ? undefined : positionOf(from, ids);
  if (orderBy === 'distance' && position === undefined && filters.near === undefined)
    throw new Refusal(
      'BAD_ARGUMENT',
      'L’ordre DISTANCE demande d’où mesurer : `from` ou `filter.near`.',
      'The order DISTANCE needs to know where from: `from` or `filter.near`.',
    );
  const text = query?.trim() ?? '';
  return {
    ...(text === '' ? {} : { text }),
    filters,
    order: orderBy,
    ...(position ? { from: position } : {}),
    collapse,
    today: day,
  };
}

function counted(name: string, answer: SearchAnswer): unknown {
  switch (name) {
    case 'totalCount':
      return answer.total;
    case 'entityCount':
      return answer.entities;
    case 'didYouMean':
      return answer.didYouMean ?? null;
    default:
      throw new Error(`a search has no ${name}`);
  }
}

/** Values that are entities are read where their `entity` is selected, a text for each such facet. */
async function writeFacets(
  facets: readonly SelectedFacet[],
  answers: readonly FacetAnswer[],
  titles: Titles,
  { ask, audience }: Pick<GatewayContext, 'ask' | 'audience'>,
): Promise<ReadonlyMap<Selected, Row>> {
  const written = facets.map(async (facet, index) => {
    const answer = answers[index]!;
    const question = compileFacetEntities(facet, answer, audience);
    const entities = question ? ((await ask(question)) as ReturnType<typeof question.read>) : new Map();
    return [facet.field, writeFacet(facet, answer, titles, entities)] as const;
  });
  return new Map(await Promise.all(written));
}

function compileFacetEntities(
  facet: SelectedFacet,
  { values }: FacetAnswer,
  audience: GatewayContext['audience'],
): CompiledEntities<ReadonlyMap<Selected, unknown>> | undefined {
  const fields = entityFieldsOf(facet);
  const uids = values.flatMap(({ value, label }) => (label === undefined ? [] : [value]));
  if (fields.length === 0 || uids.length === 0) return undefined;
  return compileEntities(uids, audience, (columns) => {
    const readers = fields.map((field) => [field, readingAny(SEARCHED, field, audience)(columns)] as const);
    return (row) => new Map(readers.map(([field, read]) => [field, read(row)] as const));
  });
}

function wantsTitles(filter: SearchFilterArgument, facets: readonly Selected[]): boolean {
  const isAsked = facets.some(({ of }) => [...of.values()].flat().some(({ name }) => name === 'sources'));
  return isAsked || filter['sources'] != null;
}

/** A source that is not public may for a while have said something of what still is: to ask for it is to ask for nothing. */
function ofPublicSources(filter: SearchFilterArgument, titles: Titles): SearchFilterArgument {
  const sources = filter['sources'] as readonly string[] | null | undefined;
  return sources == null
    ? filter
    : { ...filter, sources: sources.map((name) => (titles.get(name) === null ? '' : name)) };
}

function compileTitles() {
  const piece = cypher`MATCH (s:Source) RETURN collect([s.name, CASE WHEN s.visible THEN coalesce(s.title, s.name) END]) AS titles`;
  return compiled(piece, (row): Titles => new Map((row?.['titles'] ?? []) as [string, string | null][]));
}

function facetsUnder(field: Selected, written: ReadonlyMap<Selected, Row>): Row {
  const row: Row = {};
  for (const one of [...field.of.values()].flat()) row[one.key] = written.get(one);
  return row;
}
