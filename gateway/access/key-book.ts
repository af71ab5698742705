/** The keys that a gateway saw lately, so that a request is not a look-up each; a revoked one is noticed within seconds. */
import { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { rolesAmong } from './caller.ts';
import { hashOfKey, readKeyId, sameHash } from './key-text.ts';
import type { KnownKey } from './keys.ts';

/** So long at most does a key that was revoked still open. */
export const KEY_FRESH_MS = 5_000;
const MOST_REMEMBERED = 2_000;

/** Looks a key up by its id. Throws what the driver throws. */
export type FindKey = (id: string) => Promise<KnownKey | undefined>;

interface Remembered {
  readonly until: number;
  readonly key: Promise<KnownKey | undefined>;
}

export class KeyBook {
  readonly #find: FindKey;
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered>();

  constructor(find: FindKey, now: () => number = Date.now) {
    this.#find = find;
    this.#now = now;
  }

  /** Whose key this is. @throws Refusal UNAUTHENTICATED where it opens nothing; what the driver throws */
  async callerOf(text: string): Promise<Caller> {
    const id = readKeyId(text);
    if (id === undefined) throw malformed();
    const key = await this.#look(id);
    if (key === undefined || !sameHash(key.hash, hashOfKey(text))) throw unknownKey();
    if (key.isRevoked) throw refuse('révoquée', 'was revoked', key.id);
    if (key.expiresMs !== null && key.expiresMs <= this.#now()) throw refuse('périmée', 'has expired', key.id);
    const { name, roles, budget } = key;
    return { id: `key:${id}`, name, roles: rolesAmong(roles), ...(budget === null ? {} : { budget }) };
  }

  /** Whether this key can be told without asking the graph. */
  remembers(text: string): boolean {
    const id = readKeyId(text);
    const known = id === undefined ? undefined : this.#remembered.get(id);
    return id === undefined || (known !== undefined && known.until > this.#now());
  }

  #look(id: string): Promise<KnownKey | undefined> {
    const known = this.#remembered.get(id);
    if (known !== undefined && known.until > this.#now()) return known.key;
    this.#remembered.delete(id);
    const key = this.#find(id);
    key.catch(() => this.#remembered.delete(id));
    this.#remembered.set(id, { until: this.#now() + KEY_FRESH_MS, key });
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
    return key;
  }
}

/** The scheme that a 401 must name. */
export const CHALLENGE = { 'www-authenticate': 'Bearer realm="trame"' } as const;

function malformed(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'Cette clé est mal recopiée : elle a la forme `trame_…_…`, en entier et sans espace.',
    'This key was not copied whole: it has the form `trame_…_…`, without blanks.',
    CHALLENGE,
  );
}

function unknownKey(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'Cette clé n’est pas connue ici : demandez-en une à qui administre le hub.',
    'This key is not known here: ask whoever administers the hub for one.',
    CHALLENGE,
  );
}

function refuse(fr: string, en: string, id: string): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    `La clé ${id} est ${fr} : demandez-en une autre à qui administre le hub.`,
    `The key ${id} ${en}: ask whoever administers the hub for another.`,
    CHALLENGE,
  );
}
