/** What trades one part of a text names: a name with what stands round it. */
import type { Row } from '../vocabularies/tables.ts';
import {
  CONFIDENCE,
  type Named,
  type NameRule,
  type TradeIndex,
  type Word,
  wordsOf,
} from '../vocabularies/trade-words.ts';
import type { Part } from './trades-parts.ts';
import {
  FIBRES,
  FIRST_NAMES,
  GLOSSES,
  HARMLESS,
  HONORIFICS,
  MACHINES,
  NAMED_BY_TRADE,
  NAMED_OTHERWISE,
  OF_FIBRES,
  OTHER_THINGS,
  RANKS,
  SURNAMES,
  WOMEN,
  WORKERS,
} from './trades-phrases.ts';

/** Where the text stood: in a field of trades, or in a list of what is shown or said, in which a capital may begin a family's name. */
export type TradeField = 'trade' | 'subject';

export interface Reading {
  readonly row: Row;
  readonly confidence: number;
  /** Of the name, or what the words round it say. */
  readonly rule: NameRule | 'phrase' | 'gloss' | 'partial' | 'mention';
  readonly text: string;
}

/** How sure a trade is that words stand round. */
const ROUND = {
  /** Only words that change nothing: a place, "ambulant", "à domicile". */
  harmless: 0.85,
  namedByTrade: 0.8,
  gloss: 0.9,
  activity: 0.76,
  namedOtherwise: 0.55,
  partial: 0.5,
  mention: 0.45,
} as const;
/** A text that holds a family's name as often as a trade. */
const SURNAME = 0.5;

type ReadPart = (part: Part, field: TradeField) => readonly Reading[];

/** A reader of one part. */
export function partReader(index: TradeIndex): ReadPart {
  return (part, field) => {
    const words = wordsOf(part.head);
    if (words.length === 0) return [];
    if (isPerson(words, part)) return [];
    const readings =
      part.brackets === '' ? plain(words, part.before === 'puis' || part.after === 'puis') : bracketed(words, part);
    return readings.map((one) => inField({ ...one, text: part.text }, words, part, field));
  };

  type Found = Omit<Reading, 'text'>;

  function plain(words: readonly Word[], woman: boolean): readonly Found[] {
    const whole = index.find(words, 0, words.length, woman);
    if (whole.length > 0) return found(whole);
    const round = [...worker(words), ...inARow(words, woman), ...phrase(words, woman)];
    if (round.some(({ confidence }) => confidence > ROUND.partial)) return round;
    return [...found(index.misspelt(words)), ...round, ...mentioned(words)];
  }

  /** "boulanger pâtissier": trades that nothing parts. */
  function inARow(words: readonly Word[], woman: boolean): readonly Found[] {
    const readings: Found[] = [];
    for (let from = 0; from < words.length; ) {
      const to = longestAt(words, from, woman);
      const names =
        to === 0 || (from > 0 && singularName(words[from], words[from - 1])) ? [] : index.find(words, from, to, woman);
      if (names.length !== 1 || !names.every(({ rule }) => MENTIONED.has(rule))) return [];
      readings.push(
        ...found(names).map(
          (one): Found => ({ ...one, rule: 'phrase', confidence: Math.min(one.confidence, ROUND.harmless) }),
        ),
      );
      from = to;
    }
    return readings;
  }

  /** "ouvrière du textile", "employé en broderie": the sector, or the trade of that activity. */
  function worker(words: readonly Word[]): readonly Found[] {
    if (!WORKERS.has(loose(words[0])) || !/^(?:de|en|dans)$/.test(words[1]?.single ?? '')) return [];
    return found(index.find(words, 2, words.length, false))
      .filter(({ row, rule }) => rule === 'activity' || row['broader'] === '')
      .map((one) => ({ ...one, rule: 'phrase', confidence: Math.min(one.confidence, ROUND.namedByTrade) }));
  }

  /** [words that point to it] [ranks] trade [what follows]. */
  function phrase(words: readonly Word[], woman: boolean): readonly Found[] {
    let from = 0;
    let most = 1;
    while (from < words.length && longestAt(words, from, woman) === 0) {
      const step = pointing(words, from);
      if (step === 0) return [];
      if (step > 1)
        most = Math.min(most, NAMED_BY_TRADE.has(loose(words[from])) ? ROUND.namedByTrade : ROUND.namedOtherwise);
      from += step;
    }
    const to = longestAt(words, from, woman);
    if (to === 0) return [];
    const names = index.find(words, from, to, woman);
    if (from > 0 && singularName(words[from], words[from - 1])) most = Math.min(most, SURNAME);
    return names.map(({ row, rule }) => followed({ row, rule }, words, to, from > 0, most));
  }

  /** A trade that words follow. */
  function followed({ row, rule }: Named, words: readonly Word[], to: number, led: boolean, most: number): Found {
    const sure = Math.min(CONFIDENCE[rule], most);
    if (to === words.length) return { row, rule: led && most < 1 ? 'phrase' : rule, confidence: sure };
    const machine = rule === 'feminine' && words.slice(to).some((word) => MACHINES.has(word.loose));
    const person = rule !== 'activity' && rule !== 'unsure' && row['broader'] !== '' && !machine;
    if (person && harmless(row, words, to)) return { row, rule: 'phrase', confidence: Math.min(sure, ROUND.harmless) };
    if (rule === 'activity' && words.slice(to).every((word) => HARMLESS.has(word.loose) || index.speaksOf(row, word)))
      return { row, rule: 'phrase', confidence: Math.min(sure, ROUND.activity) };
    const least = person ? ROUND.partial : ROUND.partial - 0.15;
    return { row, rule: 'partial', confidence: Math.min(sure, rule === 'feminine' ? least - 0.1 : least) };
  }

  /** The end of the longest name that begins at `from`; 0 where there is none. */
  function longestAt(words: readonly Word[], from: number, woman: boolean): number {
    const first = words[from];
    if (first === undefined) return 0;
    for (let to = Math.min(words.length, from + index.longest(first)); to > from; to -= 1) {
      if (index.find(words, from, to, woman).length > 0) return to;
    }
    return 0;
  }

  /** Words after a trade that leave it what it is: a place, a year, or what the trade is about. */
  function harmless(row: Row, words: readonly Word[], from: number): boolean {
    return words
      .slice(from)
      .every(
        (word, at, rest) =>
          HARMLESS.has(word.loose) ||
          /^\d/.test(word.folded) ||
          (at > 0 && isCapital(word.raw) && !FIRST_NAMES.has(word.loose)) ||
          (at > 0 && isCapital(rest[at - 1]?.raw ?? '') && word.folded.length <= 3) ||
          index.speaksOf(row, word) ||
          (FIBRES.has(word.loose) && OF_FIBRES.has(row['sector'] ?? '')),
      );
  }

  /** "visser (pêcheur)", "mousse (jeune marin)", "fromager (arbre)". */
  function bracketed(words: readonly Word[], { brackets }: Part): readonly Found[] {
    const inside = wordsOf(brackets);
    const woman = inside.some(({ loose: word }) => WOMEN.has(word));
    const whole = index.find([...words, ...wordsOf('de'), ...inside], 0, words.length + 1 + inside.length, woman);
    if (whole.length > 0) return found(whole);
    const outside = plain(words, woman);
    if (inside.every((word) => GLOSSES.has(word.loose) || /^\d/.test(word.folded))) return outside;
    if (inside.some(({ loose: word }) => OTHER_THINGS.has(word))) return [];
    const glossed = found(index.find(inside, 0, inside.length, false)).filter(({ rule }) => rule !== 'activity');
    const same = glossed.filter(({ row }) => outside.length === 0 || outside.some((one) => one.row === row));
    if (same.length > 0) return same.map(({ row }) => ({ row, rule: 'gloss', confidence: ROUND.gloss }));
    if (glossed.length > 0) return [...outside, ...glossed];
    return outside.map((one) =>
      spokenOf(one.row, inside) ? one : { ...one, rule: 'partial', confidence: Math.min(one.confidence, SURNAME) },
    );
  }

  function spokenOf(row: Row, inside: readonly Word[]): boolean {
    return inside.every(
      (word) =>
        GLOSSES.has(word.loose) ||
        /^\d/.test(word.folded) ||
        index.speaksOf(row, word) ||
        (/^\p{Lu}\p{Ll}/u.test(word.raw) && !FIRST_NAMES.has(word.loose)),
    );
  }

  /** Trades of persons that a sentence speaks of, each after an article, a preposition or "et". */
  function mentioned(words: readonly Word[]): readonly Found[] {
    const readings: Found[] = [];
    for (let from = 1; from < words.length; from += 1) {
      const to = longestAt(words, from, false);
      if (to === 0) continue;
      const [word, before] = [words[from], words[from - 1]];
      if (!BEFORE.has(loose(before)) || singularName(word, before) || streetBefore(words, from)) continue;
      for (const { row, rule } of index.find(words, from, to, false)) {
        if (MENTIONED.has(rule)) readings.push({ row, rule: 'mention', confidence: ROUND.mention });
      }
      from = to - 1;
    }
    return readings;
  }

  function inField(reading: Reading, words: readonly Word[], part: Part, field: TradeField): Reading {
    const isName = words.length === 1 && /^\p{Lu}/u.test(part.head) && SURNAMES.has(loose(words[0]));
    if (field === 'subject' && isName) return { ...reading, confidence: Math.min(reading.confidence, SURNAME) };
    return reading;
  }
}

const found = (names: readonly Named[]): Omit<Reading, 'text'>[] =>
  names.map(({ row, rule }) => ({
    row,
    rule,
    confidence: names.length > 1 ? Math.min(CONFIDENCE[rule], CONFIDENCE.unsure) : CONFIDENCE[rule],
  }));

const MENTIONED: ReadonlySet<string> = new Set<NameRule>(['label', 'synonym', 'plural', 'feminine']);
/** What may stand before a trade that a sentence speaks of. */
const BEFORE = new Set([
  'de',
  'au',
  'a',
  'et',
  'par',
  'chez',
  'pour',
  'avec',
  'en',
  'sur',
  'comme',
  'devenir',
  'etait',
  'est',
]);

const loose = (word: Word | undefined): string => word?.loose ?? '';

/** A word begins with a capital. */
export function isCapital(raw: string): boolean {
  const first = raw.charAt(0);
  return first !== first.toLowerCase();
}

/** How many words lead to the trade after them: a rank, or a thing and "de"; 0 where they are nothing known. */
function pointing(words: readonly Word[], from: number): number {
  const [word, next] = [words[from], words[from + 1]];
  if (/^\d+$/.test(loose(word))) return 1;
  if (RANKS.has(loose(word)) && from + 1 < words.length) return loose(next) === 'de' ? 2 : 1;
  if (from + 2 >= words.length) return 0;
  if (loose(next) === 'a' && loose(words[from + 3]) === 'de' && NAMED_BY_TRADE.has(loose(word))) return 4;
  if (loose(next) === 'de' && !NAMED_OTHERWISE.has(loose(word))) return 2;
  if (/^(?:avec|chez)$/.test(loose(next)) && NAMED_BY_TRADE.has(loose(word))) return 2;
  return 0;
}

/** A capital in the singular after "de" or another word that no article parts from it: a surname ("portrait de Boulanger"). */
function singularName(word: Word | undefined, before: Word | undefined): boolean {
  return (
    word !== undefined &&
    isCapital(word.raw) &&
    !isUpper(word.raw) &&
    before?.folded !== 'des' &&
    before?.folded !== 'du'
  );
}

const isUpper = (raw: string): boolean => raw === raw.toUpperCase();

function streetBefore(words: readonly Word[], from: number): boolean {
  return words.slice(Math.max(0, from - 4), from).some((word) => NAMED_OTHERWISE.has(word.loose));
}

/** "Mme Fileur", "Le Tourneur", "De Brouwer", "Aux Tisserands réunis", "Boucher (Jean)", "Jean Charron". */
function isPerson(words: readonly Word[], { head, brackets }: Part): boolean {
  if (/^(?:Le|La|Les|L['’]|De|Du|Aux?|À la|Chez)\s*\p{Lu}\p{Ll}/u.test(head)) return true;
  if (words.length > 1 && HONORIFICS.has(loose(words[0])) && isCapital(words[1]?.raw ?? '')) return true;
  if (
    words.length <= 3 &&
    words.length > 1 &&
    words.every(({ raw }) => isCapital(raw)) &&
    words.some((word) => FIRST_NAMES.has(word.loose))
  )
    return true;
  return words.length === 1 && isCapital(head) && brackets !== '' && FIRST_NAMES.has(loose(wordsOf(brackets)[0]));
}
