/** Values as they stand in Neo4j or are about to: in one form, so that they can be compared and digested. */
import neo4j from 'neo4j-driver';
import { compare } from './describing.ts';

/** Integers and floats of one value are one, a point is its system and coordinates, an instant its text. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (neo4j.isInt(value)) return value.toNumber();
  if (neo4j.isPoint(value))
    return { srid: Number(value.srid), x: value.x, y: value.y, ...(value.z === undefined ? {} : { z: value.z }) };
  if (typeof value === 'object' && value !== null) return String(value);
  return value;
}

/** Properties as a text that is the same for the same values: sorted by name, nothing for what is null or in `without`. */
export function canonical(properties: Readonly<Record<string, unknown>>, without?: ReadonlySet<string>): string {
  const said = Object.entries(properties)
    .filter(([name, value]) => value !== null && value !== undefined && !without?.has(name))
    .sort(([a], [b]) => compare(a, b));
  return JSON.stringify(said.map(([name, value]) => [name, plain(value)]));
}
