/** Whether thumbnails of a Media may be shown, as pieces of a question. */
import { mayBeRepublished } from '#graph-schema/pictures/permitted.ts';
import { cypher, Piece } from './cypher.ts';

/** The rights of a Media that was found visible. */
export function republishable(node: string): Piece {
  return new Piece(mayBeRepublished(node));
}

/** Its uid where thumbnails of it may be shown, null otherwise. */
export function permittedUid(node: string): Piece {
  return cypher`CASE WHEN ${republishable(node)} THEN ${node}.uid END`;
}
