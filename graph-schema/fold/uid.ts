/** Public identifiers: opaque, stable, without a type in them. */
import { createHash } from 'node:crypto';

/** Crockford's base 32, lower case: no letters that are read for digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 characters (80 bits) of a SHA-256 over the parts. Made once at first sight, then kept by the ledger: it is never computed again for a known thing. */
export function uidOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\u0000')).digest();
  let uid = '';
  for (let bit = 0; bit < 80; bit += 5) {
    const two = ((hash[bit >> 3] ?? 0) << 8) | (hash[(bit >> 3) + 1] ?? 0);
    uid += ALPHABET[(two >> (11 - (bit & 7))) & 31];
  }
  return uid;
}
