/** GraphQL over HTTP, as a handler of Node's requests. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import { type Log, present } from '../errors.ts';
import { rowsPlugin } from '../execute-rows.ts';
import { LIMITS, limitPlugins } from '../limits.ts';
import type { GatewayContext } from '../schema/builder.ts';
import { schema } from '../schema/schema.ts';
import { type AskingMeans, askings, type Served } from './asking-plugin.ts';
import { CORS } from './headers.ts';
import { type Operations, operationsPlugin } from './operations.ts';

/** What every request is given, whoever asks. */
export type Means = Omit<GatewayContext, 'audience' | 'caller' | 'budget'>;

export interface GraphqlOptions {
  readonly endpoint: string;
  readonly means: Means;
  readonly asking: AskingMeans;
  readonly operations: Operations;
  readonly isOnlyPersisted: boolean;
  readonly log: Log;
}

export function graphqlDoor(options: GraphqlOptions): (request: IncomingMessage, response: ServerResponse) => unknown {
  const { endpoint, means, operations, isOnlyPersisted, log } = options;
  const { plugin, pay, of } = askings(options.asking);
  const silent = () => undefined;
  return createYoga<Served, GatewayContext>({
    schema,
    context: ({ request }) => {
      const asking = of(request);
      return {
        ...means,
        audience: 'public',
        caller: asking.caller,
        budget: () => asking.budget,
      } satisfies GatewayContext;
    },
    graphqlEndpoint: endpoint,
    maskedErrors: { maskError: (fault) => present(fault, log) },
    plugins: [
      rowsPlugin(),
      plugin,
      operationsPlugin(operations, isOnlyPersisted),
      ...limitPlugins(pay),
      presentPlugin(log),
    ],
    maxRequestBodySize: LIMITS.bodyBytes,
    multipart: false,
    batching: false,
    landingPage: false,
    graphiql: false,
    cors: CORS,
    // Yoga would log each refusal with its stack; `present` logs what is not a client's doing.
    logging: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

/** Errors of parsing and validating do not pass `maskError`. */
function presentPlugin(log: Log): Plugin {
  return {
    onExecutionResult({ result, setResult }) {
      if (!result || !('errors' in result) || !result.errors?.length) return;
      setResult({ ...result, errors: result.errors.map((error) => present(error, log)) });
    },
  };
}
