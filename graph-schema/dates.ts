/**
 * Dates as French museums write them, read as EDTF level 1 (Library of Congress, 2019) with years and a confidence.
 *
 * Years follow the astronomical count of EDTF and ISO 8601: 0 is 1 BC, -49 is 50 BC. A century is counted as the Inventaire
 * général counts it: the 19th is 1801–1900, its first quarter 1801–1825. What is not understood whole is not read at all.
 *
 * Confidence: 1 a day, month or year; 0.95 an interval or decade; 0.9 a century or an exact part of one; 0.8 an open end or a
 * well bounded epoch; 0.7 "vers" (a year counts ±5) and "début", "milieu", "fin"; 0.6 a decade without its century and 1904-05; 0.5 an epoch
 * whose limits are a convention. A question mark multiplies by 0.6; a list of dates, or a date in square brackets, by 0.9.
 */

import { SIMPLE } from './dates/simple.ts';
import { begin, between, contains, end, firstOf, qualified, type Rule, type Span } from './dates/spans.ts';
import { normalised } from './dates/wording.ts';
import type { When } from './property.ts';

const LATEST_YEAR = 2100;
const EARLIEST_YEAR = -10_000;
const CIRCA_YEARS = 5;
const LONGEST_TEXT = 200;
const LONGEST_LIST = 10;

/**
 * Reads a date. Gives the trimmed text, and with it `edtf`, `from`, `to` and `confidence` where the whole text was understood;
 * the text alone ("s.d.", "Louis XV", "1912 (acquisition)") where it was not. Never throws, never guesses.
 */
export function readDate(text: string): When {
  const verbatim = text.trim();
  if (verbatim === '' || verbatim.length > LONGEST_TEXT) return { text: verbatim };
  const span = read(normalised(verbatim));
  if (!span || !plausible(span)) return { text: verbatim };
  return {
    text: verbatim,
    edtf: span.edtf,
    ...(span.from === undefined ? {} : { from: span.from }),
    ...(span.to === undefined ? {} : { to: span.to }),
    confidence: Math.round(span.confidence * 100) / 100,
  };
}

function plausible({ from, to }: Span): boolean {
  if (from !== undefined && to !== undefined && from > to) return false;
  return [from, to].every((year) => year === undefined || (year >= EARLIEST_YEAR && year <= LATEST_YEAR));
}

/** One date or several. */
const read: Rule = (text) => bracketed(text) ?? doubtful(text) ?? single(text) ?? listed(text);

/** "[1853]": the cataloguer worked it out. */
const bracketed: Rule = (text) => {
  const inner = /^\[([^[\]]+)\]$/.exec(text)?.[1]?.trim();
  const span = inner === undefined ? undefined : (doubtful(inner) ?? single(inner));
  return span && { ...span, confidence: span.confidence * 0.9 };
};

/** "1853 ?", "vers 1853 (?)". */
const doubtful: Rule = (text) => {
  const inner = /^(.+?) ?(?:\?|\(\?\))$/.exec(text)?.[1];
  const span = inner === undefined ? undefined : single(inner);
  return span && { ...span, edtf: qualified(span.edtf, '?'), confidence: span.confidence * 0.6 };
};

/** "19e siècle ; 20e siècle" covers both; "20e siècle ; 1912" is the one that lies within the other. */
const listed: Rule = (text) => {
  const parts = text.split(/ *[;,] *| et /).filter((part) => part !== '');
  const spans = parts.map((part) => doubtful(part) ?? single(part));
  if (spans.length < 2 || spans.length > LONGEST_LIST || !spans.every((span) => span !== undefined)) return undefined;
  const inner = spans.find((one) => spans.every((other) => contains(other, one)));
  if (inner) return inner;
  const first = spans.reduce((a, b) => ((b.from ?? -Infinity) < (a.from ?? -Infinity) ? b : a));
  const last = spans.reduce((a, b) => ((b.to ?? Infinity) > (a.to ?? Infinity) ? b : a));
  return between(first, last, Math.min(...spans.map((span) => span.confidence)) * 0.9);
};

const plain: Rule = (text) => firstOf(SIMPLE, text);
/** What may stand at an end of an interval: "vers 1890" may, an interval may not, so that reading always ends. */
const interval: Rule = (text) => intervalOf(text, (part) => plain(part) ?? circaOf(part, plain));
const circa: Rule = (text) => circaOf(text, (part) => plain(part) ?? interval(part));
const single: Rule = (text) => firstOf([plain, circa, before, after, interval], text);

/** "1920-1930", "entre 1865 et 1908", "1865 entre,1908 et", "de 1850 à 1870", "1912 ou 1913", "fin 19e siècle - début 20e siècle". */
function intervalOf(text: string, reader: Rule): Span | undefined {
  const found =
    /^(\d{4}-[\d-]+) ?\/ ?(\d{4}-[\d-]+)$/.exec(text) ??
    /^(.+?) entre ?[,;] ?(.+?) et$/.exec(text) ??
    /^entre (.+?) et (.+)$/.exec(text) ??
    /^(?:de |du )(.+?) (?:a|au|jusqu'en) (.+)$/.exec(text) ??
    /^(.+?)(?: ?- ?| ?\/ ?| a | au | ou )(.+)$/.exec(text);
  if (!found) return undefined;
  const [left, right] = withSharedUnit(found[1] ?? '', found[2] ?? '');
  const [first, last] = [reader(left), reader(right)];
  return first && last && between(first, last, Math.min(first.confidence, last.confidence, 0.95));
}

/** "19e-20e siècles" says the unit once, at the end; "années 1930-1940" at the begin. */
function withSharedUnit(left: string, right: string): readonly [string, string] {
  const unit = /\d+e( (?:siecle|millenaire)(?: bc)?)$/.exec(right)?.[1];
  if (unit && /\d+e$/.test(left)) return [left + unit, right];
  return left.startsWith('annees ') && /^\d{3}0$/.test(right) ? [left, `annees ${right}`] : [left, right];
}

/** "avant 1900", "1900 avant", "jusqu'en 1960": the year itself is not left out. */
const before: Rule = (text) => {
  const inner = (/^(?:avant|av\.|jusqu'en) ?(.+)$/.exec(text) ?? /^(.+?),? avant$/.exec(text))?.[1];
  const span = inner === undefined ? undefined : (plain(inner) ?? circaOf(inner, plain));
  if (span?.to === undefined) return undefined;
  return { to: span.to, edtf: `../${end(span)}`, confidence: 0.8 * span.confidence };
};

/** "après 1945", "à partir de 1950": the year itself is not left out. */
const after: Rule = (text) => {
  const inner = (/^(?:apres|ap\.|depuis|a partir de) ?(.+)$/.exec(text) ??
    /^(.+?),? (?:apres|a partir de)$/.exec(text))?.[1];
  const span = inner === undefined ? undefined : (plain(inner) ?? circaOf(inner, plain));
  if (span?.from === undefined) return undefined;
  return { from: span.from, edtf: `${begin(span)}/..`, confidence: 0.8 * span.confidence };
};

/** "vers 1853", "1853 vers", "ca 1900". A single year counts with five years on either side; the EDTF keeps the year. */
function circaOf(text: string, reader: Rule): Span | undefined {
  const inner = (/^(?:(?:vers|circa|ca|env|environ|autour de) |(?:c|ca|env|v)\. ?)(?:l'annee |le |les |la )?(.+)$/.exec(
    text,
  ) ?? /^(.+?),? (?:vers|environ|circa)$/.exec(text))?.[1];
  const span = inner === undefined ? undefined : reader(inner);
  if (!span) return undefined;
  const wide = span.from === span.to && span.from !== undefined ? CIRCA_YEARS : 0;
  return {
    from: span.from === undefined ? undefined : span.from - wide,
    to: span.to === undefined ? undefined : span.to + wide,
    edtf: qualified(span.edtf, '~'),
    confidence: 0.7 * span.confidence,
  };
}
