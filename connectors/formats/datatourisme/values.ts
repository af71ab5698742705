/**
 * Values of DATAtourisme's JSON-LD: one or several, in one language or many, under names with a prefix (`schema:latitude`: a flux of ontology 3), with the
 * empty prefix (`:takesPlaceAt`: one of ontology 2) or without (`latitude`: the API). https://www.datatourisme.fr/ontology/core
 */
import type { Json } from '../../connector.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { tidy, tidyLine, unique } from '../shared/text.ts';

export type Thing = { readonly [key: string]: Json };

export function thing(value: Json | undefined): Thing | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Thing) : undefined;
}

/** A list, or the one value that stands without brackets; nothing for null. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** Most fields are absent of most objects. */
const NONE: readonly never[] = [];

export function things(value: Json | undefined): readonly Thing[] {
  if (value === undefined || value === null) return NONE;
  return listOf(value)
    .map(thing)
    .filter((one) => one !== undefined);
}

const bareNames = new Map<string, string>();
const MOST_NAMES = 5_000;

/** Without what stands before it: `https://www.datatourisme.fr/ontology/core#Museum`, `schema:Event`, `@type`. Of JSON-LD's own, `@value` and `@language` stay. */
export function bareName(name: string): string {
  const known = bareNames.get(name);
  if (known !== undefined) return known;
  const bare = /^@(id|type)$/.test(name)
    ? name.slice(1)
    : name.slice(Math.max(...['#', ':', '/'].map((mark) => name.lastIndexOf(mark))) + 1);
  if (bareNames.size < MOST_NAMES) bareNames.set(name, bare);
  return bare;
}

/** The names that stand with a prefix in ontology 3; all others are the core's own, and have none there. */
const PREFIXED: Readonly<Record<string, string>> = {
  id: '@id',
  type: '@type',
  description: 'dc:description',
  homepage: 'foaf:homepage',
  ...prefixed('rdfs', 'label comment'),
  ...prefixed('schema', 'address geo latitude longitude postalCode addressLocality streetAddress postOfficeBoxNumber'),
  ...prefixed('schema', 'openingHoursSpecification dayOfWeek opens closes validFrom validThrough startDate endDate'),
  ...prefixed('schema', 'priceSpecification minPrice maxPrice price priceCurrency eligibleQuantity taxID ratingValue'),
  ...prefixed('ebucore', 'hasAnnotation hasRelatedResource hasMimeType isCoveredBy title abstract locator'),
};

function prefixed(prefix: string, names: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, `${prefix}:${name}`]));
}

const spellings = new Map<string, readonly string[]>();

function spellingsOf(name: string): readonly string[] {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const all = [...new Set([PREFIXED[name] ?? name, name, `:${name}`])];
  spellings.set(name, all);
  return all;
}

/** What stands under a name of the ontology, however it is spelt. */
export function at(object: Thing | undefined, name: string): Json | undefined {
  if (object === undefined) return undefined;
  for (const spelling of spellingsOf(name)) {
    const value = object[spelling];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The texts of a plain property; numbers become text. */
export function texts(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return NONE;
  if (typeof value === 'string') return [value];
  return listOf(value).flatMap((one) => {
    if (typeof one === 'string' || typeof one === 'number') return [String(one)];
    const said = thing(one)?.['@value'];
    return typeof said === 'string' || typeof said === 'number' ? [String(said)] : [];
  });
}

export const textOf = (value: Json | undefined): string | undefined => texts(value)[0];

/** True where it is said, as a boolean or as a text. */
export function isTrue(value: Json | undefined): boolean {
  return listOf(value).some(
    (one) => one === true || one === 'true' || thing(one)?.['@value'] === true || textOf(one) === 'true',
  );
}

/** A number, as it is or in a text with a point or a comma. */
export function numbersOf(value: Json | undefined): readonly number[] {
  return texts(value)
    .filter((text) => text.trim() !== '')
    .map((text) => Number(text.replace(',', '.')))
    .filter((amount) => Number.isFinite(amount) && amount >= 0);
}

interface Spoken {
  readonly french: readonly string[];
  readonly others: readonly string[];
}

/** Texts by language: `{fr: [...], en: [...]}`, `{@fr: …}`, or `[{@language, @value}]`; a text without language counts as French. */
export function spoken(value: Json | undefined): Spoken {
  const french: string[] = [];
  const others: string[] = [];
  for (const one of listOf(value)) {
    const said = thing(one);
    if (said === undefined) french.push(...texts(one));
    else if ('@value' in said) (isFrench(textOf(said['@language']) ?? 'fr') ? french : others).push(...texts(one));
    else
      for (const language of Object.keys(said)) {
        if (isFrench(language)) french.push(...texts(said[language]));
        else if (LANGUAGE.test(language)) others.push(...texts(said[language]));
      }
  }
  return { french, others };
}

const LANGUAGE = /^@?([a-z]{2,3}|none)(-[a-z0-9]+)*$/i;
const isFrench = (language: string): boolean => /^@?(fr|none)(-|$)/i.test(language);

/** In French, else in the first language there is. */
export function inFrench(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return NONE;
  const french = thing(value)?.['fr'];
  if (french !== undefined) {
    const quick = texts(french);
    if (quick.length > 0) return quick;
  }
  const all = spoken(value);
  return all.french.length > 0 ? all.french : all.others.slice(0, 1);
}

/** The label of a term: `{@id: 'kb:Shop', rdfs:label: {fr: ['Boutique']}}`. */
export const labelOf = (term: Thing): string | undefined => publicLine(inFrench(at(term, 'label'))[0]);

/** The labels of terms, each once. */
export function labelsOf(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return NONE;
  return unique(things(value).map(labelOf));
}

/** A text without a way to reach a person. Spaces are tidied first: one that does not break stands in telephone numbers too. */
export function publicText(text: string | undefined): string | undefined {
  return withoutContacts(tidy(text)?.replace(/\b00 ?(?=3[23][ .(])/g, '+'));
}

const publicLines = new Map<string, string | undefined>();
/** Labels of terms and names of days come again and again. */
const KNOWN = { lines: 10_000, characters: 60 } as const;

/** The same on one line. */
export function publicLine(text: string | undefined): string | undefined {
  if (text === undefined || text.length > KNOWN.characters) return tidyLine(publicText(text));
  if (publicLines.has(text)) return publicLines.get(text);
  const line = tidyLine(publicText(text));
  if (publicLines.size < KNOWN.lines) publicLines.set(text, line);
  return line;
}
