/** What an operation asks for, as a plain tree: fragments opened, directives obeyed, arguments read, equal response keys merged. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { Refusal } from '../refusal.ts';

/** One field under one response key. */
export interface Selected {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What is asked of it, for each object type that it can be. Empty for a scalar. */
  readonly of: ReadonlyMap<string, readonly Selected[]>;
}

/** What is needed to read a selection: a GraphQLResolveInfo has it, and so has an operation that was not begun yet. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Fragments can open into far more fields than were written: no honest question comes near this. */
export const MOST_FIELDS = 4_000;

/** The fields that a selection set asks of an object type. `__typename` is left out: GraphQL answers it by itself. */
export function selectionOf(
  operation: Operation,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly Selected[] {
  return selectFields(startReading(operation), type, sets);
}

/** The one field that a resolver was called for. */
export function selectionOfField(
  operation: Operation & { readonly parentType: GraphQLObjectType; readonly fieldNodes: readonly FieldNode[] },
): Selected {
  return selectField(startReading(operation), operation.parentType, operation.fieldNodes);
}

interface Reading extends Operation {
  left: number;
}

function startReading({ schema, fragments, variableValues }: Operation): Reading {
  return { schema, fragments, variableValues, left: MOST_FIELDS };
}

function selectFields(
  reading: Reading,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly Selected[] {
  const nodes = new Map<string, FieldNode[]>();
  const opened = new Set<string>();
  for (const set of sets) collect(reading, type, set, nodes, opened);
  return [...nodes.values()].map((same) => selectField(reading, type, same));
}

function selectField(reading: Reading, type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected {
  const node = nodes[0]!;
  const field = type.getFields()[node.name.value];
  if (field === undefined) throw new Error(`${type.name} has no field ${node.name.value}`);
  reading.left -= 1;
  if (reading.left < 0) throw tooWide();
  return {
    key: node.alias?.value ?? node.name.value,
    name: node.name.value,
    args: getArgumentValues(field, node, reading.variableValues),
    of: selectUnder(reading, getNamedType(field.type), nodes),
  };
}

function selectUnder(
  reading: Reading,
  type: GraphQLNamedType,
  nodes: readonly FieldNode[],
): ReadonlyMap<string, readonly Selected[]> {
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const under = new Map<string, readonly Selected[]>();
  if (!isCompositeType(type)) return under;
  const types = isAbstractType(type) ? reading.schema.getPossibleTypes(type) : [type];
  for (const one of types) under.set(one.name, selectFields(reading, one, sets));
  return under;
}

function collect(
  reading: Reading,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  into: Map<string, FieldNode[]>,
  opened: Set<string>,
): void {
  for (const node of set.selections) {
    if (!isWanted(reading, node)) continue;
    if (node.kind === Kind.FIELD) {
      if (node.name.value.startsWith('__')) continue;
      const key = node.alias?.value ?? node.name.value;
      const same = into.get(key);
      if (same) same.push(node);
      else into.set(key, [node]);
      continue;
    }
    if (node.kind === Kind.FRAGMENT_SPREAD && opened.has(node.name.value)) continue;
    if (node.kind === Kind.FRAGMENT_SPREAD) opened.add(node.name.value);
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? reading.fragments[node.name.value] : node;
    if (fragment && applies(reading, type, fragment.typeCondition?.name.value)) {
      collect(reading, type, fragment.selectionSet, into, opened);
    }
  }
}

function isWanted(reading: Reading, node: Parameters<typeof getDirectiveValues>[1]): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, reading.variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, reading.variableValues)?.['if'] !== false;
}

function applies(reading: Reading, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = reading.schema.getType(condition);
  return isAbstractType(named) && !isObjectType(named) && reading.schema.isSubType(named, type);
}

function tooWide(): Refusal {
  return new Refusal(
    'QUERY_TOO_WIDE',
    `Cette requête, ses fragments ouverts, demande plus de ${MOST_FIELDS} champs : demandez-en moins, ou en plusieurs fois.`,
    `With its fragments opened this query asks for more than ${MOST_FIELDS} fields: ask for fewer, or in several requests.`,
  );
}
