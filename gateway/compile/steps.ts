/** From an entity along a relation, in either direction: one neighbour, its edge, or a page of neighbours. */
import { visible } from './audience.ts';
import { Columns, type Reader } from './columns.ts';
import { readCursor } from './cursor.ts';
import { cypher, join, type Piece, value, whole } from './cypher.ts';
import { readEntity } from './entity.ts';
import type { Step } from './meaning.ts';
import { type PageSource, planPage, readEdge } from './page.ts';
import { nodeAt, oneDeeper, relationAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';

/** The one neighbour of a relation with a single target. */
export function readSingle(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const own = new Columns();
  const read = readEntity(own, target, field.of.get(step.to) ?? []);
  const readRow = columns.add(first(scope, target, step, own.list()));
  return (row) => {
    const found = readRow(row) as unknown[] | null;
    return found ? read(found) : null;
  };
}

/** The same with its edge: how the relation came about, and how surely. */
export function readLink(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const own = new Columns();
  const read = readEdge(own, field, sourceOf(target));
  const readRow = columns.add(first(scope, target, step, own.list()));
  return (row) => {
    const found = readRow(row) as unknown[] | null;
    return found ? read(found) : null;
  };
}

/** A page of neighbours, ordered by name; their total where it is asked for. */
export function readList(columns: Columns, scope: Scope, field: Selected, step: Step): Reader {
  const target = oneDeeper(scope, step.to);
  const page = planPage(field, sourceOf(target));
  const way = pattern(scope, target, step);
  const node = nodeAt(target);
  const seen = visible(node, scope.audience);
  const conditions = [seen, ...after(field, node)];
  const readItems =
    page.row &&
    columns.add(
      cypher`COLLECT { MATCH ${way} WHERE ${join(conditions, ' AND ')} WITH ${node}, ${relationAt(target)} ORDER BY ${node}.sort, ${node}.uid LIMIT ${whole(page.fetch)} RETURN ${page.row} }`,
    );
  const readTotal = page.wantsTotal ? columns.add(cypher`COUNT { MATCH ${way} WHERE ${seen} }`) : undefined;
  return (row) => page.read((readItems?.(row) ?? []) as unknown[][], readTotal?.(row));
}

function first(scope: Scope, target: Scope, step: Step, list: Piece): Piece {
  const node = nodeAt(target);
  return cypher`head(COLLECT { MATCH ${pattern(scope, target, step)} WHERE ${visible(node, scope.audience)} WITH ${node}, ${relationAt(target)} ORDER BY ${node}.uid LIMIT 1 RETURN ${list} })`;
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
    order: 'name',
    key: cypher`${node}.sort`,
    uid: cypher`${node}.uid`,
    edge: (name) => cypher`${relationAt(target)}.${name}`,
    readNode: (columns, field) => readEntity(columns, target, field.of.get(target.kind) ?? []),
  };
}

function after(field: Selected, node: string): Piece[] {
  const cursor = field.args['after'];
  if (cursor == null) return [];
  const [key, uid] = readCursor('name', cursor as string);
  return [keysetAfter(cypher`${node}.sort`, cypher`${node}.uid`, value(key), value(uid))];
}

/** Behind a place in an order. The first part lets an index seek; `'', ''` is before all. */
export function keysetAfter(key: Piece, uid: Piece, afterKey: Piece, afterUid: Piece): Piece {
  return cypher`${key} >= ${afterKey} AND (${key} > ${afterKey} OR ${uid} > ${afterUid})`;
}
