/** Sign-in against a real issuer on loopback: it signs, serves its discovery and its keys, and changes them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Issuer } from './oidc.ts';

const AUDIENCE = 'trame';

interface Pair {
  readonly kid: string;
  readonly alg: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

let server: Server;
let address: string;
let published: Pair[] = [];
let asked: string[] = [];
let discovery: () => object;

async function pair(kid: string, alg: string): Promise<Pair> {
  return { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
}

beforeAll(async () => {
  published = [await pair('one', 'RS256'), await pair('two', 'ES256')];
  server = createServer(async (request, response) => {
    asked.push(request.url ?? '');
    const keys = await Promise.all(
      published.map(async ({ kid, alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg })),
    );
    response.end(JSON.stringify(request.url === '/jwks' ? { keys } : discovery()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  discovery = () => ({ issuer: address, jwks_uri: `${address}/jwks` });
});
afterAll(() => server.close());

const logged: unknown[] = [];
const issuer = (more = {}) =>
  new Issuer({ issuer: address, audience: AUDIENCE, rolesClaim: 'roles', ...more }, (_, fault) => logged.push(fault));

function token(claims: JWTPayload = {}, by = published[0]!): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ iss: address, aud: AUDIENCE, sub: 'u1', iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: by.alg, kid: by.kid })
    .sign(by.privateKey);
}

const refused = (en: string) => ({ code: 'UNAUTHENTICATED', en: expect.stringContaining(en) });

describe('a token', () => {
  test('says who asks and what they may, by RS256 and by ES256', async () => {
    for (const by of published) {
      const caller = await issuer().callerOf(await token({ name: 'Une personne', roles: ['steward', 'emperor'] }, by));
      expect(caller).toEqual({
        id: `oidc:${new URL(address).host}:u1`,
        name: 'Une personne',
        roles: new Set(['steward']),
      });
    }
  });

  test('names roles where and as the issuer does', async () => {
    const options = { rolesClaim: 'realm_access.roles', roleNames: { 'hub-redaction': 'steward' } };
    const given = await token({ realm_access: { roles: ['hub-redaction', 'analyst'] } });
    expect([...(await issuer(options).callerOf(given)).roles]).toEqual(['steward', 'analyst']);
    const text = await token({ 'https://hub.example/roles': 'builder partner' });
    expect([...(await issuer({ rolesClaim: 'https://hub.example/roles' }).callerOf(text)).roles]).toEqual([
      'partner',
      'builder',
    ]);
    expect((await issuer().callerOf(await token({ roles: { steward: true } }))).roles.size).toBe(0);
    expect((await issuer({ rolesClaim: '__proto__.roles' }).callerOf(await token())).roles.size).toBe(0);
  });

  test('for another hub, from another issuer, too old, too early or without an end is refused', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const wrong: [JWTPayload, string][] = [
      [{ aud: 'elsewhere' }, 'aud'],
      [{ iss: 'https://issuer.example' }, 'iss'],
      [{ exp: now - 60 }, 'expired'],
      [{ nbf: now + 120 }, 'nbf'],
      [{ exp: undefined } as unknown as JWTPayload, 'exp'],
      [{ sub: undefined } as unknown as JWTPayload, 'sub'],
      [{ iat: now - 200_000, exp: now + 300 }, 'expired'],
    ];
    for (const [claims, en] of wrong)
      await expect(issuer().callerOf(await token(claims)), en).rejects.toMatchObject(refused(en));
    await expect(issuer().callerOf(await token({ exp: now - 10 }))).resolves.toMatchObject({ name: 'u1' });
  });

  test('that is not signed, or by a secret, or by a stranger, is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [, body] = (await token()).split('.');
    await expect(issuer().callerOf(`${part({ alg: 'none' })}.${body}.`)).rejects.toMatchObject(refused('signed'));
    const secret = new TextEncoder().encode(await exportSPKI(published[0]!.publicKey));
    const now = Math.floor(Date.now() / 1_000);
    const confused = await new SignJWT({ iss: address, aud: AUDIENCE, sub: 'u1', iat: now, exp: now + 300 })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(secret);
    await expect(issuer().callerOf(confused)).rejects.toMatchObject(refused('signed'));
    await expect(issuer().callerOf(await token({}, await pair('one', 'RS256')))).rejects.toMatchObject(
      refused('signed'),
    );
    await expect(issuer().callerOf('a.b.c')).rejects.toMatchObject(refused('signed'));
    await expect(issuer().callerOf('x'.repeat(10_000))).rejects.toMatchObject(refused('long'));
  });

  test('with a new key of the issuer is taken, and the keys are not asked for each time', async () => {
    const signIn = issuer();
    await signIn.callerOf(await token());
    asked = [];
    for (let left = 5; left > 0; left -= 1) await signIn.callerOf(await token());
    expect(asked).toEqual([]);
    const third = await pair('three', 'ES256');
    published = [third];
    await expect(signIn.callerOf(await token({}, third))).rejects.toMatchObject(refused('signed'));
    expect((await issuer().callerOf(await token({}, third))).name).toBe('u1');
  });

  test('cannot be judged where the issuer speaks for another, or is not there', async () => {
    const told = discovery;
    discovery = () => ({ issuer: 'https://issuer.example', jwks_uri: `${address}/jwks` });
    await expect(issuer().callerOf(await token())).rejects.toMatchObject(refused('does not answer'));
    discovery = () => ({ issuer: address, jwks_uri: 'http://issuer.example/jwks' });
    await expect(issuer().callerOf(await token())).rejects.toMatchObject(refused('does not answer'));
    discovery = told;
    expect(logged).toHaveLength(2);
    await expect(issuer({ issuer: 'http://issuer.example' }).callerOf(await token())).rejects.toMatchObject(
      refused('does not answer'),
    );
  });
});
