/** Who asks, and what they may see. There is one set of queries; the audience is a parameter of the compiler. */
import { type KindName, MENTIONED } from '#graph-schema/model.ts';
import { cypher, join, type Piece } from './cypher.ts';

/** `public` is everyone. */
export type Audience = 'public';

/** Of a node that was stepped to from one that may be seen. A label filters nodes; a day may end before the label is taken away. */
export function visible(node: string, _audience: Audience): Piece {
  return cypher`${node}:Published AND coalesce(${node}.visibleUntil, $today) >= $today`;
}

/**
 * Of a node at which a question begins. What a record only mentions (a picture, a concept, an agent) may be seen while something
 * that may be seen leads to it; what a vocabulary describes needs no mention.
 */
export function visibleStart(node: string, kind: KindName, audience: Audience): Piece {
  return isMentioned(kind)
    ? cypher`${visible(node, audience)} AND ${stillMentioned(node, audience)}`
    : visible(node, audience);
}

/** The same where the kind is not known before. */
export function visibleStartOfAnyKind(node: string, audience: Audience): Piece {
  const mentioned = join(
    MENTIONED.map((kind) => cypher`${node}:${kind}`),
    ' OR ',
  );
  return cypher`${visible(node, audience)} AND (NOT (${mentioned}) OR ${stillMentioned(node, audience)})`;
}

function isMentioned(kind: KindName): boolean {
  return (MENTIONED as readonly KindName[]).includes(kind);
}

function stillMentioned(node: string, audience: Audience): Piece {
  return cypher`(${node}.digest IS NOT NULL OR EXISTS { MATCH (${node})<--(mention:Entity) WHERE ${visible('mention', audience)} })`;
}

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

const HOUR_MS = 3_600_000;
let latest = { hour: -1, day: '' };

/** The day it is for the hub's readers (YYYY-MM-DD), against which `visibleUntil` is tested. Days begin with hours, everywhere: within one it is worked out once. */
export function today(now: Date = new Date()): string {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  if (hour !== latest.hour) latest = { hour, day: DAY.format(now) };
  return latest.day;
}
