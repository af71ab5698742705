import { describe, expect, it } from 'vitest';
import { AddressRefused, guardedLookup, isPrivateAddress, refusePrivateLiteral } from './address-guard.ts';

describe('isPrivateAddress', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'not an address',
  ])('refuses %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '193.48.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('lets %s pass', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe('refusePrivateLiteral', () => {
  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::ffff:10.0.0.1]/',
  ])('refuses %s', (url) => {
    expect(() => refusePrivateLiteral(new URL(url))).toThrow(AddressRefused);
  });
  it('leaves names to the lookup', () => {
    expect(() => refusePrivateLiteral(new URL('http://localhost/'))).not.toThrow();
  });
});

describe('guardedLookup', () => {
  type Resolver = NonNullable<Parameters<typeof guardedLookup>[0]>;
  const resolving = (...addresses: readonly string[]) =>
    ((_: string, __: object, callback: (error: null, found: object[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as Resolver;
  const look = (resolver: Resolver, all: boolean) =>
    new Promise((resolve) => guardedLookup(resolver)('partner.example', { all }, (...result) => resolve(result)));

  it('gives public addresses only, whatever else the name has', async () => {
    const resolver = resolving('10.0.0.1', '8.8.8.8', '::1');
    expect(await look(resolver, true)).toEqual([null, [{ address: '8.8.8.8', family: 4 }]]);
    expect(await look(resolver, false)).toEqual([null, '8.8.8.8', 4]);
  });

  it('refuses a name that has none', async () => {
    const [error] = (await look(resolving('169.254.169.254'), true)) as [AddressRefused];
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error.address).toBe('169.254.169.254');
  });
});
