/**
 * HeritageRecord: all that a source may say about one thing. Derived from model.ts: what is not declared there cannot be said.
 * A format (connectors/formats) makes it from a partner's row; the fold (fold/) makes entities of it.
 */

import { z } from 'zod';
import { type COMMON, KINDS, type KindName, kindOf, type MODEL, propertiesOf } from './model.ts';
import type { Property, ValueOf } from './property.ts';
import type { Relation } from './relation.ts';

type Properties<K extends KindName> = typeof COMMON & (typeof MODEL)[K]['properties'];
type Relations<K extends KindName> = (typeof MODEL)[K]['relations'];

/** The fields of a kind, each optional but the name. */
export type Fields<K extends KindName> = { name: string } & {
  [P in keyof Properties<K>]?: Properties<K>[P] extends Property<infer T> ? ValueOf[T] | undefined : never;
};

/**
 * Where a relation leads: a strong identifier; another record of the same source; words, read against a vocabulary or
 * minted as a concept or agent (model.ts says which); or a picture, sound or film that this record brings along.
 */
export type Target =
  | { readonly identifier: Identifier }
  | { readonly record: string }
  | { readonly text: string }
  | { readonly media: Fields<'Media'> };

export interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

/** A relation as a source says it. `how` is `stated` unless the mapping worked it out. Facts are those that model.ts declares. */
export type Link = Target & {
  readonly how?: 'stated' | 'inferred' | undefined;
  readonly confidence?: number | undefined;
  readonly facts?: Readonly<Record<string, string>> | undefined;
};

export type Visibility = 'public' | 'hidden';

export interface HeritageRecord<K extends KindName = KindName> {
  readonly kind: K;
  readonly identifiers: readonly Identifier[];
  /** What a source does not say to be visible is hidden. */
  readonly visibility: Visibility;
  /** A day (YYYY-MM-DD) after which it is hidden. */
  readonly visibleUntil?: string | undefined;
  readonly fields: Fields<K>;
  readonly relations: { readonly [R in keyof Relations<K>]?: readonly Link[] | undefined };
}

/** A record of any kind, its fields and relations widened: what code that walks the model works with. */
export interface AnyRecord {
  readonly kind: KindName;
  readonly identifiers: readonly Identifier[];
  readonly visibility: Visibility;
  readonly visibleUntil?: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, readonly Link[] | undefined>>;
}

/** Limits on what one record may hold; beyond them it is quarantined with this reason. */
export const RECORD_LIMITS = {
  textLength: 200_000,
  listLength: 1_000,
  intervals: 5_000,
  cues: 20_000,
  links: 500,
  shortLength: 2_000,
} as const;

const text = z.string().trim().min(1).max(RECORD_LIMITS.textLength);
const short = z.string().trim().min(1).max(RECORD_LIMITS.shortLength);
const webAddress = short.refine(
  (value) => /^https?:\/\/[^\s/]+/i.test(value),
  'une adresse http ou https est attendue',
);
const dayText = z.iso.date();
const instantText = z.iso.datetime({ offset: true, local: false }).or(dayText);

const VALUES: { readonly [T in keyof ValueOf]: z.ZodType } = {
  string: text,
  strings: z.array(text).max(RECORD_LIMITS.listLength),
  integer: z.int(),
  boolean: z.boolean(),
  uri: webAddress,
  instant: instantText,
  day: dayText,
  when: z.strictObject({
    text,
    edtf: short.optional(),
    from: z.int().min(-10_000).max(3_000).optional(),
    to: z.int().min(-10_000).max(3_000).optional(),
    confidence: z.number().min(0).max(1).optional(),
  }),
  point: z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    precision: z.enum(['site', 'street', 'commune', 'area']),
  }),
  intervals: z.array(z.strictObject({ begin: instantText, end: instantText })).max(RECORD_LIMITS.intervals),
  price: z.strictObject({
    text,
    from: z.number().min(0).optional(),
    to: z.number().min(0).optional(),
  }),
  cues: z.array(z.strictObject({ begin: z.number().min(0), end: z.number().min(0), text })).max(RECORD_LIMITS.cues),
};

function valueSchema(property: Property): z.ZodType {
  if (property.values) return z.enum(property.values as [string, ...string[]]);
  // What is indexed has Neo4j's bound on an index key.
  return property.index && property.type === 'string' ? short : VALUES[property.type];
}

function fieldsSchema(kind: KindName): z.ZodType {
  const shape = Object.entries(propertiesOf(kind)).map(([name, property]) => [
    name,
    name === 'name' ? valueSchema(property) : valueSchema(property).optional(),
  ]);
  return z.strictObject(Object.fromEntries(shape));
}

const identifierSchema = z.strictObject({ scheme: z.string().regex(/^[a-z0-9-]+$/), value: short });

function linkSchema(relation: Relation): z.ZodType {
  const more = {
    how: z.enum(['stated', 'inferred']).optional(),
    confidence: z.number().min(0).max(1).optional(),
    facts: z.partialRecord(z.enum((relation.facts ?? ['none']) as [string, ...string[]]), short).optional(),
  };
  const targets: z.ZodType[] =
    relation.to === 'Media'
      ? [z.strictObject({ media: fieldsSchema('Media'), ...more })]
      : [z.strictObject({ identifier: identifierSchema, ...more }), z.strictObject({ record: short, ...more })];
  if (relation.words) targets.push(z.strictObject({ text: short, ...more }));
  return z.union(targets);
}

function recordSchema(kind: KindName): z.ZodType {
  const relations = Object.entries(kindOf(kind).relations).map(([name, relation]) => [
    name,
    z.array(linkSchema(relation)).max(RECORD_LIMITS.links).optional(),
  ]);
  return z.strictObject({
    kind: z.literal(kind),
    identifiers: z.array(identifierSchema).max(50),
    visibility: z.enum(['public', 'hidden']),
    visibleUntil: dayText.optional(),
    fields: fieldsSchema(kind),
    relations: z.strictObject(Object.fromEntries(relations)),
  });
}

const SCHEMAS = Object.fromEntries(KINDS.map((kind) => [kind, recordSchema(kind)])) as Record<KindName, z.ZodType>;

/** Issues are shown to the stewards, in findings. */
const IN_FRENCH = z.locales.fr().localeError;

/** What is wrong with a record: where, and in what way, in French. */
export interface RecordIssue {
  readonly path: string;
  readonly message: string;
}

/** Checks what a format made. Gives the record, texts trimmed, or the issues; never throws. */
export function parseRecord(candidate: unknown): { record: AnyRecord } | { issues: readonly RecordIssue[] } {
  const kind = (candidate as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !(kind in SCHEMAS)) {
    return { issues: [{ path: 'kind', message: `une de ces sortes est attendue : ${KINDS.join(', ')}` }] };
  }
  const result = SCHEMAS[kind as KindName].safeParse(candidate, { error: IN_FRENCH });
  if (result.success) return { record: result.data as AnyRecord };
  return { issues: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) };
}
