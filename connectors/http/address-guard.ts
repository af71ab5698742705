/** Which addresses a source may lead to. A source file is written by many hands: it must not become a way into our own network. */
import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are not the public internet (IANA special-purpose registries), as [network, prefix]. */
const PRIVATE_NETWORKS: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const PRIVATE = new BlockList();
for (const [network, prefix] of PRIVATE_NETWORKS) {
  PRIVATE.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6');
}

/** A name or address that leads to a private network. */
export class AddressRefused extends Error {
  readonly host: string;
  readonly address: string;

  constructor(host: string, address: string) {
    super(`${host} leads to the private address ${address}`);
    this.name = 'AddressRefused';
    this.host = host;
    this.address = address;
  }
}

/** Whether an IP address is private, loopback, link-local (cloud metadata too), reserved or multicast; also where IPv6 wraps an IPv4 one. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  if (version === 4) return PRIVATE.check(address, 'ipv4');
  const wrapped = wrappedIpv4(address);
  return wrapped === undefined ? PRIVATE.check(address, 'ipv6') : PRIVATE.check(wrapped, 'ipv4');
}

/** Whether a URL's host is this machine by its very name. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

/** Throws AddressRefused for a URL whose host is written as a private address. Names are checked as they are resolved. */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw new AddressRefused(url.hostname, host);
}

/**
 * A lookup for `net.connect` that gives public addresses only, so that the address which was checked is the one that is
 * connected to: a name that changes between two lookups gains nothing.
 */
export function guardedLookup(resolver: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 0);
        return;
      }
      const allowed = addresses.filter(({ address }) => !isPrivateAddress(address));
      const first = allowed[0];
      if (first === undefined) callback(new AddressRefused(hostname, addresses[0]?.address ?? '?'), [], 0);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** The IPv4 address inside a mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function wrappedIpv4(address: string): string | undefined {
  const words = ipv6Words(address);
  const dotted = (high: number, low: number) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  const [w0, w1, w2, , , w5, w6, w7] = words as [number, number, number, number, number, number, number, number];
  if (w0 === 0x2002) return dotted(w1, w2);
  const inMiddle = words.slice(0, 5).every((word) => word === 0);
  if (inMiddle && w5 === 0xffff) return dotted(w6, w7);
  if (inMiddle && w5 === 0 && w6 !== 0) return dotted(w6, w7);
  if (w0 === 0x64 && w1 === 0xff9b) return dotted(w6, w7);
  return undefined;
}

/** The eight 16-bit words of a valid IPv6 address. */
function ipv6Words(address: string): number[] {
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const [before, after] = [parse(head), parse(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
