/** The three sorts of things that are compared: how each is read, blocked, judged, and told. */
import type { Database } from '../database.ts';
import type { KindName } from '../model.ts';
import { fold } from '../text.ts';
import type { Block } from './candidates.ts';
import { eventBlocks, objectBlocks, structureBlocks } from './candidates-blocks.ts';
import { type Described, describedEvents, describedObjects, describedStructures } from './described.ts';
import { type ComparedEvent, likeness as eventLikeness } from './events.ts';
import { type ComparedObject, likeness as objectLikeness } from './objects.ts';
import { type ComparedStructure, type Placed, likeness as structureLikeness } from './structures.ts';
import type { Compared } from './thresholds.ts';

/** What is compared of one side, in words; empty where it says nothing. */
export type Facets = Readonly<Record<string, string>>;

export interface Sort<C> {
  readonly what: Compared;
  readonly kind: ProposedKind;
  readonly read: (database: Database) => AsyncIterable<Described<C>>;
  readonly blocksOf: (compared: C) => readonly Block[];
  readonly likeness: (a: C, b: C) => { readonly score: number; readonly why: string };
  readonly facets: (compared: C) => Facets;
  /** Two that are one become one thing; else each stays, and is said to be the same as the other. */
  readonly merges: boolean;
}

/** In this order: which museums are one decides which objects may be. */
export const PROPOSED_KINDS = ['Structure', 'HeritageObject', 'Event'] as const satisfies readonly KindName[];
export type ProposedKind = (typeof PROPOSED_KINDS)[number];

const placeOf = ({ towns }: Placed): string => towns.join(', ');
const listed = (words: readonly string[]): string => [...words].sort().join(', ');

const STRUCTURES: Sort<ComparedStructure> = {
  what: 'structures',
  kind: 'Structure',
  read: describedStructures,
  blocksOf: structureBlocks,
  likeness: structureLikeness,
  facets: (one) => ({ name: one.name, type: one.type ?? '', place: placeOf(one), codes: listed(one.codes) }),
  merges: true,
};

const OBJECTS: Sort<ComparedObject> = {
  what: 'objects',
  kind: 'HeritageObject',
  read: describedObjects,
  blocksOf: objectBlocks,
  likeness: objectLikeness,
  facets: (one) => ({
    name: one.title,
    inventoryNumber: one.inventoryNumber ?? '',
    holder: one.holder?.name ?? '',
    date: one.from === undefined && one.to === undefined ? '' : `${one.from ?? ''}/${one.to ?? ''}`,
    types: listed(one.types),
    materials: listed(one.materials),
    codes: listed(one.codes),
  }),
  merges: false,
};

const EVENTS: Sort<ComparedEvent> = {
  what: 'events',
  kind: 'Event',
  read: describedEvents,
  blocksOf: eventBlocks,
  likeness: eventLikeness,
  facets: (one) => ({
    name: one.title,
    venue: one.venue,
    place: placeOf(one),
    dates: `${one.begin}/${one.end ?? ''}`,
    codes: listed(one.codes),
  }),
  merges: true,
};

/** Gives each sort to what works with any of them. */
export function withSort<T>(kind: ProposedKind, work: <C>(sort: Sort<C>) => T): T {
  if (kind === 'Structure') return work(STRUCTURES);
  return kind === 'HeritageObject' ? work(OBJECTS) : work(EVENTS);
}

/** What two sides say alike, and what each says otherwise; what one alone says is neither. */
export function evidenceOf(
  a: Facets,
  b: Facets,
): { readonly agrees: readonly string[]; readonly differs: readonly string[] } {
  const both = Object.keys(a).filter((name) => a[name] !== '' && (b[name] ?? '') !== '');
  const isAlike = (name: string) => fold(a[name]!) === fold(b[name]!);
  return { agrees: both.filter(isAlike), differs: both.filter((name) => !isAlike(name)) };
}
