/** Relations the other way round: which rows lead to a row. Made at once of the whole store when it is first asked for, and again once the store has changed. */
import { RELATION_TYPES } from '#graph-schema/derive/upsert.ts';
import { type Store, typeSet } from './store.ts';

const ALL = typeSet(...RELATION_TYPES);

export class Inverse {
  readonly #store: Store;
  #version = -1;
  /** Of row n: places `#starts[n]` to `#starts[n + 1]` of `#sources`. */
  #starts = new Int32Array(1);
  #sources = new Int32Array(0);

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those that lead to it, seen or not. */
  each(row: number, visit: (source: number) => void): void {
    this.#bring();
    if (row + 1 >= this.#starts.length) return;
    for (let at = this.#starts[row]!; at < this.#starts[row + 1]!; at += 1) visit(this.#sources[at]!);
  }

  /** Counted first, then put in their places. */
  #bring(): void {
    const store = this.#store;
    if (this.#version === store.version) return;
    const starts = new Int32Array(store.size + 1);
    for (let row = 0; row < store.size; row += 1)
      store.relations.each(row, ALL, (target) => {
        starts[target + 1]! += 1;
      });
    for (let row = 0; row < store.size; row += 1) starts[row + 1]! += starts[row]!;
    const next = starts.slice();
    const sources = new Int32Array(starts[store.size]!);
    for (let row = 0; row < store.size; row += 1)
      store.relations.each(row, ALL, (target) => {
        sources[next[target]!] = row;
        next[target]! += 1;
      });
    this.#starts = starts;
    this.#sources = sources;
    this.#version = store.version;
  }
}
