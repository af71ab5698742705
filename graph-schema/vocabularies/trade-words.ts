/** How a text is read as a trade: labels, synonyms, plurals, feminines and the names of activities, in this order. */
import { fold } from '../text.ts';
import type { Resolved } from './resolver.ts';
import { listed, type Row } from './tables.ts';

/** Two trades share the wording: it names neither. */
type Index = Map<string, Row | 'ambiguous'>;
type Rewrite = (text: string) => string;

interface Level {
  readonly rule: string;
  readonly confidence: number;
  readonly rewrite: Rewrite;
  readonly index: Index;
}

/** Feminines that are a machine's name as well: they are read as a trade only where the text says "(femme)". */
const MACHINES = new Set(
  'batteuse bobineuse faucheuse fraiseuse haveuse moissonneuse mouleuse ourdisseuse peigneuse soudeuse tondeuse tricoteuse trieuse'.split(
    ' ',
  ),
);

/** Endings of the feminine and of the masculine, the longest first. */
const FEMININES: readonly (readonly [RegExp, string])[] = [
  [/trice$/, 'teur'],
  [/euse$/, 'eur'],
  [/ienne$/, 'ien'],
  [/iere$/, 'ier'],
  [/onne$/, 'on'],
  [/ande$/, 'and'],
  [/ante$/, 'ant'],
  [/ale$/, 'al'],
  [/ere$/, 'er'],
];

const PREPOSITION = /^(?:de|du|des|d|a|au|aux|en|sur|par|l)$/;

/** A reader of the trades of trades.csv. */
export function tradeReader(rows: readonly Row[]): (text: string) => Resolved | undefined {
  const levels = levelsOf(rows);
  return (text) => {
    const folded = fold(text);
    const found = wording(folded, levels) ?? wording(withoutArticle(plainForm(folded)), levels);
    return found ?? pair(folded, levels);
  };
}

function levelsOf(rows: readonly Row[]): readonly Level[] {
  const labels = (row: Row): readonly string[] => [row['label'] ?? ''];
  const synonyms = (row: Row): readonly string[] => listed(row['synonyms']);
  const names = (row: Row): readonly string[] => [...labels(row), ...synonyms(row)];
  const activities = (row: Row): readonly string[] => listed(row['activities']);
  const level = (
    rule: string,
    confidence: number,
    rewrite: Rewrite,
    wordsOf: (row: Row) => readonly string[],
  ): Level => ({
    rule,
    confidence,
    rewrite,
    index: indexOf(rows, rewrite, wordsOf),
  });
  return [
    level('label', 1, spaced, labels),
    level('synonym', 0.95, spaced, synonyms),
    level('plural', 0.95, singular, names),
    level('feminine', 0.9, masculine, names),
    level('activity', 0.8, singular, activities),
  ];
}

function indexOf(rows: readonly Row[], rewrite: Rewrite, wordsOf: (row: Row) => readonly string[]): Index {
  const index: Index = new Map();
  for (const row of rows) {
    for (const word of wordsOf(row)) {
      const key = rewrite(fold(word));
      const known = index.get(key);
      index.set(key, known === undefined || known === row ? row : 'ambiguous');
    }
  }
  return index;
}

/** `text` is folded. The first level that knows the wording decides. */
function wording(text: string, levels: readonly Level[]): Resolved | undefined {
  const woman = /\((?:femme|feminin)\)$/.test(text);
  const words = woman ? text.slice(0, text.lastIndexOf('(')).trim() : text;
  for (const { rule, confidence, rewrite, index } of levels) {
    const row = index.get(rewrite(words));
    if (row === 'ambiguous') return undefined;
    if (row === undefined) continue;
    if (rule === 'feminine' && !woman && MACHINES.has(singular(words))) return undefined;
    return { identifier: { scheme: 'trame', value: row['id'] ?? '' }, label: row['label'] ?? '', confidence, rule };
  }
  return undefined;
}

/** "tisserand / tisserande": both must name one trade. */
function pair(text: string, levels: readonly Level[]): Resolved | undefined {
  const sides = text.split(/ ?\/ ?| ou /);
  if (sides.length !== 2) return undefined;
  const [first, second] = sides.map((side) => wording(withoutArticle(side), levels));
  return first && second && first.identifier.value === second.identifier.value ? first : undefined;
}

/** "tisserand(e)", "tisserand·e", "tisserand (métier)" without what follows the masculine. */
function plainForm(text: string): string {
  return text
    .replace(/ \((?:metier|profession|homme|masculin)\)$/, '')
    .replace(/(?:\((?:e|ne|se|re|euse|ere|iere|rice|trice)\)|[.·](?:e|ne|euse|iere|ere|rice))(?= |$)/g, '');
}

function withoutArticle(text: string): string {
  return text.replace(/^(?:l'|(?:le|la|les|un|une|des) )/, '');
}

/** Hyphens and apostrophes are spaces: "marin-pêcheur" and "marin pêcheur" are one. */
function spaced(text: string): string {
  return text.replace(/[-']/g, ' ');
}

function singular(text: string): string {
  return spaced(text).split(' ').map(singularWord).join(' ');
}

function singularWord(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  return word.endsWith('s') || word.endsWith('x') ? word.slice(0, -1) : word;
}

/** The words before the first preposition in the masculine: "ouvrières de filature" as "ouvrier de filature". */
function masculine(text: string): string {
  const words = singular(text).split(' ');
  const head = words.findIndex((word) => PREPOSITION.test(word));
  return words.map((word, at) => (head === -1 || at < head ? masculineWord(word) : word)).join(' ');
}

function masculineWord(word: string): string {
  const found = FEMININES.find(([ending]) => ending.test(word));
  return found ? word.replace(found[0], found[1]) : word;
}
