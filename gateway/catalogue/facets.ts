/** Facets: how many of the rows that were kept have each value. Exact, whatever their number. */
import { LICENCE_LAYERS } from '#graph-schema/licences.ts';
import { KINDS } from '#graph-schema/model.ts';
import { NONE, type TypeSet } from './columns.ts';
import { centuryOf, MOST_CENTURIES, OF_CONCEPT, OF_CREATOR, OF_MAKING, OF_STRUCTURE, OF_TRADE } from './keep.ts';
import type { FacetAnswer, FacetName, FacetQuestion, FacetValue } from './question.ts';
import { type Store, TYPES } from './store.ts';

/** Counts values, each once a row. Its arrays are used again: a facet of structures has a place for each row of the store. */
export class Tally {
  #counts = new Int32Array(0);
  #lastRow = new Int32Array(0);
  readonly #touched: number[] = [];
  rows = 0;
  missing = 0;
  #row = 0;
  #found = false;

  /** Empty, for values from 0 to `values` - 1. */
  begin(values: number): this {
    if (this.#counts.length < values) {
      this.#counts = new Int32Array(values * 2);
      this.#lastRow = new Int32Array(values * 2);
    }
    for (const value of this.#touched) {
      this.#counts[value] = 0;
      this.#lastRow[value] = 0;
    }
    this.#touched.length = 0;
    this.missing = 0;
    this.#row = 0;
    return this;
  }

  nextRow(): void {
    this.#row += 1;
    this.#found = false;
  }

  readonly add = (value: number): void => {
    this.#found = true;
    if (this.#lastRow[value] === this.#row) return;
    this.#lastRow[value] = this.#row;
    if (this.#counts[value] === 0) this.#touched.push(value);
    this.#counts[value]! += 1;
  };

  endRow(): void {
    if (!this.#found) this.missing += 1;
  }

  values(): readonly (readonly [value: number, count: number])[] {
    return this.#touched.map((value) => [value, this.#counts[value]!] as const);
  }
}

/** What a facet counts of a row, and how its numbers are written. */
interface Facet {
  /** Numbers that values can have: from 0 to this - 1. */
  readonly values: number;
  visit(row: number, add: (value: number) => void): void;
  write(value: number): Omit<FacetValue, 'count'>;
  /** Of numbers that stand for several values each. */
  expand?(counts: readonly (readonly [number, number])[]): readonly FacetValue[];
}

export class FacetCounter {
  readonly name: FacetName;
  readonly #question: FacetQuestion;
  readonly #facet: Facet;
  readonly #tally: Tally;

  constructor(question: FacetQuestion, store: Store, today: string, tally: Tally) {
    this.name = question.name;
    this.#question = question;
    this.#facet = facetOf(question, store, today);
    this.#tally = tally.begin(this.#facet.values);
  }

  count(row: number): void {
    this.#tally.nextRow();
    this.#facet.visit(row, this.#tally.add);
    this.#tally.endRow();
  }

  answer(): FacetAnswer {
    const { name, first } = this.#question;
    const counts = this.#tally.values();
    const values = this.#facet.expand
      ? [...this.#facet.expand(counts)]
      : counts.map(([value, count]) => ({ ...this.#facet.write(value), count }));
    values.sort(
      (a, b) => b.count - a.count || compare(a.label ?? a.value, b.label ?? b.value) || compare(a.value, b.value),
    );
    return { name, values: values.slice(0, first), distinct: values.length, missing: this.#tally.missing };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function facetOf(question: FacetQuestion, store: Store, today: string): Facet {
  switch (question.name) {
    case 'kind':
      return plain(KINDS, (row) => store.kindNumber(row));
    case 'structureType':
      return ofKind(
        plain(TYPES, (row) => store.typeNumber(row)),
        KINDS.indexOf('Structure'),
        store,
      );
    case 'objectKind':
      return ofKind(
        plain(TYPES, (row) => store.typeNumber(row)),
        KINDS.indexOf('HeritageObject'),
        store,
      );
    case 'structure':
      return targets(OF_STRUCTURE, store, today, { self: KINDS.indexOf('Structure') });
    case 'trade':
      return targets(OF_TRADE, store, today, { way: 'broader', self: KINDS.indexOf('Trade') });
    case 'place':
      return places(question, store, today, (row, visit) => visit(store.place(row, today)));
    case 'madeIn':
      return places(question, store, today, (row, visit) => store.relations.each(row, OF_MAKING, visit));
    case 'creator':
      return targets(OF_CREATOR, store, today, {});
    case 'century':
      return centuries(store);
    case 'picture':
      return plain(['false', 'true'], (row) => (store.pictureRights(row) === 0 ? 0 : 1));
    case 'licence':
      return layers((row) => store.licences(row));
    case 'pictureRights':
      return layers((row) => store.pictureRights(row));
    case 'source':
      return sources(store);
    default:
      return targets(OF_CONCEPT, store, today, { way: 'broader', scheme: question.name });
  }
}

function plain(names: readonly string[], number: (row: number) => number): Facet {
  return {
    values: 256,
    visit(row, add) {
      const value = number(row);
      if (value < names.length) add(value);
    },
    write: (value) => ({ value: names[value]! }),
  };
}

function ofKind(facet: Facet, kind: number, store: Store): Facet {
  return { ...facet, visit: (row, add) => (store.kindNumber(row) === kind ? facet.visit(row, add) : undefined) };
}

function entity(store: Store): Pick<Facet, 'values' | 'write'> {
  return { values: store.size, write: (row) => ({ value: store.uid(row), label: store.name(row) }) };
}

/** What a row leads to, with all that this is narrower than; `self`: rows of this kind count for themselves. */
function targets(
  types: TypeSet,
  store: Store,
  today: string,
  { way, self = -1, scheme }: { way?: 'broader'; self?: number; scheme?: string },
): Facet {
  let add: (value: number) => void;
  const one = (target: number) => {
    if (scheme !== undefined && store.scheme(target) !== scheme) return;
    if (way === undefined) {
      if (store.isVisible(target, today)) add(target);
    } else for (const ancestor of store.ancestors(target, way, today)) add(ancestor);
  };
  return {
    ...entity(store),
    visit(row, count) {
      add = count;
      if (store.kindNumber(row) === self) one(row);
      store.relations.each(row, types, one);
    },
  };
}

function places(
  { level = 'commune', within }: FacetQuestion,
  store: Store,
  today: string,
  leads: (row: number, visit: (place: number) => void) => void,
): Facet {
  const type = TYPES.indexOf(level);
  const around = within === undefined ? undefined : store.ordinalOfUid(within);
  let add: (value: number) => void;
  const one = (place: number) => {
    if (place < 0) return;
    const ancestors = store.ancestors(place, 'within', today);
    if (around !== undefined && !ancestors.includes(around)) return;
    for (const ancestor of ancestors) if (store.typeNumber(ancestor) === type) add(ancestor);
  };
  return {
    ...entity(store),
    visit(row, count) {
      add = count;
      leads(row, one);
    },
  };
}

/** Years of five digits before Christ are of no century that anybody would choose. */
const FIRST_CENTURY = -100;
const LAST_CENTURY = 30;

function centuries(store: Store): Facet {
  return {
    values: LAST_CENTURY - FIRST_CENTURY + 1,
    visit(row, add) {
      if (store.from(row) === NONE) return;
      const first = centuryOf(store.from(row));
      const last = centuryOf(store.to(row));
      if (last - first >= MOST_CENTURIES || first < FIRST_CENTURY || last > LAST_CENTURY) return;
      for (let century = first; century <= last; century += 1) add(century - FIRST_CENTURY);
    },
    write: (value) => ({ value: String(value + FIRST_CENTURY) }),
  };
}

function layers(mask: (row: number) => number): Facet {
  return {
    values: LICENCE_LAYERS.length,
    visit(row, add) {
      for (let left = mask(row), bit = 0; left !== 0; left >>>= 1, bit += 1) if (left & 1) add(bit);
    },
    write: (value) => ({ value: LICENCE_LAYERS[value]! }),
  };
}

/** Rows are counted by the set of their sources, of which there are few; a source has the counts of all its sets. */
function sources(store: Store): Facet {
  return {
    values: store.sourceSets.values.length,
    visit(row, add) {
      const set = store.sourceSet(row);
      if (set >= 0 && store.sourceSets.values[set]!.length > 0) add(set);
    },
    write: (value) => ({ value: String(value) }),
    expand(counts) {
      const bySource = new Map<string, number>();
      for (const [set, count] of counts)
        for (const name of store.sourceSets.values[set]!) bySource.set(name, (bySource.get(name) ?? 0) + count);
      return [...bySource].map(([value, count]) => ({ value, count }));
    },
  };
}
