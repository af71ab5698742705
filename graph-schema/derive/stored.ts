/** The properties of an entity node, from its folded fields: the one place that knows how each property type is stored. */
import neo4j from 'neo4j-driver';
import { type KindName, propertiesOf } from '../model.ts';
import type { Cue, GeoPoint, Interval, Price, Property, When } from '../property.ts';
import { fold, sortKey } from '../text.ts';

export type Stored = Record<string, unknown>;

const WGS84 = neo4j.int(4326);
const MOST_SEARCH_CHARACTERS = 20_000;

const STORE: { readonly [T in Property['type']]: (name: string, value: never) => Stored } = {
  string: (name, value: string) => ({ [name]: value }),
  strings: (name, value: readonly string[]) => ({ [name]: [...value] }),
  integer: (name, value: number) => ({ [name]: neo4j.int(value) }),
  boolean: (name, value: boolean) => ({ [name]: value }),
  uri: (name, value: string) => ({ [name]: value }),
  instant: (name, value: string) => ({ [name]: value }),
  day: (name, value: string) => ({ [name]: value }),
  when: (name, value: When) => ({
    [`${name}Text`]: value.text,
    [`${name}Edtf`]: value.edtf ?? null,
    [`${name}From`]: value.from === undefined ? null : neo4j.int(value.from),
    [`${name}To`]: value.to === undefined ? null : neo4j.int(value.to),
    [`${name}Confidence`]: value.confidence ?? null,
  }),
  point: (name, value: GeoPoint) => ({
    [name]: new neo4j.types.Point(WGS84, value.longitude, value.latitude),
    [`${name}Precision`]: value.precision,
  }),
  intervals: (name, value: readonly Interval[]) => ({ [name]: value.map(({ begin, end }) => `${begin}/${end}`) }),
  price: (name, value: Price) => ({
    [`${name}Text`]: value.text,
    [`${name}From`]: value.from ?? null,
    [`${name}To`]: value.to ?? null,
  }),
  cues: (name, value: readonly Cue[]) => ({ [name]: value.map(({ begin, end, text }) => `${begin}/${end}/${text}`) }),
};

/** Flattened properties; `sort` for ordering and `search` for the full-text index beside them. */
export function storedFields(
  kind: KindName,
  fields: Readonly<Record<string, unknown>>,
  codes: readonly string[],
): Stored {
  const stored: Stored = {};
  const words: string[] = codes.map((code) => code.slice(code.indexOf(':') + 1));
  for (const [name, property] of Object.entries(propertiesOf(kind))) {
    const value = fields[name];
    if (value === undefined) continue;
    Object.assign(stored, STORE[property.type](name, value as never));
    if (property.search) words.push(searchText(value));
  }
  stored['sort'] = sortKey(String(fields['name'] ?? ''));
  stored['search'] = fold(words.join(' ')).slice(0, MOST_SEARCH_CHARACTERS);
  return stored;
}

function searchText(value: unknown): string {
  if (Array.isArray(value)) return value.map(searchText).join(' ');
  if (typeof value === 'object' && value !== null && 'text' in value) return String(value.text);
  return String(value);
}
