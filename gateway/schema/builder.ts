/** The one Pothos builder, and what all types share. Each file of this folder registers what it declares; schema.ts gathers them. */
import SchemaBuilder from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Ask } from '../ask.ts';
import type { Audience } from '../compile/audience.ts';
import type { Row } from '../compile/entity.ts';
import type { Thumbnails } from '../pictures/addresses.ts';

/** What every resolver is given. */
export interface GatewayContext {
  readonly audience: Audience;
  readonly ask: Ask;
  /** What was made of a Media that may be shown. */
  readonly thumbnails: Thumbnails;
}

export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  Scalars: {
    ID: { Input: string; Output: string };
    Day: { Input: string; Output: string };
    Instant: { Input: string; Output: string };
    Url: { Input: string; Output: string };
  };
}>({});

/** A description for readers: French first, English beside it. */
export function words({ fr, en }: { readonly fr: string; readonly en: string }): string {
  return fr === en ? fr : `${fr} / ${en}`;
}

/**
 * The resolver of everything that the compiler has read already: rows are keyed by response key, so that one field under two
 * aliases has two values. Its type fits any field; the compiler and the schema are derived from the same model.
 */
export function byKey(row: Row, _args: unknown, _context: unknown, info: GraphQLResolveInfo): never {
  return row[info.path.key] as never;
}

/** `date-range` → `DATE_RANGE`: how a value of the model is written in an enum. */
export function enumName(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
