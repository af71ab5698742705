/** How the texts of museums are taken apart: lists, qualifiers in brackets, addresses without scheme, e-mail addresses that are not for everyone. */

const UNTIDY = /\s\s|^\s|\s$|[^\S ]/;
const COMBINING = /[\u0300-\u036f]/;

/** White space collapsed within lines, blank lines and ends trimmed, accents composed; undefined where nothing is left. */
export function tidy(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const composed = COMBINING.test(text) ? text.normalize('NFC') : text;
  // Most texts are tidy, and this is called for every one of them.
  if (!UNTIDY.test(composed)) return composed;
  const lines = composed.split('\n').map((line) => line.replace(/[^\S\n]+/g, ' ').trim());
  return lines.filter((line) => line !== '').join('\n') || undefined;
}

/** A text on one line: for names, words and numbers. */
export function tidyLine(text: string | undefined): string | undefined {
  const tidied = tidy(text);
  return tidied?.includes('\n') ? tidied.replaceAll('\n', ' ') : tidied;
}

/** The tidied parts of a list, split at any of `separators` (`;` unless told) that does not stand within brackets; empty parts left out. */
export function splitList(text: string | undefined, separators = ';'): readonly string[] {
  const whole = tidyLine(text);
  if (whole === undefined || text === undefined) return [];
  if (![...separators].some((separator) => text.includes(separator))) return [whole];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && separators.includes(character)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  // A bracket that never closes would swallow the rest of the list.
  const all = depth > 0 ? text.split(new RegExp(`[${separators}]`)) : parts;
  return all.map((part) => tidyLine(part)).filter((part) => part !== undefined);
}

/** A value and what stands in brackets after or before it: `fragment (2)`, `DUPONT (tisserand, attribué à)`. */
export interface Qualified {
  readonly text: string;
  readonly qualifiers: readonly string[];
}

/** `text` is empty where all stands in brackets. */
export function qualified(value: string): Qualified {
  if (!value.includes('(')) return { text: withoutEdges(value), qualifiers: [] };
  const qualifiers = [...value.matchAll(/\(([^()]*)\)/g)].map((found) => (found[1] ?? '').trim());
  const text = value
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,;])/g, '$1');
  return { text: withoutEdges(text), qualifiers: qualifiers.filter((one) => one !== '') };
}

const EDGE = /[\s,;]/;

/** Without blanks and separators at its ends. Not by a pattern that is tried at each of them: a hundred thousand commas would take ten seconds. */
function withoutEdges(text: string): string {
  let [begin, end] = [0, text.length];
  while (begin < end && EDGE.test(text[begin] as string)) begin += 1;
  while (end > begin && EDGE.test(text[end - 1] as string)) end -= 1;
  return text.slice(begin, end);
}

/** The values of a list without what stands in brackets, each once. */
export function bareTerms(text: string | undefined, separators = ';'): readonly string[] {
  return unique(splitList(text, separators).map((part) => qualified(part).text));
}

/** Each text once, in order, empty ones left out. */
export function unique(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text): text is string => text !== undefined && text !== ''))];
}

/** A telephone number in the guise of an address. */
const TELEPHONE_LINK = /^(?:https?:\/\/)?(?:wa\.me|api\.whatsapp\.com|(?:www\.)?t\.me\/\+)/i;

/**
 * A web address, `http://` put before one that has none (POP writes `www.musee.fr/notice`). Undefined for what is none, and for `?vc=` links
 * of WebMuseo, which expire.
 */
export function webAddress(text: string | undefined): string | undefined {
  const tidied = tidyLine(text);
  if (tidied === undefined || /\s/.test(tidied) || tidied.includes('@') || TELEPHONE_LINK.test(tidied))
    return undefined;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(tidied)
    ? tidied
    : /^(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(fr|com|org|net|eu|be)(\/|$))/i.test(tidied)
      ? `http://${tidied}`
      : '';
  if (!/^https?:\/\/[^\s/.]*[^\s/]+/i.test(written) || !URL.canParse(written)) return undefined;
  const { hostname, searchParams } = new URL(written);
  if (!hostname.includes('.') && hostname !== 'localhost' && !hostname.startsWith('[')) return undefined;
  return searchParams.has('vc') ? undefined : written;
}

/** Every repetition is bounded: unbounded ones cost the square of a hostile text's length. */
const EMAIL = /(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;

/** A text without the e-mail addresses in it: they are persons', or become spam. Undefined where nothing else is left. */
export function withoutEmails(text: string | undefined): string | undefined {
  if (!text?.includes('@')) return tidy(text);
  return tidy(text.replace(EMAIL, '').replace(/\(\s*\)|<\s*>/g, ''));
}

/** The ARK in a text or an address: `ark:/53355/cl010062370`. */
export function arkIn(text: string): string | undefined {
  return /ark:\/?\d{5,9}\/[^\s?#]+/i.exec(text)?.[0]?.replace(/^ark:\/?/i, 'ark:/');
}
