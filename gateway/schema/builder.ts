/** The one Pothos builder, and what all types share. Each file of this folder registers what it declares; schema.ts gathers them. */
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { GraphQLResolveInfo } from 'graphql';
import type { Database } from '#graph-schema/database.ts';
import type { BudgetState } from '../access/budget.ts';
import { type Caller, mayAs, type Role } from '../access/caller.ts';
import type { Ask } from '../ask.ts';
import type { Catalogue } from '../catalogue/question.ts';
import type { Audience } from '../compile/audience.ts';
import type { Row } from '../compile/entity.ts';
import type { Thumbnails } from '../pictures/addresses.ts';
import { Refusal } from '../refusal.ts';
import type { SealChange } from '../seal.ts';

/** What every resolver is given. */
export interface GatewayContext {
  readonly audience: Audience;
  readonly ask: Ask;
  readonly caller: Caller;
  /** What the caller may still ask. */
  readonly budget: () => BudgetState;
  readonly catalogue: Catalogue;
  /** A change number as it may be shown. */
  readonly seal: SealChange;
  /** For what a role reads beside the public graph, and for decisions. */
  readonly database: Database;
  /** What was made of a Media that may be shown. */
  readonly thumbnails: Thumbnails;
}

export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  AuthScopes: { role: Role };
  Scalars: {
    ID: { Input: string; Output: string };
    Day: { Input: string; Output: string };
    Instant: { Input: string; Output: string };
    Url: { Input: string; Output: string };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin],
  scopeAuth: {
    authScopes: ({ caller }) => ({ role: (role) => mayAs(caller, role) }),
    unauthorizedError: (_parent, { caller }) => (caller.name === undefined ? unknownCaller() : notAllowed(caller)),
  },
  errors: { defaultTypes: [] },
});

function unknownCaller(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'Ceci demande une clé : envoyez-la dans l’en-tête `Authorization: Bearer …`.',
    'This needs a key: send it in the header `Authorization: Bearer …`.',
  );
}

function notAllowed({ roles }: Caller): Refusal {
  const has = [...roles].join(', ') || '–';
  return new Refusal(
    'FORBIDDEN',
    `Votre clé (${has}) n’a pas le rôle que ceci demande : voyez avec qui administre le hub.`,
    `Your key (${has}) has not the role that this needs: ask whoever administers the hub.`,
  );
}

/** A description for readers: French first, English beside it. */
export function words({ fr, en }: { readonly fr: string; readonly en: string }): string {
  return fr === en ? fr : `${fr} / ${en}`;
}

/**
 * The resolver of everything that the compiler has read already: rows are keyed by response key, so that one field under two
 * aliases has two values. Its type fits any field; the compiler and the schema are derived from the same model.
 */
export function byKey(row: Row, _args: unknown, _context: unknown, info: GraphQLResolveInfo): never {
  return row[info.path.key] as never;
}

/** `date-range` → `DATE_RANGE`: how a value of the model is written in an enum. */
export function enumName(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
