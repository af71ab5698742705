/** What the full-text index finds for a text, as rows of the store. Remembered while the graph stands still: the same words are asked again and again. */
import { READ_TIMEOUT_MS } from '../ask.ts';
import { type Graph, readOne } from './reading.ts';
import type { Store } from './store.ts';

export interface Hits {
  /** Of the store, best first as the index gave them. */
  readonly ordinals: Int32Array;
  readonly scores: Float64Array;
}

/** Places in all that is remembered together: 12 bytes each. */
const MOST_PLACES = 8_000_000;

interface Remembered {
  readonly asked: Promise<Hits>;
  /** 0 until it has come. */
  places: number;
}

export class HitMemory {
  readonly #graph: Graph;
  readonly #store: Store;
  readonly #known = new Map<string, Remembered>();
  #places = 0;

  constructor(graph: Graph, store: Store) {
    this.#graph = graph;
    this.#store = store;
  }

  /** The same question that comes while it is being asked waits for the one answer. Throws what the driver throws. */
  find(index: string, lucene: string): Promise<Hits> {
    const key = `${index} ${lucene}`;
    const known = this.#known.get(key);
    if (known) {
      // The latest asked goes to the end: the first is the one to be forgotten.
      this.#known.delete(key);
      this.#known.set(key, known);
      return known.asked;
    }
    const remembered: Remembered = { asked: this.#ask(index, lucene), places: 0 };
    this.#known.set(key, remembered);
    remembered.asked.then(
      ({ ordinals }) => this.#keep(key, remembered, ordinals.length + 1),
      () => this.#known.get(key) === remembered && this.#known.delete(key),
    );
    return remembered.asked;
  }

  /** The graph has changed. */
  forget(): void {
    this.#known.clear();
    this.#places = 0;
  }

  #keep(key: string, remembered: Remembered, places: number): void {
    if (this.#known.get(key) !== remembered) return;
    remembered.places = places;
    this.#places += places;
    for (const [oldest, { places: freed }] of this.#known) {
      if (this.#places <= MOST_PLACES) return;
      this.#known.delete(oldest);
      this.#places -= freed;
    }
  }

  async #ask(index: string, lucene: string): Promise<Hits> {
    const [ids, scores] = (await readOne(
      this.#graph,
      'CALL db.index.fulltext.queryNodes($index, $lucene) YIELD node, score RETURN collect(id(node)), collect(score)',
      { index, lucene },
      READ_TIMEOUT_MS,
    )) as [number[], number[]];
    const ordinals = new Int32Array(ids.length);
    const kept = new Float64Array(ids.length);
    let end = 0;
    for (const [place, id] of ids.entries()) {
      const ordinal = this.#store.ordinalOfId(id);
      if (ordinal < 0) continue;
      ordinals[end] = ordinal;
      kept[end] = scores[place]!;
      end += 1;
    }
    return { ordinals: ordinals.subarray(0, end), scores: kept.subarray(0, end) };
  }
}
