/**
 * Executes queries of which the compiler has read everything at the root: below it the rows are keyed as the answer is, so there is nothing to resolve, and
 * a page of 20 objects needs no 400 calls. Whatever it is not sure of goes the usual way, which is always right: this one is only quicker.
 */
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { byKey } from './schema/builder.ts';

type Execute = (args: ExecutionArgs) => unknown;
type Complete = (value: unknown) => unknown;

interface RootField {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly complete: Complete;
}

/** How one operation of a document is answered. */
interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly fields: readonly RootField[];
}

/** Something is not as a plan takes it to be: the usual way finds out what. */
class Unsure extends Error {}

export function rowsPlugin(): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(executeRows(executeFn as Execute));
    },
  };
}

export function executeRows(usual: Execute): Execute {
  return async (args) => {
    const plan = planOf(args);
    const variables =
      plan && getVariableValues(args.schema, plan.operation.variableDefinitions ?? [], args.variableValues ?? {});
    if (!variables?.coerced) return usual(args);
    try {
      return await answer(plan!, args, variables.coerced);
    } catch (fault) {
      if (fault instanceof Unsure) return usual(args);
      throw fault;
    }
  };
}

async function answer(
  { operation, fragments, fields }: Plan,
  { schema, rootValue, contextValue }: ExecutionArgs,
  variableValues: Record<string, unknown>,
): Promise<ExecutionResult> {
  const parentType = schema.getQueryType()!;
  const errors: ReturnType<typeof locatedError>[] = [];
  const data: Record<string, unknown> = Object.create(null);
  let isLost = false;
  const resolved = fields.map(async ({ key, nodes, field, complete }) => {
    const path = { prev: undefined, key, typename: parentType.name };
    const info = {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      ...{ parentType, path, schema, fragments, rootValue, operation, variableValues },
    };
    // In the order of the question, whichever comes first.
    data[key] = null;
    let value: unknown;
    try {
      const given = getArgumentValues(field, nodes[0]!, variableValues);
      value = await field.resolve!(rootValue, given, contextValue, info as never);
    } catch (fault) {
      errors.push(locatedError(fault, nodes, [key]));
      isLost ||= isNonNullType(field.type);
      return;
    }
    data[key] = complete(value);
  });
  await Promise.all(resolved);
  return { ...(errors.length > 0 ? { errors } : {}), data: isLost ? null : data };
}

const plans = new WeakMap<DocumentNode, Map<string | null | undefined, Plan | undefined>>();

/** Documents are kept parsed while they are asked again and again, and their plans with them. */
function planOf({ schema, document, operationName }: ExecutionArgs): Plan | undefined {
  const known = plans.get(document) ?? new Map<string | null | undefined, Plan | undefined>();
  plans.set(document, known);
  if (!known.has(operationName)) known.set(operationName, makePlan(schema, document, operationName));
  return known.get(operationName);
}

/** Undefined where it is no query, or has directives, or fields that are more than a column of a row. */
function makePlan(schema: GraphQLSchema, document: DocumentNode, operationName?: string | null): Plan | undefined {
  const operation = getOperationAST(document, operationName);
  const query = schema.getQueryType();
  if (operation?.operation !== 'query' || !query) return undefined;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  try {
    const planning = { schema, fragments };
    const fields = [...fieldsOf(planning, query, [operation.selectionSet])].map(([key, nodes]): RootField => {
      const field = query.getFields()[nodes[0]!.name.value];
      if (field?.resolve === undefined) throw new Unsure();
      return { key, nodes, field, complete: completing(planning, field.type, nodes) };
    });
    return { operation, fragments, fields };
  } catch (fault) {
    if (fault instanceof Unsure) return undefined;
    throw fault;
  }
}

interface Planning {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** What makes a value of this type what the answer shows of it. */
function completing(planning: Planning, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  if (isNonNullType(type)) {
    const inner = completing(planning, type.ofType, nodes);
    return (value) => inner(value) ?? unsure();
  }
  if (isListType(type)) {
    const inner = completing(planning, type.ofType, nodes);
    return (value) => (value == null ? null : Array.isArray(value) ? value.map(inner) : unsure());
  }
  if (isLeafType(type)) return (value) => (value == null ? null : surely(() => type.serialize(value)));
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isObjectType(type)) return completingObject(planning, type, sets);
  const { resolveType } = type;
  if (!resolveType) throw new Unsure();
  const kinds = new Map(
    planning.schema.getPossibleTypes(type).map((one) => [one.name, completingObject(planning, one, sets)] as const),
  );
  return (value) => {
    if (value == null) return null;
    const complete = kinds.get(surely(() => resolveType(value, undefined, undefined as never, type)) as string);
    return complete ? complete(value) : unsure();
  };
}

function completingObject(planning: Planning, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Complete {
  if (type.isTypeOf) throw new Unsure();
  const fields = [...fieldsOf(planning, type, sets)].map(([key, nodes]) => {
    const name = nodes[0]!.name.value;
    if (name === '__typename') return [key, () => type.name] as const;
    const field = type.getFields()[name];
    if (field?.resolve !== byKey) throw new Unsure();
    return [key, completing(planning, field.type, nodes)] as const;
  });
  return (value) => {
    if (value == null) return null;
    if (typeof value !== 'object' || 'then' in value || value instanceof Error) return unsure();
    const row = value as Readonly<Record<string, unknown>>;
    const shown: Record<string, unknown> = {};
    for (const [key, complete] of fields) shown[key] = complete(row[key]);
    return shown;
  };
}

/** Fields by response key, fragments opened. */
function fieldsOf(
  planning: Planning,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  into = new Map<string, FieldNode[]>(),
): ReadonlyMap<string, readonly FieldNode[]> {
  for (const node of sets.flatMap(({ selections }) => selections)) {
    if (node.directives?.length) throw new Unsure();
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      into.set(key, [...(into.get(key) ?? []), node]);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? planning.fragments[node.name.value] : node;
    if (fragment === undefined) throw new Unsure();
    if (isOf(planning.schema, type, fragment.typeCondition?.name.value))
      fieldsOf(planning, type, [fragment.selectionSet], into);
  }
  return into;
}

function isOf(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

function surely(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return unsure();
  }
}

function unsure(): never {
  throw new Unsure();
}
