/** Keys as they are written, budgets, addresses and settings, without Neo4j. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BudgetState, Budgets, WINDOW_S } from './budget.ts';
import { addressOf, identify } from './identify.ts';
import { KEY_FRESH_MS, KeyBook } from './key-book.ts';
import { hashOfKey, holdsKey, makeKeyText, readKeyId } from './key-text.ts';
import type { KnownKey } from './keys.ts';
import { readAccessSettings } from './settings.ts';

describe('a key', () => {
  test('is known by its form, and no slip in it passes', () => {
    const { id, text } = makeKeyText();
    expect(readKeyId(text)).toBe(id);
    expect(text).toMatch(/^trame_[0-9a-f]{8}_[0-9a-f]{72}$/);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 1 }),
        fc.constantFrom(...'0123456789abcdef_ '),
        (at, sign) => {
          fc.pre(text[at] !== sign);
          expect(readKeyId(text.slice(0, at) + sign + text.slice(at + 1))).toBeUndefined();
        },
      ),
    );
    expect(holdsKey(`/graphql?key=${text.slice(0, 30)}`)).toBe(true);
  });

  test('opens as long as it holds, and no longer than some seconds after', async () => {
    const { id, text } = makeKeyText();
    let now = 1_000;
    let looked = 0;
    const key = { id, name: 'Essai', roles: ['steward', 'emperor'], budget: null, hash: hashOfKey(text) };
    let known: KnownKey | undefined = { ...key, isRevoked: false, expiresMs: null };
    const book = new KeyBook(
      async () => {
        looked += 1;
        return known;
      },
      () => now,
    );
    const caller = await book.callerOf(text);
    expect(caller).toEqual({ id: `key:${id}`, name: 'Essai', roles: new Set(['steward']) });
    await book.callerOf(text);
    expect(looked).toBe(1);
    known = { ...known, isRevoked: true };
    now += KEY_FRESH_MS;
    await expect(book.callerOf(text)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      en: expect.stringContaining('revoked'),
    });
    known = { ...known, isRevoked: false, expiresMs: now + KEY_FRESH_MS + 1 };
    now += KEY_FRESH_MS;
    await book.callerOf(text);
    now += 1;
    await expect(book.callerOf(text)).rejects.toMatchObject({ en: expect.stringContaining('expired') });
    known = { ...known, hash: hashOfKey('another'), expiresMs: null };
    now += KEY_FRESH_MS;
    await expect(book.callerOf(text)).rejects.toMatchObject({ en: expect.stringContaining('not known') });
  });

  test('a look-up that failed is made again', async () => {
    const { text } = makeKeyText();
    let looked = 0;
    const book = new KeyBook(async () => {
      looked += 1;
      throw new Error('no Neo4j');
    });
    await expect(book.callerOf(text)).rejects.toThrow('no Neo4j');
    await expect(book.callerOf(text)).rejects.toThrow('no Neo4j');
    expect(looked).toBe(2);
  });
});

describe('who asks', () => {
  const find = async () => undefined;
  const asked = (authorization: string | undefined, url = '/graphql') =>
    identify({ headers: { authorization }, url }, '192.0.2.1', {
      keys: new KeyBook(find),
      issuer: undefined,
      budgets: new Budgets(),
    });

  test('is everyone without a key, and never everyone with a wrong one', async () => {
    expect(await asked(undefined)).toEqual({ id: 'anonymous:192.0.2.1', roles: new Set() });
    for (const wrong of [
      'Bearer',
      'Basic dTpw',
      'Bearer x',
      'Bearer a.b.c',
      'Bearer a b',
      makeKeyText().text,
      `Bearer ${makeKeyText().text}`,
    ])
      await expect(asked(wrong), wrong).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        headers: { 'www-authenticate': expect.anything() },
      });
  });

  test('may not say so in the address', async () => {
    await expect(asked(undefined, `/graphql?apiKey=${makeKeyText().text}`)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('may not try keys without end, and hinders nobody else at the same address by it', async () => {
    const held = makeKeyText();
    const key = {
      id: held.id,
      name: 'Bon',
      roles: [],
      budget: null,
      hash: hashOfKey(held.text),
      isRevoked: false,
      expiresMs: null,
    };
    const means = {
      keys: new KeyBook(async (id) => (id === held.id ? key : undefined)),
      issuer: undefined,
      budgets: new Budgets(),
    };
    const bring = (text: string) => identify({ headers: { authorization: `Bearer ${text}` } }, 'a', means);
    await bring(held.text);
    const codes = new Set<string>();
    for (let left = 100; left > 0; left -= 1)
      await bring(makeKeyText().text).catch((fault: { code: string }) => codes.add(fault.code));
    expect([...codes]).toEqual(['UNAUTHENTICATED', 'BUDGET_SPENT']);
    expect((await bring(held.text)).name).toBe('Bon');
    expect((await identify({ headers: {} }, 'a', means)).id).toBe('anonymous:a');
  });

  test('has the address that a trusted proxy saw, and of IPv6 the network', () => {
    const from = (remoteAddress: string, forwarded: string | undefined, proxies: number) =>
      addressOf({ headers: forwarded ? { 'x-forwarded-for': forwarded } : {}, socket: { remoteAddress } }, proxies);
    expect(from('10.0.0.1', '198.51.100.7', 0)).toBe('10.0.0.1');
    expect(from('10.0.0.1', 'forged, 198.51.100.7', 1)).toBe('198.51.100.7');
    expect(from('10.0.0.1', 'forged, 198.51.100.7, 10.0.0.2', 2)).toBe('198.51.100.7');
    expect(from('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
    expect(from('::ffff:192.0.2.9', undefined, 0)).toBe('192.0.2.9');
    expect(from('2001:DB8:0:7::1', undefined, 0)).toBe('2001:db8:0:7::');
    expect(from('2001:db8:0:7:ffff:1:2:3', undefined, 0)).toBe('2001:db8:0:7::');
    expect(from('::1', undefined, 0)).toBe('0:0:0:0::');
  });
});

describe('a budget', () => {
  const taking = fc.record({
    waited: fc.integer({ min: 0, max: 90_000 }),
    units: fc.integer({ min: 1, max: 300 }),
    isCharge: fc.boolean(),
  });

  test('never gives more than it says, and waits no longer than it says', () => {
    fc.assert(
      fc.property(fc.array(taking, { maxLength: 60 }), (steps) => {
        const limit = 100;
        let [now, given] = [0, 0];
        const budgets = new Budgets(() => now);
        for (const { waited, units, isCharge } of steps) {
          now += waited;
          if (isCharge) {
            budgets.charge('a', limit, units);
            continue;
          }
          try {
            budgets.take('a', limit, units);
            given += units;
          } catch (fault) {
            const seconds = Number((fault as { headers: Record<string, string> }).headers['retry-after']);
            now += seconds * 1_000;
            budgets.take('a', limit, units);
            given += units;
          }
          const { remaining, resetSeconds } = budgets.state('a', limit);
          expect(remaining).toBeGreaterThanOrEqual(0);
          expect(remaining).toBeLessThanOrEqual(limit);
          now += resetSeconds * 1_000;
          expect(budgets.state('a', limit)).toEqual({ limit, remaining: limit, resetSeconds: 0 } satisfies BudgetState);
          now -= resetSeconds * 1_000;
        }
        // One more than a full bucket at most is owed at the end.
        expect(given).toBeLessThanOrEqual(limit + (now / 1_000 / WINDOW_S) * limit + 300);
      }),
    );
  });

  test('of others is their own, and the memory of all is bounded', () => {
    const budgets = new Budgets(() => 0, 100);
    for (let index = 0; index < 1_000; index += 1) budgets.take(`${index}`, 10, 5);
    expect(budgets.size).toBe(100);
    expect(budgets.state('999', 10).remaining).toBe(5);
    expect(budgets.state('0', 10).remaining).toBe(10);
  });
});

describe('settings', () => {
  test('of sign-in demand an audience, and roles that there are', () => {
    const issuer = { TRAME_OIDC_ISSUER: 'https://issuer.example' };
    expect(() => readAccessSettings(issuer)).toThrow('TRAME_OIDC_AUDIENCE');
    expect(() => readAccessSettings({ TRAME_OIDC_ISSUER: 'issuer' })).toThrow('TRAME_OIDC_ISSUER');
    const whole = { ...issuer, TRAME_OIDC_AUDIENCE: 'trame', TRAME_OIDC_ROLES: 'hub-redaction=steward' };
    expect(readAccessSettings(whole).oidc?.roleNames).toEqual({ 'hub-redaction': 'steward' });
    expect(() => readAccessSettings({ ...whole, TRAME_OIDC_ROLES: 'x=emperor' })).toThrow('TRAME_OIDC_ROLES');
  });

  test('are whole numbers where they count', () => {
    expect(readAccessSettings({})).toEqual({ proxies: 0, isOnlyPersisted: false });
    expect(readAccessSettings({ TRAME_TRUST_PROXY: '1', TRAME_ANONYMOUS_BUDGET: '500' })).toMatchObject({
      proxies: 1,
      anonymousBudget: 500,
    });
    expect(() => readAccessSettings({ TRAME_ANONYMOUS_BUDGET: '0' })).toThrow('TRAME_ANONYMOUS_BUDGET');
    for (const wrong of ['true', '-1', '99'])
      expect(() => readAccessSettings({ TRAME_TRUST_PROXY: wrong })).toThrow('TRAME_TRUST_PROXY');
  });
});
