/** Whether a Media may be shown to who asks: a question to the graph, each time anew. */
import { type Audience, visibleStart } from '../compile/audience.ts';
import { cypher, value } from '../compile/cypher.ts';
import { republishable } from '../compile/picture.ts';
import { type Compiled, compiled } from '../compile/roots.ts';

/** Reads true or false. What is not there, not visible or not republishable is all the same no. */
export function permission(uid: string, audience: Audience): Compiled {
  const conditions = cypher`n0:Media AND ${visibleStart('n0', 'Media', audience)} AND ${republishable('n0')}`;
  const piece = cypher`MATCH (n0:Entity {uid: ${value(uid)}}) WHERE ${conditions} RETURN true AS row`;
  return compiled(piece, (row) => row !== undefined);
}
