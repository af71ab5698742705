/** A question about the store answered: what is kept, in which order, how many, and its facets. All at one moment, without waiting. */
import { notOfThisList } from '../compile/cursor.ts';
import { groupsOf } from './duplicates.ts';
import { FacetCounter, Tally } from './facets.ts';
import type { Hits } from './hits.ts';
import { type Test, testsOf } from './keep.ts';
import { compareKeys, FirstOf, metresFrom, type Ordering, orderingOf, type Placed } from './order.ts';
import type { FoundRow, SearchAnswer, SearchQuestion } from './question.ts';
import type { Store } from './store.ts';

/** Answers questions about a store. Holds what is used again from one to the next. */
export class Searcher {
  readonly #store: Store;
  readonly #tallies: Tally[] = [];
  #groups: { version: number; today: string; of: (row: number) => string } | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws Refusal where `after` is no place in this order */
  answer(question: SearchQuestion, hits: Hits | undefined): Omit<SearchAnswer, 'didYouMean'> {
    const store = this.#store;
    const counters = question.facets.map(
      (facet, index) => new FacetCounter(facet, store, question.today, this.#tally(index)),
    );
    const kept = keep(store, question, hits, counters);
    const from = question.from ?? question.filters.near?.position;
    const ordering = orderingOf(question.order, hits !== undefined, from, store, question.today);
    const { total, rows, duplicates } = question.collapse
      ? this.#collapsed(kept, ordering, question)
      : { total: kept.rows.length, rows: pageOf(kept, ordering, question, store), duplicates: undefined };
    return {
      asOf: store.asOf,
      rows: rows.slice(0, question.first).map(
        (one): FoundRow => ({
          uid: store.uid(one.row),
          kind: store.kind(one.row)!,
          score: one.score,
          ...metres(metresFrom(from, one.row, store, question.today)),
          duplicates: duplicates?.get(one.row) ?? 0,
          key: [ordering.shown(one.key), store.uid(one.row)],
        }),
      ),
      hasNext: rows.length > question.first,
      total,
      entities: kept.rows.length,
      facets: counters.map((counter) => counter.answer()),
    };
  }

  #tally(index: number): Tally {
    this.#tallies[index] ??= new Tally();
    return this.#tallies[index];
  }

  /** One row of each group, that which comes first in the order; how many others it stands for. */
  #collapsed(
    kept: Kept,
    ordering: Ordering,
    question: SearchQuestion,
  ): { total: number; rows: readonly Placed[]; duplicates: ReadonlyMap<number, number> } {
    const groupOf = this.#groupsOf(question.today);
    const firsts = new Map<string, Placed>();
    const counts = new Map<string, number>();
    const compare = comparing(this.#store);
    for (const [index, row] of kept.rows.entries()) {
      const score = kept.scores[index]!;
      const one = { row, score, key: ordering.keyOf(row, score) };
      const group = groupOf(row);
      const first = firsts.get(group);
      counts.set(group, (counts.get(group) ?? -1) + 1);
      if (first === undefined || compare(one, first) < 0) firsts.set(group, one);
    }
    const placed = [...firsts.values()];
    const representing: Kept = { rows: placed.map(({ row }) => row), scores: placed.map(({ score }) => score) };
    const rows = pageOf(representing, ordering, question, this.#store);
    const duplicates = new Map(rows.map(({ row }) => [row, counts.get(groupOf(row))!] as const));
    return { total: placed.length, rows, duplicates };
  }

  #groupsOf(today: string): (row: number) => string {
    const { version } = this.#store;
    if (this.#groups?.version !== version || this.#groups.today !== today)
      this.#groups = { version, today, of: groupsOf(this.#store, today) };
    return this.#groups.of;
  }
}

interface Kept {
  readonly rows: number[];
  readonly scores: number[];
}

/**
 * One pass over the candidates. What passes every test is kept and counts for every facet; what fails one only, the filter of a facet,
 * counts for that facet, which shows what choosing another value would give.
 */
function keep(
  store: Store,
  { filters, today }: SearchQuestion,
  hits: Hits | undefined,
  counters: readonly FacetCounter[],
): Kept {
  const tests = testsOf(filters, store, today);
  const countersOf = new Map(tests.map((test) => [test, counters.filter(({ name }) => name === test.facet)] as const));
  const kept: Kept = { rows: [], scores: [] };
  const candidates = hits?.ordinals.length ?? store.size;
  for (let at = 0; at < candidates; at += 1) {
    const row = hits ? hits.ordinals[at]! : at;
    if (!store.isVisible(row, today)) continue;
    const failed = failing(tests, row, countersOf);
    if (failed === 'more') continue;
    if (failed !== undefined) {
      for (const counter of countersOf.get(failed)!) counter.count(row);
      continue;
    }
    kept.rows.push(row);
    kept.scores.push(hits ? hits.scores[at]! : 0);
    for (const counter of counters) counter.count(row);
  }
  return kept;
}

/** The one test that this row fails; `more` where it fails several, or one for which nothing is counted. */
function failing(
  tests: readonly Test[],
  row: number,
  countersOf: ReadonlyMap<Test, readonly FacetCounter[]>,
): Test | 'more' | undefined {
  let failed: Test | undefined;
  for (const test of tests) {
    if (test.keeps(row)) continue;
    if (failed !== undefined || countersOf.get(test)!.length === 0) return 'more';
    failed = test;
  }
  return failed;
}

function comparing(store: Store): (a: Placed, b: Placed) => number {
  return (a, b) => compareKeys(a.key, store.uid(a.row), b.key, store.uid(b.row));
}

/** What follows `after` in the order: one row more than was asked for, so that it is known whether there are others. */
function pageOf(kept: Kept, ordering: Ordering, { after, first }: SearchQuestion, store: Store): readonly Placed[] {
  const place = after && ordering.placeOf(after);
  if (after !== undefined && place === undefined) throw notOfThisList();
  const page = new FirstOf(first + 1, comparing(store));
  for (const [index, row] of kept.rows.entries()) {
    const score = kept.scores[index]!;
    const key = ordering.keyOf(row, score);
    if (place && compareKeys(key, store.uid(row), place.key, after[1]) <= 0) continue;
    if (page.mayTake(key)) page.take({ row, score, key });
  }
  return page.inOrder();
}

function metres(distance: number | undefined): { metres?: number } {
  return distance === undefined ? {} : { metres: distance };
}
