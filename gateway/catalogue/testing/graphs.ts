/** Small graphs at random, as rows of the catalogue. */
import fc from 'fast-check';
import { type EntityRow, Store } from '../store.ts';

/** The day on which they are looked at. */
export const TODAY = '2026-06-15';

export type Kind = NonNullable<EntityRow['kind']>;
const KIND_OF_ID: readonly Kind[] = [
  ...Array<Kind>(4).fill('Structure'),
  ...Array<Kind>(4).fill('Trade'),
  ...Array<Kind>(5).fill('Place'),
  ...Array<Kind>(4).fill('Concept'),
  ...Array<Kind>(2).fill('Agent'),
  ...Array<Kind>(3).fill('Event'),
  ...Array<Kind>(12).fill('HeritageObject'),
];
export const idsOf = (kind: Kind) => KIND_OF_ID.flatMap((one, id) => (one === kind ? [id] : []));
const TARGETS: Readonly<Partial<Record<Kind, readonly (readonly [string, Kind])[]>>> = {
  Structure: [
    ['LOCATED_IN', 'Place'],
    ['CONCERNS', 'Trade'],
  ],
  Trade: [['BROADER', 'Trade']],
  Place: [['WITHIN', 'Place']],
  Concept: [['BROADER', 'Concept']],
  Event: [
    ['LOCATED_IN', 'Place'],
    ['TAKES_PLACE_AT', 'Structure'],
    ['CONCERNS', 'Trade'],
  ],
  HeritageObject: [
    ['HELD_BY', 'Structure'],
    ['CONCERNS', 'Trade'],
    ['MADE_IN', 'Place'],
    ['MADE_WITH', 'Concept'],
    ['ABOUT', 'Concept'],
    ['CREATED_BY', 'Agent'],
    ['SAME_AS', 'HeritageObject'],
  ],
};
const TYPES_OF: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  Structure: ['museum', 'firm', 'school'],
  HeritageObject: ['object', 'film'],
  Place: ['commune', 'department', 'region', 'country'],
};

function rowOf(id: number): fc.Arbitrary<EntityRow> {
  const kind = KIND_OF_ID[id]!;
  const relations = (TARGETS[kind] ?? []).map(([type, to]) =>
    fc
      .subarray(
        [...idsOf(to)].filter((target) => target !== id),
        { maxLength: type === 'HELD_BY' ? 1 : 2 },
      )
      .map((targets) => targets.map((target) => [type, target] as const)),
  );
  const year = fc.option(fc.integer({ min: -300, max: 2020 }), { nil: undefined });
  return fc
    .record({
      id: fc.constant(id),
      uid: fc.constant(`u${String(id).padStart(3, '0')}`),
      changed: fc.constant(id + 1),
      created: fc.integer({ min: 1, max: 1000 }),
      published: fc.boolean().map((hidden) => !hidden || id % 3 > 0),
      kind: fc.constant(kind),
      described: fc.boolean(),
      name: fc.constantFrom('Navette', 'Rouet', 'Métier'),
      sort: fc.constantFrom('navette', 'rouet', 'metier'),
      type: fc.option(fc.constantFrom(...(TYPES_OF[kind] ?? ['?'])), { nil: undefined }),
      scheme:
        kind === 'Concept'
          ? fc.constantFrom('material', 'technique', 'subject', 'object-type')
          : fc.constant(undefined),
      from: year,
      to: fc.constant(undefined),
      position: fc.option(
        fc.record({
          latitude: fc.double({ min: 49, max: 51, noNaN: true }),
          longitude: fc.double({ min: 1, max: 4, noNaN: true }),
        }),
        { nil: undefined },
      ),
      occurrences:
        kind === 'Event'
          ? fc
              .array(
                fc.constantFrom(
                  '2026-06-01/2026-06-02',
                  '2026-06-20T10:00:00+02:00/2026-06-20T12:00:00+02:00',
                  '2026-07-01/2026-07-01',
                ),
                { maxLength: 2 },
              )
              .map((some) => [...new Set(some)].sort())
          : fc.constant([]),
      visibleUntil: fc.option(fc.constantFrom('2026-06-14', '2026-06-15'), { nil: undefined, freq: 8 }),
      demonstration: fc.boolean(),
      sources: fc.subarray(['a', 'b', 'c']),
      licenceLayers: fc.subarray(['odbl', 'cc-by', 'unknown']),
      pictureRights: fc.subarray(['cc-by', 'unknown']),
      relations: fc.tuple(...relations).map((some) => some.flat()),
    })
    .map((row) => (isMention(row as EntityRow) ? { ...row, relations: [] } : row)) as fc.Arbitrary<EntityRow>;
}

/** Only what a record describes states relations (graph-schema/fold/sweep.ts). */
function isMention({ kind, described }: EntityRow): boolean {
  return !described && ['Concept', 'Agent', 'Place'].includes(kind!);
}

/** A graph of some thirty things of each sort. */
export const GRAPH = fc.tuple(...KIND_OF_ID.map((_, id) => rowOf(id)));
export function storeOf(rows: readonly EntityRow[]): Store {
  const store = new Store();
  for (const row of rows) store.put(row);
  return store;
}

/** Whether everyone may see this row of these. */
export function isSeen(row: EntityRow, rows: Iterable<EntityRow>): boolean {
  const isOpen = (one: EntityRow) => one.published && (one.visibleUntil ?? TODAY) >= TODAY;
  if (!isOpen(row)) return false;
  if (!isMention(row)) return true;
  return [...rows].some((one) => isOpen(one) && one.relations.some(([, id]) => id === row.id));
}

/** What is left of a graph where what is hidden, and what leads to it, never was. */
export function withoutHidden(rows: readonly EntityRow[]): readonly EntityRow[] {
  const seen = new Set(rows.filter((row) => isSeen(row, rows)).map(({ id }) => id));
  return rows
    .filter(({ id }) => seen.has(id))
    .map((row) => ({ ...row, relations: row.relations.filter(([, id]) => seen.has(id)) }));
}
