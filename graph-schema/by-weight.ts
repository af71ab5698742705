/** Rows in groups whose weight (bytes, characters) stays within a bound; a row that is heavier alone makes a group of its own. */
export function* byWeight<T>(rows: readonly T[], weightOf: (row: T) => number, most: number): Generator<T[]> {
  let group: T[] = [];
  let weight = 0;
  for (const row of rows) {
    const more = weightOf(row);
    if (group.length > 0 && weight + more > most) {
      yield group;
      group = [];
      weight = 0;
    }
    group.push(row);
    weight += more;
  }
  if (group.length > 0) yield group;
}
