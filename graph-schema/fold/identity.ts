/** Identifier keys: by which records, references and mentions find the same thing. The ledger (ledger.ts) says which uid a key has. */
import { createHash } from 'node:crypto';
import { type KindName, kindOf } from '../model.ts';
import type { AnyRecord, Identifier } from '../record.ts';
import { compare } from './describing.ts';

const MOST_KEY_CHARACTERS = 300;

/** The unique key of an identifier: kind, scheme, value. An overlong value is shortened by its hash (an index key has a bound). */
export function identifierKey(kind: KindName, { scheme, value }: Identifier): string {
  const key = `${kind}/${scheme}:${value}`;
  if (key.length <= MOST_KEY_CHARACTERS) return key;
  return `${key.slice(0, MOST_KEY_CHARACTERS - 50)}#${createHash('sha256').update(key).digest('base64url')}`;
}

/** Every record is known by its source and id, whether or not it has a code. */
export function recordIdentifier(source: string, id: string): Identifier {
  return { scheme: 'record', value: `${source}/${id}` };
}

/** Whether things of this kind may be described by several records. Others are known by their one record alone. */
export function isShared(kind: KindName): boolean {
  return kindOf(kind).strong.length > 0;
}

/** Whether the ledger knows things of this kind: the shared ones; and objects, of which those stand in it that a decision is about. */
export function inLedger(kind: KindName): boolean {
  return isShared(kind) || kind === 'HeritageObject';
}

/** The strong identifiers that a record states, as keys, sorted. */
export function statedKeys(record: AnyRecord): readonly string[] {
  const { strong } = kindOf(record.kind);
  const stated = record.identifiers.filter(({ scheme }) => strong.includes(scheme));
  return [...new Set(stated.map((identifier) => identifierKey(record.kind, identifier)))].sort(compare);
}
