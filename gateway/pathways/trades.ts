/** Which trades count for a pathway about one trade, and how much. */
import { type Audience, visible } from '../compile/audience.ts';
import { cypher, value, whole } from '../compile/cypher.ts';
import { type Compiled, compiled } from '../compile/roots.ts';

/** The same trade; a broader, a narrower one or one beside it; one of the same sector. */
export const MATCH = { same: 1, near: 0.6, sector: 0.3 } as const;

/** A sector of the vocabulary has some sixty trades at most. */
const MOST_TRADES = 200;

/** A trade that counts, and how much: 0 to 1. */
export type NearTrade = readonly [uid: string, match: number];

/** Gives `NearTrade[]`, the trade itself first. Two trades are beside each other under a broader one that is no whole sector. */
export function compileNearTrades(uid: string, audience: Audience): Compiled {
  const seen = (node: string) => visible(node, audience);
  const piece = cypher`MATCH (asked:Entity:Trade {uid: ${value(uid)}}) WHERE ${seen('asked')} CALL (asked) { RETURN asked AS near, ${value(MATCH.same)} AS match UNION ALL MATCH (asked)-[:BROADER]-(near:Trade) WHERE ${seen('near')} RETURN near, ${value(MATCH.near)} AS match UNION ALL MATCH (asked)-[:BROADER]->(over:Trade)<-[:BROADER]-(near:Trade) WHERE ${seen('over')} AND ${seen('near')} AND EXISTS { MATCH (over)-[:BROADER]->(wider:Trade) WHERE ${seen('wider')} } RETURN near, ${value(MATCH.near)} AS match UNION ALL MATCH (near:Trade {sector: asked.sector}) WHERE ${seen('near')} RETURN near, ${value(MATCH.sector)} AS match } WITH near, max(match) AS match ORDER BY match DESC, near.uid LIMIT ${whole(MOST_TRADES)} RETURN collect([near.uid, match]) AS trades`;
  return compiled(piece, (row) => (row?.['trades'] ?? []) as readonly NearTrade[]);
}
