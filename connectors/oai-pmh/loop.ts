/** Sees when a list runs in circles: a token alone proves nothing, as some repositories give the same one on every page of an honest list. */

/** How many fingerprints a checkpoint remembers. */
const RECENT_PAGES = 20;
/** So many pages without a record, or with the records of an earlier one, are an endless list. */
const MAX_IDLE_PAGES = 50;
const MAX_REPEATED_PAGES = 3;
/** Fingerprints kept in memory; older ones are forgotten. */
const MAX_REMEMBERED = 200_000;
/** Identifiers kept to count duplicates; of a longer list only those that lie close together are seen. */
const MAX_IDENTIFIERS = 50_000;

/** 53 bits of a string (cyrb53, public domain). A string kept as it is would keep the whole page that V8 cut it from. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

export class LoopWatch {
  /** Of pages, with their token and without. */
  readonly #pages = new Set<string>();
  readonly #recent: string[];
  #identifiers = new Set<number>();
  #older = new Set<number>();
  #idle = 0;
  #repeated = 0;
  /** Records that were given more than once, as far as seen. */
  duplicates = 0;

  constructor(recent: readonly string[]) {
    this.#recent = [...recent];
    for (const entry of recent) this.#remember(entry);
  }

  /** What a checkpoint keeps. */
  get recent(): string[] {
    return [...this.#recent];
  }

  /** Takes the next page: its fingerprint ('' without records), and the token that it leads on with. True where the list runs in circles. */
  circles(fingerprint: string, token: string): boolean {
    if (fingerprint === '') return ++this.#idle > MAX_IDLE_PAGES;
    this.#idle = 0;
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

  /** Counts the identifiers that were seen before. */
  count(identifiers: readonly string[]): void {
    for (const identifier of identifiers) {
      const hash = hashOf(identifier);
      if (this.#identifiers.has(hash) || this.#older.has(hash)) this.duplicates++;
      else this.#identifiers.add(hash);
    }
    if (this.#identifiers.size > MAX_IDENTIFIERS) {
      this.#older = this.#identifiers;
      this.#identifiers = new Set();
    }
  }

  #remember(entry: string): void {
    if (this.#pages.size >= MAX_REMEMBERED) {
      const oldest = this.#pages.values().next().value;
      if (oldest !== undefined) this.#pages.delete(oldest);
    }
    this.#pages.add(entry);
  }
}
