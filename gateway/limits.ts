/** What one request may ask at most, so that nobody can bring the gateway down: refused before the database hears of it. */
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { type ExecutionArgs, getOperationAST, getVariableValues, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { refuseIfDear } from './compile/cost.ts';
import { type Selected, selectionOf } from './compile/selection.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

export const LIMITS = {
  depth: 14,
  tokens: 2_000,
  aliases: 30,
  directives: 30,
  bodyBytes: 256 * 1024,
  /** For a request to have come in whole, headers included. */
  requestMs: 10_000,
} as const;

/** The plugins that hold a request to the limits. */
export function limitPlugins(): Plugin[] {
  return [
    maxTokensPlugin({ n: LIMITS.tokens, ...refusing('QUERY_TOO_LONG', 'mots et signes', 'tokens', LIMITS.tokens) }),
    maxDepthPlugin({
      n: LIMITS.depth,
      flattenFragments: true,
      ...refusing('QUERY_TOO_DEEP', 'niveaux imbriqués', 'nested levels', LIMITS.depth),
    }),
    maxAliasesPlugin({ n: LIMITS.aliases, ...refusing('TOO_MANY_ALIASES', 'alias', 'aliases', LIMITS.aliases) }),
    maxDirectivesPlugin({
      n: LIMITS.directives,
      ...refusing('TOO_MANY_DIRECTIVES', 'directives', 'directives', LIMITS.directives),
    }),
    costPlugin(),
  ] as Plugin[];
}

function refusing(code: RefusalCode, fr: string, en: string, limit: number) {
  const refuse = () => {
    throw new Refusal(
      code,
      `Cette requête a plus de ${limit} ${fr} : partagez-la en plusieurs.`,
      `This query has more than ${limit} ${en}: split it into several.`,
    );
  };
  return { onReject: [refuse], propagateOnRejection: false };
}

/** Weighs the whole operation before any of it is run. */
function costPlugin(): Plugin {
  return {
    onExecute({ args }) {
      refuseIfDear(rootFields(args as ExecutionArgs));
    },
  };
}

/** All that is asked at the root. What is wrong with the variables is left to the execution, which says so. */
function rootFields({ schema, document, operationName, variableValues }: ExecutionArgs): readonly Selected[] {
  const operation = getOperationAST(document, operationName);
  const query = schema.getQueryType();
  if (operation?.operation !== 'query' || !query) return [];
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  if (coerced === undefined) return [];
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  return selectionOf({ schema, fragments, variableValues: coerced }, query, [operation.selectionSet]);
}
