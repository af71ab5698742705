/** Entities whose uids are known already: what was found elsewhere (the catalogue, the network) read in one text. */
import type { KindName } from '#graph-schema/model.ts';
import { type Audience, visibleStartOfAnyKind } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { cypher, type Piece, value } from './cypher.ts';
import { readAnyEntity, readEntity } from './entity.ts';
import { type Compiled, compiled } from './roots.ts';
import { columnsAt } from './scope.ts';
import type { Selected } from './selection.ts';

/** What is read of each entity: adds what it needs to the columns, and gives what makes it of a row. */
export type ReadEntity<T> = (columns: Columns) => Reader<T>;

/** A question that gives `T` for each uid that may be seen; one that may not, or is not there, is left out. */
export interface CompiledEntities<T> extends Compiled {
  read(row: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, T>;
}

/** Each is tested again: it may have been hidden since it was found. */
export function compileEntities<T>(
  uids: readonly string[],
  audience: Audience,
  readEach: ReadEntity<T>,
): CompiledEntities<T> {
  return compileRows(cypher`UNWIND ${value(uids)} AS given WITH given, given AS uid`, audience, readEach);
}

/** The same of uids that a client gave: those that another took over are followed. By the uid that was given. */
export function compileGivenEntities<T>(
  uids: readonly string[],
  audience: Audience,
  readEach: ReadEntity<T>,
): CompiledEntities<T> {
  const followed = cypher`UNWIND ${value(uids)} AS given OPTIONAL MATCH (gone:Retired {uid: given}) WITH given, coalesce(gone.by, given) AS uid`;
  return compileRows(followed, audience, readEach);
}

function compileRows<T>(uids: Piece, audience: Audience, readEach: ReadEntity<T>): CompiledEntities<T> {
  const columns = columnsAt({ depth: 0 });
  const read = readEach(columns);
  const { calls, list } = columns.write();
  const piece = cypher`${uids} MATCH (n0:Entity {uid: uid}) WHERE ${visibleStartOfAnyKind('n0', audience)} WITH given, n0 ${calls}RETURN collect([given, ${list}]) AS rows`;
  const question = compiled(piece, () => null);
  return {
    ...question,
    read: (row) =>
      new Map(((row?.['rows'] ?? []) as [string, unknown[]][]).map(([uid, cells]) => [uid, read(cells)] as const)),
  };
}

/** Of one kind: what a field of that type selects. */
export function readingKind(kind: KindName, field: Selected, audience: Audience) {
  return (columns: Columns) => readEntity(columns, { audience, kind, depth: 0 }, field.of.get(kind) ?? []);
}

/** Of one of these kinds: what a field of the type Entity selects. */
export function readingAny(kinds: readonly KindName[], field: Selected, audience: Audience) {
  const of = new Map([...field.of].filter(([kind]) => (kinds as readonly string[]).includes(kind)));
  return (columns: Columns) => readAnyEntity(columns, { audience, depth: 0 }, { ...field, of });
}
