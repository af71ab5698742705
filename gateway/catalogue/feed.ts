/**
 * Keeps the store in step with the graph. At its start it reads all entities, then, several times a second, those whose change number is
 * beyond the last: numbers are in the order of commits (graph-schema/fold/sequence.ts), so nothing is passed over.
 */
import { today } from '../compile/audience.ts';
import { countEntities, type Graph, latestChange, readChanged, readShowing } from './reading.ts';
import type { EntityRow, Store } from './store.ts';

/** How long a commit may go unnoticed, save for the reading itself. */
const LOOK_EVERY_MS = 400;
/** Neo4j does not answer: looked for again after this. */
const RETRY_AFTER_MS = 1_000;
/** Rows that one text gives, about. */
const ROWS_PER_SPAN = 4_000;
const LONGEST_SPAN = 4_000_000;
/** Spans that are read side by side at the start. */
const READERS = 2;

export interface Watcher {
  /** Told of each row that was written. */
  written(ordinal: number): void;
  /** The store stands at another change; called after all rows of it. */
  moved(): void;
  /** Neo4j cannot be asked; it is tried again. */
  failed(fault: unknown): void;
}

/** Reads all that there is. Throws what the driver throws. */
export async function load(
  graph: Graph,
  store: Store,
  watcher: Pick<Watcher, 'written'>,
  onProgress: (loaded: number, expected: number) => void,
): Promise<void> {
  const expected = await countEntities(graph);
  const upTo = await latestChange(graph);
  const spans = new Spans(upTo);
  const day = today();
  let loaded = 0;
  const reader = async () => {
    for (let span = spans.next(); span; span = spans.next()) {
      const { rows, media } = await readChanged(graph, span.after, span.upTo, day);
      for (const row of rows) watcher.written(store.put(row));
      spans.gave(rows.length + media.length, span);
      loaded += rows.length + media.length;
      onProgress(loaded, Math.max(expected, loaded));
    }
  };
  onProgress(0, expected);
  await Promise.all(Array.from({ length: READERS }, reader));
  store.asOf = upTo;
}

/** Spans of change numbers, as long as they give enough rows: numbers have gaps where an entity changed again. */
class Spans {
  readonly #upTo: number;
  #after = 0;
  #length = ROWS_PER_SPAN;

  constructor(upTo: number) {
    this.#upTo = upTo;
  }

  next(): { after: number; upTo: number } | undefined {
    if (this.#after >= this.#upTo) return undefined;
    const after = this.#after;
    this.#after = Math.min(this.#upTo, after + this.#length);
    return { after, upTo: this.#after };
  }

  gave(rows: number, span: { after: number; upTo: number }): void {
    const density = Math.max(rows, 1) / (span.upTo - span.after);
    this.#length = Math.min(LONGEST_SPAN, Math.max(ROWS_PER_SPAN, Math.round(ROWS_PER_SPAN / density)));
  }
}

/** Looks for changes until it is stopped. One look at a time; `look` may also be called by hand. */
export class Feed {
  readonly #graph: Graph;
  readonly #store: Store;
  readonly #watcher: Watcher;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isStopped = false;

  constructor(graph: Graph, store: Store, watcher: Watcher) {
    this.#graph = graph;
    this.#store = store;
    this.#watcher = watcher;
  }

  start(): void {
    this.#later(LOOK_EVERY_MS);
  }

  /** Brings the store to the latest change. Throws what the driver throws. */
  look(): Promise<void> {
    this.#looking ??= this.#readOn().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking?.catch(() => undefined);
  }

  #later(afterMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.look().then(
        () => this.#later(LOOK_EVERY_MS),
        (fault: unknown) => {
          this.#watcher.failed(fault);
          this.#later(RETRY_AFTER_MS);
        },
      );
    }, afterMs);
  }

  async #readOn(): Promise<void> {
    const upTo = await latestChange(this.#graph);
    if (upTo === this.#store.asOf) return;
    // A graph that was begun anew has fewer changes than were seen: its rows are other rows.
    if (upTo < this.#store.asOf) throw new GraphBegunAnew();
    const day = today();
    for (let after = this.#store.asOf; after < upTo; ) {
      const next = Math.min(upTo, after + ROWS_PER_SPAN);
      const { rows, media } = await readChanged(this.#graph, after, next, day);
      this.#write(rows);
      for (let from = 0; from < media.length; from += ROWS_PER_SPAN)
        this.#write(await readShowing(this.#graph, media.slice(from, from + ROWS_PER_SPAN), day));
      after = next;
    }
    this.#store.asOf = upTo;
    this.#watcher.moved();
  }

  #write(rows: readonly EntityRow[]): void {
    for (const row of rows) this.#watcher.written(this.#store.put(row));
  }
}

/** Change numbers went back: the graph was emptied, or another one stands at this address. */
export class GraphBegunAnew extends Error {
  override readonly name = 'GraphBegunAnew';
}
