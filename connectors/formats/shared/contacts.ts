/** How persons are reached is not for everyone: e-mail addresses and telephone numbers stand in descriptions that partners publish. */
import { withoutEmails } from './text.ts';

/** French and Belgian numbers: `03 20 00 00 00`, `+33 (0)3.20.00.00.00`, `+32 56 00 00 00`. A bare row of digits may be an inventory number. */
const TELEPHONE =
  /(?:\+33\s?(?:\(0\)\s?)?[1-9]|\b0[1-9])(?:[ .-]?\d{2}){4}\b|\+32\s?(?:\(0\)\s?)?\d{1,3}(?:[ ./-]?\d{2,3}){2,3}\b/g;

/** A text, tidied, without them. Undefined where nothing else is left. */
export function withoutContacts(text: string | undefined): string | undefined {
  return withoutEmails(text?.replace(TELEPHONE, ''));
}
