/** Root fields: one entity, any entity, a list. Each becomes one Cypher text that gives one row. */
import type { KindName } from '#graph-schema/model.ts';
import { Refusal } from '../refusal.ts';
import { type Audience, today, visibleStart, visibleStartOfAnyKind } from './audience.ts';
import { type Order, readCursor } from './cursor.ts';
import { cypher, join, type Piece, type Query, query, value, whole } from './cypher.ts';
import { readAnyEntity, readEntity } from './entity.ts';
import type { Applied } from './filter.ts';
import { filtersOf } from './filters.ts';
import { findByCode, findFollowing, readCode } from './find.ts';
import { type PagePlan, type PageSource, planPage } from './page.ts';
import { columnsAt } from './scope.ts';
import type { Selected } from './selection.ts';
import { keysetAfter } from './steps.ts';

/** A question ready to be asked, and how its one row is read; no row reads as null. */
export interface Compiled extends Query {
  /** Of a list whose total is wanted: how many rows it has (`total`), and the change at which that stands (`asOf`), which the row of the question has too. */
  readonly count?: Query;
  read(row: Readonly<Record<string, unknown>> | undefined, total?: unknown): unknown;
}

export function compiled(piece: Piece, read: Compiled['read']): Compiled {
  return { ...query(piece, { today: today() }), read };
}

/** `node(id)`: an entity of whatever kind. */
export function compileNode(field: Selected, audience: Audience): Compiled {
  const columns = columnsAt({ depth: 0 });
  const read = readAnyEntity(columns, { audience, depth: 0 }, field);
  const { calls, list } = columns.write();
  const piece = cypher`${findFollowing('n0', String(field.args['id']))} WHERE ${visibleStartOfAnyKind('n0', audience)} WITH n0 ${calls}RETURN ${list} AS row`;
  return compiled(piece, (row) => (row ? read(row['row'] as unknown[]) : null));
}

/** `structure(uid)` and its like: by `uid` (or `id`, the same), or by `code`. */
export function compileOne(kind: KindName, field: Selected, audience: Audience): Compiled {
  const columns = columnsAt({ depth: 0 });
  const read = readEntity(columns, { audience, kind, depth: 0 }, field.of.get(kind) ?? []);
  const { match, conditions } = findOne(kind, field.args);
  const seen = join([cypher`n0:${kind}`, visibleStart('n0', kind, audience), ...conditions], ' AND ');
  const { calls, list } = columns.write();
  const piece = cypher`${match} WHERE ${seen} WITH n0 ${calls}RETURN ${list} AS row`;
  return compiled(piece, (row) => (row ? read(row['row'] as unknown[]) : null));
}

function findOne(
  kind: KindName,
  args: Readonly<Record<string, unknown>>,
): { match: Piece; conditions: readonly Piece[] } {
  const given = ['uid', 'id', 'code'].filter((name) => args[name] != null);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw new Refusal(
      'BAD_ARGUMENT',
      'Donnez soit `uid` (ou `id`, la même chose), soit `code`, et un seul des trois.',
      'Give either `uid` (or `id`, the same) or `code`, and only one of them.',
    );
  }
  const text = String(args[name]);
  if (name !== 'code') return { match: findFollowing('n0', text), conditions: [] };
  const code = readCode(text);
  if (code) return findByCode('n0', kind, code);
  throw new Refusal(
    'BAD_ARGUMENT',
    '`code` s’écrit avec son vocabulaire : `museofile:M0123`, `insee:59350`.',
    '`code` is written with its scheme: `museofile:M0123`, `insee:59350`.',
  );
}

/** The property that each order of a list reads; an index serves it. */
const ORDERED_BY = {
  name: { property: 'sort', index: ['sort', 'uid'] },
  begin: { property: 'begin', index: ['begin'] },
} as const;

/** `structures(filter, first, after)` and its like. */
export function compileList(kind: KindName, field: Selected, audience: Audience): Compiled {
  const order = (field.args['orderBy'] ?? 'name') as keyof typeof ORDERED_BY;
  const { property, index } = ORDERED_BY[order];
  const key = cypher`n0.${property}`;
  const page = planPage(field, rootPage(kind, order, key, audience));
  const { start, conditions } = applyFilters(kind, field, audience);
  const seen = [
    visibleStart('n0', kind, audience),
    ...conditions,
    ...(order === 'name' ? [] : [cypher`${key} IS NOT NULL`]),
  ];

  const begun = start && cypher`${start} WITH DISTINCT n0`;
  const behind = keysetOf(order, field, key, start === undefined);
  // Without SEEK the planner may choose to scan the index while there is little in it, and keep to that when there is much.
  const hint = cypher`USING INDEX SEEK n0:${kind}(${join(
    index.map((name) => cypher`${name}`),
    ', ',
  )})`;
  const listed = cypher`${begun ?? cypher`MATCH (n0:${kind}) ${hint}`} WHERE ${join([...behind, ...seen], ' AND ')} WITH n0 ORDER BY ${key}, n0.uid`;
  const counted = cypher`${begun ?? cypher`MATCH (n0:${kind})`} WHERE ${join(seen, ' AND ')}`;
  return compilePage(page, listed, counted);
}

/** A page's items, and its total where that is asked for. Both texts end where their rows are known. */
export function compilePage(page: PagePlan, listed: Piece, counted: Piece): Compiled {
  const items = page.row
    ? cypher`CALL () { ${listed} LIMIT ${whole(page.fetch)} ${page.row.calls}RETURN collect(${page.row.list}) AS items } RETURN items`
    : cypher`RETURN [] AS items`;
  const read: Compiled['read'] = (row, total) => page.read((row?.['items'] ?? []) as unknown[][], total);
  if (!page.wantsTotal) return compiled(items, read);
  // Read before it is counted: what changes meanwhile makes the count too new for its number, never too old.
  const count = cypher`OPTIONAL MATCH ${LATEST_CHANGE} WITH latest.value AS asOf RETURN asOf, COUNT { ${counted} RETURN n0 } AS total`;
  const asOf = cypher`, head(COLLECT { MATCH ${LATEST_CHANGE} RETURN latest.value }) AS asOf`;
  return { ...compiled(cypher`${items}${asOf}`, read), count: compiled(count, () => null) };
}

const LATEST_CHANGE = cypher`(latest:Sequence {name: 'change'})`;

function rootPage(kind: KindName, order: Order, key: Piece, audience: Audience): PageSource {
  return {
    columns: columnsAt({ depth: 0 }),
    order,
    key,
    uid: cypher`n0.uid`,
    edge: (name) => {
      throw new Error(`an edge of a root list has no ${name}`);
    },
    readNode: (columns, node) => readEntity(columns, { audience, kind, depth: 0 }, node.of.get(kind) ?? []),
  };
}

/** The first page too is asked as "behind nothing", so that all pages are one text; an index seek needs the bounds. */
function keysetOf(order: Order, field: Selected, key: Piece, seeks: boolean): Piece[] {
  const after = field.args['after'];
  if (after == null && !seeks) return [];
  const [afterKey, afterUid] = after == null ? ['', ''] : readCursor(order, after as string);
  return [
    keysetAfter(key, cypher`n0.uid`, value(afterKey), value(afterUid)),
    ...(seeks ? [cypher`n0.uid IS NOT NULL`] : []),
  ];
}

/** Begins at the narrowest of the filters that can be begun from; the others become conditions. */
function applyFilters(
  kind: KindName,
  field: Selected,
  audience: Audience,
): { start: Piece | undefined; conditions: readonly Piece[] } {
  const given = (field.args['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const applied = filtersOf(kind)
    .filter(({ name }) => given[name] != null)
    .map((filter) => filter.apply(given[filter.name], audience, given, 'n0'));
  const starts = applied.filter(({ start }) => start !== undefined);
  const begun = starts.reduce<Applied | undefined>(
    (best, one) => (best === undefined || one.start!.rank < best.start!.rank ? one : best),
    undefined,
  );
  const conditions = applied.filter((one) => one !== begun).flatMap(({ condition }) => condition ?? []);
  return { start: begun?.start?.match, conditions };
}
