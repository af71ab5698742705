/** The page of a search: which columns its rows need, and how they and what the catalogue found become `nodes` and `edges`. */
import type { KindName } from '#graph-schema/model.ts';
import type { FoundRow, SearchAnswer, SearchKey, SearchOrder } from '../catalogue/question.ts';
import type { Audience } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { readSearchCursor, writeSearchCursor } from './cursor.ts';
import { type CompiledEntities, compileEntities, readingAny } from './entities.ts';
import type { Row } from './entity.ts';
import { pageSize, pick } from './page.ts';
import type { Selected } from './selection.ts';

/** The fields of an edge that are made of a row's own texts: they add what they need to the columns. */
export type ReadEdgeField = (columns: Columns, field: Selected) => Reader | undefined;

/** What a search's connection is made of. */
export interface SearchPagePlan {
  /** Rows that the catalogue is asked for. */
  readonly first: number;
  readonly after: SearchKey | undefined;
  /** The text for these rows; absent where nothing of them was selected that the catalogue has not. */
  compile(uids: readonly string[]): CompiledEntities<ReadonlyMap<Selected, unknown>> | undefined;
  /** `nodes`, `edges` and `pageInfo`, by response key. What has vanished since it was found is left out. */
  read(
    answer: Pick<SearchAnswer, 'rows' | 'hasNext'>,
    entities: ReadonlyMap<string, ReadonlyMap<Selected, unknown>>,
  ): Record<string, unknown>;
}

/** Plans a page from the field that is the connection. @throws Refusal where `first` or `after` cannot be */
export function planSearchPage(
  connection: Selected,
  order: SearchOrder,
  kinds: readonly KindName[],
  audience: Audience,
  readEdgeField: ReadEdgeField,
): SearchPagePlan {
  const [fields = []] = [...connection.of.values()];
  const named = (name: string) => fields.filter((field) => field.name === name);
  const edges = named('edges').map((edge) => ({ edge, inside: [...edge.of.values()].flat() }));
  const nodes = [...named('nodes'), ...edges.flatMap(({ inside }) => inside.filter(({ name }) => name === 'node'))];
  const { after } = connection.args;
  const size = pageSize(connection.args);
  const wantsRows = nodes.length > 0 || edges.length > 0;
  return {
    first: wantsRows || named('pageInfo').length > 0 ? size : 0,
    after: after == null ? undefined : readSearchCursor(order, after as string),
    compile: (uids) =>
      wantsRows && uids.length > 0
        ? compileEntities(uids, audience, (columns) => readAll(columns, nodes, edges, kinds, audience, readEdgeField))
        : undefined,
    read(answer, entities) {
      const rows = answer.rows.filter(({ uid }) => entities.has(uid));
      const page: Record<string, unknown> = {};
      for (const field of named('nodes')) page[field.key] = rows.map(({ uid }) => entities.get(uid)!.get(field));
      for (const { edge, inside } of edges)
        page[edge.key] = rows.map((row) => readEdge(inside, row, order, entities.get(row.uid)!));
      for (const field of named('pageInfo')) page[field.key] = pick(field, pageInfo(answer, order, after != null));
      return page;
    },
  };
}

/** Every selected field that needs the graph, each read of the same row. */
function readAll(
  columns: Columns,
  nodes: readonly Selected[],
  edges: readonly { readonly inside: readonly Selected[] }[],
  kinds: readonly KindName[],
  audience: Audience,
  readEdgeField: ReadEdgeField,
): Reader<ReadonlyMap<Selected, unknown>> {
  const readers = new Map<Selected, Reader>();
  for (const node of nodes) readers.set(node, readingAny(kinds, node, audience)(columns) as Reader<Row>);
  for (const field of edges.flatMap(({ inside }) => inside)) {
    const read = readers.has(field) ? undefined : readEdgeField(columns, field);
    if (read) readers.set(field, read);
  }
  return (row) => new Map([...readers].map(([field, read]) => [field, read(row)] as const));
}

function readEdge(
  fields: readonly Selected[],
  found: FoundRow,
  order: SearchOrder,
  entity: ReadonlyMap<Selected, unknown>,
): Record<string, unknown> {
  const edge: Record<string, unknown> = {};
  for (const field of fields)
    edge[field.key] = entity.has(field) ? entity.get(field) : ofFound(field.name, found, order);
  return edge;
}

function ofFound(name: string, found: FoundRow, order: SearchOrder): unknown {
  switch (name) {
    case 'cursor':
      return writeSearchCursor(order, found.key);
    case 'score':
      return found.score;
    case 'distance':
      return found.metres ?? null;
    case 'duplicates':
      return found.duplicates;
    default:
      throw new Error(`an edge of a search has no ${name}`);
  }
}

function pageInfo(
  { rows, hasNext }: Pick<SearchAnswer, 'rows' | 'hasNext'>,
  order: SearchOrder,
  hasPrevious: boolean,
): Record<string, unknown> {
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    hasNextPage: hasNext,
    hasPreviousPage: hasPrevious,
    startCursor: first ? writeSearchCursor(order, first.key) : null,
    endCursor: last ? writeSearchCursor(order, last.key) : null,
  };
}
