/** Questions for the tests, made from the schema: every field of every type, every root, every filter. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';

/** Fields that differ between two graphs which answer the same: scores rest on all that is indexed. */
const LEFT_OUT = new Set(['score']);

/** A field with all that can be asked of it: of a list every item, edge and total; of an entity its own values. */
function one(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string[] {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return LEFT_OUT.has(field.name) ? [] : [field.name];
  if (!isObjectType(type)) return [];
  const args = field.args.some(({ name }) => name === 'first') ? '(first: 50)' : '';
  const inner = Object.values(type.getFields()).filter((each) => type.getInterfaces().length === 0 || !leadsOn(each));
  return [`${field.name}${args} { ${inner.flatMap((each) => one(schema, each)).join(' ')} }`];
}

/** For each list, one question for the values of its items and one for each of their relations. */
export function everyList(schema: GraphQLSchema): { readonly name: string; readonly query: string }[] {
  return listFields(schema).flatMap((list) => {
    const connection = getNamedType(list.type) as GraphQLObjectType;
    const node = getNamedType(connection.getFields()['nodes']!.type) as GraphQLObjectType;
    const fields = Object.values(node.getFields());
    const isValue = (field: GraphQLField<unknown, unknown>) => !leadsOn(field);
    const ask = (name: string, inner: readonly string[]) => ({
      name: `${list.name} ${name}`,
      query: `{ ${list.name}(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { uid ${inner.join(' ')} } } }`,
    });
    const values = fields.filter(isValue).flatMap((field) => one(schema, field));
    return [ask('values', values), ...fields.filter(leadsOn).map((field) => ask(field.name, one(schema, field)))];
  });
}

/** Whether a field leads to other entities. */
function leadsOn(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type);
  return (
    isObjectType(type) && (type.getInterfaces().length > 0 || 'node' in type.getFields() || 'nodes' in type.getFields())
  );
}

/** Every filter of every list, each alone and all together. */
export function everyFilter(
  schema: GraphQLSchema,
  uid: string,
): { readonly name: string; readonly query: string; readonly variables: Record<string, unknown> }[] {
  return listFields(schema).flatMap((field) => {
    const input = getNamedType(field.args.find(({ name }) => name === 'filter')!.type);
    if (!isInputObjectType(input)) return [];
    const values = Object.values(input.getFields()).map(({ name, type }) => [name, sample(name, type, uid)] as const);
    const query = `query ($filter: ${input.name}) { ${field.name}(filter: $filter) { totalCount nodes { uid } pageInfo { hasNextPage } } }`;
    const each = values.map(([name, value]) => ({
      name: `${field.name} ${name}`,
      query,
      variables: { filter: { [name]: value } },
    }));
    return [...each, { name: `${field.name} all`, query, variables: { filter: Object.fromEntries(values) } }];
  });
}

function sample(name: string, type: GraphQLInputType, uid: string): unknown {
  const bare = getNullableType(type);
  const named = getNamedType(bare);
  if (isEnumType(named)) {
    const first = named.getValues()[0]!.name;
    return isListType(bare) ? [first] : first;
  }
  const SAMPLES: Readonly<Record<string, unknown>> = {
    String: 'mus',
    Boolean: true,
    Int: name === 'to' ? 1900 : 1800,
    Day: name === 'to' ? '2024-12-31' : '2024-01-01',
    ID: uid,
  };
  return SAMPLES[named.name];
}

/** What can be filtered and paged. */
function listFields(schema: GraphQLSchema): GraphQLField<unknown, unknown>[] {
  return Object.values(schema.getQueryType()!.getFields()).filter(({ args }) =>
    ['filter', 'first'].every((needed) => args.some(({ name }) => name === needed)),
  );
}
