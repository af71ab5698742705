/**
 * A key as it is written: `trame_<id>_<secret><check>`. The prefix and the check let secret scanners know one when they see it, and a
 * mistyped one be refused without a look-up.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ID_BYTES = 4;
/** 256 bits: nobody guesses it, so one round of SHA-256 keeps it; slow hashes are for what people make up. */
const SECRET_BYTES = 32;
const WRITTEN = /^trame_([0-9a-f]{8})_([0-9a-f]{64})([0-9a-f]{8})$/;

export interface KeyText {
  /** Public: it names the key in lists. */
  readonly id: string;
  /** Shown once, stored nowhere. */
  readonly text: string;
}

/** A new key of random bytes. */
export function makeKeyText(): KeyText {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  return { id, text: `trame_${id}_${secret}${check(id, secret)}` };
}

/** The id of a key; undefined where the text is none, or has a slip in it. */
export function readKeyId(text: string): string | undefined {
  const [, id = '', secret = '', given] = WRITTEN.exec(text) ?? [];
  return given !== undefined && given === check(id, secret) ? id : undefined;
}

/** What is stored of a key: SHA-256 of the whole text, as hex. */
export function hashOfKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether two hashes are the same, in a time that tells nothing. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether something that looks like a key stands in the text, with or without a slip. */
export function holdsKey(text: string): boolean {
  return /trame_[0-9a-f]{8}_/i.test(text);
}

function check(id: string, secret: string): string {
  return crc32(`${id}_${secret}`).toString(16).padStart(8, '0');
}
