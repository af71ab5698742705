/** The columns of a row: what a selection needs of one node, each once, in canonical order whatever the order it was asked in. */
import { join, Piece } from './cypher.ts';

/** Reads something out of a row that came back. */
export type Reader<T = unknown> = (row: readonly unknown[]) => T;

interface Column {
  readonly piece: Piece;
  index: number;
}

export class Columns {
  readonly #columns = new Map<string, Column>();

  /** Adds a column, or finds the same one, and gives what reads it. Rows can be read once `list` has been called. */
  add(piece: Piece): Reader {
    const { key } = piece;
    const column = this.#columns.get(key) ?? { piece, index: -1 };
    this.#columns.set(key, column);
    return (row) => row[column.index];
  }

  /** The row as a Cypher list. Sorting by text makes it the same for the same question put in another order. */
  list(): Piece {
    const sorted = [...this.#columns.values()].sort((a, b) => compare(a.piece.text, b.piece.text));
    for (const [index, column] of sorted.entries()) column.index = index;
    const inner = join(
      sorted.map(({ piece }) => piece),
      ', ',
    );
    return new Piece(`[${inner.text}]`, inner.values);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
