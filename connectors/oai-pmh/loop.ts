/** Sees when a list runs in circles: a token alone proves nothing, as some repositories give the same one on every page of an honest list. */
import { hashOf } from '../identifier-set.ts';

/** How many fingerprints a checkpoint remembers. */
const RECENT_PAGES = 20;
/** So many pages without a record that is new, or with the records of an earlier one, are an endless list. */
const MAX_IDLE_PAGES = 50;
const MAX_REPEATED_PAGES = 3;
/** Fingerprints kept in memory; older ones are forgotten. */
const MAX_REMEMBERED = 200_000;

export class LoopWatch {
  /** Of pages, with their token and without. */
  readonly #pages = new Set<string>();
  readonly #recent: string[];
  #idle = 0;
  #repeated = 0;

  constructor(recent: readonly string[]) {
    this.#recent = [...recent];
    for (const entry of recent) this.#remember(entry);
  }

  /** What a checkpoint keeps. */
  get recent(): string[] {
    return [...this.#recent];
  }

  /**
   * Takes the next page: its fingerprint ('' without records), the token that it leads on with, and how many of its records were not named
   * before. True where the list runs in circles.
   */
  circles(fingerprint: string, token: string, fresh: number): boolean {
    this.#idle = fresh > 0 ? 0 : this.#idle + 1;
    if (this.#idle > MAX_IDLE_PAGES) return true;
    if (fingerprint === '') return false;
    // Not the token itself: it is a slice of its page's text, and would keep the page.
    const withToken = `${fingerprint} ${hashOf(token).toString(36)}`;
    if (this.#pages.has(withToken)) return true;
    this.#repeated = this.#pages.has(fingerprint) ? this.#repeated + 1 : 0;
    for (const entry of [fingerprint, withToken]) {
      this.#remember(entry);
      this.#recent.push(entry);
    }
    this.#recent.splice(0, Math.max(0, this.#recent.length - 2 * RECENT_PAGES));
    return this.#repeated >= MAX_REPEATED_PAGES;
  }

  #remember(entry: string): void {
    if (this.#pages.size >= MAX_REMEMBERED) {
      const oldest = this.#pages.values().next().value;
      if (oldest !== undefined) this.#pages.delete(oldest);
    }
    this.#pages.add(entry);
  }
}
