/** Sign-in by OpenID Connect: tokens that an issuer signed, checked against its own keys. The gateway sends nobody there: a client brings its token. */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Log } from '../errors.ts';
import { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { rolesAmong } from './caller.ts';
import { CHALLENGE } from './key-book.ts';

/** Only what an issuer signs with a key that it keeps to itself: never `none`, never a shared secret. */
const ALGORITHMS = ['RS256', 'ES256'];
const SKEW_S = 30;
/** A token that is good for longer than a day is a key; keys can be revoked. */
const MOST_AGE_S = 86_400;
const FETCH_WITHIN_MS = 5_000;
/** A key that is not known is asked for again at most so often. */
const COOLDOWN_MS = 10_000;
const MOST_TOKEN = 8_192;
const MOST_NAME = 120;
const MOST_DISCOVERY = 64 * 1024;

export interface OidcOptions {
  /** As the tokens name it: `https://…`; plain HTTP only on loopback. */
  readonly issuer: string;
  readonly audience: string;
  /** Where a token says the roles; dots lead into objects (`realm_access.roles`). */
  readonly rolesClaim: string;
  /** What the issuer calls a role → what it is here; what is not named here keeps its name. */
  readonly roleNames?: Readonly<Record<string, string>>;
}

/** Says whose token this is. */
export class Issuer {
  readonly #options: OidcOptions;
  readonly #log: Log;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(options: OidcOptions, log: Log) {
    this.#options = options;
    this.#log = log;
  }

  /** @throws Refusal UNAUTHENTICATED where the token is not good, or the issuer cannot be asked */
  async callerOf(token: string): Promise<Caller> {
    if (token.length > MOST_TOKEN) throw refused('trop long', 'too long');
    const { issuer, audience } = this.#options;
    try {
      const keys = await this.#issuerKeys();
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: SKEW_S,
        maxTokenAge: MOST_AGE_S,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return callerFrom(payload, this.#options);
    } catch (fault) {
      throw this.#told(fault);
    }
  }

  #issuerKeys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= discover(this.#options.issuer).catch((fault: unknown) => {
      this.#keys = undefined;
      throw fault;
    });
    return this.#keys;
  }

  #told(fault: unknown): unknown {
    if (fault instanceof errors.JWTExpired) return refused('périmé', 'expired');
    if (fault instanceof errors.JWTClaimValidationFailed)
      return refused(`pas pour ce hub (« ${fault.claim} »)`, `not for this hub (“${fault.claim}”)`);
    if (fault instanceof errors.JWKSTimeout || !(fault instanceof errors.JOSEError)) {
      this.#log('the issuer of sign-ins cannot be asked', fault);
      return new Refusal(
        'UNAUTHENTICATED',
        'Le service de connexion ne répond pas : réessayez dans quelques instants.',
        'The sign-in service does not answer: try again shortly.',
        { ...CHALLENGE, 'retry-after': '10' },
      );
    }
    return refused('pas signé comme il faut', 'not signed as it must be');
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  checkAddress(address);
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
  if (!response.ok) throw new Error(`${address.href} answers ${response.status}`);
  const text = await response.text();
  if (text.length > MOST_DISCOVERY) throw new Error(`${address.href} answers more than ${MOST_DISCOVERY} characters`);
  const told = JSON.parse(text) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (told.issuer !== issuer) throw new Error(`${address.href} speaks for another issuer: ${String(told.issuer)}`);
  const keys = new URL(String(told.jwks_uri));
  checkAddress(keys);
  return createRemoteJWKSet(keys, {
    timeoutDuration: FETCH_WITHIN_MS,
    cooldownDuration: COOLDOWN_MS,
    [customFetch]: (url, options) => fetch(url, { ...options, redirect: 'error' }),
  });
}

function checkAddress({ protocol, hostname, href }: URL): void {
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return;
  throw new Error(`${href}: an issuer of sign-ins must be asked by https`);
}

function callerFrom(payload: JWTPayload, { issuer, rolesClaim, roleNames = {} }: OidcOptions): Caller {
  const { sub, name, preferred_username: account } = payload;
  const shown = [name, account, sub].find((one) => typeof one === 'string' && one.trim() !== '') as string;
  return {
    id: `oidc:${new URL(issuer).host}:${sub}`,
    name: shown.slice(0, MOST_NAME),
    roles: rolesAmong(
      claimed(payload, rolesClaim).map((role) => (Object.hasOwn(roleNames, role) ? roleNames[role]! : role)),
    ),
  };
}

/** A claim that is a list of texts, or one text with blanks between. */
function claimed(payload: JWTPayload, path: string): readonly string[] {
  const parts = Object.hasOwn(payload, path) ? [path] : path.split('.');
  const found = parts.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, part)
        ? (inside as Readonly<Record<string, unknown>>)[part]
        : undefined,
    payload,
  );
  if (typeof found === 'string') return found.split(' ');
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

function refused(fr: string, en: string): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    `Ce jeton de connexion est ${fr} : connectez-vous de nouveau.`,
    `This sign-in token is ${en}: sign in again.`,
    CHALLENGE,
  );
}
