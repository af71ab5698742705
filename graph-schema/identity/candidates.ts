/**
 * Which pairs of descriptions are worth comparing. Each description names blocks (candidates-blocks.ts); two that share one are
 * a pair. The work grows with the number of descriptions, not with its square: a block that too many share gives way to its
 * finer ones, and where none is small enough it is dropped, and counted. Memory is bounded: a first pass counts blocks in a
 * table of fixed size, and the pairs are then made in as many passes as keep `membersAtOnce` descriptions in memory.
 */

/** A key that descriptions of one thing share, and those to use instead where too many share it. */
export interface Block {
  readonly key: string;
  readonly finer?: readonly Block[];
}

export interface BlockingLimits {
  /** A block of more descriptions is refined or dropped. At most 250: a counter is a byte. */
  readonly blockSize: number;
  /** Descriptions held in memory at once. */
  readonly membersAtOnce: number;
  /** Blocks told apart when they are counted; two bytes each. A power of two. */
  readonly counters: number;
}

export const BLOCKING_LIMITS: BlockingLimits = { blockSize: 40, membersAtOnce: 500_000, counters: 2 ** 24 };

/** What became of the descriptions. */
export interface BlockingTally {
  readonly descriptions: number;
  /** Times that the descriptions were read. */
  readonly passes: number;
  readonly pairs: number;
  /** How often a description stood in a block that too many shared: finer ones took its place, or nothing did. */
  readonly refined: number;
  readonly dropped: number;
}

/** What is asked of the descriptions: how to read them again from their start, in the same order, and the blocks of each. */
export interface Blocking<T> {
  readonly open: () => Iterable<T> | AsyncIterable<T>;
  readonly blocksOf: (description: T) => readonly Block[];
  readonly limits?: BlockingLimits;
  /** Told once, after the last pair. */
  readonly tell?: (tally: BlockingTally) => void;
}

/** The pairs worth comparing, each once. Throws only what reading throws. */
export async function* candidatePairs<T>({
  open,
  blocksOf,
  limits = BLOCKING_LIMITS,
  tell,
}: Blocking<T>): AsyncGenerator<readonly [T, T]> {
  const { sizes, descriptions } = await counted(open, blocksOf, limits);
  const passes = Math.max(1, Math.ceil(sizes.members(limits.blockSize) / limits.membersAtOnce));
  let [pairs, refined, dropped] = [0, 0, 0];
  const note = (block: Block) => {
    if (block.finer) refined += 1;
    else dropped += 1;
  };
  for (let pass = 0; pass < passes; pass += 1) {
    const blocks = new Map<string, Member<T>[]>();
    for await (const description of open()) {
      const keys = usedKeys(blocksOf(description), sizes, limits, pass === 0 ? note : undefined);
      for (const key of keys) {
        if (sizes.of(key) < 2 || hashOf(key) % passes !== pass) continue;
        const block = blocks.get(key) ?? [];
        if (block.length === 0) blocks.set(key, block);
        for (const other of block) {
          if (firstShared(keys, other.keys) !== key) continue;
          pairs += 1;
          yield [other.description, description];
        }
        block.push({ description, keys });
      }
    }
  }
  tell?.({ descriptions, passes: passes + 1, pairs, refined, dropped });
}

interface Member<T> {
  readonly description: T;
  readonly keys: ReadonlySet<string>;
}

/** Two descriptions that share several blocks are paired in the first of them. */
function firstShared(keys: ReadonlySet<string>, others: ReadonlySet<string>): string | undefined {
  for (const key of others) if (keys.has(key)) return key;
  return undefined;
}

/** The first pass: how many descriptions share each block. */
async function counted<T>(
  open: Blocking<T>['open'],
  blocksOf: Blocking<T>['blocksOf'],
  { counters }: BlockingLimits,
): Promise<{ readonly sizes: Sizes; readonly descriptions: number }> {
  const sizes = new Sizes(counters);
  let descriptions = 0;
  for await (const description of open()) {
    descriptions += 1;
    for (const key of new Set(blocksOf(description).flatMap(allKeys))) sizes.add(key);
  }
  return { sizes, descriptions };
}

const allKeys = ({ key, finer = [] }: Block): readonly string[] => [key, ...finer.flatMap(allKeys)];

/** The blocks that are small enough, the coarsest that are. `note`: told of each that is not. */
function usedKeys(
  blocks: readonly Block[],
  sizes: Sizes,
  limits: BlockingLimits,
  note?: (block: Block) => void,
): ReadonlySet<string> {
  const used = new Set<string>();
  const use = (block: Block): void => {
    if (sizes.of(block.key) <= limits.blockSize) {
      used.add(block.key);
      return;
    }
    note?.(block);
    for (const finer of block.finer ?? []) use(finer);
  };
  for (const block of blocks) use(block);
  return used;
}

/**
 * How many descriptions share a key: at least the truth, seldom more. A key that comes for the first time is noted by one bit of
 * many; only one that comes again is counted. So the many that only one description has take up no counters, and few of them
 * are mistaken for shared.
 */
class Sizes {
  readonly #seen: Uint8Array;
  readonly #counters: Uint8Array;

  constructor(counters: number) {
    this.#seen = new Uint8Array(counters);
    this.#counters = new Uint8Array(counters);
  }

  add(key: string): void {
    const hash = hashOf(key);
    if (this.#isNew(hash)) return;
    const at = hash & (this.#counters.length - 1);
    const size = this.#counters[at]!;
    if (size < 255) this.#counters[at] = size + 1;
  }

  /** Notes it, by another hash than that of the counters. */
  #isNew(hash: number): boolean {
    const bit = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
    const at = (bit >>> 3) & (this.#seen.length - 1);
    const mask = 1 << (bit & 7);
    const isNew = (this.#seen[at]! & mask) === 0;
    this.#seen[at]! |= mask;
    return isNew;
  }

  /** At most how many entries the blocks have that make pairs. */
  members(blockSize: number): number {
    let members = 0;
    // By index: walking sixteen million bytes by their iterator takes twenty times as long.
    for (let at = 0; at < this.#counters.length; at += 1) {
      const again = this.#counters[at]!;
      if (again > 0 && again < blockSize) members += again + 1;
    }
    return members;
  }

  /** Of a key that was added. */
  of(key: string): number {
    return 1 + this.#counters[hashOf(key) & (this.#counters.length - 1)]!;
  }
}

/** FNV-1a with a last mix, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
