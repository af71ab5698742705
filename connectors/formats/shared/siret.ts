/**
 * SIRET and SIREN, the numbers of French establishments and firms (https://www.insee.fr/fr/metadonnees/definition/c1841): 14 and 9 digits
 * whose last one is a check digit by Luhn's formula. They are read as people write them, and never guessed.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';

/**
 * Why a number is not taken. `form`: not 14 digits, even without spaces and dots (`4,08478E+13` from a spreadsheet, a zero that was lost, a bare SIREN).
 * `check`: the check digit is wrong, so at least one digit is.
 */
export type NumberFault = 'form' | 'check';

/** La Poste's own SIREN: its establishments may follow a rule of their own instead of Luhn's. */
const LA_POSTE = '356000000';

/** A SIRET as 14 digits. Spaces (also non-breaking), dots, hyphens and apostrophes between the digits are passed over. */
export function readSiret(text: string): { readonly siret: string } | { readonly fault: NumberFault } {
  const siret = digitsOf(text);
  if (siret === undefined || !/^\d{14}$/.test(siret)) return { fault: 'form' };
  if (!hasSirenCheck(siret.slice(0, 9))) return { fault: 'check' };
  const isSound = luhn(siret) % 10 === 0 || (siret.startsWith(LA_POSTE) && digitSum(siret) % 5 === 0);
  return isSound ? { siret } : { fault: 'check' };
}

/** A SIREN as 9 digits, written as readSiret allows. */
export function readSiren(text: string): { readonly siren: string } | { readonly fault: NumberFault } {
  const siren = digitsOf(text);
  if (siren === undefined || !/^\d{9}$/.test(siren)) return { fault: 'form' };
  return hasSirenCheck(siren) ? { siren } : { fault: 'check' };
}

/**
 * The identifiers that a SIRET gives a record: one or none. What is not taken is told in `notes`; an empty text, or none, is no fault. `where` names the
 * column or field for the steward.
 */
export function siretIdentifiers(
  text: string | undefined,
  where: string,
  notes: Finding[],
): readonly { readonly scheme: 'siret'; readonly value: string }[] {
  if (text === undefined || text.trim() === '') return [];
  const read = readSiret(text);
  if ('siret' in read) return [{ scheme: 'siret', value: read.siret }];
  notes.push(finding(read.fault === 'check' ? 'siret-check-wrong' : formFault(text), { value: text.trim(), where }));
  return [];
}

/** What a number that is not of 14 digits most likely is: each wants another remedy. */
function formFault(text: string): 'siret-rounded' | 'siret-siren' | 'siret-digits-lost' | 'siret-form-wrong' {
  if (/^\s*\d(?:[.,]\d+)?\s*e\s*\+?\s*\d{1,2}\s*$/i.test(text)) return 'siret-rounded';
  const digits = digitsOf(text);
  if (digits === undefined) return 'siret-form-wrong';
  if ('siren' in readSiren(digits)) return 'siret-siren';
  return digits.length >= 10 && digits.length < 14 ? 'siret-digits-lost' : 'siret-form-wrong';
}

/** Undefined where anything but digits and what people put between them stands there. */
function digitsOf(text: string): string | undefined {
  const bare = text.replace(/[\s.’'\u200b-\u200f\u2060\ufeff-]/g, '');
  return /^\d{1,40}$/.test(bare) ? bare : undefined;
}

function hasSirenCheck(siren: string): boolean {
  return luhn(siren) % 10 === 0;
}

/** Luhn's sum: from the right, every second digit doubled, the digits of what results added up. */
function luhn(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = digit * 2;
    sum += at % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

function digitSum(digits: string): number {
  let sum = 0;
  for (const digit of digits) sum += Number(digit);
  return sum;
}
