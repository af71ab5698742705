/** Rows that look the same to a reader: said to be one object in two sources, or alike in kind, name, holder and dates. */
import { type Store, typeSet } from './store.ts';

const SAME = typeSet('SAME_AS');

/** Gives each row the name of its group; two rows that look the same have the same. */
export function groupsOf(store: Store, today: string): (row: number) => string {
  const first = new Map<number, number>();
  const firstOf = (row: number): number => {
    let at = row;
    while (first.has(at)) at = first.get(at)!;
    return at;
  };
  for (let row = 0; row < store.size; row += 1) {
    if (!store.isVisible(row, today)) continue;
    store.relations.each(row, SAME, (other) => {
      if (!store.isVisible(other, today)) return;
      const [a, b] = [firstOf(row), firstOf(other)];
      // By uid: the order of rows is that of arrival.
      if (a !== b) store.uid(a) < store.uid(b) ? first.set(b, a) : first.set(a, b);
    });
  }
  return (row) => {
    const one = firstOf(row);
    const holder = store.holder(one, today);
    return `${store.kindNumber(one)} ${holder} ${store.from(one)} ${store.to(one)} ${store.occurrences(one)[0] ?? ''} ${store.sort(one)}`;
  };
}
