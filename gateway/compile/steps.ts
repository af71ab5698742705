/** From an entity along a relation, in either direction: one neighbour, its edge, or a page of neighbours. */
import { visible } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { readCursor } from './cursor.ts';
import { cypher, join, NOTHING, type Piece, value, whole } from './cypher.ts';
import { readEntity } from './entity.ts';
import { conditionsOf } from './filters.ts';
import type { Step } from './meaning.ts';
import { type PageSource, planPage, readEdge } from './page.ts';
import { columnsAt, isOfKind, nodeAt, oneDeeper, relationAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';

/** The one neighbour of a relation with a single target. */
export function readSingle(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const own = columnsAt(target);
  const read = readEntity(own, target, field.of.get(step.to) ?? []);
  return readFirst(columns, scope, target, step, own, read);
}

/** The same with its edge: how the relation came about, and how surely. */
export function readLink(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const source = sourceOf(target);
  const read = readEdge(source.columns, field, source);
  return readFirst(columns, scope, target, step, source.columns, read);
}

/** A page of neighbours, ordered by name; their total where it is asked for. */
export function readList(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const node = nodeAt(target);
  const page = planPage(field, sourceOf(target));
  const matched = matches(scope, target, step, filtered(field, target));
  const behind = after(field, node);
  const readItems =
    page.row &&
    columns.call(
      nodeAt(scope),
      cypher`${matched}${behind} WITH ${node}, ${relationAt(target)} ORDER BY ${node}.sort, ${node}.uid LIMIT ${whole(page.fetch)} ${page.row.calls}RETURN collect(${page.row.list})`,
    );
  const readTotal = page.wantsTotal ? columns.call(nodeAt(scope), cypher`${matched} RETURN count(*)`) : undefined;
  return (row) => page.read((readItems?.(row) ?? []) as unknown[][], readTotal?.(row));
}

/** What can be seen at the other end. */
function matches(scope: Scope, target: Scope, step: Step, more: readonly Piece[] = []): Piece {
  const conditions = [...isOfKind(scope), visible(nodeAt(target), scope.audience), ...more];
  return cypher`MATCH ${pattern(scope, target, step)} WHERE ${join(conditions, ' AND ')}`;
}

/** What the list's own filter keeps: by the neighbour, and by how the relation came about. */
function filtered(field: Selected, target: Scope): readonly Piece[] {
  const given = (field.args['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const { how, confidence } = given;
  const relation = relationAt(target);
  return [
    ...(how == null ? [] : [cypher`${relation}.how IN ${value([...(how as string[])].sort())}`]),
    ...(confidence == null ? [] : [cypher`${relation}.confidence >= ${value(confidence)}`]),
    ...conditionsOf(target.kind, given, target.audience, nodeAt(target)),
  ];
}

function readFirst(columns: Columns, scope: Scope, target: Scope, step: Step, own: Columns, read: Reader): Reader {
  const node = nodeAt(target);
  const { calls, list } = own.write();
  const readRow = columns.call(
    nodeAt(scope),
    cypher`${matches(scope, target, step)} WITH ${node}, ${relationAt(target)} ORDER BY ${node}.uid LIMIT 1 ${calls}RETURN head(collect(${list}))`,
  );
  return (row) => {
    const found = readRow(row) as unknown[] | null;
    return found ? read(found) : null;
  };
}

function pattern(scope: Scope, target: Scope, { declared, direction }: Step): Piece {
  const from = cypher`(${nodeAt(scope)})`;
  const to = cypher`(${nodeAt(target)}:${target.kind})`;
  const way = cypher`[${relationAt(target)}:${declared.type}]`;
  return direction === 'out' ? cypher`${from}-${way}->${to}` : cypher`${from}<-${way}-${to}`;
}

function sourceOf(target: Scope): PageSource {
  const node = nodeAt(target);
  return {
    columns: columnsAt(target),
    order: 'name',
    key: cypher`${node}.sort`,
    uid: cypher`${node}.uid`,
    edge: (name) => cypher`${relationAt(target)}.${name}`,
    readNode: (columns, field) => readEntity(columns, target, field.of.get(target.kind) ?? []),
  };
}

function after(field: Selected, node: string): Piece {
  const cursor = field.args['after'];
  if (cursor == null) return NOTHING;
  const [key, uid] = readCursor('name', cursor as string);
  return cypher` AND ${keysetAfter(cypher`${node}.sort`, cypher`${node}.uid`, value(key), value(uid))}`;
}

/** Behind a place in an order. The first part lets an index seek; `'', ''` is before all. */
export function keysetAfter(key: Piece, uid: Piece, afterKey: Piece, afterUid: Piece): Piece {
  return cypher`${key} >= ${afterKey} AND (${key} > ${afterKey} OR ${uid} > ${afterUid})`;
}
