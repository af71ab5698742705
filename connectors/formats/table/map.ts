/** The `map` of a source file: which column becomes what. Checked against model.ts, so that a wrong name is told before any harvest. */

import { z } from 'zod';
import { KINDS, type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Property, PropertyType } from '#graph-schema/property.ts';
import type { Kind, Relation } from '#graph-schema/relation.ts';

/** How the text of a cell is read. Implied by the property's type. */
export const READINGS = {
  string: 'text',
  strings: 'text',
  integer: 'integer',
  boolean: 'boolean',
  uri: 'uri',
  instant: 'instant',
  day: 'day',
  when: 'date',
  point: 'point',
  intervals: 'intervals',
  price: 'price',
  cues: 'cues',
} as const satisfies Record<PropertyType, string>;

/** `identifier` of a relation whose cells say the scheme themselves: `rome:B1803`. */
export const PREFIXED = 'prefixed';

/** Where a value comes from: one column, several joined, or a constant. */
export interface CellRule {
  readonly column?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly join?: string | undefined;
  readonly value?: string | number | boolean | undefined;
}

export interface FieldRule extends CellRule {
  readonly split?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly otherwise?: string | undefined;
  readonly as?: string | undefined;
  readonly latitude?: string | undefined;
  readonly longitude?: string | undefined;
  readonly order?: 'lat-lon' | 'lon-lat' | undefined;
  /** For dates that say no year: that of the sheet, or the column that has it. */
  readonly year?: number | string | undefined;
  readonly precision?: 'site' | 'street' | 'commune' | 'area' | undefined;
}

export interface LinkRule extends CellRule {
  readonly split?: string | undefined;
  /** A scheme, or `prefixed`; absent: the cell holds words, or the address of a picture. */
  readonly identifier?: string | undefined;
  readonly facts?: Readonly<Record<string, string>> | undefined;
  readonly how?: 'stated' | 'inferred' | undefined;
  readonly confidence?: number | undefined;
  readonly rights?: string | undefined;
  readonly credit?: string | undefined;
  readonly title?: string | undefined;
}

export interface TableMap {
  readonly kind: KindName;
  readonly id: readonly string[];
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly identifiers?: Readonly<Record<string, string>> | undefined;
  readonly relations?: Readonly<Record<string, readonly LinkRule[]>> | undefined;
  /** Columns about persons: their cells are not even kept with the row. */
  readonly private?: readonly string[] | undefined;
}

type Issue = { readonly path: PropertyKey[]; readonly message: string };
type Parsed = { success: true; data: TableMap } | { success: false; error: { issues: readonly Issue[] } };

/** Checks a `map`. Each issue has the path of what is wrong and says, in French, what may stand there. */
export const tableMap = {
  safeParse(value: unknown): Parsed {
    const kind = (value as { kind?: unknown } | null | undefined)?.kind;
    if (typeof kind !== 'string' || !KINDS.includes(kind as KindName)) {
      const message = `genre inconnu ; « kind » est l’un de : ${KINDS.join(', ')}`;
      return { success: false, error: { issues: [{ path: ['kind'], message }] } };
    }
    const result = mapSchema(kind as KindName).safeParse(value, { error: inFrench });
    if (result.success) return { success: true, data: result.data as TableMap };
    return { success: false, error: { issues: result.error.issues.flatMap(oneForEachKey) } };
  },
};

/** For what has no words of its own below. */
const inFrench = z.locales.fr().localeError;

/** Unknown keys are told one by one, so that each gets its own line. */
function oneForEachKey(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: [...issue.path], message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: `« ${key} » ${issue.message}` }));
}

/** `what` names the keys that are known, for the message about one that is not. */
function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape, what: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `n’est pas ${what} ; possibles : ${Object.keys(shape).join(', ') || 'aucun'}`
        : `${issue.input === undefined ? 'manque' : 'ne se lit pas'} ; peut contenir : ${Object.keys(shape).join(', ')}`,
  });
}

const column = z.string({ error: 'un nom de colonne est attendu' }).trim().min(1, 'un nom de colonne est attendu');
const IDENTIFIERS = 'attendu : { schéma: colonne }, le schéma en minuscules, chiffres et tirets';
const scheme = z.string().regex(/^[a-z0-9-]+$/, 'un schéma d’identifiant s’écrit en minuscules, chiffres et tirets');
const cellShape = {
  column: column.optional(),
  columns: z.array(column, { error: 'une liste de colonnes est attendue' }).min(1).max(20).optional(),
  join: z.string().max(20).optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
};
const split = z.string().min(1, 'un séparateur est attendu').max(10).optional();
const YEAR = 'une année (2024) ou le nom d’une colonne est attendu';
const year = z.union([z.int().min(1900).max(2100), column], { error: YEAR }).optional();
const fromText = (value: unknown): unknown => (typeof value === 'string' ? { column: value } : value);

function oneOrigin(rule: CellRule): boolean {
  return [rule.column, rule.columns, rule.value].filter((origin) => origin !== undefined).length === 1;
}
const ONE_ORIGIN = 'donnez « column », « columns » ou « value », et un seul des trois';

function fieldSchema(property: Property): z.ZodType {
  if (property.type === 'point') return pointSchema;
  const reading = READINGS[property.type];
  const target = property.values
    ? z.enum(property.values as [string, ...string[]], oneOf(property.values))
    : z.string();
  const shape = {
    ...cellShape,
    as: z.literal(reading, { error: `« as » ne peut être ici que ${reading}` }).optional(),
    ...(property.type === 'strings' || property.type === 'intervals' ? { split } : {}),
    ...(['intervals', 'day', 'instant', 'when'].includes(property.type) ? { year } : {}),
    ...(property.type === 'string' || property.type === 'strings'
      ? { values: z.record(z.string(), target).optional(), otherwise: target.optional() }
      : {}),
  };
  return z.preprocess(fromText, strict(shape, 'une clé de cette règle').refine(oneOrigin, ONE_ORIGIN));
}

const oneOf = (values: readonly string[]) => ({ error: `valeur inconnue ; possibles : ${values.join(', ')}` });
const PRECISIONS = ['site', 'street', 'commune', 'area'] as const;
const pointSchema = strict(
  {
    latitude: column.optional(),
    longitude: column.optional(),
    column: column.optional(),
    order: z.enum(['lat-lon', 'lon-lat'], oneOf(['lat-lon', 'lon-lat'])).optional(),
    precision: z.enum(PRECISIONS, oneOf(PRECISIONS)),
  },
  'une clé d’un point',
).refine(
  ({ latitude, longitude, column: both, order }) =>
    both === undefined
      ? latitude !== undefined && longitude !== undefined
      : order !== undefined && !latitude && !longitude,
  'un point se dit par « latitude » et « longitude », ou par « column » et « order »',
);

function linkSchema(relation: Relation): z.ZodType {
  const media = relation.to === 'Media';
  const facts = Object.fromEntries((relation.facts ?? []).map((fact) => [fact, column.optional()]));
  const known = [...kindOf(relation.to as KindName).strong, PREFIXED];
  const shape = {
    ...cellShape,
    split,
    how: z.enum(['stated', 'inferred'], oneOf(['stated', 'inferred'])).optional(),
    confidence: z.number().min(0).max(1).optional(),
    ...(media ? { rights: column.optional(), credit: column.optional(), title: column.optional() } : {}),
    ...(media ? {} : { identifier: z.enum(known as [string, ...string[]], oneOf(known)).optional() }),
    ...(relation.facts ? { facts: strict(facts, 'un fait de cette relation').optional() } : {}),
  };
  const rule = strict(shape, 'une clé de cette relation').refine(oneOrigin, ONE_ORIGIN);
  const needed = !media && relation.words === undefined;
  const checked = needed
    ? rule.refine((given) => given.identifier !== undefined, {
        message: `cette relation ne se lit pas en mots : donnez « identifier » (${known.join(', ')})`,
        path: ['identifier'],
      })
    : rule;
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(z.preprocess(fromText, checked)).min(1).max(10),
  );
}

const SCHEMAS = new Map<KindName, z.ZodType>();

function mapSchema(kind: KindName): z.ZodType {
  const made = SCHEMAS.get(kind) ?? build(kind, kindOf(kind));
  SCHEMAS.set(kind, made);
  return made;
}

function build(kind: KindName, declared: Kind): z.ZodType {
  const fields = Object.entries(propertiesOf(kind)).map(([name, property]) => {
    const schema = fieldSchema(property);
    return [name, name === 'name' ? schema : schema.optional()] as const;
  });
  const relations = Object.entries(declared.relations).map(
    ([name, relation]) => [name, linkSchema(relation).optional()] as const,
  );
  const columns = z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(column, { error: 'donnez la colonne qui identifie chaque ligne, ou une liste de colonnes' }).min(1).max(10),
  );
  return strict(
    {
      kind: z.literal(kind),
      id: columns,
      fields: strict(Object.fromEntries(fields), `un champ de ${kind}`),
      identifiers: z.record(scheme, column, { error: IDENTIFIERS }).optional(),
      relations: strict(Object.fromEntries(relations), `une relation de ${kind}`).optional(),
      private: z.array(column, { error: 'donnez une liste de colonnes' }).max(100).optional(),
    },
    'une clé de « map »',
  );
}

/** Every column that a map names. */
export function columnsOf(map: TableMap): readonly string[] {
  const rules: readonly (FieldRule & LinkRule)[] = [
    ...Object.values(map.fields),
    ...Object.values(map.relations ?? {}).flat(),
  ];
  const named = rules.flatMap((rule) => [
    rule.column,
    ...(rule.columns ?? []),
    rule.latitude,
    rule.longitude,
    typeof rule.year === 'string' ? rule.year : undefined,
    rule.rights,
    rule.credit,
    rule.title,
    ...Object.values(rule.facts ?? {}),
  ]);
  return [...new Set([...named, ...Object.values(map.identifiers ?? {})])].filter((name) => name !== undefined);
}
