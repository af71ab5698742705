/** Pairs that hang together: of those that are sure, which may be joined without asking. Pure. */

/** Groups of more are for a steward: so many records of one thing are seldom right. */
const MOST_IN_GROUP = 12;

/** Two of one sort. */
export interface Pair {
  readonly a: { readonly uid: string };
  readonly b: { readonly uid: string };
}

/**
 * Groups what pairs join. A group may be joined where every two of its members may be one; where any two may not ("a merge of
 * three that the fourth contradicts"), all its pairs are for a steward, whichever was found first.
 */
export function joinable<P extends Pair>(
  pairs: readonly P[],
  mayBeOne: (a: P['a'], b: P['a']) => boolean,
): { readonly sure: readonly (readonly P[])[]; readonly doubtful: readonly P[] } {
  const parents = new Map<string, string>();
  const rootOf = (uid: string): string => {
    let root = uid;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== uid) parents.set(uid, root);
    return root;
  };
  for (const { a, b } of pairs) {
    const [one, other] = [rootOf(a.uid), rootOf(b.uid)].sort() as [string, string];
    if (one !== other) parents.set(other, one);
  }
  const sure: (readonly P[])[] = [];
  const doubtful: P[] = [];
  for (const group of Map.groupBy(pairs, ({ a }) => rootOf(a.uid)).values()) {
    const members = membersOf(group);
    const isSure = members.length <= MOST_IN_GROUP && everyTwo(members).every(([one, other]) => mayBeOne(one, other));
    if (isSure) sure.push(group);
    else doubtful.push(...group);
  }
  return { sure, doubtful };
}

/** Those that a group's pairs join, each once. */
export function membersOf<P extends Pair>(group: readonly P[]): readonly P['a'][] {
  return [...new Map(group.flatMap(({ a, b }): P['a'][] => [a, b]).map((one) => [one.uid, one])).values()];
}

/** Every two of several. */
export function everyTwo<T>(members: readonly T[]): readonly (readonly [T, T])[] {
  return members.flatMap((one, at) => members.slice(at + 1).map((other) => [one, other] as const));
}

/** Of a group's pairs as many as join it: the surest first. */
export function spanning<P extends Pair & { readonly score: number }>(group: readonly P[]): readonly P[] {
  const groups = new Map<string, Set<string>>();
  const of = (uid: string) => groups.get(uid) ?? new Set([uid]);
  return group
    .toSorted((one, other) => other.score - one.score)
    .filter(({ a, b }) => {
      const [ofA, ofB] = [of(a.uid), of(b.uid)];
      if (ofA.has(b.uid)) return false;
      const joined = ofA.union(ofB);
      for (const uid of joined) groups.set(uid, joined);
      return true;
    });
}
