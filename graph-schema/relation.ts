/** What model.ts declares of a kind and of a relation. */
import type { Property } from './property.ts';

/** Whether a relation leads to one thing or to several. With `one`, the best source's target wins. */
export type Cardinality = 'one' | 'many';

export interface Relation {
  /** The Neo4j relationship type. */
  readonly type: string;
  readonly to: string;
  readonly cardinality: Cardinality;
  /** The name of the same relation seen from the other end. */
  readonly inverse: string;
  readonly fr: string;
  readonly en: string;
  /** What a text is read against: the trades, the places, or (for a Concept) the scheme in which it is minted. */
  readonly words?: 'trades' | 'places' | { readonly scheme: string } | 'agents';
  /** Facts about the relation itself, beside how, confidence and text, which every relation has. Strings. */
  readonly facts?: readonly string[];
}

export interface Kind {
  readonly fr: string;
  readonly en: string;
  /** Identifier schemes by which two records are the same thing. Without any, one record is one thing. */
  readonly strong: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  readonly relations: Readonly<Record<string, Relation>>;
}

const declare =
  (cardinality: Cardinality) =>
  (type: string, to: string, inverse: string, fr: string, en: string, more: Partial<Relation> = {}): Relation => ({
    type,
    to,
    inverse,
    fr,
    en,
    cardinality,
    ...more,
  });

/** A relation to one thing. */
export const one = declare('one');
/** A relation to several things. */
export const many = declare('many');
