/** How persons are reached is not for everyone: e-mail addresses and telephone numbers stand in descriptions that partners publish. */
import { createHash } from 'node:crypto';
import { tidy, withoutEmails } from './text.ts';

/** French and Belgian numbers: `03 20 00 00 00`, `+33 (0)3.20.00.00.00`, `+32 56 00 00 00`. A bare row of digits may be an inventory number. */
const TELEPHONE =
  /(?:\+33\s?(?:\(0\)\s?)?[1-9]|\b0[1-9])(?:[ .-]?\d{2}){4}\b|\+32\s?(?:\(0\)\s?)?\d{1,3}(?:[ ./-]?\d{2,3}){2,3}\b/g;

/** A text, tidied, without them. Undefined where nothing else is left. */
export function withoutContacts(text: string | undefined): string | undefined {
  const cleaned = withoutEmails(text?.replace(TELEPHONE, ''));
  return cleaned === tidy(text) ? cleaned : tidy(cleaned?.replace(/ +\)/g, ')').replace(/\(\)/g, ''));
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
