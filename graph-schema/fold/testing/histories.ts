/** Histories for tests: what sources said, step by step, about a handful of things that they share. Nothing in them exists. */
import fc from 'fast-check';
import type { AnyRecord, Link } from '../../record.ts';
import { type Resolver, resolverOf } from '../../vocabularies/resolver.ts';
import type { Item, Pass } from '../items.ts';
import { snapshotId } from '../snapshot.ts';
import { uidOf } from '../uid.ts';

export const RESOLVER: Resolver = resolverOf('test', {
  trades: (text) =>
    text === 'tisserand'
      ? [{ identifier: { scheme: 'trame', value: 'tisserand' }, label: 'tisserand', confidence: 1, rule: 'label' }]
      : [],
  places: () => [],
});

export const SOURCES = { a: 20, b: 60 } as const;
export type SourceName = keyof typeof SOURCES;

/** One thing that happens to one record. */
export type Said =
  | { readonly is: 'given'; readonly id: string; readonly record: AnyRecord }
  | { readonly is: 'deleted' | 'missing' | 'seen' | 'rejected'; readonly id: string };

/** One batch; `again`: all that the source gave last, under a new mapping, as a replay does. */
export type Step =
  | { readonly source: SourceName; readonly said: readonly Said[] }
  | { readonly source: SourceName; readonly again: true };

const CODES = ['museofile:M1', 'museofile:M2', 'siret:1', 'siret:2'] as const;
const identifier = (code: string) => ({ scheme: code.split(':')[0]!, value: code.split(':')[1]! });
const someOf = <T>(values: readonly T[], maxLength: number) =>
  fc.subarray([...values], { maxLength: Math.min(maxLength, values.length) });
const links = (arbitrary: fc.Arbitrary<readonly Link[]>) => fc.option(arbitrary, { nil: undefined });
const toCodes = (maxLength: number) =>
  someOf(CODES, maxLength).map((codes): Link[] => codes.map((code) => ({ identifier: identifier(code) })));
const toWords = (words: readonly string[]) => someOf(words, 2).map((texts): Link[] => texts.map((text) => ({ text })));
const toConcepts = fc.oneof(
  toWords(['Bois', 'fer']),
  fc.constant<Link[]>([{ identifier: identifier('concept:technique/bois') }]),
);
const toMedia = fc
  .constantFrom('CC0 1.0', undefined)
  .map((rights): Link[] => [
    { media: { name: 'Vue', url: 'https://example.org/1.jpg', ...(rights ? { rights } : {}) } },
  ]);

const visibility = fc.constantFrom('public', 'public', 'hidden' as const);
const name = fc.constantFrom('Un', 'Deux', 'Trois');
const relationsOf = (shape: Record<string, fc.Arbitrary<readonly Link[] | undefined>>) =>
  fc.record(shape).map((said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));

const structure: fc.Arbitrary<AnyRecord> = fc.record({
  kind: fc.constant('Structure' as const),
  identifiers: someOf(CODES, 2).map((codes) => codes.map(identifier)),
  visibility,
  fields: name.map((value) => ({ name: value })),
  relations: relationsOf({
    trades: links(toWords(['tisserand', 'zinzolinier'])),
    partOf: links(toCodes(1)),
    memberOf: links(toCodes(3)),
    media: links(toMedia),
  }),
});

const heritageObject: fc.Arbitrary<AnyRecord> = fc.record({
  kind: fc.constant('HeritageObject' as const),
  identifiers: fc.constant([]),
  visibility,
  fields: name.map((value) => ({ name: value, date: { text: 'vers 1850', from: 1845, to: 1855 } })),
  relations: relationsOf({
    heldBy: links(toCodes(1)),
    techniques: links(toConcepts),
    creators: links(toWords(['Atelier A', 'Atelier B'])),
    trades: links(toWords(['tisserand'])),
    media: links(toMedia),
  }),
});

const trade: fc.Arbitrary<AnyRecord> = fc.record({
  kind: fc.constant('Trade' as const),
  identifiers: fc.constant([identifier('trame:tisserand')]),
  visibility,
  fields: name.map((value) => ({ name: value })),
  relations: relationsOf({
    matches: links(fc.constantFrom<Link[]>([{ identifier: identifier('rome:B1804') }], [])),
  }),
});

const offer: fc.Arbitrary<AnyRecord> = fc.record({
  kind: fc.constant('Offer' as const),
  identifiers: fc.constant([]),
  visibility,
  fields: name.map((value) => ({ name: value })),
  relations: relationsOf({ offeredBy: links(toCodes(3)), participants: links(toRecords()) }),
});

/** What others mention, described. */
const concept: fc.Arbitrary<AnyRecord> = fc.record({
  kind: fc.constant('Concept' as const),
  identifiers: someOf(['concept:technique/bois', 'rome:B1804'], 2).map((codes) => codes.map(identifier)),
  visibility,
  fields: name.map((value) => ({ name: value, scheme: 'technique' })),
  relations: fc.constant({}),
});

/** The same thing by two of its identifiers, one surer than the other. */
function toRecords(): fc.Arbitrary<Link[]> {
  return fc.constantFrom<Link[]>(
    [{ record: '1' }, { identifier: identifier('siret:1'), how: 'inferred', confidence: 0.4 }],
    [{ record: '2' }],
  );
}

const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('given' as const),
      id: fc.constantFrom('1', '2', '3'),
      record: fc.oneof(
        { weight: 4, arbitrary: structure },
        { weight: 3, arbitrary: heritageObject },
        trade,
        offer,
        concept,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constantFrom('deleted' as const, 'missing' as const, 'seen' as const, 'rejected' as const),
      id: fc.constantFrom('1', '2', '3'),
    }),
  },
);

const source = fc.constantFrom<SourceName[]>('a', 'b');

export const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        source,
        said: fc.uniqueArray(said, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ source, again: fc.constant(true as const) }) },
  ),
  { minLength: 2, maxLength: 12 },
);

/** The history as the writer is handed it: for each step the pass and its items. */
export function written(steps: readonly Step[]): { pass: Pass; items: Item[] }[] {
  const last = new Map<string, Extract<Said, { is: 'given' }>>();
  return steps.map((step, number) => {
    const run = `run-${number >> 1}`;
    const pass = { source: { name: step.source, rank: SOURCES[step.source] }, run };
    if ('again' in step) {
      const given = [...last].filter(([key]) => key.startsWith(`${step.source}/`)).map(([, one]) => one);
      return { pass: { ...pass, snapshot: undefined }, items: given.map((one) => itemOf(one, `mapping-${number}`)) };
    }
    for (const one of step.said) {
      if (one.is === 'given') last.set(`${step.source}/${one.id}`, one);
      if (one.is === 'deleted') last.delete(`${step.source}/${one.id}`);
    }
    const snapshot = snapshotId(new Date(Date.UTC(2026, 0, 1 + number)), run);
    return { pass: { ...pass, snapshot }, items: step.said.map((one) => itemOf(one, 'mapping')) };
  });
}

function itemOf(one: Said, mapping: string): Item {
  const { id } = one;
  if (one.is === 'given') {
    const text = JSON.stringify(one.record);
    return {
      kind: 'record',
      id,
      raw: Buffer.from(text),
      hash: uidOf(text),
      mapping,
      record: one.record,
      notes: [],
    };
  }
  if (one.is !== 'rejected') return { kind: one.is, id };
  return {
    kind: 'rejected',
    id,
    hash: `bad-${id}`,
    finding: { code: 'record-invalid', particulars: { id, path: 'x', message: 'y' } },
  };
}
