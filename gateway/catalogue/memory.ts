/** Answers kept while the graph stands still: the front page of a portal asks the same question all day. */

/** What is kept, by the number of rows and facet values in it: some 200 bytes each. */
const MOST_PARTS = 100_000;

export class Memory<T> {
  readonly #kept = new Map<string, { readonly answer: T; readonly parts: number }>();
  #parts = 0;

  get(key: string): T | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    // The latest asked goes to the end: the first is the one to be forgotten.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.answer;
  }

  /** `parts`: how large it is. What is asked least is forgotten first. */
  keep(key: string, answer: T, parts: number): void {
    this.#drop(key);
    this.#kept.set(key, { answer, parts: parts + 1 });
    this.#parts += parts + 1;
    for (const oldest of this.#kept.keys()) {
      if (this.#parts <= MOST_PARTS) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#parts -= this.#kept.get(key)?.parts ?? 0;
    this.#kept.delete(key);
  }

  /** The graph has changed. */
  forget(): void {
    this.#kept.clear();
    this.#parts = 0;
  }
}
