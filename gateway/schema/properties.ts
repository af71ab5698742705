/** The GraphQL fields of the properties that the model declares. */
import type { KindName } from '#graph-schema/model.ts';
import type { Property, PropertyType } from '#graph-schema/property.ts';
import type { Row } from '../compile/entity.ts';
import { type builder, byKey, words } from './builder.ts';
import { Cue } from './cue.ts';
import { enumOf } from './enums.ts';
import { HistoricalDate } from './historical-date.ts';
import { Occurrence } from './occurrence.ts';
import { Position } from './position.ts';
import { Price } from './price.ts';

type Types = (typeof builder)['$inferSchemaTypes'];
/** What Pothos hands to the `fields` of an object or an interface. */
export type FieldBuilder = PothosSchemaTypes.RootFieldBuilder<Types, Row>;

/** Two of the common names are never absent, a list is empty rather than absent, and an untold yes or no is a no. */
const NEVER_NULL: ReadonlySet<string> = new Set(['name']);
const TYPES = {
  string: 'String',
  integer: 'Int',
  boolean: 'Boolean',
  uri: 'Url',
  instant: 'Instant',
  day: 'Day',
  when: HistoricalDate,
  point: Position,
  price: Price,
} as const;

/** @param kind absent for what all kinds have */
export function propertyFields(
  t: FieldBuilder,
  kind: KindName | undefined,
  properties: Readonly<Record<string, Property>>,
) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, propertyField(t, kind, name, property)]),
  );
}

function propertyField(t: FieldBuilder, kind: KindName | undefined, name: string, property: Property) {
  const description = words({ fr: `${property.fr}.`, en: `${property.en}.` });
  if (property.values && kind) return t.field({ type: enumOf(kind, name), description, resolve: byKey });
  switch (property.type) {
    case 'strings':
      return t.field({ type: ['String'], nullable: false, description, resolve: byKey });
    case 'intervals':
      return t.field({ type: [Occurrence], nullable: false, description, resolve: byKey });
    case 'cues':
      return t.field({ type: [Cue], nullable: false, description, resolve: byKey });
    default: {
      const type = TYPES[property.type satisfies Exclude<PropertyType, 'strings' | 'intervals' | 'cues'>];
      const nullable = property.type !== 'boolean' && !NEVER_NULL.has(name);
      return t.field({ type, nullable, description, resolve: byKey } as never);
    }
  }
}
