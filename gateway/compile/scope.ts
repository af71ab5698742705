/** Where in the graph a piece of the question stands. */
import type { KindName } from '#graph-schema/model.ts';
import type { Audience } from './audience.ts';

export interface Scope {
  readonly audience: Audience;
  readonly kind: KindName;
  /** Steps from the root: names of variables follow from it, so that equal questions give equal texts. */
  readonly depth: number;
}

export function nodeAt({ depth }: Pick<Scope, 'depth'>): string {
  return `n${depth}`;
}

export function relationAt({ depth }: Pick<Scope, 'depth'>): string {
  return `r${depth}`;
}

export function oneDeeper(scope: Scope, kind: KindName): Scope {
  return { ...scope, kind, depth: scope.depth + 1 };
}
