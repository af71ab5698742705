/** What a replay would do to the graph, added up batch by batch: entities, relations, facets, a sample. Memory is bounded. */
import { isDeepStrictEqual } from 'node:util';
import { type EntityState, facetsOf } from './states.ts';

/** How many there would be more, how many less. */
export interface Tally {
  gained: number;
  lost: number;
}

export interface ChangedSample {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
  /** Not everyone may see it, before or after: for the steward alone. */
  readonly hidden: boolean;
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

/** A relation that there would be more, or less. */
export interface ChangedRelation {
  readonly change: keyof Tally;
  readonly type: string;
  readonly how: string;
  readonly rule: string | null;
  readonly from: string;
  readonly to: string;
  readonly hidden: boolean;
}

const MOST_SAMPLES = 10;
/** Of one type and how, gained or lost. */
const MOST_RELATIONS_SHOWN = 3;
const MOST_SAMPLE_FIELDS = 12;
/** Entities that several batches touch are counted once, up to so many. */
const MOST_REMEMBERED = 200_000;
/** Values of one facet that are told apart. */
const MOST_VALUES = 5_000;

export class Effect {
  readonly entities = { gained: 0, lost: 0, changed: 0 };
  /** Published ones. */
  readonly visible: Tally = { gained: 0, lost: 0 };
  readonly relations = new Map<string, Tally>();
  /** Relation type → how it came about → how many. One that is known in another way than before is a loss and a gain here. */
  readonly hows = new Map<string, Map<string, Tally>>();
  readonly relationSample: ChangedRelation[] = [];
  /** Facet → value → how many Published entities more and less have it. */
  readonly facets = new Map<string, Map<string, Tally>>();
  readonly sample: ChangedSample[] = [];
  /** More facet values, or more entities, than are told apart. */
  isRough = false;
  readonly #counted = new Set<string>();
  readonly #numbered = new Set<string>();

  /** Entities as they were and would be. One that is in neither is no matter. */
  add(before: ReadonlyMap<string, EntityState>, after: ReadonlyMap<string, EntityState>): void {
    for (const uid of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(uid), after.get(uid)];
      if (this.#counted.has(uid) || isDeepStrictEqual(was, is)) continue;
      if (this.#counted.size < MOST_REMEMBERED) this.#counted.add(uid);
      else this.isRough = true;
      this.#compare(was, is);
    }
  }

  /** How many of these would get a new change number, and were not said to before. */
  fresh(uids: readonly string[]): number {
    const fresh = uids.filter((uid) => !this.#numbered.has(uid));
    for (const uid of fresh) if (this.#numbered.size < MOST_REMEMBERED) this.#numbered.add(uid);
    return fresh.length;
  }

  #compare(was: EntityState | undefined, is: EntityState | undefined): void {
    this.entities[was === undefined ? 'gained' : is === undefined ? 'lost' : 'changed'] += 1;
    if (is?.published && !was?.published) this.visible.gained += 1;
    if (was?.published && !is?.published) this.visible.lost += 1;
    const [old, present] = [was?.relations ?? [], is?.relations ?? []];
    for (const { type } of without(present, old)) tallyIn(this.relations, type).gained += 1;
    for (const { type } of without(old, present)) tallyIn(this.relations, type).lost += 1;
    this.#compareHows(was, is);
    this.#compareFacets(was?.published ? facetsOf(was) : new Map(), is?.published ? facetsOf(is) : new Map());
    if (was && is && this.sample.length < MOST_SAMPLES) this.sample.push(sampleOf(was, is));
  }

  #compareHows(was: EntityState | undefined, is: EntityState | undefined): void {
    const told = ({ type, how, to }: Relation) => `${type} ${how} ${to}`;
    const [old, present] = [was?.relations ?? [], is?.relations ?? []];
    const [had, has] = [new Set(old.map(told)), new Set(present.map(told))];
    const of = { gained: present.filter((one) => !had.has(told(one))), lost: old.filter((one) => !has.has(told(one))) };
    for (const change of ['gained', 'lost'] as const) {
      for (const relation of of[change]) {
        const { type, how, rule, name: to } = relation;
        const tally = tallyIn(this.#howsOf(type), how);
        tally[change] += 1;
        if (tally[change] > MOST_RELATIONS_SHOWN) continue;
        const hidden = [was, is].some((one) => one !== undefined && !one.published);
        this.relationSample.push({ change, type, how, rule, from: is?.name || (was?.name ?? ''), to, hidden });
      }
    }
  }

  #howsOf(type: string): Map<string, Tally> {
    const known = this.hows.get(type) ?? new Map<string, Tally>();
    this.hows.set(type, known);
    return known;
  }

  #compareFacets(was: ReadonlyMap<string, readonly string[]>, is: ReadonlyMap<string, readonly string[]>): void {
    for (const facet of new Set([...was.keys(), ...is.keys()])) {
      const [old, present] = [new Set(was.get(facet)), new Set(is.get(facet))];
      for (const value of present.difference(old)) this.#facet(facet, value).gained += 1;
      for (const value of old.difference(present)) this.#facet(facet, value).lost += 1;
    }
  }

  #facet(facet: string, value: string): Tally {
    const values = this.facets.get(facet) ?? new Map<string, Tally>();
    this.facets.set(facet, values);
    if (values.has(value) || values.size < MOST_VALUES) return tallyIn(values, value);
    this.isRough = true;
    return tallyIn(values, '…');
  }

  toJSON(): Record<string, unknown> {
    return {
      entities: this.entities,
      visible: this.visible,
      relations: Object.fromEntries(this.relations),
      hows: Object.fromEntries([...this.hows].map(([type, tallies]) => [type, Object.fromEntries(tallies)])),
      relationSample: this.relationSample,
      facets: Object.fromEntries([...this.facets].map(([facet, values]) => [facet, Object.fromEntries(values)])),
      sample: this.sample,
      rough: this.isRough,
    };
  }
}

function tallyIn(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? { gained: 0, lost: 0 };
  tallies.set(name, tally);
  return tally;
}

type Relation = EntityState['relations'][number];

function without(some: readonly Relation[], others: readonly Relation[]): Relation[] {
  const known = new Set(others.map(({ type, to }) => `${type} ${to}`));
  return some.filter(({ type, to }) => !known.has(`${type} ${to}`));
}

function sampleOf(was: EntityState, is: EntityState): ChangedSample {
  const names = [...new Set([...Object.keys(was.fields), ...Object.keys(is.fields)])].sort();
  const fields = names
    .filter((field) => !isDeepStrictEqual(was.fields[field], is.fields[field]))
    .map((field) => ({ field, before: was.fields[field] ?? null, after: is.fields[field] ?? null }));
  const types = [...new Set([...was.relations, ...is.relations].map(({ type }) => type))].sort();
  const namesOf = ({ relations }: EntityState, wanted: string) =>
    relations
      .filter(({ type }) => type === wanted)
      .map(({ name }) => name)
      .sort();
  const relations = types
    .map((type) => ({ field: type, before: namesOf(was, type), after: namesOf(is, type) }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
  const visibility =
    was.published === is.published ? [] : [{ field: 'Published', before: was.published, after: is.published }];
  return {
    uid: is.uid,
    kind: is.kind,
    name: is.name || was.name,
    hidden: !(was.published && is.published),
    fields: [...visibility, ...fields, ...relations].slice(0, MOST_SAMPLE_FIELDS),
  };
}
