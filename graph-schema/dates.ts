/**
 * Dates as French museums write them (with English and Dutch words beside), read as EDTF level 1 (Library of Congress, 2019) with years and a confidence.
 *
 * Years follow the astronomical count of EDTF and ISO 8601: 0 is 1 BC, -49 is 50 BC. A century is counted as the Inventaire
 * général counts it: the 19th is 1801–1900, its first quarter 1801–1825; its "début", "milieu" and "fin" are its thirds (1801–1833, 1834–1866,
 * 1867–1900). A turn ("limite") is ten years on either side. "avant" and "après" hold the year they name. What is not understood whole is not read at all.
 *
 * Confidence: 1 a day, month or year; 0.95 an interval or decade; 0.9 a century or an exact part of one; 0.8 an open end, a
 * well bounded epoch or a part of a year; 0.7 "vers" (a year counts ±5 in `from` and `to`), "début", "milieu", "fin" and a century without its unit ("XXe");
 * 0.6 a decade without its century; 0.3 what a steward should look at: "1904-05" (or May), a number of three digits alone, "avant le 19e siècle",
 * years that begin after 2050; 0.25 what may be no date: "XX", "-1900", "Louis XV" (reign or style), which readDate() leaves as text. A question mark multiplies by 0.6; a list of dates, or a sure date in square brackets, by 0.9.
 */

import { doubtfulOf, single, withShared } from './dates/composed.ts';
import {
  between,
  contains,
  endsAfter,
  firstOf,
  overlaps,
  PERHAPS,
  type Rule,
  type Span,
  startsBefore,
  UNSURE,
} from './dates/spans.ts';
import { normalised, partFirst } from './dates/wording.ts';
import type { When } from './property.ts';

const LATEST_YEAR = 2100;
/** Later years are likelier slips of the hand than plans. */
const LATEST_LIKELY = 2050;
/** EDTF level 0 writes years in four figures. */
const EARLIEST_YEAR = -9999;
const CIRCA_YEARS = 5;
/** Raise it when a text is read otherwise: records hold what was read, and are then mapped again. */
export const DATES_VERSION = 2;

const LONGEST_TEXT = 200;
const LONGEST_LIST = 10;
/** Without a figure a date has one of these words, or a Roman numeral. */
const HINT =
  /\d|[ivxlcdm]{2}|[ivx](?:e|er|ère)\b|\ban [ivx]|si[eè]cle|century|eeuw|ann[ée]es|jaren|empire|r[ée]p|r[ée]vol|directoire|consulat|restauration|monarchie|guerre|louis|charles x|napol|henri/i;

/**
 * Reads a date. Gives the trimmed text, and with it `edtf`, `from`, `to` and `confidence` where the whole text was understood;
 * the text alone ("s.d.", "Moyen Âge", "1912 (acquisition)") where it was not. Never throws, never guesses.
 */
export function readDate(text: string): When {
  const verbatim = text.trim();
  const span = readSpan(verbatim);
  if (!span || span.confidence <= PERHAPS) return { text: verbatim };
  const wide = /^-?\d{4}[~%]$/.test(span.edtf) ? CIRCA_YEARS : 0;
  return {
    text: verbatim,
    edtf: span.edtf,
    ...(span.from === undefined ? {} : { from: span.from - wide }),
    ...(span.to === undefined ? {} : { to: span.to + wide }),
    confidence: span.confidence,
  };
}

/** The same with the rule that read it, and nothing widened; undefined where the text is no date. */
export function readSpan(text: string): Span | undefined {
  if (text.length > LONGEST_TEXT || !HINT.test(text)) return undefined;
  const words = /^\d{4}$/.test(text) ? text : normalised(text);
  const span = read(words);
  if (!span || !isPlausible(span)) return undefined;
  const unlikely = /^\d{3}(?: ?[-/;,] ?\d{3})*$/.test(words) || (span.from ?? span.to ?? 0) > LATEST_LIKELY;
  const confidence = unlikely ? UNSURE : span.confidence;
  return { ...span, confidence: Math.round(confidence * 100) / 100 };
}

function isPlausible({ from, to }: Span): boolean {
  if (from !== undefined && to !== undefined && from > to) return false;
  return [from, to].every((year) => year === undefined || (year >= EARLIEST_YEAR && year <= LATEST_YEAR));
}

const doubtful = doubtfulOf(single);
const one: Rule = (text) => doubtful(text) ?? single(text);

/** One date or several. */
const read: Rule = (text) =>
  firstOf(text.includes(';') ? [listed, one, bracketed, glossed] : [one, bracketed, glossed, listed], text);

/** "[1853]", "18[53]": the cataloguer worked it out; "(1853)" only stands apart. */
const bracketed: Rule = (text) => {
  const inner = /^\(([^()]+)\)$/.exec(text)?.[1];
  if (inner !== undefined) return one(inner.trim());
  if (!/^\[[^[\]]+\]$|^\d*\[\d+\]\d*$/.test(text)) return undefined;
  const span = one(text.replace(/[[\]]/g, '').trim());
  return span && { ...span, confidence: span.confidence >= 0.9 ? span.confidence * 0.9 : span.confidence };
};

/** "4e quart 19e siècle (1897)", "an VII (1798-1799)": said twice, and the nearer counts. Two that contradict each other are no date. */
const glossed: Rule = (text) => {
  const found = /^([^()[\]]+?) ?[([]([^()[\]]+)[)\]]$/.exec(text);
  const said = found && one(found[1] ?? '');
  const again = said && one((found[2] ?? '').replace(/^(?:soit|i\. ?e\.) /, ''));
  if (!again || !overlaps(said, again)) return undefined;
  return contains(said, again) && (!contains(again, said) || again.confidence > said.confidence) ? again : said;
};

/** "19e siècle ; 20e siècle" covers both; "20e siècle ; 1912" is the one that lies within the other; "1865 après ; 1908 avant" lies between. */
const listed: Rule = (text) => {
  const isOfLists = text.includes(';');
  const separators = isOfLists ? / *; */ : / *[,+&] *| et (?:du |de la |de )?| puis /;
  const parts = text.split(separators).filter((part) => part !== '');
  if (parts.length < 2 || parts.length > LONGEST_LIST) return undefined;
  const spans: Span[] = [];
  let next = '';
  for (const part of parts.reverse()) {
    next = withShared(partFirst(part), next);
    const span = one(next) ?? (isOfLists ? listed(next) : undefined);
    if (!span) return undefined;
    spans.push(span);
  }
  const inner = spans.find((span) => spans.every((other) => contains(other, span)));
  if (inner) return inner;
  const confidence = Math.min(...spans.map((span) => span.confidence)) * 0.9;
  const since = spans.find(({ to }) => to === undefined);
  const until = spans.find(({ from }) => from === undefined);
  if (since && until) return spans.length === 2 ? between(since, until, confidence, 'list') : undefined;
  const first = spans.reduce((a, b) => (startsBefore(b, a) ? b : a));
  const last = spans.reduce((a, b) => (endsAfter(b, a) ? b : a));
  return between(first, last, confidence, 'list');
};
