/**
 * The trades that running text speaks of. Whole words, in lower case unless a sentence begins with them; not what a street, an inn, a firm or
 * a person is called; not words that mean something else there (homographs.csv). What is doubtful is not read: a steward is better.
 */
import { withoutGenders } from '../reconcile/trades-parts.ts';
import { FIRM, FIRST_NAMES, HONORIFICS, SURNAMES } from '../reconcile/trades-phrases.ts';
import { type Named, type TradeIndex, type Word, wordsOf } from '../vocabularies/trade-words.ts';
import { type Homograph, inPlace, looseOf, type Phrases, type TextPlace } from './lexicon.ts';
import { isCapital, type Segment, segmentsOf, TOKEN, type Token } from './segments.ts';

/** A trade that a text speaks of, and the words that say so. */
export interface Spoken {
  readonly trade: string;
  readonly text: string;
  /** Of these, those that name it. */
  readonly words: string;
}

export type ProseReader = (text: string, place: TextPlace) => readonly Spoken[];

/** More of a text is not read. In UTF-16 units. */
const LONGEST_TEXT = 20_000;
/** So many trades are read from one text at most: beyond, it is a list of something else. */
const MOST_TRADES = 12;

/** Words that are remembered, and the longest of them in UTF-16 units. */
const LEXICON = { words: 50_000, length: 40 } as const;

const words = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(({ loose }) => loose));
/** Before a trade in any case: what is called by it, and is not it. */
const STREETS =
  words(`rue ruelle place placette quai impasse chemin sentier cour allee avenue boulevard square passage residence
  porte pont faubourg quartier cite hameau cafe auberge restaurant estaminet hotel parking station arret salle sauce etablissement ets
  chien etoile oiseau araignee abeille fourmi crabe`);
/** So many words before a trade may be those of a street. */
const FARTHEST = 5;
/** Before a name in any case, with nothing between: "don de mme boulanger", "fonds Charpentier". */
const OF_NAMES = new Set([...HONORIFICS, ...words('fonds collection legs succession donation')]);
const LINKS = new Set(['de', 'au', 'a']);
const ARTICLES =
  /^(?:le|la|les|l|un|une|des|du|aux|au|son|sa|ses|mon|ma|mes|notre|nos|leur|leurs|ce|cet|cette|ces|chaque|deux|trois)$/i;
const PLURAL_ARTICLES = /^(?:les|des|aux)$/i;

/** A word of the language as it is compared; none where it is an article. */
interface Known {
  readonly word: Word | undefined;
  readonly begins: boolean;
}

interface Reading {
  readonly text: string;
  readonly place: TextPlace;
  readonly upper: boolean;
  readonly segments: readonly Segment[];
}

/** A reader of the names of a trade index and of the tools of words.csv. */
export function proseReader(
  index: TradeIndex,
  homographs: ReadonlyMap<string, readonly Homograph[]>,
  tools: Phrases,
): ProseReader {
  const lexicon = new Map<string, Known>();
  return (given, place) => {
    const most = given.slice(0, LONGEST_TEXT);
    if (!mayTell(most)) return [];
    const text = withoutGenders(most);
    const segments = segmentsOf(text, (raw) => known(raw).word);
    const reading: Reading = {
      text,
      place,
      upper: text === text.toUpperCase(),
      segments,
    };
    const found = new Map<string, Spoken>();
    for (const segment of segments) {
      for (const one of readSegment(segment, reading)) {
        if (!found.has(one.trade)) found.set(one.trade, one);
      }
      if (found.size > MOST_TRADES) return [];
    }
    return [...found.values()];
  };

  /** Whether a word of the text begins a name or a tool: most texts have none. */
  function mayTell(text: string): boolean {
    return (text.match(TOKEN) ?? []).some((raw) => known(raw).begins);
  }

  /** Most words come again. */
  function known(raw: string): Known {
    const found = lexicon.get(raw);
    if (found !== undefined) return found;
    const [word] = wordsOf(raw);
    const told = { word, begins: word !== undefined && (index.longest(word) > 0 || tools.begins(word)) };
    if (lexicon.size >= LEXICON.words) lexicon.clear();
    if (raw.length <= LEXICON.length) lexicon.set(raw, told);
    return told;
  }

  function readSegment(segment: Segment, reading: Reading): readonly Spoken[] {
    const spoken: Spoken[] = [];
    for (let from = 0; from < segment.words.length; from += 1) {
      const tool = tools.at(segment.words, from);
      if (tool !== undefined && tool.to > from + 1) {
        spoken.push({ trade: tool.trade, ...quoted(segment, reading, from, tool.to) });
        from = tool.to - 1;
        continue;
      }
      const named = longestAt(segment.words, from);
      if (named === undefined) continue;
      const { to, names } = named;
      const [name, rival] = names;
      if (name && rival === undefined && readable(name, segment, from, to, reading))
        spoken.push({ trade: name.row['id'] ?? '', ...quoted(segment, reading, from, to) });
      from = to - 1;
    }
    return spoken;
  }

  function longestAt(among: readonly Word[], from: number): { to: number; names: readonly Named[] } | undefined {
    const first = among[from];
    if (first === undefined) return undefined;
    for (let to = Math.min(among.length, from + index.longest(first)); to > from; to -= 1) {
      const names = index.find(among, from, to, false);
      if (names.length > 0) return { to, names };
    }
    return undefined;
  }

  function readable(name: Named, segment: Segment, from: number, to: number, reading: Reading): boolean {
    if (!READ.has(name.rule) || isSector(name)) return false;
    const own = segment.words.slice(from, to);
    if (name.rule === 'activity' && !isProcess(own)) return false;
    if (name.rule === 'feminine' && /^[\p{L}]*(?:ale|ante)$/u.test(own[0]?.folded ?? '')) return false;
    if (isCalled(segment, from, reading) || hyphened(segment, from, to, reading)) return false;
    if (!rightCase(segment, from, to, name.rule === 'activity', reading)) return false;
    return inPlace(homographs.get(looseOf(own)), reading.place).every(({ needs, unless }) => {
      if (needs === 'never' || says(reading, unless)) return false;
      return needs !== 'article' || ARTICLES.test(tokenBefore(segment, from)?.raw ?? '');
    });
  }

  /** "moissonneuse-batteuse": joined to what is no trade. */
  function hyphened(segment: Segment, from: number, to: number, { text }: Reading): boolean {
    const [first, last] = [segment.tokens[segment.places[from] ?? 0], segment.tokens[segment.places[to - 1] ?? 0]];
    if (first === undefined || last === undefined) return true;
    if (text[first.at - 1] === '-') return true;
    return text[last.at + last.raw.length] === '-' && longestAt(segment.words, to) === undefined;
  }
}

const READ: ReadonlySet<string> = new Set(['label', 'synonym', 'plural', 'feminine', 'activity']);

/** A sector's own entry: its words ("commerce", "mode", "construction") say too many things. */
export const isSector = ({ row }: Pick<Named, 'row'>): boolean => row['broader'] === '';

/** Of one word only what names a process: "tissage"; "boulangerie" is more often where one meets. */
const isProcess = (own: readonly Word[]): boolean => own.length > 1 || /age$/.test(own[0]?.single ?? '');

function tokenBefore({ tokens, places }: Segment, from: number): Token | undefined {
  return tokens[(places[from] ?? 0) - 1];
}

/** "rue des Tanneurs", "place du vieux meunier", "M. Tisserand", "café du Batelier". */
function isCalled(segment: Segment, from: number, { upper }: Reading): boolean {
  const among = segment.words;
  const before = among[from - 1];
  if (OF_NAMES.has(tokenBefore(segment, from)?.word?.loose ?? '')) return true;
  if (STREETS.has(before?.loose ?? '')) return true;
  for (let at = Math.max(0, from - FARTHEST); at < from - 1; at += 1) {
    if (STREETS.has(among[at]?.loose ?? '') && LINKS.has(among[at + 1]?.single ?? '')) return true;
  }
  const capital = isCapital(among[from]?.raw ?? '');
  if (!capital && !upper) return false;
  return OF_NAMES.has(before?.loose ?? '') || FIRST_NAMES.has(before?.loose ?? '');
}

/** In lower case, or at the head of a sentence where it is not a name. */
function rightCase(segment: Segment, from: number, to: number, activity: boolean, reading: Reading): boolean {
  const own = segment.words[from];
  if (own === undefined) return false;
  const before = tokenBefore(segment, from);
  const plural = /[sx]$/i.test(own.raw);
  if (reading.upper) return plural && PLURAL_ARTICLES.test(before?.raw ?? 'non');
  if (!isCapital(own.raw)) return true;
  if (FIRM.test(reading.text) || !segment.begins) return false;
  const place = segment.places[from] ?? 0;
  if (place === 1 && before !== undefined) return plural && PLURAL_ARTICLES.test(before.raw);
  if (place !== 0) return false;
  if (to - from > 1 || plural || activity) return true;
  const next = segment.tokens[place + 1];
  if (next === undefined) return segment.after === undefined && !SURNAMES.has(own.loose);
  return !isCapital(next.raw) && !/^(?:le|la|les|un|une|l)$/.test(next.raw);
}

/** Whether the text has one of these words. */
function says({ segments }: Reading, words: ReadonlySet<string>): boolean {
  return words.size > 0 && segments.some((segment) => segment.words.some(({ loose }) => words.has(loose)));
}

/** The words, and with a few round them, as they stand. */
function quoted({ tokens, places }: Segment, { text }: Reading, from: number, to: number): Omit<Spoken, 'trade'> {
  const [begin, end] = [places[from] ?? 0, places[to - 1] ?? 0];
  const between = (first: Token | undefined, last: Token | undefined) =>
    first && last ? text.slice(first.at, last.at + last.raw.length).slice(0, 200) : '';
  return {
    text: between(tokens[Math.max(0, begin - 3)], tokens[Math.min(tokens.length - 1, end + 3)]),
    words: between(tokens[begin], tokens[end]),
  };
}
