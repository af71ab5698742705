/** What a field of an entity means in the graph. From the model alone; the GraphQL types (schema/) are derived from the same. */

import { inverseRelationsOf, KINDS, type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Property } from '#graph-schema/property.ts';
import type { Relation } from '#graph-schema/relation.ts';

/** A relation as seen from a kind, in either direction. */
export interface Step {
  readonly declared: Relation;
  readonly to: KindName;
  /** `out`: this kind declares it. */
  readonly direction: 'out' | 'in';
  /** A single target, or a list. Seen from the other end there are always several. */
  readonly single: boolean;
}

export type Meaning =
  | { readonly is: 'property'; readonly property: Property }
  | { readonly is: 'step'; readonly step: Step }
  /** The edge of a relation with a single target, where how and how surely is told. */
  | { readonly is: 'link'; readonly step: Step };

/** Field name → meaning. What every entity has besides (`id`, `uid`, `codes`, `provenance`) is in entity.ts. */
export type Meanings = ReadonlyMap<string, Meaning>;

const BY_KIND = new Map(KINDS.map((kind) => [kind, meaningsOf(kind)]));

export function meanings(kind: KindName): Meanings {
  return BY_KIND.get(kind)!;
}

/** The name of the field that holds the edge of a relation with a single target. */
export function linkName(relation: string): string {
  return `${relation}Link`;
}

function meaningsOf(kind: KindName): Meanings {
  const fields = new Map<string, Meaning>();
  const add = (name: string, meaning: Meaning) => {
    if (fields.has(name)) throw new Error(`${kind}.${name} has two meanings: rename one in model.ts`);
    fields.set(name, meaning);
  };
  for (const [name, property] of Object.entries(propertiesOf(kind))) add(name, { is: 'property', property });
  for (const [name, declared] of Object.entries(kindOf(kind).relations)) {
    const single = declared.cardinality === 'one';
    const step: Step = { declared, to: declared.to as KindName, direction: 'out', single };
    add(name, { is: 'step', step });
    if (single) add(linkName(name), { is: 'link', step });
  }
  for (const { from, declared } of inverseRelationsOf(kind)) {
    add(declared.inverse, { is: 'step', step: { declared, to: from, direction: 'in', single: false } });
  }
  return fields;
}
