/** A notice of POP as it is read, whatever it came in: JSON of the API, open data, or a table whose cells hold `a ; b`. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { splitList, tidy, tidyLine, unique, withoutEmails } from '../shared/text.ts';
import { type Base, codeOf, fateOf } from './base.ts';

const CODES_SHOWN = 20;

/** The filled fields of a notice by their code; empty ones are absent. */
export type Notice = ReadonlyMap<string, readonly string[]>;

/** A notice, and the names of filled fields that its base does not know. */
export function readNotice(row: Json, base: Base): { readonly notice: Notice; readonly unknown: readonly string[] } {
  const notice = new Map<string, readonly string[]>();
  const unknown: string[] = [];
  for (const [column, value] of Object.entries(fieldsOf(row))) {
    const values = valuesOf(value);
    const code = codeOf(base, column);
    const fate = code === undefined ? undefined : fateOf(base, code);
    const isOdd = fate !== undefined && fate !== 'mapped' ? false : isUnread(value);
    if (isOdd || (fate === undefined && values.length > 0)) unknown.push(column);
    if (code !== undefined && fate !== undefined && values.length > 0 && !notice.has(code)) notice.set(code, values);
  }
  return { notice, unknown };
}

/** What is told of fields that the base does not know: one note a notice. */
export function unknownFields(unknown: readonly string[], base: Base, id: string): readonly Finding[] {
  if (unknown.length === 0) return [];
  const codes = unknown.slice(0, CODES_SHOWN).map((name) => name.slice(0, 60));
  return [finding('pop-code-unknown', { id, base: base.name, codes: codes.join(', ') })];
}

/** The fields themselves, out of what the search engine (`_source`) and older open data (`fields`) wrap round them. */
export function fieldsOf(row: Json): Readonly<Record<string, Json>> {
  const object = asObject(row);
  return asObject(object['_source'] ?? object['fields'] ?? row);
}

function asObject(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

/** The reference of a notice, from any spelling of it. */
export function referenceOf(row: Json, base: Base): string | undefined {
  return firstOf(row, base, 'REF');
}

/** The first value of one field. */
export function firstOf(row: Json, base: Base, code: string): string | undefined {
  const fields = fieldsOf(row);
  const column = Object.keys(fields).find((name) => codeOf(base, name) === code);
  return column === undefined ? undefined : tidyLine(valuesOf(fields[column] as Json)[0]);
}

/** `£` breaks a line; an e-mail address is nobody's business, wherever it stands; `[""]` and `{}` are nothing; a place is `latitude,longitude`. */
export function valuesOf(value: Json): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') {
    const text = withoutEmails(value.includes('£') ? value.replaceAll('£', '\n') : value);
    return text === undefined ? [] : [text];
  }
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) {
    const [first, second] = value as readonly Json[];
    if (value.length === 2 && typeof first === 'number' && typeof second === 'number') return [`${first},${second}`];
    return (value as readonly Json[]).flatMap(valuesOf);
  }
  return placeIn(value as Readonly<Record<string, Json>>) ?? [];
}

/** Whether an object stands where a text or a place is expected: the partner has changed the field's type. */
function isUnread(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return (value as readonly Json[]).some(isUnread);
  const object = value as Readonly<Record<string, Json>>;
  return Object.keys(object).length > 0 && placeIn(object) === undefined;
}

/** `latitude,longitude`; none for 0, 0 or nothing, which POP writes where it knows no place; undefined for what is no place. */
function placeIn(object: Readonly<Record<string, Json>>): readonly string[] | undefined {
  const { lat, lon = object['lng'] } = object as { lat?: Json; lon?: Json };
  if (lat === undefined || lon === undefined) return undefined;
  const both = [lat, lon];
  if (both.some((one) => one === null || one === '')) return [];
  // Number() of an object runs what the partner calls its toString.
  const numbers = both.map((one) => (typeof one === 'number' || typeof one === 'string' ? Number(one) : Number.NaN));
  if (numbers.every((one) => one === 0)) return [];
  return numbers.every(Number.isFinite) ? [both.join(',')] : undefined;
}

/** The values of the first of these codes that is filled, taken apart at `;`, each once. */
export function listAt(notice: Notice, ...codes: string[]): readonly string[] {
  const filled = codes.find((code) => notice.has(code));
  return filled === undefined ? [] : unique((notice.get(filled) ?? []).flatMap((value) => splitList(value)));
}

/** The values of all these codes, taken apart at `;`, each once. */
export function listsAt(notice: Notice, ...codes: string[]): readonly string[] {
  return unique(codes.flatMap((code) => listAt(notice, code)));
}

/** The first of these codes that is filled, on one line. */
export function lineAt(notice: Notice, ...codes: string[]): string | undefined {
  const filled = codes.find((code) => notice.has(code));
  return filled === undefined ? undefined : tidyLine(notice.get(filled)?.join(' ; '));
}

/** One code's text with its line breaks. */
export function textAt(notice: Notice, code: string): string | undefined {
  return tidy(notice.get(code)?.join('\n'));
}
