/** Where in the graph a piece of the question stands. */
import type { KindName } from '#graph-schema/model.ts';
import type { Audience } from './audience.ts';
import { Columns } from './columns.ts';
import { cypher, type Piece } from './cypher.ts';

export interface Scope {
  readonly audience: Audience;
  readonly kind: KindName;
  /** Steps from the root: names of variables follow from it, so that equal questions give equal texts. */
  readonly depth: number;
  /** The node may turn out to be of another kind: then nothing is to be looked for. */
  readonly uncertain?: boolean;
}

export function nodeAt({ depth }: Pick<Scope, 'depth'>): string {
  return `n${depth}`;
}

export function relationAt({ depth }: Pick<Scope, 'depth'>): string {
  return `r${depth}`;
}

/** The columns of the node at this depth. */
export function columnsAt({ depth }: Pick<Scope, 'depth'>): Columns {
  return new Columns(`c${depth}`);
}

export function oneDeeper({ audience, depth }: Scope, kind: KindName): Scope {
  return { audience, kind, depth: depth + 1 };
}

/** Holds where the node is of the kind that the scope takes it for. */
export function isOfKind(scope: Scope): readonly Piece[] {
  return scope.uncertain ? [cypher`${nodeAt(scope)}:${scope.kind}`] : [];
}
