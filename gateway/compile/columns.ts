/** The columns of a row: what a selection needs of one node, each once, in canonical order whatever the order it was asked in. */
import { cypher, join, NOTHING, Piece } from './cypher.ts';

/** Reads something out of a row that came back. */
export type Reader<T = unknown> = (row: readonly unknown[]) => T;

/** What stands before a row, and the row. */
export interface RowText {
  /** Subqueries on whose results the row rests. */
  readonly calls: Piece;
  /** The row as a Cypher list. */
  readonly list: Piece;
}

interface Column {
  /** What the column is, all but its name: equal ones are one. */
  readonly key: Piece;
  /** `name` is free to be given to what a subquery finds. */
  readonly write: (name: string) => { readonly calls: Piece; readonly expression: Piece };
  index: number;
}

export class Columns {
  readonly #prefix: string;
  readonly #columns = new Map<string, Column>();
  #nested = 0;

  /** @param prefix begins the names of what its subqueries find: no two around one another may share it */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds an expression, or finds the same one, and gives what reads it. Rows can be read once `write` has been called. */
  add(expression: Piece): Reader {
    return this.#put(expression, () => ({ calls: NOTHING, expression }));
  }

  /**
   * Adds what a subquery finds. `body` sees `node` alone, and ends with the one value that it returns. As CALL and not as
   * COLLECT {}: the planner takes several times as long for nested COLLECTs, and each new question waits for it.
   */
  call(node: string, body: Piece): Reader {
    return this.#put(body, (name) => ({
      calls: cypher`CALL (${node}) { ${body} AS ${name} } `,
      expression: cypher`${name}`,
    }));
  }

  /** Adds an expression over what these subqueries find, named by a `nest` of these columns. */
  addOver(calls: Piece, expression: Piece): Reader {
    return this.#put(cypher`${calls}${expression}`, () => ({ calls, expression }));
  }

  /** Columns of the same node, of which an expression of these is made. */
  nest(): Columns {
    this.#nested += 1;
    return new Columns(`${this.#prefix}k${this.#nested}`);
  }

  /** Sorted by text, so that the same question put in another order is the same text. */
  write(): RowText {
    const sorted = [...this.#columns.values()].sort((a, b) => compare(a.key.text, b.key.text));
    const written = sorted.map((column, index) => {
      column.index = index;
      return column.write(`${this.#prefix}x${index}`);
    });
    const inner = join(
      written.map(({ expression }) => expression),
      ', ',
    );
    return {
      calls: join(
        written.map(({ calls }) => calls),
        '',
      ),
      list: new Piece(`[${inner.text}]`, inner.values),
    };
  }

  #put(key: Piece, write: Column['write']): Reader {
    const column = this.#columns.get(key.key) ?? { key, write, index: -1 };
    this.#columns.set(key.key, column);
    return (row) => row[column.index];
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
