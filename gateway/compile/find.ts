/** One entity by its uid, also a uid that another took over, or by one of its codes. */

import { FULL_TEXT } from '#graph-schema/derive/constraints.ts';
import { identifierKey, isShared } from '#graph-schema/fold/identity.ts';
import type { KindName } from '#graph-schema/model.ts';
import type { Identifier } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import { cypher, type Piece, value, whole } from './cypher.ts';

/** MATCHes that bind a name, and what must hold of it besides being visible. */
export interface Found {
  readonly match: Piece;
  readonly conditions: readonly Piece[];
}

const INSEE_COMMUNE = /^(\d{5}|2[AB]\d{3})$/i;

/** `insee:59350`, or a bare commune code; undefined where it is neither. */
export function readCode(given: string): Identifier | undefined {
  if (INSEE_COMMUNE.test(given)) return { scheme: 'insee', value: given.toUpperCase() };
  const colon = given.indexOf(':');
  return colon > 0 ? { scheme: given.slice(0, colon), value: given.slice(colon + 1) } : undefined;
}

/**
 * The ledger leads to the entity; that the code stands on it is tested again, or a hidden record's code would tell of it. Of things that are each known by their
 * one record (objects) the ledger has no codes: the full-text index has, among their words.
 */
export function findByCode(name: string, kind: KindName, code: Identifier): Found {
  const standsOn = cypher`${value(`${code.scheme}:${code.value}`)} IN ${name}.codes`;
  if (isShared(kind))
    return {
      match: cypher`MATCH (known:Identifier {key: ${value(identifierKey(kind, code))}}) MATCH (${name}:Entity:${kind} {uid: known.uid})`,
      conditions: [standsOn],
    };
  const phrase = `"${fold(code.value).replace(/[\\"]/g, ' ')}"`;
  return {
    match: cypher`CALL db.index.fulltext.queryNodes(${value(FULL_TEXT.words)}, ${value(phrase)}, {limit: ${whole(MOST_WITH_WORDS)}}) YIELD node AS ${name} WITH ${name}`,
    conditions: [standsOn, cypher`${name}:${kind}`],
  };
}

/** Things in whose words a code is looked for. */
const MOST_WITH_WORDS = 1_000;

/** By uid alone. */
export function findByUid(name: string, kind: KindName, uid: string): Found {
  return { match: cypher`MATCH (${name}:Entity:${kind} {uid: ${value(uid)}})`, conditions: [] };
}

/** By uid, the retired ones followed to what they became: the ledger keeps that one step long. */
export function findFollowing(name: string, uid: string): Piece {
  return cypher`OPTIONAL MATCH (gone:Retired {uid: ${value(uid)}}) WITH coalesce(gone.by, ${value(uid)}) AS uid MATCH (${name}:Entity {uid: uid})`;
}
