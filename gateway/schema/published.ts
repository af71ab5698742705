/** What of the published schema a change would break, and which of that the changelog names. Used by the gate in published.test.ts. */
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** `Type.field`, `Type.field.argument` or `Type`, each with what happened to it, for whoever reads the failure. */
export interface Breaking {
  readonly path: string;
  readonly message: string;
}

/** Every change from `published` to `current` by which a query that was valid is so no longer, or its answer has another shape. A rename is a removal. */
export async function breakingChanges(published: GraphQLSchema, current: GraphQLSchema): Promise<Breaking[]> {
  const changes = await diff(published, current);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ path: path ?? message, message }));
}

/** The paths that the changelog's unreleased part names, in lines that begin with "- Breaking: `Type.field`". */
export function namedAsBreaking(changelog: string): ReadonlySet<string> {
  const [, unreleased = ''] = /^## .*unreleased.*$([\s\S]*?)(?=^## |(?![\s\S]))/im.exec(changelog) ?? [];
  const lines = unreleased.split('\n').filter((line) => line.startsWith('- Breaking: '));
  return new Set(lines.flatMap((line) => [...line.matchAll(/`([A-Za-z_]\w*(?:\.\w+)*)`/g)].map(([, path]) => path!)));
}

/** Deprecations whose reason does not begin with the day from which the thing may be taken away (`2027-06-30: …`). */
export function undatedDeprecations(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      const members = isEnumType(type)
        ? type.getValues()
        : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
          ? Object.values(type.getFields()).flatMap((field) => [field, ...('args' in field ? field.args : [])])
          : [];
      return members
        .filter(({ deprecationReason }) => deprecationReason != null && !isDated(deprecationReason))
        .map(({ name }) => `${type.name}.${name}`);
    });
}

function isDated(reason: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2}): \S/.exec(reason) ?? [];
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
}
