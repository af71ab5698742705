/** What a client is told when something went wrong: a stable code, French with English beside it; never a stack, Cypher or an address. */
import { GraphQLError } from 'graphql';
import neo4j, { Neo4jError } from 'neo4j-driver';
import { Refusal, type RefusalCode } from './refusal.ts';

/** Takes what only the operator may see. */
export type Log = (message: string, fault: unknown) => void;

interface Told {
  readonly code: string;
  readonly fr: string;
  readonly en: string;
  /** Of the whole answer, where the fault is the request's or the server's and not one field's. `spec`: 200 for old clients, as GraphQL over HTTP has it. */
  readonly http?: {
    readonly status: number;
    readonly spec?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** What refuses a whole request by HTTP's own means, whatever the client takes; everything else is 400 for new clients and 200 for old ones. */
const STATUSES: { readonly [code in RefusalCode]?: number } = {
  UNAUTHENTICATED: 401,
  BAD_REQUEST: 400,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BUDGET_SPENT: 429,
  REQUEST_TIMEOUT: 503,
};

/** No field that needs the catalogue may be null: where it cannot be asked, nothing of the answer is left. It is read within seconds. */
const LOADING = { status: 503, headers: { 'retry-after': '2' } };

const presented = new WeakSet<GraphQLError>();

/** Any fault as a client may see it; what is not a client's doing is logged. The same error twice gives itself. */
export function present(fault: unknown, log: Log): GraphQLError {
  if (fault instanceof GraphQLError && presented.has(fault)) return fault;
  const cause = causeOf(fault);
  const given = fault instanceof GraphQLError ? fault : undefined;
  const { code, fr, en, http } = tell(cause, log, given?.path !== undefined);
  const status = http ?? given?.extensions['http'];
  const error = new GraphQLError(fr, {
    ...(given?.nodes ? { nodes: given.nodes } : {}),
    ...(given?.source ? { source: given.source } : {}),
    ...(given?.positions ? { positions: given.positions } : {}),
    ...(given?.path ? { path: given.path } : {}),
    extensions: { code, en, ...(status ? { http: status } : {}) },
  });
  presented.add(error);
  return error;
}

function causeOf(fault: unknown): unknown {
  let cause = fault;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/** One field that is refused leaves its neighbours their answer. */
function httpOf({ code, headers }: Refusal, isOfField: boolean): NonNullable<Told['http']> {
  if (code === 'CATALOGUE_LOADING') return LOADING;
  const status = isOfField ? undefined : STATUSES[code];
  if (status === undefined) return { status: 400, spec: true };
  return { status, ...(headers === undefined ? {} : { headers }) };
}

function tell(cause: unknown, log: Log, isOfField: boolean): Told {
  if (cause instanceof Refusal) {
    return { code: cause.code, fr: cause.message, en: cause.en, http: httpOf(cause, isOfField) };
  }
  if (cause instanceof GraphQLError) return tellOfGraphQL(cause);
  if (cause instanceof Neo4jError || neo4j.isRetryableError(cause)) return tellOfDatabase(cause as Neo4jError, log);
  log('a bug in the gateway', cause);
  return {
    code: 'INTERNAL',
    fr: 'Une erreur inattendue est survenue de notre côté ; elle a été notée. Réessayez, et prévenez-nous si elle se répète.',
    en: 'Something unexpected went wrong on our side; it was noted. Try again, and tell us if it happens again.',
    http: { status: 500 },
  };
}

function tellOfGraphQL(error: GraphQLError): Told {
  const en = error.message;
  if (en.startsWith('Syntax Error')) {
    const at = error.locations?.[0];
    const where = at ? ` (ligne ${at.line}, colonne ${at.column})` : '';
    return {
      code: 'GRAPHQL_PARSE_FAILED',
      fr: `Ceci n’est pas du GraphQL lisible${where} : ${en}`,
      en,
      http: { status: 400, spec: true },
    };
  }
  const status = statusOfRequest(error);
  if (status !== undefined) {
    return { code: 'BAD_REQUEST', fr: `Cette demande HTTP n’est pas recevable : ${en}`, en, http: { status } };
  }
  return {
    code: 'GRAPHQL_VALIDATION_FAILED',
    fr: `Cette requête ne suit pas le schéma : ${en}`,
    en,
    http: { status: 400, spec: true },
  };
}

/** Yoga refuses what it cannot read as a GraphQL request with a status of its own; such an error stands nowhere in a document. */
function statusOfRequest(error: GraphQLError): number | undefined {
  const http = error.extensions['http'] as { status?: number } | undefined;
  return error.nodes === undefined && error.source === undefined ? http?.status : undefined;
}

function tellOfDatabase(fault: Neo4jError, log: Log): Told {
  const code = String(fault.code);
  if (code.includes('TransactionTimedOut') || code.includes('Terminated')) {
    return {
      code: 'QUERY_TIMEOUT',
      fr: 'Cette question a demandé trop de temps et a été arrêtée : demandez moins de lignes, moins de totaux, ou filtrez davantage.',
      en: 'This question took too long and was stopped: ask for fewer rows, fewer totals, or filter more.',
      http: { status: 503 },
    };
  }
  log('Neo4j cannot be asked', fault);
  if (code.includes('MemoryPool') || code.includes('OutOfMemory')) {
    return {
      code: 'QUERY_TOO_WIDE',
      fr: 'Cette question demande trop de mémoire : demandez moins de lignes à la fois.',
      en: 'This question takes too much memory: ask for fewer rows at a time.',
      http: { status: 503 },
    };
  }
  if (neo4j.isRetryableError(fault) || /ServiceUnavailable|SessionExpired|Security|DatabaseUnavailable/.test(code)) {
    return {
      code: 'DATABASE_UNAVAILABLE',
      fr: 'La base de données ne répond pas en ce moment. Réessayez dans quelques instants.',
      en: 'The database does not answer at the moment. Try again shortly.',
      http: { status: 503 },
    };
  }
  return {
    code: 'INTERNAL',
    fr: 'Une erreur inattendue est survenue de notre côté ; elle a été notée. Réessayez, et prévenez-nous si elle se répète.',
    en: 'Something unexpected went wrong on our side; it was noted. Try again, and tell us if it happens again.',
    http: { status: 500 },
  };
}
