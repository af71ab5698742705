/**
 * The key of the suppression list: who was forgotten is kept as HMAC-SHA-256(key, source NUL id), and as nothing else. Without the key
 * nobody can tell by trying names who is in the list, so the key is never in a backup; it stands in the environment
 * or in a file of the home that only its owner reads.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface SuppressionKey {
  /** Of one record of one source; hexadecimal. */
  hashOf(source: string, id: string): string;
  /** Tells two keys apart, and gives neither away. */
  readonly fingerprint: string;
}

const SHORTEST_KEY = 16;

export function suppressionKeyFrom(secret: string): SuppressionKey {
  const hmac = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
  return {
    hashOf: (source, id) => hmac(`${source}\0${id}`),
    // No source's name is empty: it is the hash of no record.
    fingerprint: hmac('\0').slice(0, 16),
  };
}

/** The file of the key: in TRAME_HOME, or in `.trame` of the project. */
export function suppressionKeyFile(environment: NodeJS.ProcessEnv = process.env): string {
  const home = environment['TRAME_HOME'] || join(import.meta.dirname, '..', '..', '.trame');
  return join(resolve(home), 'suppression.key');
}

/** The key of TRAME_SUPPRESSION_KEY, else of its file; undefined where there is neither. Throws where it is too short to be one. */
export function readSuppressionKey(environment: NodeJS.ProcessEnv = process.env): SuppressionKey | undefined {
  const given = environment['TRAME_SUPPRESSION_KEY'];
  const file = suppressionKeyFile(environment);
  const secret = given || (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined);
  if (secret === undefined) return undefined;
  if (secret.length < SHORTEST_KEY)
    throw new Error(`the suppression key (TRAME_SUPPRESSION_KEY or ${file}) has fewer than ${SHORTEST_KEY} characters`);
  return suppressionKeyFrom(secret);
}

/** The key, made at random the first time (mode 0600). */
export function ensureSuppressionKey(environment: NodeJS.ProcessEnv = process.env): SuppressionKey {
  const known = readSuppressionKey(environment);
  if (known) return known;
  const file = suppressionKeyFile(environment);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  }
  return readSuppressionKey(environment)!;
}
