/** What is known of structures beside a trade: what they offer now, the pathways they are part of already, the levels that these name. */
import { type Audience, visible } from '../compile/audience.ts';
import { cypher, value, whole } from '../compile/cypher.ts';
import { type Compiled, compiled } from '../compile/roots.ts';

export interface Around {
  /** School levels that its offers, resources and pathways name. */
  readonly levels: readonly string[];
  readonly offers: readonly string[];
  readonly pathways: readonly string[];
}

export const NOTHING_AROUND: Around = { levels: [], offers: [], pathways: [] };

/** Of its offers, resources and pathways (compile/cost.ts weighs as many). */
const MOST_EACH = 10;

/** One text for them all; gives a map from uid to Around, without those that may not be seen. */
export function compileAround(uids: readonly string[], audience: Audience): Compiled {
  const seen = (node: string) => visible(node, audience);
  const most = whole(MOST_EACH);
  const piece = cypher`UNWIND ${value(uids)} AS uid MATCH (s:Entity:Structure {uid: uid}) WHERE ${seen('s')} CALL (s) { MATCH (s)<-[:HAS_PARTICIPANT|OFFERED_BY]-(offer:Offer) WHERE ${seen('offer')} AND coalesce(offer.validTo >= $today, true) WITH DISTINCT offer ORDER BY offer.sort, offer.uid LIMIT ${most} RETURN collect(offer) AS offered } CALL (s) { MATCH (s)<-[:AT]-(leg:Leg)<-[:HAS_LEG]-(pathway:Pathway) WHERE ${seen('leg')} AND ${seen('pathway')} WITH DISTINCT pathway ORDER BY pathway.sort, pathway.uid LIMIT ${most} RETURN collect(pathway) AS walked } CALL (s) { MATCH (s)<-[:ABOUT_STRUCTURE|PUBLISHED_BY]-(resource:Resource) WHERE ${seen('resource')} AND resource.levels IS NOT NULL WITH DISTINCT resource ORDER BY resource.sort, resource.uid LIMIT ${most} RETURN collect(resource) AS taught } RETURN collect([uid, reduce(all = [], one IN offered + walked + taught | all + coalesce(one.levels, [])), [o IN offered | o.uid], [p IN walked | p.uid]]) AS rows`;
  return compiled(
    piece,
    (row): ReadonlyMap<string, Around> =>
      new Map(
        ((row?.['rows'] ?? []) as readonly AroundCells[]).map(([uid, levels, offers, pathways]) => [
          uid,
          { levels: [...new Set(levels)].sort(), offers, pathways },
        ]),
      ),
  );
}

type AroundCells = readonly [
  uid: string,
  levels: readonly string[],
  offers: readonly string[],
  pathways: readonly string[],
];
