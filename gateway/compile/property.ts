/** How each type of property is read from a node: the counterpart of graph-schema/derive/stored.ts. */
import type { Point } from 'neo4j-driver';
import type { PropertyType } from '#graph-schema/property.ts';
import { visible } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { cypher, numberOf, type Piece } from './cypher.ts';
import { meanings } from './meaning.ts';
import { pick } from './page.ts';
import { nodeAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';

/** Adds what a property's field needs to the columns. */
export function readProperty(columns: Columns, scope: Scope, field: Selected, type: PropertyType): Reader {
  const node = nodeAt(scope);
  const { name } = field;
  if (name === 'sources') return columns.add(seenSources(node));
  switch (type) {
    case 'boolean':
      return columns.add(cypher`coalesce(${node}.${name}, false)`);
    case 'integer':
      return optional(columns.add(cypher`${node}.${name}`), numberOf);
    case 'when':
      return readParts(columns, node, field, WHEN);
    case 'price':
      return readParts(columns, node, field, PRICE);
    case 'point':
      return optional(columns.add(pointOrPlaces(scope, name)), (at) => pick(field, position(at as StoredPosition)));
    case 'strings':
      return columns.add(cypher`coalesce(${node}.${name}, [])`);
    case 'intervals':
      return (
        (read) => (row: readonly unknown[]) =>
          (read(row) as string[]).map((interval) => pick(field, occurrence(interval)))
      )(columns.add(cypher`coalesce(${node}.${name}, [])`));
    case 'cues':
      return (
        (read) => (row: readonly unknown[]) =>
          (read(row) as string[]).map((stored) => pick(field, cue(stored)))
      )(columns.add(cypher`coalesce(${node}.${name}, [])`));
    default:
      return columns.add(cypher`${node}.${name}`);
  }
}

/** A source that is not public may for a while have said something of what still is. */
function seenSources(node: string): Piece {
  return cypher`[name IN coalesce(${node}.sources, []) WHERE NOT EXISTS { MATCH (hidden:Source {name: name}) WHERE NOT coalesce(hidden.visible, false) }]`;
}

/** Null stays null. */
export function optional(read: Reader, then: (given: unknown) => unknown): Reader {
  return (row) => {
    const given = read(row);
    return given === null || given === undefined ? null : then(given);
  };
}

/** The parts of a value that is stored in several properties: what each adds to the name, and whether it is a whole number. */
type Parts = Readonly<Record<string, { readonly suffix: string; readonly whole?: boolean }>>;
const WHEN: Parts = {
  text: { suffix: 'Text' },
  edtf: { suffix: 'Edtf' },
  from: { suffix: 'From', whole: true },
  to: { suffix: 'To', whole: true },
  confidence: { suffix: 'Confidence' },
};
const PRICE: Parts = { text: { suffix: 'Text' }, from: { suffix: 'From' }, to: { suffix: 'To' } };

/** Null where its text is not there. */
function readParts(columns: Columns, node: string, field: Selected, known: Parts): Reader {
  const isThere = columns.add(cypher`${node}.${`${field.name}Text`}`);
  const parts = [...field.of.values()].flat().map(({ key, name }) => {
    const { suffix, whole } = known[name]!;
    const read = columns.add(cypher`${node}.${field.name + suffix}`);
    return { key, read: whole ? optional(read, numberOf) : read };
  });
  return optional(
    (row) => (isThere(row) === null ? null : row),
    (row) => Object.fromEntries(parts.map(({ key, read }) => [key, read(row as unknown[]) ?? null])),
  );
}

type StoredPosition = readonly [point: Point, precision: string | null];

/**
 * `[point, precision]`. What has no point of its own but stands in a place is shown at the place's point, and the precision says so:
 * that of the commune, or of the wider area.
 */
function pointOrPlaces(scope: Scope, name: string): Piece {
  const node = nodeAt(scope);
  const own = cypher`[${node}.${name}, ${node}.${`${name}Precision`}]`;
  const place = meanings(scope.kind).get('place');
  if (place?.is !== 'step') return cypher`CASE WHEN ${node}.${name} IS NOT NULL THEN ${own} END`;
  return cypher`CASE WHEN ${node}.${name} IS NOT NULL THEN ${own} ELSE head(COLLECT { MATCH (${node})-[:${place.step.declared.type}]->(at:Place) WHERE ${visible('at', scope.audience)} AND at.point IS NOT NULL RETURN [at.point, CASE at.placeType WHEN 'site' THEN coalesce(at.pointPrecision, 'site') WHEN 'commune' THEN 'commune' WHEN 'former-commune' THEN 'commune' ELSE 'area' END] ORDER BY at.uid LIMIT 1 }) END`;
}

/** A point whose precision was not said is taken for the least precise. */
function position([{ x, y }, precision]: StoredPosition): Record<string, unknown> {
  return { latitude: y, longitude: x, precision: precision ?? 'area' };
}

function occurrence(interval: string): Record<string, unknown> {
  const [begin, end] = interval.split('/');
  return { begin, end: end ?? begin };
}

function cue(stored: string): Record<string, unknown> {
  const [begin = '', end = '', ...text] = stored.split('/');
  return { begin: Number(begin), end: Number(end), text: text.join('/') };
}
