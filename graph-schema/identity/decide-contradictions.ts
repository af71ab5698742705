/** Which standing decisions forbid a new one. */
import { groupOf, type LockedGroup } from '../fold/group.ts';
import { part, type Ruling } from '../fold/parts.ts';

/**
 * The ids of the decisions in the way of one about these two records (by their own identifiers).
 * Of `same`: those by which a record of the one thing was told apart from a record of the other. Of `distinct`: the chain of decisions by which the two are the
 * same. Codes are never in the way: decisions are stronger.
 */
export function inTheWay(
  locked: LockedGroup,
  kind: 'same' | 'distinct',
  [a, b]: readonly [string, string],
): readonly string[] {
  return kind === 'distinct' ? chain(locked.rulings, a, b) : apart(locked, a, b);
}

function apart(locked: LockedGroup, a: string, b: string): string[] {
  const { uids } = part(groupOf(locked, new Map()));
  const [ofA, ofB] = [uids.get(a), uids.get(b)];
  return locked.rulings
    .filter(({ kind, pair: [x, y] }) => {
      const [ofX, ofY] = [uids.get(x), uids.get(y)];
      return kind === 'distinct' && ((ofX === ofA && ofY === ofB) || (ofX === ofB && ofY === ofA));
    })
    .map(({ id }) => id);
}

/** The shortest chain of `same` from one to the other; empty where there is none. */
function chain(rulings: readonly Ruling[], from: string, to: string): string[] {
  const reached = new Map<string, readonly string[]>([[from, []]]);
  for (const [at, path] of reached) {
    for (const { id, kind, pair } of rulings) {
      if (kind !== 'same' || !pair.includes(at)) continue;
      const next = pair[0] === at ? pair[1] : pair[0];
      if (!reached.has(next)) reached.set(next, [...path, id]);
    }
  }
  return [...(reached.get(to) ?? [])];
}
