/** One page of a list: which columns its `nodes`, `edges`, `pageInfo` and `totalCount` need, and how they are read back. */
import { Refusal } from '../refusal.ts';
import type { Columns, Reader, RowText } from './columns.ts';
import { type Order, type Position, writeCursor } from './cursor.ts';
import { numberOf, type Piece } from './cypher.ts';
import type { Selected } from './selection.ts';

export const DEFAULT_FIRST = 20;
export const MOST_FIRST = 100;

/** How many rows a list is asked for. @throws Refusal beyond the limits */
export function pageSize(args: Readonly<Record<string, unknown>>): number {
  const first = (args['first'] ?? DEFAULT_FIRST) as number;
  if (first >= 0 && first <= MOST_FIRST) return first;
  throw new Refusal(
    'FIRST_TOO_LARGE',
    `\`first\` va de 0 à ${MOST_FIRST} ; demandez la suite avec \`after\`.`,
    `\`first\` goes from 0 to ${MOST_FIRST}; ask for what follows with \`after\`.`,
  );
}

/** What a page is made of, and how its rows are read. */
export interface PagePlan {
  /** The row of one item; absent where no item is asked for. */
  readonly row: RowText | undefined;
  /** How many rows to fetch: one more than the page where it must be known whether there are others. */
  readonly fetch: number;
  readonly wantsTotal: boolean;
  read(items: readonly (readonly unknown[])[], total: unknown): Record<string, unknown>;
}

/** Where the parts of an item come from: its node, the place it has in the order, and what its edge holds. */
export interface PageSource {
  /** Fresh columns for the node of an item. */
  readonly columns: Columns;
  readonly order: Order;
  readonly key: Piece;
  readonly uid: Piece;
  /** The column of an edge's own field (`how`, `score` …). */
  edge(name: string): Piece;
  readNode(columns: Columns, node: Selected): Reader;
}

/** Plans a page from the field that is a connection. */
export function planPage(connection: Selected, source: PageSource): PagePlan {
  const [fields = []] = [...connection.of.values()];
  const size = pageSize(connection.args);
  const { columns } = source;
  const cursor = fields.some((field) => asks(field, 'cursor', 'startCursor', 'endCursor'))
    ? cursorReader(columns, source)
    : undefined;
  const named = (name: string) => fields.filter((field) => field.name === name);
  const lists = [
    ...named('nodes').map((field) => ({ key: field.key, read: source.readNode(columns, field) })),
    ...named('edges').map((field) => ({ key: field.key, read: readEdge(columns, field, source) })),
  ];
  const wantsNext = named('pageInfo').some((field) => asks(field, 'hasNextPage'));
  const row = lists.length > 0 || wantsNext || cursor ? columns.write() : undefined;
  return {
    row,
    fetch: size + (wantsNext ? 1 : 0),
    wantsTotal: named('totalCount').length > 0,
    read(found, total) {
      const items = found.slice(0, size);
      const page: Record<string, unknown> = {};
      for (const { key, read } of lists) page[key] = items.map(read);
      for (const { key } of named('totalCount')) page[key] = numberOf(total);
      const info = {
        hasNextPage: found.length > size,
        hasPreviousPage: connection.args['after'] != null,
        startCursor: items[0] && cursor ? cursor(items[0]) : null,
        endCursor: items.length > 0 && cursor ? cursor(items.at(-1)!) : null,
      };
      for (const field of named('pageInfo')) page[field.key] = pick(field, info);
      return page;
    },
  };
}

function asks(field: Selected, ...names: readonly string[]): boolean {
  return [...field.of.values()].flat().some(({ name }) => names.includes(name));
}

function cursorReader(columns: Columns, { order, key, uid }: PageSource): Reader<string> {
  const readKey = columns.add(key);
  const readUid = columns.add(uid);
  return (row) => writeCursor(order, [readKey(row), readUid(row)] as unknown as Position);
}

/** An edge: its node, its cursor, and what it tells of the relation. */
export function readEdge(columns: Columns, edge: Selected, source: PageSource): Reader<Record<string, unknown>> {
  const parts = [...edge.of.values()].flat().map((field) => {
    if (field.name === 'node') return { key: field.key, read: source.readNode(columns, field) };
    if (field.name === 'cursor') return { key: field.key, read: cursorReader(columns, source) };
    return { key: field.key, read: columns.add(source.edge(field.name)) };
  });
  return (row) => {
    const read: Record<string, unknown> = {};
    for (const part of parts) read[part.key] = part.read(row);
    return read;
  };
}

/** A plain value in the shape that was asked for. */
export function pick(field: Selected, whole: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const { key, name } of [...field.of.values()].flat()) picked[key] = whole[name] ?? null;
  return picked;
}
