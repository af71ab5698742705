/** Ids as clients give them (a uid, also one that another took over, or a code with its scheme), as uids of what may be seen. */
import { identifierKey } from '#graph-schema/fold/identity.ts';
import type { KindName } from '#graph-schema/model.ts';
import { type Audience, visible, visibleStartOfAnyKind } from './audience.ts';
import { cypher, value } from './cypher.ts';
import { readCode } from './find.ts';
import { type Compiled, compiled } from './roots.ts';

export interface GivenId {
  readonly given: string;
  /** What it is the id of; with several, a code is looked for as each. */
  readonly kinds: readonly KindName[];
}

export interface ResolvedId {
  readonly uid: string;
  /** Its own point, else that of its place. WGS 84. */
  readonly position: { readonly latitude: number; readonly longitude: number } | undefined;
}

/** `KIND id` → what it is; absent where there is nothing of that kind that may be seen. */
export type ResolvedIds = ReadonlyMap<string, ResolvedId>;

export function idKey(kind: KindName, given: string): string {
  return `${kind} ${given}`;
}

/** One text for all of them, however many. That a code stands on what it leads to is tested again, as everywhere. */
export function compileResolveIds(ids: readonly GivenId[], audience: Audience): Compiled {
  const rows = ids.flatMap(({ given, kinds }) => {
    const code = readCode(given);
    return kinds.map((kind) => [
      idKey(kind, given),
      kind,
      code ? identifierKey(kind, code) : null,
      code ? `${code.scheme}:${code.value}` : null,
      code ? null : given,
    ]);
  });
  const seen = visibleStartOfAnyKind('n0', audience);
  const piece = cypher`UNWIND ${value(rows)} AS row OPTIONAL MATCH (known:Identifier {key: row[2]}) OPTIONAL MATCH (gone:Retired {uid: row[4]}) WITH row, coalesce(known.uid, gone.by, row[4]) AS uid MATCH (n0:Entity {uid: uid}) WHERE ${seen} AND row[1] IN labels(n0) AND (row[3] IS NULL OR row[3] IN n0.codes) WITH row, n0, coalesce(n0.point, [(n0)-[:LOCATED_IN]->(place:Place) WHERE ${visible('place', audience)} | place.point][0]) AS point RETURN collect([row[0], n0.uid, point.y, point.x]) AS found`;
  return compiled(piece, (row): ResolvedIds => {
    const found = (row?.['found'] ?? []) as [string, string, number | null, number | null][];
    return new Map(
      found.map(([key, uid, latitude, longitude]) => [
        key,
        {
          uid,
          position: latitude === null || longitude === null ? undefined : { latitude, longitude },
        },
      ]),
    );
  });
}
