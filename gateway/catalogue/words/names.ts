/** The names of the catalogue's rows: what a visitor may be about to type, and what they may have meant. Equal names of one kind are one entry, however many rows bear it. */
import { KINDS, type KindName } from '#graph-schema/model.ts';
import { fold } from '#graph-schema/text.ts';
import { integers } from '../columns.ts';
import type { Suggestion } from '../question.ts';
import type { Store } from '../store.ts';
import { distanceWithin } from './distance.ts';

/** Entries that one look goes through: a single letter begins too many names for all to be weighed. */
const MOST_LOOKED_AT = 5_000;
/** Rows of one name that are counted; of more it is said that there are this many. */
const MOST_COUNTED = 20_000;
/** Rows by which a name is ranked above another. */
const MOST_RANKED = 200;
/** New words that are looked through one by one before they are sorted in. */
const MOST_UNSORTED = 2_000;
const SHORTEST_MENDED = 4;

/** What people look for first. Others follow. */
const FIRST_KINDS: readonly KindName[] = ['Trade', 'Structure', 'Place', 'Event', 'Exhibition', 'Pathway', 'Route'];

interface Entry {
  readonly kind: KindName;
  /** As it was first read. */
  readonly name: string;
  /** Folded, its words between single spaces, one before the first. */
  readonly words: string;
  /** The first of its rows; -1 where it has none any more. */
  head: number;
  rows: number;
}

/** Words of a folded text. */
export function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export class Names {
  readonly #store: Store;
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, number>();
  /** Objects are many: apart, so that what is rarer and asked for more is always looked through. */
  readonly #things = new WordIndex();
  readonly #objects = new WordIndex();
  readonly #entryOf = integers(-1);
  readonly #next = integers(-1);
  readonly #previous = integers(-1);

  constructor(store: Store) {
    this.#store = store;
  }

  /** A row was written: it is found by the name that it has now. */
  put(row: number): void {
    const kind = this.#store.kind(row);
    const name = this.#store.name(row);
    const entry = kind === undefined || name === '' ? -1 : this.#entryFor(kind, name);
    const before = this.#entryOf.get(row);
    if (before === entry) return;
    if (before >= 0) this.#unlink(row, this.#entries[before]!);
    this.#entryOf.set(row, entry);
    if (entry >= 0) this.#link(row, this.#entries[entry]!);
  }

  #entryFor(kind: KindName, name: string): number {
    const words = wordsOf(name);
    const key = `${kind} ${words.join(' ')}`;
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const number = this.#entries.length;
    this.#entries.push({ kind, name, words: ` ${words.join(' ')}`, head: -1, rows: 0 });
    this.#byName.set(key, number);
    (kind === 'HeritageObject' ? this.#objects : this.#things).add(words, number);
    return number;
  }

  #link(row: number, entry: Entry): void {
    this.#next.set(row, entry.head);
    this.#previous.set(row, -1);
    if (entry.head >= 0) this.#previous.set(entry.head, row);
    entry.head = row;
    entry.rows += 1;
  }

  #unlink(row: number, entry: Entry): void {
    const next = this.#next.get(row);
    const previous = this.#previous.get(row);
    if (next >= 0) this.#previous.set(next, previous);
    if (previous >= 0) this.#next.set(previous, next);
    else entry.head = next;
    entry.rows -= 1;
  }

  /**
   * Names in which every typed word begins a word. Those that begin as what was typed come first, then by kind, then the more frequent.
   * `kinds` empty: `searched`.
   */
  suggest(typed: string, kinds: readonly KindName[], first: number, today: string): readonly Suggestion[] {
    const words = wordsOf(typed);
    if (words.length === 0 || first <= 0) return [];
    const wanted = new Set(kinds);
    const found = [this.#things, this.#objects].flatMap((index) => this.#ranked(index, words, wanted, today));
    return this.#shown(found.sort(byRank), first, today);
  }

  /** Entries of an index that are meant and may be seen, no more than can be weighed. */
  #ranked(index: WordIndex, words: readonly string[], wanted: ReadonlySet<KindName>, today: string): readonly Ranked[] {
    const begin = ` ${words.join(' ')}`;
    const found: Ranked[] = [];
    for (const number of index.candidates(words)) {
      const entry = this.#entries[number]!;
      if (!wanted.has(entry.kind) || !words.every((word) => entry.words.includes(` ${word}`))) continue;
      const seen = this.#seenRows(entry, today, MOST_RANKED);
      if (seen) found.push({ entry, begins: entry.words.startsWith(begin), count: seen.count });
      if (found.length === MOST_LOOKED_AT) break;
    }
    return found;
  }

  /** The first of these that somebody may see. */
  #shown(ranked: readonly Ranked[], first: number, today: string): readonly Suggestion[] {
    const shown: Suggestion[] = [];
    for (const { entry } of ranked.slice(0, first)) {
      const seen = this.#seenRows(entry, today);
      if (seen === undefined) continue;
      shown.push({
        uid: this.#store.uid(seen.row),
        kind: entry.kind,
        name: this.#store.name(seen.row),
        count: seen.count,
      });
    }
    return shown;
  }

  /** How many rows of this name may be seen, and the one of the first uid; undefined where none may. */
  #seenRows(entry: Entry, today: string, most = MOST_COUNTED): { row: number; count: number } | undefined {
    let row = -1;
    let count = 0;
    for (let at = entry.head; at >= 0 && count < most; at = this.#next.get(at)) {
      if (!this.#store.isVisible(at, today)) continue;
      count += 1;
      if (row < 0 || this.#store.uid(at) < this.#store.uid(row)) row = at;
    }
    return row < 0 ? undefined : { row, count };
  }

  /**
   * The text with each word that no visible name has replaced by the nearest that one has: one letter away, two in long words, the more frequent
   * of several. Undefined where there is nothing to replace, or nothing near.
   */
  didYouMean(text: string, today: string): string | undefined {
    let mended = text;
    for (const word of new Set(wordsOf(text))) {
      if (word.length < SHORTEST_MENDED || /\d/.test(word) || this.#isSeen(word, today)) continue;
      const nearest = this.#nearest(word, today);
      if (nearest === undefined) return undefined;
      mended = replaceWord(mended, word, nearest);
    }
    return mended === text ? undefined : mended;
  }

  #isSeen(word: string, today: string): boolean {
    const forms = [word, `${word}s`, `${word}x`, word.replace(/[sx]$/, '')];
    return forms.some((form) => this.#rowsOf(form, today) > 0);
  }

  /** How many entries with this very word have a row that may be seen; counted no further than to be told from others. */
  #rowsOf(word: string, today: string): number {
    let count = 0;
    for (const index of [this.#things, this.#objects]) {
      for (const number of index.entriesOf(word)) {
        if (count === MOST_WEIGHED) return count;
        if (this.#seenRows(this.#entries[number]!, today, 1)) count += 1;
      }
    }
    return count;
  }

  #nearest(word: string, today: string): string | undefined {
    const most = word.length <= 5 ? 1 : 2;
    const near = [this.#things, this.#objects].flatMap((index) => index.near(word, most));
    const ranked = near
      .map(([other, distance]) => ({ other, distance, rows: this.#rowsOf(other, today) }))
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => a.distance - b.distance || b.rows - a.rows || (a.other < b.other ? -1 : 1));
    return ranked[0]?.other;
  }
}

/** Entries of a word that are counted for how frequent it is. */
const MOST_WEIGHED = 50;

interface Ranked {
  readonly entry: Entry;
  readonly begins: boolean;
  /** Rows that may be seen, up to MOST_RANKED: what is hidden ranks nothing higher. */
  readonly count: number;
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    Number(b.begins) - Number(a.begins) ||
    rankOf(a.entry.kind) - rankOf(b.entry.kind) ||
    b.count - a.count ||
    a.entry.words.length - b.entry.words.length ||
    (a.entry.words < b.entry.words ? -1 : 1)
  );
}

function rankOf(kind: KindName): number {
  const rank = FIRST_KINDS.indexOf(kind);
  if (rank >= 0) return rank;
  return kind === 'HeritageObject' ? KINDS.length : FIRST_KINDS.length;
}

/** The word as it was typed, whatever its accents and capitals, becomes another. */
function replaceWord(text: string, word: string, other: string): string {
  return text.replace(/[\p{L}\p{N}\p{M}]+/gu, (typed) => (wordsOf(typed).join('') === word ? other : typed));
}

/** Words in order, each with the entries that have it. */
class WordIndex {
  readonly #entries = new Map<string, number[]>();
  #sorted: string[] = [];
  #unsorted: string[] = [];

  add(words: readonly string[], entry: number): void {
    for (const word of new Set(words)) {
      const known = this.#entries.get(word);
      if (known) known.push(entry);
      else {
        this.#entries.set(word, [entry]);
        this.#unsorted.push(word);
      }
    }
  }

  entriesOf(word: string): readonly number[] {
    return this.#entries.get(word) ?? [];
  }

  /** Entries that have a word beginning as the rarest of these does; the others are left to be tested. */
  *candidates(words: readonly string[]): Generator<number> {
    const begun = words.map((word) => this.#beginning(word));
    const sizes = begun.map((some) => some.reduce((sum, word) => sum + this.entriesOf(word).length, 0));
    const rarest = begun[sizes.indexOf(Math.min(...sizes))] ?? [];
    const seen = new Set<number>();
    for (const word of rarest) {
      for (const entry of this.entriesOf(word)) {
        if (seen.has(entry)) continue;
        seen.add(entry);
        yield entry;
      }
    }
  }

  /** Words that begin so, the shortest first: what was typed whole comes before what it only begins. */
  #beginning(begin: string): readonly string[] {
    this.#sortIn();
    const found: string[] = [];
    for (let at = this.#placeOf(begin); at < this.#sorted.length && this.#sorted[at]!.startsWith(begin); at += 1)
      found.push(this.#sorted[at]!);
    for (const word of this.#unsorted) if (word.startsWith(begin)) found.push(word);
    return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  }

  /** Words at most that many letters away, with how many. */
  near(word: string, most: number): readonly (readonly [word: string, distance: number])[] {
    const found: (readonly [string, number])[] = [];
    for (const other of this.#entries.keys()) {
      if (Math.abs(other.length - word.length) > most || other === word) continue;
      const distance = distanceWithin(word, other, most);
      if (distance !== undefined) found.push([other, distance]);
    }
    return found;
  }

  #placeOf(begin: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < begin) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sortIn(): void {
    if (this.#unsorted.length <= MOST_UNSORTED) return;
    this.#sorted = [...this.#sorted, ...this.#unsorted].sort((a, b) => (a < b ? -1 : 1));
    this.#unsorted = [];
  }
}
