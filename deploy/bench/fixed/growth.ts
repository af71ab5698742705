/** What the same question takes in a larger graph: rows over the figures of two sizes. Pure. */
import type { Measure } from '../measures.ts';

/** Of which figure, in words, and what it may grow to. */
const JUDGED = {
  point: { what: 'une fiche', most: 4 / 3 },
  page: { what: `une page`, most: 4 / 3 },
  search: { what: 'une recherche', most: 4 },
} as const;

export interface SizedFigures {
  readonly objects: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** A row for each figure that both have. */
export function growthRows(small: SizedFigures, large: SizedFigures): readonly Measure[] {
  return Object.entries(JUDGED).flatMap(([name, { what, most }]) => {
    const [before, after] = [small.figures[name], large.figures[name]];
    if (before === undefined || after === undefined) return [];
    const against = { what: `sur ${count(small.objects)}`, value: before };
    return [
      {
        section: 'croissance',
        what: `${what}, sur ${count(large.objects)} objets`,
        value: after,
        unit: 'ms',
        against,
        target: { most },
      },
    ];
  });
}

const count = (number: number): string => number.toLocaleString('fr-FR');
