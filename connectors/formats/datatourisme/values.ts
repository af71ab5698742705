/** Values of DATAtourisme's JSON-LD: one or several, in one language or many. https://www.datatourisme.fr/ontology/core */
import type { Json } from '../../connector.ts';
import { unique } from '../shared/text.ts';

export type Thing = { readonly [key: string]: Json };

export function thing(value: Json | undefined): Thing | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Thing) : undefined;
}

/** A list, or the one value that stands without brackets; nothing for null. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

export function things(value: Json | undefined): readonly Thing[] {
  return listOf(value)
    .map(thing)
    .filter((one) => one !== undefined);
}

/** The texts of a plain property; numbers become text. */
export function texts(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((one) => {
    if (typeof one === 'string' || typeof one === 'number') return [String(one)];
    const said = thing(one)?.['@value'];
    return typeof said === 'string' || typeof said === 'number' ? [String(said)] : [];
  });
}

export const textOf = (value: Json | undefined): string | undefined => texts(value)[0];

/** Texts by language, French first: `{fr: [...], en: [...]}`, or `[{@language, @value}]`; a text without language counts as French. */
export function spoken(value: Json | undefined): {
  readonly french: readonly string[];
  readonly others: readonly string[];
} {
  const french: string[] = [];
  const others: string[] = [];
  for (const one of listOf(value)) {
    const said = thing(one);
    if (said === undefined) french.push(...texts(one));
    else if ('@value' in said) (textOf(said['@language']) === 'fr' ? french : others).push(...texts(one));
    else
      for (const [language, words] of Object.entries(said)) {
        if (/^@?fr\b/i.test(language)) french.push(...texts(words));
        else if (/^@?[a-z]{2}\b/i.test(language)) others.push(...texts(words));
      }
  }
  return { french, others };
}

/** In French, else in the first language there is. */
export function inFrench(value: Json | undefined): readonly string[] {
  const { french, others } = spoken(value);
  return french.length > 0 ? french : others.slice(0, 1);
}

/** The labels of terms: `[{@id: 'kb:Shop', rdfs:label: {fr: ['Boutique']}}]`. */
export function labelsOf(value: Json | undefined): readonly string[] {
  return unique(things(value).flatMap((term) => inFrench(term['rdfs:label']).slice(0, 1)));
}
