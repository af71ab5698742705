/** What a selection needs of one entity: its properties, its codes, its relations. */
import type { KindName } from '#graph-schema/model.ts';
import { readBadges } from './badges.ts';
import type { Columns, Reader } from './columns.ts';
import { cypher, join, Piece } from './cypher.ts';
import { meanings } from './meaning.ts';
import { pick } from './page.ts';
import { permittedUid } from './picture.ts';
import { readProperty } from './property.ts';
import { readProvenance } from './provenance.ts';
import { nodeAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';
import { readLink, readList, readSingle } from './steps.ts';

/** A decoded entity, by response key. */
export type Row = Record<string | symbol, unknown>;

/** Under this symbol a row says of which kind it is, where that was not known before. */
export const KIND = Symbol('kind');

/** Adds what these fields need, and gives what makes the row that the resolvers read. */
export function readEntity(columns: Columns, scope: Scope, fields: readonly Selected[]): Reader<Row> {
  const parts = fields.map((field) => ({ key: field.key, read: readField(columns, scope, field) }));
  return (row) => {
    const entity: Row = {};
    for (const { key, read } of parts) entity[key] = read(row);
    return entity;
  };
}

function readField(columns: Columns, scope: Scope, field: Selected): Reader {
  const meaning = meanings(scope.kind).get(field.name);
  if (meaning === undefined) return readCommon(columns, scope, field);
  switch (meaning.is) {
    case 'property':
      return readProperty(columns, scope, field, meaning.property.type);
    case 'link':
      return readLink(columns, scope, field, meaning.step);
    case 'step':
      return (meaning.step.single ? readSingle : readList)(columns, scope, field, meaning.step);
  }
}

/** What every entity has beside the model's properties. */
function readCommon(columns: Columns, scope: Scope, field: Selected): Reader {
  const node = nodeAt(scope);
  switch (field.name) {
    case 'id':
    case 'uid':
      return columns.add(cypher`${node}.uid`);
    case 'notSeenSince':
      return columns.add(cypher`${node}.notSeenSince`);
    case 'codes': {
      const read = columns.add(cypher`coalesce(${node}.codes, [])`);
      return (row) => (read(row) as string[]).map((code) => pick(field, splitCode(code)));
    }
    case 'provenance':
      return readProvenance(columns, scope, field);
    case 'badges':
      return readBadges(columns, scope, field);
    case 'thumbnails':
      return columns.add(permittedUid(node));
    default:
      throw new Error(`the compiler does not know the field ${scope.kind}.${field.name}`);
  }
}

function splitCode(code: string): Record<string, unknown> {
  const colon = code.indexOf(':');
  return { scheme: code.slice(0, colon), value: code.slice(colon + 1) };
}

/** The same for an entity whose kind is known only when it is met: the row of the kind that it turns out to be. */
export function readAnyEntity(columns: Columns, scope: Omit<Scope, 'kind'>, field: Selected): Reader<Row> {
  const node = nodeAt(scope);
  const kinds = [...field.of].map(([name, fields]) => {
    const kind = name as KindName;
    const own = columns.nest();
    const read = readEntity(own, { ...scope, kind, uncertain: true }, fields);
    return { kind, read, ...own.write() };
  });
  const readKind = columns.add(
    cases(
      kinds.map(({ kind }) => [[kind], new Piece(`'${kind}'`)] as const),
      node,
    ),
  );
  const groups = [...Map.groupBy(kinds, ({ list }) => list.key).values()];
  const rows = cases(
    groups.map((same) => [same.map(({ kind }) => kind), same[0]!.list] as const),
    node,
  );
  const calls = join(
    kinds.map((one) => one.calls),
    '',
  );
  const readRow = columns.addOver(calls, rows);
  const readers = new Map<string, Reader<Row>>(kinds.map(({ kind, read }) => [kind, read]));
  return (row) => {
    const kind = readKind(row) as string;
    const entity = readers.get(kind)?.(readRow(row) as unknown[]);
    if (entity === undefined) throw new Error(`an entity of an unknown kind: ${kind}`);
    entity[KIND] = kind;
    return entity;
  };
}

function cases(branches: readonly (readonly [kinds: readonly KindName[], then: Piece])[], node: string): Piece {
  const whens = branches.map(([kinds, then]) => {
    const labels = join(
      kinds.map((kind) => cypher`${node}:${kind}`),
      ' OR ',
    );
    return cypher`WHEN ${labels} THEN ${then}`;
  });
  return cypher`CASE ${join(whens, ' ')} END`;
}
