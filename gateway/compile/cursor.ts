/** Keyset cursors: where in an order a row stands. Opaque to clients; they hold nothing that the row does not show. */
import type { SearchKey, SearchOrder } from '../catalogue/question.ts';
import { Refusal } from '../refusal.ts';

/** What a list is ordered by, last the uid. The first letter stands in the cursor, so that one order's cursor is refused by another. */
export type Order = 'name' | 'begin';

/** The key of a row: a name or a time; then its uid. */
export type Position = readonly [key: string, uid: string];

const MOST_CHARACTERS = 1_000;

export function writeCursor(order: Order, [key, uid]: Position): string {
  return Buffer.from(JSON.stringify([order[0], key, uid])).toString('base64url');
}

/** @throws Refusal where it is not a cursor that this order gave */
export function readCursor(order: Order, cursor: string): Position {
  const read = cursor.length <= MOST_CHARACTERS ? parse(cursor) : undefined;
  if (Array.isArray(read) && read.length === 3) {
    const [letter, key, uid] = read as unknown[];
    if (letter === order[0] && typeof key === 'string' && typeof uid === 'string') return [key, uid];
  }
  throw notOfThisList();
}

/** The same of a search, whose orders have names of their own. */
export function writeSearchCursor(order: SearchOrder, [key, uid]: SearchKey): string {
  return Buffer.from(JSON.stringify([`search ${order}`, key, uid])).toString('base64url');
}

/** @throws Refusal where it is not a cursor of this order */
export function readSearchCursor(order: SearchOrder, cursor: string): SearchKey {
  const read = cursor.length <= MOST_CHARACTERS ? parse(cursor) : undefined;
  if (Array.isArray(read) && read.length === 3) {
    const [name, key, uid] = read as unknown[];
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (name === `search ${order}` && isKey && typeof uid === 'string') return [key, uid];
  }
  throw notOfThisList();
}

/** A cursor of another list, of another order, or of nobody. */
export function notOfThisList(): Refusal {
  return new Refusal(
    'CURSOR_INVALID',
    'Ce curseur (`after`) ne vient pas de cette liste : reprenez la valeur de `pageInfo.endCursor` telle quelle, dans le même ordre.',
    'This cursor (`after`) does not come from this list: use the value of `pageInfo.endCursor` as it is, in the same order.',
  );
}

function parse(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
