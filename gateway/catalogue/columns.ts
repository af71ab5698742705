/** Typed arrays that grow: one value for each ordinal. */

type Typed = Uint8Array | Int32Array | Uint32Array | Float64Array;

/** A column of numbers. Reading beyond its end gives the empty value. */
export class NumberColumn<T extends Typed> {
  #values: T;
  readonly #empty: number;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, empty: number) {
    this.#make = make;
    this.#empty = empty;
    this.#values = make(1024).fill(empty) as T;
  }

  get(ordinal: number): number {
    return ordinal < this.#values.length ? this.#values[ordinal]! : this.#empty;
  }

  set(ordinal: number, value: number): void {
    if (ordinal >= this.#values.length) this.#grow(ordinal + 1);
    this.#values[ordinal] = value;
  }

  #grow(least: number): void {
    const grown = this.#make(Math.max(least, this.#values.length * 2)).fill(this.#empty) as T;
    grown.set(this.#values as never);
    this.#values = grown;
  }
}

export const NONE = -2_147_483_648;
export const bytes = (empty = 0) => new NumberColumn((length) => new Uint8Array(length), empty);
export const integers = (empty = NONE) => new NumberColumn((length) => new Int32Array(length), empty);
export const masks = () => new NumberColumn((length) => new Uint32Array(length), 0);
export const reals = () => new NumberColumn((length) => new Float64Array(length), Number.NaN);

/** Values that few rows differ in, kept once each: a row has the number of its value. */
export class Dictionary<T> {
  readonly #numbers = new Map<string, number>();
  readonly values: T[] = [];

  numberOf(value: T, key = String(value)): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    this.#numbers.set(key, this.values.length - 1);
    return this.values.length - 1;
  }

  /** Undefined where no row ever had it. */
  find(key: string): number | undefined {
    return this.#numbers.get(key);
  }
}

const TARGET_BITS = 26;
const TARGET_MASK = 2 ** TARGET_BITS - 1;

/** The outgoing relations of every row, in one array: type and target of each packed into 32 bits (64 types, 67 million targets). */
export class Relations {
  readonly #starts = integers(0);
  readonly #lengths = integers(0);
  #packed = new Uint32Array(4096);
  #end = 0;
  /** Places that rows left behind when they were written anew. */
  #left = 0;

  set(ordinal: number, relations: readonly (readonly [type: number, target: number])[], rows: number): void {
    this.#left += this.#lengths.get(ordinal);
    if (this.#left > 100_000 && this.#left > this.#end / 2) this.#compact(ordinal, rows);
    if (this.#end + relations.length > this.#packed.length) {
      const grown = new Uint32Array(Math.max(this.#packed.length * 2, this.#end + relations.length));
      grown.set(this.#packed);
      this.#packed = grown;
    }
    this.#starts.set(ordinal, this.#end);
    this.#lengths.set(ordinal, relations.length);
    for (const [type, target] of relations) {
      if (target > TARGET_MASK) throw new Error('the catalogue holds no more than 67 million entities');
      this.#packed[this.#end++] = type * 2 ** TARGET_BITS + target;
    }
  }

  /** Calls for each relation of these types (bit n for type n of the first 32, see `typeBit`). */
  each(ordinal: number, types: TypeSet, visit: (target: number, type: number) => void): void {
    const start = this.#starts.get(ordinal);
    const end = start + this.#lengths.get(ordinal);
    for (let at = start; at < end; at += 1) {
      const packed = this.#packed[at]!;
      const type = packed >>> TARGET_BITS;
      if (types[type] === 1) visit(packed & TARGET_MASK, type);
    }
  }

  /** Writes what is in use to the front of a new array. `without` is about to be written anew. */
  #compact(without: number, rows: number): void {
    const kept = new Uint32Array(this.#packed.length);
    let end = 0;
    for (let ordinal = 0; ordinal < rows; ordinal += 1) {
      const start = this.#starts.get(ordinal);
      const length = ordinal === without ? 0 : this.#lengths.get(ordinal);
      kept.set(this.#packed.subarray(start, start + length), end);
      this.#starts.set(ordinal, end);
      end += length;
    }
    this.#packed = kept;
    this.#end = end;
    this.#left = 0;
  }
}

/** 1 at the index of each relationship type that is meant. */
export type TypeSet = Uint8Array;
