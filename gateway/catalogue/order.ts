/** In which order rows are shown, and the page of them that follows a place in that order. */
import { NONE } from './columns.ts';
import { endOf, metresBetween } from './keep.ts';
import type { GeoPosition, SearchKey, SearchOrder } from './question.ts';
import type { Store } from './store.ts';

/** A row that was kept: where it stands in an order. */
export interface Placed {
  readonly row: number;
  readonly score: number;
  /** What it is ordered by, smallest first. */
  readonly key: number | string;
}

/** Rows without a year, a date or a position come last. */
const LAST_NUMBER = Number.MAX_SAFE_INTEGER;
const LAST_TEXT = '\u{10FFFF}';

export interface Ordering {
  keyOf(row: number, score: number): number | string;
  /** What a cursor holds of it; `undefined` where the uid alone leads back to the place. */
  shown(key: number | string): string | number;
  /** The place that a cursor stands for; undefined where it is none of this order. */
  placeOf(key: SearchKey): Pick<Placed, 'key'> | undefined;
}

/** `from`: where distances are measured from, absent where none was given. */
export function orderingOf(
  order: SearchOrder,
  hasText: boolean,
  from: GeoPosition | undefined,
  store: Store,
  today: string,
): Ordering {
  switch (order) {
    case 'relevance':
      return hasText ? byScore() : byText((row) => store.sort(row));
    case 'name':
      return byText((row) => store.sort(row));
    case 'begin':
      return byText((row) => nextBegin(store.occurrences(row), today));
    case 'date':
      return byNumber((row) => (store.from(row) === NONE ? LAST_NUMBER : store.from(row)));
    case 'distance':
      return byNumber((row) => metresFrom(from, row, store, today) ?? LAST_NUMBER);
    case 'newest':
      return byCreation(store);
  }
}

function byScore(): Ordering {
  return {
    keyOf: (_row, score) => -score,
    shown: (key) => -(key as number),
    placeOf: ([key]) => (typeof key === 'number' ? { key: -key } : undefined),
  };
}

function byText(keyOf: (row: number) => string): Ordering {
  return { keyOf, shown: (key) => key, placeOf: ([key]) => (typeof key === 'string' ? { key } : undefined) };
}

function byNumber(keyOf: (row: number) => number): Ordering {
  return { keyOf, shown: (key) => key, placeOf: ([key]) => (typeof key === 'number' ? { key } : undefined) };
}

/** A change number in a cursor would tell how much changed between two: the uid alone stands there. */
function byCreation(store: Store): Ordering {
  const keyOf = (row: number) => -store.created(row);
  return {
    keyOf,
    shown: () => '',
    placeOf([, uid]) {
      const row = store.ordinalOfUid(uid);
      return row < 0 ? undefined : { key: keyOf(row) };
    },
  };
}

/** The begin of the first occurrence that is not over; of the last one where all are. */
function nextBegin(occurrences: readonly string[], today: string): string {
  const next = occurrences.find((one) => endOf(one) >= today) ?? occurrences.at(-1);
  return next === undefined ? LAST_TEXT : next.slice(0, next.indexOf('/'));
}

/** Undefined where one of the two places is not known. */
export function metresFrom(
  from: GeoPosition | undefined,
  row: number,
  store: Store,
  today: string,
): number | undefined {
  const at = from === undefined ? -1 : store.pointRow(row, today);
  if (from === undefined || at < 0) return undefined;
  return Math.round(metresBetween(from.latitude, from.longitude, store.latitude(at), store.longitude(at)));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By key, then uid: no two rows stand in one place. */
export function compareKeys(aKey: number | string, aUid: string, bKey: number | string, bUid: string): number {
  return aKey < bKey ? -1 : aKey > bKey ? 1 : compareText(aUid, bUid);
}

/** The first `most` of the rows that it is given, in order, without ordering the rest: a heap whose top is the last that is kept. */
export class FirstOf {
  readonly #heap: Placed[] = [];
  readonly #most: number;
  readonly #compare: (a: Placed, b: Placed) => number;

  constructor(most: number, compare: (a: Placed, b: Placed) => number) {
    this.#most = most;
    this.#compare = compare;
  }

  /** False where a row of this key surely comes behind all that are kept: it need not even be made. */
  mayTake(key: Placed['key']): boolean {
    return this.#heap.length < this.#most || (this.#most > 0 && key <= this.#heap[0]!.key);
  }

  take(row: Placed): void {
    const heap = this.#heap;
    if (heap.length < this.#most) {
      heap.push(row);
      this.#rise(heap.length - 1);
    } else if (this.#most > 0 && this.#compare(row, heap[0]!) < 0) {
      heap[0] = row;
      this.#sink();
    }
  }

  inOrder(): readonly Placed[] {
    return this.#heap.sort(this.#compare);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (this.#compare(heap[at]!, heap[parent]!) <= 0) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && this.#compare(heap[child]!, heap[last]!) > 0) last = child;
      if (last === at) return;
      [heap[at], heap[last]] = [heap[last]!, heap[at]!];
      at = last;
    }
  }
}
