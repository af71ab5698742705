/** The UAI code of a school (répertoire national des établissements): seven digits, of which three for the department, and a check letter. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';

/** The check letter is the number's remainder by 23. I, O and Q are left out. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** A UAI code, upper case and without spaces; undefined where it is none, or its letter is wrong. */
export function readUai(text: string): string | undefined {
  const code = text.replace(/[\s.\u200b-\u200f\u2060\ufeff-]/g, '').toUpperCase();
  const [, digits, letter] = /^(\d{7})([A-Z])$/.exec(code) ?? [];
  return digits !== undefined && LETTERS[Number(digits) % LETTERS.length] === letter ? code : undefined;
}

/** The identifiers that a UAI code gives a record: one or none. A wrong one is told in `notes`; an empty text, or none, is no fault. */
export function uaiIdentifiers(
  text: string | undefined,
  where: string,
  notes: Finding[],
): readonly { readonly scheme: 'uai'; readonly value: string }[] {
  if (text === undefined || text.trim() === '') return [];
  const value = readUai(text);
  if (value !== undefined) return [{ scheme: 'uai', value }];
  notes.push(finding('uai-wrong', { value: text.trim().slice(0, 100), where }));
  return [];
}
