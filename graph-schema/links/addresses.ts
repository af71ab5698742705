/** The addresses in a record that somebody could follow: its page and its pictures, sounds and films. Pure. */
import { createHash } from 'node:crypto';
import type { AnyRecord } from '../record.ts';

/** What an address must answer: of a `picture`, no web page. */
export type Expected = 'picture' | 'page';

export interface Address {
  readonly address: string;
  readonly expected: Expected;
}

/** Each once. Only what its record calls an image must be one: of unsaid type it may be the page of a film. */
export function addressesIn(record: AnyRecord): readonly Address[] {
  const found = new Map<string, Expected>();
  for (const link of record.relations['media'] ?? []) {
    if (!('media' in link) || link.media.url === undefined) continue;
    const { url, mediaType } = link.media;
    found.set(url, mediaType === 'image' && found.get(url) !== 'page' ? 'picture' : 'page');
  }
  const page = record.fields['page'];
  if (typeof page === 'string') found.set(page, 'page');
  return [...found].map(([address, expected]) => ({ address, expected }));
}

/** The key of a LinkCheck: an address may be longer than an index takes, and may quote a person (decisions/0004 of harvesters). */
export function linkId(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}

/** An address as a report may show it: without user, password and parameters, which may be secret. */
export function shownAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return '…';
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
