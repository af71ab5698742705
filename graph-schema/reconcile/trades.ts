/**
 * What trades a text names: lists, both genders, activities, Dutch names, what is named by its trade ("outils du sabotier"), with how sure
 * each is. A part of the text that is not understood whole gives a trade to propose, or nothing; two rivals for one part both stand there.
 */
import { type Row, tableRows, tableText } from '../vocabularies/tables.ts';
import { CONFIDENCE, type NameRule, tradeIndex, wordsOf } from '../vocabularies/trade-words.ts';
import type { Candidate } from './match.ts';
import { isCapital, partReader, type Reading, type TradeField } from './trades-part.ts';
import { joinedParts, listParts, type Part, partOf, withoutGenders } from './trades-parts.ts';
import { FIRM, FIRST_NAMES } from './trades-phrases.ts';

export type { TradeField } from './trades-part.ts';
export type TradeReader = (text: string, where?: { readonly field?: TradeField }) => readonly Candidate[];

/** A longer text is prose: it is not read. In UTF-16 units. */
const LONGEST_TEXT = 1000;
/** How sure "A ou B" can be of either. */
const EITHER = 0.6;

/** A reader of the trades of trades.csv, or of other rows of its shape. Its answer has the surest first, each trade once. */
export function createTradeReader(rows: readonly Row[] = tableRows(tableText('trades'))): TradeReader {
  const index = tradeIndex(rows);
  const readPart = partReader(index);
  return (text, { field = 'trade' } = {}) => {
    if (text.length > LONGEST_TEXT) return [];
    const most = FIRM.test(text) ? CONFIDENCE.unsure : 1;
    return ordered(readText(withoutGenders(text), field).map((reading) => candidateOf(reading, most)));
  };

  function readText(text: string, field: TradeField): readonly Reading[] {
    const parts = listParts(text);
    const whole = readPart(partOf(text.trim()), field);
    if (parts.length === 1) return readJoined(parts[0] as Part, field, whole);
    if (whole.some(({ rule }) => WHOLE.has(rule))) return whole;
    return parts.flatMap((part, at) => readListed(part, parts[at + 1], field));
  }

  /** "Meunier, Constantin": a name and its first name; what else stands there may be a place. */
  function readListed(part: Part, next: Part | undefined, field: TradeField): readonly Reading[] {
    const readings = readJoined(part, field);
    if (part.after !== ',' || next === undefined || !isSurname(part, next)) return readings;
    if (FIRST_NAMES.has(wordsOf(next.head)[0]?.loose ?? '')) return [];
    return readings.map((one) => ({ ...one, confidence: Math.min(one.confidence, CONFIDENCE.unsure) }));
  }

  function isSurname(part: Part, next: Part): boolean {
    const [words, others] = [wordsOf(part.head), wordsOf(next.head)];
    if (words.length !== 1 || others.length === 0 || others.length > 3) return false;
    return [words[0], others[0]].every((word) => isCapital(word?.raw ?? '')) && readPart(next, 'trade').length === 0;
  }

  function readJoined(part: Part, field: TradeField, whole = readPart(part, field)): readonly Reading[] {
    if (whole.some(({ confidence }) => confidence >= CONFIDENCE.activity)) return whole;
    const parts = joinedParts(part.text);
    if (parts.length === 1) return readHyphened(part, field, whole);
    const readings: Reading[] = [];
    for (const one of parts) readings.push(...readAmong(one, parts, readings.at(-1), field));
    return either(parts, readings);
  }

  /** "rouisseurs et teilleurs de lin", "outils du tonnelier et du charron": what stands once belongs to both. */
  function readAmong(
    part: Part,
    parts: readonly Part[],
    last: Reading | undefined,
    field: TradeField,
  ): readonly Reading[] {
    const led = last?.rule === 'phrase' ? LED.exec(part.text) : null;
    if (led !== null && last !== undefined)
      return readPart(partOf(part.text.slice(led[0].length)), field).map((one) => ({
        ...one,
        rule: 'phrase',
        confidence: Math.min(one.confidence, last.confidence),
      }));
    const tail = part === parts.at(-1) ? null : TAIL.exec(parts.at(-1)?.text ?? '');
    const shared = tail === null ? [] : readPart(partOf(`${part.text}${tail[0]}`), field);
    return shared.length === 1 && shared.every(({ rule }) => WHOLE.has(rule)) ? shared : readHyphened(part, field);
  }

  /** "boulanger-pâtissier": two trades, where both are, and the whole is none. */
  function readHyphened(part: Part, field: TradeField, whole = readPart(part, field)): readonly Reading[] {
    if (!part.head.includes('-') || whole.some(({ confidence }) => confidence >= CONFIDENCE.activity)) return whole;
    const sides = part.head.split('-').map((side) => readPart(partOf(side), 'trade'));
    const sure = sides.every((side) => side.length === 1 && (side[0]?.confidence ?? 0) >= CONFIDENCE.activity);
    return sure ? sides.flat() : whole;
  }
}

const LED = /^(?:de la |de l['’]|des? |du |d['’])/i;
const TAIL = / (?:de |du |des |d['’]|en |sur |à |au |aux ).{1,60}$/i;
const WHOLE: ReadonlySet<string> = new Set<NameRule>(['label', 'synonym', 'plural', 'feminine']);

/** "tisserand ou fileur": neither is sure, unless they are one. */
function either(parts: readonly Part[], readings: readonly Reading[]): readonly Reading[] {
  const rivals = parts.some(({ before }) => before === 'ou') && new Set(readings.map(({ row }) => row)).size > 1;
  return rivals ? readings.map((one) => ({ ...one, confidence: Math.min(one.confidence, EITHER) })) : readings;
}

function candidateOf({ row, confidence, rule, text }: Reading, most: number): Candidate {
  const identifier = { scheme: 'trame', value: row['id'] ?? '' };
  return { identifier, label: row['label'] ?? '', confidence: Math.min(confidence, most), rule, text };
}

/** Each trade once, by its surest reading. */
function ordered(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const best = new Map<string, Candidate>();
  for (const one of candidates) {
    const key = one.identifier?.value ?? '';
    if (one.confidence > (best.get(key)?.confidence ?? 0)) best.set(key, one);
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence);
}
