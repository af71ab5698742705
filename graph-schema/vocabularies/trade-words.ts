/** The names of trades, found whatever their number, gender, articles, hyphens and (where nothing else fits) spelling. */
import { fold } from '../text.ts';
import { listed, type Row } from './tables.ts';

/** A word of a text as names are compared by it. */
export interface Word {
  /** As it stands in the text. */
  readonly raw: string;
  readonly folded: string;
  /** In the singular; "du" and "des" as "de", "aux" as "au". */
  readonly single: string;
  /** In the singular and the masculine. */
  readonly loose: string;
}

export type NameRule =
  | 'label'
  | 'synonym'
  | 'plural'
  | 'feminine'
  | 'activity'
  | 'dutch'
  | 'spelling'
  | 'typing'
  | 'unsure';

/** A trade that words name, and by which rule. */
export interface Named {
  readonly row: Row;
  readonly rule: NameRule;
}

export interface TradeIndex {
  /** The trades that the words from `from` to `to` (excluded) name, by the best rule that knows them; several are rivals. `woman`: the text says it of a woman. */
  find(words: readonly Word[], from: number, to: number, woman: boolean): readonly Named[];
  /** How many words the longest name has that begins with this one; 0 where none does. */
  longest(word: Word): number;
  /** Names that differ in doubled letters and old spellings, or in one letter. */
  misspelt(words: readonly Word[]): readonly Named[];
  /** Whether a word stands in what the table says of a trade. */
  speaksOf(row: Row, word: Word): boolean;
}

/** How sure each rule is. */
export const CONFIDENCE: Readonly<Record<NameRule, number>> = {
  label: 1,
  synonym: 0.95,
  plural: 0.95,
  feminine: 0.9,
  activity: 0.8,
  dutch: 0.8,
  spelling: 0.8,
  typing: 0.6,
  unsure: 0.5,
};

/** A shorter name resembles too many words to be read into a misspelt one. */
const SHORTEST = { spelling: 6, typing: 7 } as const;
const LONGEST_MISSPELT = 40;

type Column = 'label' | 'synonym' | 'activity' | 'dutch' | 'unsure';

interface Name {
  readonly row: Row;
  readonly column: Column;
  readonly folded: string;
  readonly single: string;
}

type Names = Map<string, Name[]>;

/** The names of trades.csv. */
export function tradeIndex(rows: readonly Row[]): TradeIndex {
  const names: Names = new Map();
  const lengths = new Map<string, number>();
  const spellings: Names = new Map();
  const near: Names = new Map();
  for (const row of rows) {
    for (const [column, text] of wordings(row)) {
      const words = wordsOf(text);
      const name = { row, column, folded: joined(words, 'folded'), single: joined(words, 'single') };
      const loose = joined(words, 'loose');
      add(names, loose, name);
      const first = words[0]?.loose ?? '';
      lengths.set(first, Math.max(lengths.get(first) ?? 0, words.length));
      if (column !== 'label' && column !== 'synonym') continue;
      if (loose.length >= SHORTEST.spelling) add(spellings, oldSpelling(loose), name);
      if (loose.length >= SHORTEST.typing) for (const key of [loose, ...shortened(loose)]) add(near, key, name);
    }
  }
  const speech = new Map(rows.map((row) => [row, speechOf(row)]));
  const known = new Set([...speech.values()].flatMap((said) => [...said]));
  return {
    find: (words, from, to, woman) => chosen(names.get(joined(words, 'loose', from, to)), words, from, to, woman),
    longest: (word) => lengths.get(word.loose) ?? 0,
    misspelt: (words) =>
      words.length === 1 && known.has(words[0]?.loose ?? '') ? [] : misspelt(words, spellings, near),
    speaksOf: (row, word) => speech.get(row)?.has(word.loose) ?? false,
  };
}

function wordings(row: Row): readonly (readonly [Column, string])[] {
  const of = (column: Column, cell: string): (readonly [Column, string])[] =>
    listed(row[cell]).map((text) => [column, text] as const);
  return [
    ['label', row['label'] ?? ''],
    ...of('synonym', 'synonyms'),
    ...of('activity', 'activities'),
    ...of('dutch', 'label-nl'),
    ...of('unsure', 'unsure'),
  ];
}

function add(names: Names, key: string, name: Name): void {
  const known = names.get(key);
  if (known === undefined) names.set(key, [name]);
  else if (
    !known.some(({ row, column, folded }) => row === name.row && column === name.column && folded === name.folded)
  )
    known.push(name);
}

/** The words that tell what a trade is about: all its cells but codes. */
function speechOf(row: Row): ReadonlySet<string> {
  const text = ['label', 'synonyms', 'activities', 'sector', 'definition'].map((cell) => row[cell] ?? '').join(' ');
  return new Set(wordsOf(text).flatMap(({ loose }) => (loose.length > 2 ? [loose] : [])));
}

function chosen(
  names: readonly Name[] | undefined,
  words: readonly Word[],
  from: number,
  to: number,
  woman: boolean,
): readonly Named[] {
  if (names === undefined) return [];
  const folded = joined(words, 'folded', from, to);
  const single = joined(words, 'single', from, to);
  let best: NameRule | undefined;
  const found: Named[] = [];
  for (const name of names) {
    const rule = ruleOf(name, folded, single, woman);
    if (rule === undefined || (best !== undefined && ORDER[rule] > ORDER[best])) continue;
    if (best === undefined || ORDER[rule] < ORDER[best]) found.length = 0;
    best = rule;
    if (!found.some(({ row }) => row === name.row)) found.push({ row: name.row, rule });
  }
  return found;
}

/** Which rule goes before which: a feminine is read only where the table does not call the word unsure. */
const ORDER: Readonly<Record<NameRule, number>> = {
  label: 0,
  synonym: 1,
  plural: 2,
  unsure: 3,
  feminine: 4,
  activity: 5,
  dutch: 6,
  spelling: 7,
  typing: 8,
};

function ruleOf(name: Name, folded: string, single: string, woman: boolean): NameRule | undefined {
  const same = name.single === single;
  if (name.column === 'unsure') return same && !woman ? 'unsure' : undefined;
  if (name.column === 'activity' || name.column === 'dutch') return same ? name.column : undefined;
  if (name.folded === folded) return name.column;
  return same ? 'plural' : 'feminine';
}

function misspelt(words: readonly Word[], spellings: Names, near: Names): readonly Named[] {
  const loose = joined(words, 'loose');
  if (loose.length < SHORTEST.spelling || loose.length > LONGEST_MISSPELT) return [];
  const spelt = rowsOf(spellings.get(oldSpelling(loose)) ?? [], 'spelling');
  if (spelt.length > 0 || loose.length < SHORTEST.typing) return spelt;
  const found = [loose, ...shortened(loose)].flatMap((key) => near.get(key) ?? []);
  return rowsOf(
    found.filter(({ single }) => single[0] === loose[0] && oneLetterApart(looseOf(single), loose)),
    'typing',
  );
}

function looseOf(single: string): string {
  return single.split(' ').map(masculineWord).join(' ');
}

function rowsOf(names: readonly Name[], rule: NameRule): readonly Named[] {
  return [...new Set(names.map(({ row }) => row))].map((row) => ({ row, rule }));
}

/** "fayencier", "bourelier", "tisseux", "tisserant", "contre-maître": doubled letters, y for i, ph for f, old endings, words apart or not. */
function oldSpelling(text: string): string {
  return text
    .replaceAll('y', 'i')
    .replaceAll('ph', 'f')
    .replaceAll('th', 't')
    .replace(/and(?= |$)/g, 'ant')
    .replace(/eu(?= |$)/g, 'eur')
    .replaceAll(' ', '')
    .replace(/(.)\1+/g, '$1');
}

/** A text without one of its letters, in every way: two texts one letter apart share one of these, or one is among the other's. */
function shortened(text: string): string[] {
  return Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1));
}

/** One letter more, less, other, or two swapped. */
function oneLetterApart(a: string, b: string): boolean {
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start += 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const ARTICLES = new Set(['le', 'la', 'les', 'l', 'un', 'une']);
const PREPOSITIONS: Readonly<Record<string, string>> = { du: 'de', des: 'de', d: 'de', aux: 'au' };
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text, without articles. */
export function wordsOf(text: string): Word[] {
  const raws = text.match(WORD) ?? [];
  const folded = fold(text).match(WORD) ?? [];
  const whole = raws.length === folded.length;
  const words: Word[] = [];
  raws.forEach((raw, at) => {
    const word = whole ? (folded[at] ?? '') : fold(raw);
    if (ARTICLES.has(word)) return;
    const single = PREPOSITIONS[word] ?? singularWord(word);
    words.push({ raw, folded: word, single, loose: masculineWord(single) });
  });
  return words;
}

function joined(words: readonly Word[], form: 'folded' | 'single' | 'loose', from = 0, to = words.length): string {
  let text = words[from]?.[form] ?? '';
  for (let at = from + 1; at < to; at += 1) text += ` ${words[at]?.[form]}`;
  return text;
}

function singularWord(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  return word.endsWith('s') || word.endsWith('x') ? word.slice(0, -1) : word;
}

/** Endings of the feminine and of the masculine, the longest first. */
const FEMININES: readonly (readonly [string, string])[] = [
  ['trice', 'teur'],
  ['euse', 'eur'],
  ['ienne', 'ien'],
  ['iere', 'ier'],
  ['onne', 'on'],
  ['anne', 'an'],
  ['ande', 'and'],
  ['ante', 'ant'],
  ['ale', 'al'],
  ['ere', 'er'],
  ['ote', 'ot'],
  ['ee', 'e'],
];

function masculineWord(word: string): string {
  if (!word.endsWith('e')) return word;
  const found = FEMININES.find(([ending]) => word.length > ending.length + 1 && word.endsWith(ending));
  return found ? word.slice(0, -found[0].length) + found[1] : word;
}
