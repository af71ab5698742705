/** Which identifiers were named: 53 bits of each, so that a list of millions fits in memory. */

/** Beyond it, what was named before is no longer known for sure. */
export const MAX_IDENTIFIERS = 2_000_000;
const FIRST_SLOTS = 1024;
const FULLEST = 0.6;

/** 53 bits of a string (cyrb53, public domain). A string kept as it is would keep the whole page that V8 cut it from. */
export function hashOf(text: string): number {
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

/** A set that only grows: open addressing in one typed array, 13 to 27 bytes an identifier. */
export class IdentifierSet {
  #slots = new Float64Array(FIRST_SLOTS);
  readonly #most: number;
  size = 0;
  /** How often one was named that had been named before. */
  repeats = 0;
  /** More were named than are kept. */
  overflowed = false;

  constructor(most = MAX_IDENTIFIERS) {
    this.#most = most;
  }

  has(identifier: string): boolean {
    return this.#slots[this.#slotOf(hashOf(identifier) || 1)] !== 0;
  }

  /** False where it was named before. */
  add(identifier: string): boolean {
    const hash = hashOf(identifier) || 1;
    const slot = this.#slotOf(hash);
    if (this.#slots[slot] !== 0) {
      this.repeats++;
      return false;
    }
    if (this.size >= this.#most) {
      this.overflowed = true;
      return true;
    }
    this.#slots[slot] = hash;
    this.size++;
    if (this.size > this.#slots.length * FULLEST) this.#grow();
    return true;
  }

  clear(): void {
    this.#slots = new Float64Array(FIRST_SLOTS);
    this.size = 0;
    this.repeats = 0;
    this.overflowed = false;
  }

  /** Where `hash` stands, or would. 0 marks a free place. */
  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash % 4294967296) & mask;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    for (const hash of before) if (hash !== 0) this.#slots[this.#slotOf(hash)] = hash;
  }
}
