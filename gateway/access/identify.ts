/** Who sent a request: by its `Authorization` header, else by the address that it came from. */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { Refusal } from '../refusal.ts';
import { type Budgets, GUESS_BUDGET } from './budget.ts';
import { anonymous, type Caller } from './caller.ts';
import { CHALLENGE, type KeyBook } from './key-book.ts';
import { holdsKey } from './key-text.ts';
import type { Issuer } from './oidc.ts';

export interface Identifying {
  readonly keys: KeyBook;
  readonly issuer: Issuer | undefined;
  readonly budgets: Budgets;
}

/** @throws Refusal where what was brought opens nothing: who brings a key is never taken for somebody without one */
export async function identify(
  { headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>,
  address: string,
  { keys, issuer, budgets }: Identifying,
): Promise<Caller> {
  if (holdsKey(url)) throw keyInAddress();
  const { authorization } = headers;
  if (authorization === undefined) return anonymous(address);
  const [, token] = /^Bearer +([^\s]+) *$/i.exec(authorization) ?? [];
  if (token === undefined) throw notBearer();
  const isKey = !token.includes('.');
  if (!isKey && issuer === undefined) throw noSignIn();
  if (isKey && keys.remembers(token)) return keys.callerOf(token);
  return unlessGuessing(address, budgets, () => (isKey ? keys.callerOf(token) : issuer!.callerOf(token)));
}

/** What opens nothing costs a look-up or a signature: an address may try so often only. Others at the same address are not hindered: they need none. */
async function unlessGuessing(address: string, budgets: Budgets, look: () => Promise<Caller>): Promise<Caller> {
  const guesses = `guess:${address}`;
  if (budgets.state(guesses, GUESS_BUDGET).remaining < 1) budgets.take(guesses, GUESS_BUDGET, 1);
  try {
    return await look();
  } catch (fault) {
    if (fault instanceof Refusal) budgets.charge(guesses, GUESS_BUDGET, 1);
    throw fault;
  }
}

/**
 * The address that stands for whoever asks. Behind `proxies` proxies that can be trusted it is the one that the outermost of them saw; what stands
 * left of it anyone can write. Of an IPv6 address the network: one household has 2^64.
 */
export function addressOf(
  {
    headers,
    socket,
  }: { readonly headers: IncomingMessage['headers']; readonly socket: { readonly remoteAddress?: string | undefined } },
  proxies: number,
): string {
  const forwarded = [headers['x-forwarded-for'] ?? '']
    .flat()
    .join(',')
    .split(',')
    .map((one) => one.trim());
  const told = proxies > 0 ? forwarded.at(-proxies) : undefined;
  return networkOf(told || (socket.remoteAddress ?? '?'));
}

const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;
const MOST_ADDRESS = 45;

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain.slice(0, MOST_ADDRESS);
  const [head = '', tail] = plain.split('%', 1)[0]!.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [
    ...left,
    ...Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => '0'),
    ...right,
  ];
  return `${groups
    .slice(0, GROUPS_OF_NETWORK)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::`;
}

function keyInAddress(): Refusal {
  return new Refusal(
    'BAD_REQUEST',
    'Une clé n’a rien à faire dans une adresse, que les journaux gardent : envoyez-la dans l’en-tête `Authorization: Bearer …`, et faites remplacer celle-ci.',
    'A key must not stand in an address, which logs keep: send it in the header `Authorization: Bearer …`, and have this one replaced.',
  );
}

function notBearer(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'L’en-tête `Authorization` doit s’écrire `Bearer`, un espace, puis la clé ou le jeton.',
    'The header `Authorization` must be written `Bearer`, a blank, then the key or the token.',
    CHALLENGE,
  );
}

function noSignIn(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'On ne se connecte pas à ce hub par jeton : venez avec une clé (`trame_…`).',
    'This hub takes no sign-in tokens: come with a key (`trame_…`).',
    CHALLENGE,
  );
}
