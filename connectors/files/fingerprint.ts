/** What files hold, in one short text: the same one means the same names and bytes. */
import { createHash } from 'node:crypto';
import type { ReadableFile } from '../formats/reading/file.ts';

/** SHA-256 of all names and bytes, in the order given. Throws what reading them throws. */
export async function fingerprintOf(files: readonly ReadableFile[]): Promise<string> {
  const whole = createHash('sha256');
  for (const { name, bytes } of files) {
    const one = createHash('sha256');
    for await (const chunk of bytes()) one.update(chunk);
    whole.update(`${JSON.stringify(name)} ${one.digest('base64url')}\n`);
  }
  return whole.digest('base64url');
}
