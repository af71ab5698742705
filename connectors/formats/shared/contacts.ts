/** How persons are reached is not for everyone: e-mail addresses and telephone numbers stand in descriptions that partners publish. */
import { createHash } from 'node:crypto';
import { withoutWaysToReach } from '#graph-schema/contacts.ts';
import { tidy } from './text.ts';

/** A text, tidied, without them. Undefined where nothing else is left. */
export function withoutContacts(text: string | undefined): string | undefined {
  return text === undefined ? undefined : tidy(withoutWaysToReach(text));
}

/**
 * An identifier that is made of what a row says: public as any identifier is. One that holds a way to reach somebody keeps the rest of its text, and some
 * figures by which it stays apart from others.
 */
export function publicId(text: string): string {
  const cleaned = withoutContacts(text);
  // Ten figures alone are as likely an inventory number.
  if (cleaned === tidy(text) || (cleaned === undefined && !text.includes('@'))) return text;
  const apart = createHash('sha256').update(text).digest('base64url').slice(0, 10);
  return cleaned === undefined ? apart : `${cleaned} ${apart}`;
}
