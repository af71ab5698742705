/** Who asks, and what they may do. Everyone may read what is Published; the rest needs a role. */

export const ROLES = ['partner', 'builder', 'steward', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  /** Under which figures and budget are kept: a key's id, a signed-in subject, or of everyone else their address. */
  readonly id: string;
  /** As they are remembered beside what they decide; absent where nobody said who they are. */
  readonly name?: string;
  readonly roles: ReadonlySet<Role>;
  /** Units a minute, where it is not what everyone of their sort has. */
  readonly budget?: number;
}

/** Who gave no key and did not sign in. */
export function anonymous(address: string): Caller {
  return { id: `anonymous:${address}`, roles: new Set() };
}

/** An admin may do what any role may. */
export function mayAs(caller: Caller, role: Role): boolean {
  return caller.roles.has(role) || caller.roles.has('admin');
}

/** Of these texts those that are roles. */
export function rolesAmong(texts: readonly string[]): ReadonlySet<Role> {
  return new Set(ROLES.filter((role) => texts.includes(role)));
}
