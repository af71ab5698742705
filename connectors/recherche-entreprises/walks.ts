/** Which department's walk named a firm first, in one run: memory for a search that is split is bounded by 10,000 SIREN a department. */
import type { Context } from '../connector.ts';

const RUNS = new WeakMap<object, Map<string, number>>();

/** Gives the first walk that named a firm, which is `walk` where none did before. The context stands for the run, and is forgotten with it. */
export function firstWalkOf(context: Context): (siren: string, walk: number) => number {
  const known = RUNS.get(context) ?? new Map<string, number>();
  RUNS.set(context, known);
  return (siren, walk) => {
    const first = known.get(siren);
    if (first !== undefined && first <= walk) return first;
    known.set(siren, walk);
    return walk;
  };
}
