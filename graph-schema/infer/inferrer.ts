/**
 * Relations that no record states and that its own words tell, each with the rule and the words that say so. Pure: from the records of one thing and
 * from tables; what a steward decided about a word comes in through the resolver, which reads it.
 */
import type { DescribingRecord } from '../fold/describing.ts';
import type { KindName } from '../model.ts';
import type { AnyRecord, Identifier } from '../record.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { tableRows, tableText } from '../vocabularies/tables.ts';
import { tradeIndex } from '../vocabularies/trade-words.ts';
import { tradeCodes } from './codes.ts';
import { readHomographs, readPhrases } from './lexicon.ts';
import { placeOf } from './location.ts';
import { objectSayings } from './objects.ts';
import { proseReader } from './prose.ts';
import { perResolver } from './recall.ts';
import { type InferenceRule, type InferenceRules, inferenceTable, readRules } from './rules.ts';
import { structureSayings } from './structures.ts';
import { type TextReaders, textReaders } from './texts.ts';
import { titleSayings } from './titles.ts';

/** What a text of a record says of a trade: by which rule, in which words, and (of a recording) when. */
export interface Saying {
  readonly trade: string;
  readonly rule: InferenceRule;
  readonly text: string;
  /** How sure the reading of the words is, 0 to 1; the rule may be less sure. */
  readonly sure?: number;
  /** Seconds from the beginning. */
  readonly moment?: number;
}

/** A relation that is inferred. `moment`: seconds from the beginning of a recording, as text. */
export interface Inference {
  readonly relation: 'trades' | 'place';
  readonly identifier: Identifier;
  readonly rule: InferenceRule;
  readonly confidence: number;
  readonly text: string;
  readonly moment?: string;
}

export interface Inferrer {
  /** How sure words are that a source's format itself offers as a trade. */
  readonly mapping: number;
  /** What the records of one thing tell, each target once by its surest rule; best record first in `records`. */
  infer(kind: KindName, records: readonly DescribingRecord[], resolver: Resolver): readonly Inference[];
}

/** Raise it when the code infers something else from the same tables. */
const INFERENCE = 2;
/** In UTF-16 units. */
const LONGEST_EVIDENCE = 200;
/** A record of the hub's own, where a steward writes: what it says of trades is all that is to be said. */
const HUB = 'trame';

/** The texts that inference depends on, for the resolver's version. */
export function inferenceTexts(): readonly string[] {
  return [`inference ${INFERENCE}`, ...(['rules', 'words', 'homographs'] as const).map(inferenceTable)];
}

/** Reads the packaged tables. Throws where one is missing or broken: the program is then badly installed. */
export function createInferrer(): Inferrer {
  const rows = tableRows(tableText('trades'));
  const phrases = readPhrases(inferenceTable('words'));
  const homographs = readHomographs(inferenceTable('homographs'));
  const index = tradeIndex(rows);
  const rules = readRules(inferenceTable('rules'));
  const prose = proseReader(index, homographs, phrases.object);
  const codes = tradeCodes(rows, tableRows(tableText('concepts')));
  const textsFor = perResolver((resolver) => textReaders({ index, phrases, prose, homographs, codes }, resolver));
  return {
    mapping: rules.confidence.mapping,
    infer(kind, records, resolver) {
      const settled = records.some(({ source, record }) => source === HUB && record.relations['trades']?.length);
      const sayings = settled ? [] : records.flatMap(({ record }) => sayingsOf(kind, record, textsFor(resolver)));
      const place = kind === 'Event' ? placeOf(records, resolver, rules) : undefined;
      return [...surest(sayings, rules), ...(place ? [place] : [])];
    },
  };
}

function sayingsOf(kind: KindName, record: AnyRecord, texts: TextReaders): readonly Saying[] {
  if (kind === 'HeritageObject') return objectSayings(record, texts);
  if (kind === 'Structure') return structureSayings(record, texts);
  return TITLED.has(kind) ? titleSayings(record, texts) : [];
}

const TITLED: ReadonlySet<KindName> = new Set(['Event', 'Exhibition', 'Route', 'Resource', 'Pathway']);

/** Each trade once: its surest saying, with the earliest moment at which it is spoken of. */
function surest(sayings: readonly Saying[], { confidence, least }: InferenceRules): readonly Inference[] {
  const found = new Map<string, Inference>();
  for (const { trade, rule, text, sure = 1, moment } of sayings) {
    const sureness = Math.min(confidence[rule], sure);
    if (sureness < least) continue;
    const known = found.get(trade);
    const said = [known?.moment, moment === undefined ? undefined : String(moment)].filter((one) => one !== undefined);
    const first = said.sort((a, b) => Number(a) - Number(b))[0];
    const best =
      known !== undefined && known.confidence >= sureness
        ? known
        : {
            relation: 'trades' as const,
            identifier: { scheme: 'trame', value: trade },
            rule,
            confidence: sureness,
            text: text.slice(0, LONGEST_EVIDENCE),
          };
    found.set(trade, first === undefined ? best : { ...best, moment: first });
  }
  return [...found.values()];
}
