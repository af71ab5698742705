/** How a gateway lets callers in, as its environment says (docs/access.md). */
import { ROLES } from './caller.ts';
import type { OidcOptions } from './oidc.ts';

export interface AccessSettings {
  readonly oidc?: OidcOptions;
  /** How many proxies stand before the gateway and tell the address that they saw; 0: none is believed. */
  readonly proxies: number;
  /** Units a minute for everyone without a key; what budget.ts says unless told. */
  readonly anonymousBudget?: number;
  /** A file of operations: `{"<sha-256>": "query …"}`. */
  readonly operations?: string;
  /** Only these are answered. */
  readonly isOnlyPersisted: boolean;
}

/** A setting that cannot be read. Its message is for the operator. */
export class SettingRefused extends Error {
  override readonly name = 'SettingRefused';
}

const MOST_PROXIES = 5;
const ROLES_CLAIM = 'roles';

/** @throws SettingRefused */
export function readAccessSettings(environment: Readonly<Record<string, string | undefined>>): AccessSettings {
  const oidc = readOidc(environment);
  const anonymousBudget = readWhole(environment, 'TRAME_ANONYMOUS_BUDGET');
  if (anonymousBudget === 0)
    throw new SettingRefused('TRAME_ANONYMOUS_BUDGET : une unité au moins par minute / one unit a minute at least');
  const operations = environment['TRAME_OPERATIONS'] || undefined;
  const proxies = readWhole(environment, 'TRAME_TRUST_PROXY') ?? 0;
  if (proxies > MOST_PROXIES)
    throw new SettingRefused(
      `TRAME_TRUST_PROXY : le nombre de mandataires devant la passerelle, ${MOST_PROXIES} au plus / how many proxies stand before the gateway, ${MOST_PROXIES} at most`,
    );
  return {
    proxies,
    isOnlyPersisted: false,
    ...(oidc === undefined ? {} : { oidc }),
    ...(anonymousBudget === undefined ? {} : { anonymousBudget }),
    ...(operations === undefined ? {} : { operations }),
  };
}

function readWhole(environment: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = environment[name];
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SettingRefused(`${name} : un nombre entier, pas « ${text} » / a whole number`);
}

function readOidc(environment: Readonly<Record<string, string | undefined>>): OidcOptions | undefined {
  const { TRAME_OIDC_ISSUER: issuer, TRAME_OIDC_AUDIENCE: audience } = environment;
  if (!issuer) return undefined;
  if (!URL.canParse(issuer))
    throw new SettingRefused(`TRAME_OIDC_ISSUER : une adresse https, pas « ${issuer} » / an https address`);
  if (!audience)
    throw new SettingRefused(
      'TRAME_OIDC_AUDIENCE manque : sans elle un jeton fait pour un autre service ouvrirait ici / is missing: without it a token for another service would open this one',
    );
  const rolesClaim = environment['TRAME_OIDC_ROLES_CLAIM'] || ROLES_CLAIM;
  return { issuer, audience, rolesClaim, roleNames: readRoleNames(environment['TRAME_OIDC_ROLES'] ?? '') };
}

/** `hub-redaction=steward,hub-admin=admin`. */
function readRoleNames(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [theirs = '', ours = ''] = pair.split('=').map((part) => part.trim());
      if (theirs !== '' && (ROLES as readonly string[]).includes(ours)) return [theirs, ours];
      throw new SettingRefused(
        `TRAME_OIDC_ROLES : « ${pair} » ; écrivez nom=rôle, avec un rôle parmi / write name=role, with a role among ${ROLES.join(', ')}`,
      );
    }),
  );
}
