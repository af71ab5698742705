/** Every place of the schema where a client may write text of their own: made from the schema, so that a new argument is among them by itself. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
} from 'graphql';

export interface TextArgument {
  /** `structures(filter.nameStartsWith)` */
  readonly name: string;
  /** The same for those of which one stands for all. */
  readonly sort: string;
  readonly query: string;
  /** The variables with this text in that place. */
  readonly variables: (text: string) => Readonly<Record<string, unknown>>;
}

const NOT_TEXT = new Set(['Int', 'Float', 'Boolean']);
/** Of inputs within inputs. */
const DEEPEST = 3;

/**
 * Of every root field of Query, and of the fields that take arguments on what the lists there lead to: of those that take the same type of
 * argument the first, since one reader serves them all.
 */
export function everyTextArgument(schema: GraphQLSchema): TextArgument[] {
  const roots = Object.values(schema.getQueryType()!.getFields());
  const all = roots.flatMap((root) => [
    ...textArgumentsOf(root, (field, declared) => `query (${declared}) { ${field} }`, ''),
    ...fieldsOfNodes(root).flatMap((field) =>
      textArgumentsOf(
        field,
        (inner, declared) => `query (${declared}) { ${root.name}(first: 2) { nodes { ${inner} } } }`,
        `${root.name}.`,
      ),
    ),
  ]);
  return [...new Map(all.reverse().map((one) => [one.sort, one])).values()].reverse();
}

/** The fields with arguments of what a root list holds; of a union or interface none. */
function fieldsOfNodes(root: GraphQLField<unknown, unknown>): GraphQLField<unknown, unknown>[] {
  const connection = getNamedType(root.type);
  const nodes = isObjectType(connection) ? connection.getFields()['nodes'] : undefined;
  const node = nodes && getNamedType(nodes.type);
  const isPlainList = root.args.some(({ name }) => name === 'first') && !root.args.some(isRequiredArgument);
  if (!isObjectType(node) || !isPlainList) return [];
  return Object.values(node.getFields()).filter(({ args }) => args.length > 0);
}

function textArgumentsOf(
  field: GraphQLField<unknown, unknown>,
  wrap: (field: string, declared: string) => string,
  prefix: string,
): TextArgument[] {
  return field.args.flatMap((arg) =>
    textPlaces(arg.type, DEEPEST).map(({ path, put }) => {
      const used = field.args.filter((each) => each === arg || isRequiredArgument(each));
      const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const given = used.map(({ name }) => `${name}: $${name}`).join(', ');
      return {
        name: `${prefix}${field.name}(${[arg.name, ...path].join('.')})`,
        sort: [prefix === '' ? field.name : '', arg.type, arg.name, ...path].join(' '),
        query: wrap(`${field.name}(${given}) ${selection(field)}`, declared),
        variables: (text: string) =>
          Object.fromEntries(used.map((each) => [each.name, each === arg ? put(text) : sample(each.type)])),
      };
    }),
  );
}

interface Place {
  readonly path: readonly string[];
  readonly put: (text: string) => unknown;
}

function textPlaces(type: GraphQLInputType, deepest: number): Place[] {
  const bare = getNullableType(type);
  if (isListType(bare))
    return textPlaces(bare.ofType, deepest).map(({ path, put }) => ({ path, put: (text) => [put(text)] }));
  if (isScalarType(bare)) return NOT_TEXT.has(bare.name) ? [] : [{ path: [], put: (text) => text }];
  if (!isInputObjectType(bare) || deepest === 0) return [];
  return Object.values(bare.getFields()).flatMap((field) =>
    textPlaces(field.type, deepest - 1).map(({ path, put }) => ({
      path: [field.name, ...path],
      put: (text: string) => ({ ...(sample(bare) as object), [field.name]: put(text) }),
    })),
  );
}

/** Something that the type takes, and as little as that. */
function sample(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [sample(bare.ofType)];
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  if (isInputObjectType(bare)) {
    const needed = Object.values(bare.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(needed.map((field) => [field.name, sample(field.type)]));
  }
  const SAMPLES: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true };
  return SAMPLES[getNamedType(bare).name] ?? 'trame:tisserand';
}

/** All values that the field has, and that its list holds something; nothing beyond. */
function selection({ type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const plain = Object.values(named.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const values = plain.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const nodes = 'nodes' in named.getFields() ? ['nodes { __typename }'] : [];
  return `{ ${['__typename', ...values, ...nodes].join(' ')} }`;
}
