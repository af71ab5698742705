/** Whether a record may be seen by everyone: each partner says it in its own way, and the source file says how to read it. */
import { z } from 'zod';
import type { Visibility } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from './connector.ts';
import { textOf, type XmlElement } from './xml.ts';

const SAID = { error: 'attendu : everything, nothing, { set: … } ou { field: …, values: […] }' };

/** `set`: of OAI-PMH, those below it included. `field`: a column, a tag or an XML element, and the values that mean visible. */
export const visibilityRule = z.union(
  [
    z.enum(['everything', 'nothing'], SAID),
    z.strictObject({ set: z.string(SAID).min(1, SAID) }, SAID),
    z.strictObject(
      {
        field: z.string(SAID).min(1, SAID),
        values: z.array(z.union([z.string(), z.number(), z.boolean()], SAID), SAID).min(1, SAID),
      },
      SAID,
    ),
  ],
  SAID,
);

export type VisibilityRule = z.infer<typeof visibilityRule>;

/** What is not said to be visible is hidden. Values and sets are compared without case, accents or surrounding blanks (POP spells a set in two cases). */
export function visibilityOf(rule: VisibilityRule, row: Json): Visibility {
  if (rule === 'everything') return 'public';
  if (rule === 'nothing') return 'hidden';
  if ('set' in rule) return setsOf(row).some((set) => isWithin(fold(set), fold(rule.set))) ? 'public' : 'hidden';
  const visible = new Set(rule.values.map((value) => fold(String(value))));
  return fieldsOf(row, rule.field).some((value) => visible.has(fold(value))) ? 'public' : 'hidden';
}

/** A set's spec names the sets above it, separated by colons (OAI-PMH 2.0, section 4.6). */
const isWithin = (set: string, wanted: string): boolean => set === wanted || set.startsWith(`${wanted}:`);

function setsOf(row: Json): readonly string[] {
  const sets = member(member(row, 'header'), 'sets');
  return Array.isArray(sets) ? sets.filter((set): set is string => typeof set === 'string') : [];
}

/** What a row says under a column, a tag or an XML element. */
export function fieldsOf(row: Json, field: string): readonly string[] {
  const element = [member(row, 'metadata'), row].find((value) => value !== undefined && isElement(value));
  if (element !== undefined) return elementTexts(element as Json & XmlElement, field);
  const value = member(row, field);
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map(String);
}

function elementTexts(element: XmlElement, name: string): readonly string[] {
  const own = element.name === name ? [textOf(element)] : [];
  return [...own, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementTexts(child, name)))];
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined;
}

function isElement(value: Json): value is Json & XmlElement {
  return typeof member(value, 'name') === 'string' && Array.isArray(member(value, 'children'));
}
