/** How well pairs of descriptions are judged: precision and recall of those taken for one thing, on pairs that were labelled before the rules were written. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readDate } from '#graph-schema/dates.ts';
import { type ComparedEvent, likeness as eventLikeness } from '#graph-schema/identity/events.ts';
import { type ComparedObject, likeness as objectLikeness } from '#graph-schema/identity/objects.ts';
import {
  type ComparedStructure,
  type Placed,
  likeness as structureLikeness,
} from '#graph-schema/identity/structures.ts';
import type { Compared } from '#graph-schema/identity/thresholds.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { type Row, tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';

const FILES: Readonly<Record<Compared, string>> = {
  structures: 'structure-pairs',
  objects: 'object-pairs',
  events: 'event-pairs',
};

const side = { kind: z.string(), name: z.string(), place: z.string(), type: z.string(), code: z.string() };
const SIDES = {
  structures: z.strictObject(side),
  objects: z.strictObject({
    ...side,
    inventory: z.string(),
    holder: z.string(),
    date: z.string(),
    material: z.string(),
  }),
  events: z.strictObject({ ...side, venue: z.string(), begin: z.iso.date(), end: z.iso.date().or(z.literal('')) }),
} as const;
type Side<W extends Compared> = z.infer<(typeof SIDES)[W]>;

/** Two descriptions and whether they are of one thing. */
export interface LabelledPair<W extends Compared = Compared> {
  readonly set: 'dev' | 'held-out';
  readonly same: boolean;
  readonly why: string;
  readonly a: Side<W>;
  readonly b: Side<W>;
}

/** The labelled pairs of a sort, both halves; `fresh`: of the set that was made after the rules. Throws where the set is broken. */
export function labelledPairs<W extends Compared>(what: W, fresh = false): readonly LabelledPair<W>[] {
  const text = readFileSync(new URL(`sets/${FILES[what]}${fresh ? '-fresh' : ''}.csv`, import.meta.url), 'utf8');
  return parse<Record<string, string>>(text, { columns: true }).map((row) => {
    const { set, same, why } = LABEL.parse(row);
    return { set, same: same === 'yes', why, a: sideOf(what, row, '-a'), b: sideOf(what, row, '-b') };
  });
}

const LABEL = z.object({ set: z.enum(['dev', 'held-out']), same: z.enum(['yes', 'no']), why: z.string() });

function sideOf<W extends Compared>(what: W, row: Readonly<Record<string, string>>, suffix: string): Side<W> {
  const cells = Object.entries(row).filter(([column]) => column.endsWith(suffix));
  return SIDES[what].parse(Object.fromEntries(cells.map(([column, cell]) => [column.slice(0, -2), cell]))) as Side<W>;
}

/** A pair that was judged wrongly, and why it was. */
export interface PairMiss {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly score: number;
  /** What makes it hard, as labelled; what the rules said. */
  readonly label: string;
  readonly why: string;
}

export interface PairScore {
  readonly pairs: number;
  /** Labelled as one; taken for one; both. */
  readonly yes: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly misses: readonly PairMiss[];
}

/** Scores the rules on labelled pairs: at or above `threshold` a pair is taken for one. */
export function scorePairs<W extends Compared>(
  what: W,
  rows: readonly LabelledPair<W>[],
  threshold: number,
): PairScore {
  let [found, right] = [0, 0];
  const misses: PairMiss[] = [];
  for (const { a, b, same, why: label } of rows) {
    const { score, why } = JUDGES[what](a, b);
    const isFound = score >= threshold;
    found += isFound ? 1 : 0;
    right += isFound && same ? 1 : 0;
    if (isFound !== same) misses.push({ a: inWords(a), b: inWords(b), same, score, label, why });
  }
  const yes = rows.filter(({ same }) => same).length;
  const share = (of: number) => (of === 0 ? 1 : right / of);
  return { pairs: rows.length, yes, found, right, precision: share(found), recall: share(yes), misses };
}

const inWords = (one: object): string =>
  Object.values(one)
    .filter((cell) => cell !== '')
    .join(' | ');

const JUDGES: {
  readonly [W in Compared]: (a: Side<W>, b: Side<W>) => { readonly score: number; readonly why: string };
} = {
  structures: (a, b) => structureLikeness(structureOf(a), structureOf(b)),
  objects: (a, b) => objectLikeness(objectOf(a), objectOf(b)),
  events: (a, b) => eventLikeness(eventOf(a), eventOf(b)),
};

/** What is compared, of a row's side. */
export const structureOf = ({ name, place, type, code }: Side<'structures'>): ComparedStructure => ({
  name,
  type: type || undefined,
  codes: listOf(code),
  ...placed(place),
});

export function objectOf({
  name,
  place,
  type,
  code,
  inventory,
  holder,
  date,
  material,
}: Side<'objects'>): ComparedObject {
  const { from, to } = readDate(date);
  return {
    title: name,
    types: listOf(type),
    inventoryNumber: inventory,
    holder: holderOf(holder, place),
    from,
    to,
    materials: material.split(/[;,]/).filter((one) => one.trim() !== ''),
    codes: listOf(code),
  };
}

export const eventOf = ({ name, place, code, venue, begin, end }: Side<'events'>): ComparedEvent => ({
  title: name,
  venue,
  begin,
  end: end || undefined,
  codes: listOf(code),
  ...placed(place),
});

/** "Musée X, Roubaix" and "Roubaix ; musée X" say where it is; else it is where its object is. */
function holderOf(holder: string, place: string): ComparedStructure | undefined {
  if (holder === '') return undefined;
  const [, name = holder, town = place] = /^(.+), ([^,]+)$/.exec(holder) ?? [];
  return { name, codes: [], ...placed(town) };
}

const listOf = (cell: string): readonly string[] => (cell === '' ? [] : [cell]);

let reader: ((text: string) => Placed) | undefined;

/** A place as it is written: its code, the communes that it lies in, its names. The tables are read at the first question. */
function placed(text: string): Placed {
  reader ??= placeReader();
  return reader(text);
}

function placeReader(): (text: string) => Placed {
  const { place: read } = createResolver();
  const parents = new Map(tableRows(tableText('places')).map((row) => [row['id'] ?? '', communeOf(row)]));
  return (text) => {
    const found = text === '' ? undefined : read(text);
    if (!found) return { places: [], towns: text === '' ? [] : [text] };
    const own = `${found.identifier.scheme}:${found.identifier.value}`;
    return { places: [own, ...(parents.get(own) ?? [])], towns: [found.label, text] };
  };
}

/** The commune that a former or associated commune lies in. A department or a country in common makes nothing one. */
function communeOf(row: Row): readonly string[] {
  return (['insee', 'nis'] as const).flatMap((scheme) => {
    const code = row[`within-${scheme}`];
    return code ? [`${scheme}:${code}`] : [];
  });
}
