/** The matrix: every fault played, one after another. */
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { Clock } from './clock.ts';
import type { Fault, Place, Stage } from './fault.ts';
import { FAULTS } from './faults.ts';
import { play, type Row } from './play.ts';
import { ALWAYS } from './rows.ts';

export interface MatrixOptions {
  /** Every fault that can show anywhere in a list is played at its first page, in the middle and at its last, once, twice and for ever; slow ones too. */
  readonly full?: boolean;
  /** Only the fault with this name, or the family. */
  readonly only?: string;
  readonly onRow?: (row: Row) => void;
}

const PLACES: readonly { readonly suffix: string; readonly place: Place }[] = [1, 3, 5].flatMap((at) =>
  [1, 2, ALWAYS].map((times) => ({
    suffix: `-page-${at}-${times === ALWAYS ? 'toujours' : times}`,
    place: { at, times },
  })),
);

/** Plays the matrix, and gives its rows. Throws nothing: what breaks is written in the row. */
export async function playAll(stage: Omit<Stage, 'clock'>, options: MatrixOptions = {}): Promise<Row[]> {
  const resolver = createResolver();
  const rows: Row[] = [];
  const chosen = FAULTS.filter((fault) => isChosen(fault, options));
  for (const fault of chosen) {
    const turns = options.full && fault.placed ? PLACES : [{ suffix: '', place: undefined }];
    for (const { suffix, place } of turns) {
      const row = await play(
        fault,
        { ...stage, clock: new Clock() },
        {
          resolver,
          suffix,
          ...(place === undefined ? {} : { place }),
          stubborn: options.full ?? false,
        },
      );
      options.onRow?.(row);
      rows.push(row);
    }
  }
  return rows;
}

function isChosen({ name, family, withinMs }: Fault, { only, full }: MatrixOptions): boolean {
  if (only !== undefined) return name === only || family === only;
  return withinMs === undefined || (full ?? false);
}
