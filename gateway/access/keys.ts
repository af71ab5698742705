/** API keys in the graph: who may come in with what. Of the key itself only a hash is kept. */
import type { Database } from '#graph-schema/database.ts';
import type { Ask } from '../ask.ts';
import { cypher, value } from '../compile/cypher.ts';
import { compiled } from '../compile/roots.ts';
import { type Role, rolesAmong } from './caller.ts';
import { hashOfKey, makeKeyText } from './key-text.ts';

export const MOST_KEYS = 1_000;
export const MOST_NAME = 120;
/** Units a minute that a key can be given at most: ten of the dearest requests a second. */
export const MOST_BUDGET = 6_000_000;

/** A key as it may be listed. Instants are ISO 8601 texts. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Units a minute; null: what every key has (budget.ts). */
  readonly budget: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
  /** The first instant at which it opens nothing any more. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  /** To the minute or so. */
  readonly lastUsedAt: string | null;
}

/** What a new key is to be. */
export interface NewKey {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly by: string;
  readonly budget?: number;
  readonly expiresAt?: Date;
}

const FIELDS = `k {.id, .name, .roles, .budget, .createdBy, .revokedBy, createdAt: toString(k.createdAt),
  expiresAt: toString(k.expiresAt), revokedAt: toString(k.revokedAt), lastUsedAt: toString(k.lastUsedAt)} AS key`;

/** Why a key was not made. */
export type KeyRefusal = 'too-many' | 'bad-name' | 'bad-budget' | 'expired';

/** Makes a key. `text` is the only time that it can be seen. */
export async function addKey(
  database: Database,
  { name, roles, by, budget, expiresAt }: NewKey,
): Promise<{ readonly key: ApiKey; readonly text: string } | { readonly refused: KeyRefusal }> {
  const called = name.trim();
  if (called === '' || called.length > MOST_NAME) return { refused: 'bad-name' };
  if (budget !== undefined && !(Number.isInteger(budget) && budget >= 1 && budget <= MOST_BUDGET))
    return { refused: 'bad-budget' };
  if (expiresAt !== undefined && expiresAt.getTime() <= Date.now()) return { refused: 'expired' };
  const { id, text } = makeKeyText();
  const { records } = await database.write((tx) =>
    tx.run(
      `OPTIONAL MATCH (any:ApiKey) WITH count(any) AS known WHERE known < $most
       CREATE (k:ApiKey {id: $id, name: $name, roles: $roles, hash: $hash, createdBy: $by, createdAt: datetime()})
       SET k.budget = toInteger($budget), k.expiresAt = datetime($expiresAt)
       RETURN ${FIELDS}`,
      {
        id,
        name: called,
        roles: [...rolesAmong(roles)],
        hash: hashOfKey(text),
        by,
        budget: budget ?? null,
        expiresAt: expiresAt?.toISOString() ?? null,
        most: MOST_KEYS,
      },
    ),
  );
  const key = records[0]?.get('key') as ApiKey | undefined;
  return key === undefined ? { refused: 'too-many' } : { key, text };
}

/** Every key, the newest first. */
export async function listKeys(database: Database): Promise<readonly ApiKey[]> {
  const { records } = await database.read((tx) =>
    tx.run(`MATCH (k:ApiKey) RETURN ${FIELDS} ORDER BY k.createdAt DESC, k.id LIMIT ${MOST_KEYS}`),
  );
  return records.map((row) => row.get('key') as ApiKey);
}

/** Revokes a key for good; gives it, or undefined where there is none. One that was revoked before stays as it was. */
export async function revokeKey(database: Database, id: string, by: string): Promise<ApiKey | undefined> {
  const { records } = await database.write((tx) =>
    tx.run(
      `MATCH (k:ApiKey {id: $id})
       SET k.revokedBy = coalesce(k.revokedBy, $by), k.revokedAt = coalesce(k.revokedAt, datetime())
       RETURN ${FIELDS}`,
      { id, by },
    ),
  );
  return records[0]?.get('key') as ApiKey | undefined;
}

/** What a gateway must know of a key to let somebody in. */
export interface KnownKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly budget: number | null;
  readonly hash: string;
  readonly isRevoked: boolean;
  /** Milliseconds since 1970. */
  readonly expiresMs: number | null;
}

/** The key of this id, also where it opens nothing any more. Throws what the driver throws, as soon as a reader's question does. */
export async function findKey(ask: Ask, id: string): Promise<KnownKey | undefined> {
  const question = cypher`MATCH (k:ApiKey {id: ${value(id)}})
    RETURN k {.id, .name, .roles, .budget, .hash, isRevoked: k.revokedAt IS NOT NULL, expiresMs: k.expiresAt.epochMillis} AS key`;
  return (await ask(compiled(question, (row) => row?.['key']))) as KnownKey | undefined;
}
