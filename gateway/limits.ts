/** What one request may ask at most, so that nobody can bring the gateway down: refused before the database hears of it. */
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationTypeNode,
  visit,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { costOfRequest, refuseIfDear } from './compile/cost.ts';
import { type Selected, selectionOf } from './compile/selection.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

export const LIMITS = {
  depth: 14,
  tokens: 2_000,
  /** Brackets open at once, of any sort. */
  nesting: 200,
  aliases: 30,
  directives: 30,
  bodyBytes: 256 * 1024,
  /** For a request to have come in whole, headers included. */
  requestMs: 10_000,
  /** From then on until it is answered. */
  answerMs: 25_000,
  /** Of the data of an answer, as JSON, in UTF-16 units. */
  answerLength: 8 * 1024 * 1024,
  /** Fields at the root: each is a question of its own. */
  roots: 20,
  connections: 2_000,
  connectionsOfAddress: 200,
  connectionsCheckedEveryMs: 1_000,
  keepAliveMs: 10_000,
  /** For somebody who reads nothing of what they asked for. */
  idleMs: 40_000,
  /** For what is being answered when the gateway is stopped. */
  stopMs: 10_000,
} as const;

/** Units, beside the rows (compile/cost.ts). */
const INTROSPECTION_COST = 200;
const MUTATION_COST = 50;

/** Has a request paid for, before it is run. `roots`: the names of what it asks at the root. Throws where there is not enough left. */
export type Pay = (request: Request, units: number, roots: readonly string[]) => void;

/** The plugins that hold a request to the limits. */
export function limitPlugins(pay: Pay, { answerMs }: { readonly answerMs: number } = LIMITS): Plugin[] {
  return [
    nestingPlugin(),
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
    costPlugin(pay),
    timePlugin(answerMs),
  ] as Plugin[];
}

/** The parser calls itself for each bracket that is opened in another: too many would end in its stack, before any limit counts them. */
function nestingPlugin(): Plugin {
  return {
    onParse({ params: { source } }) {
      if (nestingOf(String(source)) <= LIMITS.nesting) return;
      for (const refuse of refusing('QUERY_TOO_DEEP', 'parenthèses imbriquées', 'nested brackets', LIMITS.nesting)
        .onReject)
        refuse();
    },
  };
}

/** How many brackets stand open at most, those in texts counted too: no honest text has that many. */
function nestingOf(source: string): number {
  let open = 0;
  let most = 0;
  for (const sign of source) {
    if (sign === '{' || sign === '[' || sign === '(') most = Math.max(most, ++open);
    else if (sign === '}' || sign === ']' || sign === ')') open -= 1;
  }
  return most;
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

/** Weighs the whole operation before any of it is run, and has it paid for. */
function costPlugin(pay: Pay): Plugin {
  return {
    onExecute({ args, context }) {
      const { operation, fields, introspections } = weighed(args as ExecutionArgs);
      if (fields.length + introspections > LIMITS.roots) throw tooManyRoots();
      refuseIfDear(fields);
      const flat = operation === 'mutation' ? MUTATION_COST : 0;
      pay(
        (context as { readonly request: Request }).request,
        costOfRequest(fields) + fields.length * flat + introspections * INTROSPECTION_COST,
        fields.map(({ name }) => name),
      );
    },
  };
}

interface Weighed {
  readonly operation: OperationTypeNode | undefined;
  readonly fields: readonly Selected[];
  readonly introspections: number;
}

/** All that is asked at the root. What is wrong with the variables is left to the execution, which says so. */
function weighed({ schema, document, operationName, variableValues }: ExecutionArgs): Weighed {
  const node = getOperationAST(document, operationName);
  const root = node ? schema.getRootType(node.operation) : undefined;
  const introspections = introspectionsOf(document);
  if (!node || !root) return { operation: node?.operation, fields: [], introspections };
  const { coerced } = getVariableValues(schema, node.variableDefinitions ?? [], variableValues ?? {});
  if (coerced === undefined) return { operation: node.operation, fields: [], introspections };
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const fields = selectionOf({ schema, fragments, variableValues: coerced }, root, [node.selectionSet]);
  return { operation: node.operation, fields, introspections };
}

/** How often the schema itself is asked for: it is the documentation, and large. */
function introspectionsOf(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field({ name }) {
      if (name.value === '__schema' || name.value === '__type') count += 1;
    },
  });
  return count;
}

/** Whatever a request waits for, its answer does not take longer: Neo4j ends each question of it by itself. */
function timePlugin(answerMs: number): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, fail) => {
          timer = setTimeout(() => fail(tooSlow(answerMs)), answerMs);
        });
        try {
          return await Promise.race([executeFn(args), late]);
        } finally {
          clearTimeout(timer);
        }
      });
    },
  };
}

function tooSlow(answerMs: number): Refusal {
  const seconds = Math.ceil(answerMs / 1_000);
  return new Refusal(
    'REQUEST_TIMEOUT',
    `Cette requête a pris plus de ${seconds} s et a été arrêtée : demandez moins à la fois.`,
    `This request took more than ${seconds} s and was stopped: ask for less at a time.`,
    { 'retry-after': '5' },
  );
}

function tooManyRoots(): Refusal {
  return new Refusal(
    'QUERY_TOO_WIDE',
    `Cette requête pose plus de ${LIMITS.roots} questions à la fois : partagez-la en plusieurs.`,
    `This query asks more than ${LIMITS.roots} questions at once: split it into several.`,
  );
}
