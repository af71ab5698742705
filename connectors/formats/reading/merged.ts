/** Cells that are merged downwards: their value stands in the first line only, and holds for the lines below. */
import type { Merge } from './sheet-marks.ts';

const MOST = 20_000;

/** Goes down a sheet, line by line, and says what the merged cells above mean for each. */
export class MergedCells {
  readonly #starting = new Map<number, Merge[]>();
  /** By column: what reaches down to the line that is read. */
  readonly #open = new Map<number, { readonly endRow: number; readonly startRow: number; readonly value: string }>();

  constructor(merges: readonly Merge[] | undefined, columns: number) {
    const downwards = (merges ?? []).filter((one) => one.endRow > one.startRow && one.startCol < columns);
    for (const one of downwards.slice(0, MOST)) {
      const beside = this.#starting.get(one.startRow);
      if (beside) beside.push(one);
      else this.#starting.set(one.startRow, [one]);
    }
  }

  /** The values that hold for a line (from 0) from above, by column, with the line where each stands (from 1). Undefined where there are none. Lines come in order. */
  at(row: number, cells: readonly string[]): ReadonlyMap<number, FromAbove> | undefined {
    const found = new Map<number, FromAbove>();
    for (const [column, { endRow, startRow, value }] of this.#open) {
      if (row > endRow) this.#open.delete(column);
      else if ((cells[column] ?? '') === '') found.set(column, { value, line: startRow + 1 });
    }
    for (const { startRow, endRow, startCol } of this.#starting.get(row) ?? []) {
      const value = cells[startCol] ?? '';
      if (value !== '') this.#open.set(startCol, { endRow, startRow, value });
    }
    return found.size === 0 ? undefined : found;
  }
}

export interface FromAbove {
  readonly value: string;
  readonly line: number;
}
