/** The texts of JSON-LD: a string, `{@value, @language}`, arrays of both (IIIF Presentation 2, Omeka S), and `{fr: […], en: […]}` (IIIF Presentation 3). */
import type { Json } from '../../connector.ts';
import { textOfHtml } from './html.ts';
import { unique } from './text.ts';

export type JsonObject = { readonly [key: string]: Json };

/** A value as an object; undefined where it is none. */
export function objectIn(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A value as a list: a single one is a list of one, nothing is an empty one. */
export function listIn(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** A value as a text; undefined where it is none or empty. */
export function textIn(value: Json | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The identifier or address of a thing: `id`, `@id`, or the thing itself where it is a string. */
export function idIn(value: Json | undefined): string | undefined {
  const object = objectIn(value);
  return object ? textIn(object['id'] ?? object['@id']) : typeof value === 'string' ? textIn(value) : undefined;
}

/** `Manifest`, `Collection`, … of either version: `sc:Manifest` is the same. Undefined where it is not said. */
export function typeIn(value: Json | undefined): string | undefined {
  const object = objectIn(value);
  const types = listIn(object?.['type'] ?? object?.['@type']).map(textIn);
  return types.find((type) => type !== undefined)?.replace(/^.*[:#/]/, '');
}

interface Spoken {
  readonly text: string;
  /** `none` where it is not said. */
  readonly language: string;
}

const LANGUAGE_KEY = /^(none|@none|[a-z]{2,3}([-_][a-z0-9]{1,8})*)$/i;

/** Texts lie no deeper than this in any of the spellings; what does is no text. */
const DEEPEST = 6;

function spokenIn(value: Json | undefined, language = 'none', depth = 0): readonly Spoken[] {
  if (typeof value === 'string' || typeof value === 'number') return spoken(String(value), language);
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => spokenIn(one, language, depth + 1));
  const object = objectIn(value);
  if (!object) return [];
  const inner = object['@value'] ?? object['value'];
  const own = textIn(object['@language'] ?? object['language']) ?? language;
  if (inner !== undefined) return spokenIn(inner, own, depth + 1);
  return Object.entries(object).flatMap(([key, one]) =>
    LANGUAGE_KEY.test(key) ? spokenIn(one, key.toLowerCase().replace(/^@/, ''), depth + 1) : [],
  );
}

function spoken(written: string, language: string): readonly Spoken[] {
  const text = textOfHtml(written);
  return text === undefined ? [] : [{ text, language }];
}

/** Languages by preference: French, what is not marked, English, Dutch, then whatever comes first. */
const PREFERRED = ['fr', 'none', 'en', 'nl'] as const;

/** The texts in the language that is preferred, plain, each once. */
export function textsIn(value: Json | undefined): readonly string[] {
  return byLanguage(value).chosen;
}

/** The texts in the language that is preferred, those that are of no language behind them; and those in the others. */
export function byLanguage(value: Json | undefined): {
  readonly chosen: readonly string[];
  readonly others: readonly string[];
} {
  if (typeof value === 'string') return { chosen: unique([textOfHtml(value)]), others: [] };
  const all = spokenIn(value);
  const isOf = (language: string) => (one: Spoken) =>
    one.language === language || one.language.startsWith(`${language}-`) || one.language.startsWith(`${language}_`);
  const language = PREFERRED.find((preferred) => all.some(isOf(preferred))) ?? all[0]?.language;
  if (language === undefined) return { chosen: [], others: [] };
  const chosen = [...all.filter(isOf(language)), ...all.filter(isOf('none'))];
  return {
    chosen: unique(chosen.map(({ text }) => text)),
    others: unique(all.filter((one) => !chosen.includes(one)).map(({ text }) => text)),
  };
}
